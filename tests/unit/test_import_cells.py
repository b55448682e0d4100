"""What people type in cells, and what it means."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.importers.cells import Cell, Named, Unclear, clock, day, people, round_number, span


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        *((typed, 10 * 60 + 30) for typed in ("10.30", "10:30", "10.30 uur", "10u30", "10h30")),
        *((typed, 10 * 60 + 30) for typed in ("10,30 uur", "1030", "10:30:00", "vanaf 10.30")),
        *((typed, 10 * 60 + 30) for typed in ("10.30 am", "10:30 A.M.", "0,4375", 0.4375, 10.3)),
        *((cell, 10 * 60 + 30) for cell in (time(10, 30), datetime(2026, 3, 26, 10, 30), 1030)),
        (46107.4375, 10 * 60 + 30),
        *((cell, 9 * 60) for cell in ("9", "9 uur", 9, "9.00", "9 am", 9.0)),
        *((cell, 14 * 60) for cell in ("2 pm", "14", "14u")),
        *((cell, 0) for cell in ("0.00", "0:00", 0.0, "12 am")),
        *((cell, 24 * 60) for cell in ("24.00", 24)),
        *((cell, None) for cell in (None, "", "  ")),
    ],
)
def test_times(cell: Cell, minutes: int | None) -> None:
    assert clock(cell) == minutes


@pytest.mark.parametrize("cell", ["10.5", 10.5, "25.10", "10.60", "half drie", "10-", 10.75001, 99])
def test_what_may_be_two_times_is_none(cell: Cell) -> None:
    with pytest.raises(Unclear):
        clock(cell)


@pytest.mark.parametrize("between", ["-", " – ", " tot ", " t/m ", " to ", " until ", "—"])
def test_both_times_in_one_cell(between: str) -> None:
    assert span(f"11.00{between}12.15 uur") == (660, 735)


def test_one_time_in_a_cell_for_two() -> None:
    assert (span("vanaf 16.30"), span(time(9, 0)), span(None)) == (
        (990, None),
        (540, None),
        (None, None),
    )


@pytest.mark.parametrize(
    "cell",
    [
        *("26-03-2026", "26/3/2026", "26.3.26", "do 26-3-2026", "26 maart 2026", "2026-03-26"),
        *(
            "donderdag 26 maart 2026",
            "26 mrt. 2026",
            "March 26, 2026",
            "Thursday, March 26th, 2026",
        ),
        *(datetime(2026, 3, 26, 10, 0), date(2026, 3, 26), 46107, 46107.5),
    ],
)
def test_dates(cell: Cell) -> None:
    assert day(cell) == date(2026, 3, 26)


def test_a_date_is_day_month_year_as_in_dutch() -> None:
    assert day("03/04/2026") == date(2026, 4, 3)
    assert day(None) is None


@pytest.mark.parametrize("cell", ["03/26/2026", "26-3", "morgen", "31-02-2026", 12, "26 plop 2026"])
def test_what_is_no_date_is_none(cell: Cell) -> None:
    with pytest.raises(Unclear):
        day(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1", 1), (2.0, 2), ("Ronde 3", 3), ("R12", 12), ("plenair", None), (None, None), ("0", None)],
)
def test_rounds(cell: Cell, number: int | None) -> None:
    assert round_number(cell) == number


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Anna Bos", [Named("Anna Bos", "", "")]),
        (
            "Anna Bos (VNG), Ben de Wit (Utrecht, Wonen)",
            [Named("Anna Bos", "", "VNG"), Named("Ben de Wit", "", "Utrecht, Wonen")],
        ),
        (
            "Anna Bos, adviseur wonen en zorg\nBen de Wit – BZK",
            [Named("Anna Bos", "adviseur wonen en zorg", ""), Named("Ben de Wit", "", "BZK")],
        ),
        (
            "dr. Anna Bos & prof. Ben de Wit",
            [Named("dr. Anna Bos", "", ""), Named("prof. Ben de Wit", "", "")],
        ),
        (
            "Anna Bos, wethouder Dordrecht, en Léon Smit; Cor",
            [
                Named("Anna Bos", "wethouder Dordrecht", ""),
                Named("Léon Smit", "", ""),
                Named("Cor", "", ""),
            ],
        ),
        ("Jan-Piet Bos / An O’Hara", [Named("Jan-Piet Bos", "", ""), Named("An O’Hara", "", "")]),
        ("", []),
        (None, []),
    ],
)
def test_people(cell: Cell, expected: list[Named]) -> None:
    assert list(people(cell)) == expected


@given(
    st.one_of(st.none(), st.text(max_size=30), st.floats(), st.integers(), st.times(), st.dates())
)
def test_any_cell_is_read_or_unclear(cell: Cell) -> None:
    for read in (clock, day, span):
        try:
            read(cell)
        except Unclear:
            continue
    assert all(named.name for named in people(cell))
    round_number(cell)

"""A programme as somebody lays it out in a spreadsheet, and what people do to spreadsheets."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_gen.importers.cells import Cell
from site_gen.importers.csv_file import read_csv
from site_gen.importers.programme import Programme, When
from site_gen.importers.spreadsheet import read_spreadsheet
from site_gen.importers.table import Table, read_table
from site_gen.problems import Problem, as_text

DAY = date(2026, 3, 26)


def workbook(rows: Sequence[Sequence[Cell]], *merged: str, title: str = "") -> bytes:
    """Return a workbook with these rows, some cells of it merged."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    for area in merged:
        book.active.merge_cells(area)
    book.properties.title = title
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(rows: Sequence[Sequence[Cell]], *merged: str) -> tuple[Programme, list[str]]:
    """Read a workbook; return the programme and the codes and places of its problems."""
    programme, problems = read_spreadsheet("p.xlsx", workbook(rows, *merged))
    assert programme is not None, as_text(problems, "nl")
    return programme, told(problems)


def told(problems: Sequence[Problem]) -> list[str]:
    return [f"{found.place} {found.code}" for found in problems]


def held(programme: Programme) -> list[tuple[str, int | None, When | None, str]]:
    return [(h.title, h.round, h.when, h.room) for h in programme.held]


# By somebody's habits: a title above, a date in words, a merged time, a text for a time, a number
# for another, a round that is a word and one that is a number, an empty row, and a row for lunch.
HABITS: list[list[Cell]] = [
    ["Kennisdag Openbare Ruimte"],
    ["donderdag 26 maart 2026, Stadhuis"],
    [],
    [
        "Tijd",
        "Ronde",
        "Titel",
        "Sprekers",
        "Zaal",
        "Samenvatting",
        "Omschrijving",
        "Thema",
        "Lunch?",
    ],
    ["09.30 – 10.00 uur", None, "Inloop met koffie", None, "Hal", None, None, None, "nee"],
    ["10.00-10.45", None, "Plenaire opening", "Sofie Dreef, wethouder", "Raadzaal", "Welkom."],
    ["11.00 tot 12.00", 1, "Groen", "Anna Bos (Dordrecht) en Ben de Wit", "Zaal 1", None, "Bomen."],
    [None, "Ronde 1", "Water", "Cor van Dijk, adviseur; Anna Bos", "Zaal 2"],
    [None, 1.0, "’s-Gravenhage: stenen", "dr. Eva Smit", "Zaal 3", None, None, "Groen"],
    ["12.00-13.00", None, "LUNCH"],
    [time(13, 0), 2, "Groen", "Anna Bos (Dordrecht) en Ben de Wit", "Zaal 1", None, "Bomen."],
    [0.5416666667, 2, "Fietsen", None, "Zaal 2"],
    ["half drie", None, "Wandeling"],
    [None, None, None, "Iemand"],
    ["15.00-15.30", None, "Borrel", None, "Hal"],
]


def test_a_spreadsheet_by_habit() -> None:
    programme, problems = read(HABITS, "A1:I1", "A7:A9")
    assert (programme.title, programme.language) == ("Kennisdag Openbare Ruimte", "nl")
    assert held(programme) == [
        ("Plenaire opening", None, When(DAY, 600, 645), "Raadzaal"),
        ("Groen", 1, When(DAY, 660, 720), "Zaal 1"),
        ("Water", 1, When(DAY, 660, 720), "Zaal 2"),
        ("’s-Gravenhage: stenen", 1, When(DAY, 660, 720), "Zaal 3"),
        ("Groen", 2, When(DAY, 780, None), "Zaal 1"),
        ("Fietsen", 2, When(DAY, 780, None), "Zaal 2"),
        ("Wandeling", None, None, ""),
    ]
    assert [(b.title, b.kind, b.when) for b in programme.breaks] == [
        ("Inloop met koffie", "inloop", When(DAY, 570, 600)),
        ("LUNCH", "lunch", When(DAY, 720, 780)),
        ("Borrel", "afsluiting", When(DAY, 900, 930)),
    ]
    assert programme.held[0].kind == "plenair"
    assert [(p.name, p.role, p.organisation) for p in programme.people.values()] == [
        ("Sofie Dreef", "wethouder", ""),
        ("Anna Bos", "", "Dordrecht"),
        ("Ben de Wit", "", ""),
        ("Cor van Dijk", "adviseur", ""),
        ("dr. Eva Smit", "", ""),
    ]
    assert programme.left_out == {"Lunch?": 1}
    assert problems == ["p.xlsx:13:1 import-time", "p.xlsx:14:4 import-row"]


def test_what_stands_on_a_row_of_its_own_holds_for_the_rows_below_it() -> None:
    programme, problems = read(
        [
            ["Titel", "Spreker", "Zaal"],
            ["Donderdag 26 maart 2026"],
            ["Ronde 1 (11.00 – 12.00 uur)"],
            ["Groen", "Anna Bos", "Zaal 1"],
            ["Water", None, "Zaal 2"],
            ["12.00 – 13.00 Lunch"],
            ["Ronde 2 (13.00 – 14.00)"],
            ["Fietsen", "Ben de Wit", "Zaal 1"],
            ["27-03-2026"],
            ["9.00 - 10.00: Wandeling langs de haven"],
        ],
        "A2:C2",
        "A3:C3",
    )
    friday = date(2026, 3, 27)
    assert held(programme) == [
        ("Groen", 1, When(DAY, 660, 720), "Zaal 1"),
        ("Water", 1, When(DAY, 660, 720), "Zaal 2"),
        ("Fietsen", 2, When(DAY, 780, 840), "Zaal 1"),
        ("Wandeling langs de haven", None, When(friday, 540, 600), ""),
    ]
    assert [(b.title, b.when) for b in programme.breaks] == [("Lunch", When(DAY, 720, 780))]
    assert problems == []


def test_english_names_of_columns() -> None:
    programme, problems = read(
        [
            [
                "Date",
                "Start",
                "End",
                "Session title",
                "Speakers",
                "Room",
                "Track",
                "Language",
                "Catering",
            ],
            [
                datetime(2026, 3, 26),
                "9:30 am",
                "10:15 am",
                "Trees",
                "Ann Wood",
                "Hall",
                "Green",
                "English",
            ],
            [None, "11 pm", "00:30", "Night", None, "Hall", None, "nl", "tea"],
        ]
    )
    assert programme.language == "en"
    assert held(programme) == [
        ("Trees", None, When(DAY, 570, 615), "Hall"),
        ("Night", None, When(DAY, 1380, 1470), "Hall"),
    ]
    assert [(h.track, h.language) for h in programme.held] == [("Green", "en"), ("", "nl")]
    assert (programme.left_out, problems) == ({"Catering": 1}, [])


def test_an_end_before_its_begin_is_named_and_left_out() -> None:
    programme, problems = read([["Begin", "Einde", "Titel"], ["11.00", "10.00", "Groen"]])
    assert held(programme) == [("Groen", None, When(None, 660, None), "")]
    assert problems == ["p.xlsx:2:2 import-no-end"]


def test_a_date_that_is_not_clear_is_named() -> None:
    programme, problems = read([["Datum", "Begin", "Titel"], ["03/26/2026", "11.00", "Groen"]])
    assert programme.held[0].when == When(None, 660, None)
    assert problems == ["p.xlsx:2:1 import-date"]


def test_the_sheet_with_the_programme_is_found() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Versie", "Datum"])
    sheet = book.create_sheet("Sessies")
    for row in (["Titel", "Tijd"], ["Groen", "10.00"]):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    programme, problems = read_spreadsheet("p.xlsx", out.getvalue())
    assert programme is not None
    assert ([h.title for h in programme.held], problems) == (["Groen"], [])


# Text files


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_of_any_habit(separator: str, encoding: str) -> None:
    rows = [["Titel", "Tijd", "Tekst"], ["Café “’t Loo”", "10.00-11.00", '"een\ntwee"']]
    data = "\r\n".join(separator.join(row) for row in rows).encode(encoding)
    programme, problems = read_csv("p.csv", data)
    assert programme is not None
    assert [(h.title, h.text, h.when) for h in programme.held] == [
        ("Café “’t Loo”", "een\ntwee", When(None, 600, 660))
    ]
    assert problems == []


def test_rows_of_a_csv_are_counted_as_excel_does() -> None:
    data = b'titel;tijd;tekst\n"Groen";10.00;"een\ntwee\ndrie"\nWater;half drie;\n'
    assert told(read_csv("p.csv", data)[1]) == ["p.csv:3:2 import-time"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"Groen;10.00\nWater;11.00\n", "p.csv:1:1 import-no-header"),
        (b"titel;tijd\nGroen\x81;10.00\n", "p.csv:2:1 import-encoding"),
        (b'titel;tijd\n"Groen' + b"x" * 1_100_000, "p.csv:2:1 import-broken"),
        (b"", "p.csv:1:1 import-no-header"),
    ],
)
def test_a_bad_csv_is_named(data: bytes, expected: str) -> None:
    programme, problems = read_csv("p.csv", data)
    assert (programme, told(problems)) == (None, [expected])


# Bad workbooks


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 this is no zip", "import-broken"),
        (packed({"a.txt": b"no workbook"}), "import-broken"),
        (packed({"xl/sheet.xml": b"0" * 30_000_000}), "import-too-large"),
        (packed({"xl/sharedStrings.xml": ENTITY}), "import-entity"),
        (packed({"xl/sharedStrings.xml": ENTITY.decode().encode("utf-16")}), "import-entity"),
        (workbook([["Groen", "10.00"], ["Water", "11.00"]]), "import-no-header"),
        (workbook([[]]), "import-no-header"),
        (workbook([["Titel", "Tijd"]])[:-40], "import-broken"),
    ],
)
def test_a_bad_workbook_is_named(data: bytes, code: str) -> None:
    programme, problems = read_spreadsheet("p.xlsx", data)
    assert (programme, [found.code for found in problems]) == (None, [code])


ANY_CELL = st.one_of(
    st.none(),
    st.text("ab1.-–() \n", max_size=12),
    st.sampled_from(["10.00", "Ronde 1", "26 maart 2026", "Lunch", "11.00 - 12.00 Lunch", "titel"]),
    st.floats(allow_nan=True),
    st.integers(),
    st.dates(),
    st.times(),
)
NAMES = ["titel", "tijd", "ronde", "sprekers", "zaal", "datum", "begin", "einde", "wat"]


@settings(max_examples=300)
@given(st.lists(st.lists(ANY_CELL, max_size=9), max_size=8))
def test_any_table_is_read(rows: list[list[Cell]]) -> None:
    programme, problems = read_table(Table("p.xlsx", [NAMES, *rows]))
    assert programme is not None
    assert all(found.place.line <= len(rows) + 1 for found in problems)

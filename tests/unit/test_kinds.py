"""How typed text becomes a value, and what is said when it does not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_gen import kinds
from site_gen.kinds import Kind, choice, integer, suggest_slug
from site_gen.nodes import Scalar
from site_gen.place import Place
from site_gen.problems import Problem, as_text

PLACE = Place("a.yaml", 2, 7)


def read(kind: Kind, text: str) -> object:
    return kind.read(Scalar(PLACE, text, plain=True))


def printed(kind: Kind, text: str, lang: str = "nl") -> str:
    found = read(kind, text)
    assert isinstance(found, Problem)
    return as_text([found], lang)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("10.00", 600), ("10:45", 645), ("9.30", 570), ("09:30", 570), ("0.00", 0), ("23.59", 1439)],
)
def test_time_gives_minutes_since_midnight(text: str, minutes: int) -> None:
    """Fault 1."""
    assert (read(kinds.TIME, text), read(kinds.END_TIME, text)) == (minutes, minutes)


@pytest.mark.parametrize("text", ["10.5", "9:5", "10", "10.45 uur", "half elf", "1045", "-1.00"])
def test_time_in_another_form_states_the_form(text: str) -> None:
    """Fault 2."""
    assert printed(kinds.TIME, text) == (
        f"a.yaml:2:7: error[malformed-time]: ‘{text}’ is geen tijd — "
        "schrijf uren en minuten als 10.45\n"
    )


@pytest.mark.parametrize("text", ["25:10", "24.01", "10.60", "99.99"])
def test_time_that_does_not_exist_is_an_error(text: str) -> None:
    """Fault 3."""
    assert printed(kinds.END_TIME, text) == (
        f"a.yaml:2:7: error[impossible-time]: de tijd ‘{text}’ bestaat niet — "
        "schrijf uren en minuten als 10.45, van 0.00 tot en met 23.59\n"
    )


def test_time_of_midnight_can_only_end_something() -> None:
    """Fault 3."""
    assert read(kinds.END_TIME, "24.00") == 1440
    assert printed(kinds.TIME, "24.00") == (
        "a.yaml:2:7: error[midnight-begin]: ‘24.00’ kan alleen een eindtijd zijn — "
        "schrijf 0.00 voor het begin van een dag\n"
    )


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(".:"))
@settings(max_examples=50)
def test_time_reads_what_a_clock_shows(hours: int, minutes: int, separator: str) -> None:
    assert read(kinds.TIME, f"{hours}{separator}{minutes:02}") == hours * 60 + minutes


def test_date_gives_a_date() -> None:
    assert read(kinds.DATE, "2026-03-28") == date(2026, 3, 28)


def test_date_that_does_not_exist_is_an_error() -> None:
    """Fault 14."""
    assert printed(kinds.DATE, "2026-02-30") == (
        "a.yaml:2:7: error[impossible-date]: de datum ‘2026-02-30’ bestaat niet — "
        "kijk na welke dag het moet zijn\n"
    )


@pytest.mark.parametrize("text", ["28-03-2026", "2026-3-28", "20260328", "2026-W13-6", "28 maart"])
def test_date_in_another_form_states_the_form(text: str) -> None:
    assert printed(kinds.DATE, text, "en") == (
        f"a.yaml:2:7: error[malformed-date]: “{text}” is not a date — "
        "write year, month and day as 2026-03-26\n"
    )


@pytest.mark.parametrize("text", ["2026", "2026-03", "2026-03-28"])
def test_partial_date_stays_as_typed(text: str) -> None:
    assert read(kinds.PARTIAL_DATE, text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2026-13",
            "a.yaml:2:7: error[impossible-date]: de datum ‘2026-13’ bestaat niet — "
            "kijk na welke dag het moet zijn\n",
        ),
        (
            "maart 2026",
            "a.yaml:2:7: error[malformed-partial-date]: ‘maart 2026’ is geen jaar, maand of datum "
            "— schrijf 2026, 2026-03 of 2026-03-26\n",
        ),
    ],
)
def test_partial_date_is_checked(text: str, expected: str) -> None:
    """Fault 14."""
    assert printed(kinds.PARTIAL_DATE, text) == expected


@pytest.mark.parametrize(
    ("text", "moment"),
    [("2026-03-28", "2026-03-28"), ("2026-03-28 9.05", "2026-03-28T09:05")],
)
def test_moment_is_written_as_iso(text: str, moment: str) -> None:
    assert read(kinds.MOMENT, text) == moment


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("gisteren", "malformed-date"),
        ("2026-03-28 9", "malformed-time"),
        ("2026-02-30 9.00", "impossible-date"),
    ],
)
def test_moment_names_the_part_that_is_wrong(text: str, code: str) -> None:
    found = read(kinds.MOMENT, text)
    assert isinstance(found, Problem)
    assert found.code == code


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("99", 99), ("007", 7)])
def test_integer_gives_a_number(text: str, number: int) -> None:
    assert read(integer(1, 99), text) == number


@pytest.mark.parametrize("text", ["0", "100", "een", "1.0", "-1", "１", "0x1"])
def test_integer_outside_its_bounds_is_an_error(text: str) -> None:
    assert printed(integer(1, 99), text) == (
        f"a.yaml:2:7: error[malformed-number]: ‘{text}’ is geen getal van 1 tot en met 99 — "
        "schrijf alleen cijfers, zoals 1\n"
    )


def test_integer_of_5000_digits_is_an_error() -> None:
    """Fault 15."""
    assert printed(integer(1, 99), "9" * 5000) == (
        f"a.yaml:2:7: error[malformed-number]: ‘{'9' * 39}…’ is geen getal van 1 tot en met 99 — "
        "schrijf alleen cijfers, zoals 1\n"
    )


def test_choice_takes_a_known_value() -> None:
    assert read(choice("ronde", "lunch"), "lunch") == "lunch"


def test_choice_suggests_the_nearest_value() -> None:
    assert printed(choice("ronde", "lunch"), "Rondes") == (
        "a.yaml:2:7: error[unknown-choice]: onbekende waarde ‘Rondes’ — bedoel je ‘ronde’?\n"
    )


def test_choice_without_a_near_value_lists_all() -> None:
    assert printed(choice("ronde", "lunch"), "feest", "en") == (
        "a.yaml:2:7: error[unknown-choice]: unknown value “feest” — choose from: ronde, lunch\n"
    )


@pytest.mark.parametrize("text", ["reos", "dordt-west", "a1-b2"])
def test_slug_takes_small_letters_digits_and_hyphens(text: str) -> None:
    assert read(kinds.SLUG, text) == text


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("Dordt West", "dordt-west"),
        ("dordt--west", "dordt-west"),
        ("-reos", "reos"),
        ("café", "cafe"),
        ("../reos", "reos"),
        ("2026", "dordt-west"),
        ("…", "dordt-west"),
    ],
)
def test_slug_in_another_form_suggests_one(text: str, example: str) -> None:
    assert printed(kinds.SLUG, text) == (
        f"a.yaml:2:7: error[malformed-slug]: ‘{text}’ is geen korte naam van kleine letters, "
        f"cijfers en losse streepjes — schrijf bijvoorbeeld ‘{example}’\n"
    )


@given(st.text())
@settings(max_examples=100)
def test_suggested_slug_is_a_slug_or_nothing(text: str) -> None:
    slug = suggest_slug(text)
    assert slug == "" or read(kinds.SLUG, slug) == slug


def test_line_has_no_line_break() -> None:
    assert read(kinds.LINE, " een regel\n") == "een regel"
    assert printed(kinds.LINE, "een\ntwee\n") == (
        "a.yaml:2:7: error[line-break]: ‘een twee’ staat op meer dan een regel — "
        "zet de tekst op één regel, of gebruik ‘>-’ in plaats van ‘|’\n"
    )


def test_text_is_one_paragraph_and_keeps_no_break_spaces() -> None:
    assert read(kinds.TEXT, "een\n\n twee\u00a0x\n") == "een twee\u00a0x"


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (kinds.ADDRESS, "https://www.dordrecht.nl/", "https://www.dordrecht.nl/"),
        (kinds.ADDRESS, "http://localhost:8000", "http://localhost:8000"),
        (kinds.CONTACT, "info@example.nl", "info@example.nl"),
        (kinds.CONTACT, "https://example.nl/contact", "https://example.nl/contact"),
        (kinds.PATH, "sessies/dordrecht-west/", "sessies/dordrecht-west/"),
        (kinds.PATH, "/2024/sessie-3.html", "/2024/sessie-3.html"),
        (kinds.LANGUAGE, "nl", "nl"),
        (kinds.LANGUAGE, "pt-BR", "pt-BR"),
        (kinds.EVENT_ID, "g40_2026", "g40_2026"),
        (kinds.YES_NO, "Ja", True),
        (kinds.YES_NO, "no", False),
    ],
)
def test_kind_reads_a_good_value(kind: Kind, text: str, value: object) -> None:
    assert read(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (kinds.ADDRESS, "www.dordrecht.nl", "malformed-address"),
        (kinds.ADDRESS, "//www.dordrecht.nl", "malformed-address"),
        (kinds.ADDRESS, "javascript:alert(1)", "malformed-address"),
        (kinds.ADDRESS, "https://", "malformed-address"),
        (kinds.ADDRESS, "https://[::1", "malformed-address"),
        (kinds.ADDRESS, "https://a:b/", "malformed-address"),
        (kinds.ADDRESS, "https://a/b c", "malformed-address"),
        (kinds.CONTACT, "javascript:a@b.nl", "malformed-contact"),
        (kinds.CONTACT, "op kantoor", "malformed-contact"),
        (kinds.PATH, "../geheim", "malformed-path"),
        (kinds.PATH, "//example.nl", "malformed-path"),
        (kinds.PATH, "a/./b", "malformed-path"),
        (kinds.PATH, "https://example.nl", "malformed-path"),
        (kinds.LANGUAGE, "Nederlands", "malformed-language"),
        (kinds.LANGUAGE, "nl_NL", "malformed-language"),
        (kinds.EVENT_ID, "g40", "malformed-event-id"),
        (kinds.EVENT_ID, "G40 Dordrecht", "malformed-event-id"),
        (kinds.YES_NO, "misschien", "malformed-yes-no"),
    ],
)
def test_kind_names_a_bad_value(kind: Kind, text: str, code: str) -> None:
    found = read(kind, text)
    assert isinstance(found, Problem)
    assert (found.code, found.place) == (code, PLACE)


ALL = [kind for kind in vars(kinds).values() if isinstance(kind, Kind)]


@given(st.sampled_from([*ALL, integer(0, 1), choice("a")]), st.text(max_size=20))
@settings(max_examples=300)
def test_any_text_gives_a_value_or_a_problem(kind: Kind, text: str) -> None:
    found = read(kind, text)
    if isinstance(found, Problem):
        as_text([found], "nl")
        as_text([found], "en")


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_long_text_is_read_in_time(kind: Kind) -> None:
    """Fault 12: nothing in a file of 256 KB takes minutes."""
    for text in ("a@" + "." * 200_000 + "@", "a/" * 100_000 + "?", "a-" * 100_000, "1" * 200_000):
        read(kind, text)

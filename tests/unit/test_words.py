"""How dates, times and names are written."""

from datetime import date
from pathlib import Path

import pytest

from site_gen.place import Place
from site_gen.problems import problem
from site_gen.words import Words, initials, name_order, read_words

STRINGS = Path(__file__).parents[2] / "templates" / "strings"
NL, EN = (
    read_words(f"templates/strings/{lang}.yaml", (STRINGS / f"{lang}.yaml").read_bytes())[0]
    for lang in ("nl", "en")
)


def plain(text):
    """Read every kind of space as a space."""
    return " ".join(text.split())


def test_times_with_an_end():
    assert plain(NL.times(600, 645)) == "10.00 – 10.45 uur"
    assert plain(EN.times(600, 645)) == "10:00 – 10:45"


def test_times_do_not_break_over_lines():
    assert " " not in NL.times(600, None) + NL.times(600, 645) + EN.times(600, None)


def test_times_without_an_end():
    assert plain(NL.times(990, None)) == "vanaf 16.30 uur"
    assert plain(EN.times(990, None)) == "from 16:30"


def test_times_past_midnight():
    assert plain(NL.times(23 * 60, 25 * 60 + 5)) == "23.00 – 01.05 uur"


def test_date_with_its_weekday():
    assert NL.date(date(2026, 3, 5)) == "donderdag 5 maart 2026"
    assert EN.date(date(2026, 3, 5)) == "Thursday 5 March 2026"


@pytest.mark.parametrize(
    ("text", "written"),
    [("2023", "2023"), ("2023-07", "juli 2023"), ("2023-07-13", "13 juli 2023")],
)
def test_partial_date(text, written):
    assert NL.partial_date(text) == written


def test_moment_with_and_without_a_time():
    assert plain(NL.moment("2026-10-20T14:05")) == "20 oktober 2026, 14.05 uur"
    assert plain(EN.moment("2026-10-20")) == "20 October 2026"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Sofie Dreef", "SD"), ("Max van Dijk", "MD"), ("Prince", "P"), ("bell hooks", "B")],
)
def test_initials(name, letters):
    assert initials(name) == letters


def test_name_order_is_by_surname():
    names = ["Max van Dijk", "Élise Émond", "Carlo Post", "Ada Dijk"]
    assert sorted(names, key=name_order) == [
        "Ada Dijk",
        "Max van Dijk",
        "Élise Émond",
        "Carlo Post",
    ]


def test_a_word_of_an_own_template_takes_the_place_of_nothing_here():
    words = Words("nl", "Nederlands", {**NL.sections, "ui": {**NL.sections["ui"], "date": "Datum"}})
    assert words["date"] == "Datum"
    assert words.date(date(2026, 11, 5)) == NL.date(date(2026, 11, 5))


def test_read_words_names_what_is_missing():
    data = (STRINGS / "en.yaml").read_bytes().replace(b"  skip:", b"  skap:")
    words, problems = read_words("templates/strings/en.yaml", data, NL)
    assert words is None
    assert problems == [
        problem(Place("templates/strings/en.yaml"), "missing-string", key="ui.skip")
    ]


@pytest.mark.parametrize("text", ["{titel} – {site}", "{title – {site}", "{}"])
def test_read_words_names_a_field_that_nobody_fills_in(text):
    data = f'ui:\n  a: "{text}"\n'.encode()
    standard = read_words("nl.yaml", b'ui:\n  a: "{title} - {site}"\n')[0]
    expected = {"key": "ui.a", "known": "{title}, {site}", "example": "{title} - {site}"}
    assert read_words("en.yaml", data, standard) == (
        None,
        [problem(Place("en.yaml", 2, 6), "malformed-string", **expected)],
    )


def test_both_languages_have_the_same_words():
    assert {key: list(words) for key, words in NL.sections.items()} == {
        key: list(words) for key, words in EN.sections.items()
    }

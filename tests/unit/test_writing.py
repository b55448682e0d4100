"""Fields as they are typed: read back, they are what was filled in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.fields import SESSION, SLOT, SOURCE
from site_gen.nodes import read_document, read_yaml
from site_gen.scaffold.writing import document, fields_as_yaml, scalar
from site_gen.schema import read


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Wonen in de stad", "Wonen in de stad"),
        ("Wet: artikel 3", '"Wet: artikel 3"'),
        ("Sessie #3", '"Sessie #3"'),
        ("'t Loo", '"\'t Loo"'),
        ("no", "no"),
        ("- streep", '"- streep"'),
    ],
)
def test_text_has_quotes_where_it_needs_them(text: str, typed: str) -> None:
    assert scalar(text) == typed


def test_item_of_a_list_has_quotes_where_it_needs_them() -> None:
    assert [scalar(t, within="[{}]") for t in ("a b", "a, b", "[x]")] == ["a b", '"a, b"', '"[x]"']


LINES = (
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


@given(LINES, st.lists(LINES, min_size=1, max_size=3).map(tuple))
def test_what_is_filled_in_is_what_is_read(title: str, groups: tuple[str, ...]) -> None:
    data = document(SESSION, {"titel": title, "georganiseerd_door": groups})
    found, problems = read_document("a.md", data)
    assert (problems, found is not None) == ([], True)
    record, problems = read(found.front, SESSION)
    assert problems == []
    assert record.one("title").value == title
    assert tuple(value.value for value in record.many("organised_by")) == groups


def test_fields_stand_in_the_order_of_the_table() -> None:
    answers = {
        "titel": {"nl": "Lunch", "en": "Lunch: a walk"},
        "begin": "12.00",
        "soort": "lunch",
        "eind": "",
    }
    assert fields_as_yaml(SLOT, answers) == (
        'begin: "12.00"\nsoort: lunch\ntitel:\n  nl: Lunch\n  en: "Lunch: a walk"\n'
    )


def test_one_identifier_needs_no_list() -> None:
    assert fields_as_yaml(SOURCE, {"bwb": ("BWBR0005416",), "artikel": ("4", "5")}) == (
        "bwb: BWBR0005416\nartikel: [4, 5]\n"
    )


def test_times_are_no_numbers_to_other_readers() -> None:
    mapping, _ = read_yaml("a.yaml", fields_as_yaml(SLOT, {"begin": "10.45"}).encode())
    assert not mapping.items[0][1].plain

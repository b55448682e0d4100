"""Adding a name to a list in YAML without touching what is typed around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.nodes import Mapping, Scalar, Sequence, read_yaml
from site_gen.scaffold.lists import add_line, add_to_list


def added(text: str, newline: str = "\n") -> str | None:
    text = text.replace("\n", newline)
    edit = add_to_list(text, "sessies", "nieuw", newline)
    if edit is None:
        return None
    assert edit.start == edit.end
    return (text[: edit.start] + edit.text + text[edit.end :]).replace(newline, "\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "sessies:\n  - a # eerste\n\nsoort: x\n",
            "sessies:\n  - a # eerste\n  - nieuw\n\nsoort: x\n",
        ),
        ("sessies:\n- a\n- b", "sessies:\n- a\n- b\n- nieuw"),
        ("sessies:\n  - a\n  # uit\n", "sessies:\n  - a\n  - nieuw\n  # uit\n"),
        (
            "sessies:\n  - sessie: a\n    naar: >-\n      ver\n      weg\n\n# eind\n",
            "sessies:\n  - sessie: a\n    naar: >-\n      ver\n      weg\n  - nieuw\n\n# eind\n",
        ),
        ("sessies: [a, {sessie: b}] # c\n", "sessies: [a, {sessie: b}, nieuw] # c\n"),
        ("sessies: [\n  a,\n  b,\n]\n", "sessies: [\n  a,\n  b, nieuw,\n]\n"),
        ("sessies: []\n", "sessies: [nieuw]\n"),
        ("sessies: # nog niets\nsoort: x\n", "sessies: [nieuw] # nog niets\nsoort: x\n"),
        ("titel: é😀 # t\n\n# eind\n", "titel: é😀 # t\nsessies: [nieuw]\n\n# eind\n"),
        (
            "sessies:\n  - 'é'\n  - \"😀\"\nsoort: x",
            "sessies:\n  - 'é'\n  - \"😀\"\n  - nieuw\nsoort: x",
        ),
        ("# leeg\n", "# leeg\nsessies: [nieuw]\n"),
        ("", "sessies: [nieuw]\n"),
    ],
)
def test_name_is_added_in_the_way_of_the_list(before: str, after: str, newline: str) -> None:
    assert added(before, newline) == after


@pytest.mark.parametrize("text", ["sessies: a\n", "sessies: {a: b}\n", "{soort: x}\n", "- a\n"])
def test_what_is_no_list_is_left_alone(text: str) -> None:
    assert added(text) is None


def test_line_is_added_after_the_last_field() -> None:
    text = "titel: x\nlinks:\n  - a # b\n\n# eind\n"
    edit = add_line(text, "herkomst: {guid: y}", "\n")
    assert text[: edit.start] + edit.text + text[edit.end :] == (
        "titel: x\nlinks:\n  - a # b\nherkomst: {guid: y}\n\n# eind\n"
    )


ITEMS = st.sampled_from(["a", "'a'", '"a b"', "{sessie: a, zaal: 'B, c'}", "é"])
NOTES = st.sampled_from(["", "  # noot", " # noot: [x"])


@st.composite
def slots(draw: st.DrawFn) -> str:
    """A timeslot in any of the layouts that editors use."""
    items = draw(st.lists(ITEMS, max_size=3))
    indent = draw(st.sampled_from(["", "  ", "    "]))
    if not items or draw(st.booleans()):
        lines = [f"sessies: [{', '.join(items)}]{draw(NOTES)}"]
    else:
        lines = ["sessies:", *(f"{indent}- {item}{draw(NOTES)}" for item in items)]
    others = draw(st.permutations([["soort: ronde # x"], ["titel: {nl: a, en: b}", ""], lines]))
    return "\n".join(line for part in others for line in part) + draw(st.sampled_from(["", "\n"]))


@given(slots(), st.sampled_from(["\n", "\r\n"]))
def test_any_list_has_one_name_more_and_the_rest_is_the_same(text: str, newline: str) -> None:
    before, after = (_plain(read_yaml("", t.encode())[0]) for t in (text, added(text, newline)))
    assert after == {**before, "sessies": [*before["sessies"], "nieuw"]}


def _plain(node: object) -> object:
    match node:
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [_plain(item) for item in items]
        case Mapping(items=items):
            return {key.text: _plain(value) for key, value in items}
    raise AssertionError(node)

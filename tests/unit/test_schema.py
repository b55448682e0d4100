"""Reading a mapping with a field table."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_gen.kinds import DATE, LINE, SLUG, TEXT, TIME
from site_gen.nodes import Mapping, Scalar, Sequence, read_yaml
from site_gen.place import Place
from site_gen.problems import Problem, as_text
from site_gen.schema import Field, ListOf, Record, RecordOf, RecordsOf, Translatable, Value, read


def field(key: str, name: str, shape: object, **more: object) -> Field:
    example = {ListOf: "[a, b]", RecordOf: "{bestand: a.jpg}", RecordsOf: "[reos]"}
    return Field(key, name, shape, "", "", example.get(type(shape), "tekst"), **more)  # type: ignore[arg-type]


ENTRY = (
    field("sessie", "session", SLUG, required=True, translation="key"),
    field("begin", "begin", TIME),
    field("naar", "moved_to", LINE, translation="own"),
)
TABLE = (
    field("titel", "title", LINE, required=True, translation="own"),
    field("datum", "date", DATE),
    field("toelichting", "note", Translatable(TEXT)),
    field("sprekers", "speakers", ListOf(SLUG)),
    field("groepen", "groups", ListOf(LINE), translation="own"),
    field("stcrt", "stcrt", ListOf(LINE, single=True)),
    field("foto", "photo", RecordOf((field("bestand", "file", LINE, required=True),))),
    field("sessies", "entries", RecordsOf(ENTRY, short="session"), translation="own"),
    field("links", "links", RecordsOf((field("tekst", "label", LINE),))),
)


def at(line: int, column: int) -> Place:
    return Place("a.yaml", line, column)


def load(text: str, partial: bool = False) -> tuple[Record, list[Problem]]:
    mapping, problems = read_yaml("a.yaml", text.encode())
    assert problems == []
    return read(mapping or Mapping(Place("a.yaml"), ()), TABLE, partial=partial)


def record(text: str, partial: bool = False) -> Record:
    found, problems = load(text, partial)
    assert as_text(problems, "nl") == ""
    return found


def printed(text: str, lang: str = "nl", partial: bool = False) -> str:
    return as_text(load(text, partial)[1], lang)


def test_record_gives_values_with_their_places() -> None:
    found = record("titel: Een\ndatum: 2026-03-28\nsprekers: [a, b]\n")
    assert found.place == at(1, 1)
    assert found.one("title") == Value("Een", at(1, 8))
    assert found.one("date") == Value(date(2026, 3, 28), at(2, 8))
    assert found.many("speakers") == (Value("a", at(3, 12)), Value("b", at(3, 15)))


def test_record_lacks_what_is_not_typed() -> None:
    found = record("titel: Een\ndatum:\nsprekers: []\ntoelichting: ''\nfoto:\n")
    assert found == Record(at(1, 1), (("title", (Value("Een", at(1, 8)),)),))
    assert (found.one("date"), found.record("photo")) == (None, None)
    assert (found.many("speakers"), found.texts("note"), found.records("entries")) == ((), (), ())


def test_translatable_text_is_plain_or_by_language() -> None:
    assert record("titel: x\ntoelichting: Een\n").texts("note") == (("", Value("Een", at(2, 14))),)
    assert record("titel: x\ntoelichting: {nl: Een, en: One}\n").texts("note") == (
        ("nl", Value("Een", at(2, 19))),
        ("en", Value("One", at(2, 28))),
    )


def test_single_value_counts_as_a_list_where_the_table_says_so() -> None:
    assert record("titel: x\nstcrt: 2023-1\n").many("stcrt") == (Value("2023-1", at(2, 8)),)
    assert record("titel: x\nstcrt: [a]\n").many("stcrt") == (Value("a", at(2, 9)),)


def test_block_gives_a_record() -> None:
    photo = record("titel: x\nfoto:\n  bestand: a.jpg\n").record("photo")
    assert photo == Record(at(3, 3), (("file", (Value("a.jpg", at(3, 12)),)),))


def test_text_stands_for_a_block_with_its_short_field() -> None:
    found = record("titel: x\nsessies:\n  - reos\n  - sessie: europa\n    begin: 9.30\n")
    assert found.records("entries") == (
        Record(at(3, 5), (("session", (Value("reos", at(3, 5)),)),)),
        Record(
            at(4, 5),
            (("session", (Value("europa", at(4, 13)),)), ("begin", (Value(570, at(5, 12)),))),
        ),
    )


def test_unknown_key_suggests_the_nearest() -> None:
    """Fault 22."""
    assert printed("titel: x\nspreker: [a]\n") == (
        "a.yaml:2:1: error[unknown-key]: onbekend veld ‘spreker’ — bedoel je ‘sprekers’?\n"
    )
    assert printed("titel: x\nspreker: [a]\n", "en") == (
        "a.yaml:2:1: error[unknown-key]: unknown field “spreker” — did you mean “sprekers”?\n"
    )


def test_unknown_key_without_a_near_one_lists_all() -> None:
    """Fault 22, in a block."""
    assert printed("titel: x\nsessies: [{sessie: a, <<: b}]\n") == (
        "a.yaml:2:23: error[unknown-key]: onbekend veld ‘<<’ — kies uit: sessie, begin, naar\n"
    )


@pytest.mark.parametrize(
    ("text", "line"), [("datum: 2026-03-28\n", 1), ("datum: 2026-03-28\ntitel:\n", 2), ("", 1)]
)
def test_missing_field_is_named_with_an_example(text: str, line: int) -> None:
    mapping, _ = read_yaml("a.yaml", text.encode())
    _, problems = read(mapping or Mapping(Place("a.yaml"), ()), TABLE)
    assert as_text(problems, "nl") == (
        f"a.yaml:{line}:1: error[missing-field]: het veld ‘titel’ ontbreekt of is leeg — "
        "vul het in, bijvoorbeeld: titel: tekst\n"
    )


def test_missing_field_of_a_block_is_named_where_the_block_begins() -> None:
    assert printed("titel: x\nsessies:\n  - begin: 9.30\n") == (
        "a.yaml:3:5: error[missing-field]: het veld ‘sessie’ ontbreekt of is leeg — "
        "vul het in, bijvoorbeeld: sessie: tekst\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "titel: [x]\n",
            "a.yaml:1:8: error[text-expected]: bij ‘titel’ hoort één tekst, geen lijst of blok — "
            "schrijf bijvoorbeeld: titel: tekst\n",
        ),
        (
            "titel:\n  nl: x\n",
            "a.yaml:2:3: error[text-expected]: bij ‘titel’ hoort één tekst, geen lijst of blok — "
            "schrijf bijvoorbeeld: titel: tekst\n",
        ),
        (
            "titel: x\nsprekers: sofie-dreef\n",
            "a.yaml:2:11: error[list-expected]: bij ‘sprekers’ hoort een lijst — "
            "schrijf bijvoorbeeld: sprekers: [a, b]\n",
        ),
        (
            "titel: x\nsessies:\n  sessie: a\n",
            "a.yaml:3:3: error[list-expected]: bij ‘sessies’ hoort een lijst — "
            "schrijf bijvoorbeeld: sessies: [reos]\n",
        ),
        (
            "titel: x\nfoto: a.jpg\n",
            "a.yaml:2:7: error[fields-expected]: bij ‘foto’ hoort een blok met eigen velden — "
            "schrijf bijvoorbeeld: foto: {bestand: a.jpg}\n",
        ),
        (
            "titel: x\nlinks: [tekst]\n",
            "a.yaml:2:9: error[fields-expected]: bij ‘links’ hoort een blok met eigen velden — "
            "schrijf bijvoorbeeld: links: [reos]\n",
        ),
        (
            "titel: x\ntoelichting: [a]\n",
            "a.yaml:2:14: error[text-expected]: bij ‘toelichting’ hoort één tekst, geen lijst of "
            "blok — schrijf bijvoorbeeld: toelichting: tekst\n",
        ),
        (
            "titel: x\ntoelichting: {Nederlands: a}\n",
            "a.yaml:2:15: error[malformed-language]: ‘Nederlands’ is geen taalcode — schrijf een "
            "code als nl, en of pt-BR, en aanhalingstekens om tekst met een dubbele punt\n",
        ),
    ],
)
def test_wrong_shape_is_named_with_an_example(text: str, expected: str) -> None:
    assert printed(text) == expected


def test_item_with_a_colon_asks_for_quotes() -> None:
    """Fault 6, in a list: there YAML reads a block without a word."""
    assert printed("titel: x\ngroepen:\n  - pijler: Economie\n") == (
        "a.yaml:3:5: error[unquoted-colon]: door de dubbele punt en de spatie leest YAML hier een "
        'nieuw veld — zet aanhalingstekens om de waarde: "pijler: Economie"\n'
    )


def test_every_problem_is_reported_and_the_rest_is_read() -> None:
    found, problems = load("tietel: x\ndatum: 2026-02-30\nsprekers: [a, B b, c]\n")
    assert [(p.code, p.place) for p in problems] == [
        ("unknown-key", at(1, 1)),
        ("impossible-date", at(2, 8)),
        ("malformed-slug", at(3, 15)),
    ]
    assert found.one("date") is None
    assert [value.value for value in found.many("speakers")] == ["a", "c"]


def test_translation_needs_only_what_tells_which_entry_is_meant() -> None:
    assert record("groepen:\n", partial=True).items == ()
    assert printed("sessies: [{naar: Room 1}]\n", partial=True) == (
        "a.yaml:1:11: error[missing-field]: het veld ‘sessie’ ontbreekt of is leeg — "
        "vul het in, bijvoorbeeld: sessie: tekst\n"
    )


def test_translation_refuses_what_holds_for_all_languages() -> None:
    text = "titel: One\ndatum: 2026-03-28\nsessies:\n  - {sessie: a, begin: 9.30}\n"
    assert printed(text, partial=True) == (
        "a.yaml:2:1: error[main-file-only]: het veld ‘datum’ geldt voor alle talen en hoort niet "
        "in een vertaling — zet het in het hoofdbestand\n"
        "a.yaml:4:17: error[main-file-only]: het veld ‘begin’ geldt voor alle talen en hoort niet "
        "in een vertaling — zet het in het hoofdbestand\n"
    )


KEYS = [field.key for field in TABLE] + ["nl", "sessie", "begin", "tekst", "tietel", ""]
TEXTS = st.sampled_from(["", "a", "9.30", "2026-03-28", "A b", "é😀"])


def scalar(text: str) -> Scalar:
    return Scalar(at(1, 1), text, plain=True)


def mapping(pairs: dict[str, object]) -> Mapping:
    return Mapping(at(1, 1), tuple((scalar(key), node) for key, node in pairs.items()))  # type: ignore[misc]


def nodes() -> st.SearchStrategy[object]:
    return st.recursive(
        TEXTS.map(scalar),
        lambda inner: (
            st.lists(inner, max_size=3).map(lambda items: Sequence(at(1, 1), tuple(items)))
            | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3).map(mapping)
        ),
        max_leaves=8,
    )


@given(st.dictionaries(st.sampled_from(KEYS), nodes()), st.booleans())
@settings(max_examples=200)
def test_any_mapping_gives_a_record_and_problems(pairs: dict[str, object], partial: bool) -> None:
    found, problems = read(mapping(pairs), TABLE, partial=partial)
    as_text(problems, "nl")
    title = found.one("title")
    assert title is None or isinstance(title.value, str)
    assert all(isinstance(entry, Record) for entry in found.records("entries"))

"""The field tables themselves, and the records that they give."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import fields as attributes

from site_gen import model
from site_gen.fields import EVENT, PAGE, SESSION, SLOT, SOURCE, SPEAKER
from site_gen.identifiers import KINDS, parse
from site_gen.nodes import read_yaml
from site_gen.problems import as_text
from site_gen.schema import Field, RecordOf, RecordsOf, Translatable, read

TABLES = {
    "event": EVENT,
    "slot": SLOT,
    "session": SESSION,
    "speaker": SPEAKER,
    "source": SOURCE,
    "page": PAGE,
}


def tables(table: tuple[Field, ...]) -> Iterator[tuple[Field, ...]]:
    """A table and those of its blocks."""
    yield table
    for field in table:
        if isinstance(field.shape, RecordOf | RecordsOf):
            yield from tables(field.shape.fields)


EVERY_TABLE = [inner for table in TABLES.values() for inner in tables(table)]
EVERY_FIELD = [field for table in EVERY_TABLE for field in table]


@pytest.mark.parametrize("table", EVERY_TABLE, ids=lambda table: table[0].key)
def test_table_has_every_key_and_name_once(table: tuple[Field, ...]) -> None:
    assert len({field.key for field in table}) == len(table)
    assert len({field.name for field in table}) == len(table)


@pytest.mark.parametrize("field", EVERY_FIELD, ids=lambda field: f"{field.key}-{field.name}")
def test_example_is_a_good_value(field: Field) -> None:
    """The examples stand in messages and in docs: they must work."""
    mapping, problems = read_yaml("a.yaml", f"{field.key}: {field.example}\n".encode())
    assert mapping is not None
    record, found = read(mapping, (field,))
    assert as_text(problems + found, "nl") == ""
    assert record.many(field.name)


@pytest.mark.parametrize("field", EVERY_FIELD, ids=lambda field: f"{field.key}-{field.name}")
def test_field_is_described_in_both_languages(field: Field) -> None:
    assert field.nl[0].isupper() or field.nl[0].isdigit()
    assert field.en[0].isupper() or field.en[0].isdigit()
    assert not field.nl.endswith(".")
    assert not field.en.endswith(".")


@pytest.mark.parametrize("table", [EVENT, SLOT])
def test_yaml_table_has_no_translation_of_its_own(table: tuple[Field, ...]) -> None:
    assert {field.translation for inner in tables(table) for field in inner} == {"no"}


@pytest.mark.parametrize("table", [SESSION, SPEAKER, SOURCE, PAGE])
def test_markdown_table_has_texts_of_one_language(table: tuple[Field, ...]) -> None:
    shapes = [field.shape for inner in tables(table) for field in inner]
    assert [shape for shape in shapes if isinstance(shape, Translatable)] == []


def names(table: tuple[Field, ...]) -> set[str]:
    return {field.name for field in table}


@pytest.mark.parametrize(
    ("table", "record"),
    [(SESSION, model.Session), (SPEAKER, model.Speaker), (PAGE, model.Page)],
    ids=["session", "speaker", "page"],
)
def test_names_are_those_of_the_model(table: tuple[Field, ...], record: type) -> None:
    assert names(table) - {attribute.name for attribute in attributes(record)} == set()


def test_source_has_a_field_for_every_kind_of_identifier() -> None:
    others = {"title", "kind", "status", "article", "old_names"}
    assert names(SOURCE) - others == set(KINDS)


@pytest.mark.parametrize(
    "field", [field for field in SOURCE if field.name in KINDS], ids=lambda field: field.key
)
def test_example_of_an_identifier_is_one(field: Field) -> None:
    assert parse(field.name, field.example.strip('"')) is not None


def test_slot_of_the_docs_gives_its_record() -> None:
    """Faults 1 and 21: times without quotes, and values that look like something else."""
    text = """\
begin: 12:00
eind: 13.00
soort: lunch
titel: {nl: no, en: 010}
sessies:
  - lunch-binnenstad
  - sessie: lunch-stadhuis
    begin: 12.15
    zaal: 010
    status: vol
"""
    mapping, problems = read_yaml("a.yaml", text.encode())
    assert mapping is not None
    record, found = read(mapping, SLOT)
    assert problems + found == []
    assert [value.value for value in (*record.many("begin"), *record.many("end"))] == [720, 780]
    assert [(lang, value.value) for lang, value in record.texts("title")] == [
        ("nl", "no"),
        ("en", "010"),
    ]
    walk, tour = record.records("entries")
    assert [(name, values[0].value) for name, values in walk.items] == [
        ("session", "lunch-binnenstad")
    ]
    assert [(name, values[0].value) for name, values in tour.items] == [
        ("session", "lunch-stadhuis"),
        ("begin", 735),
        ("room", "010"),
        ("status", "vol"),
    ]


def test_translation_of_a_source_holds_its_texts_only() -> None:
    text = "titel: Act\nsoort: wet\nbwb: BWBR0035303\nstand: {tekst: In force, datum: 2026}\n"
    mapping, _ = read_yaml("a.en.md", text.encode())
    assert mapping is not None
    record, problems = read(mapping, SOURCE, partial=True)
    assert [(p.code, p.place.line) for p in problems] == [
        ("main-file-only", 2),
        ("main-file-only", 3),
        ("main-file-only", 4),
    ]
    status = record.record("status")
    assert status is not None
    assert [name for name, _ in status.items] == ["text"]

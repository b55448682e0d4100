"""What is told to who asks: what is missing, which translations are behind, and plainer words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from site_gen.checks import gaps
from site_gen.history import read_history
from site_gen.language import advice
from site_gen.language.lists import read_lists
from site_gen.layout import KINDS
from site_gen.nodes import read_document
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.records import Raw
from site_gen.scaffold.change import Desk
from site_gen.schema import Field, Record, RecordOf, RecordsOf, read
from site_gen.store import Store

ABSENT = frozenset({"missing-consent", "missing-translation", "untranslated-text"})
"""What a check tells already, and belongs to what is missing."""


def status(root: Path, store: Store | None = None) -> list[Problem]:
    """Return what is missing below ``root``, sorted by place; errors are told too."""
    desk = Desk.at(root, store)
    found = [p for p in desk.problems if p.severity == "error" or p.code in ABSENT]
    if desk.content is not None:
        found += gaps(desk.content.conf)
    return sorted({*found, *_behind(desk)})


def advise(root: Path, today: date | None = None, store: Store | None = None) -> list[Problem]:
    """Return what a check finds below ``root``, with advice about the language of the texts."""
    desk = Desk.at(root, store, today)
    if desk.content is None or desk.raw is None:
        return list(desk.problems)
    lists, found = read_lists(desk.content.templates)
    return sorted({*desk.problems, *found, *advice(desk.index, desk.raw, lists)})


class _Pair(Struct, frozen=True):
    """A translation and its original, by path, and the fields that they have."""

    original: str
    translation: str
    table: tuple[Field, ...]


def _behind(desk: Desk) -> list[Problem]:
    """Name each translation whose original was changed after it, in what is to be translated."""
    pairs = list(_pairs(desk.raw)) if desk.raw else []
    if not pairs:
        return []
    history, problems = read_history(desk.index.root)
    if history is None:
        return problems
    committed = [
        pair for pair in pairs if pair.translation in history.changed.keys() - history.dirty
    ]
    then = history.contents((history.changed[p.translation], p.original) for p in committed)
    for pair in committed:
        old = then.get((history.changed[pair.translation], pair.original))
        now, _ = desk.index.read(pair.original)
        if old is not None and now is not None and _texts_of(pair, old) != _texts_of(pair, now):
            problems.append(problem(Place(pair.translation), "translation-behind"))
    return problems


def _pairs(raw: Raw) -> Iterator[_Pair]:
    for kind, records in raw.documents.items():
        for record in records.values():
            for version in record.versions[1:]:
                yield _Pair(record.main.path, version.path, KINDS[kind].table)


def _texts_of(pair: _Pair, data: bytes) -> object:
    """Return what of an original is to be translated; how its lines are broken is no part of it."""
    document, _ = read_document(pair.original, data)
    if document is None:
        return data
    record, _ = read(document.front, pair.table)
    return _texts(record, pair.table), document.text.split()


def _texts(record: Record, table: tuple[Field, ...]) -> list[object]:
    texts: list[object] = []
    for field in table:
        if field.translation == "no":
            continue
        if isinstance(field.shape, RecordOf | RecordsOf):
            blocks = record.records(field.name)
            texts.append([_texts(block, field.shape.fields) for block in blocks])
        else:
            texts.append([value.value for value in record.many(field.name)])
    return texts

"""What is told to who asks: what is missing, which translations are behind, and plainer words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from site_gen.checks import gaps
from site_gen.files import FileIndex, scan
from site_gen.history import read_history
from site_gen.language import advice
from site_gen.language.lists import read_lists
from site_gen.layout import KINDS
from site_gen.load import load
from site_gen.nodes import read_document
from site_gen.pipeline import check_files
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.schema import Field, Record, RecordOf, RecordsOf, read
from site_gen.store import Store

ABSENT = frozenset({"missing-consent", "missing-translation", "untranslated-text"})
"""What a check tells already, and belongs to what is missing."""


def status(root: Path) -> list[Problem]:
    """Return what is missing below ``root``, sorted by place; errors are told too."""
    index, scanned = scan(root)
    store = Store()  # what was read for the check is not read once more
    content, problems = check_files(index, scanned, store=store)
    found = [p for p in problems if p.severity == "error" or p.code in ABSENT]
    if content is not None:
        found += gaps(content.conf)
    return sorted({*found, *_behind(index, store)})


def advise(root: Path, today: date | None = None) -> list[Problem]:
    """Return what a check finds below ``root``, with advice about the language of the texts."""
    index, scanned = scan(root)
    store = Store()  # likewise
    content, problems = check_files(index, scanned, today=today, store=store)
    raw, _ = load(index, store)
    if content is None or raw is None:
        return problems
    lists, found = read_lists(content.templates)
    return sorted({*problems, *found, *advice(index, raw, lists)})


class _Pair(Struct, frozen=True):
    """A translation and its original, by path, and the fields that they have."""

    original: str
    translation: str
    table: tuple[Field, ...]


def _behind(index: FileIndex, store: Store) -> list[Problem]:
    """Name each translation whose original was changed after it, in what is to be translated."""
    pairs = list(_pairs(index, store))
    if not pairs:
        return []
    history, problems = read_history(index.root)
    if history is None:
        return problems
    committed = [
        pair for pair in pairs if pair.translation in history.changed.keys() - history.dirty
    ]
    then = history.contents((history.changed[p.translation], p.original) for p in committed)
    for pair in committed:
        old = then.get((history.changed[pair.translation], pair.original))
        now, _ = index.read(pair.original)
        if old is not None and now is not None and _texts_of(pair, old) != _texts_of(pair, now):
            problems.append(problem(Place(pair.translation), "translation-behind"))
    return problems


def _pairs(index: FileIndex, store: Store) -> Iterator[_Pair]:
    raw, _ = load(index, store)
    for kind, records in raw.documents.items() if raw else ():
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

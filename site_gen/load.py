"""Folders to records: every content file read and checked by its field table, nothing linked."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from site_gen import fields
from site_gen.files import FileIndex
from site_gen.layout import (
    DEFAULT_LANGUAGE,
    EVENT,
    KINDS,
    language_of,
    languages_in_use,
    misplaced,
    slot_paths,
    slug_of,
    slugs,
    stem,
)
from site_gen.nodes import read_document, read_yaml
from site_gen.place import Place
from site_gen.problems import Problem, has_errors, problem
from site_gen.prose import Scan, prepare, scan
from site_gen.records import Raw, RawRecord, RawSlot, Version, versions_of
from site_gen.schema import Field, Record, read
from site_gen.store import Store, digest


def load(
    index: FileIndex, store: Store | None = None, processes: int = 1
) -> tuple[Raw | None, list[Problem]]:
    """Read all content below the root; without a readable event there is nothing to go on with.

    A Markdown file that is in the ``store`` is not read and converted again; the others are shared
    out over as many ``processes``.
    """
    store = store or Store()
    event, found, event_outline = _load_event(index, store)
    problems = [*found]  # what is in the store stays as it is
    languages = _languages(event) if event else languages_in_use(index)
    slots, found = _load_slots(index, store)
    slots_whole = not has_errors(found)
    problems += [*found, *misplaced(index)]
    documents: dict[str, dict[str, RawRecord]] = {}
    unread: dict[str, frozenset[str]] = {}
    for name, kind in KINDS.items():
        documents[name], found = _load_kind(index, store, name, languages, processes)
        unread[name] = slugs(index, kind) - documents[name].keys()
        problems += found
    if event is None:
        return None, problems
    outlines = (event_outline, *(slot.outline for slot in slots))
    texts = (version.outline for _, version in versions_of(documents))
    outline = digest(*index.paths, *outlines, *texts)
    return Raw(event, languages, slots, documents, unread, slots_whole, outline), problems


def main_language(event: bytes) -> str:
    """Return the main language that the event's file names, whatever else is wrong with it."""
    mapping, _ = read_yaml(EVENT, event)
    return _languages(read(mapping, fields.EVENT)[0] if mapping else None)[0]


def _languages(event: Record | None) -> tuple[str, ...]:
    named = tuple(value.value for value in event.many("languages")) if event else ()
    return named or (DEFAULT_LANGUAGE,)


def _load_event(index: FileIndex, store: Store) -> tuple[Record | None, list[Problem], bytes]:
    if not index.has(EVENT):
        return None, [problem(Place(EVENT), "missing-event")], b""
    return _load_yaml(index, store, EVENT, fields.EVENT)


def _load_slots(index: FileIndex, store: Store) -> tuple[tuple[RawSlot, ...], list[Problem]]:
    slots, problems = [], []
    for path in slot_paths(index):
        record, found, outline = _load_yaml(index, store, path, fields.SLOT)
        problems += found
        if record is not None:
            slots.append(RawSlot(stem(path), record, outline))
    return tuple(slots), problems


def _load_yaml(
    index: FileIndex, store: Store, path: str, table: tuple[Field, ...]
) -> tuple[Record | None, list[Problem], bytes]:
    """Return the fields of a file, what is wrong with them, and a hash of them."""
    file, problems = _file(index, store, path, "fields")
    if file is None:
        return None, problems, b""
    make = partial(_fields, path, file.data, table)
    return *(file.known or store.recall(file.key, make)), file.key


def _fields(
    path: str, data: bytes, table: tuple[Field, ...]
) -> tuple[Record | None, list[Problem]]:
    mapping, problems = read_yaml(path, data)
    if mapping is None:
        return None, problems
    record, found = read(mapping, table)
    return record, problems + found


def _load_kind(
    index: FileIndex, store: Store, name: str, languages: tuple[str, ...], processes: int
) -> tuple[dict[str, RawRecord], list[Problem]]:
    folder = KINDS[name].folder
    texts, problems = _texts(index, store, folder, languages)
    wanted = [
        (file.key, partial(_version, name, path, lang, lang != languages[0], file.data))
        for path, lang, file in texts
        if file.known is None
    ]
    if wanted:
        prepare()
    made = iter(store.recall_all(wanted, processes))
    versions: dict[str, list[Version]] = {}
    for path, _, file in texts:
        version, found = file.known or next(made)
        problems += found
        if version is not None:
            versions.setdefault(slug_of(path), []).append(version)
    records = {}
    for slug, found_versions in sorted(versions.items()):
        ordered = sorted(found_versions, key=lambda version: languages.index(version.lang))
        if ordered[0].lang == languages[0]:
            records[slug] = RawRecord(slug, name, tuple(ordered))
        elif not index.has(f"{folder}/{slug}.md"):
            original = f"{slug}.md"
            problems.append(
                problem(Place(ordered[0].path), "orphan-translation", original=original)
            )
    return records, problems


class _File(NamedTuple):
    """Under which key stands what a file came to, and that itself where it is ``known``.

    The ``data`` are there for where it is not.
    """

    key: bytes
    data: bytes
    known: Any


def _file(
    index: FileIndex, store: Store, path: str, *how: str
) -> tuple[_File | None, list[Problem]]:
    """Read a file, unless what it came to is known; ``how`` tells how it is read."""
    if (found := index.print_of(path)) and (known := store.get(key := digest(*how, path, found))):
        return _File(key, b"", known), []
    data, problems = index.read(path)
    if data is None:
        return None, problems
    key = digest(*how, path, digest(data))
    return _File(key, data, store.get(key)), problems


def _texts(
    index: FileIndex, store: Store, folder: str, languages: tuple[str, ...]
) -> tuple[list[tuple[str, str, _File]], list[Problem]]:
    """Return path, language and file of the texts of a folder that have a usable name."""
    texts: list[tuple[str, str, _File]] = []
    problems: list[Problem] = []
    for path in index.under(folder, ".md"):
        if path.count("/") > folder.count("/") + 1:
            continue
        lang, found = language_of(path, languages)
        problems += found
        if not lang:
            continue
        file, found = _file(index, store, path, "version", folder, lang, languages[0])
        problems += found
        if file is not None:
            texts.append((path, lang, file))
    return texts, problems


def _version(
    name: str, path: str, lang: str, translated: bool, data: bytes
) -> tuple[Version | None, list[Problem]]:
    document, problems = read_document(path, data)
    if document is None:
        return None, problems
    record, found = read(document.front, KINDS[name].table, partial=translated)
    scanned, more = scan(document.text, path, document.line)
    outline, text = _outline(document.head, scanned), digest(scanned.html)
    version = Version(lang, path, record, document.line, scanned, outline, text)
    return version, problems + found + more


def _outline(head: str, scanned: Scan) -> bytes:
    """Return a hash of all there is to a file but its text: also whether there is any."""
    headings = (f"{heading.level} {heading.id} {heading.text}" for heading in scanned.headings)
    links = (link.address for link in scanned.links)
    return digest(head, str(bool(scanned.html)), "headings", *headings, "links", *links)

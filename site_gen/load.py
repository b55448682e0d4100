"""Folders to records: every content file read and checked by its field table, nothing linked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from msgspec import Struct

from site_gen import fields
from site_gen.files import FileIndex
from site_gen.kinds import suggest_slug
from site_gen.nodes import nearest, read_document, read_yaml
from site_gen.place import Place
from site_gen.problems import Problem, has_errors, problem
from site_gen.prose import Scan, prepare, scan
from site_gen.schema import Field, Record, read
from site_gen.store import Store, digest

EVENT = "programma/evenement.yaml"
DEFAULT_LANGUAGE = "nl"
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Version(Struct, frozen=True):
    """One language of a record: its front matter, and its text from ``line`` on.

    ``outline`` is a hash of what any page may show of it, ``text`` one of its text.
    """

    lang: str
    path: str
    record: Record
    line: int
    scan: Scan
    outline: bytes
    text: bytes


class RawRecord(Struct, frozen=True):
    """A Markdown record: its slug and its versions, the main language first."""

    slug: str
    kind: str
    versions: tuple[Version, ...]

    @property
    def main(self) -> Version:
        """The version in the main language, which has every fact."""
        return self.versions[0]


class RawSlot(Struct, frozen=True):
    """A timeslot: the name of its file without the ending, its fields, and a hash of them."""

    key: str
    record: Record
    outline: bytes


class Raw(Struct, frozen=True):
    """All content as records; ``documents`` holds each kind's records by slug.

    ``unread`` holds, per kind, the slugs whose file is there but could not be read: that problem is
    told once, and what refers to them is not told to be missing too. ``slots_whole`` tells that
    every timeslot could be read without an error.

    ``outline`` is a hash of all content but the texts themselves; by it and by the texts it can be
    told what is still as it was (see :mod:`site_gen.remembered`).
    """

    event: Record
    languages: tuple[str, ...]
    slots: tuple[RawSlot, ...]
    documents: Mapping[str, Mapping[str, RawRecord]]
    unread: Mapping[str, frozenset[str]]
    slots_whole: bool
    outline: bytes

    @property
    def versions(self) -> Iterator[tuple[RawRecord, Version]]:
        """Every language of every record, with the record."""
        return _versions(self.documents)

    @property
    def texts(self) -> dict[str, bytes]:
        """The hash of each text by its path."""
        return {version.path: version.text for _, version in self.versions}


def _versions(
    documents: Mapping[str, Mapping[str, RawRecord]],
) -> Iterator[tuple[RawRecord, Version]]:
    for records in documents.values():
        for record in records.values():
            yield from ((record, version) for version in record.versions)


class _Kind(Struct, frozen=True):
    folder: str
    table: tuple[Field, ...]


KINDS: Mapping[str, _Kind] = {
    "session": _Kind("sessies", fields.SESSION),
    "speaker": _Kind("sprekers", fields.SPEAKER),
    "source": _Kind("programma/bronnen", fields.SOURCE),
    "page": _Kind("programma/paginas", fields.PAGE),
}


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
    problems += [*found, *_misplaced(index)]
    documents: dict[str, dict[str, RawRecord]] = {}
    unread: dict[str, frozenset[str]] = {}
    for name, kind in KINDS.items():
        documents[name], found = _load_kind(index, store, name, languages, processes)
        unread[name] = _slugs(index, kind) - documents[name].keys()
        problems += found
    if event is None:
        return None, problems
    outlines = (event_outline, *(each.outline for each in slots))
    outline = digest(*index.paths, *outlines, *(v.outline for _, v in _versions(documents)))
    return Raw(event, languages, slots, documents, unread, slots_whole, outline), problems


def main_language(event: bytes) -> str:
    """Return the main language that the event's file names, whatever else is wrong with it."""
    mapping, _ = read_yaml(EVENT, event)
    return _languages(read(mapping, fields.EVENT)[0] if mapping else None)[0]


def _languages(event: Record | None) -> tuple[str, ...]:
    named = tuple(value.value for value in event.many("languages")) if event else ()
    return named or (DEFAULT_LANGUAGE,)


def languages_in_use(index: FileIndex) -> tuple[str, ...]:
    """Return what stands for the languages while the event cannot be read: those of the files."""
    names = (_stem(path) for kind in KINDS.values() for path in index.under(kind.folder, ".md"))
    endings = {name.partition(".")[2] for name in names} - {"", DEFAULT_LANGUAGE}
    return (DEFAULT_LANGUAGE, *sorted(endings))


def _slugs(index: FileIndex, kind: _Kind) -> frozenset[str]:
    names = (_stem(path) for path in index.under(kind.folder, ".md"))
    return frozenset(name for name in names if "." not in name)


def slot_paths(index: FileIndex) -> list[str]:
    found = index.under("programma", ".yaml")
    return [path for path in found if path != EVENT and path.count("/") == 1]


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
            slots.append(RawSlot(_stem(path), record, outline))
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
            versions.setdefault(_slug(path), []).append(version)
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
    if (found := index.prints.get(path)) and (known := store.get(key := digest(*how, path, found))):
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
        lang, found = _name(path, languages)
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


def _name(path: str, languages: tuple[str, ...]) -> tuple[str, list[Problem]]:
    """Return the language in a file's name, or none where the name is not usable."""
    slug, _, lang = _stem(path).partition(".")
    if lang == languages[0]:
        return "", [problem(Place(path), "main-language-name", language=lang, slug=slug)]
    if lang and lang not in languages[1:]:
        return "", [unknown_language(Place(path), lang, languages[1:])]
    if not SLUG.fullmatch(slug):
        better = suggest_slug(slug)
        code = "malformed-file-name" if better else "empty-slug"
        return "", [problem(Place(path), code, slug=slug, better=better)]
    return lang or languages[0], []


def _slug(path: str) -> str:
    return _stem(path).partition(".")[0]


def unknown_language(place: Place, lang: str, known: tuple[str, ...]) -> Problem:
    """Name a language that the site does not have; ``known`` are those that would do."""
    if not known:
        return problem(place, "single-language", language=lang)
    return problem(place, "unknown-language", language=lang, known=", ".join(known))


def _misplaced(index: FileIndex) -> list[Problem]:
    """Name content files that no folder of ours reads: a wrong ending or a folder too deep."""
    read_here = {kind.folder: ".md" for kind in KINDS.values()} | {"programma": ".yaml"}
    problems = []
    for path in index.paths:
        folder, _, name = path.rpartition("/")
        if path.partition("/")[0] not in {"programma", "sessies", "sprekers"}:
            continue
        if folder not in read_here:
            near = nearest(folder, read_here) or "programma"
            problems.append(problem(Place(path), "unknown-folder", folder=folder, nearest=near))
        elif not name.endswith(read_here[folder]):
            problems.append(
                problem(Place(path), "misplaced-file", ending=read_here[folder], folder=folder)
            )
    return problems


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]

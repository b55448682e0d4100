"""What people read in the content, with places: titles, summaries and the like, and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from site_gen import fields
from site_gen.files import FileIndex
from site_gen.kinds import TEXT
from site_gen.layout import KINDS
from site_gen.nodes import read_document
from site_gen.place import Place
from site_gen.records import Raw, Version
from site_gen.schema import Field, Record, RecordOf, RecordsOf, Translatable, Value
from site_gen.source import mask

_TITLED = frozenset({"session", "slot"})
"""What stands in the grid under its title."""
_TO_SOURCE = re.compile(r"\[([^\[\]]*)\]\([^()]*\.md[^()]*\)")
_UNREAD = re.compile(  # of Markdown: addresses, labels, ids, and marks at the start of a line
    r"\]\([^()]*\)|\]\[[^\[\]]*\]|^ {0,3}\[[^\[\]]+\]:.*$|<?https?://\S+|\{#[^{}]*\}|[*_`\[\]~]"
    r"|^[ \t]*(?:#{1,6}|>|[-+*]|\d+[.)])(?=[ \t])",
    re.MULTILINE,
)
_BLOCK = re.compile(r"\n(?=[ \t]*\n|[ \t]*(?:#{1,6}|>|[-+*]|\d+[.)])[ \t]|\|)")
_HEADING = re.compile(r"\s*#{1,6}[ \t]")


class Passage(Struct, frozen=True):
    """A piece of text: a ``title`` of the grid, another ``name``, a ``heading``, or ``text``.

    ``exact`` tells that the text is as it is typed, so that every character has its place.
    """

    role: str
    text: str
    start: Place
    exact: bool

    def place(self, offset: int) -> Place:
        """Return the place of a character of the text, or of the text where that is not known."""
        if not self.exact:
            return self.start
        before = self.text[:offset]
        if "\n" not in before:
            return Place(self.start.path, self.start.line, self.start.column + offset)
        line = self.start.line + before.count("\n")
        return Place(self.start.path, line, offset - before.rfind("\n"))


class Reading(Struct, frozen=True):
    """What somebody reads on one page in one language; ``linked`` are the texts of its links."""

    lang: str
    passages: tuple[Passage, ...]
    linked: tuple[str, ...] = ()


def readings(index: FileIndex, raw: Raw) -> Iterator[Reading]:
    """Yield what there is to read: the programme, the sources, and every other Markdown file."""
    for lang in raw.languages:
        tag = "" if lang == raw.languages[0] else lang
        programme = list(_passages(raw.event, fields.EVENT, "event", lang, tag))
        for slot in raw.slots:
            programme += _passages(slot.record, fields.SLOT, "slot", lang, tag)
        yield Reading(lang, tuple(programme))
        sources = [_of_version(index, "source", v) for v in _versions(raw, "source", lang)]
        yield Reading(
            lang,
            tuple(passage for reading in sources for passage in reading.passages),
            tuple(text for reading in sources for text in reading.linked),
        )
        for kind in ("session", "speaker", "page"):
            for version in _versions(raw, kind, lang):
                yield _of_version(index, kind, version)


def _versions(raw: Raw, kind: str, lang: str) -> Iterator[Version]:
    for record in raw.documents[kind].values():
        yield from (version for version in record.versions if version.lang == lang)


def _of_version(index: FileIndex, kind: str, version: Version) -> Reading:
    own = _passages(version.record, KINDS[kind].table, kind, version.lang, "")
    blocks, linked = _body(index, version)
    return Reading(version.lang, (*own, *blocks), linked)


def _passages(
    record: Record, table: tuple[Field, ...], kind: str, lang: str, tag: str
) -> Iterator[Passage]:
    """Yield the titles and texts of a record; ``tag`` is the language within a field."""
    for field in table:
        role = ("title" if kind in _TITLED else "name") if field.name == "title" else "text"
        match field.shape:
            case RecordOf(inner) | RecordsOf(inner):
                for block in record.records(field.name):
                    yield from _passages(block, inner, kind, lang, tag)
            case Translatable(shape) if shape is TEXT or role != "text":
                for found, value in record.texts(field.name):
                    if found in {tag, lang}:
                        yield _passage(role, value)
            case shape if shape is TEXT or role != "text":
                yield from (_passage(role, value) for value in record.many(field.name))


def _passage(role: str, value: Value[str]) -> Passage:
    return Passage(role, value.value, value.place, exact=False)


def _body(index: FileIndex, version: Version) -> tuple[list[Passage], tuple[str, ...]]:
    data, _ = index.read(version.path)
    document, _ = read_document(version.path, data) if data is not None else (None, [])
    if document is None:
        return [], ()
    masked = mask(document.text)
    linked = tuple(found[1] for found in _TO_SOURCE.finditer(masked))
    passages, start = [], 0
    for end in (*(found.start() + 1 for found in _BLOCK.finditer(masked)), len(masked)):
        block = masked[start:end]
        role = "heading" if _HEADING.match(block) else "text"
        line = document.line + masked.count("\n", 0, start)
        text = _UNREAD.sub(lambda found: " " * len(found[0]), block)
        passages.append(Passage(role, text, Place(version.path, line), exact=True))
        start = end
    return passages, linked

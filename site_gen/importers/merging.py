"""What the source says now, what it said before, and what an editor made of it: three to one.

A record remembers what the source said as a digest per field. A field that only the source changed
follows the source, one that only an editor changed stays. Where both did, the editor's stays too,
and that is told, now and at every import until they agree.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256

from msgspec import Struct, field

from site_gen.importers.yaml_text import Value, field_text, fields_text, value_of
from site_gen.nodes import read_document, read_yaml
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.scaffold.lists import add_line, replace_field
from site_gen.scaffold.typed import Edit, Typed

TEXT = "tekst"
"""What the text below the fields is called among the digests."""
ORIGIN = "herkomst"
_DIGEST = re.compile(r"(\S+)-([0-9a-f]{8})(?!\S)")
_TIME = re.compile(r"0?(\d{1,2})[.:](\d{2})")

Fields = Mapping[str, Value]


class Told(Struct, frozen=True):
    """What the source says of a record: its fields, its text, and where it comes from.

    ``text`` is ``None`` for what has none. ``once`` are fields that only a new file gets, and that
    stay. ``lists`` are fields of which nothing ever goes: others may use it. ``given`` are fields
    on which is decided elsewhere, and ``digests`` what is remembered of such a decision.
    """

    fields: Fields
    origin: Fields
    text: str | None = None
    once: Fields = field(default_factory=dict)
    lists: frozenset[str] = frozenset()
    given: Fields = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)


def digest(value: Value) -> str:
    """Return what tells values apart, the same however a time is written."""
    return sha256(json.dumps(_normal(value), sort_keys=True).encode()).hexdigest()[:8]


def _normal(value: Value) -> object:
    if isinstance(value, str):
        time = _TIME.fullmatch(value)
        return f"{time[1]}.{time[2]}" if time else value
    if isinstance(value, tuple):
        return [_normal(item) for item in value]
    return {key: _normal(item) for key, item in value.items()}


def remembered(origin: Value | None) -> dict[str, str]:
    """Return the digests that a record bears."""
    line = origin.get("hash", "") if isinstance(origin, Mapping) else ""
    return dict(_DIGEST.findall(str(line)))


def new_file(told: Told) -> bytes:
    """Return the file of a record that is not there yet."""
    known = {key: digest(value) for key, value in told.fields.items()}
    if told.text:
        known[TEXT] = digest(told.text)
    origin = _with_hash(told.origin, {**known, **told.digests})
    given = {key: value for key, value in told.given.items() if value}
    fields = {**told.once, **told.fields, **given}
    first = "titel" if told.once else next(iter(told.fields))
    fields = {first: fields[first], **fields}
    return _file(fields_text({**fields, ORIGIN: origin}), told.text).encode()


def _file(front: str, text: str | None) -> str:
    if text is None:
        return front
    return f"---\n{front}---\n" + (f"{text}\n" if text else "")


def _with_hash(origin: Fields, digests: Mapping[str, str]) -> Fields:
    line = " ".join(f"{key}-{value}" for key, value in digests.items())
    return {**origin, "hash": line}


def merged(path: str, data: bytes, told: Told) -> tuple[bytes, list[Problem]]:
    """Return a file with what the source changed in it, and the conflicts."""
    merge = _Merge(path, data, told)
    for key in dict.fromkeys([*told.fields, *merge.base]):
        if key not in {TEXT, *told.digests, *told.once}:
            merge.settle(key)
    for key, value in told.given.items():
        merge.give(key, value)
    if told.text is not None:
        merge.settle_text(told.text)
    return merge.result(), merge.problems


def with_field(path: str, data: bytes, key: str, value: Value) -> bytes:
    """Return a file of fields in which one of them is another, and all else as it was."""
    merge = _Merge(path, data, Told({}, {}))
    merge.give(key, value)
    return merge.typed.edited(merge.edits())


class _Merge:
    """One file on its way from what it is to what it will be."""

    def __init__(self, path: str, data: bytes, told: Told) -> None:
        self.told = told
        self.problems: list[Problem] = []
        self.changes: dict[str, Value | None] = {}
        self.typed = Typed.of(data)
        if told.text is None:
            mapping, _ = read_yaml(path, data)
            self.text, self.line = "", 1
        else:
            document, _ = read_document(path, data)
            mapping = document.front if document else None
            self.text, self.line = (document.text, document.line) if document else ("", 1)
        items = mapping.items if mapping else ()
        self.values = {key.text: value_of(node) for key, node in items}
        self.places = {key.text: key.place for key, _ in items}
        self.path = path
        self.base = remembered(self.values.get(ORIGIN))
        self.known = dict(self.base)
        self.new_text: str | None = None

    def settle(self, key: str) -> None:
        """Decide on one field."""
        theirs, ours = self.told.fields.get(key), self.values.get(key) or None
        if key in self.told.lists:
            self.known[key] = digest(theirs or ())
            theirs = _joined(ours, theirs)
        elif not self._follows(key, theirs, ours, self.places.get(key, Place(self.path))):
            return
        if theirs and (ours is None or digest(theirs) != digest(ours)):
            self.changes[key] = theirs
        elif not theirs and ours is not None:
            self.changes[key] = None

    def give(self, key: str, value: Value) -> None:
        """Take over a field on which is decided."""
        if (self.values.get(key) or ()) != value:
            self.changes[key] = value or None

    def settle_text(self, theirs: str) -> None:
        """Decide on the text below the fields."""
        ours = self.text.replace("\r\n", "\n").strip()
        place = Place(self.path, self.line)
        if self._follows(TEXT, theirs or None, ours or None, place) and theirs != ours:
            self.new_text = theirs

    def _follows(self, key: str, theirs: Value | None, ours: Value | None, place: Place) -> bool:
        """Tell whether the source decides, and remember what it said."""
        said, has = (digest(value) if value else None for value in (theirs, ours))
        before = self.base.get(key)
        if said not in {has, before} and has != before:
            shown = theirs if isinstance(theirs, str) else json.dumps(theirs, ensure_ascii=False)
            self.problems.append(problem(place, "import-conflict", key=key, value=shown or "–"))
            return False
        if said:
            self.known[key] = said
        else:
            self.known.pop(key, None)
        return said != before

    def result(self) -> bytes:
        """Return the file as it will be; where nothing was decided, as it is."""
        old = self.values.get(ORIGIN)
        origin = {**self.told.origin, **(old if isinstance(old, Mapping) else {})}
        whole = _with_hash(origin, {**self.known, **self.told.digests})
        if whole != old:
            self.changes[ORIGIN] = whole
        if self.new_text is not None or self.changes:
            return self.typed.edited(self.edits())
        return self.typed.mark + self.typed.text.encode()

    def edits(self) -> Iterator[Edit]:
        """Yield the changes as edits of the text."""
        text, newline = self.typed.text, self.typed.newline
        start, end = (0, len(text)) if self.told.text is None else self.typed.front()
        if replace_field(text[start:end], ORIGIN, "", newline) is None:  # all on one line
            yield Edit(start, end, fields_text(self._after()).replace("\n", newline))
        else:
            yield from (edit.shifted(start) for edit in self._field_edits(text[start:end], newline))
        if self.new_text is not None:
            body = text.index("\n", end) + 1 if "\n" in text[end:] else len(text)
            yield Edit(body, len(text), self.new_text.replace("\n", newline) + newline)

    def _field_edits(self, front: str, newline: str) -> Iterator[Edit]:
        added = []
        for key, value in self.changes.items():
            lines = field_text(key, value).replace("\n", newline) if value else ""
            edit = replace_field(front, key, lines, newline) if key in self.values else None
            if edit:
                yield edit
            else:
                added.append(lines)
        if added:
            yield add_line(front, newline.join(added), newline)

    def _after(self) -> Fields:
        after = {**self.values, **{k: v for k, v in self.changes.items() if v is not None}}
        return {k: v for k, v in after.items() if self.changes.get(k, v) is not None}


def _joined(ours: Value | None, theirs: Value | None) -> Value | None:
    """Return our list with what is only in theirs; a room is the same by its name."""
    mine = ours if isinstance(ours, tuple) else ()
    there = {_name(item) for item in mine}
    return (*mine, *(item for item in theirs or () if _name(item) not in there))


def _name(item: Value) -> Value | None:
    return item.get("naam") if isinstance(item, Mapping) else item

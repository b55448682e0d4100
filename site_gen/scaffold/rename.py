"""Another name for a file: it, its translations, and everything that refers to it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from site_gen import fields
from site_gen.facts import session_guid
from site_gen.layout import EVENT, KINDS, SLUG
from site_gen.pipeline import Content
from site_gen.place import Place
from site_gen.problems import Problem, has_errors, problem
from site_gen.records import Raw
from site_gen.scaffold.change import Change, Desk, Refused, consequences
from site_gen.scaffold.lists import add_line, add_to_list
from site_gen.scaffold.references import edits_of_links, edits_of_names, replacement
from site_gen.scaffold.targets import SLOTS, Target, find, new_name
from site_gen.scaffold.typed import Edit, Typed
from site_gen.schema import Field, Record
from site_gen.urls import mention

COLLECTED = {"session": "key_messages", "source": "sources"}
"""The own pages on which anchors begin with the name of a session, or of a source."""
OLD = {"session": "old_addresses", "speaker": "old_addresses", "page": "old_addresses"}
OLD |= {"source": "old_names"}
CONTENT = ("programma/", "sessies/", "sprekers/")


def rename(desk: Desk, old: str, new: str) -> tuple[Change, list[Problem]]:
    """Return the change that gives ``old`` the name ``new``, and the warnings that come with it.

    Raises :class:`Refused` where there is no such file, the new name is taken, or the content would
    have an error that it does not have now.
    """
    target = find(desk, old)
    name = new_name(desk, target, new)
    if desk.raw is None or desk.content is None:
        raise Refused([found for found in desk.problems if found.severity == "error"])
    change = _Renaming(desk, desk.raw, desk.content, target, name).change()
    caused = consequences(desk, change)
    if has_errors(caused):
        raise Refused([found for found in caused if found.severity == "error"])
    return change, caused


class _Read(Struct, frozen=True):
    """A file that could be read: its fields, and where its text begins (from line 1), if any."""

    path: str
    record: Record
    table: tuple[Field, ...]
    body: int


class _Renaming(Struct, frozen=True):
    """One rename: what is meant, and the name that it gets."""

    desk: Desk
    raw: Raw
    content: Content
    target: Target
    name: str

    def change(self) -> Change:
        """Return all edits and moves."""
        before, files = {}, {}
        for read in _read(self.raw):
            data = self.desk.read(read.path)
            typed = Typed.of(data)
            edits = set(self._edits(read, typed))
            if edits:
                before[read.path], files[read.path] = data, typed.edited(edits)
        self._check_unread()
        return Change(before, files, self.target.renamed(self.name))

    def _edits(self, read: _Read, typed: Typed) -> Iterator[Edit]:
        names = (self.target.name, self.name)
        yield from edits_of_names(typed, read.record, read.table, self.target.kind, names)
        if read.body:
            start = typed.offset(Place(read.path, read.body))
            moves = self.target.renamed(self.name)
            yield from edits_of_links(typed, start, read.path, moves, self._fragment)
        if read.path == self.target.main and self.target.kind != "slot":
            yield from self._kept_alive(read, typed)

    def _fragment(self, goal: str, fragment: str) -> str:
        """Return the fragment of a link to the file ``goal``: some anchors are made of names."""
        old, new = self.target.name, self.name
        if self._introduced(goal) == COLLECTED.get(self.target.kind, "-"):
            return _swapped(fragment, old, new)
        if self.target.kind == "source":
            return _swapped(fragment, mention(old, 1), mention(new, 1))
        return fragment

    def _introduced(self, path: str) -> str:
        """Return which of the site's own pages a file introduces, or nothing."""
        pages = self.raw.documents["page"].values()
        slug = next((p.slug for p in pages if path in {v.path for v in p.versions}), "")
        page = self.content.conf.pages.get(slug)
        return page.introduces if page else ""

    def _kept_alive(self, read: _Read, typed: Typed) -> Iterator[Edit]:
        """Keep the old address, and in calendars the old id, of what had a page of its own."""
        old = self.target.name
        if self._introduced(read.path) or not SLUG.fullmatch(old):
            return
        listed = read.record.many(OLD[self.target.kind])
        back = next((value for value in listed if value.value == self.name), None)
        start, end = typed.front()
        front = typed.text[start:end]
        if back:
            yield replacement(typed, typed.offset(back.place), self.name, old)
        elif old not in {value.value for value in listed}:
            edit = add_to_list(front, "oude_adressen", old, typed.newline)
            if edit is None:
                place, values = read.record.place, {"key": "oude_adressen", "example": f"[{old}]"}
                raise Refused([problem(place, "list-expected", **values)])
            yield edit.shifted(start)
        event, session = self.content.conf.event, self.content.conf.sessions.get(old)
        if self.target.kind == "session" and session and event.first_day and not session.origin:
            line = f"herkomst: {{guid: {session_guid(event, session)}}}"
            yield add_line(front, line, typed.newline).shifted(start)

    def _check_unread(self) -> None:
        """Refuse where a file that could not be read may name what gets another name."""
        read = {each.path for each in _read(self.raw)} | set(self.target.paths)
        for path in self.desk.index.paths:
            if path.startswith(CONTENT) and path not in read:
                data = self.desk.read(path)
                if self.target.name.encode() in data:
                    raise Refused([problem(Place(path), "unread-reference", name=self.target.name)])


def _read(raw: Raw) -> Iterator[_Read]:
    """Yield every file that could be read."""
    yield _Read(EVENT, raw.event, fields.EVENT, 0)
    for slot in raw.slots:
        yield _Read(f"{SLOTS}/{slot.key}.yaml", slot.record, fields.SLOT, 0)
    for kind, records in raw.documents.items():
        for record in records.values():
            for version in record.versions:
                yield _Read(version.path, version.record, KINDS[kind].table, version.line)


def _swapped(fragment: str, old: str, new: str) -> str:
    """Return an anchor that is made of a name, or of a name and more, with the other name."""
    fits = fragment == old or fragment.startswith(f"{old}--")
    return new + fragment[len(old) :] if fits else fragment

"""A programme and the content as it is, to the change that brings the one into the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import chain, count

from msgspec import Struct
from msgspec.structs import replace

from site_gen.facts import made
from site_gen.importers.matching import Identity, Matcher, base_name
from site_gen.importers.merging import Told, merged, new_file, remembered, with_field
from site_gen.importers.programme import Programme
from site_gen.importers.records import (
    Session,
    SessionFields,
    event_fields,
    new_event_fields,
    origin,
    session_fields,
    sessions,
    speaker_fields,
)
from site_gen.importers.slots import Slot, Timetable
from site_gen.importers.timetabling import PLACE, SESSIONS, Seating, SlotFile, slot_files
from site_gen.importers.yaml_text import Value
from site_gen.layout import EVENT, KINDS
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.scaffold.change import Change, Desk, Refused
from site_gen.scaffold.targets import SLOTS
from site_gen.workers import all_of

SESSION, SPEAKER = KINDS["session"].folder, KINDS["speaker"].folder

_MOST_ALIKE = 20
"""How many things of one name, and without an id, are known again."""


class Count(Struct, frozen=True):
    """How many files of one kind are new, changed and as they were."""

    new: int = 0
    changed: int = 0
    same: int = 0

    @property
    def all(self) -> int:
        """How many there are."""
        return self.new + self.changed + self.same


class Plan(Struct, frozen=True):
    """What an import would do: the change, what it would say, and how many of each.

    ``counts`` are by kind of file: ``session``, ``speaker``, ``slot``. ``entries`` is how many
    times a session stands in a slot, ``rooms`` how many rooms the source has.
    """

    change: Change
    problems: tuple[Problem, ...]
    counts: Mapping[str, Count]
    entries: int
    rooms: int
    left_out: Mapping[str, int]


def plan(desk: Desk, programme: Programme, processes: int = 1) -> Plan:
    """Return what an import of ``programme`` would do; texts are shared out over ``processes``.

    Raises :class:`Refused` where a content file cannot be read: it may be one that the source
    knows, and nothing is guessed.
    """
    content = [path for folder in (SLOTS, SESSION, SPEAKER) for path in desk.index.under(folder)]
    raw = desk.raw
    if content and (raw is None or not raw.slots_whole or any(raw.unread.values())):
        raise Refused([found for found in desk.problems if found.severity == "error"])
    return _Planner(desk, programme, processes).plan()


class _Planner:
    """Goes through a programme once, and gathers files and problems."""

    def __init__(self, desk: Desk, programme: Programme, processes: int) -> None:
        self.desk, self.programme, self.processes = desk, programme, processes
        self.sessions = sessions(programme)
        self.before: dict[str, bytes] = {}
        self.files: dict[str, bytes] = {}
        self.gone: list[str] = []
        self.problems: list[Problem] = []
        self.counts: dict[str, Count] = {}
        self.guids: set[str] = set()
        self.lasting = self._lasting()
        self.id = str(self.lasting["kenmerk"])

    def _lasting(self) -> Mapping[str, Value]:
        """Return what of the event stays, whatever a source says: its id and its languages."""
        event = self.desk.raw.event if self.desk.raw else None
        number = event.one("id") if event else None
        return {"kenmerk": number.value} if number else new_event_fields(self.programme)

    def plan(self) -> Plan:
        """Return the plan."""
        speakers = self._speakers()
        named = self._named()
        timetable = Timetable(self.programme)
        slots = timetable.slots(named)
        there = list(slot_files(self.desk, self.programme.source))
        seating = Seating(slots, there, {slug: self._remembered(slug) for slug, _ in named})
        each = [
            partial(session_fields, session, [speakers[key] for key in session.held.people])
            for _, session in named
        ]
        for (slug, session), about in zip(named, all_of(each, self.processes), strict=True):
            self._session(slug, session, about, seating)
        self._slots(slots, there, seating)
        self._event(timetable)
        self.problems += timetable.problems + seating.problems
        return Plan(
            Change(self.before, self.files, gone=tuple(self.gone)),
            tuple(sorted(set(self.problems))),
            self.counts,
            sum(len(slot.entries) for slot in slots),
            len(self.programme.rooms),
            self.programme.left_out,
        )

    def _speakers(self) -> dict[str, str]:
        """Write the speakers, as they are met in the programme; return their names by key."""
        matcher = self._matcher("speaker")
        names = {}
        met = (key for session in self.sessions for key in session.held.people)
        people = {key: self.programme.people[key] for key in [*met, *self.programme.people]}
        each = [partial(speaker_fields, person) for person in people.values()]
        about = all_of(each, self.processes)
        for (key, person), (fields, text) in zip(people.items(), about, strict=True):
            guid = self._own(person.guid)
            identity = Identity(person.name, _known(guid), _known(person.id))
            identity = self._by_name(identity, "sprekers/")
            name = matcher.name(identity, person.id)
            guid = guid or made(f"{self.id}/sprekers/{name}")
            told = Told(fields, origin(self.programme.source, person.id, guid), text)
            self._write("speaker", f"{SPEAKER}/{name}.md", told)
            names[key] = name
        self._report_gone(SPEAKER, matcher)
        return names

    def _by_name(self, identity: Identity, folder: str = "") -> Identity:
        """Know what has no id by the guid that its name gave it, or the name with a number."""
        if identity.guids or identity.ids:
            return identity
        base = base_name(identity.title)
        names = [base, *(f"{base}-{number}" for number in range(2, _MOST_ALIKE))]
        return Identity(identity.title, tuple(made(f"{self.id}/{folder}{name}") for name in names))

    def _own(self, guid: str) -> str:
        """Return the guid of a speaker, unless another has it already."""
        own = "" if guid in self.guids else guid
        self.guids.add(guid)
        return own

    def _named(self) -> list[tuple[str, Session]]:
        """Return the sessions with the names of their files."""
        matcher = self._matcher("session")
        named = [
            (matcher.name(self._by_name(session.identity), session.held.id), session)
            for session in self.sessions
        ]
        self._report_gone(SESSION, matcher)
        return named

    def _matcher(self, kind: str) -> Matcher:
        folder = KINDS[kind].folder
        paths = self.desk.index.under(folder)
        taken = (path.removeprefix(f"{folder}/").partition(".")[0] for path in paths)
        return Matcher.of(self.programme.source, kind, self.desk.raw, taken)

    def _report_gone(self, folder: str, matcher: Matcher) -> None:
        for name in matcher.gone:
            self.problems.append(problem(Place(f"{folder}/{name}.md"), "import-gone"))

    def _remembered(self, slug: str) -> str:
        raw = self.desk.raw.documents["session"].get(slug) if self.desk.raw else None
        found = raw.main.record.record("origin") if raw else None
        line = found.one("hash") if found else None
        return remembered({"hash": line.value} if line else None).get(PLACE, "")

    def _session(self, slug: str, session: Session, about: SessionFields, seating: Seating) -> None:
        path = f"{SESSION}/{slug}.md"
        fields, text, problems = about
        self.problems += problems
        place = seating.settle(slug, path)
        guid = next(iter(session.identity.guids), "") or made(f"{self.id}/{slug}")
        number = next(iter(session.identity.ids), "")
        told = Told(
            fields,
            origin(self.programme.source, number, guid),
            text,
            digests={PLACE: place} if place else {},
        )
        self._write("session", path, told)

    def _slots(self, slots: Sequence[Slot], there: Sequence[SlotFile], seating: Seating) -> None:
        known = {slot.id: slot for slot in there if slot.is_ours}
        for slot in slots:
            old = known.pop(slot.id, None)
            path = old.path if old else self._free(slot.name)
            given = {SESSIONS: seating.entries(slot, old)}
            told = Told(slot.fields, origin(self.programme.source, slot.id, ""), given=given)
            self._write("slot", path, told)
        for other in there:
            if not other.is_ours or other.id in known:
                self._leave(other, seating)

    def _leave(self, slot: SlotFile, seating: Seating) -> None:
        """Take from a slot what has moved; it goes itself where that was all there was to it."""
        entries = seating.entries(None, slot)
        if not entries and slot.entries and slot.is_ours and slot.is_untouched:
            self.before[slot.path] = self.desk.read(slot.path)
            self.gone.append(slot.path)
        elif len(entries) < len(slot.entries):
            self.before[slot.path] = self.desk.read(slot.path)
            data = with_field(slot.path, self.before[slot.path], SESSIONS, entries)
            self.files[slot.path] = data
        elif slot.is_ours and not slot.entries:
            self.problems.append(problem(Place(slot.path), "import-gone"))

    def _free(self, name: str) -> str:
        names = chain([name], (f"{name}-{number}" for number in count(2)))
        paths = (f"{SLOTS}/{each}.yaml" for each in names)
        return next(p for p in paths if p not in self.files and not self.desk.index.has(p))

    def _event(self, timetable: Timetable) -> None:
        fields, once = event_fields(self.programme, timetable.first), self.lasting
        if "titel" not in fields:
            once = {"titel": self.id, **once}
            if not self.desk.index.has(EVENT):
                self.problems.append(problem(Place(EVENT), "import-untitled", title=self.id))
        told = Told(
            fields,
            {"bron": self.programme.source},
            once=once,
            lists=frozenset({"zalen", "themas"}),
        )
        self._write("event", EVENT, told)

    def _write(self, kind: str, path: str, told: Told) -> None:
        """Add a file to the change, unless it stays as it is."""
        count = self.counts.get(kind, Count())
        if not self.desk.index.has(path):
            self.files[path] = new_file(told)
            self.counts[kind] = replace(count, new=count.new + 1)
            return
        old = self.desk.read(path)
        data, conflicts = merged(path, old, told)
        self.problems += conflicts
        if data == old:
            self.counts[kind] = replace(count, same=count.same + 1)
            return
        self.before[path], self.files[path] = old, data
        self.counts[kind] = replace(count, changed=count.changed + 1)


def _known(text: str) -> tuple[str, ...]:
    return (text,) if text else ()

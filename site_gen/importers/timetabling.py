"""Sessions in timeslots: which stay where an editor put them, and which follow the source.

A session remembers, as a digest, in which slots and at which times the source had it. So one that
the source moves is moved here, one that an editor moved stays, and one that both moved is told.
What else an editor says of it in a slot (full, moved, where to) stays with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from site_gen.importers.merging import ORIGIN, digest, remembered
from site_gen.importers.slots import Slot
from site_gen.importers.yaml_text import Value, value_of
from site_gen.layout import slot_paths
from site_gen.nodes import read_yaml
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.scaffold.change import Desk

SESSIONS = "sessies"
PLACE = "tijdslot"
"""What the place of a session in the programme is called among its digests."""
_WHERE = ("begin", "eind", "zaal")


class SlotFile(Struct, frozen=True):
    """A timeslot that is there: what it says, and its sessions in order with what is said of each.

    ``id`` is what the source calls it, or the name of its file where it is no slot of the source.
    """

    path: str
    id: str
    is_ours: bool
    values: Mapping[str, Value]
    entries: tuple[tuple[str, Mapping[str, Value]], ...]

    @property
    def is_untouched(self) -> bool:
        """Whether its fields are as the source had them."""
        fields = {k: v for k, v in self.values.items() if k not in {ORIGIN, SESSIONS} and v}
        return remembered(self.values.get(ORIGIN)) == {k: digest(v) for k, v in fields.items()}


def slot_files(desk: Desk, source: str) -> Iterator[SlotFile]:
    """Yield the timeslots of the content."""
    for path in slot_paths(desk.index):
        mapping, _ = read_yaml(path, desk.read(path))
        values = {key.text: value_of(node) for key, node in mapping.items} if mapping else {}
        origin = values.get(ORIGIN)
        told = origin if isinstance(origin, Mapping) else {}
        is_ours = told.get("bron") == source and bool(told.get("id"))
        number = str(told["id"]) if is_ours else path.rpartition("/")[2].removesuffix(".yaml")
        yield SlotFile(path, number, is_ours, values, tuple(_entries(values.get(SESSIONS, ()))))


def _entries(listed: Value) -> Iterator[tuple[str, Mapping[str, Value]]]:
    for entry in listed if isinstance(listed, tuple) else ():
        if isinstance(entry, str):
            yield entry, {}
        elif isinstance(entry, Mapping):
            fields = {key: value for key, value in entry.items() if key != "sessie"}
            yield str(entry.get("sessie", "")), fields


class Seating:
    """Decides for each session whether it follows the source; ``problems`` are the conflicts.

    ``before`` are the digests that the sessions bear of the last import.
    """

    def __init__(
        self, wanted: Sequence[Slot], there: Sequence[SlotFile], before: Mapping[str, str]
    ) -> None:
        self.problems: list[Problem] = []
        self.moved: set[str] = set()
        self.remembered: dict[str, str] = {}
        entries = ((slot.id, e.session, e.fields) for slot in wanted for e in slot.entries)
        self.wanted = _gathered(entries)
        self.there = _gathered((s.id, slug, fields) for s in there for slug, fields in s.entries)
        self.before = before

    def settle(self, session: str, path: str) -> str:
        """Decide on a session; return what it is to remember, which may be nothing."""
        theirs, ours = self._digest(self.wanted, session), self._digest(self.there, session)
        before = self.before.get(session, "")
        if theirs not in {ours, before} and ours != before:
            self.problems.append(problem(Place(path), "import-moved", slug=session))
            return before
        if theirs not in {ours, before}:
            self.moved.add(session)
        return theirs

    def _digest(self, places: Mapping[str, list[Value]], session: str) -> str:
        found = places.get(session)
        return digest(tuple(found)) if found else ""

    def entries(self, slot: Slot | None, there: SlotFile | None) -> tuple[Value, ...]:
        """Return the sessions of a slot: those that stay in their order, and those that come."""
        old = _numbered(there.entries if there else ())
        new = _numbered((e.session, e.fields) for e in slot.entries) if slot else {}
        found = {key: fields for key, fields in old.items() if key[0] not in self.moved}
        for key, fields in new.items():
            if key[0] in self.moved:
                found[key] = {**fields, **_told(old.get(key, {}))}
        order = new if new.keys() == found.keys() else found
        return tuple(_entry(key[0], found[key]) for key in order)


def _gathered(
    places: Iterator[tuple[str, str, Mapping[str, Value]]],
) -> dict[str, list[Value]]:
    """Return where and when each session is held."""
    found: dict[str, list[Value]] = {}
    for slot, session, fields in places:
        where = {key: fields[key] for key in _WHERE if key in fields}
        found.setdefault(session, []).append({"slot": slot, **where})
    return found


def _numbered(
    entries: Iterable[tuple[str, Mapping[str, Value]]],
) -> dict[tuple[str, int], Mapping[str, Value]]:
    """Return entries by session and number: one may be held twice at once, in two rooms."""
    found: dict[tuple[str, int], Mapping[str, Value]] = {}
    for name, fields in entries:
        number = sum(name == other for other, _ in found)
        found[name, number] = fields
    return found


def _told(fields: Mapping[str, Value]) -> Mapping[str, Value]:
    return {key: value for key, value in fields.items() if key not in _WHERE}


def _entry(name: str, fields: Mapping[str, Value]) -> Value:
    return {"sessie": name, **fields} if fields else name

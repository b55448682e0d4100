"""When things are held, as timeslots: a round, a break, or all that begins at one time.

What begins together stands in one slot of kind ``sessies``, also where it ends at several times and
overlaps what begins later: so a programme of a hundred rooms is a list of times. A slot ends when
the last of it does; an entry says its own end where that differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain, count

from msgspec import Struct, field
from msgspec.structs import replace

from site_gen.importers.programme import Held, Programme, When
from site_gen.importers.records import Fields, Session, clock
from site_gen.kinds import suggest_slug
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.resolve.event import DAY_CHANGE, TIME_ZONE
from site_gen.resolve.slots import LONGEST
from site_gen.schedule import DAY, exists, is_twofold, zone


class Entry(Struct, frozen=True):
    """A session in a slot, by the name of its file: its own times, room and status, if any."""

    session: str
    fields: Fields


class Slot(Struct, frozen=True):
    """A timeslot: what it is known by, the name of its file, its fields, and its sessions."""

    id: str
    name: str
    fields: Fields
    entries: tuple[Entry, ...]


class _Group(Struct):
    """What is to be one slot: its key, its title and kind, and what is held in it."""

    kind: str
    when: When
    title: str = ""
    round: int | None = None
    held: list[tuple[str, Held, When, Fields]] = field(default_factory=list)

    def add(self, name: str, held: Held, when: When, own: Fields) -> None:
        """Put a session in it; the whole lasts as long as its parts do."""
        self.held.append((name, held, when, own))
        end = max(each.end or 0 for _, _, each, _ in self.held)
        last = max(each.begin for _, _, each, _ in self.held)
        begin = min(self.when.begin, when.begin)
        # One that begins when all others are over, and whose own end nobody knows: nor is this one.
        self.when = replace(self.when, begin=begin, end=end if end > last else None)


class Timetable:
    """Puts the sessions of a programme in slots; ``problems`` are those that have no place."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.change = DAY_CHANGE if programme.day_change is None else programme.day_change
        self.zone = zone(programme.zone or TIME_ZONE)
        self.problems: list[Problem] = []
        told = [h.when for h in programme.held if h.when] + [b.when for b in programme.breaks]
        days = sorted({day for when in told if (day := self._day(when))})
        self.first = days[0] if days else None
        self.several = len(days) > 1

    def _day(self, when: When) -> date | None:
        """Return the day that a time belongs to: in the night, the one before."""
        return when.date - self._night(when) if when.date else None

    def _night(self, when: When) -> timedelta:
        """Return how much later the date is than the day that a time belongs to."""
        return timedelta(days=1 if when.begin < self.change else 0)

    def slots(self, named: Sequence[tuple[str, Session]]) -> tuple[Slot, ...]:
        """Return the slots in time order; ``named`` are the sessions by the name of their file."""
        groups: dict[tuple[object, ...], _Group] = {}
        for name, session in named:
            for held in session.times:
                if when := self._placed(held.place, held.title, held.when):
                    key = self._key(held.round, when)
                    if key in groups and groups[key].when.date != when.date:
                        key = self._key(None, when)  # in a round, but the night after it
                    number = held.round if key[0] == "round" else None
                    kind = "sessies" if number is None else "ronde"
                    group = groups.setdefault(key, _Group(kind, when, round=number))
                    group.add(name, held, when, _own(session, held))
        for part in self.programme.breaks:
            if when := self._placed(part.place, part.title, part.when):
                groups["break", len(groups)] = _Group(part.kind, when, part.title)
        ordered = sorted(groups.values(), key=lambda g: (g.when.date or date.min, g.when.begin))
        return tuple(self._slots(ordered))

    def _key(self, number: int | None, when: When) -> tuple[object, ...]:
        if number is not None:
            return ("round", self._day(when), number)
        return ("time", when.date, when.begin, when.end is None)

    def _placed(self, place: Place, title: str, when: When | None) -> When | None:
        """Return a time as a slot can have it, or nothing; say what cannot be kept."""
        if when is None:
            return None
        if when.date is None and self.first:  # what has no day is on the first one, as on the site
            when = replace(when, date=self.first + self._night(when))
        if self.first and when.date and (when.date - self.first).days > LONGEST:
            self._report(place, "import-day-outside", title, date=when.date, first=self.first)
            return None
        if not self._is_clear(when, when.begin):
            self._report(place, "import-clock", title, time=clock(when.begin), date=when.date)
            return None
        if when.end is not None and when.end - when.begin > DAY:
            self._report(place, "import-long", title)
            return replace(when, end=None)
        if when.end is not None and not self._is_clear(when, when.end):
            self._report(place, "import-clock", title, time=clock(when.end % DAY), date=when.date)
            return replace(when, end=None)
        return when

    def _is_clear(self, when: When, minute: int) -> bool:
        """Tell whether the clock shows a time, and only once."""
        if when.date is None or self.zone is None:
            return True
        wall = datetime.combine(when.date, time()) + timedelta(minutes=minute)
        return exists(wall, self.zone) and not is_twofold(wall, self.zone)

    def _report(self, place: Place, code: str, title: str, **values: object) -> None:
        self.problems.append(problem(place, code, title=title, **values))

    def _slots(self, groups: Sequence[_Group]) -> Iterator[Slot]:
        """Yield the slots; one keeps its id when its time changes, unless it is that time alone."""
        ids: set[str] = set()
        for group in groups:
            about = f"ronde-{group.round}" if group.round else suggest_slug(group.title)
            at = f"{group.when.begin // 60:02}{group.when.begin % 60:02}"
            day = f"{group.when.date}-" if self.several and group.when.date else ""
            number = _free(f"{day}{about or at}", ids)
            ids.add(number)
            name = number.replace(about, f"{at}-{about}", 1) if about else number
            yield Slot(number, name, self._fields(group), tuple(_entries(group)))

    def _fields(self, group: _Group) -> Fields:
        """Return the fields of a slot; the day is said where it could be another."""
        when, end = group.when, group.when.end
        fields: Fields = {"begin": clock(when.begin)}
        if end is not None:
            fields["eind"] = clock(end if end <= DAY else end - DAY)
        if end is not None and end > DAY:
            fields["eind_dag"] = "1"
        if self.several and when.date:
            fields["datum"] = when.date.isoformat()
        plenary = [held for _, held, _, _ in group.held if held.kind == "plenair"]
        alone = group.kind == "sessies" and len(group.held) == 1 and plenary
        fields["soort"] = "plenair" if alone else group.kind
        if group.round is not None:
            fields["ronde"] = str(group.round)
        if group.title:
            fields["titel"] = group.title
        return fields


def _own(session: Session, held: Held) -> Fields:
    """Return what of this time differs from the session: only where it is held more than once."""
    fields: Fields = {}
    if len({each.room for each in session.times}) > 1 and held.room:
        fields["zaal"] = held.room
    if len({each.status for each in session.times}) > 1 and held.status:
        fields["status"] = held.status
    return fields


def _entries(group: _Group) -> Iterator[Entry]:
    for name, _, when, own in group.held:
        fields: Fields = {}
        if when.begin != group.when.begin:
            fields["begin"] = clock(when.begin)
        if when.end is not None and when.end != group.when.end:
            fields["eind"] = clock(when.end if when.end <= DAY else when.end - DAY)
        yield Entry(name, fields | own)


def _free(base: str, taken: set[str]) -> str:
    names = chain([base], (f"{base}-{number}" for number in count(2)))
    return next(name for name in names if name not in taken)

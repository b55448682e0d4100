"""Time: days, moments in the event's zone, rounds, and what clashes.

Minutes count from the start of the event's first day (see :mod:`site_gen.model`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import tzdata
from msgspec import Struct

from site_gen.model import Conference, Day, Entry, Event, Session, Slot, Speaker

T = TypeVar("T")
DAY = 24 * 60
_TZDATA = Path(tzdata.__file__).parent
"""Always the package, never the machine's own tables: the same bytes everywhere."""


@cache
def zone_names() -> tuple[str, ...]:
    """Return the name of every IANA time zone."""
    return tuple((_TZDATA / "zones").read_text("utf-8").split())


@cache
def zone(name: str) -> ZoneInfo | None:
    """Return the IANA time zone, or nothing where there is none of that name."""
    if name not in zone_names():
        return None
    with (_TZDATA / "zoneinfo" / name).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def moment(event: Event, minute: int) -> datetime | None:
    """Return the moment in the event's zone, or nothing while the event has no date."""
    if event.first_day is None:
        return None
    return local(event.first_day, minute).replace(tzinfo=zone(event.time_zone))


def local(first_day: date, minute: int) -> datetime:
    """Return the wall-clock time, without a zone, that ``minute`` stands for."""
    return datetime.combine(first_day, time()) + timedelta(minutes=minute)


def exists(wall: datetime, tz: ZoneInfo) -> bool:
    """Tell whether the clock shows this time: not in the hour skipped in spring."""
    there = wall.replace(tzinfo=tz).astimezone(UTC)
    return there.astimezone(tz).replace(tzinfo=None) == wall


def is_twofold(wall: datetime, tz: ZoneInfo) -> bool:
    """Tell whether the clock shows this time twice: in the hour repeated in autumn."""
    once = wall.replace(tzinfo=tz, fold=0).utcoffset()
    again = wall.replace(tzinfo=tz, fold=1).utcoffset()
    return exists(wall, tz) and once != again


def day_of(minute: int, day_change: int) -> int:
    """Return the day, from 0; the night until ``day_change`` belongs to the day before."""
    return (minute - day_change) // DAY


def span(slots: Sequence[Slot]) -> tuple[int, int | None]:
    """Return when slots in time order begin and end: without an end where the last has none."""
    begin = min((slot.begin for slot in slots), default=0)
    ends = [slot.end for slot in slots if slot.end is not None]
    return begin, max(ends) if slots and slots[-1].end is not None else None


def rounds(conf: Conference) -> Iterator[tuple[Day, Slot, int]]:
    """Yield every round with its day and number, in time order."""
    for day in conf.days:
        for slot in day.slots:
            if slot.round is not None:
                yield day, slot, slot.round


def entries(conf: Conference) -> Iterator[tuple[Day, Slot, Entry]]:
    """Yield every entry with its day and slot, in time order, then in column order."""
    for day in conf.days:
        for slot in day.slots:
            for entry in slot.entries:
                yield day, slot, entry


Held = tuple[Day, Slot, Entry]
"""One time that a session is held."""
Round = tuple[Day, Slot, int]
"""A round with its day and number."""


class Timetable(Struct, frozen=True):
    """The programme looked up by what a page is about: made once, asked by every page."""

    by_session: Mapping[str, Sequence[Held]]
    by_speaker: Mapping[str, Sequence[Held]]
    span: tuple[int, int | None]
    around_session: Mapping[str, tuple[Session | None, Session | None]]
    around_round: Mapping[str, tuple[Round | None, Round | None]]

    def held(self, session: Session) -> Sequence[Held]:
        """Return every time that a session is held, in time order."""
        return self.by_session.get(session.slug, ())

    def on(self, speaker: Speaker) -> Sequence[Held]:
        """Return every time that a speaker is on, in time order."""
        return self.by_speaker.get(speaker.slug, ())

    def beside(self, session: Session) -> tuple[Session | None, Session | None]:
        """Return the sessions before and after one, by their first times."""
        return self.around_session.get(session.slug, (None, None))


def timetable(conf: Conference) -> Timetable:
    """Make the timetable of a conference."""
    by_session: dict[str, list[Held]] = {}
    by_speaker: dict[str, list[Held]] = {}
    for found in entries(conf):
        session = found[2].session
        by_session.setdefault(session.slug, []).append(found)
        for speaker in session.speakers:
            by_speaker.setdefault(speaker.slug, []).append(found)
    sessions = {slug: held[0][2].session for slug, held in by_session.items()}
    in_rounds = {found[1].key: found for found in rounds(conf)}
    whole = span([slot for day in conf.days for slot in day.slots])
    return Timetable(by_session, by_speaker, whole, _around(sessions), _around(in_rounds))


def _around(items: Mapping[str, T]) -> dict[str, tuple[T | None, T | None]]:
    """Return what stands before and after each."""
    values = [*items.values()]
    return dict(zip(items, zip([None, *values], [*values[1:], None], strict=False), strict=False))


class Clash(Struct, frozen=True):
    """Two entries that need the same ``what`` (a room or a speaker) at the same time."""

    what: str
    first: Entry
    second: Entry


def room_clashes(conf: Conference) -> Iterator[Clash]:
    """Yield each entry that is in a room where an earlier one still is, with that one."""
    return _clashes((e.room.name, e) for _, _, e in entries(conf) if e.room is not None)


def speaker_clashes(conf: Conference) -> Iterator[Clash]:
    """Yield each entry that needs a speaker whom an earlier one still needs, with that one."""
    return _clashes((s.name, e) for _, _, e in entries(conf) for s in e.session.speakers)


def _clashes(uses: Iterable[tuple[str, Entry]]) -> Iterator[Clash]:
    by_need: dict[str, list[Entry]] = {}
    for what, entry in uses:
        if entry.status != "vervallen":
            by_need.setdefault(what, []).append(entry)
    for what, held in by_need.items():
        for one, other in _overlapping(held):
            yield Clash(what, held[one], held[other])


def _overlapping(held: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """Yield the place of each that begins while another is on, and the place of that one.

    Of several that are on it is the one that lasts longest: of three hundred posters in one hall
    each is told once, and not each pair of them.
    """
    first, *others = sorted(range(len(held)), key=lambda place: held[place].begin)
    for other in others:
        if held[other].begin < _until(held[first]):  # to touch is not to overlap
            yield min(first, other), max(first, other)
        first = max(first, other, key=lambda place: _until(held[place]))


def _until(entry: Entry) -> int:
    """Return when an entry is over; without an end, only its begin counts."""
    return entry.end or entry.begin + 1

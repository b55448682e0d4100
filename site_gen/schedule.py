"""Time: days, moments in the event's zone, rounds, and what clashes.

Minutes count from the start of the event's first day (see :mod:`site_gen.model`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import resources
from itertools import combinations
from zoneinfo import ZoneInfo

from site_gen.model import Conference, Day, Entry, Event, Session, Slot

DAY = 24 * 60


@cache
def zone(name: str) -> ZoneInfo | None:
    """Return the IANA time zone, or nothing where there is none of that name.

    Always the ``tzdata`` package, never the machine's own tables: the same bytes everywhere.
    """
    package, _, leaf = f"tzdata/zoneinfo/{name}".rpartition("/")
    if not all(part.replace("+", "").replace("-", "").isidentifier() for part in name.split("/")):
        return None
    try:
        with resources.files(package.replace("/", ".")).joinpath(leaf).open("rb") as file:
            return ZoneInfo.from_file(file, key=name)
    except (OSError, ModuleNotFoundError, ValueError):
        return None


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


def entries_of(conf: Conference, session: Session) -> list[tuple[Day, Slot, Entry]]:
    """Return every time that a session is held."""
    return [found for found in entries(conf) if found[2].session.slug == session.slug]


@dataclass(frozen=True, slots=True)
class Clash:
    """Two entries that need the same ``what`` (a room or a speaker) at the same time."""

    what: str
    first: Entry
    second: Entry


def room_clashes(conf: Conference) -> Iterator[Clash]:
    """Yield each pair of entries in one room at once."""
    return _clashes((e.room.name, e) for _, _, e in entries(conf) if e.room is not None)


def speaker_clashes(conf: Conference) -> Iterator[Clash]:
    """Yield each pair of entries that need one speaker at once."""
    return _clashes((s.name, e) for _, _, e in entries(conf) for s in e.session.speakers)


def overlap(first: Entry, second: Entry) -> bool:
    """Tell whether two entries share time; touching is none. Without an end: its begin only."""
    return first.begin < (second.end or second.begin + 1) and second.begin < (
        first.end or first.begin + 1
    )


def _clashes(uses: Iterable[tuple[str, Entry]]) -> Iterator[Clash]:
    by_need: dict[str, list[Entry]] = {}
    for what, entry in uses:
        if entry.status != "vervallen":
            by_need.setdefault(what, []).append(entry)
    for what, held in by_need.items():
        for first, second in combinations(held, 2):
            if overlap(first, second):
                yield Clash(what, first, second)

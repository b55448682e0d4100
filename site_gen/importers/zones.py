"""Moments to the clock of the event: which time zone a source means, and what is shown there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from site_gen.importers.programme import When
from site_gen.resolve.event import TIME_ZONE
from site_gen.schedule import zone, zone_names

LIKELY = (TIME_ZONE, "Europe/London", "UTC")


def zone_of(named: str, moments: Iterable[datetime]) -> str:
    """Return the zone that is named, else the first in which the clock shows all these moments."""
    if named and zone(named):
        return named
    aware = [moment for moment in moments if moment.tzinfo]
    return next((name for name in (*LIKELY, *zone_names()) if _shows(name, aware)), TIME_ZONE)


def wall(moment: datetime, name: str) -> datetime:
    """Return what the clock shows at a moment; a time without offset is what it shows."""
    return (moment.astimezone(zone(name)) if moment.tzinfo else moment).replace(tzinfo=None)


def span(begin: datetime, end: datetime | None, name: str = "") -> When:
    """Return what lies between two moments by the clock of a zone; an end before it is none."""
    first, last = (wall(at, name) if at and name else at for at in (begin, end))
    day = datetime.combine((first or begin).date(), time())
    minutes = [(at - day) // timedelta(minutes=1) if at else None for at in (first, last)]
    start, finish = minutes[0] or 0, minutes[1]
    return When(day.date(), start, finish if finish and finish > start else None)


def _shows(name: str, moments: Iterable[datetime]) -> bool:
    tz = zone(name)
    return all(moment.astimezone(tz).utcoffset() == moment.utcoffset() for moment in moments)

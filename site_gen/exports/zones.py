"""A time zone as a ``VTIMEZONE`` (RFC 5545, section 3.6.5), for the days of one event.

Not ``icalendar.Timezone.from_tzinfo``: it writes the onset of summer time by the new clock where
the standard asks for the old one, so the first hour of summer would be an hour off.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

AROUND = timedelta(days=366)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def timezone(tz: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """Return the zone from a year before ``first`` to a year after ``last``.

    The year before makes sure that something holds when the event begins: programs take what they
    find before the first onset for UTC.
    """
    begin = (first - AROUND).astimezone(UTC)
    found = Timezone()
    found.add("tzid", tz.key)
    found.add_component(_observance(tz, begin, begin))
    for onset in _onsets(tz, begin, (last + AROUND).astimezone(UTC)):
        found.add_component(_observance(tz, onset - SECOND, onset))
    return found


def _onsets(tz: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """Yield, in UTC, the first second of each new offset."""
    day = begin
    while day < end:
        if _offset(tz, day) != _offset(tz, day + DAY):
            yield _onset(tz, day, day + DAY)
        day += DAY


def _onset(tz: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Find where the offset changes by halving the time between."""
    while after - before > SECOND:
        middle = before + timedelta(seconds=(after - before).total_seconds() // 2)
        if _offset(tz, middle) == _offset(tz, before):
            before = middle
        else:
            after = middle
    return after


def _observance(
    tz: ZoneInfo, before: datetime, onset: datetime
) -> TimezoneStandard | TimezoneDaylight:
    """Return what holds from ``onset``, which is told by the clock as it was ``before``."""
    local = onset.astimezone(tz)
    found = TimezoneDaylight() if local.dst() else TimezoneStandard()
    found.add("dtstart", (onset + _offset(tz, before)).replace(tzinfo=None))
    found.add("tzoffsetfrom", _offset(tz, before))
    found.add("tzoffsetto", _offset(tz, onset))
    found.add("tzname", local.tzname())
    return found


def _offset(tz: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(tz).utcoffset() or timedelta()

"""iCalendar (RFC 5545): the events of a calendar, read by the icalendar library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from icalendar import Calendar, Component
from icalendar.error import BrokenCalendarProperty
from msgspec import Struct

from site_gen.importers.programme import Break, Held, Programme, When
from site_gen.importers.texts import as_line
from site_gen.importers.vocabulary import break_of, guid_of, language_of
from site_gen.importers.zones import span, zone_of
from site_gen.place import Place
from site_gen.problems import Problem, problem

SOURCE = "icalendar"
_LEFT_OUT = ("RRULE", "RDATE", "ATTENDEE", "ATTACH")
_CANCELLED = "CANCELLED"


def read_calendar(path: str, data: bytes) -> tuple[Programme | None, list[Problem]]:
    """Return the programme of a calendar file."""
    try:
        calendars = Calendar.from_ical(data, multiple=True)
    except Exception as error:
        reason = str(error) if isinstance(error, ValueError) else type(error).__name__
        return None, [problem(Place(path), "import-broken", format="iCalendar", reason=reason)]
    if not calendars:
        reason = "BEGIN:VCALENDAR … END:VCALENDAR"
        return None, [problem(Place(path), "import-broken", format="iCalendar", reason=reason)]
    if any(_text(calendar, "VERSION") == "1.0" for calendar in calendars):
        return None, [problem(Place(path), "import-unknown", what="vCalendar 1.0")]
    places = _places(path, data)
    events = [e for calendar in calendars for e in calendar.walk("VEVENT")]
    found = [_Event(event, next(places)) for event in events]
    problems = [told for event in found for told in event.problems()]
    zone = zone_of(_zone(calendars), (at for e in found for at in e.moments if at and at.tzinfo))
    held, breaks = [], []
    for event in found:
        begin, end = event.moments
        when = span(begin, end, zone) if begin else None
        kind = break_of(event.title)
        if kind and when and not event.text("DESCRIPTION"):
            breaks.append(Break(event.place, event.title, kind, when, event.text("UID")))
        else:
            held.append(event.held(when))
    left_out = Counter(name for event in events for name in _LEFT_OUT if name in event)
    programme = Programme(
        source=SOURCE,
        title=next((t for c in calendars if (t := as_line(_text(c, "X-WR-CALNAME")))), ""),
        zone=zone,
        language="nl",
        rooms=dict.fromkeys((each.room for each in held if each.room), ""),
        held=tuple(held),
        breaks=tuple(breaks),
        left_out=left_out,
    )
    return programme, problems


def _zone(calendars: Sequence[Component]) -> str:
    """Return the zone that a calendar names as its own, which is no standard and everybody does."""
    return next((name for c in calendars if (name := _text(c, "X-WR-TIMEZONE"))), "")


def _places(path: str, data: bytes) -> Iterator[Place]:
    """Yield the line of each event, in order."""
    lines = enumerate(data.splitlines(), 1)
    begins = (n for n, line in lines if line.strip().upper() == b"BEGIN:VEVENT")
    return chain((Place(path, number) for number in begins), iter(lambda: Place(path), None))


class _Event(Struct, frozen=True):
    """An event of a calendar and its place."""

    component: Component
    place: Place

    def text(self, name: str) -> str:
        """Return a property as text."""
        return _text(self.component, name)

    @property
    def title(self) -> str:
        """What it is called."""
        return as_line(self.text("SUMMARY")) or as_line(self.text("UID")) or "–"

    @property
    def moments(self) -> tuple[datetime | None, datetime | None]:
        """Begin and end; a day alone is no moment."""
        begin, end, length = (_value(self.component, n) for n in ("DTSTART", "DTEND", "DURATION"))
        if not isinstance(begin, datetime):
            return None, None
        if end is None and isinstance(length, timedelta):
            end = begin + length
        if not isinstance(end, datetime) or (end.tzinfo is None) != (begin.tzinfo is None):
            return begin, None
        return begin, end if end > begin else None

    def problems(self) -> Iterator[Problem]:
        """Yield what is missing."""
        begin, end = self.moments
        if begin is None:
            yield problem(self.place, "import-no-time", title=self.title)
        elif end is None:
            yield problem(self.place, "import-no-end", title=self.title)

    def held(self, when: When | None) -> Held:
        """Return the event as a session that is held once."""
        summary, first = (_first(self.component, name) for name in ("SUMMARY", "CATEGORIES"))
        uid, address = self.text("UID"), self.text("URL")
        return Held(
            place=self.place,
            title=self.title,
            guid=guid_of(uid),
            text=self.text("DESCRIPTION"),
            track=as_line(str(first.cats[0])) if first and first.cats else "",
            language=language_of(str(summary.params.get("LANGUAGE", ""))) if summary else "",
            status="vervallen" if self.text("STATUS").upper() == _CANCELLED else "",
            room=as_line(self.text("LOCATION")),
            when=when,
            links=(("", address),) if address else (),
        )


def _first(component: Component, name: str) -> Any:  # noqa: ANN401 - as the library types it
    """Return a property; of one that is given more than once the first, of one that is not none."""
    found = component.get(name)
    return found[0] if isinstance(found, list) else found


def _text(component: Component, name: str) -> str:
    found = _first(component, name)
    return str(found).strip() if found is not None else ""


def _value(component: Component, name: str) -> object:
    found = component.get(name)
    try:
        return found.dt if found is not None and not isinstance(found, list) else None
    except (BrokenCalendarProperty, AttributeError):
        return None

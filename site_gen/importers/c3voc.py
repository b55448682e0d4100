"""The schedule of c3voc, whether it came as XML or as JSON, to a programme.

The fields are those of https://c3voc.de/wiki/schedule, as frab, pretalx and Pentabarf before them
write it. Dates may be absent (then the day tells them), and guids may be in an old form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from msgspec import Struct
from msgspec.structs import replace

from site_gen.importers.programme import Held, Person, Programme, When
from site_gen.importers.texts import as_line
from site_gen.importers.vocabulary import guid_of, id_of, kind_of, language_of, status_of
from site_gen.importers.zones import span, zone_of
from site_gen.place import Place
from site_gen.problems import Problem, problem

SOURCE = "schedule"
OURS = "site-gen"
DAY_CHANGE = 4 * 60
_NIGHT = 12 * 60
_STATUS = re.compile(r"(\w+): (.+)")
_NO_ROOM = re.compile(r"(?:Zaal nog niet bekend|Room not yet known) \(\d+\)")
_CLOCK = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")


class RawPerson(Struct, frozen=True):
    """A person as told; all texts here are as they were found."""

    name: str
    id: str = ""
    guid: str = ""
    about: str = ""


class RawEvent(Struct, frozen=True):
    """An event as told; ``left_out`` names what in it we have no place for."""

    place: Place
    texts: Mapping[str, str]
    persons: tuple[RawPerson, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()


class RawDay(Struct, frozen=True):
    """A day as told, with its rooms in order."""

    place: Place
    date: str
    end: str
    rooms: tuple[tuple[str, tuple[RawEvent, ...]], ...]


class RawSchedule(Struct, frozen=True):
    """A schedule as told; ``texts`` are those of the conference."""

    texts: Mapping[str, str]
    generator: str
    tracks: tuple[str, ...]
    rooms: tuple[str, ...]
    days: tuple[RawDay, ...]
    left_out: tuple[str, ...] = ()


def programme(raw: RawSchedule) -> tuple[Programme, list[Problem]]:
    """Return the programme, and a problem for each thing in it that cannot be read."""
    reader = _Reader(raw)
    found = [(day, event) for day in raw.days for _, events in day.rooms for event in events]
    times = [reader.times(day, event) for day, event in found]
    zone = zone_of(raw.texts.get("time_zone_name", ""), (begin for begin, _ in times if begin))
    held = tuple(
        reader.held(event, span(begin, end, zone) if begin else None)
        for (_, event), (begin, end) in zip(found, times, strict=True)
    )
    rooms = dict.fromkeys(reader.rooms(), "")
    columns = {name: column for column, name in enumerate(rooms)}
    left_out = Counter([*raw.left_out, *(name for _, event in found for name in event.left_out)])
    return (
        Programme(
            source=SOURCE,
            title=as_line(raw.texts.get("title", "")),
            id=raw.texts.get("acronym", "").strip().lower(),
            town=as_line(raw.texts.get("city", "")),
            zone=zone,
            language="en",
            day_change=reader.day_change,
            rooms=rooms,
            tracks=tuple(dict.fromkeys(filter(None, map(as_line, raw.tracks)))),
            people=reader.people,
            held=tuple(sorted(held, key=lambda each: columns.get(each.room, len(columns)))),
            left_out=left_out,
        ),
        reader.problems,
    )


class _Reader:
    """Reads one schedule: gathers people by their key, and problems."""

    def __init__(self, raw: RawSchedule) -> None:
        self.raw = raw
        self.is_ours = raw.generator == OURS
        self.people: dict[str, Person] = {}
        self.problems: list[Problem] = []
        self.day_change = _day_change(raw)

    def rooms(self) -> Iterator[str]:
        """Yield the names of the rooms in order."""
        names = (name for day in self.raw.days for name, _ in day.rooms)
        yield from filter(None, map(self._room, [*self.raw.rooms, *names]))

    def _room(self, name: str) -> str:
        name = as_line(name)
        return "" if self.is_ours and _NO_ROOM.fullmatch(name) else name

    def times(self, day: RawDay, event: RawEvent) -> tuple[datetime | None, datetime | None]:
        """Return begin and end; each with its offset, or both by the clock of the event."""
        begin = _moment(event.texts.get("date", ""))
        clock = _minutes(event.texts.get("start", ""))
        if begin is None and clock is not None:
            begin = self._on_day(day, event, clock)
        if begin is None:
            self._report(event, "import-no-time", title=event.texts.get("title", ""))
            return None, None
        length = _minutes(event.texts.get("duration", ""))
        end = _moment(event.texts.get("end", ""))
        if length is not None:
            end = begin + timedelta(minutes=length)
        if end is None or end <= begin:
            self._report(event, "import-no-end", title=event.texts.get("title", ""))
            end = None
        return begin, end

    def _on_day(self, day: RawDay, event: RawEvent, clock: int) -> datetime | None:
        """Return a time of a day as told: before the change of the day it is the night after."""
        told = event.texts.get("date", "") or day.date
        try:
            first = date.fromisoformat(told[:10])
        except ValueError:
            return None
        change = DAY_CHANGE if self.day_change is None else self.day_change
        night = timedelta(days=1 if clock < change and not event.texts.get("date") else 0)
        return datetime.combine(first, time()) + night + timedelta(minutes=clock)

    def held(self, event: RawEvent, when: When | None) -> Held:
        """Return an event as a session that is held once."""
        texts = event.texts
        status, title = self._title(event)
        return Held(
            place=event.place,
            title=title,
            id=id_of(texts.get("id", "") or texts.get("code", "")),
            guid=guid_of(texts.get("guid", "")),
            subtitle=as_line(texts.get("subtitle", "")),
            abstract=texts.get("abstract", ""),
            text=texts.get("description", ""),
            kind=kind_of(texts.get("type", "")),
            track=as_line(texts.get("track", "")),
            language=language_of(texts.get("language", "")),
            status=status,
            room=self._room(texts.get("room", "")),
            when=when,
            people=tuple(dict.fromkeys(filter(None, map(self._person, event.persons)))),
            links=event.links,
        )

    def _title(self, event: RawEvent) -> tuple[str, str]:
        """Return status and title: our own exports say the one in the other."""
        title = as_line(event.texts.get("title", ""))
        named = _STATUS.fullmatch(title) if self.is_ours else None
        status = status_of(named[1]) if named else ""
        if named and status:
            return status, named[2]
        if not title:
            title = as_line(event.texts.get("slug", "") or event.texts.get("id", "") or "–")
            self._report(event, "import-no-title", title=title)
        return "", title

    def _person(self, raw: RawPerson) -> str:
        name = as_line(raw.name)
        key = raw.guid or raw.id or name.casefold()
        if not name:
            return ""
        person = Person(key, name, id_of(raw.id), guid_of(raw.guid), about=raw.about)
        known = self.people.setdefault(key, person)
        self.people[key] = replace(known, about=known.about or raw.about)
        return key

    def _report(self, event: RawEvent, code: str, **values: str) -> None:
        self.problems.append(problem(event.place, code, **values))


def _day_change(raw: RawSchedule) -> int | None:
    """Return when a day changes: as told, or when a day ends that does so in the night after it."""
    told = _minutes(raw.texts.get("day_change", ""))
    if told is not None:
        return told if told <= _NIGHT else None
    for day in raw.days:
        end = _moment(day.end)
        if end and end.date().isoformat() > day.date[:10]:
            minutes = end.hour * 60 + end.minute + (end.minute == 59)  # 03:59 is the last of it
            return minutes if minutes <= _NIGHT else None
    return None


def _moment(text: str) -> datetime | None:
    """Return a moment; a date alone is none."""
    try:
        return datetime.fromisoformat(text.strip()) if "T" in text or " " in text.strip() else None
    except ValueError:
        return None


def _minutes(text: str) -> int | None:
    found = _CLOCK.fullmatch(text.strip())
    return int(found[1]) * 60 + int(found[2]) if found else None

"""A programme as another program tells it: what lies between the formats and our content files.

Texts are as they were found; times are wall-clock times of the event. Whatever is not told is
empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from site_gen.place import Place


class Person(Struct, frozen=True):
    """Somebody who speaks; ``key`` tells people of one source apart."""

    key: str
    name: str
    id: str = ""
    guid: str = ""
    role: str = ""
    organisation: str = ""
    about: str = ""
    links: tuple[tuple[str, str], ...] = ()


class When(Struct, frozen=True):
    """A stretch of time; ``date`` is absent where only the time of the day is told.

    Minutes count from midnight at the start of that day; an end after midnight is above 24 hours.
    """

    date: date | None
    begin: int
    end: int | None


class Held(Struct, frozen=True):
    """A session as it is held once; ``people`` are keys, ``links`` label and address.

    ``kind`` is the source's word for what it is. ``status`` is one of ours. ``round`` is the number
    of the round it is in, if any.
    """

    place: Place
    title: str
    id: str = ""
    guid: str = ""
    subtitle: str = ""
    abstract: str = ""
    text: str = ""
    kind: str = ""
    track: str = ""
    language: str = ""
    status: str = ""
    room: str = ""
    round: int | None = None
    when: When | None = None
    people: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


class Break(Struct, frozen=True):
    """A part of the day without a session; ``kind`` is that of a timeslot."""

    place: Place
    title: str
    kind: str
    when: When
    id: str = ""


class Programme(Struct, frozen=True):
    """The whole of it; what is held at one time is in the order of its columns.

    ``source`` names the kind of program it came from. ``rooms`` are names with their building;
    ``day_change`` is in minutes. ``zone`` is a time zone, ``language`` the main one. ``left_out``
    counts what we have no place for, by the source's own name for it.
    """

    source: str
    title: str = ""
    id: str = ""
    town: str = ""
    zone: str = ""
    language: str = ""
    day_change: int | None = None
    rooms: Mapping[str, str] = field(default_factory=dict)
    tracks: tuple[str, ...] = ()
    people: Mapping[str, Person] = field(default_factory=dict)
    held: tuple[Held, ...] = ()
    breaks: tuple[Break, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)

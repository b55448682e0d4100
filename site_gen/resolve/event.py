"""The event's record to the Event."""

from __future__ import annotations

from site_gen.layout import EVENT
from site_gen.licences import LICENCES
from site_gen.model import Change, Event, Room, Security
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.records import Raw
from site_gen.resolve.texts import address, string, yaml_text
from site_gen.schedule import zone
from site_gen.schema import Record
from site_gen.text import Span, Text

DAY_CHANGE = 4 * 60
TIME_ZONE = "Europe/Amsterdam"


def resolve_event(raw: Raw, problems: list[Problem]) -> Event:
    """Return the event; whatever is absent stays absent."""
    record, languages = raw.event, raw.languages
    first_day, day_change = record.one("date"), record.one("day_change")
    return Event(
        place=Place(EVENT),
        title=yaml_text(record, "title", languages, problems) or Text((Span("", languages[0]),)),
        id=string(record, "id"),
        subtitle=yaml_text(record, "subtitle", languages, problems),
        organiser=yaml_text(record, "organiser", languages, problems),
        location=string(record, "location"),
        first_day=first_day.value if first_day else None,
        time_zone=_time_zone(record, problems),
        day_change=day_change.value if day_change else DAY_CHANGE,
        languages=languages,
        address=string(record, "address"),
        rooms=_rooms(record, problems),
        themes=tuple(value.value for value in record.many("themes")),
        changes=tuple(_change(change, languages, problems) for change in record.records("changes")),
        accessibility_statement=address(record, "accessibility_statement"),
        security=_security(record),
        licence=LICENCES.get(string(record, "licence")),
        contact=address(record, "contact"),
        navigation=tuple(value.value for value in record.many("navigation")),
        pagefind=_pagefind(record),
        cards=_asked(record, "cards"),
        qr=_asked(record, "qr"),
    )


def _asked(record: Record, name: str) -> Place | None:
    """Return where a field says yes."""
    value = record.one(name)
    return value.place if value is not None and value.value else None


def _time_zone(record: Record, problems: list[Problem]) -> str:
    value = record.one("time_zone")
    if value is None:
        return TIME_ZONE
    if zone(value.value) is None:
        problems.append(problem(value.place, "unknown-time-zone", zone=value.value))
        return TIME_ZONE
    return str(value.value)


def _rooms(record: Record, problems: list[Problem]) -> tuple[Room, ...]:
    rooms: dict[str, Room] = {}
    for room in record.records("rooms"):
        name = string(room, "name")
        if name in rooms:
            problems.append(problem(room.place, "duplicate-room", room=name))
        rooms[name] = Room(name, string(room, "building"))
    return tuple(rooms.values())


def _change(record: Record, languages: tuple[str, ...], problems: list[Problem]) -> Change:
    return Change(
        at=string(record, "at"),
        text=yaml_text(record, "text", languages, problems) or Text((Span("", languages[0]),)),
        session=string(record, "session"),
        place=record.place,
    )


def _security(record: Record) -> Security | None:
    security = record.record("security")
    contact = address(security, "contact") if security else None
    expires = security.one("expires") if security else None
    return Security(contact, expires.value, expires.place) if contact and expires else None


def _pagefind(record: Record) -> Place | None:
    search = record.one("search")
    return search.place if search and search.value == "pagefind" else None

"""The schedule as XML (application/vnd.c3voc.schedule+xml), by https://c3voc.de/schedule/schema.xsd.

Every element that a program may look for is there, empty where nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from site_gen import __version__
from site_gen.exports.schedule import DayPlan, Held, Room, Schedule
from site_gen.store import Store, digest

_HERE = "here"  # the place of what is written already


def as_xml(schedule: Schedule, version: str, store: Store) -> bytes:
    """Return the schedule as an XML document.

    It is spliced, so that a room that is in the ``store`` need not be written again.
    """
    root = Element("schedule")
    SubElement(root, "generator", name="site-gen", version=__version__)
    _add(root, {"version": version})
    root.append(_conference(schedule, store))
    days = [_around(_day(day), _rooms(day, store)) for day in schedule.days]
    return b"<?xml version='1.0' encoding='utf-8'?>\n" + _around(root, days)


def _rooms(day: DayPlan, store: Store) -> Iterator[bytes]:
    for name, room in day.rooms.items():
        yield store.recall_once(digest("xml", room.key), partial(_room, name, room))


def _room(name: str, room: Room) -> bytes:
    return _around(Element("room", name=name), map(_event, room.held))


def _around(element: Element, children: Iterable[bytes]) -> bytes:
    """Write an element that has these children too, as they are written."""
    inside = b"".join(children)
    if not inside:
        return _written(element)
    SubElement(element, _HERE)
    before, _, after = _written(element).partition(f"<{_HERE} />\n".encode())
    return before + inside + after


def _written(element: Element) -> bytes:
    """Write an element with every tag on a line of its own."""
    indent(element, "")
    text: bytes = tostring(element, "utf-8")
    return text + b"\n"


def _conference(schedule: Schedule, store: Store) -> Element:
    element = Element("conference")
    known = {
        "title": schedule.title,
        "acronym": schedule.id,
        "start": schedule.days[0].date.isoformat(),
        "end": schedule.days[-1].date.isoformat(),
        "days": str(len(schedule.days)),
        "timeslot_duration": schedule.step(store),
        "time_zone_name": schedule.time_zone,
    }
    _add(element, known)
    if schedule.url:
        _add(element, {"base_url": schedule.url, "url": schedule.url})
    for name in schedule.tracks:
        SubElement(element, "track", name=name)
    return element


def _day(day: DayPlan) -> Element:
    return Element(
        "day",
        index=str(day.number),
        date=day.date.isoformat(),
        start=day.begin.isoformat(),
        end=day.end.isoformat(),
    )


def _event(held: Held) -> bytes:
    element = Element("event", guid=held.guid, id=str(held.id))
    known = {
        "room": held.room,
        "title": held.title,
        "subtitle": held.subtitle,
        "type": held.kind,
        "date": held.begin.isoformat(),
        "start": held.start,
        "duration": held.duration,
        "abstract": held.abstract,
        "slug": held.slug,
        "track": held.track,
        "language": held.language,
        "description": held.description,
    }
    _add(element, known)
    if held.url:
        _add(element, {"url": held.url})
    persons = SubElement(element, "persons")
    for person in held.persons:
        about = {"id": str(person.id), "guid": person.guid}
        SubElement(persons, "person", about).text = person.name
    links = SubElement(element, "links")
    for label, address in held.links:
        SubElement(links, "link", href=address).text = label
    return _written(element)


def _add(element: Element, texts: Mapping[str, str]) -> None:
    for tag, text in texts.items():
        SubElement(element, tag).text = text

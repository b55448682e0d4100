"""The schedule as XML (application/vnd.c3voc.schedule+xml), by https://c3voc.de/schedule/schema.xsd.

Every element that a program may look for is there, empty where nothing is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from site_gen import __version__
from site_gen.exports.schedule import DayPlan, Held, Schedule


def as_xml(schedule: Schedule, version: str) -> bytes:
    """Return the schedule as an XML document."""
    root = Element("schedule")
    SubElement(root, "generator", name="site-gen", version=__version__)
    _add(root, {"version": version})
    root.append(_conference(schedule))
    root.extend(_day(day) for day in schedule.days)
    indent(root, "")
    text: bytes = tostring(root, "utf-8", xml_declaration=True)
    return text + b"\n"


def _conference(schedule: Schedule) -> Element:
    element = Element("conference")
    known = {
        "title": schedule.title,
        "acronym": schedule.id,
        "start": schedule.days[0].date.isoformat(),
        "end": schedule.days[-1].date.isoformat(),
        "days": str(len(schedule.days)),
        "timeslot_duration": schedule.step,
        "time_zone_name": schedule.time_zone,
    }
    _add(element, known)
    if schedule.url:
        _add(element, {"base_url": schedule.url, "url": schedule.url})
    for name in schedule.tracks:
        SubElement(element, "track", name=name)
    return element


def _day(day: DayPlan) -> Element:
    element = Element(
        "day",
        index=str(day.number),
        date=day.date.isoformat(),
        start=day.begin.isoformat(),
        end=day.end.isoformat(),
    )
    for name, held in day.rooms.items():
        SubElement(element, "room", name=name).extend(map(_event, held))
    return element


def _event(held: Held) -> Element:
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
    return element


def _add(element: Element, texts: Mapping[str, str]) -> None:
    for tag, text in texts.items():
        SubElement(element, tag).text = text

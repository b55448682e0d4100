"""schedule.xml: what its elements say."""

from __future__ import annotations

from collections.abc import Iterator

from site_gen.importers.c3voc import RawDay, RawEvent, RawPerson, RawSchedule, programme
from site_gen.importers.programme import Programme
from site_gen.importers.xml_tree import Element, read_xml
from site_gen.problems import Problem, problem

_TEXTS = (
    *("title", "subtitle", "abstract", "description", "track", "type", "language", "slug"),
    *("room", "date", "start", "duration"),
)
_CONFERENCE = ("title", "acronym", "city", "day_change", "time_zone_name")


def read_schedule_xml(path: str, data: bytes) -> tuple[Programme | None, list[Problem]]:
    """Return the programme of a schedule.xml."""
    root, problems = read_xml(path, data)
    if root is None:
        return None, problems
    conference = root.first("conference")
    if root.tag != "schedule" or conference is None or root.first("day") is None:
        found = problem(root.place, "import-unknown", what=f"<{root.tag}>")
        return None, [found]
    generator = root.first("generator")
    raw = RawSchedule(
        texts={name: conference.text(name) for name in _CONFERENCE},
        generator=generator.get("name") if generator else "",
        tracks=tuple(track.get("name") or track.own_text for track in conference.all("track")),
        rooms=(),
        days=tuple(map(_day, root.all("day"))),
        left_out=tuple(name for name in ("venue", "logo") if conference.text(name)),
    )
    return programme(raw)


def _day(element: Element) -> RawDay:
    rooms = tuple(
        (room.get("name"), tuple(_event(event, room.get("name")) for event in room.all("event")))
        for room in element.all("room")
    )
    return RawDay(element.place, element.get("date"), element.get("end"), rooms)


def _event(element: Element, room: str) -> RawEvent:
    texts = {name: element.text(name) for name in _TEXTS}
    texts |= {name: element.get(name) for name in ("id", "guid", "code")}
    texts["room"] = texts["room"] or room
    return RawEvent(
        place=element.place,
        texts=texts,
        persons=tuple(_persons(element)),
        links=tuple(_links(element)),
        left_out=tuple(_left_out(element)),
    )


def _persons(element: Element) -> Iterator[RawPerson]:
    persons = element.first("persons")
    for person in persons.all("person") if persons else ():
        yield RawPerson(person.own_text, person.get("id"), person.get("guid"))


def _links(element: Element) -> Iterator[tuple[str, str]]:
    for group, tag in (("links", "link"), ("attachments", "attachment")):
        found = element.first(group)
        for link in found.all(tag) if found else ():
            yield link.own_text, link.get("href")


def _left_out(element: Element) -> Iterator[str]:
    recording = element.first("recording")
    if recording and (recording.text("license") or recording.text("optout") == "true"):
        yield "recording"
    yield from (
        name for name in ("logo", "feedback_url", "video_download_url") if element.text(name)
    )

"""schedule.json: what its objects say."""

from __future__ import annotations

from collections.abc import Iterator

from site_gen.importers.c3voc import RawDay, RawEvent, RawPerson, RawSchedule, programme
from site_gen.importers.json_tree import Json, objects, part, text
from site_gen.importers.programme import Programme
from site_gen.place import Place
from site_gen.problems import Problem, problem

_TEXTS = (
    *("title", "subtitle", "abstract", "description", "track", "type", "language", "slug"),
    *("room", "date", "start", "end", "duration", "id", "guid", "code"),
)
_LEFT_OUT = {
    "recording": ("recording_license", "do_not_record", "do_not_stream"),
    **{name: (name,) for name in ("logo", "feedback_url")},
}


def read_schedule_json(path: str, document: Json) -> tuple[Programme | None, list[Problem]]:
    """Return the programme of a schedule.json."""
    conference = part(part(document, "schedule"), "conference")
    if "days" not in conference:
        return None, [problem(Place(path), "import-unknown", what="schedule.json")]
    texts = {name: text(conference, name) for name in ("title", "acronym", "time_zone_name")}
    texts["acronym"] = text(part(conference, "meta"), "acronym") or texts["acronym"]
    raw = RawSchedule(
        texts=texts,
        generator=text(part(document, "generator"), "name"),
        tracks=tuple(text(track, "name") for track in objects(conference, "tracks")),
        rooms=tuple(text(room, "name") for room in objects(conference, "rooms")),
        days=tuple(_day(path, day) for day in objects(conference, "days")),
        left_out=tuple(name for name in ("description", "logo") if text(conference, name)),
    )
    return programme(raw)


def _day(path: str, day: Json) -> RawDay:
    rooms = part(day, "rooms")
    return RawDay(
        Place(path),
        text(day, "date"),
        text(day, "day_end"),
        tuple(
            (name, tuple(_event(path, event, name) for event in objects(rooms, name)))
            for name in rooms
        ),
    )


def _event(path: str, event: Json, room: str) -> RawEvent:
    texts = {name: text(event, name) for name in _TEXTS}
    texts["room"] = texts["room"] or room
    return RawEvent(
        place=Place(path),
        texts=texts,
        persons=tuple(map(_person, objects(event, "persons"))),
        links=tuple(_links(event)),
        left_out=tuple(_left_out(event)),
    )


def _person(person: Json) -> RawPerson:
    return RawPerson(
        text(person, "name") or text(person, "public_name"),
        text(person, "id") or text(person, "code"),
        text(person, "guid"),
        text(person, "biography"),
    )


def _links(event: Json) -> Iterator[tuple[str, str]]:
    for group in ("links", "attachments"):
        for link in objects(event, group):
            yield text(link, "title"), text(link, "url")


def _left_out(event: Json) -> Iterator[str]:
    for name, keys in _LEFT_OUT.items():
        if any(event.get(key) for key in keys):
            yield name

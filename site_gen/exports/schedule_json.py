"""The schedule as JSON, by the schema that c3voc publishes (https://c3voc.de/schedule/schema.json).

Unlike the XML, it must have an address for every session: without a public one that is the URN of
its guid (RFC 9562, section 4).
"""

from __future__ import annotations

import re
from functools import partial
from hashlib import sha256

from msgspec import Raw, json

from site_gen import __version__
from site_gen.exports.schedule import DayPlan, Held, Person, Room, Schedule
from site_gen.store import Store, digest

SCHEMA = "https://c3voc.de/schedule/schema.json"
_ZONE = re.compile(r"[A-Z][a-z]+/[A-Z][a-z]+|UTC")

Json = dict[str, object]


def as_json(schedule: Schedule, store: Store) -> tuple[bytes, str]:
    """Return the schedule as a JSON document, and the name of this state of it.

    That is another as soon as anything in the schedule differs. A room that is in the ``store`` is
    not written again.
    """
    conference = _conference(schedule, store)
    version = sha256(json.encode(conference)).hexdigest()[:8]
    known = {"version": version, **_filled(base_url=schedule.url)}
    document: Json = {
        "$schema": SCHEMA,
        "generator": {"name": "site-gen", "version": __version__},
        "schedule": {**known, "conference": conference},
    }
    return json.format(json.encode(document), indent=1) + b"\n", version


def _conference(schedule: Schedule, store: Store) -> Json:
    """Return the conference; its id in this form has no hyphens, so the real one is beside it."""
    zone, acronym = schedule.time_zone, schedule.id.replace("-", "_")
    return {
        "acronym": acronym,
        "title": schedule.title,
        "start": schedule.days[0].date.isoformat(),
        "end": schedule.days[-1].date.isoformat(),
        "daysCount": len(schedule.days),
        "timeslot_duration": schedule.step(store),
        **_filled(
            time_zone_name=zone if _ZONE.match(zone) else "",
            url=schedule.url,
            meta={} if acronym == schedule.id else {"acronym": schedule.id},
        ),
        "tracks": [{"name": name} for name in schedule.tracks],
        "rooms": [{"name": name, "guid": guid} for name, guid in schedule.rooms.items()],
        "days": [_day(day, store) for day in schedule.days],
    }


def _day(day: DayPlan, store: Store) -> Json:
    return {
        "index": day.number,
        "date": day.date.isoformat(),
        "day_start": day.begin.isoformat(),
        "day_end": day.end.isoformat(),
        "rooms": {
            name: Raw(store.recall_once(digest("json", room.key), partial(_room, room)))
            for name, room in day.rooms.items()
        },
    }


def _room(room: Room) -> bytes:
    return json.encode([_event(held) for held in room.held])


def _event(held: Held) -> Json:
    return {
        "guid": held.guid,
        "id": held.id,
        "date": held.begin.isoformat(),
        "start": held.start,
        "end": held.end.isoformat(),
        "duration": held.duration,
        "room": held.room,
        "slug": held.slug,
        "url": held.url or f"urn:uuid:{held.guid}",
        "title": held.title,
        "subtitle": held.subtitle,
        "track": held.track or None,
        "type": held.kind,
        "language": held.language or None,
        "abstract": held.abstract,
        "description": held.description,
        "persons": [_person(person) for person in held.persons],
        "links": [{"title": label, "url": address} for label, address in held.links],
    }


def _person(person: Person) -> Json:
    known: Json = {"id": person.id, "guid": person.guid, "name": person.name}
    return known | _filled(url=person.url)


def _filled(**values: object) -> Json:
    return {name: value for name, value in values.items() if value}

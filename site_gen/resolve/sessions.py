"""Sessions: their speakers, sources, rooms and key messages found by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from site_gen.likeness import nearest
from site_gen.model import Event, KeyMessage, Room, Session, Source, Speaker
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.records import Raw, RawRecord
from site_gen.resolve.links import Goals, resolve_prose
from site_gen.resolve.records import old_addresses, origin
from site_gen.resolve.texts import (
    languages_of,
    required_text,
    string,
    text,
    text_list,
    versions_text,
    web_links,
)
from site_gen.schema import Record, Value

T = TypeVar("T")
DEFAULT_KIND = "sessie"


def resolve_sessions(
    raw: Raw,
    goals: Goals,
    event: Event,
    speakers: Register[Speaker],
    sources: Register[Source],
    problems: list[Problem],
) -> dict[str, Session]:
    """Return the sessions by slug."""
    sessions = {}
    for slug, record in raw.documents["session"].items():
        fields = record.main.record
        cited = sources.look_up(fields.many("cited"), problems)
        sessions[slug] = Session(
            slug=slug,
            place=Place(record.main.path),
            title=required_text(record, "title"),
            subtitle=text(record, "subtitle"),
            summary=text(record, "summary"),
            kind=string(fields, "kind") or DEFAULT_KIND,
            speakers=tuple(speakers.look_up(fields.many("speakers"), problems)),
            organised_by=text_list(record, "organised_by", problems),
            organisations=text_list(record, "organisations", problems),
            themes=_themes(fields.many("themes"), event, problems),
            room=find_room(fields.one("room"), event, problems),
            language=string(fields, "language"),
            status=string(fields, "status") or "gepland",
            key_messages=_key_messages(record, problems),
            cited=tuple(source.slug for source in cited),
            links=web_links(record),
            old_addresses=old_addresses(fields, problems),
            body=resolve_prose(record, goals, problems),
            languages=languages_of(record),
            origin=origin(fields),
        )
    return sessions


class Register(Struct, Generic[T], frozen=True):
    """The records of one kind by slug, and the slugs whose own file has the problem.

    ``code`` is that of the problem when a slug is not known at all.
    """

    code: str
    known: Mapping[str, T]
    unread: frozenset[str]

    def look_up(self, values: Sequence[Value[str]], problems: list[Problem]) -> list[T]:
        """Return what the slugs name; name an unknown one, with the nearest known, or a double."""
        found: dict[str, T] = {}
        for value in values:
            slug = value.value
            if slug in found:
                problems.append(problem(value.place, "duplicate-entry", slug=slug))
            elif slug in self.known:
                found[slug] = self.known[slug]
            elif slug not in self.unread:
                near = nearest(slug, self.known)
                problems.append(problem(value.place, self.code, slug=slug, nearest=near))
        return list(found.values())


def find_room(value: Value[str] | None, event: Event, problems: list[Problem]) -> Room | None:
    """Return the room of that name among the event's rooms."""
    if value is None:
        return None
    rooms = {room.name: room for room in event.rooms}
    if value.value not in rooms:
        near = nearest(value.value, rooms)
        problems.append(problem(value.place, "unknown-room", room=value.value, nearest=near))
    return rooms.get(value.value)


def _themes(values: Sequence[Value[str]], event: Event, problems: list[Problem]) -> tuple[str, ...]:
    """Themes are free where the event names none."""
    for value in values:
        if event.themes and value.value not in event.themes:
            near = nearest(value.value, event.themes) or ", ".join(event.themes)
            problems.append(problem(value.place, "unknown-theme", theme=value.value, nearest=near))
    return tuple(value.value for value in values)


def _key_messages(raw: RawRecord, problems: list[Problem]) -> tuple[KeyMessage, ...]:
    """Return the key messages, each with the translations that bear its id."""
    main: dict[str, Record] = {}
    for message in raw.main.record.records("key_messages"):
        name = string(message, "id")
        if name in main:
            problems.append(problem(message.place, "duplicate-key-message", id=name))
        main.setdefault(name, message)
    spans = {name: [(raw.main.lang, message.one("text"))] for name, message in main.items()}
    for version in raw.versions[1:]:
        for message in version.record.records("key_messages"):
            name = string(message, "id")
            if name in spans:
                spans[name].append((version.lang, message.one("text")))
            else:
                near = nearest(name, main) or ", ".join(main) or "–"
                found = problem(message.place, "unknown-key-message", id=name, nearest=near)
                problems.append(found)
    return tuple(
        KeyMessage(name, text, main[name].place)
        for name, values in spans.items()
        if (text := versions_text(values))
    )

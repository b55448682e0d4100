"""Records to the Conference: slugs become objects, times become minutes, links get their goals."""

from __future__ import annotations

from collections.abc import Iterator

from site_gen.files import FileIndex
from site_gen.model import Conference
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.records import Raw
from site_gen.resolve.event import resolve_event
from site_gen.resolve.links import Goals
from site_gen.resolve.records import resolve_pages, resolve_sources, resolve_speakers
from site_gen.resolve.sessions import Register, resolve_sessions
from site_gen.resolve.slots import resolve_days
from site_gen.urls import RESERVED, Urls


def resolve(raw: Raw, index: FileIndex, urls: Urls) -> tuple[Conference, list[Problem]]:
    """Link every record to the others; what cannot be linked is a problem and left out."""
    problems: list[Problem] = []
    goals = Goals.of(raw, index)
    event = resolve_event(raw, problems)
    speakers = resolve_speakers(raw, goals, problems)
    sources = resolve_sources(raw, goals, problems)
    sessions = resolve_sessions(
        raw,
        goals,
        event,
        Register("unknown-speaker", speakers, raw.unread["speaker"]),
        Register("unknown-source", sources, raw.unread["source"]),
        problems,
    )
    pages = resolve_pages(raw, goals, urls, problems)
    held = Register("unknown-session", sessions, raw.unread["session"])
    days = resolve_days(raw, event, held, problems)
    problems += [*_reserved(raw), *_shared_guids(raw)]
    return Conference(event, days, sessions, speakers, sources, pages), problems


def _reserved(raw: Raw) -> list[Problem]:
    """Some names no file can have, on the site or on Windows."""
    return [
        problem(Place(record.main.path), "reserved-slug", slug=slug)
        for records in raw.documents.values()
        for slug, record in records.items()
        if slug in RESERVED
    ]


def _shared_guids(raw: Raw) -> Iterator[Problem]:
    """What lasts for one thing is of that thing alone; a copied file brings it along."""
    first: dict[str, str] = {}
    for kind in ("session", "speaker"):
        for record in raw.documents[kind].values():
            origin = record.main.record.record("origin")
            guid = origin.one("guid") if origin else None
            if guid is None:
                continue
            other = first.setdefault(guid.value, record.main.path)
            if other != record.main.path:
                yield problem(guid.place, "duplicate-guid", guid=guid.value, other=other)

"""Records to the Conference: slugs become objects, times become minutes, links get their goals."""

from __future__ import annotations

from site_gen.files import FileIndex
from site_gen.load import Raw
from site_gen.model import Conference
from site_gen.problems import Problem
from site_gen.resolve.event import resolve_event
from site_gen.resolve.links import Goals
from site_gen.resolve.records import resolve_pages, resolve_sources, resolve_speakers
from site_gen.resolve.sessions import resolve_sessions
from site_gen.resolve.slots import resolve_days
from site_gen.urls import Urls


def resolve(raw: Raw, index: FileIndex, urls: Urls) -> tuple[Conference, list[Problem]]:
    """Link every record to the others; what cannot be linked is a problem and left out."""
    problems: list[Problem] = []
    goals = Goals.of(raw, index)
    event = resolve_event(raw, problems)
    speakers = resolve_speakers(raw, goals, problems)
    sources = resolve_sources(raw, goals, problems)
    sessions = resolve_sessions(raw, goals, event, speakers, sources, problems)
    pages = resolve_pages(raw, goals, urls, problems)
    days = resolve_days(raw, event, sessions, problems)
    return Conference(event, days, sessions, speakers, sources, pages), problems

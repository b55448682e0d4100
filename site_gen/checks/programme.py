"""Sessions and the programme fit each other."""

from __future__ import annotations

from site_gen.likeness import nearest
from site_gen.model import Conference
from site_gen.problems import Problem, problem


def check_changes(conf: Conference) -> list[Problem]:
    """An announced change is about a session that exists."""
    found = []
    for change in conf.event.changes:
        if change.session and change.session not in conf.sessions:
            near = nearest(change.session, conf.sessions)
            slug = change.session
            found.append(problem(change.place, "unknown-session", slug=slug, nearest=near))
    return found

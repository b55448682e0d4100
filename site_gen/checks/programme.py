"""Sessions and the programme fit each other."""

from __future__ import annotations

from site_gen.model import Conference
from site_gen.nodes import nearest
from site_gen.problems import Problem, problem
from site_gen.schedule import entries


def check_unscheduled(conf: Conference) -> list[Problem]:
    """A session stands in a timeslot, or nobody can go to it."""
    held = {entry.session.slug for _, _, entry in entries(conf)}
    return [
        problem(session.place, "unscheduled-session", slug=slug)
        for slug, session in conf.sessions.items()
        if slug not in held and session.status != "concept"
    ]


def check_changes(conf: Conference) -> list[Problem]:
    """An announced change is about a session that exists."""
    found = []
    for change in conf.event.changes:
        if change.session and change.session not in conf.sessions:
            near = nearest(change.session, conf.sessions)
            slug = change.session
            found.append(problem(change.place, "unknown-session", slug=slug, nearest=near))
    return found


def check_old_addresses(conf: Conference) -> list[Problem]:
    """An old address leads to one session, and is not the address of another."""
    found = []
    taken: dict[str, str] = {}
    for slug, session in conf.sessions.items():
        for old in session.old_addresses:
            other = old if old in conf.sessions else taken.get(old)
            if other is not None:
                found.append(problem(session.place, "taken-old-address", address=old, other=other))
            taken[old] = slug
    return found

"""What is published of a programme: everything but the drafts."""

from __future__ import annotations

from msgspec.structs import replace

from site_gen.model import Conference

DRAFT = "concept"


def has_drafts(conf: Conference) -> bool:
    """Tell whether something is not to be published yet."""
    return published(conf) != conf


def published(conf: Conference) -> Conference:
    """Return the conference without sessions, and without entries, that are still drafts."""
    days = tuple(
        replace(
            day,
            slots=tuple(
                replace(
                    slot,
                    entries=tuple(
                        entry
                        for entry in slot.entries
                        if DRAFT not in (entry.status, entry.session.status)
                    ),
                )
                for slot in day.slots
            ),
        )
        for day in conf.days
    )
    sessions = {slug: s for slug, s in conf.sessions.items() if s.status != DRAFT}
    return replace(conf, days=days, sessions=sessions)

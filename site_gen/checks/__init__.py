"""The rules of a good programme: one function each, all of them in :data:`CHECKS`.

A rule sees the Conference and returns its problems; adding one is adding a function to the tuple.
:data:`GAPS` are of the same kind, and told only to who asks what is still missing. What depends on
the day is a rule of its own, which is handed that day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from site_gen.checks.gaps import (
    check_incomplete_translations,
    check_key_messages,
    check_source_statuses,
    check_speaker_texts,
    check_summaries,
    check_unpublished,
)
from site_gen.checks.lawful import check_consent, check_expiry, check_statement
from site_gen.checks.links import (
    check_anchors,
    check_drafts,
    check_old_names,
    check_taken_anchors,
)
from site_gen.checks.people import check_room_clashes, check_speaker_clashes
from site_gen.checks.programme import check_changes
from site_gen.checks.translations import check_translations
from site_gen.model import Conference
from site_gen.problems import Problem

Rule = Callable[[Conference], list[Problem]]

CHECKS: tuple[Rule, ...] = (
    check_anchors,
    check_changes,
    check_consent,
    check_drafts,
    check_old_names,
    check_room_clashes,
    check_speaker_clashes,
    check_statement,
    check_taken_anchors,
    check_translations,
)

GAPS: tuple[Rule, ...] = (
    check_incomplete_translations,
    check_key_messages,
    check_source_statuses,
    check_speaker_texts,
    check_summaries,
    check_unpublished,
)


def check(conf: Conference, today: date | None = None) -> list[Problem]:
    """Return what every rule finds; nothing expires where no day is given."""
    found = [problem for rule in CHECKS for problem in rule(conf)]
    return found + check_expiry(conf, today) if today else found


def gaps(conf: Conference) -> list[Problem]:
    """Return what is still missing."""
    return [problem for rule in GAPS for problem in rule(conf)]

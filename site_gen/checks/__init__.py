"""The rules of a good programme: one function each, all of them in :data:`CHECKS`.

A rule sees the Conference and returns its problems; adding one is adding a function to the tuple.
:data:`GAPS` are of the same kind, and told only to who asks what is still missing.
"""

from __future__ import annotations

from collections.abc import Callable

from site_gen.checks.gaps import (
    check_consent,
    check_incomplete_translations,
    check_key_messages,
    check_source_statuses,
    check_speaker_texts,
    check_summaries,
    check_unpublished,
)
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
    check_drafts,
    check_old_names,
    check_room_clashes,
    check_speaker_clashes,
    check_taken_anchors,
    check_translations,
)

GAPS: tuple[Rule, ...] = (
    check_consent,
    check_incomplete_translations,
    check_key_messages,
    check_source_statuses,
    check_speaker_texts,
    check_summaries,
    check_unpublished,
)


def check(conf: Conference, rules: tuple[Rule, ...] = CHECKS) -> list[Problem]:
    """Return what every rule finds."""
    return [found for rule in rules for found in rule(conf)]

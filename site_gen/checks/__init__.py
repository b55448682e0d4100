"""The rules of a good programme: one function each, all of them in :data:`CHECKS`.

A rule sees the Conference and returns its problems; adding one is adding a function to the tuple.
"""

from __future__ import annotations

from collections.abc import Callable

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

CHECKS: tuple[Callable[[Conference], list[Problem]], ...] = (
    check_anchors,
    check_changes,
    check_drafts,
    check_old_names,
    check_room_clashes,
    check_speaker_clashes,
    check_taken_anchors,
    check_translations,
)


def check(conf: Conference) -> list[Problem]:
    """Return what every rule finds."""
    return [found for rule in CHECKS for found in rule(conf)]

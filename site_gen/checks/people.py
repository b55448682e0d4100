"""Nobody and no room in two places at once."""

from __future__ import annotations

from collections.abc import Iterator

from site_gen.model import Conference
from site_gen.problems import Problem, problem
from site_gen.schedule import Clash, room_clashes, speaker_clashes


def check_room_clashes(conf: Conference) -> list[Problem]:
    """A room is used once at a time; real programmes break this, so it is a warning."""
    return list(_problems(room_clashes(conf), "room-clash"))


def check_speaker_clashes(conf: Conference) -> list[Problem]:
    """A speaker is in one place at a time; real programmes break this, so it is a warning."""
    return list(_problems(speaker_clashes(conf), "speaker-clash"))


def _problems(clashes: Iterator[Clash], code: str) -> Iterator[Problem]:
    for clash in clashes:
        yield problem(
            clash.second.place,
            code,
            what=clash.what,
            first=clash.first.session.slug,
            second=clash.second.session.slug,
            where=clash.first.place,
        )

"""What commands share that change the content: checked before it is done, and told after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from site_gen.cli.run import USAGE_ERROR, Run
from site_gen.cli.speech import Speech

if TYPE_CHECKING:
    from site_gen.problems import Problem
    from site_gen.scaffold.change import Change, Desk

NOTHING = {"nl": "Er is niets veranderd.", "en": "Nothing has changed."}


def carry_out(
    run: Run, desk: Desk, plan: Callable[[Desk], tuple[Change, Sequence[Problem]]]
) -> Change:
    """Make the change that ``plan`` comes to; say what problems it has, or why it is not made."""
    from site_gen.editors import refresh
    from site_gen.scaffold.change import Refused
    from site_gen.scaffold.disk import make

    with refusal_told(run.speech):
        change, warnings = plan(desk)
        if run.strict and warnings:
            raise Refused(warnings)
        make(desk.index.root, change)
    refresh(desk.index.root)
    run.speech.problems(warnings)
    return change


@contextmanager
def refusal_told(speech: Speech) -> Iterator[None]:
    """Where a change is refused, say why and end."""
    from site_gen.scaffold.change import Refused

    try:
        yield
    except Refused as refusal:
        speech.problems(sorted(refusal.problems))
        speech.say(NOTHING)
        raise SystemExit(USAGE_ERROR) from None

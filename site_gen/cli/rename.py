"""``rename``: another name for a file, everywhere at once."""

from __future__ import annotations

from pathlib import Path

import click

from site_gen.cli.changing import carry_out
from site_gen.cli.run import Run, shared

MOVED = {"nl": "{old} heet nu {new}", "en": "{old} is now {new}"}
CHANGED = {"nl": "Aangepast: {path}", "en": "Adapted: {path}"}


@click.command("rename")
@shared
@click.argument("old")
@click.argument("new")
def command(run: Run, old: str, new: str) -> None:
    """Give a session, speaker, source, page or timeslot the name NEW.

    OLD is a name or a path, as sofie-dreef or sprekers/sofie-dreef.md. Translations go along, all
    that refers to it follows, and its old address keeps working.
    """
    from site_gen.scaffold.change import Desk
    from site_gen.scaffold.rename import rename

    named = _within(run.root, old)
    change = carry_out(run, Desk.at(run.root, run.kept()), lambda desk: rename(desk, named, new))
    for path, goal in change.moves.items():
        run.speech.say(MOVED, old=path, new=goal)
    for path in change.files:
        run.speech.say(CHANGED, path=change.moves.get(path, path))


def _within(root: Path, name: str) -> str:
    """Return the path below ``root`` where ``name`` is that of a file as seen from here."""
    path, root = Path(name).resolve(), root.resolve()
    return (
        path.relative_to(root).as_posix() if _is_file(path) and path.is_relative_to(root) else name
    )


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no disk can hold
        return False

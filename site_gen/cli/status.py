"""``status``: what is still missing, and which translations are behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_gen.cli.run import Run, shared

if TYPE_CHECKING:
    from site_gen.problems import Problem

ERROR = {"nl": "fout op regel {line}: {message}", "en": "error on line {line}: {message}"}
REMEDIES = {"nl": "Wat je eraan doet:", "en": "What to do about it:"}
TODO = {"nl": "{things} in {files}.", "en": "{things} in {files}."}
DONE = {"nl": "Er is niets te doen.", "en": "There is nothing to do."}
THINGS = {
    "nl": ("", "1 ding te doen", "{count} dingen te doen"),
    "en": ("", "1 thing to do", "{count} things to do"),
}
FILES = {"nl": ("", "1 bestand", "{count} bestanden"), "en": ("", "1 file", "{count} files")}


@click.command("status")
@shared
@click.option(
    "--sinds",
    "old_root",
    type=click.Path(path_type=Path),
    help="Folder with an older version: say what changes for visitors instead.",
)
def command(run: Run, old_root: Path | None) -> None:
    """Name what is still missing, per file; write nothing."""
    from site_gen.cli.changes import print_changes
    from site_gen.status import status

    if old_root is not None:
        print_changes(run, old_root)
        return
    found = status(run.root, run.kept())
    speech = run.speech
    if speech.form == "text":
        click.echo("".join(f"{line}\n" for line in _overview(found, speech.lang)), nl=False)
    else:
        speech.problems(found)
    things = speech.counted(THINGS, len(found))
    files = speech.counted(FILES, len({each.place.path for each in found}))
    speech.say(TODO if found else DONE, things=things, files=files)


def _overview(found: Sequence[Problem], lang: str) -> Iterator[str]:
    """Yield a line per file with all that it lacks; what to do about it is said once, below."""
    for path, problems in groupby(found, key=lambda each: each.place.path):
        yield f"{path}: {'; '.join(_said(each, lang) for each in problems)}"
    hints = dict.fromkeys(each.hint(lang) for each in found)
    if hints:
        yield from ("", REMEDIES[lang], *(f"  - {hint}" for hint in hints))


def _said(found: Problem, lang: str) -> str:
    message = found.message(lang)
    if found.severity == "error":
        return ERROR[lang].format(line=found.place.line, message=message)
    return message

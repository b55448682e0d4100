"""``check``: name every problem in the content."""

from __future__ import annotations

import click

from site_gen.cli.run import CONTENT_ERROR, Run, shared

BAD = {
    "nl": "Nog niet goed: {errors}, {warnings}.",
    "en": "Not right yet: {errors}, {warnings}.",
}
GOOD = {
    "nl": "Er zijn {errors} en {warnings}.",
    "en": "There are {errors} and {warnings}.",
}


@click.command("check")
@shared
def command(run: Run) -> None:
    """Name every problem in the content; write nothing."""
    from site_gen.pipeline import check
    from site_gen.problems import stops

    _, problems = check(run.root, run.today)
    run.speech.problems(problems)
    if stops(problems, run.strict):
        run.speech.count(BAD, problems)
        raise SystemExit(CONTENT_ERROR)
    run.speech.count(GOOD, problems)

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

TIPS = {
    "nl": ("Tips zijn er niet.", "Er is 1 tip.", "Er zijn {count} tips."),
    "en": ("There are no hints.", "There is 1 hint.", "There are {count} hints."),
}


@click.command("check")
@shared
@click.option("--taal", "language", is_flag=True, help="Give advice about plain language too.")
def command(run: Run, language: bool) -> None:
    """Name every problem in the content; write nothing."""
    from site_gen.pipeline import check
    from site_gen.problems import stops

    if language:
        from site_gen.status import advise

        problems = advise(run.root, run.today, run.kept())
    else:
        _, problems = check(run.root, run.today, run.kept())
    run.speech.problems(problems)
    if stops(problems, run.strict):
        run.speech.count(BAD, problems)
        raise SystemExit(CONTENT_ERROR)
    run.speech.count(GOOD, problems)
    if language:
        tips = sum(found.severity == "hint" for found in problems)
        run.speech.say({run.speech.lang: run.speech.counted(TIPS, tips)})

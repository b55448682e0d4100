"""``build``: check the content and write the site."""

from __future__ import annotations

from pathlib import Path

import click

from site_gen.cli.run import CONTENT_ERROR, Run, home, output_options, shared

BUILT = {
    "nl": "{pages} pagina’s staan in {out}: {written} nieuw of gewijzigd, "
    "{unchanged} gelijk gebleven, {removed} opgeruimd.\n"
    "Bekijk de site: open {index} in een browser.",
    "en": "{pages} pages are in {out}: {written} new or changed, "
    "{unchanged} unchanged, {removed} removed.\n"
    "To look at the site, open {index} in a browser.",
}
FAILED = {
    "nl": "Er is niets geschreven: {errors}, {warnings}.",
    "en": "Nothing was written: {errors}, {warnings}.",
}


@click.command("build")
@shared
@output_options
def command(run: Run, out: Path | None, address: str) -> None:
    """Check the content and write the site."""
    from site_gen.editors import refresh
    from site_gen.pipeline import build

    target = out if out is not None else run.root / "_site"
    speech = run.speech
    built, problems = build(
        run.root,
        target,
        address,
        today=run.today,
        protected=home(),
        strict=run.strict,
        progress=speech.progress,
    )
    refresh(run.root)
    speech.problems(problems)
    if built is None:
        speech.count(FAILED, problems)
        raise SystemExit(CONTENT_ERROR)
    report = built.report
    speech.say(
        BUILT,
        pages=built.pages,
        out=target,
        written=report.written,
        unchanged=report.unchanged,
        removed=report.removed,
        index=target / "index.html",
    )

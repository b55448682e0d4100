"""``build``: check the content and write the site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_gen.cli.run import CONTENT_ERROR, Run, home, output_options, shared
from site_gen.unchanged import Repetition

if TYPE_CHECKING:
    from site_gen.cli.speech import Speech
    from site_gen.pipeline import Built
    from site_gen.store import Store

BUILT = {
    "nl": "{pages} pagina’s staan in {out}: {written} nieuw of gewijzigd, "
    "{unchanged} gelijk gebleven, {removed} opgeruimd.\n"
    "Bekijk de site: open {index} in een browser.",
    "en": "{pages} pages are in {out}: {written} new or changed, "
    "{unchanged} unchanged, {removed} removed.\n"
    "To look at the site, open {index} in a browser.",
}
SET_ASIDE = {
    "nl": "Wat een vorige build bewaarde was niet bruikbaar ({reason}) en is opnieuw gemaakt.",
    "en": "What an earlier build had kept could not be used ({reason}) and was made again.",
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
    from site_gen.edition import edition
    from site_gen.editors import refresh
    from site_gen.machine import MachineError
    from site_gen.pipeline import build
    from site_gen.state import FOLDER
    from site_gen.store import Store
    from site_gen.workers import processes

    target = out if out is not None else run.root / "_site"
    speech = run.speech
    store = Store(run.root / FOLDER, edition(), resident=False)
    repetition = click.get_current_context().find_object(Repetition)
    if repetition and repetition.compiled:
        store.expect(repetition.compiled)
    if repetition and repetition.damaged:
        store.set_aside.add("damaged")
    try:
        built, problems = build(
            run.root,
            target,
            address,
            today=run.today,
            protected=home(),
            strict=run.strict,
            progress=speech.progress,
            store=store,
            processes=processes(),
        )
    except MachineError:
        _save(store, speech, repetition)  # for when the machine is out of the way
        raise
    refresh(run.root)
    _save(store, speech, repetition)
    printed = speech.problems(problems)
    if built is None:
        speech.count(FAILED, problems)
        raise SystemExit(CONTENT_ERROR)
    speech.say(BUILT, **_told(built, target))
    if repetition and built.lying.complete:
        again = speech.sentence(BUILT, **_told(built.again(), target))
        repetition.record(built.lying.stamps(str(target.absolute())), printed, again)


def _save(store: Store, speech: Speech, repetition: Repetition | None) -> None:
    if repetition and repetition.has_other_code():
        store.give_way()  # as by a checkout: who knows which code made what
    else:
        store.save()
    if store.set_aside:
        speech.say(SET_ASIDE, reason=", ".join(sorted(store.set_aside)))


def _told(built: Built, target: Path) -> dict[str, object]:
    report = built.report
    return {
        "pages": built.pages,
        "out": target,
        "written": report.written,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "index": target / "index.html",
    }

"""What ``status --sinds`` prints: what changes for visitors, as Markdown or for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_gen.cli.run import EVENT, Run

if TYPE_CHECKING:
    from site_gen.compare.difference import Difference

HEADS = {
    "nl": {"event": "De bijeenkomst", "programme": "Programma", "text": "Teksten"},
    "en": {"event": "The event", "programme": "Programme", "text": "Texts"},
}
TITLE = {"nl": "Wat er verandert voor bezoekers", "en": "What changes for visitors"}
NOTHING = {
    "nl": "Voor bezoekers verandert er niets.",
    "en": "Nothing changes for visitors.",
}
UNREAD = {
    "nl": "Dit is niet te vergelijken: {where} is niet te lezen. Start daar de controle.",
    "en": "This cannot be compared: {where} cannot be read. Run the check there.",
}
BROKEN = {
    "nl": "Er staan nog fouten in de inhoud. Zolang die er zijn, wordt de site niet gemaakt.",
    "en": "There are errors in the content. As long as they are there, the site is not made.",
}


def print_changes(run: Run, old_root: Path) -> None:
    """Compare the content with an older version of it, in a folder of its own."""
    from site_gen.compare import compare
    from site_gen.pipeline import check
    from site_gen.problems import has_errors

    if not (old_root / EVENT.parent).is_dir():
        raise click.UsageError(f"--sinds {old_root}: geen map ‘programma’ / no folder “programma”")
    lang = run.speech.lang
    store = run.kept()  # by their content, it also tells what the same texts were there
    (old, _), (new, problems) = check(old_root, store=store), check(run.root, store=store)
    if old is None or new is None:
        click.echo(UNREAD[lang].format(where=old_root if old is None else run.root))
        return
    words = new.words.get(lang) or next(iter(new.words.values()))
    found = compare(old.conf, new.conf, words, lang)
    if run.speech.form == "json":
        click.echo(_as_json(found, lang))
        return
    click.echo("\n".join(_lines(found, lang, broken=has_errors(problems))))


def _lines(found: Sequence[Difference], lang: str, *, broken: bool) -> Iterator[str]:
    yield f"## {TITLE[lang]}"
    if broken:
        yield from ("", f"> {BROKEN[lang]}")
    for section, differences in groupby(found, key=lambda each: each.section):
        yield from ("", f"### {HEADS[lang][section]}", "")
        yield from (f"- {each.text(lang)}" for each in differences)
    if not found:
        yield from ("", NOTHING[lang])


def _as_json(found: Sequence[Difference], lang: str) -> str:
    rows = [
        {"section": d.section, "code": d.code, "text": d.text(lang), **dict(d.values)}
        for d in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)

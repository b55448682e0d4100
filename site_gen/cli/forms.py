"""The commands below ``new``: one per kind of file, with an option per simple field."""

from __future__ import annotations

import click

from site_gen.cli.changing import carry_out
from site_gen.cli.interview import Interview
from site_gen.cli.run import Run, shared
from site_gen.scaffold.change import Desk
from site_gen.scaffold.records import FORMS, Form, Request, new_record
from site_gen.scaffold.writing import is_simple
from site_gen.schema import Field, ListOf

MADE = {"nl": "Gemaakt: {path}", "en": "Made: {path}"}
CHANGED = {"nl": "Aangevuld: {path}", "en": "Added to: {path}"}
DRAFT = {
    "nl": "De sessie is een concept. Haal ‘status’ weg als zij in een tijdslot staat.",
    "en": "The session is a draft. Remove “status” once it is in a timeslot.",
}
HELP = {
    "sessie": "Make a new session, and put it into a timeslot.",
    "spreker": "Make a new speaker.",
    "tijdslot": "Make a new timeslot.",
    "bron": "Make a new source: a law, a document, a programme.",
    "pagina": "Make a new page of text.",
}
NOT_ASKED = frozenset({"oude_adressen"})


def record_command(name: str) -> click.Command:
    """Return ``new <name>``; without a required field it asks, with all of them it does not."""
    form = FORMS[name]

    def run_it(
        run: Run,
        /,
        slug: str,
        tijdslot: str = "",
        vertaling: tuple[tuple[str, str], ...] = (),
        **values: str | tuple[str, ...],
    ) -> None:
        desk = Desk.at(run.root, run.kept())
        answers = {key: value for key, value in values.items() if value}
        request = Request(name, answers, _translations(form, vertaling), slug, tijdslot)
        if any(key not in answers for key in form.required):
            request = Interview(desk, run.speech).complete(request)
        change = carry_out(run, desk, lambda desk: new_record(desk, request))
        for path in change.files:
            run.speech.say(MADE if path in change.new else CHANGED, path=path)
        if name == "sessie" and not request.slot:
            run.speech.say(DRAFT)

    made = click.command(name, help=HELP[name])(shared(run_it))
    made.params += _options(name, form)
    return made


def _translations(form: Form, pairs: tuple[tuple[str, str], ...]) -> dict[str, dict[str, str]]:
    return {lang: {form.title: text} for lang, text in pairs}


def _options(name: str, form: Form) -> list[click.Parameter]:
    options: list[click.Parameter] = [
        _option(f) for f in form.table if is_simple(f) and f.key not in NOT_ASKED
    ]
    options.append(_text("--slug", "NAME", "Name of the file.  [default: made of the title]"))
    if name == "sessie":
        options.append(_text("--tijdslot", "NAME", "The timeslot to put the session into."))
    if name != "spreker":
        options.append(
            click.Option(
                ["--vertaling"],
                nargs=2,
                multiple=True,
                metavar="LANG TITLE",
                help="The title in another language of the site.",
            )
        )
    return options


def _text(name: str, metavar: str, said: str) -> click.Option:
    return click.Option([name], default="", metavar=metavar, help=said)


def _option(field: Field) -> click.Option:
    several = isinstance(field.shape, ListOf)
    return click.Option(
        [f"--{field.key.replace('_', '-')}", field.key],
        multiple=several,
        metavar="TEXT",
        help=f"{field.en}{'; may be given again' if several else ''}.",
    )

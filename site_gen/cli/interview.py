"""Questions at the terminal, for who gives no options: each answer is checked at once."""

from __future__ import annotations

from collections.abc import Callable

import click
from msgspec.structs import replace

from site_gen.cli.speech import Speech
from site_gen.problems import Problem
from site_gen.scaffold.answers import fault, names_at
from site_gen.scaffold.change import Desk, Refused
from site_gen.scaffold.records import (
    FORMS,
    Form,
    Request,
    free_name,
    proposed,
    slot_keys,
    slot_path,
)
from site_gen.scaffold.writing import Answer
from site_gen.schema import Field, ListOf, Translatable

Check = Callable[[str], Problem | None]

SKIP = {"nl": "Enter slaat over", "en": "Enter skips"}
COMMAS = {"nl": "met komma’s ertussen", "en": "with commas between them"}
NAME = {"nl": "Naam van het bestand", "en": "Name of the file"}
SLOT = {"nl": "Tijdslot (Enter: nog niet)", "en": "Timeslot (Enter: not yet)"}


class Interview:
    """Asks for what a request lacks, in the language of the messages."""

    def __init__(self, desk: Desk, speech: Speech) -> None:
        self.desk, self.lang = desk, speech.lang

    def complete(self, request: Request) -> Request:
        """Return the request with the answers to what it did not say."""
        form = FORMS[request.form]
        answers = dict(request.answers)
        translations = {lang: dict(texts) for lang, texts in request.translations.items()}
        for key in form.asked:
            field = form.field(key)
            if key in answers or not self._fits(form, field, answers):
                continue
            answer = self._answer(field)
            if answer:
                answers[key] = answer
            if answer and (field.translation == "own" or isinstance(field.shape, Translatable)):
                for lang in self.desk.languages[1:]:
                    text = self._ask(f"{key} ({lang}; {SKIP[self.lang]})", optional=True)
                    translations.setdefault(lang, {})[key] = text
        return replace(
            request,
            answers=answers,
            translations=translations,
            slug=request.slug or self._name(request, form, answers),
            slot=request.slot or self._slot(request),
        )

    def _fits(self, form: Form, field: Field, answers: dict[str, Answer]) -> bool:
        """Tell whether a question makes sense after the answers so far."""
        if field.key in form.when:
            return answers.get("soort") in form.when[field.key]
        return field.key != "zaal" or bool(names_at(self.desk, "room"))

    def _answer(self, field: Field) -> Answer:
        several = isinstance(field.shape, ListOf)

        def check(text: str) -> Problem | None:
            each = _items(text) if several else (text,)
            return next((found for t in each if (found := fault(self.desk, field, t))), None)

        text = self._ask(self._label(field), check, optional=not field.required)
        return _items(text) if several else text

    def _label(self, field: Field) -> str:
        notes = [] if field.required else [SKIP[self.lang]]
        if isinstance(field.shape, ListOf) and not field.shape.single:
            notes.append(COMMAS[self.lang])
        choices = getattr(field.shape, "choices", ())
        said = field.nl if self.lang == "nl" else field.en
        said += f": {', '.join(choices)}" if choices else ""
        noted = f" ({'; '.join(notes)})" if notes else ""
        return f"{field.key} — {said}{noted}"

    def _name(self, request: Request, form: Form, answers: dict[str, Answer]) -> str:
        """Ask what the file is to be called; a timeslot is named after its time and title."""
        if request.form == "tijdslot":
            return ""

        def check(slug: str) -> Problem | None:
            return _refusal(lambda: free_name(self.desk, form.folder, slug))

        slug = proposed(form, answers)
        free = (name for name in (slug, *(f"{slug}-{n}" for n in range(2, 100))) if not check(name))
        return self._ask(NAME[self.lang], check, default=next(free, ""))

    def _slot(self, request: Request) -> str:
        if request.form != "sessie":
            return ""
        for key in slot_keys(self.desk):
            click.echo(f"  {key}", err=True)

        def check(name: str) -> Problem | None:
            return _refusal(lambda: slot_path(self.desk, name))

        return self._ask(SLOT[self.lang], check, optional=True)

    def _ask(
        self, label: str, check: Check | None = None, *, default: str = "", optional: bool = False
    ) -> str:
        """Ask until the answer is good; say what is wrong with one that is not."""
        while True:
            text: str = click.prompt(
                label,
                default=default or ("" if optional else None),
                show_default=bool(default),
                err=True,
            ).strip()
            found = check(text) if check and text else None
            if not found:
                return text
            click.echo(f"  {found.message(self.lang)} — {found.hint(self.lang)}", err=True)


def _items(text: str) -> tuple[str, ...]:
    return tuple(item for part in text.split(",") if (item := part.strip()))


def _refusal(attempt: Callable[[], object]) -> Problem | None:
    try:
        attempt()
    except Refused as refusal:
        return refusal.problems[0]
    return None

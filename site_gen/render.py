"""Pages to bytes: Jinja2, with the context of the page and the words of its language."""

from __future__ import annotations

import traceback
from collections.abc import Mapping, Sequence
from functools import partial

from jinja2 import Environment, TemplateNotFound
from jinja2.exceptions import TemplateSyntaxError, UndefinedError

from site_gen.hashes import File
from site_gen.place import Place
from site_gen.plan import Planned
from site_gen.problems import Problem, problem
from site_gen.progress import Progress, silent
from site_gen.remembered import Remembered
from site_gen.store import Store
from site_gen.templating import FOLDER, Compiled, environment_of
from site_gen.views.contexts import Context
from site_gen.words import Words


def render(
    pages: Sequence[Planned],
    templates: Mapping[str, bytes],
    words: Mapping[str, Words],
    progress: Progress = silent,
    store: Store | None = None,
    remembered: Remembered | None = None,
) -> tuple[dict[str, File], list[Problem]]:
    """Return the files of the pages by path; a fault in a template is a problem on its line.

    A template that is in the ``store`` is not compiled again, and a page that is ``remembered`` is
    not rendered.
    """
    compiled = Compiled(store or Store())
    environments = {lang: environment_of(templates, each, compiled) for lang, each in words.items()}
    files: dict[str, File] = {}
    problems: set[Problem] = set()
    for number, page in enumerate(pages, 1):
        name, (context, seen) = f"pages/{page.template}.html", page.make()
        try:
            fill = partial(_filled, environments[page.lang], name, context)
            files[page.path] = (
                remembered.rendered(page, context, seen, fill) if remembered else fill()
            )
        except Exception as error:
            fault = _fault(error, FOLDER + name)
            problems.add(fault)
            if fault.code == "template-circle":
                break  # every page goes round, and each takes a thousand calls to notice
        progress(number, len(pages))
    return files, sorted(problems)


def _filled(environment: Environment, name: str, context: Context) -> bytes:
    return environment.get_template(name).render(page=context).encode()


def _fault(error: Exception, page: str) -> Problem:
    """Name the template and line where a rendering stopped: the innermost line in a template."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [
        Place(frame.filename, frame.lineno or 1)
        for frame in frames
        if frame.filename.startswith(FOLDER)
    ]
    place = lines[-1] if lines else Place(page)
    match error:
        case TemplateSyntaxError():
            where = Place(error.filename or page, error.lineno)
            return problem(where, "template-syntax", reason=(error.message or "").rstrip("."))
        case TemplateNotFound():
            return problem(place, "template-missing", name=error.name or "")
        case RecursionError():
            circle = next((p for n, p in enumerate(lines) if p in lines[:n]), place)
            return problem(circle, "template-circle")
        case UndefinedError():
            return problem(place, "template-unknown-name", name=error.message or "")
        case _:
            return problem(place, "template-failed", reason=_short(error))


def _short(error: Exception) -> str:
    text = str(error).partition("\n")[0]
    return text.rstrip(".") or type(error).__name__

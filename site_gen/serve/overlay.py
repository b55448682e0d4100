"""What is wrong, on top of every page while it is: each problem with its source and its remedy.

It is plain HTML that needs no script: a box that folds, at the lower edge of the window.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from site_gen.problems import has_errors
from site_gen.serve.display import Shown
from site_gen.serve.outcome import Fault

FOLDER = Path(__file__).with_name("page")
MOST = 200  # problems that are listed; beyond that a page becomes slow and nobody reads on

SEVERITIES = ("error", "warning", "hint")  # the gravest is told first
WORDS = {
    "nl": {
        "label": "Wat er mis is",
        "list": "Alle meldingen",
        "errors": ("geen fouten", "1 fout", "{} fouten"),
        "warnings": ("geen waarschuwingen", "1 waarschuwing", "{} waarschuwingen"),
        "hints": ("geen tips", "1 tip", "{} tips"),
        "error": "fout",
        "warning": "waarschuwing",
        "hint": "tip",
        "stopped": "Je ziet de pagina’s van voor deze wijziging.",
        "nothing": "Er is nog geen pagina om te laten zien.",
        "unwritten": "Je ziet je wijziging, maar op de schijf staat zij nog niet.",
        "fine": "De site is bijgewerkt.",
        "line": "regel {}",
        "remedy": "Wat je doet",
        "more": "En nog {}. De controle noemt ze alle: build.py check.",
        "waiting_title": "Voorvertoning",
        "waiting": "Zodra de fouten hieronder weg zijn, verschijnt hier de site.",
    },
    "en": {
        "label": "What is wrong",
        "list": "All messages",
        "errors": ("no errors", "1 error", "{} errors"),
        "warnings": ("no warnings", "1 warning", "{} warnings"),
        "hints": ("no tips", "1 tip", "{} tips"),
        "error": "error",
        "warning": "warning",
        "hint": "tip",
        "stopped": "You see the pages from before this change.",
        "nothing": "There is no page to show yet.",
        "unwritten": "You see your change, but it is not on disk yet.",
        "fine": "The site is up to date.",
        "line": "line {}",
        "remedy": "What to do",
        "more": "And {} more. The check names them all: build.py check.",
        "waiting_title": "Preview",
        "waiting": "The site appears here once the errors below are gone.",
    },
}


def overlay(shown: Shown) -> str:
    """Return the box with all problems; nothing where there are none."""
    if not shown.faults:
        return ""
    return _template("overlay.html").render(
        t=WORDS[shown.lang],
        lang=shown.lang,
        open=_is_bad(shown),
        count=count(shown),
        state=_state(shown),
        faults=sorted(shown.faults, key=_gravity)[:MOST],
        more=len(shown.faults) - MOST,
    )


def alarm(shown: Shown) -> str:
    """Return what goes before the title of each page, so that a tab and a screen reader tell."""
    return f"{count(shown)} – " if _is_bad(shown) else ""


def waiting(shown: Shown) -> bytes:
    """Return the page that stands in for the site while there is none yet."""
    page = _template("waiting.html").render(t=WORDS[shown.lang], lang=shown.lang)
    return page.encode()


def count(shown: Shown) -> str:
    """Say how many there are of each severity."""
    counts = Counter(fault.problem.severity for fault in shown.faults)
    words = WORDS[shown.lang]
    return ", ".join(
        words[f"{severity}s"][min(counts[severity], 2)].format(counts[severity])
        for severity in SEVERITIES
        if counts[severity]
    )


def _gravity(fault: Fault) -> int:
    return SEVERITIES.index(fault.problem.severity)


def _is_bad(shown: Shown) -> bool:
    return shown.stopped or has_errors(fault.problem for fault in shown.faults)


def _state(shown: Shown) -> str:
    words = WORDS[shown.lang]
    if shown.stopped:
        return str(words["stopped" if shown.files else "nothing"])
    return str(words["unwritten" if _is_bad(shown) else "fine"])


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)

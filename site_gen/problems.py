"""A problem is a value: a place, a code and what the message needs to name the culprit."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from msgspec import Struct

from site_gen import messages
from site_gen.place import Place


class Problem(Struct, frozen=True, order=True):
    """One thing that is wrong, at one place; made with :func:`problem`."""

    place: Place
    code: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> str:
        """``error`` (nothing is written), ``warning``, or ``hint``: nothing is wrong with it."""
        return messages.table()[self.code].severity

    def message(self, lang: str) -> str:
        """Say what is wrong, in ``lang`` (``nl`` or ``en``)."""
        return messages.table()[self.code].text[lang].format_map(dict(self.values))

    def hint(self, lang: str) -> str:
        """Say what to do about it, in ``lang`` (``nl`` or ``en``)."""
        values, message = dict(self.values), messages.table()[self.code]
        form = message.near if values.get("nearest") and message.near else message.hint
        return form[lang].format_map(values)


def problem(place: Place, code: str, **values: object) -> Problem:
    """Make a problem; ``values`` fill the fields of the code's texts, each on one short line.

    A value ``nearest`` that is not empty asks for the remedy that names it.
    """
    return Problem(place, code, tuple((name, _one_line(v)) for name, v in values.items()))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether one of the problems keeps the site from being written."""
    return stops(problems, strict=False)


def stops(problems: Iterable[Problem], strict: bool) -> bool:
    """Tell whether problems keep the site from being written; with ``strict``, warnings do too."""
    grave = {"error", "warning"} if strict else {"error"}
    return any(p.severity in grave for p in problems)


def as_text(problems: Iterable[Problem], lang: str) -> str:
    """One line each: ``path:line:column: severity[code]: message — what to do``."""
    return "".join(
        f"{p.place}: {p.severity}[{p.code}]: {p.message(lang)} — {p.hint(lang)}\n" for p in problems
    )


def as_json(problems: Iterable[Problem], lang: str) -> str:
    """Return an array of objects, for programs."""
    rows = [
        {
            "path": p.place.path,
            "line": p.place.line,
            "column": p.place.column,
            "severity": p.severity,
            "code": p.code,
            "message": p.message(lang),
            "hint": p.hint(lang),
        }
        for p in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_github(problems: Iterable[Problem], lang: str) -> str:
    """One workflow command each, so that it shows on its line in a pull request.

    The form and its escapes are those of GitHub's "Workflow commands" reference.
    """
    return "".join(
        f"::{_COMMANDS[p.severity]} file={_property(p.place.path)},line={p.place.line},"
        f"col={p.place.column},title={_property(p.code)}"
        f"::{_data(f'{p.message(lang)} — {p.hint(lang)}')}\n"
        for p in problems
    )


_COMMANDS = {"error": "error", "warning": "warning", "hint": "notice"}
FORMATS: dict[str, Callable[[Iterable[Problem], str], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}


def _one_line(value: object, limit: int = 300) -> str:
    text = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in str(value))
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

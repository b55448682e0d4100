"""The lines around a place in a file, with what the place points at marked."""

from __future__ import annotations

import re

from msgspec import Struct

AROUND = 1  # lines of context on either side
WIDTH = 160  # characters of a line that are shown
_BEFORE = 60  # of those, at most so many before the mark

_POINTED_AT = re.compile(r""""[^"]*"|'[^']*'|[\w./@-]+|.""")


class Line(Struct, frozen=True):
    """A line: its number from 1, and its text in three parts, of which ``mark`` is pointed at."""

    number: int
    before: str
    mark: str = ""
    after: str = ""


class Excerpt(Struct, frozen=True):
    """Consecutive lines of a file."""

    lines: tuple[Line, ...]


def excerpt(text: str, line: int, column: int) -> Excerpt | None:
    """Return the lines around a place (both from 1), or ``None`` where the text has no such line.

    A line that is very long is cut on both sides of the mark.
    """
    lines = text.split("\n")
    if not 1 <= line <= len(lines):
        return None
    first = max(1, line - AROUND)
    return Excerpt(
        tuple(
            _marked(number, content, column) if number == line else Line(number, _cut(content))
            for number, content in enumerate(lines[first - 1 : line + AROUND], first)
        )
    )


def _marked(number: int, text: str, column: int) -> Line:
    start = min(column - 1, len(text))
    found = _POINTED_AT.match(text, start)
    end = found.end() if found else start
    begin = max(0, start - _BEFORE)
    before = ("…" if begin else "") + text[begin:start]
    return Line(number, before, text[start:end] or " ", _cut(text[end : end + WIDTH + 1]))


def _cut(text: str) -> str:
    return text if len(text) <= WIDTH else text[:WIDTH] + "…"

"""Bytes to text: UTF-8 only, and no character in it that an editor cannot see."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from site_gen.place import Place
from site_gen.problems import Problem, problem

LARGEST = 256 * 1024
"""The size of the largest content file, in bytes."""

# U+0085, U+2028 and U+2029 end a line for YAML but not for an editor: places would be off by one.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")

_CONFLICT_MARK = re.compile(r"^(?:<{7}|={7}|>{7})(?= |$)", re.MULTILINE)


def decode(path: str, data: bytes) -> tuple[str | None, list[Problem]]:
    """Return the text of a file, or ``None`` with the problems that it has.

    A byte order mark and Windows line ends are accepted; the text has neither.
    """
    if len(data) > LARGEST:
        size, limit = len(data) // 1024, LARGEST // 1024
        return None, [problem(Place(path), "large-file", size=size, limit=limit)]
    if _is_utf_16(data):
        return None, [problem(Place(path), "utf-16")]
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return None, [_undecodable(path, data, error.start)]
    problems = [*_unseen(path, text), *_conflicts(path, text)]
    return (None if problems else text), problems


def place_at(path: str, text: str, index: int) -> Place:
    """Return the place of the character ``text[index]``."""
    column = index - text.rfind("\n", 0, index)
    return Place(path, text.count("\n", 0, index) + 1, column)


def unseen(text: str) -> str:
    """Return the name (``U+0000``) of the first character that does not show, or nothing.

    These are control characters and their like; a tab and a newline are fine.
    """
    match = _UNSEEN.search(text)
    return _name(match[0]) if match else ""


def without_unseen(text: str) -> str:
    """Return a text without what no content file may hold; every end of a line is a newline."""
    return _UNSEEN.sub("", _LINE_END.sub("\n", _SURROGATE.sub("", text)))


def _is_utf_16(data: bytes) -> bool:
    """Tell UTF-16 by its mark, or by Latin letters of which every other byte is empty."""
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return marked or (len(data) > 1 and (data[0] == 0) != (data[1] == 0))


def _undecodable(path: str, data: bytes, start: int) -> Problem:
    before = data[:start].decode("utf-8")
    place = place_at(path, before, len(before))
    try:
        surrogate = data[start : start + 3].decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        character = data[start : start + 1].decode("cp1252", "replace")
        return problem(place, "not-utf-8", byte=f"{data[start]:02X}", character=character)
    return problem(place, "lone-surrogate", character=f"\\u{ord(surrogate):04x}")


def _unseen(path: str, text: str) -> list[Problem]:
    """Name every unseen character once, where it first stands: a binary file has thousands."""
    first: dict[str, int] = {}
    for match in _UNSEEN.finditer(text):
        first.setdefault(match[0], match.start())
    return [
        problem(place_at(path, text, index), "unseen-character", character=_name(character))
        for character, index in first.items()
    ]


def _conflicts(path: str, text: str) -> Iterator[Problem]:
    """Name the places where git left two versions of the same lines, for somebody to choose."""
    start, before = 0, ""
    for mark in _CONFLICT_MARK.finditer(text) if "<<<<<<<" in text else ():
        sign = mark[0][0]
        if sign == "<":
            start, before = mark.start(), sign
        elif sign == "=":
            before = before and sign
        elif before == "=":
            before = ""
            yield problem(place_at(path, text, start), "conflict")


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"

"""The lists of one language: limits, words with a plainer one, and what needs no explanation."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from site_gen.place import Place
from site_gen.problems import Problem, problem

FOLDER = "templates/language/"


class Lists(Struct, frozen=True, dict=True):  # dict: for what it works out once
    """The longest sentence (in words), title and word of a title (in characters); and the words.

    ``plain`` has a plainer word for each that has one. ``known`` are abbreviations that everybody
    knows, beside ``explained`` one is explained, and after ``stops`` a full stop ends no sentence.
    """

    sentence: int
    title: int
    word: int
    plain: Mapping[str, str]
    known: frozenset[str]
    explained: tuple[str, ...]
    stops: frozenset[str]

    @cached_property
    def jargon(self) -> re.Pattern[str]:
        """What finds the words that have a plainer one; the longest phrase wins."""
        words = sorted(self.plain, key=len, reverse=True)
        either = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words) or "(?!)"
        return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)


def read_lists(templates: Mapping[str, bytes]) -> tuple[dict[str, Lists], list[Problem]]:
    """Return the lists by language; a file that is not as it should be is named."""
    found: dict[str, Lists] = {}
    problems = []
    for path, data in templates.items():
        if not path.startswith(FOLDER):
            continue
        try:
            lang = path.removeprefix(FOLDER).removesuffix(".toml")
            found[lang] = _lists(tomllib.loads(data.decode()))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            problems.append(problem(Place(path), "malformed-list", reason=str(error)))
    return found, problems


def _lists(data: Mapping[str, Mapping[str, object]]) -> Lists:
    limits = data["limits"]
    return Lists(
        sentence=_number(limits["sentence"]),
        title=_number(limits["title"]),
        word=_number(limits["word"]),
        plain={str(word).casefold(): str(plainer) for word, plainer in data["plain"].items()},
        known=frozenset(_words(data["known"]["words"])),
        explained=tuple(_words(data["explained"]["words"])),
        stops=frozenset(word.casefold() for word in _words(data["stops"]["words"])),
    )


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is no number")
    return value


def _words(value: object) -> list[str]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    return [str(word) for word in value]

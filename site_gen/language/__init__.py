"""Advice about the language of the content: long sentences and titles, jargon, abbreviations.

It is asked for, and never an error: a name of a law is long, and experts know their words. The
lists are data (``templates/language/<language>.toml``), so a site can have its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_gen.files import FileIndex
from site_gen.language.lists import Lists
from site_gen.language.rules import (
    abbreviations,
    check_abbreviations,
    check_sentences,
    check_title,
    check_words,
)
from site_gen.language.texts import Reading, readings
from site_gen.problems import Problem
from site_gen.records import Raw

NAMES = ("title", "subtitle", "organiser")
"""Fields of the event: an abbreviation in them is what it is about, and known to who reads on."""


def advice(index: FileIndex, raw: Raw, lists: Mapping[str, Lists]) -> list[Problem]:
    """Return the advice about every text in a language that there are lists for."""
    known = frozenset(_known(raw))
    return [
        found
        for reading in readings(index, raw)
        if reading.lang in lists
        for found in _about(reading, lists[reading.lang], known)
    ]


def _known(raw: Raw) -> Iterator[str]:
    """Yield the abbreviations that the event says are known, and those in its own names."""
    yield from (value.value for value in raw.event.many("abbreviations"))
    for name in NAMES:
        for _, value in raw.event.texts(name):
            yield from abbreviations(value.value)


def _about(reading: Reading, lists: Lists, known: frozenset[str]) -> Iterator[Problem]:
    for passage in reading.passages:
        check = check_title if passage.role == "title" else check_sentences
        yield from check(passage, lists)
    yield from check_words(reading.passages, lists)
    yield from check_abbreviations(reading, lists, known)

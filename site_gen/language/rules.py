"""The advice itself: each rule looks at a passage, or at all that is read together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from site_gen.language.lists import Lists
from site_gen.language.texts import Passage, Reading
from site_gen.problems import Problem, problem

_WORD = re.compile(r"\w[\w’'.-]*")
_STOP = re.compile(r"[.!?…][\"”’)\]]*(?=\s)")
_NEXT = re.compile(r"\s+[\"“‘(\[]?[A-ZÀ-Þ0-9]")
_BEFORE = re.compile(r"[\w.]*\Z")
_ABBREVIATION = re.compile(r"(?<![\w-])[A-Z](?:[A-Z0-9]|(?<=[A-Z])&(?=[A-Z])){1,5}(?![\w-])")
_ROMAN = re.compile(r"[IVXLC]+")
_CITED = re.compile(r"[‘“][^‘’“”\n]*[’”]")
_BEGINNING = 40
"""As many characters of a long sentence are shown."""


def check_title(passage: Passage, lists: Lists) -> Iterator[Problem]:
    """A title fits its card in the grid, and so does each word of it."""
    size = len(passage.text)
    if size > lists.title:
        yield problem(passage.start, "long-title", size=size, limit=lists.title)
    longest = max(re.split(r"[\s-]", passage.text), key=len, default="")
    if len(longest) > lists.word:
        yield problem(passage.start, "long-word", word=longest, limit=lists.word)


def check_sentences(passage: Passage, lists: Lists) -> Iterator[Problem]:
    """A sentence is not too long to be read once; what it cites does not count."""
    for start, end in _sentences(passage.text, lists) if passage.role == "text" else ():
        sentence = passage.text[start:end]
        count = len(_WORD.findall(_own(sentence)))
        if count > lists.sentence:
            said = " ".join(sentence.split())
            shown = said if len(said) <= _BEGINNING else said[: _BEGINNING - 1].rstrip() + "…"
            values = {"count": count, "limit": lists.sentence, "text": shown}
            yield problem(passage.place(start), "long-sentence", **values)


def check_words(passages: Sequence[Passage], lists: Lists) -> Iterator[Problem]:
    """A word that has a plainer one is named once; names are as they are."""
    told = set()
    for passage in passages:
        for found in lists.jargon.finditer(_own(passage.text)) if passage.role != "name" else ():
            word = " ".join(found[0].casefold().split())
            if word not in told:
                told.add(word)
                values = {"word": " ".join(found[0].split()), "plain": lists.plain[word]}
                yield problem(passage.place(found.start()), "jargon", **values)


def check_abbreviations(reading: Reading, lists: Lists, known: frozenset[str]) -> Iterator[Problem]:
    """An abbreviation is explained on the page, or linked to what explains it."""
    text = "\n".join(passage.text for passage in reading.passages)
    names = [passage.text for passage in reading.passages if passage.role == "name"]
    told = known | lists.known
    told |= {word for name in (*names, *reading.linked) for word in abbreviations(name)}
    for passage in reading.passages:
        for found in _ABBREVIATION.finditer(_own(passage.text)):
            word = found[0]
            if word in told or _ROMAN.fullmatch(word) or _is_explained(word, text, lists):
                continue
            told |= {word}
            yield problem(passage.place(found.start()), "abbreviation", word=word)


def abbreviations(text: str) -> list[str]:
    """Return the abbreviations in a text."""
    return _ABBREVIATION.findall(text)


def _own(text: str) -> str:
    """Return the text with blanks for what it cites: those are the words of somebody else."""
    return _CITED.sub(lambda found: " " * len(found[0]), text)


def _is_explained(word: str, text: str, lists: Lists) -> bool:
    """Tell whether it stands in brackets, before them, or beside a word that explains."""
    beside = "|".join(map(re.escape, lists.explained))
    forms = (
        rf"\([^()]*\b{word}\b[^()]*\)",
        rf"\b{word}\W?\s*\(",
        rf"\b{word}( \w+)?, (een|het|de|an?|the)\b",
        rf"\b({beside})\W+{word}\b|\b{word}\W+({beside})\b",
    )
    return any(re.search(form, text) for form in forms)


def _sentences(text: str, lists: Lists) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends; an abbreviation ends none."""
    start = len(text) - len(text.lstrip())
    for stop in _STOP.finditer(text):
        word = _BEFORE.search(text, 0, stop.start())
        before = word[0].casefold() if word else ""
        if before in lists.stops or len(before) == 1 or not _NEXT.match(text, stop.end()):
            continue
        yield start, stop.end()
        start = stop.end() + len(text[stop.end() :]) - len(text[stop.end() :].lstrip())
    yield start, len(text.rstrip())

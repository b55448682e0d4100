"""Which known name is most like one that is not known: for who made a typing error."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

_LIKE = 0.6
"""How much two names have in common at least, as in :func:`difflib.get_close_matches`."""
_LONGEST = 80
_SETS_OF_NAMES = 16


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the word in ``known`` that ``word`` is most like, whatever its case; or nothing.

    After a renamed folder hundreds of names are not known, and a preview asks for the same ones at
    each save, so answers are kept.
    """
    names = tuple(known)
    answers = _answers(names)
    if word not in answers:
        answers[word] = _most_like(word[:_LONGEST].casefold(), names)
    return answers[word]


@lru_cache(_SETS_OF_NAMES)
def _answers(_names: tuple[str, ...]) -> dict[str, str]:
    return {}


def _most_like(word: str, names: Iterable[str]) -> str:
    """Return the name that ``difflib`` gives, comparing none that cannot be as like as the best."""
    from difflib import SequenceMatcher  # for who made a mistake only

    by_case = {name.casefold(): name for name in names}
    letters = set(word)
    matcher = SequenceMatcher()
    matcher.set_seq2(word)
    best = (_LIKE, "")
    for name in by_case:
        alike = min(len(name), len(word) - len(letters.difference(name)))
        if 2 * alike < best[0] * (len(name) + len(word)):
            continue
        matcher.set_seq1(name)
        if matcher.quick_ratio() >= best[0]:
            best = max(best, (matcher.ratio(), name))
    return by_case.get(best[1], "")

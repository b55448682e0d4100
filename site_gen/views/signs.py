"""The sign for a door that the page of a round is on paper: how large its titles, and its QR code.

Sizes are for A4, where the stylesheet sets everything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from textwrap import wrap

from site_gen.machine import needing
from site_gen.place import Place
from site_gen.views.shapes import Card, Code

SIZES = (44, 36, 30, 27, 24, 20, 17, 14, 12)  # points; from 24 a title is read at two metres
POINT = 25.4 / 72  # of a millimetre, as all lengths here
HEIGHT, WIDTH = 172, 182  # what all sessions have on the page
GAP, RULE = 6, 0.5  # beside a title, and the line above it
TITLE_LETTER, TITLE_LINE, PADDING = 0.47, 1.15, 1  # em
FACT_LETTER, FACT_LINE = 0.5, 1.25  # em
FACT_SIZE, FACT_LARGEST, FACT_WIDEST = 0.8, 20, 60  # of the title; points; millimetres

QUIET = 4  # modules of white that a camera needs around a code (ISO/IEC 18004, 6.3.8)


def title_size(cards: Sequence[Card]) -> int:
    """Return the largest size, in points, at which all sessions fit on one page."""
    return next((size for size in SIZES if _fits(cards, size)), SIZES[-1])


def _fits(cards: Sequence[Card], size: int) -> bool:
    """Tell whether all is on one page; at most sizes it is not, even with a line for each title."""
    least = len(cards) * (PADDING + TITLE_LINE) * size * POINT
    return least <= HEIGHT and _height(cards, size) <= HEIGHT


def _height(cards: Sequence[Card], size: int) -> float:
    title, fact = size * POINT, min(size * FACT_SIZE, FACT_LARGEST) * POINT
    facts = [_facts(card) for card in cards]
    longest = max((len(text) for texts in facts for text in texts), default=0)
    aside = min(longest * FACT_LETTER * fact, FACT_WIDEST)
    width = WIDTH - aside - (GAP if aside else 0)
    return sum(
        PADDING * title
        + RULE
        + max(
            _lines([card.title.text], width / (TITLE_LETTER * title)) * TITLE_LINE * title,
            _lines(texts, aside / (FACT_LETTER * fact)) * FACT_LINE * fact,
        )
        for card, texts in zip(cards, facts, strict=True)
    )


def _facts(card: Card) -> list[str]:
    """Return what stands beside a title, a line or more each."""
    time = card.times.text if card.times and card.own_time else ""
    moved = f"{' ' * 8}{card.moved_to.text}" if card.moved_to else ""  # with a word before it
    return [text for text in (time, card.room, moved) if text]


def _lines(texts: Sequence[str], letters: float) -> int:
    width = max(1, int(letters))
    return sum(len(wrap(text, width)) if len(text) > width else 1 for text in texts)


def qr_code(text: str, asked: Place) -> Code | None:
    """Return the QR code (ISO/IEC 18004) of an address, or nothing for one too long for any.

    ``asked`` is the place in the content that asks for codes. Level M: a code on a door is still
    read with a seventh of it lost.
    """
    with needing("segno", asked):
        import segno
    try:
        rows = segno.make(text, error="m", micro=False).matrix
    except segno.DataOverflowError:  # more than 2,331 bytes
        return None
    lines = (_line(row, y) for y, row in enumerate(rows, QUIET))
    return Code(len(rows) + 2 * QUIET, "".join(lines))


def _line(row: bytearray, y: int) -> str:
    """Draw the dark modules of a row, each run of them as one block."""
    path, x = "", QUIET
    for dark, modules in groupby(row):
        width = len(list(modules))
        path += f"M{x} {y}h{width}v1h-{width}z" if dark else ""
        x += width
    return path

"""Text on an image, laid out letter by letter: widths, lines, and the kerning of a known font.

Pillow's own engine with kerning calls a library (FriBiDi) that one machine has and another has not;
the one used here gives every machine the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

from PIL import ImageDraw, ImageFont

NOWHERE = "\U0010ffff"  # no font has it
ELLIPSIS = "…"


class LettersMissingError(Exception):
    """A text has letters that its font has not."""

    def __init__(self, letters: str) -> None:
        super().__init__(letters)
        self.letters = letters


class Face:
    """A font at one size in pixels, with ``tracking`` (in em) between letters.

    Raises ``OSError`` where the bytes are no font.
    """

    def __init__(self, data: bytes, size: int, weight: int = 0, tracking: float = 0) -> None:
        basic = ImageFont.Layout.BASIC
        self.size, self._tracking = size, tracking * size
        self._font = ImageFont.truetype(BytesIO(data), size, layout_engine=basic)
        if weight:
            self._font.set_variation_by_axes([weight])
        self._pairs = kerning(data)
        self._advances: dict[str, float] = {}
        self._known: dict[str, bool] = {}
        self._nothing = self._shape(NOWHERE)

    def check(self, text: str) -> None:
        """Raise :class:`LettersMissingError` where a letter of ``text`` is not in the font."""
        missing = "".join(c for c in dict.fromkeys(text) if not self._has(c))
        if missing:
            raise LettersMissingError(missing)

    def width(self, text: str) -> float:
        """Return the width of a text."""
        return max(x for _, x in self._places(text))

    def draw(self, canvas: ImageDraw.ImageDraw, x: float, y: float, text: str, ink: str) -> None:
        """Write a text from a point on its baseline."""
        for letter, start in self._places(text):
            canvas.text((x + start, y), letter, ink, self._font, anchor="ls")

    def lines(self, text: str, width: float) -> list[str]:
        """Break a text into lines no wider than ``width``; a longer word is broken in itself."""
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".lstrip()
            if self.width(longer) <= width:
                lines[-1] = longer
                continue
            lines += self._pieces(word, width)
        return [line for line in lines if line]

    def cut(self, text: str, width: float) -> str:
        """Return as much of a text as fits, with an ellipsis for what does not."""
        while self.width(text) > width:
            text = text.removesuffix(ELLIPSIS)[:-1].rstrip() + ELLIPSIS
        return text

    def _pieces(self, word: str, width: float) -> Iterator[str]:
        piece = ""
        for letter in word:
            if self.width(piece + letter) > width:
                yield piece
                piece = ""
            piece += letter
        yield piece

    def _places(self, text: str) -> Iterator[tuple[str, float]]:
        """Yield each letter with its distance from the start, and last the end of the text."""
        x, before = 0.0, ""
        for letter in text:
            x += self._pairs.get(_plain(before) + _plain(letter), 0) * self.size / 1000
            yield letter, x
            x += self._advance(letter) + self._tracking
            before = letter
        yield "", x

    def _advance(self, letter: str) -> float:
        if letter not in self._advances:
            self._advances[letter] = self._font.getlength(letter)
        return self._advances[letter]

    def _has(self, letter: str) -> bool:
        if letter not in self._known:
            self._known[letter] = self._shape(letter) != self._nothing
        return self._known[letter]

    def _shape(self, letter: str) -> tuple[tuple[int, int], bytes]:
        mask = self._font.getmask(letter)
        return mask.size, bytes(mask)


@cache
def _plain(letter: str) -> str:
    """Return a letter without its accent, with which it keeps its distances."""
    return normalize("NFD", letter)[:1]


@cache
def kerning(font: bytes) -> Mapping[str, int]:
    """Return what pairs of letters are moved by, in thousandths of the size, in a font we know.

    Measured in a browser: see ``tests/browser/test_drawn_images.py``.
    """
    known = json.loads(Path(__file__).with_name("kerning.json").read_text("utf-8"))
    pairs: Mapping[str, int] = known["pairs"] if known["sha256"] == sha256(font).hexdigest() else {}
    return pairs

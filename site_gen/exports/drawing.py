"""The image of a page, drawn with Pillow: paper, ink, and the tones and strokes of rounds.

The same input gives the same bytes on every machine with the same Pillow. That is why it is a JPEG:
the compression of a PNG differs from processor to processor.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from unicodedata import normalize

from PIL import Image, ImageDraw

from site_gen.exports.lettering import ELLIPSIS, Face
from site_gen.views.sharing import HEIGHT, WIDTH, Writing

MARGIN = 72
INNER = WIDTH - 2 * MARGIN
PAPER, INK = "#f8f6f1", "#17212b"
TONES = (  # accent and wash of the rounds: those of site.css in light, as sRGB
    ("#2a5982", "#eaf0f5"),
    ("#006366", "#e8f1f1"),
    ("#316239", "#ebf1ec"),
    ("#625511", "#f1efe8"),
    ("#7b4528", "#f5edea"),
    ("#7a4055", "#f5edef"),
)
HEAD = 112  # height of the name of the event, above the band of a session
STROKE = 8  # height of a stroke, and of what is between two
GAP = 32  # between the rivers of an event
FOOT = 566  # baseline of the last fact
FACT, FACT_LINE = 34, 46
SIZES = (96, 84, 74, 64, 56, 48, 42)
LEADING, RISE = 1.12, 0.72  # height of a line, and of what stands above its baseline
TRACKING = -0.014  # of titles, as on the pages


def drawn(writing: Writing, serif: bytes, sans: bytes) -> bytes:
    """Return the image as JPEG; ``serif`` is the font of titles, ``sans`` that of facts.

    Raises :class:`~site_gen.exports.lettering.LettersMissingError`, and ``OSError`` for what is no
    font.
    """
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    canvas = ImageDraw.Draw(image)
    if writing.event:
        top = _band(canvas, writing.rounds)
        _line(canvas, _face(serif, FACT), writing.event, HEAD - 40)
    else:
        top = _rivers(canvas, writing.rounds)
    foot = FOOT - FACT_LINE * (len(writing.facts) - 1)
    for number, fact in enumerate(writing.facts):
        face = _face(sans, FACT, 400 if number else 600)
        _line(canvas, face, fact, foot + FACT_LINE * number)
    _title(canvas, serif, writing.title, top + 56, foot - FACT - 32)
    file = BytesIO()
    image.save(file, "JPEG", quality=84, subsampling=0)
    return file.getvalue()


def _band(canvas: ImageDraw.ImageDraw, rounds: Sequence[int]) -> int:
    """Draw the band of a session, as on its page; return where its title may begin."""
    if not rounds:
        canvas.rectangle((0, HEAD, WIDTH, HEAD + 1), INK)
        return HEAD
    canvas.rectangle((0, HEAD, WIDTH, HEIGHT), _tones(rounds[0])[1])
    return _strokes(canvas, rounds[0], 0, HEAD, WIDTH)


def _rivers(canvas: ImageDraw.ImageDraw, rounds: Sequence[int]) -> int:
    """Draw the rounds of an event side by side, as on its first page."""
    width = (INNER + GAP) / max(len(rounds), 1)
    ends = [MARGIN]
    for place, number in enumerate(rounds):
        left = round(MARGIN + place * width)
        ends.append(_strokes(canvas, number, left, MARGIN, round(width) - GAP))
    return max(ends)


def _strokes(canvas: ImageDraw.ImageDraw, number: int, left: int, top: int, width: int) -> int:
    """Draw one stroke for round 1, two for round 2 …; return where the last one ends."""
    count = (number - 1) % len(TONES) + 1
    for stroke in range(count):
        y = top + 2 * STROKE * stroke
        canvas.rectangle((left, y, left + width - 1, y + STROKE - 1), _tones(number)[0])
    return top + STROKE * (2 * count - 1)


def _tones(number: int) -> tuple[str, str]:
    return TONES[(number - 1) % len(TONES)]


def _line(canvas: ImageDraw.ImageDraw, face: Face, text: str, y: int) -> None:
    text = face.cut(_spelt(text), INNER)
    face.check(text)
    face.draw(canvas, MARGIN, y, text, INK)


def _title(canvas: ImageDraw.ImageDraw, font: bytes, text: str, top: int, foot: int) -> None:
    """Write a title as large as fits between two heights."""
    title = _spelt(text)
    faces = [_face(font, size, tracking=TRACKING) for size in SIZES]
    fitting = (face for face in faces if _fits(face, title, foot - top))
    face = next(fitting, faces[-1])
    face.check(title)
    for number, line in enumerate(_lines(face, title, foot - top)):
        y = top + face.size * (RISE + LEADING * number)
        face.draw(canvas, MARGIN, y, line, INK)


@cache
def _face(font: bytes, size: int, weight: int = 0, tracking: float = 0) -> Face:
    """Return a font at a size: read once for all images, for that takes as long as a title."""
    return Face(font, size, weight, tracking)


def _fits(face: Face, title: str, height: int) -> bool:
    whole = all(face.width(word) <= INNER for word in title.split())
    return whole and len(face.lines(title, INNER)) <= _rows(face, height)


def _rows(face: Face, height: int) -> int:
    return int(height / (LEADING * face.size))


def _lines(face: Face, title: str, height: int) -> list[str]:
    """Return the lines of a title, about equally long; what does not fit ends in an ellipsis."""
    lines, rows = face.lines(title, INNER), _rows(face, height)
    if len(lines) > rows:
        return [*lines[: rows - 1], face.cut(lines[rows - 1] + ELLIPSIS, INNER)]
    narrower = (face.lines(title, width) for width in range(INNER // 2, INNER, GAP))
    return next((found for found in narrower if len(found) == len(lines)), lines)


def _spelt(text: str) -> str:
    """Return a text without what only helps a browser break it, each accent with its letter."""
    return " ".join(normalize("NFC", text).replace("\xad", "").split())

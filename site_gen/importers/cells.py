"""What people type in a cell: times, dates, rounds and names, in Dutch or English.

A number is what a spreadsheet makes of a time (a part of the day), or of ``10.30`` (ten and three
tenths). What may be two things is none: :class:`Unclear`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from site_gen.decoding import without_unseen

DAY = 24 * 60
MONTHS = {
    "jan": 1,
    "feb": 2,
    "mrt": 3,
    "maa": 3,
    "mar": 3,
    "apr": 4,
    "mei": 5,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "okt": 10,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of the days that spreadsheets count (ECMA-376, part 1, 18.17.4.1)."""
_SERIALS = range(30_000, 80_000)
_CLOCK = re.compile(
    r"(?:vanaf|van|om|from|at)?\s*(\d{1,2})(?:\s*[.:,uh]\s*(\d{2})|u|h)?(?::\d{2})?"
    r"\s*(?:uur|u|hrs?|h)?\.?\s*([ap]\.?m\.?)?",
    re.I,
)
_MILITARY = re.compile(r"(\d{1,2})(\d{2})\s*(?:uur|u|hrs?|h)?")
_BETWEEN = re.compile(r"\s*(?:[-–—]|\b(?:tot|t/m|until|to|till)\b)\s*", re.I)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_DUTCH = re.compile(r"(?:[a-z]+\.?,?\s+)?(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})", re.I)
_NAMED = re.compile(
    r"(?:[a-z]+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|e)?\s+(?:of\s+)?([a-z]{3})[a-z]*\.?,?\s+(\d{4})",
    re.I,
)
_ENGLISH = re.compile(
    r"(?:[a-z]+\.?,?\s+)?([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.I
)
_PEOPLE = re.compile(r"(\n|;|\s/\s|,|\s(?:en|and|&)\s)", re.I)
_TITLE = re.compile(r"(?:dr|drs|ir|mr|prof|ing|mw|dhr|ds|ms|mrs)\b", re.I)
_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*")
_DASH = re.compile(r"\s+[-–—|]\s+")

Cell = str | float | datetime | date | time | None


class Unclear(ValueError):
    """A cell says what can be read in two ways, or in none."""


class Named(NamedTuple):
    """Somebody as typed in a cell."""

    name: str
    role: str
    organisation: str


def is_empty(cell: Cell) -> bool:
    """Tell whether nothing is typed."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text(cell: Cell) -> str:
    """Return a cell as it is shown, without what does not show; a whole number has no fraction."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else without_unseen(str(cell)).strip()


# Times


def clock(cell: Cell) -> int | None:
    """Return a time in minutes from midnight, up to 24 hours; nothing of an empty cell."""
    if is_empty(cell):
        return None
    if isinstance(cell, datetime | time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _minutes_of(float(cell))
    return _typed_clock(str(cell).strip())


def _minutes_of(number: float) -> int:
    if not 0 <= number < _SERIALS.stop:  # neither is what is no number at all
        raise Unclear(str(number))
    if number >= _SERIALS.start:
        number %= 1
    if number < 1:
        return round(number * DAY)
    shown = f"{number:.6f}".rstrip("0")
    hours, _, rest = shown.partition(".")
    if len(rest) == 1 and rest in "1234":
        rest += "0"  # 10.3 was typed as 10.30; 10.5 may be half past ten
    if len(rest) not in {0, 2}:
        raise Unclear(shown)
    if len(hours) > 2 and not rest:
        hours, rest = hours[:-2], hours[-2:]
    return _checked(int(hours), int(rest or 0), shown)


def _typed_clock(typed: str) -> int:
    found = _CLOCK.fullmatch(typed)
    if found:
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if half:
            hour = hour % 12 + (12 if half.startswith("p") else 0)
        return _checked(hour, minute, typed)
    if found := _MILITARY.fullmatch(typed):
        return _checked(int(found[1]), int(found[2]), typed)
    if re.fullmatch(r"0[.,]\d{3,}", typed):
        return _minutes_of(float(typed.replace(",", ".")))
    raise Unclear(typed)


def _checked(hour: int, minute: int, shown: str) -> int:
    if minute > 59 or hour * 60 + minute > DAY:
        raise Unclear(shown)
    return hour * 60 + minute


def span(cell: Cell) -> tuple[int | None, int | None]:
    """Return begin and end of a cell that may hold both, as ``11.00 – 12.00 uur``."""
    if not isinstance(cell, str):
        return clock(cell), None
    begin, *rest = _BETWEEN.split(cell.strip(), maxsplit=1)
    end = rest[0] if rest else ""
    return clock(begin), clock(end)


# Days and rounds


def day(cell: Cell) -> date | None:
    """Return a date; day, month, year in this order, as in Dutch, or with the year first."""
    if isinstance(cell, datetime):
        return cell.date()
    if is_empty(cell) or isinstance(cell, date):
        return cell if isinstance(cell, date) else None
    if isinstance(cell, int | float) and _SERIALS.start <= cell < _SERIALS.stop:
        return _FIRST_DAY + timedelta(days=int(cell))
    typed = " ".join(text(cell).split())
    try:
        return _typed_day(typed)
    except (ValueError, KeyError):
        raise Unclear(typed) from None


def _typed_day(typed: str) -> date:
    if found := _ISO.fullmatch(typed):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DUTCH.fullmatch(typed):
        year = int(found[3])
        return date(year + 2000 if year < 100 else year, int(found[2]), int(found[1]))
    if found := _NAMED.fullmatch(typed):
        return date(int(found[3]), MONTHS[found[2].lower()], int(found[1]))
    if found := _ENGLISH.fullmatch(typed):
        return date(int(found[3]), MONTHS[found[1].lower()], int(found[2]))
    raise Unclear(typed)


def round_number(cell: Cell) -> int | None:
    """Return the number in a cell as ``1`` or ``Ronde 1``; what has none is no round."""
    found = re.search(r"\d{1,2}", text(cell))
    return int(found[0]) if found and int(found[0]) else None


# People


def people(cell: Cell) -> Iterator[Named]:
    """Yield who is named, with what is said of each.

    Names are parted by commas, semicolons, line ends, "en" or "and". What begins with a small
    letter goes on with the one before it: "Anna Bos, adviseur wonen en zorg".
    """
    parts: list[str] = []
    between = ""
    for n, piece in enumerate(_outside_brackets(text(cell))):
        if n % 2:
            between = piece
        elif parts and piece.strip() and not _begins_name(piece.strip()):
            parts[-1] += between + piece
        elif piece.strip():
            parts.append(piece)
    yield from (named for part in parts if (named := _named(part)).name)


def _outside_brackets(typed: str) -> list[str]:
    """Split at what parts names, but not within brackets; what parts them stands between."""
    hidden = re.sub(r"\([^()]*\)", lambda found: "\0" * len(found[0]), typed)
    pieces, start = [], 0
    for found in _PEOPLE.finditer(hidden):
        pieces += [typed[start : found.start()], found[0]]
        start = found.end()
    return [*pieces, typed[start:]]


def _begins_name(piece: str) -> bool:
    return not piece[0].islower() or bool(_TITLE.match(piece))


def _named(part: str) -> Named:
    within = ", ".join(_BRACKETS.findall(part))
    name, *rest = _DASH.split(_BRACKETS.sub(" ", part).strip(" ,"), maxsplit=1)
    name, _, role = name.partition(",")
    organisation = ", ".join(filter(None, (within, *rest)))
    return Named(*(" ".join(each.split()) for each in (name, role, organisation)))

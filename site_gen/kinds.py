"""Kinds of values: how the text that an editor typed is read, and what may be wrong with it.

Nothing is guessed from a value: ``no``, ``010`` and ``10.45`` are text until a kind reads them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from site_gen.likeness import nearest
from site_gen.nodes import Scalar
from site_gen.problems import problem

MIDNIGHT = 24 * 60
LONGEST_PATH = 200
"""As many characters as a file's name may have bytes: each part becomes the name of a folder."""
_BLANKS = re.compile(r"[ \t\n]+")
_TIME = re.compile(r"([0-9]{1,2})[.:]([0-9]{2})")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PARTIAL_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_EVENT_ID = re.compile(r"[a-z0-9_-]{4,}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_EMAIL = re.compile(r"[^@\s:/]+@[^@\s:/.]+(\.[^@\s:/.]+)+")
_PATH = re.compile(r"/?([\w~-][\w.~-]*/)*([\w~-][\w.~-]*)?", re.ASCII)
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
# Letters of neighbours that are no Latin letter with a mark, as others write them.
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "o", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ł": "l", "Ł": "l"}
    | {"đ": "d", "Đ": "d", "ð": "d", "þ": "th", "Þ": "th", "ı": "i"}
)
YES_NO_WORDS = {"ja": True, "nee": False, "yes": True, "no": False, "true": True, "false": False}


class Malformed(ValueError):
    """A text is not of its kind: the code that says so, and what the message needs."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Kind(Struct, frozen=True):
    """A kind of text: its name, how it is parsed, and its values where they are a closed list.

    ``parse`` gets the text without the blanks around it and raises :class:`Malformed`. ``names``
    tells what the text is the name of, if it is one: a kind of record, a room or a theme.
    """

    name: str
    parse: Callable[[str], object]
    choices: tuple[str, ...] = ()
    names: str = ""

    def read(self, node: Scalar) -> object:
        """Return the value of ``node``, or the :class:`Problem` that it has."""
        try:
            return self.parse(node.text.strip())
        except Malformed as fault:
            return problem(node.place, fault.code, value=_short(node.text), **fault.values)


def integer(low: int, high: int) -> Kind:
    """Whole numbers from ``low`` to ``high``, as ``int``."""

    def parse(text: str) -> int:
        # The length is bounded first: int() refuses, and before that is slow on, long numbers.
        if not re.fullmatch("0*[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise Malformed("malformed-number", low=low, high=high)
        return int(text)

    return Kind("integer", parse)


def choice(*values: str) -> Kind:
    """One of ``values``."""

    def parse(text: str) -> str:
        if text in values:
            return text
        near = nearest(text, values)
        raise Malformed("unknown-choice", nearest=near, known=", ".join(values))

    return Kind("choice", parse, values)


def name_of(what: str, kind: Kind) -> Kind:
    """Return ``kind`` as the name of something else in the content."""
    return replace(kind, names=what)


def latin(text: str) -> str:
    """Return a text with the letters of neighbours (ø, ł, ß …) as others write them."""
    return text.translate(_LETTERS)


def suggest_slug(name: str) -> str:
    """Return the slug nearest to ``name``: ASCII, lower case, hyphens; empty if nothing is left."""
    whole = latin(_APOSTROPHE.sub("", name))
    plain = unicodedata.normalize("NFKD", whole).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-").lstrip("0123456789-")


def _line(text: str) -> str:
    if "\n" in text:
        raise Malformed("line-break")
    return text


def _text(text: str) -> str:
    return _BLANKS.sub(" ", text)


def _end_time(text: str) -> int:
    match = _TIME.fullmatch(text)
    if match is None:
        raise Malformed("malformed-time")
    hours, minutes = int(match[1]), int(match[2])
    if minutes > 59 or hours * 60 + minutes > MIDNIGHT:
        raise Malformed("impossible-time")
    return hours * 60 + minutes


def _time(text: str) -> int:
    minutes = _end_time(text)
    if minutes == MIDNIGHT:
        raise Malformed("midnight-begin")
    return minutes


def _date(text: str) -> date:
    if not _DATE.fullmatch(text):
        raise Malformed("malformed-date")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Malformed("impossible-date") from None


def _partial_date(text: str) -> str:
    if not _PARTIAL_DATE.fullmatch(text):
        raise Malformed("malformed-partial-date")
    _date(text + "0000-01-01"[len(text) :])
    return text


def _moment(text: str) -> str:
    day, _, clock = text.partition(" ")
    if not clock:
        return _date(day).isoformat()
    hours, minutes = divmod(_time(clock), 60)
    return f"{_date(day)}T{hours:02}:{minutes:02}"


def _slug(text: str) -> str:
    if not _SLUG.fullmatch(text):
        raise Malformed("malformed-slug", example=suggest_slug(text) or "dordt-west")
    return text


def _event_id(text: str) -> str:
    if not _EVENT_ID.fullmatch(text):
        raise Malformed("malformed-event-id")
    return text


def _guid(text: str) -> str:
    if not _GUID.fullmatch(text):
        raise Malformed("malformed-guid")
    return text.lower()


def _address(text: str) -> str:
    if not is_web_address(text):
        raise Malformed("malformed-address")
    return text


def is_web_address(text: str) -> bool:
    """Tell whether a text is an ``http`` or ``https`` address that no browser has to repair."""
    try:
        parts = urlsplit(text)
        return bool(
            parts.scheme in ("https", "http")
            and parts.hostname
            and parts.port != 0
            and not re.search(r"[\s<>\"\\]", text)
        )
    except ValueError:  # an unclosed bracket in the host, a port that is no number
        return False


def _contact(text: str) -> str:
    if not (_EMAIL.fullmatch(text) or is_web_address(text)):
        raise Malformed("malformed-contact")
    return text


def _secure_contact(text: str) -> str:
    if text.startswith("http:"):  # RFC 9116, section 2.5.3
        raise Malformed("insecure-contact")
    return _contact(text)


def _path(text: str) -> str:
    if len(text) > LONGEST_PATH or not _PATH.fullmatch(text):
        raise Malformed("malformed-path")
    return text


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise Malformed("malformed-language")
    return text


def _yes_no(text: str) -> bool:
    if text.lower() not in YES_NO_WORDS:
        raise Malformed("malformed-yes-no")
    return YES_NO_WORDS[text.lower()]


def _short(text: str, limit: int = 40) -> str:
    text = _BLANKS.sub(" ", text.strip())
    return text if len(text) <= limit else text[: limit - 1] + "…"


LINE = Kind("line", _line)
"""Text on one line."""
TEXT = Kind("text", _text)
"""A paragraph; line breaks and runs of blanks count as one space."""
TIME = Kind("time", _time)
"""``10.45`` or ``10:45``, to 23.59: minutes since midnight, as ``int``."""
END_TIME = Kind("end-time", _end_time)
"""As :data:`TIME`, and ``24.00``."""
DATE = Kind("date", _date)
"""``2026-03-28``, as :class:`datetime.date`."""
PARTIAL_DATE = Kind("partial-date", _partial_date)
"""``2026``, ``2026-03`` or ``2026-03-28``, as ``str``."""
MOMENT = Kind("moment", _moment)
"""``2026-03-28`` or ``2026-03-28 14.05``, as an ISO 8601 ``str``."""
SLUG = Kind("slug", _slug)
EVENT_ID = Kind("event-id", _event_id)
GUID = Kind("guid", _guid)
"""A UUID (RFC 9562, section 4), in small letters."""
LANGUAGE = Kind("language", _language)
"""A BCP 47 language tag."""
ADDRESS = Kind("address", _address)
"""An absolute ``https`` or ``http`` address."""
CONTACT = Kind("contact", _contact)
"""An e-mail address, or an address of a page."""
SECURE_CONTACT = Kind("secure-contact", _secure_contact)
"""As :data:`CONTACT`, and nobody on the way can read what is told."""
PATH = Kind("path", _path)
"""A path on the site itself, with nothing in it that leaves it."""
YES_NO = Kind("yes-no", _yes_no)
"""``ja`` or ``nee``, as ``bool``."""

"""Words of other programs for what we have a word for, and the forms of their ids."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from uuid import NAMESPACE_URL, UUID, uuid5

from site_gen.decoding import without_unseen

KINDS = {
    "plenair": ("plenair", "plenaire", "plenaire sessie", "plenary", "keynote"),
    "lezing": ("lezing", "lecture", "presentatie", "presentation", "talk", "vortrag"),
    "werkbijeenkomst": ("werkbijeenkomst", "werksessie", "working session"),
    "workshop": ("workshop", "hands-on", "tutorial", "training"),
    "inspiratiesessie": ("inspiratiesessie", "inspiration session"),
    "paneldiscussie": (
        "paneldiscussie",
        "debat",
        "discussion",
        "panel",
        "panel discussion",
        "podium",
    ),
    "overleg": ("overleg", "bijeenkomst", "bof", "meeting"),
    "wandeling": ("wandeling", "walk"),
    "rondleiding": ("rondleiding", "excursie", "excursion", "guided tour", "tour"),
}
"""What a session may be called elsewhere, by our kind; any other word is just a session."""

STATUSES = {
    "vol": ("vol", "volgeboekt", "full", "fully booked"),
    "verplaatst": ("verplaatst", "moved"),
    "vervallen": ("vervallen", "afgelast", "geannuleerd", "cancelled", "canceled"),
    "concept": ("concept", "draft"),
}

BREAKS = {
    "lunch": ("lunch", "lunchpauze", "lunch break", "middagpauze"),
    "pauze": (
        "pauze",
        "koffie",
        "koffiepauze",
        "theepauze",
        "break",
        "coffee",
        "coffee break",
        "tea",
    ),
    "inloop": (
        "inloop",
        "ontvangst",
        "registratie",
        "aankomst",
        "arrival",
        "doors",
        "registration",
    ),
    "verplaatsen": ("verplaatsen", "wisselen", "wisseltijd", "zaalwissel", "changeover"),
    "afsluiting": ("afsluiting", "borrel", "einde", "netwerkborrel", "closing", "drinks", "end"),
}
"""What a part of the day without a session may be called, by the kind of timeslot."""

LANGUAGES = {
    "nl": ("nederlands", "dutch"),
    "en": ("engels", "english"),
    "de": ("duits", "deutsch", "german"),
    "fr": ("frans", "francais", "français", "french"),
}
_TAG = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{2})(?![a-z]))?(?:[-_].*)?", re.I)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_PACKED = re.compile(r"[A-Za-z0-9_-]{22}")


def kind_of(word: str) -> str:
    """Return our kind of session, or nothing."""
    return _meant(word, KINDS)


def status_of(word: str) -> str:
    """Return our status, or nothing where all is as planned."""
    return _meant(word, STATUSES)


def break_of(title: str) -> str:
    """Return the kind of timeslot that a title alone names, or nothing."""
    words = title.casefold().replace("/", " ").split()
    first = re.sub(r"\W+$", "", words[0]) if words else ""
    return _meant(title, BREAKS) or (_meant(first, BREAKS) if len(words) <= 4 else "")


def language_of(word: str) -> str:
    """Return a language tag (BCP 47), or nothing: ``de_DE`` is German, as ``Deutsch`` is."""
    named = _meant(word, LANGUAGES)
    tag = _TAG.fullmatch(word.strip())
    region = f"-{tag[2].upper()}" if tag and tag[2] else ""
    return named or (tag[1].lower() + region if tag else "")


def guid_of(text: str) -> str:
    """Return an id of any form as a UUID: as it is, from its 128 bits in base64, or made of it.

    frab once wrote the bits of a UUID as 22 characters (RFC 4648, section 5).
    """
    text = text.strip()
    if not text or _UUID.fullmatch(text):
        return text.lower()
    if _PACKED.fullmatch(text):
        return str(UUID(bytes=urlsafe_b64decode(f"{text}==")))
    return str(uuid5(NAMESPACE_URL, text))


def id_of(text: str) -> str:
    """Return an id, a number without zeros before it."""
    text = " ".join(without_unseen(text).split())
    return str(int(text)) if re.fullmatch("[0-9]{1,18}", text) else text


def _meant(word: str, table: dict[str, tuple[str, ...]]) -> str:
    known = " ".join(word.casefold().split())
    return next((ours for ours, theirs in table.items() if known in theirs or known == ours), "")

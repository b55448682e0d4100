"""The conference as frozen values: what every page, calendar and export is computed from.

Times are minutes since midnight at the start of the event's first day (``10.00`` on the first day
is 600, ``01.30`` in the night after it 1530): a programme needs no date to be ordered. The date and
the time zone, where known, turn them into moments (see :mod:`site_gen.schedule`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from site_gen.identifiers import Identifier
from site_gen.licences import Licence
from site_gen.place import Place
from site_gen.text import Prose, Text

SLOT_KINDS = (
    "inloop",
    "plenair",
    "ronde",
    "sessies",
    "pauze",
    "lunch",
    "verplaatsen",
    "afsluiting",
)
SESSION_KINDS = (
    "plenair",
    "sessie",
    "lezing",
    "werkbijeenkomst",
    "workshop",
    "inspiratiesessie",
    "paneldiscussie",
    "overleg",
    "wandeling",
    "rondleiding",
)
SOURCE_KINDS = (
    "wet",
    "wetsvoorstel",
    "kamerstuk",
    "bekendmaking",
    "verordening",
    "eu-verordening",
    "eu-richtlijn",
    "rechtspraak",
    "beleid",
    "programma",
    "overeenkomst",
    "onderzoek",
    "publicatie",
    "begrip",
    "bijeenkomst",
)
STATUSES = ("gepland", "concept", "vol", "verplaatst", "vervallen")


class Room(Struct, frozen=True):
    """A room, by the name that timeslots and sessions use."""

    name: str
    building: str = ""


class Origin(Struct, frozen=True):
    """Where an imported record came from; written by ``import``, read by exports."""

    source: str = ""
    id: str = ""
    guid: str = ""
    hash: str = ""


class Photo(Struct, frozen=True):
    """A portrait: the file below ``assets/``, what it shows, and how the speaker agreed."""

    asset: str
    alt: Text
    consent: str
    place: Place


class Address(Struct, frozen=True):
    """An address as typed, and where it stands.

    An old address is a slug, or with a slash in it a path on the site.
    """

    text: str
    place: Place


class WebLink(Struct, frozen=True):
    """A link with its own label, beside the text."""

    label: Text
    address: Address


class Speaker(Struct, frozen=True):
    """Somebody named in the programme."""

    slug: str
    place: Place
    name: str
    role: Text | None
    organisation: Text | None
    photo: Photo | None
    links: tuple[WebLink, ...]
    old_addresses: tuple[Address, ...]
    body: Prose
    languages: frozenset[str]
    origin: Origin | None = None


class Status(Struct, frozen=True):
    """The state of a source and the date (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``) it held."""

    text: Text
    date: str


class Reference(Struct, frozen=True):
    """An identifier of a source, and where it stands."""

    identifier: Identifier
    place: Place


class Source(Struct, frozen=True):
    """A law, document, programme or term that sessions refer to.

    ``old_names`` are slugs that it had before: its old anchors on the page of sources.
    """

    slug: str
    place: Place
    title: Text
    kind: str
    references: tuple[Reference, ...]
    status: Status | None
    old_names: tuple[Address, ...]
    body: Prose
    languages: frozenset[str]


class KeyMessage(Struct, frozen=True):
    """One "kernboodschap" of a session; ``id`` is unique within it and stays."""

    id: str
    text: Text
    place: Place


class Session(Struct, frozen=True):
    """What a visitor can go to; when and where is said by the entries of the timeslots."""

    slug: str
    place: Place
    title: Text
    subtitle: Text | None
    summary: Text | None
    kind: str
    speakers: tuple[Speaker, ...]
    organised_by: tuple[Text, ...]
    organisations: tuple[Text, ...]
    themes: tuple[str, ...]
    room: Room | None
    language: str
    status: str
    key_messages: tuple[KeyMessage, ...]
    cited: tuple[str, ...]
    links: tuple[WebLink, ...]
    old_addresses: tuple[Address, ...]
    body: Prose
    languages: frozenset[str]
    origin: Origin | None = None


class Entry(Struct, frozen=True):
    """A session in a timeslot: when, where and how it is held this time.

    ``number`` counts the entries of one session through the programme, from 1.
    """

    session: Session
    place: Place
    begin: int
    end: int | None
    room: Room | None
    status: str
    moved_to: Text | None
    number: int


class Slot(Struct, frozen=True):
    """A stretch of the day; ``key`` is the name of its file without the ending."""

    key: str
    place: Place
    kind: str
    begin: int
    end: int | None
    round: int | None
    title: Text | None
    note: Text | None
    entries: tuple[Entry, ...]


class Day(Struct, frozen=True):
    """A day of the programme: its number from 1, its date where known, its slots by time."""

    number: int
    date: date | None
    slots: tuple[Slot, ...]


class Page(Struct, frozen=True):
    """A page of plain text.

    Named after one of the site's own pages it ``introduces`` that page: a path word of
    :mod:`site_gen.urls`, else empty.
    """

    slug: str
    introduces: str
    place: Place
    title: Text
    old_addresses: tuple[Address, ...]
    body: Prose
    languages: frozenset[str]


class Change(Struct, frozen=True):
    """A change of the programme that visitors should know of."""

    at: str
    text: Text
    session: str
    place: Place


class Security(Struct, frozen=True):
    """What ``security.txt`` (RFC 9116) says: whom to tell, and the last day on which that holds.

    ``place`` is that of the day.
    """

    contact: Address
    expires: date
    place: Place


class Event(Struct, frozen=True):
    """The conference itself; whatever is absent is not known, or not asked for.

    ``pagefind``, ``cards`` (images to share) and ``qr`` (printed codes) are where it is asked for.
    """

    place: Place
    title: Text
    id: str
    subtitle: Text | None
    organiser: Text | None
    location: str
    first_day: date | None
    time_zone: str
    day_change: int
    languages: tuple[str, ...]
    address: str
    rooms: tuple[Room, ...]
    themes: tuple[str, ...]
    changes: tuple[Change, ...]
    accessibility_statement: Address | None
    security: Security | None
    licence: Licence | None
    contact: Address | None
    navigation: tuple[str, ...]
    pagefind: Place | None
    cards: Place | None
    qr: Place | None


class Conference(Struct, frozen=True):
    """The whole programme: days in time order, records by slug."""

    event: Event
    days: tuple[Day, ...]
    sessions: Mapping[str, Session]
    speakers: Mapping[str, Speaker]
    sources: Mapping[str, Source]
    pages: Mapping[str, Page]

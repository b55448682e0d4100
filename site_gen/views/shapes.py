"""The frozen shapes that the contexts of pages are made of.

Every text is plain; only a :class:`~site_gen.markup.BodyView` becomes HTML, by filter ``prose``.
Every ``href`` is ready to use on that page: relative, or an ``https`` address.
"""

from __future__ import annotations

from msgspec import Struct

from site_gen.text import Span
from site_gen.views.frames import NavLink


class Times(Struct, frozen=True):
    """A stretch of time: as read ("10.00 – 10.45 uur") and per end for ``<time datetime>``.

    ``end`` is empty where it is not known. ``begin_machine`` and ``end_machine`` are ``HH:MM``, or
    with the date and offset (RFC 3339) where the date is known.
    """

    text: str
    begin: str
    end: str
    begin_machine: str
    end_machine: str


class Code(Struct, frozen=True):
    """A QR code with white around it: a square of ``size`` modules, the dark ones as SVG path."""

    size: int
    path: str


class Image(Struct, frozen=True):
    """An image with its size in pixels."""

    href: str
    alt: Span
    width: int
    height: int


class Person(Struct, frozen=True):
    """A speaker where named: without a photo, the initials stand for it."""

    name: str
    href: str
    initials: str
    photo: Image | None
    role: Span | None
    organisation: Span | None


class Choice(Struct, frozen=True):
    """What can be chosen in a filter: its value in an address, and how it is called."""

    value: str
    label: Span


class Filter(Struct, frozen=True):
    """What sessions can be filtered by; ``name`` is its word in an address (``?ronde=2``).

    ``every`` is how to say that it does not matter.
    """

    name: str
    label: str
    every: str
    choices: tuple[Choice, ...]


class Finder(Struct, frozen=True):
    """The form that finds sessions on a page.

    ``texts`` is the file with the texts in which words are found; with ``engine`` (the script of
    Pagefind, or empty) that of what it calls the sessions. ``elsewhere`` leads to the page
    of all sessions, where this page shows only a part of them, or to the links to the other parts
    where no page has all; else it is empty. There ``session_page`` leads to the page of a session,
    with ``SLUG`` for its slug. ``others`` are pages to look at when nothing is found.
    """

    filters: tuple[Filter, ...]
    texts: str
    engine: str
    elsewhere: str
    session_page: str
    others: tuple[NavLink, ...]


class Card(Struct, frozen=True):
    """A session in a list or grid, as held at one time.

    ``status`` is the key (``gepland``, ``vol`` …), ``status_label`` its words, empty when as
    planned.
    ``own_time`` tells that it differs from the slot's time. ``round`` is 0 outside rounds.
    ``id`` is unique on a page that shows each entry once. ``facets`` are what a :class:`Filter`
    finds it by, each as ``ronde:2``.
    """

    id: str
    slug: str
    facets: tuple[str, ...]
    title: Span
    subtitle: Span | None
    href: str
    summary: Span | None
    kind_label: str
    times: Times | None
    own_time: bool
    room: str
    status: str
    status_label: str
    moved_to: Span | None
    people: tuple[Person, ...]
    organised_by: tuple[Span, ...]
    organisations: tuple[Span, ...]
    round: int


class HallView(Struct, frozen=True):
    """Sessions of one building or theme in a row of the grid, each a line.

    ``name`` is empty where there is only one, and for what is in none of the others.
    """

    name: Span
    lines: tuple[Card, ...]


class SlotView(Struct, frozen=True):
    """A row of the grid; ``href`` leads to the page of the round, empty for other slots.

    ``named`` tells that its title says more than that here are sessions. With ``halls`` these are
    shown as lines in them, else each in full. Where there are ``columns`` each row of a day has the
    same halls, also where nothing is held there; else each has its own.
    """

    id: str
    kind: str
    kind_label: str
    round: int
    href: str
    title: Span
    named: bool
    note: Span | None
    times: Times
    cards: tuple[Card, ...]
    halls: tuple[HallView, ...]
    columns: int


class DayLink(Struct, frozen=True):
    """A day, or a part of a large one, and its page.

    ``label`` is its date, or its number where there is no date, and the times of a part. ``begin``
    and ``end`` are moments (RFC 3339), from the first begin to the last end; empty where there is
    no date.
    """

    label: str
    href: str
    current: bool
    begin: str
    end: str


class ChangeView(Struct, frozen=True):
    """A change of the programme; ``href`` leads to the session, if it is about one."""

    at: str
    text: Span
    href: str


class Occurrence(Struct, frozen=True):
    """One time that a session is held; ``slot_label`` names the round or part of the day."""

    slot_label: Span
    slot_href: str
    day_label: str
    round: int
    times: Times
    room: str
    status: str
    status_label: str
    moved_to: Span | None


class KeyMessageView(Struct, frozen=True):
    """A key message: its anchor on this page, and where it stands on the other one."""

    anchor: str
    text: Span
    href: str


class CitationView(Struct, frozen=True):
    """A source beside a session: ``mentions`` are the ids of the links to it in the text.

    Where there is none, ``anchor`` is the id of the source among the others.
    """

    title: Span
    kind_label: str
    href: str
    anchor: str
    mentions: tuple[str, ...]


class LabelledLink(Struct, frozen=True):
    """A link with a label in some language."""

    label: Span
    href: str


class LostLanguage(Struct, frozen=True):
    """What the 404 page says in one language, and where it leads."""

    code: str
    title: str
    text: str
    links: tuple[NavLink, ...]

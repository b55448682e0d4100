"""The closed, frozen contexts that templates see: one class per kind of page.

A template gets ``page`` (one of these) and ``t`` (the words of the page's language), nothing else.
"""

from __future__ import annotations

from msgspec import Struct

from site_gen.markup import BodyView
from site_gen.text import Span
from site_gen.views.frames import Frame, NavLink
from site_gen.views.lists import (
    CountedLink,
    Group,
    MessageGroup,
    ShelfView,
    SourceGroup,
    SpeakerEntry,
)
from site_gen.views.shapes import (
    Card,
    ChangeView,
    CitationView,
    Code,
    DayLink,
    Finder,
    KeyMessageView,
    LabelledLink,
    LostLanguage,
    Occurrence,
    Person,
    SlotView,
    Times,
)


class Context(Struct, frozen=True):
    """What a template sees of a page; around each stands a frame."""

    frame: Frame


class HomePage(Context, frozen=True):
    """The day grid: of the only day, or of the first of several. Also the page of one day.

    ``gaps`` are sentences that say what is not known yet (no date, no rooms). ``calendar`` is the
    file of the whole programme, ``subscription`` its ``webcal`` address, ``schedule`` the file for
    conference apps, ``feed`` that of the changes; each may be empty.
    ``dated`` tells that the times are moments, so that a browser can say what is on now.
    ``finder`` is absent where there is no session. ``hours`` lead down a page of many sessions,
    ``by_theme`` to the list of all of them where that is by theme, else it is empty.
    """

    title: Span
    subtitle: Span | None
    day_label: str
    days: tuple[DayLink, ...]
    by_theme: str
    gaps: tuple[str, ...]
    calendar: str
    subscription: str
    schedule: str
    feed: str
    changes: tuple[ChangeView, ...]
    finder: Finder | None
    hours: tuple[NavLink, ...]
    slots: tuple[SlotView, ...]
    dated: bool


class RoundPage(Context, frozen=True):
    """The parallel sessions of one round, each with its summary; ``calendar`` may be empty.

    Printed it is a sign for a door: ``title_size`` is that of the sessions on it, in points, and
    ``code`` leads to this page; it may be absent.
    """

    round: int
    title: Span
    day_label: str
    note: Span | None
    times: Times
    calendar: str
    title_size: int
    code: Code | None
    cards: tuple[Card, ...]
    previous: LabelledLink | None
    next: LabelledLink | None


class SessionPage(Context, frozen=True):
    """A session in full; ``body`` is absent when there is no text yet.

    ``siblings`` are the other sessions at the same time; where there are many, ``beside`` has them
    as lines, and where there are very many, ``all_beside`` leads to where they stand. ``previous``
    and ``next`` follow the programme. ``calendar`` is empty where there is nothing to go to.
    """

    slug: str
    title: Span
    subtitle: Span | None
    summary: Span | None
    kind_label: str
    status: str
    status_label: str
    language: Span | None
    themes: tuple[Span, ...]
    occurrences: tuple[Occurrence, ...]
    calendar: str
    people: tuple[Person, ...]
    organised_by: tuple[Span, ...]
    organisations: tuple[Span, ...]
    body: BodyView | None
    key_messages: tuple[KeyMessageView, ...]
    citations: tuple[CitationView, ...]
    links: tuple[LabelledLink, ...]
    siblings: tuple[Card, ...]
    beside: tuple[Card, ...]
    all_beside: LabelledLink | None
    previous: LabelledLink | None
    next: LabelledLink | None


class SpeakerPage(Context, frozen=True):
    """A speaker and the sessions they take part in."""

    person: Person
    body: BodyView | None
    links: tuple[LabelledLink, ...]
    cards: tuple[Card, ...]


class SessionsPage(Context, frozen=True):
    """All sessions: in time order, or if there are many by theme, on one page or on several.

    A list by theme has ``contents`` (the themes) and ``shelves``; where it is on several pages, the
    first has only contents, of all. ``finder`` is absent where there is no session; in a list in
    parts it finds what is on other pages too.
    """

    title: Span
    intro: BodyView | None
    finder: Finder | None
    groups: tuple[Group, ...]
    contents: tuple[CountedLink, ...]
    shelves: tuple[ShelfView, ...]
    previous: LabelledLink | None
    next: LabelledLink | None


class MyProgrammePage(Context, frozen=True):
    """A visitor's own choice, made in the browser from the file ``data``.

    ``groups`` are all sessions in time order, for a browser without script; many are on pages of
    their own instead. ``dated`` tells whether there can be a calendar file. ``sessions`` leads to
    the page of all sessions.
    """

    title: Span
    intro: BodyView | None
    groups: tuple[Group, ...]
    data: str
    dated: bool
    sessions: str


class SpeakersPage(Context, frozen=True):
    """All speakers by name; many are spread over pages, to which ``letters`` lead."""

    title: Span
    intro: BodyView | None
    letters: tuple[NavLink, ...]
    speakers: tuple[SpeakerEntry, ...]
    previous: LabelledLink | None
    next: LabelledLink | None


class KeyMessagesPage(Context, frozen=True):
    """Every key message, by session, in time order; many are spread over ``pages``."""

    title: Span
    intro: BodyView | None
    pages: tuple[NavLink, ...]
    groups: tuple[MessageGroup, ...]
    previous: LabelledLink | None
    next: LabelledLink | None


class SourcesPage(Context, frozen=True):
    """Every legal and policy source, by kind."""

    title: Span
    intro: BodyView | None
    groups: tuple[SourceGroup, ...]


class TextPage(Context, frozen=True):
    """A page of text."""

    title: Span
    body: BodyView | None


class RedirectPage(Context, frozen=True):
    """An old address: ``script`` leads on to ``href``, with the fragment."""

    title: Span
    href: str
    script: str


class OfflinePage(Context, frozen=True):
    """What stands in the place of a page that was never kept; ``links`` lead to what always is."""

    links: tuple[LabelledLink, ...]


class LostPage(Context, frozen=True):
    """``404.html``: one page for every language, with root-absolute links."""

    languages: tuple[LostLanguage, ...]

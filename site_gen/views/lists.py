"""The frozen shapes of what stands in a list of many: sessions, speakers, key messages, sources."""

from __future__ import annotations

from msgspec import Struct

from site_gen.markup import BodyView
from site_gen.text import Span
from site_gen.views.shapes import Card, KeyMessageView, LabelledLink, Person, Times


class Group(Struct, frozen=True):
    """Cards under one heading; ``round`` is 0 where the group is no round."""

    title: Span
    href: str
    times: Times | None
    day_label: str
    round: int
    cards: tuple[Card, ...]


class DayLines(Struct, frozen=True):
    """Sessions of one day, each a line; ``label`` is empty where there is one day."""

    label: str
    lines: tuple[Card, ...]


class ShelfView(Struct, frozen=True):
    """Sessions of one theme, or with one first letter; ``id`` is its anchor."""

    id: str
    label: Span
    days: tuple[DayLines, ...]


class CountedLink(Struct, frozen=True):
    """A link to a part of a list, with how much stands there."""

    label: Span
    href: str
    count: int


class SpeakerEntry(Struct, frozen=True):
    """A speaker in the list, with the sessions they take part in.

    ``anchor`` is set on the first of each letter, in a list that is spread over pages.
    """

    anchor: str
    person: Person
    sessions: tuple[LabelledLink, ...]


class MessageGroup(Struct, frozen=True):
    """The key messages of one session."""

    title: Span
    href: str
    round: int
    times: Times | None
    messages: tuple[KeyMessageView, ...]


class SourceView(Struct, frozen=True):
    """A source in full; ``anchor`` is its id on the page, ``status_date`` is ready to read.

    ``old_anchors`` are ids that it had before.
    """

    anchor: str
    old_anchors: tuple[str, ...]
    title: Span
    kind_label: str
    addresses: tuple[LabelledLink, ...]
    status: Span | None
    status_date: str
    body: BodyView | None
    referrers: tuple[LabelledLink, ...]


class SourceGroup(Struct, frozen=True):
    """The sources of one kind."""

    id: str
    label: str
    sources: tuple[SourceView, ...]

"""The frozen shapes of what stands in a list of many: sessions, speakers, key messages, sources."""

from __future__ import annotations

from dataclasses import dataclass

from site_gen.markup import BodyView
from site_gen.text import Span
from site_gen.views.shapes import Card, KeyMessageView, LabelledLink, Person, Times


@dataclass(frozen=True, slots=True)
class Group:
    """Cards under one heading; ``round`` is 0 where the group is no round."""

    title: Span
    href: str
    times: Times | None
    day_label: str
    round: int
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class DayLines:
    """Sessions of one day, each a line; ``label`` is empty where there is one day."""

    label: str
    lines: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ShelfView:
    """Sessions of one theme, or with one first letter; ``id`` is its anchor."""

    id: str
    label: Span
    days: tuple[DayLines, ...]


@dataclass(frozen=True, slots=True)
class CountedLink:
    """A link to a part of a list, with how much stands there."""

    label: Span
    href: str
    count: int


@dataclass(frozen=True, slots=True)
class SpeakerEntry:
    """A speaker in the list, with the sessions they take part in.

    ``anchor`` is set on the first of each letter, in a list that is spread over pages.
    """

    anchor: str
    person: Person
    sessions: tuple[LabelledLink, ...]


@dataclass(frozen=True, slots=True)
class MessageGroup:
    """The key messages of one session."""

    title: Span
    href: str
    round: int
    times: Times | None
    messages: tuple[KeyMessageView, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
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


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """The sources of one kind."""

    id: str
    label: str
    sources: tuple[SourceView, ...]

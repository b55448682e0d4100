"""Programmes too large for one page: what is left out of it, and how it is split in parts.

The limits are numbers of sessions, people and messages at which a page comes near the weight that a
phone with bad wifi can bear (see ``tests/browser/test_budget.py``). A conference of one day stays
below all of them, and has every list on one page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count
from typing import TypeVar

from msgspec import Struct

from site_gen.kinds import suggest_slug
from site_gen.model import Conference, Entry, Session, Slot, Speaker
from site_gen.schedule import Held, Timetable, entries
from site_gen.words import initial, name_order, plain

T = TypeVar("T")

FULL_GRID = 80
"""Sessions that a day shows in full; above it each is a line."""
LARGEST_GRID = 300
FULL_LIST = 60
"""Sessions that a list shows in full, in time order; above it each is a line, below its theme."""
LARGEST_LIST = 120
MOST_SPEAKERS = 150
MOST_MESSAGES = 100
MOST_DESCRIBED = 60
"""Sessions that a page describes to machines; each page of a session describes itself."""
MOST_BESIDE = 12
"""Sessions at the same time that a page shows in full; above it each is a line."""
MOST_LINES_BESIDE = 60
"""Above so many of these, a page leads to where they all stand: each lists all others else."""
MOST_HALLS = 6
"""Buildings or themes that have columns of their own on a wide screen."""


class Shelf(Struct, frozen=True):
    """Sessions of one theme, or with one first letter; ``key`` names it in an address."""

    key: str
    label: str
    held: Sequence[Held]


class Parts(Struct, frozen=True, dict=True):  # dict: for what it works out once
    """The grids and lists of a conference, each as the parts that make its pages, in order."""

    conf: Conference
    timetable: Timetable

    @cached_property
    def grids(self) -> Mapping[int, Sequence[Sequence[Slot]]]:
        """The parts of each day's grid, by the day's number; nearly always there is one."""
        return {day.number: _grid(day.slots) for day in self.conf.days}

    @cached_property
    def grid_of(self) -> Mapping[str, int]:
        """The part of its day in which each slot stands."""
        return {
            slot.key: part
            for grid in self.grids.values()
            for part, slots in enumerate(grid)
            for slot in slots
        }

    @cached_property
    def sessions(self) -> Sequence[Sequence[Shelf]]:
        """The parts of the list of sessions; none while it is in time order, on one page."""
        held = list(entries(self.conf))
        if len(held) <= FULL_LIST:
            return ()
        shelves = list(_named(_shelves(held)))
        return split(shelves, lambda shelf: len(shelf.held), LARGEST_LIST)

    @cached_property
    def are_by_theme(self) -> bool:
        """Whether the list of sessions is in the order of their themes."""
        return bool(self.sessions) and any(e.session.themes for _, _, e in entries(self.conf))

    @cached_property
    def speakers(self) -> Sequence[Sequence[Speaker]]:
        """The parts of the list of speakers, by surname."""
        in_order = sorted(self.conf.speakers.values(), key=lambda s: name_order(s.name))
        return split(in_order, lambda _speaker: 1, MOST_SPEAKERS)

    @cached_property
    def letters(self) -> Mapping[str, tuple[str, int]]:
        """Of a list in several parts: the first speaker of each letter, by slug, and the part."""
        found: dict[str, tuple[str, int]] = {}
        for part, speakers in enumerate(self.speakers if len(self.speakers) > 1 else ()):
            for speaker in speakers:
                found.setdefault(initial(name_order(speaker.name)[0]), (speaker.slug, part))
        return found

    @cached_property
    def in_order(self) -> Sequence[Session]:
        """All sessions by their first time; those not in the programme come last."""

        def first_time(session: Session) -> tuple[int, int]:
            held = self.timetable.held(session)
            return (0, held[0][2].begin) if held else (1, 0)

        return sorted(self.conf.sessions.values(), key=first_time)

    @cached_property
    def messages(self) -> Sequence[Sequence[Session]]:
        """The parts of the list of key messages: the sessions that have any, in time order."""
        told = [session for session in self.in_order if session.key_messages]
        return split(told, lambda session: len(session.key_messages), MOST_MESSAGES)

    @cached_property
    def messages_of(self) -> Mapping[str, int]:
        """The part in which the key messages of each session stand."""
        return {
            session.slug: part
            for part, sessions in enumerate(self.messages)
            for session in sessions
        }


def split(items: Sequence[T], size: Callable[[T], int], most: int) -> list[list[T]]:
    """Split items, in order, in as few parts as hold ``most`` each, about equally filled.

    There is always one. An item that is larger than that is a part by itself.
    """
    total = sum(map(size, items))
    even = total / max(1, -(-total // most))
    parts: list[list[T]] = [[]]
    done = 0
    for item in items:
        if parts[-1] and done + size(item) / 2 > even * len(parts):
            parts.append([])
        parts[-1].append(item)
        done += size(item)
    return parts


class Halls(Struct, frozen=True):
    """What the sessions of a large day stand below: their building or their theme.

    A few stand side by side where there is room for it, each in its own column all day. With too
    many for that (``columns`` is empty) a row has those that it needs.
    """

    of: Callable[[Entry], str]
    columns: Sequence[str]

    def at(self, slot: Slot) -> Sequence[str]:
        """Return the halls of a row, by name; what is in none comes last."""
        return self.columns or _by_name({self.of(entry) for entry in slot.entries})


def halls(slots: Sequence[Slot]) -> Halls:
    """Return the halls of a day; where it has neither buildings nor themes there is one."""
    named = [
        (of, {of(entry) for slot in slots for entry in slot.entries}) for of in (_building, _theme)
    ]
    for of, names in named:
        if 2 <= len(names - {""}) <= MOST_HALLS:
            return Halls(of, _by_name(names))
    for of, names in named:
        if len(names - {""}) > MOST_HALLS:
            return Halls(of, ())
    return Halls(lambda _entry: "", ("",))


def _by_name(names: Iterable[str]) -> Sequence[str]:
    return sorted(names, key=lambda name: (not name, plain(name)))


def _building(entry: Entry) -> str:
    return entry.room.building if entry.room else ""


def _theme(entry: Entry) -> str:
    return next(iter(entry.session.themes), "")


def held_in(slots: Iterable[Slot]) -> int:
    """Return how many sessions stand in these slots."""
    return sum(len(slot.entries) for slot in slots)


def _grid(slots: Sequence[Slot]) -> list[list[Slot]]:
    return split(slots, lambda slot: len(slot.entries), LARGEST_GRID)


def _shelves(held: Sequence[Held]) -> list[tuple[str, Sequence[Held]]]:
    """Return the sessions by theme, in each of its themes; without any themes by first letter.

    What has no theme comes last, below no label.
    """
    by_theme = _by(held, lambda session: session.themes or ("",))
    if list(by_theme) == [""]:
        by_letter = _by(held, lambda session: (initial(session.title.spans[0].text),))
        return sorted(by_letter.items())
    return sorted(by_theme.items(), key=lambda found: (not found[0], plain(found[0])))


def _by(held: Sequence[Held], labels: Callable[[Session], Sequence[str]]) -> dict[str, list[Held]]:
    by_label: dict[str, list[Held]] = {}
    for found in held:
        for label in labels(found[2].session):
            by_label.setdefault(label, []).append(found)
    return by_label


def _named(shelves: Sequence[tuple[str, Sequence[Held]]]) -> Iterator[Shelf]:
    """Give each shelf a key of its own, and cut one that is too long for a page."""
    taken: set[str] = set()
    for label, held in shelves:
        base = suggest_slug(label) or "rest"
        for piece in split(held, lambda _held: 1, LARGEST_LIST):
            names = (base if n == 1 else f"{base}-{n}" for n in count(1))
            key = next(name for name in names if name not in taken)
            taken.add(key)
            yield Shelf(key, label, piece)

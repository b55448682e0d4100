"""Pages that list every session: all of them, by time or by theme, and my programme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from site_gen.model import Day, Slot
from site_gen.text import Span
from site_gen.views.cards import card, day_label, line, slot_path, slot_title, times
from site_gen.views.contexts import MyProgrammePage, SessionsPage
from site_gen.views.finding import finder, words_finder
from site_gen.views.lists import CountedLink, DayLines, Group, ShelfView
from site_gen.views.opening import beside, opening, part_title
from site_gen.views.parts import Shelf
from site_gen.views.site import Spot, choices_key


def sessions_page(spot: Spot) -> SessionsPage:
    """Return all sessions, slot by slot; many are lines by theme, here or on the pages below it."""
    around, title, intro = opening(spot, "sessions")
    parts = spot.site.parts.sessions
    slots = [slot for day in spot.site.conf.days for slot in day.slots]
    return SessionsPage(
        frame=around,
        title=title,
        intro=intro,
        finder=finder(spot, slots) if len(parts) < 2 else words_finder(spot),
        groups=() if parts else groups(spot),
        contents=tuple(link for part in range(len(parts)) for link in _contents(spot, part)),
        shelves=tuple(_shelf(spot, shelf) for shelf in parts[0]) if len(parts) == 1 else (),
        previous=None,
        next=None,
    )


def sessions_part_page(spot: Spot, *, part: int) -> SessionsPage:
    """Return one of the pages over which the list of sessions is spread, from 0."""
    parts = spot.site.parts.sessions
    titles = [spot.words["sessions_title"], *(_part_title(spot, shelves) for shelves in parts)]
    number = part + 1  # the page of all sessions, which has only contents, comes first
    around, title, _ = opening(spot, "sessions", titles[number])
    previous, following = beside(spot, "sessions", number, titles)
    return SessionsPage(
        frame=around,
        title=title,
        intro=None,
        finder=words_finder(spot),
        groups=(),
        contents=tuple(_contents(spot, part)),
        shelves=tuple(_shelf(spot, shelf) for shelf in parts[part]),
        previous=previous,
        next=following,
    )


def _part_title(spot: Spot, shelves: Sequence[Shelf]) -> str:
    first, last = (_label(spot, shelf).text for shelf in (shelves[0], shelves[-1]))
    return part_title(spot, "sessions", first, last)


def _contents(spot: Spot, part: int) -> Iterator[CountedLink]:
    path = spot.site.sessions_path(spot.lang, part)
    for shelf in spot.site.parts.sessions[part]:
        yield CountedLink(_label(spot, shelf), spot.to(path, _anchor(shelf)), len(shelf.held))


def _label(spot: Spot, shelf: Shelf) -> Span:
    if shelf.label:
        return Span(shelf.label, spot.site.urls.main)
    return Span(spot.words["sessions_rest"], spot.lang)


def _anchor(shelf: Shelf) -> str:
    return f"site-{shelf.key}"


def _shelf(spot: Spot, shelf: Shelf) -> ShelfView:
    several = spot.site.several_days
    return ShelfView(
        id=_anchor(shelf),
        label=_label(spot, shelf),
        days=tuple(
            DayLines(
                day_label(spot, day) if several else "",
                tuple(line(card(spot, slot, entry)) for _, slot, entry in held),
            )
            for day, held in groupby(shelf.held, key=lambda found: found[0])
        ),
    )


def my_programme_page(spot: Spot) -> MyProgrammePage:
    """Return the page of a visitor's own choice, with all there is to choose from."""
    site = spot.site
    around, title, intro = opening(spot, "my_programme")
    return MyProgrammePage(
        frame=around,
        title=title,
        intro=intro,
        groups=() if site.parts.sessions else groups(spot),
        data=spot.to_asset(choices_key(spot.lang)),
        dated=site.has_calendars,
        sessions=spot.to(site.urls.own(spot.lang, "sessions")),
    )


def groups(spot: Spot) -> tuple[Group, ...]:
    """Return all sessions in time order, slot by slot."""
    return tuple(
        _group(spot, day, slot) for day in spot.site.conf.days for slot in day.slots if slot.entries
    )


def _group(spot: Spot, day: Day, slot: Slot) -> Group:
    return Group(
        title=slot_title(spot, slot),
        href=spot.to(*slot_path(spot, day, slot)),
        times=times(spot, slot.begin, slot.end),
        day_label=day_label(spot, day) if spot.site.several_days else "",
        round=slot.round or 0,
        cards=tuple(card(spot, slot, entry) for entry in slot.entries),
    )

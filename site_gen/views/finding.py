"""Finding sessions on a page that shows them: what there is to filter by, and the form for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_gen.model import Entry, Slot
from site_gen.text import Span
from site_gen.views.frames import NavLink
from site_gen.views.shapes import Choice, Filter, Finder
from site_gen.views.site import ENGINE, Spot, texts_key

DAYS = "site-days"
"""The anchor of the links to the other pages of the grid: with many sessions, no page has all."""
_DAYS = f"#{DAYS}"
SLUG = "SLUG"
"""What stands for the slug in the address of any session; a slug has no capitals."""
OTHERS = ("speakers", "key_messages", "sources")
FILTERS = ("round", "theme", "kind", "language")


def finder(spot: Spot, shown: Iterable[Slot]) -> Finder | None:
    """Return the form that finds among the sessions of these slots, if there are any.

    What they all have in common is nothing to filter by.
    """
    slots = [slot for slot in shown if slot.entries]
    if not slots:
        return None
    filters = tuple(found for found in _filters(spot, slots) if len(found.choices) > 1)
    elsewhere = _elsewhere(spot)
    return _finder(spot, filters, elsewhere, no_page_has_all=elsewhere == _DAYS)


def words_finder(spot: Spot) -> Finder:
    """Return the form of a list of sessions in parts: it finds by words alone, in all of them."""
    return _finder(spot, (), "", no_page_has_all=True)


def _finder(
    spot: Spot, filters: tuple[Filter, ...], elsewhere: str, *, no_page_has_all: bool
) -> Finder:
    urls, lang = spot.site.urls, spot.lang
    return Finder(
        filters=filters,
        texts=spot.to_asset(texts_key(lang)),
        engine=spot.to_asset(ENGINE) if spot.has_asset(ENGINE) else "",
        elsewhere=elsewhere,
        session_page=spot.to(urls.below(lang, "sessions", SLUG)) if no_page_has_all else "",
        others=tuple(
            NavLink(Span(spot.words[f"nav_{word}"], lang), spot.to(urls.own(lang, word)))
            for word in OTHERS
        ),
    )


def _elsewhere(spot: Spot) -> str:
    """Return where to look on from a page with a part of the programme."""
    parts, sessions = spot.site.parts, spot.site.urls.own(spot.lang, "sessions")
    if spot.path == sessions or sum(map(len, parts.grids.values())) < 2:
        return ""
    return spot.to(sessions) if len(parts.sessions) < 2 else _DAYS


def facets(spot: Spot, slot: Slot, entry: Entry) -> tuple[str, ...]:
    """Return what an entry is found by, each as ``filter:value`` in the words of addresses."""
    names = spot.words.section("query")
    return tuple(f"{names[key]}:{choice.value}" for key, choice in _choices(spot, slot, entry))


def _filters(spot: Spot, slots: Iterable[Slot]) -> Iterator[Filter]:
    found: dict[str, dict[str, Choice]] = {key: {} for key in FILTERS}
    for slot in slots:
        for entry in slot.entries:
            for key, choice in _choices(spot, slot, entry):
                found[key].setdefault(choice.value, choice)
    names, words = spot.words.section("query"), spot.words
    for key, choices in found.items():
        in_order = list(choices.values())
        if key != "round":  # rounds are in the order of time
            in_order.sort(key=lambda choice: choice.label.text.casefold())
        yield Filter(names[key], words[f"find_{key}"], words[f"find_{key}_all"], tuple(in_order))


def _choices(spot: Spot, slot: Slot, entry: Entry) -> Iterator[tuple[str, Choice]]:
    session, lang = entry.session, spot.lang
    if slot.round is not None:
        label = spot.words.fmt("round_number", number=slot.round)
        yield "round", Choice(str(slot.round), Span(label, lang))
    for theme in session.themes:
        value = "_".join(theme.split())  # facets have spaces between them
        yield "theme", Choice(value, Span(theme, spot.site.urls.main))
    label = spot.words.section("session_kinds")[session.kind]
    yield "kind", Choice(session.kind, Span(label, lang))
    if session.language:
        yield "language", Choice(session.language, spot.language_name(session.language))

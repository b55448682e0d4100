"""The page of a session."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from site_gen.anchors import mentions
from site_gen.model import Day, Entry, Session, Slot
from site_gen.schedule import Held
from site_gen.text import Span
from site_gen.urls import collected_key_message, key_message
from site_gen.views.cards import (
    card,
    day_label,
    line,
    person,
    slot_path,
    slot_title,
    status_label,
    times,
)
from site_gen.views.contexts import SessionPage
from site_gen.views.framing import frame
from site_gen.views.parts import MOST_BESIDE, MOST_LINES_BESIDE
from site_gen.views.records import session_link, web_links
from site_gen.views.shapes import (
    Card,
    CitationView,
    KeyMessageView,
    LabelledLink,
    Occurrence,
)
from site_gen.views.site import Spot


def session_page(spot: Spot, *, session: Session) -> SessionPage:
    """Return a session in full."""
    title = session.title.of(spot.lang)
    held = spot.site.timetable.held(session)
    previous, following = spot.site.timetable.beside(session)
    others = _others(session, held)
    siblings = _cards(spot, others) if len(others) <= MOST_LINES_BESIDE else ()
    in_lines = len(siblings) > MOST_BESIDE
    anchors = tuple(a for _, a, in_text in mentions(session, spot.lang) if in_text)
    return SessionPage(
        frame=frame(
            spot,
            "session",
            title.text,
            _description(spot, session),
            untranslated=spot.lang not in session.languages,
        ),
        slug=session.slug,
        title=title,
        subtitle=spot.text(session.subtitle),
        summary=spot.text(session.summary),
        kind_label=spot.words.section("session_kinds")[session.kind],
        status=session.status,
        status_label=status_label(spot, session.status),
        language=spot.language_name(session.language) if session.language else None,
        themes=tuple(Span(theme, spot.site.urls.main) for theme in session.themes),
        occurrences=tuple(_occurrence(spot, *found) for found in held),
        calendar=_calendar(spot, session, held),
        people=tuple(person(spot, speaker) for speaker in session.speakers),
        organised_by=tuple(text.of(spot.lang) for text in session.organised_by),
        organisations=tuple(text.of(spot.lang) for text in session.organisations),
        body=spot.body(session.body.of(spot.lang), anchors=anchors),
        key_messages=key_messages(spot, session),
        citations=_citations(spot, session),
        links=web_links(spot, session.links),
        siblings=() if in_lines else siblings,
        beside=tuple(map(line, siblings)) if in_lines else (),
        all_beside=_all_beside(spot, *held[0]) if len(others) > MOST_LINES_BESIDE else None,
        previous=session_link(spot, previous) if previous else None,
        next=session_link(spot, following) if following else None,
    )


def key_messages(spot: Spot, session: Session) -> tuple[KeyMessageView, ...]:
    """Return a session's key messages, with their anchor here and their address among all."""
    collected = spot.site.messages_path(spot.lang, session.slug)
    return tuple(
        KeyMessageView(
            key_message(message.id),
            message.text.of(spot.lang),
            spot.to(collected, collected_key_message(session.slug, message.id)),
        )
        for message in session.key_messages
    )


def _description(spot: Spot, session: Session) -> str:
    if session.summary:
        return session.summary.of(spot.lang).text
    held = spot.site.timetable.held(session)
    when = ", ".join(times(spot, entry.begin, entry.end).text for _, _, entry in held)
    title = session.title.of(spot.lang).text
    return spot.words.fmt("session_description", title=title, times=when) if when else title


def _occurrence(spot: Spot, day: Day, slot: Slot, entry: Entry) -> Occurrence:
    return Occurrence(
        slot_label=slot_title(spot, slot),
        slot_href=spot.to(*slot_path(spot, day, slot)),
        day_label=day_label(spot, day),
        round=slot.round or 0,
        times=times(spot, entry.begin, entry.end),
        room=entry.room.name if entry.room else "",
        status=entry.status,
        status_label=status_label(spot, entry.status),
        moved_to=spot.text(entry.moved_to),
    )


def _calendar(spot: Spot, session: Session, held: Sequence[Held]) -> str:
    """Return the link to a session's calendar, unless it is not held, or held no more."""
    if all(entry.status == "vervallen" for _, _, entry in held):
        return ""
    return spot.calendar(spot.site.urls.session_calendar(spot.lang, session.slug))


def _citations(spot: Spot, session: Session) -> tuple[CitationView, ...]:
    """Return each source once; one that the text does not link to gets its anchor here."""
    found: dict[str, list[tuple[str, bool]]] = {}
    for slug, anchor, in_text in mentions(session, spot.lang):
        found.setdefault(slug, []).append((anchor, in_text))
    return tuple(_citation(spot, slug, places) for slug, places in found.items())


def _citation(spot: Spot, slug: str, places: list[tuple[str, bool]]) -> CitationView:
    source = spot.site.conf.sources[slug]
    in_text = tuple(anchor for anchor, is_link in places if is_link)
    return CitationView(
        title=source.title.of(spot.lang),
        kind_label=spot.words.section("source_kind")[source.kind],
        href=spot.to(spot.site.urls.own(spot.lang, "sources"), slug),
        anchor="" if in_text else places[0][0],
        mentions=in_text,
    )


def _others(session: Session, held: Sequence[Held]) -> list[tuple[Slot, Entry]]:
    """Return what else is on at the first time."""
    return [
        (slot, entry)
        for _, slot, _ in held[:1]
        for entry in slot.entries
        if entry.session.slug != session.slug
    ]


def _cards(spot: Spot, others: Sequence[tuple[Slot, Entry]]) -> tuple[Card, ...]:
    """Return these, the same cards for each session that they are beside."""
    return tuple(
        spot.shared(("sibling", entry.session.slug, entry.number), partial(card, spot, slot, entry))
        for slot, entry in others
    )


def _all_beside(spot: Spot, day: Day, slot: Slot, _: Entry) -> LabelledLink:
    label = spot.words.fmt("siblings_all", count=len(slot.entries))
    return LabelledLink(Span(label, spot.lang), spot.to(*slot_path(spot, day, slot)))

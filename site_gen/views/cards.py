"""Sessions, slots and speakers as they appear in grids and lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from site_gen.model import Day, Entry, Slot, Speaker
from site_gen.schedule import moment
from site_gen.text import Span
from site_gen.views.finding import facets
from site_gen.views.parts import Halls
from site_gen.views.shapes import Card, HallView, Image, Person, SlotView, Times
from site_gen.views.site import Spot
from site_gen.words import initials


def times(spot: Spot, begin: int, end: int | None) -> Times:
    """Return a stretch of time, ready to read and for machines."""
    words = spot.words
    return spot.everywhere(
        ("times", begin, end),
        lambda: Times(
            text=words.times(begin, end),
            begin=words.clock(begin),
            end="" if end is None else words.clock(end),
            begin_machine=_machine(spot, begin),
            end_machine="" if end is None else _machine(spot, end),
        ),
    )


def _machine(spot: Spot, minute: int) -> str:
    at = moment(spot.site.conf.event, minute)
    if at is not None:
        return at.isoformat(timespec="minutes")
    hours, minutes = divmod(minute % (24 * 60), 60)
    return f"{hours:02}:{minutes:02}"


def day_label(spot: Spot, day: Day) -> str:
    """Return how a day is called: its date, its number, or nothing where it is the only one."""
    if day.date:
        return spot.words.date(day.date)
    numbered = spot.site.several_days
    return spot.words.fmt("day_number", number=day.number) if numbered else ""


def person(spot: Spot, speaker: Speaker) -> Person:
    """Return a speaker where named."""
    path = spot.site.urls.below(spot.lang, "speakers", speaker.slug)

    def make() -> Person:
        return Person(
            name=speaker.name,
            href=spot.to(path),
            initials=initials(speaker.name),
            photo=_photo(spot, speaker),
            role=spot.text(speaker.role),
            organisation=spot.text(speaker.organisation),
        )

    return make() if path == spot.path else spot.shared(("person", speaker.slug), make)


def _photo(spot: Spot, speaker: Speaker) -> Image | None:
    if speaker.photo is None:
        return None
    asset = spot.asset(speaker.photo.asset)
    alt = speaker.photo.alt.of(spot.lang)
    return Image(spot.to(asset.path), alt, asset.width, asset.height)


def card(spot: Spot, slot: Slot, entry: Entry) -> Card:
    """Return a session as held at one time."""
    key = ("card", entry.session.slug, entry.number)
    return replace(
        spot.everywhere(key, partial(_unlinked, spot, slot, entry)),
        href=spot.to(spot.site.urls.below(spot.lang, "sessions", entry.session.slug)),
        people=tuple(person(spot, speaker) for speaker in entry.session.speakers),
    )


def _unlinked(spot: Spot, slot: Slot, entry: Entry) -> Card:
    """Return what any page shows of a session as held at one time."""
    session = entry.session
    return Card(
        id=f"site-{session.slug}-{entry.number}",
        slug=session.slug,
        facets=facets(spot, slot, entry),
        title=session.title.of(spot.lang),
        subtitle=spot.text(session.subtitle),
        href="",
        summary=spot.text(session.summary),
        kind_label=spot.words.section("session_kinds")[session.kind],
        times=times(spot, entry.begin, entry.end),
        own_time=(entry.begin, entry.end) != (slot.begin, slot.end),
        room=entry.room.name if entry.room else "",
        status=entry.status,
        status_label=status_label(spot, entry.status),
        moved_to=spot.text(entry.moved_to),
        people=(),
        organised_by=tuple(text.of(spot.lang) for text in session.organised_by),
        organisations=tuple(text.of(spot.lang) for text in session.organisations),
        round=slot.round or 0,
    )


def status_label(spot: Spot, status: str) -> str:
    """Return the words of a status; as planned goes without saying."""
    return "" if status == "gepland" else spot.words.section("statuses")[status]


def slot_title(spot: Spot, slot: Slot) -> Span:
    """Return a slot's title: its own, its only session's, or the word for its kind."""
    if slot.title:
        return slot.title.of(spot.lang)
    if slot.round is not None:
        return Span(spot.words.fmt("round_title", number=slot.round), spot.lang)
    if len(slot.entries) == 1:
        return slot.entries[0].session.title.of(spot.lang)
    return Span(spot.words.section("slot_kinds")[slot.kind], spot.lang)


def slot_id(slot: Slot) -> str:
    """Return the id of a slot's row in the grid."""
    return f"site-{slot.key}"


def line(card: Card) -> Card:
    """Return a session with what fits on a line: what it is, where, and until when."""
    return replace(card, subtitle=None, summary=None, people=(), organised_by=(), organisations=())


def slot_view(spot: Spot, day: Day, slot: Slot, below: Halls | None) -> SlotView:
    """Return a row of the grid; with halls, parallel sessions are lines below these."""
    in_lines = below is not None and (slot.kind == "sessies" or len(slot.entries) > 1)
    cards = tuple(card(spot, slot, entry) for entry in slot.entries)
    return SlotView(
        id=slot_id(slot),
        kind=slot.kind,
        kind_label=spot.words.section("slot_kinds")[slot.kind],
        round=slot.round or 0,
        href=_round_href(spot, day, slot),
        title=_count(spot, slot) if in_lines and not slot.title else slot_title(spot, slot),
        named=_is_named(slot, in_lines=in_lines),
        note=spot.text(slot.note),
        times=times(spot, slot.begin, slot.end),
        cards=cards,
        halls=tuple(_halls(spot, slot, cards, below)) if below and in_lines else (),
        columns=len(below.columns) if below and in_lines else 0,
    )


def _count(spot: Spot, slot: Slot) -> Span:
    return Span(spot.words.count(len(slot.entries)), spot.lang)


def _is_named(slot: Slot, *, in_lines: bool) -> bool:
    """Tell whether a title says more than what anybody sees: that here are sessions."""
    if slot.title or slot.round is not None or slot.kind != "sessies":
        return True
    return len(slot.entries) == 1 and not in_lines


def _halls(spot: Spot, slot: Slot, cards: Sequence[Card], below: Halls) -> Iterator[HallView]:
    held = [(below.of(entry), line(card)) for entry, card in zip(slot.entries, cards, strict=True)]
    for name in below.at(slot):
        lines = tuple(each for hall, each in held if hall == name)
        yield HallView(Span(name, spot.site.urls.main), lines)


def _round_href(spot: Spot, day: Day, slot: Slot) -> str:
    return "" if slot.round is None else spot.to(slot_path(spot, day, slot)[0])


def slot_path(spot: Spot, day: Day, slot: Slot) -> tuple[str, str]:
    """Return the path and anchor of a slot: its round's page, or its row in the grid."""
    if slot.round is not None:
        return spot.site.round_path(spot.lang, day, slot.round), ""
    return spot.site.grid_path(spot.lang, day, spot.site.parts.grid_of[slot.key]), slot_id(slot)

"""What "my programme" chooses from: one small file per language, read by its script.

Times are written twice: as read, and in minutes (see :mod:`site_gen.model`) to tell what clashes.
With a date there are moments too, in UTC as a calendar file writes them (RFC 5545, 3.3.5), so that
the browser needs no table of time zones. What is empty is left out. Links are those of the page.
"""

from __future__ import annotations

from datetime import UTC, datetime

from site_gen.assets import Asset
from site_gen.exports.scripts import data_script
from site_gen.facts import entry_guid, room_of, slot_guid, stamp
from site_gen.model import Day, Entry, Slot
from site_gen.schedule import moment
from site_gen.text import Span
from site_gen.views.cards import day_label, slot_path, slot_title, status_label
from site_gen.views.site import Site, Spot, choices_key

CHOICES = ("ronde", "sessies")

Json = dict[str, object]


def choices(site: Site) -> dict[str, Asset]:
    """Return the files by their key among the assets."""
    paths = {lang: site.urls.own(lang, "my_programme") for lang in site.languages}
    return {choices_key(lang): _file(Spot(site, lang, paths)) for lang in site.languages}


def _file(spot: Spot) -> Asset:
    return data_script(choices_key(spot.lang), "programme", _programme(spot))


def _programme(spot: Spot) -> Json:
    conf = spot.site.conf
    old = {
        address.text: session.slug
        for session in conf.sessions.values()
        for address in session.old_addresses
        if "/" not in address.text
    }
    return _filled(
        title=conf.event.title.of(spot.lang).text,
        place=conf.event.location,
        stamp=_utc(stamp(conf.event)),
        sequence=len(conf.event.changes),
        words=spot.words.section("my_programme"),
        old=old,
        days=[_day(spot, day) for day in conf.days],
    )


def _day(spot: Spot, day: Day) -> Json:
    label = day_label(spot, day) if spot.site.several_days else ""
    return _filled(label=label, slots=[_slot(spot, day, slot) for slot in day.slots])


def _slot(spot: Spot, day: Day, slot: Slot) -> Json:
    """Return a part of the day; ``only`` says that it is nothing but its one session."""
    title = slot_title(spot, slot)
    return _filled(
        kind=slot.kind,
        round=slot.round,
        choice=slot.kind in CHOICES,
        only=slot.round is None
        and [(e.begin, e.end, e.session.title.of(spot.lang)) for e in slot.entries]
        == [(slot.begin, slot.end, title)],
        href=spot.to(*slot_path(spot, day, slot)),
        uid=slot_guid(spot.site.conf.event, slot) if spot.site.has_calendars else "",
        entries=[_entry(spot, entry) for entry in slot.entries],
        **_titled(spot, title),
        **_when(spot, slot.begin, slot.end),
    )


def _entry(spot: Spot, entry: Entry) -> Json:
    session = entry.session
    moved = spot.text(entry.moved_to)
    return _filled(
        slug=session.slug,
        number=entry.number,
        href=spot.to(spot.site.urls.below(spot.lang, "sessions", session.slug)),
        uid=entry_guid(spot.site.conf.event, entry) if spot.site.has_calendars else "",
        room=entry.room.name if entry.room else "",
        where=room_of(entry, spot.lang) if spot.site.has_calendars else "",
        status="" if entry.status == "gepland" else entry.status,
        label=status_label(spot, entry.status),
        moved=moved.text if moved else "",
        **_titled(spot, session.title.of(spot.lang)),
        **_when(spot, entry.begin, entry.end),
    )


def _titled(spot: Spot, title: Span) -> Json:
    return {"title": title.text, "lang": title.lang if title.lang != spot.lang else ""}


def _when(spot: Spot, begin: int, end: int | None) -> Json:
    event, words = spot.site.conf.event, spot.words
    return {
        "from": begin,
        "to": end,
        "begin": words.clock(begin),
        "end": "" if end is None else words.clock(end),
        "time": words.times(begin, end),
        "starts": _utc(moment(event, begin)),
        "ends": "" if end is None else _utc(moment(event, end)),
    }


def _utc(at: datetime | None) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") if at else ""


def _filled(**values: object) -> Json:
    """Return what is there: a number, also 0, and whatever is not empty or false."""
    return {
        key: value
        for key, value in values.items()
        if value or (isinstance(value, int) and not isinstance(value, bool))
    }

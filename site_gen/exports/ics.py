"""Calendars (RFC 5545): of the programme, of each round and of each session, per language.

They exist once the event has a date. The same moment of the programme has the same ``UID`` in every
file and language, so a calendar that knows it already keeps one of it. No clock is read: the stamps
are those of the newest change of the programme, else of its first day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from site_gen.facts import entry_guid, room_of, slot_guid, stamp
from site_gen.model import Entry, Event, Slot
from site_gen.schedule import moment, zone
from site_gen.store import Store, digest
from site_gen.text import Text
from site_gen.urls import address
from site_gen.views.cards import slot_path, slot_title
from site_gen.views.site import Site, Spot

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

END = b"END:VCALENDAR\r\n"
REFRESH = timedelta(hours=1)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")  # of category Cc in Unicode
CANCELLED = "vervallen"
NOTES = {
    "concept": "draft_note",
    "vervallen": "cancelled_note",
    "vol": "full_note",
    "verplaatst": "moved_note",
}


class _Item(Struct, frozen=True):
    """What is written of one moment of the programme, as text of this language."""

    uid: str
    begin: int
    end: int | None
    title: str
    room: str
    description: str
    cancelled: bool
    path: str
    fragment: str


class _Writer(Struct, frozen=True):
    """Writes in one language; ``zone`` is the ``VTIMEZONE`` that every calendar holds.

    ``lines`` keeps the properties that were written: most stand in several calendars.
    """

    spot: Spot
    stamp: datetime
    zone: bytes
    store: Store
    lines: dict[tuple[str, object], bytes]

    @property
    def event(self) -> Event:
        """The conference itself."""
        return self.spot.site.conf.event

    def calendar(self, title: str, items: Iterable[bytes]) -> bytes:
        """Return a calendar; it is spliced, so that zone and items are written only once."""
        head = self._written(
            "VCALENDAR",
            ("version", "2.0"),
            ("prodid", f"-//site-gen//{self.event.id}//{self.spot.lang.upper()}"),
            ("method", "PUBLISH"),
            ("name", _line(title)),
            ("x-wr-calname", _line(title)),
            ("last-modified", self.stamp),
            ("refresh-interval", REFRESH),
        )
        return head.removesuffix(END) + self.zone + b"".join(items) + END

    def item(self, item: _Item) -> bytes:
        """Return a ``VEVENT``; without an end it has none."""
        where = ", ".join(part for part in (item.room, self.event.location) if part)
        base, fragment = self.spot.site.address, item.fragment and f"#{item.fragment}"
        return self._written(
            "VEVENT",
            ("summary", _line(item.title)),
            ("dtstart", moment(self.event, item.begin)),
            ("dtend", None if item.end is None else moment(self.event, item.end)),
            ("dtstamp", self.stamp),
            ("uid", _line(item.uid)),
            # Stamps may go back, from the day itself to a change before it; this number does not.
            ("sequence", len(self.event.changes)),
            ("description", _lines(item.description)),
            ("last-modified", self.stamp),
            ("location", _line(where)),
            ("status", "CANCELLED" if item.cancelled else "CONFIRMED"),
            ("url", address(base, item.path) + fragment if base else ""),
        )

    def _written(self, kind: str, *properties: tuple[str, object]) -> bytes:
        known = tuple(each for each in properties if each[1] not in ("", None))
        key = digest("calendar", kind, repr(known))
        return self.store.recall_once(key, partial(self._component, kind, known))

    def _component(self, kind: str, properties: Iterable[tuple[str, object]]) -> bytes:
        lines = b"".join(self._property(*each) for each in properties)
        return f"BEGIN:{kind}\r\n".encode() + lines + f"END:{kind}\r\n".encode()

    def _property(self, name: str, value: object) -> bytes:
        if (name, value) not in self.lines:
            self.lines[name, value] = _content_line(name, value)
        return self.lines[name, value]


def _content_line(name: str, value: object) -> bytes:
    """Have the library write a property; it takes long to load, and is not needed every time."""
    from icalendar import Component

    holder = Component()
    parameters = {"VALUE": "DURATION"} if isinstance(value, timedelta) else {}
    holder.add(name, value, parameters=parameters)
    text: bytes = holder.content_line(name.upper(), holder[name]).to_ical()
    return text + b"\r\n"


def calendars(site: Site, store: Store | None = None) -> dict[str, bytes]:
    """Return every calendar by its path; none while there is no date or no programme.

    What is in the ``store`` is not written again.
    """
    store = store or Store()
    event = site.conf.event
    tz, midnight, changed = zone(event.time_zone), moment(event, 0), stamp(event)
    last = moment(event, max((s.begin for day in site.conf.days for s in day.slots), default=0))
    if tz is None or midnight is None or last is None or changed is None or not site.has_calendars:
        return {}
    key = digest("time zone", tz.key, str(midnight), str(last))
    text = store.recall(key, lambda: _time_zone(tz, midnight, last))
    spots = (Spot(site, lang, {lang: site.urls.home(lang)}) for lang in site.languages)
    lines: dict[tuple[str, object], bytes] = {}
    writers = (_Writer(spot, changed, text, store, lines) for spot in spots)
    return {path: data for writer in writers for path, data in _files(writer)}


def _time_zone(tz: ZoneInfo, first: datetime, last: datetime) -> bytes:
    from site_gen.exports.zones import timezone

    text: bytes = timezone(tz, first, last).to_ical()
    return text


def _files(writer: _Writer) -> Iterator[tuple[str, bytes]]:
    """Yield every calendar of one language: the rounds, the sessions, the whole programme."""
    spot, lang = writer.spot, writer.spot.lang
    site, conf = spot.site, spot.site.conf
    programme: list[bytes] = []
    sessions: dict[str, list[bytes]] = {}
    for day in conf.days:
        for slot in day.slots:
            path = slot_path(spot, day, slot)
            held = [writer.item(_held(spot, slot, entry)) for entry in slot.entries]
            for entry, item in zip(slot.entries, held, strict=True):
                sessions.setdefault(entry.session.slug, []).append(item)
            around = [] if _is_its_session(spot, slot) else [writer.item(_slot(spot, slot, *path))]
            programme += around + held
            if slot.round is not None:
                key = site.round_key(day, slot.round)
                title = slot_title(spot, slot).text
                yield site.urls.round_calendar(lang, key), writer.calendar(title, around + held)
    for slug, items in sessions.items():
        title = conf.sessions[slug].title.of(lang).text
        yield site.urls.session_calendar(lang, slug), writer.calendar(title, items)
    yield site.urls.calendar(lang), writer.calendar(conf.event.title.of(lang).text, programme)


def _is_its_session(spot: Spot, slot: Slot) -> bool:
    """Tell whether a slot is no more than its one session: one item says it all, as in the grid."""
    if slot.round is not None or len(slot.entries) != 1:
        return False
    entry = slot.entries[0]
    same_time = (entry.begin, entry.end) == (slot.begin, slot.end)
    return same_time and slot_title(spot, slot) == entry.session.title.of(spot.lang)


def _slot(spot: Spot, slot: Slot, path: str, fragment: str) -> _Item:
    return _Item(
        uid=slot_guid(spot.site.conf.event, slot),
        begin=slot.begin,
        end=slot.end,
        title=slot_title(spot, slot).text,
        room="",
        description=_text(spot, slot.note),
        cancelled=False,
        path=path,
        fragment=fragment,
    )


def _held(spot: Spot, slot: Slot, entry: Entry) -> _Item:
    session = entry.session
    return _Item(
        uid=entry_guid(spot.site.conf.event, entry),
        begin=entry.begin,
        end=entry.end,
        title=session.title.of(spot.lang).text,
        room=room_of(entry, spot.lang),
        description="\n\n".join(part for part in _described(spot, slot, entry) if part),
        cancelled=entry.status == CANCELLED,
        path=spot.site.urls.below(spot.lang, "sessions", session.slug),
        fragment="",
    )


def _described(spot: Spot, slot: Slot, entry: Entry) -> Iterator[str]:
    """Yield what is different this time, what the session is about, and who speaks."""
    session, words = entry.session, spot.words
    yield words[NOTES[entry.status]] if entry.status in NOTES else ""
    yield _text(spot, session.summary or (slot.note if _is_its_session(spot, slot) else None))
    names = ", ".join(speaker.name for speaker in session.speakers)
    label = words["people" if len(session.speakers) > 1 else "people_one"]
    yield f"{label}: {names}" if names else ""


def _text(spot: Spot, text: Text | None) -> str:
    return text.of(spot.lang).text if text else ""


def _line(text: str) -> str:
    """Return a text on one line, without what no calendar may hold."""
    return _CONTROLS.sub("", " ".join(text.split()))


def _lines(text: str) -> str:
    return "\n".join(_line(line) for line in text.splitlines()).strip()

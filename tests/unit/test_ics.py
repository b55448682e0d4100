"""Calendars, read back by three libraries that share no code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from unicodedata import category
from uuid import NAMESPACE_URL, uuid5

import icalendar
import pytest
import support
import vobject
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from msgspec.structs import replace

from site_gen import pipeline
from site_gen.exports.ics import calendars
from site_gen.facts import entry_guid, slot_guid
from site_gen.model import Change, Conference, Day, Entry, Event, Origin, Slot
from site_gen.place import Place
from site_gen.schedule import exists, is_twofold, local, moment, zone
from site_gen.text import Span, Text
from site_gen.views.site import Site

HERE = Place("programma/01.yaml")


@dataclass(frozen=True)
class Read:
    """What a calendar program knows of one moment of the programme."""

    title: str
    begin: datetime
    end: datetime | None
    status: str
    where: str
    about: str


def by_icalendar(data: bytes) -> Iterator[tuple[str, Read]]:
    for e in icalendar.Calendar.from_ical(data).walk("VEVENT"):
        assert e.errors == []
        text = {name: str(e.get(name, "")) for name in ("summary", "location", "description")}
        end = e["dtend"].dt if "dtend" in e else None
        yield (
            str(e["uid"]),
            Read(text["summary"], e["dtstart"].dt, end, str(e["status"]), *_two(text)),
        )


def _two(text: Mapping[str, str]) -> tuple[str, str]:
    return text["location"], text["description"]


def by_vobject(data: bytes) -> Iterator[tuple[str, Read]]:
    """It takes the zone from the file, once it has forgotten that of the file before."""
    for name in re.findall(r"TZID:(.+)\r\n", data.decode()):
        vobject.icalendar.registerTzid(name, None)
    for e in vobject.readOne(data.decode()).vevent_list:
        known = {name: found[0].value for name, found in e.contents.items()}
        text = {name: known.get(name, "") for name in ("summary", "location", "description")}
        read = Read(
            text["summary"], known["dtstart"], known.get("dtend"), known["status"], *_two(text)
        )
        yield known["uid"], read


def by_ical(data: bytes) -> Iterator[tuple[str, Read]]:
    for e in IcsCalendarStream.calendar_from_ics(data.decode()).events:
        text = (e.location or "", e.description or "")
        yield str(e.uid), Read(e.summary or "", e.dtstart, e.dtend, e.status.value, *text)


READERS = (by_icalendar, by_vobject, by_ical)


def read(data: bytes) -> dict[str, Read]:
    """Return every moment by its id; the three have to agree."""
    found = []
    for reader in READERS:
        items = list(reader(data))
        assert len(items) == len(dict(items)), "an id is there twice"
        found.append(dict(items))
    assert found[0] == found[1] == found[2]
    return found[0]


def site(root=support.SEVERAL_DAYS, **event: object) -> Site:
    """Return the site of a root, with some of its event changed."""
    content, _ = pipeline.check(root)
    assert content is not None
    made = pipeline._site(content, {}, "")
    return changed(made, **event)


def changed(made: Site, **event: object) -> Site:
    conf = replace(made.conf, event=replace(made.conf.event, **event))
    return replace(made, conf=conf, address=conf.event.address)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return calendars(site())


# The programme


def test_every_calendar_of_the_contract_is_there(files: Mapping[str, bytes]) -> None:
    sessions = "dijk-en-dorp grondwater ijsselwandeling nachtwacht opening slotwoord stadsgesprek"
    slugs = [*sessions.split(), "sterren", "water-en-wet"]
    rounds = ["2026-10-23-1", "2026-10-24-1", "2026-10-24-2"]
    assert files.keys() == {
        "programma.ics",
        "en/programme.ics",
        *(f"sessies/{slug}/{slug}.ics" for slug in slugs),
        *(f"en/sessions/{slug}/{slug}.ics" for slug in slugs),
        *(f"rondes/{key}/ronde-{key}.ics" for key in rounds),
        *(f"en/rounds/{key}/round-{key}.ics" for key in rounds),
    }


def test_a_round_of_the_only_day_is_called_by_its_number() -> None:
    made = calendars(site(support.REAL, first_day=date(2026, 3, 26)))
    assert {"rondes/1/ronde-1.ics", "en/rounds/3/round-3.ics"} <= made.keys()


def test_programme_holds_breaks_and_sessions_and_says_each_once(files: Mapping[str, bytes]) -> None:
    found = sorted(read(files["programma.ics"]).values(), key=lambda r: (r.begin, r.title))
    assert [(r.begin.isoformat(), r.title) for r in found] == [
        ("2026-10-23T09:00:00+02:00", "Inloop met koffie"),
        ("2026-10-23T10:00:00+02:00", "Opening"),
        ("2026-10-23T11:00:00+02:00", "Dijk en dorp"),
        ("2026-10-23T11:00:00+02:00", "Grondwater"),
        ("2026-10-23T11:00:00+02:00", "Ronde 1"),
        ("2026-10-23T11:00:00+02:00", "Water en wet"),
        ("2026-10-23T12:00:00+02:00", "Lunch"),
        ("2026-10-23T12:15:00+02:00", "Wandeling langs de IJssel"),
        ("2026-10-23T23:00:00+02:00", "In de nacht"),
        ("2026-10-23T23:00:00+02:00", "Nachtwacht"),
        ("2026-10-24T00:30:00+02:00", "Sterren kijken"),
        ("2026-10-24T09:30:00+02:00", "Ronde 1"),
        ("2026-10-24T09:30:00+02:00", "Stadsgesprek"),
        ("2026-10-24T09:30:00+02:00", "Water en wet"),
        ("2026-10-24T11:00:00+02:00", "Keuzesessies na de koffie"),
        ("2026-10-24T11:00:00+02:00", "Stadsgesprek"),
        ("2026-10-25T01:00:00+02:00", "Soep voor wie nog wakker is"),
        ("2026-10-25T16:00:00+01:00", "Slotwoord"),
    ]


def test_session_and_round_say_the_same_as_the_programme(files: Mapping[str, bytes]) -> None:
    for programme, part in (("programma.ics", "nl"), ("en/programme.ics", "en")):
        whole = read(files[programme])
        for path, data in files.items():
            if path.startswith("en/") == (part == "en"):
                assert read(data).items() <= whole.items(), path


def test_languages_share_their_ids(files: Mapping[str, bytes]) -> None:
    dutch, english = read(files["programma.ics"]), read(files["en/programme.ics"])
    assert dutch.keys() == english.keys()
    assert {u: (r.begin, r.end, r.status) for u, r in dutch.items()} == {
        u: (r.begin, r.end, r.status) for u, r in english.items()
    }


def test_session_of_two_times_has_both(files: Mapping[str, bytes]) -> None:
    found = read(files["en/sessions/water-en-wet/water-en-wet.ics"]).values()
    assert [(r.title, r.where, r.about.partition("\n")[0]) for r in found] == [
        ("Water and law", "Kapel, Klooster, Zutphen", "Speaker: Ben de Wit"),
        ("Water and law", "Zaal 3, Zutphen", "This session is full."),
    ]


def test_cancelled_session_says_so_in_status_and_words(files: Mapping[str, bytes]) -> None:
    (found,) = read(files["sessies/grondwater/grondwater.ics"]).values()
    assert (found.status, found.about) == ("CANCELLED", "Deze sessie gaat niet door.")
    others = {r.status for r in read(files["programma.ics"]).values() if r.title != "Grondwater"}
    assert others == {"CONFIRMED"}


def test_moved_session_names_its_new_place(files: Mapping[str, bytes]) -> None:
    first, second = read(files["sessies/stadsgesprek/stadsgesprek.ics"]).values()
    assert (first.where, second.where) == ("Ronde 2, Kapel, Zutphen", "Kapel, Klooster, Zutphen")


def test_without_an_end_there_is_none(files: Mapping[str, bytes]) -> None:
    data = files["sessies/slotwoord/slotwoord.ics"]
    assert [r.end for r in read(data).values()] == [None]
    assert b"DTEND" not in data
    assert b"DURATION" not in data.replace(b"VALUE=DURATION", b"")


def test_url_needs_a_public_address(files: Mapping[str, bytes]) -> None:
    assert b"URL:https://stad-en-water.example.nl/2026/sessies/" in files["programma.ics"]
    for data in calendars(site(address="")).values():
        assert b"URL" not in data
        assert b"http" not in data


def test_without_a_date_there_is_no_calendar() -> None:
    assert calendars(site(first_day=None)) == {}


def test_without_a_programme_there_is_no_calendar() -> None:
    made = site()
    assert calendars(replace(made, conf=replace(made.conf, days=()))) == {}


# Ids


def test_ids_last() -> None:
    """Written out: whoever changes these doubles the programme in every calendar that has it."""
    conf = site().conf
    held = {(e.session.slug, e.number): e for d in conf.days for s in d.slots for e in s.entries}
    assert [entry_guid(conf.event, held["water-en-wet", number]) for number in (1, 2)] == [
        "bb220cb3-2ec5-525a-a0d8-5d5d2a9bcb56",
        "570f0f91-7606-58cb-a40b-e0c21ce60e41",
    ]
    assert str(uuid5(NAMESPACE_URL, "stad-en-water/water-en-wet")).startswith("bb220cb3")
    assert slot_guid(conf.event, conf.days[0].slots[0]) == "af14a009-e1de-5857-9605-d9fc326377b2"


def test_id_of_an_imported_session_is_its_own() -> None:
    conf = site().conf
    entry = conf.days[0].slots[1].entries[0]
    imported = replace(entry, session=replace(entry.session, origin=Origin(guid="abc")))
    assert entry_guid(conf.event, imported) == "abc"
    again = entry_guid(conf.event, replace(imported, number=2))
    assert again == str(uuid5(NAMESPACE_URL, "abc/2"))


# Stamps


def stamps(made: Site) -> set[bytes]:
    data = calendars(made)["programma.ics"]
    return set(re.findall(rb"(?:DTSTAMP|LAST-MODIFIED|SEQUENCE):(.+)\r\n", data))


def test_stamp_is_that_of_the_newest_change() -> None:
    text = Text((Span("Anders", "nl"),))
    told = ("2026-10-20T14:05", "2026-10-21T08:00", "2026-10-21")
    changes = tuple(Change(at, text, "", HERE) for at in told)
    assert stamps(site(changes=changes)) == {b"20261021T060000Z", b"3"}


def test_stamp_without_a_change_is_the_first_day() -> None:
    assert stamps(site(changes=())) == {b"20261022T220000Z", b"0"}


# Any programme


ZONES = ("Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=90)
STATUSES = ("gepland", "vol", "vervallen")


class Part(NamedTuple):
    """A timeslot as drawn: a break, a round or a session, with or without an end."""

    begin: int
    length: int | None
    is_round: bool
    statuses: list[str]
    title: str | None
    note: str
    session: str
    summary: str
    moved_to: str | None


class Drawn(NamedTuple):
    """A programme of one day as drawn."""

    first_day: date
    time_zone: str
    parts: list[Part]


PARTS = st.builds(
    Part,
    begin=st.integers(0, 3 * 1440),
    length=st.none() | st.integers(1, 600),
    is_round=st.booleans(),
    statuses=st.lists(st.sampled_from(STATUSES), max_size=2),
    title=st.none() | ANY_TEXT,
    note=ANY_TEXT,
    session=ANY_TEXT,
    summary=ANY_TEXT,
    moved_to=st.none() | ANY_TEXT,
)
PROGRAMMES = st.builds(
    Drawn,
    first_day=st.dates(date(2000, 1, 1), date(2037, 12, 31)),
    time_zone=st.sampled_from(ZONES),
    parts=st.lists(PARTS, min_size=1, max_size=4, unique_by=lambda part: part.begin),
)
ANY = site(languages=("nl",), location="Zutphen; bij de IJssel, 'links'\\rechts")


def text_of(words: str | None) -> Text | None:
    return None if words is None else Text((Span(words, "nl"),))


def slot(number: int, part: Part) -> Slot:
    about = {"title": text_of(part.session), "summary": text_of(part.summary)}
    session = replace(ANY.conf.sessions["opening"], slug=f"s{number}", **about)
    end = None if part.length is None else part.begin + part.length
    moved_to = text_of(part.moved_to)
    entries = [
        Entry(session, HERE, part.begin, end, session.room, status, moved_to, count)
        for count, status in enumerate(part.statuses, 1)
    ]
    return Slot(
        key=f"{number:02}",
        place=HERE,
        kind="ronde" if part.is_round else "pauze",
        begin=part.begin,
        end=end,
        round=number if part.is_round else None,
        title=text_of(part.title),
        note=text_of(part.note),
        entries=tuple(entries),
    )


def built(drawn: Drawn) -> Site:
    """Return the site of a programme, unless it has a time that no clock shows just once."""
    made = changed(ANY, first_day=drawn.first_day, time_zone=drawn.time_zone)
    slots = tuple(slot(number, part) for number, part in enumerate(sorted(drawn.parts), 1))
    held = {entry.session.slug: entry.session for each in slots for entry in each.entries}
    conf = replace(made.conf, days=(Day(1, drawn.first_day, slots),), sessions=held)
    assume(all(_is_on_the_clock(conf.event, minute) for minute in _minutes(conf)))
    return replace(made, conf=conf)


def _minutes(conf: Conference) -> Iterator[int]:
    for each in conf.days[0].slots:
        yield each.begin
        yield each.end or each.begin


def _is_on_the_clock(event: Event, minute: int) -> bool:
    """A time that the clock skips, or shows twice, is refused before there is a calendar."""
    tz = zone(event.time_zone)
    assert tz is not None
    assert event.first_day is not None
    wall = local(event.first_day, minute)
    return exists(wall, tz) and not is_twofold(wall, tz)


def seen(text: str) -> str:
    """Return a text as a calendar shows it: on one line, without control characters."""
    return "".join(c for c in " ".join(text.split()) if category(c) != "Cc")


@settings(max_examples=120)
@given(PROGRAMMES)
def test_any_programme_is_read_as_it_is(drawn: Drawn) -> None:
    made = built(drawn)
    conf = made.conf
    expected = {}
    for each in conf.days[0].slots:
        for entry in each.entries:
            title = entry.session.title.of("nl").text
            status = "CANCELLED" if entry.status == "vervallen" else "CONFIRMED"
            expected[entry_guid(conf.event, entry)] = (*_when(conf, entry), seen(title), status)
    found = read(calendars(made)["programma.ics"])
    assert (
        expected.items()
        <= {uid: (r.begin, r.end, r.title, r.status) for uid, r in found.items()}.items()
    )
    told = {(r.begin, r.end) for r in found.values()}
    assert {_when(conf, each) for each in conf.days[0].slots} == told


def _when(conf: Conference, held: Slot | Entry) -> tuple[datetime | None, datetime | None]:
    end = None if held.end is None else moment(conf.event, held.end)
    return moment(conf.event, held.begin), end


@settings(max_examples=60)
@given(PROGRAMMES)
def test_any_calendar_keeps_to_the_form(drawn: Drawn) -> None:
    """RFC 5545, section 3.1: lines of 75 bytes at most, and never half a character."""
    for data in calendars(built(drawn)).values():
        assert data.endswith(b"END:VCALENDAR\r\n")
        for line in data.removesuffix(b"\r\n").split(b"\r\n"):
            assert 0 < len(line) <= 75
            assert not [c for c in line.decode() if category(c) == "Cc"]


def test_text_over_many_lines_keeps_them() -> None:
    made = site()
    opening = made.conf.sessions["opening"]
    about = replace(opening, summary=text_of("een\r\ntwee\u2028drie\x07"), speakers=())
    day = made.conf.days[0]
    held = replace(day.slots[1], entries=(replace(day.slots[1].entries[0], session=about),))
    conf = replace(made.conf, days=(replace(day, slots=(held,)),))
    (found,) = read(calendars(replace(made, conf=conf))["sessies/opening/opening.ics"]).values()
    assert found.about == "een\ntwee\ndrie"

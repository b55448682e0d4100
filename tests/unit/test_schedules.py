"""schedule.xml and schedule.json: what apps rely on, and the schemas of c3voc where they are."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from uuid import UUID

import jsonschema
import pytest
import support
from hypothesis import given, settings
from lxml import etree
from msgspec.structs import replace
from test_ics import PROGRAMMES, Drawn, built, changed

from site_gen import pipeline
from site_gen.assets import publish
from site_gen.exports import schedules
from site_gen.exports.ics import calendars
from site_gen.facts import numbers
from site_gen.text import Span, Text
from site_gen.views.site import Site

# They have a licence of their own and stay beside the project; without them the rules below hold.
STANDARDS = next(
    (
        found
        for p in Path(__file__).parents
        if (found := p / "shared/standards/c3voc-schedule").exists()
    ),
    None,
)
REQUIRED = ["room", "title", "type", "date", "start", "duration", "abstract", "track"]
OFFSET = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
DURATION = re.compile(r"\d\d:\d\d")
VOC_SLUG = re.compile(r"[a-z0-9_]{4,}-[a-z0-9_-]{3,}[a-z0-9]")


def site(root: Path = support.SEVERAL_DAYS, **event: object) -> Site:
    """Return the site of a root, with some of its event changed."""
    content, _ = pipeline.check(root)
    assert content is not None
    return changed(pipeline._site(content, publish(content.assets, content.pictures), ""), **event)


def parsed(data: bytes) -> etree._Element:
    return etree.fromstring(data)


def faults(data: bytes) -> list[str]:
    """Return what is wrong with a schedule.xml by the rules that apps rely on."""
    root = parsed(data)
    events = list(root.iter("event"))
    found = [f"no {tag}" for e in events for tag in REQUIRED if e.find(tag) is None]
    for name, values in {
        "guid": [e.get("guid") for e in events],
        "id": [e.get("id") for e in events],
        "slug": [e.findtext("slug") for e in events],
        "day": [d.get("index") for d in root.iter("day")],
    }.items():
        found += [f"{name} twice: {value}" for value, n in Counter(values).items() if n > 1]
    moments = [e.findtext("date") for e in events]
    moments += [d.get(end) for d in root.iter("day") for end in ("start", "end")]
    found += [f"no offset: {at}" for at in moments if not OFFSET.fullmatch(at or "")]
    for e in events:
        found += [] if DURATION.fullmatch(e.findtext("duration", "")) else ["duration"]
        found += [] if VOC_SLUG.fullmatch(e.findtext("slug", "")) else ["slug"]
        found += [] if e.findtext("date", "")[11:16] == e.findtext("start") else ["start"]
        found += [] if str(UUID(e.get("guid"))) == e.get("guid") else ["guid"]
        found += [] if 0 < int(e.get("id")) < 2**31 else ["id"]
        found += [] if e.getparent().get("name") == e.findtext("room") else ["room"]
    return found


def conforms(files: Mapping[str, bytes]) -> None:
    """Check both files by our own rules, by the schemas where they are, and against each other."""
    assert faults(files["schedule.xml"]) == []
    document = json.loads(files["schedule.json"])
    assert as_read(parsed(files["schedule.xml"])) == as_read_json(document)
    if STANDARDS:
        schema = etree.XMLSchema(etree.parse(STANDARDS / "validator_xsd_schedule.xml.xsd"))
        schema.assertValid(parsed(files["schedule.xml"]))
        rules = json.loads((STANDARDS / "validator_json_schema.json").read_text("utf-8"))
        checker = jsonschema.Draft6Validator.FORMAT_CHECKER
        jsonschema.Draft6Validator(rules, format_checker=checker).validate(document)


def as_read(root: etree._Element) -> list[tuple[object, ...]]:
    """Return what an app shows of schedule.xml."""
    return [
        (
            *(day.get("index"), e.get("guid"), int(e.get("id"))),
            *(e.findtext(tag) for tag in ("room", "title", "date", "duration", "slug", "type")),
            *(e.findtext(tag) or None for tag in ("language", "track", "description")),
            [(p.get("guid"), int(p.get("id")), p.text) for p in e.iter("person")],
            [(link.text, link.get("href")) for link in e.iter("link")],
        )
        for day in root.iter("day")
        for e in day.iter("event")
    ]


def as_read_json(document: Mapping[str, object]) -> list[tuple[object, ...]]:
    """Return what an app shows of schedule.json."""
    return [
        (
            *(str(day["index"]), e["guid"], e["id"]),
            *(e[name] for name in ("room", "title", "date", "duration", "slug", "type")),
            *(e[name] or None for name in ("language", "track", "description")),
            [(p["guid"], p["id"], p["name"]) for p in e["persons"]],
            [(link["title"], link["url"]) for link in e["links"]],
        )
        for day in document["schedule"]["conference"]["days"]
        for room in day["rooms"].values()
        for e in room
    ]


def seen(files: Mapping[str, bytes]) -> list[tuple[str, str, str, str]]:
    """Return room, title, begin and length of everything."""
    root = parsed(files["schedule.xml"])
    tags = ("room", "title", "date", "duration")
    return [tuple(e.findtext(tag, "") for tag in tags) for e in root.iter("event")]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return schedules(site())


# Form


def test_both_files_conform(files: Mapping[str, bytes]) -> None:
    conforms(files)
    conforms(schedules(site(address="")))


def test_the_real_day_conforms_once_it_has_a_date() -> None:
    made = schedules(site(support.REAL, first_day=date(2026, 3, 26)))
    conforms(made)
    assert len(seen(made)) == 19


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        (b"Grondwater</title>", b"Grondwater</title><x/>", []),
        (b"<type>Plenair</type>", b"", ["no type"]),
        (b"T10:00:00+02:00</date>", b"T10:00:00</date>", ["no offset: 2026-10-23T10:00:00"]),
        (b">stad_en_water-opening<", b">opening<", ["slug"]),
        (b"<start>10:00", b"<start>11:00", ["start"]),
        (b"<room>Raadzaal<", b"<room>Zaal<", ["room"]),
    ],
)
def test_our_own_rules_find_what_is_wrong(
    files: Mapping[str, bytes], good: bytes, bad: bytes, fault: list[str]
) -> None:
    data = files["schedule.xml"]
    assert good in data
    assert faults(data.replace(good, bad, 1)) == fault


@settings(max_examples=80)
@given(PROGRAMMES)
def test_any_programme_conforms(drawn: Drawn) -> None:
    conforms(schedules(built(drawn)))


# What is in it


def test_sessions_by_day_and_room_in_time_order(files: Mapping[str, bytes]) -> None:
    """No break, no slot without a session, and not the closing words, of which no end is known."""
    assert seen(files) == [
        ("Raadzaal", "Opening", "2026-10-23T10:00:00+02:00", "00:45"),
        ("Raadzaal", "Dijk en dorp", "2026-10-23T11:00:00+02:00", "01:00"),
        ("Kapel", "Water en wet", "2026-10-23T11:00:00+02:00", "01:00"),
        ("Kapel", "Nachtwacht", "2026-10-23T23:00:00+02:00", "02:30"),
        ("Zaal 3", "Vervallen: Grondwater", "2026-10-23T11:00:00+02:00", "01:00"),
        (
            "Zaal nog niet bekend (1)",
            "Wandeling langs de IJssel",
            "2026-10-23T12:15:00+02:00",
            "01:00",
        ),
        ("Zaal nog niet bekend (1)", "Sterren kijken", "2026-10-24T00:30:00+02:00", "01:00"),
        ("Raadzaal", "Verplaatst: Stadsgesprek", "2026-10-24T09:30:00+02:00", "01:00"),
        ("Kapel", "Stadsgesprek", "2026-10-24T11:00:00+02:00", "01:00"),
        ("Zaal 3", "Vol: Water en wet", "2026-10-24T09:30:00+02:00", "01:00"),
    ]


def event(files: Mapping[str, bytes], title: str) -> dict[str, object]:
    """Return a session as schedule.json tells it."""
    days = json.loads(files["schedule.json"])["schedule"]["conference"]["days"]
    every = (e for day in days for room in day["rooms"].values() for e in room)
    return next(e for e in every if e["title"] == title)


def test_a_session_says_all_that_the_form_has_a_place_for(files: Mapping[str, bytes]) -> None:
    address = "https://stad-en-water.example.nl/2026/"
    found = event(files, "Dijk en dorp")
    assert found == {
        "guid": "94da3a00-936c-54f3-893e-d4f55253d7f4",
        "id": 1381226484,
        "date": "2026-10-23T11:00:00+02:00",
        "start": "11:00",
        "end": "2026-10-23T12:00:00+02:00",
        "duration": "01:00",
        "room": "Raadzaal",
        "slug": "stad_en_water-dijk-en-dorp",
        "url": f"{address}sessies/dijk-en-dorp/",
        "title": "Dijk en dorp",
        "subtitle": "Wonen achter de dijk",
        "track": "Wonen",
        "type": "Lezing",
        "language": "nl",
        "abstract": "Wat een dijk betekent voor wie erachter woont.",
        "description": found["description"],
        "persons": [
            {
                "id": 1090102284,
                "guid": "ccfdd8fd-7301-560b-bdd8-7b1940f9a40c",
                "name": "Noor van Dam",
                "url": f"{address}sprekers/noor-van-dam/",
            }
        ],
        "links": [],
    }
    goal = f"{address}sessies/water-en-wet/#kernboodschap-eerst-water"
    assert f"[water en wet]({goal})" in str(found["description"])
    water = str(event(files, "Water en wet")["description"])
    assert f"[Waterwet]({address}bronnen/#waterwet)" in water


def test_a_moved_session_says_where_it_went(files: Mapping[str, bytes]) -> None:
    assert event(files, "Verplaatst: Stadsgesprek")["abstract"] == "Nu in: Ronde 2, Kapel"


def test_days_run_from_one_change_of_the_day_to_the_next(files: Mapping[str, bytes]) -> None:
    days = [dict(day.attrib) for day in parsed(files["schedule.xml"]).iter("day")]
    assert [(day["date"], day["start"], day["end"]) for day in days] == [
        ("2026-10-23", "2026-10-23T04:00:00+02:00", "2026-10-24T04:00:00+02:00"),
        ("2026-10-24", "2026-10-24T04:00:00+02:00", "2026-10-25T04:00:00+01:00"),
        ("2026-10-25", "2026-10-25T04:00:00+01:00", "2026-10-26T04:00:00+01:00"),
    ]


def test_conference_names_its_themes_and_zone(files: Mapping[str, bytes]) -> None:
    known = json.loads(files["schedule.json"])["schedule"]["conference"]
    about = ("acronym", "meta", "start", "end", "daysCount", "time_zone_name")
    assert [known[name] for name in about] == [
        *("stad_en_water", {"acronym": "stad-en-water"}),
        *("2026-10-23", "2026-10-25", 3, "Europe/Amsterdam"),
    ]
    assert [track["name"] for track in known["tracks"]] == ["Wonen", "Water", "Bestuur"]


def test_sessions_at_once_without_a_room_stand_side_by_side() -> None:
    made = schedules(site(support.REAL, first_day=date(2026, 3, 26)))
    at_eleven = [row[0] for row in seen(made) if row[2] == "2026-03-26T11:00:00+01:00"]
    assert at_eleven == [f"Zaal nog niet bekend ({number})" for number in (1, 2, 3, 4)]
    assert {row[0] for row in seen(made)} == {*at_eleven, "Zaal nog niet bekend (5)"}


def test_a_room_that_is_never_used_stands_on_the_first_day() -> None:
    made = site()
    first = made.conf.days[0]
    only = replace(made, conf=replace(made.conf, days=(replace(first, slots=first.slots[:2]),)))
    rooms = [room.get("name") for room in parsed(schedules(only)["schedule.xml"]).iter("room")]
    assert [room for room in rooms if room] == ["Raadzaal", "Kapel", "Zaal 3"]


def test_without_an_address_nothing_leads_to_the_site() -> None:
    made = schedules(site(address=""))
    assert b"stad-en-water.example.nl" not in b"".join(made.values())
    found = event(made, "Opening")
    assert found["url"] == f"urn:uuid:{found['guid']}"
    assert "staat bij praktische zaken" in str(found["description"])


def test_without_a_date_or_a_programme_there_is_no_schedule() -> None:
    made = site()
    assert schedules(site(first_day=None)) == {}
    assert schedules(replace(made, conf=replace(made.conf, days=()))) == {}


def test_a_session_over_a_change_of_the_clock_takes_as_long_as_it_takes() -> None:
    made = with_times(site(first_day=date(2026, 10, 24)), 24 * 60 + 60, 24 * 60 + 5 * 60)
    assert seen(made) == [("Raadzaal", "Opening", "2026-10-25T01:00:00+02:00", "05:00")]


def with_times(made: Site, begin: int, end: int) -> dict[str, bytes]:
    """Return the schedule of a programme of one session, at these minutes."""
    slot = made.conf.days[0].slots[1]
    entry = replace(slot.entries[0], begin=begin, end=end)
    slot = replace(slot, begin=begin, end=end, entries=(entry,))
    day = replace(made.conf.days[0], date=made.conf.event.first_day, slots=(slot,))
    return schedules(replace(made, conf=replace(made.conf, days=(day,))))


def test_characters_that_xml_cannot_hold_do_not_reach_it() -> None:
    made = site()
    opening = made.conf.sessions["opening"]
    odd = Text((Span("Op\x00en\x02ing \ud800\uffff & <x>", "nl"),))
    slot = made.conf.days[0].slots[1]
    entry = replace(slot.entries[0], session=replace(opening, title=odd))
    day = replace(made.conf.days[0], slots=(replace(slot, entries=(entry,)),))
    files = schedules(replace(made, conf=replace(made.conf, days=(day,))))
    conforms(files)
    assert [title for _, title, _, _ in seen(files)] == ["Opening & <x>"]


# Ids


def test_ids_are_those_of_the_calendars(files: Mapping[str, bytes]) -> None:
    guids = [e.get("guid") for e in parsed(files["schedule.xml"]).iter("event")]
    uids = re.findall(r"UID:(\S+)", calendars(site())["programma.ics"].decode())
    assert set(guids) < set(uids)
    assert len(guids) == 10


def test_a_repeated_session_has_ids_and_a_name_of_its_own(files: Mapping[str, bytes]) -> None:
    first, second = event(files, "Water en wet"), event(files, "Vol: Water en wet")
    assert (first["slug"], second["slug"]) == (
        "stad_en_water-water-en-wet",
        "stad_en_water-water-en-wet--2",
    )
    assert (first["id"], second["id"]) == (1788595030, 1558580801)


def test_a_number_is_that_of_the_source_where_nobody_else_has_it() -> None:
    a, b, c, d = (f"0000000{digit}-0000-4000-8000-00000000000{digit}" for digit in "abcd")
    found = numbers({a: "7", b: "8", c: "8", d: "ABC123"})
    assert found[a] == 7
    assert len({*found.values()}) == 4
    assert all(2**30 <= found[guid] < 2**31 for guid in (b, c, d))
    assert numbers({d: "ABC123"})[d] == found[d], "another session changes nothing"


@pytest.mark.parametrize("odd", ["0", "-3", "007", "99999999999", "1.5", "٣"])
def test_what_is_no_number_for_an_app_is_made(odd: str) -> None:
    guid = "0b6ce3b4-92b5-5f4c-8a41-0d6f7f3a9a51"
    assert numbers({guid: odd}) == numbers({guid: ""})


def test_numbers_that_fall_together_are_told_apart() -> None:
    one, other = (f"{digit * 8}-0000-4000-8000-00000000000a" for digit in "ab")
    assert numbers({one: "", other: ""}) == {one: 2**30 + 10, other: 2**30 + 11}


def test_version_changes_when_anything_does() -> None:
    def version(**changes: object) -> str:
        return parsed(schedules(site(**changes))["schedule.xml"]).findtext("version", "")

    assert version() == version()
    assert len({version(), version(address=""), version(day_change=300)}) == 3

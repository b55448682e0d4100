"""Every format that is read, as the programs that write it do, and what is refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import support
from hypothesis import given, settings
from hypothesis import strategies as st

from site_gen.importers.programme import Break, Held, Person, Programme, When
from site_gen.importers.reading import LARGEST, read, read_data
from site_gen.importers.vocabulary import KINDS, STATUSES, guid_of, kind_of, language_of, status_of
from site_gen.importers.zones import zone_of
from site_gen.place import Place
from site_gen.problems import as_text
from site_gen.words import read_words

HERE = Place("p")


def programme(name: str, data: bytes | str = b"") -> Programme:
    """Read a file of the inputs, or what is given under that name; it has no problem."""
    content = data.encode() if isinstance(data, str) else data
    found, problems = read_data(name, content or (support.INPUTS / name).read_bytes())
    assert problems == [], as_text(problems, "nl")
    assert found is not None
    return found


def codes(name: str, data: bytes | str) -> tuple[bool, list[str]]:
    """Return whether there is a programme, and places and codes of the problems."""
    content = data.encode() if isinstance(data, str) else data
    found, problems = read_data(name, content)
    return found is not None, [f"{each.place} {each.code}" for each in problems]


# schedule.xml


def test_frab() -> None:
    found = programme("frab.xml")
    about = (found.title, found.id, found.zone, found.day_change, list(found.rooms), found.left_out)
    assert about == (
        *("Dagen aan de oever", "oevers", "Europe/Amsterdam", 240),
        *(["Grote zaal", "Kelder", "Zolder"], {"recording": 1}),
    )
    first, second = date(2026, 10, 23), date(2026, 10, 24)
    assert [(h.title, h.when, h.room, h.people) for h in found.held] == [
        ("Opening: een rivier & haar oevers", When(first, 600, 645), "Grote zaal", ("3", "4")),
        ("Nachtfilm", When(first, 1410, 1545), "Grote zaal", ()),
        ("Sterren", When(second, 60, 90), "Grote zaal", ("3",)),
        ("Peilen", When(first, 600, 690), "Kelder", ("5",)),
        ("Peilen", When(second, 660, 750), "Kelder", ("5",)),
        ("Peilen", When(second, 660, 705), "Kelder", ()),
    ]
    opening = found.held[0]
    assert (opening.id, opening.guid) == ("12", "1cea9e34-86fa-1bb3-3885-814a15190299")
    assert (opening.kind, opening.language, opening.subtitle) == ("lezing", "nl", "Welkom")
    assert [h.language for h in found.held[:3]] == ["nl", "", "de-DE"]


PENTABARF = """<schedule><conference><title>Oud</title><city>Zutphen</city><venue>Hal</venue>
<day_change>09:00:00</day_change></conference>
<day index="1" date="2012-02-04"><room name="A">
<event id="7"><start>{start}</start><duration>00:30</duration><title>T</title>
<links><link href="www.a.nl/x">A</link><link href="http://">B</link></links>
<attachments><attachment href="https://a.nl/s.pdf">Dia</attachment></attachments></event>
</room></day></schedule>"""


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("10:00", When(date(2012, 2, 4), 600, 630)),
        ("01:15", When(date(2012, 2, 5), 75, 105)),
    ],
)
def test_pentabarf_tells_no_date_but_that_of_the_day(start: str, expected: When) -> None:
    found = programme("p.xml", PENTABARF.format(start=start))
    (held,) = found.held
    assert held.when == expected
    assert (found.town, found.day_change, found.left_out) == ("Zutphen", 540, {"venue": 1})
    assert held.links == (("A", "www.a.nl/x"), ("B", "http://"), ("Dia", "https://a.nl/s.pdf"))


@pytest.mark.parametrize(
    ("duration", "problem"),
    [("x", "import-no-end"), ("", "import-no-end"), ("00:00", "import-no-end")],
)
def test_an_event_without_a_good_length_is_named(duration: str, problem: str) -> None:
    data = PENTABARF.format(start="10:00").replace("00:30", duration)
    assert codes("p.xml", data) == (True, [f"p.xml:4:1 {problem}"])


def test_an_event_without_time_or_title_is_named_and_kept() -> None:
    data = PENTABARF.format(start="").replace("<title>T</title>", "<title> </title>")
    found, problems = read_data("p.xml", data.encode())
    assert found is not None
    assert [(h.title, h.when) for h in found.held] == [("7", None)]
    assert [p.code for p in problems] == ["import-no-time", "import-no-title"]


@pytest.mark.parametrize(
    ("offsets", "zone"),
    [
        (("2026-10-24T10:00:00+02:00", "2026-10-25T10:00:00+01:00"), "Europe/Amsterdam"),
        (("2026-07-01T10:00:00+01:00", "2026-12-01T10:00:00+00:00"), "Europe/London"),
        (("2026-07-01T10:00:00Z",), "UTC"),
        (("2026-07-01T10:00:00+05:45",), "Asia/Kathmandu"),
        ((), "Europe/Amsterdam"),
    ],
)
def test_a_zone_is_one_in_which_the_clock_shows_all_times(
    offsets: tuple[str, ...], zone: str
) -> None:
    from datetime import datetime

    assert zone_of("", map(datetime.fromisoformat, offsets)) == zone
    assert zone_of("Europe/Berlin", ()) == "Europe/Berlin"
    assert zone_of("Nergens/Huis", ()) == "Europe/Amsterdam"


ENTITY = "<!DOCTYPE s [<!ENTITY {}]><schedule>{}</schedule>"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (ENTITY.format('a SYSTEM "file:///etc/passwd">', "&a;"), "p.xml:1:52 import-entity"),
        (ENTITY.format('a "aaaa">', "&a;"), "p.xml:1:25 import-entity"),
        (ENTITY.format('% a SYSTEM "http://a.nl/x">', ""), "p.xml:1:49 import-entity"),
        ('<!DOCTYPE s SYSTEM "http://a.nl/x.dtd"><schedule/>', "p.xml:1:39 import-entity"),
        ("<schedule><conference></schedule>", "p.xml:1:25 import-broken"),
        ("<schedule>\n  &nbsp;</schedule>", "p.xml:2:3 import-broken"),
        ("<?xml version='1.0' encoding='klingon'?><schedule/>", "p.xml:1:31 import-broken"),
        ("<html><body>404</body></html>", "p.xml:1:1 import-unknown"),
        ("<schedule version='9'><events/></schedule>", "p.xml:1:1 import-unknown"),
        ("<a>" * 70, "p.xml:1:193 import-too-deep"),
    ],
)
def test_bad_xml_is_named_and_nothing_is_fetched(data: str, problem: str) -> None:
    assert codes("p.xml", data) == (False, [problem])


def test_a_document_type_that_stands_in_the_file_itself_is_fine() -> None:
    data = "<!DOCTYPE schedule>" + PENTABARF.format(start="10:00")
    assert len(programme("p.xml", data).held) == 1


# schedule.json


def test_pretalx() -> None:
    found = programme("pretalx.json")
    assert (found.id, list(found.rooms), found.tracks) == (
        "oevers-2026",
        ["Kelder", "Zaal"],
        ("Water",),
    )
    assert found.day_change == 240
    (held,) = found.held
    assert (held.id, held.guid[:4], held.kind, held.language) == ("41", "6a5b", "lezing", "de")
    assert held.when == When(date(2026, 10, 23), 600, 630)
    assert held.links == (("Dia’s", "https://pretalx.example.org/dias.pdf"),)
    (person,) = found.people.values()
    assert (person.name, person.id, person.about) == ("Anna Bos", "XYZ789", "Anna *weet* het.")
    assert found.left_out == {"recording": 1, "feedback_url": 1}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ('{"schedule": {"version": "alpha-3", "events": []}}', "p.json:1:1 import-unknown"),
        ('{"naam": "iets anders"}', "p.json:1:1 import-unknown"),
        ("[1, 2]", "p.json:1:1 import-unknown"),
        ('{"schedule":\n {"a" 1}}', "p.json:2:7 import-broken"),
        ("[" * 100_000, "p.json:1:1 import-broken"),
        (b'{"a": "\xff"}', "p.json:1:1 import-encoding"),
    ],
)
def test_bad_json_is_named(data: bytes | str, problem: str) -> None:
    assert codes("p.json", data) == (False, [problem])


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["days", "rooms", "date", "start", "end", "duration", "persons", "links", "title"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=200)
@given(ANY_JSON)
def test_any_json_in_the_place_of_days_is_read_or_named(value: object) -> None:
    document = {"schedule": {"conference": {"title": value, "days": value}}}
    read_data("p.json", json.dumps(document).encode())
    event = {"title": "T", "persons": value, "links": value, "date": value, "duration": value}
    day = {"date": "2026-10-23", "rooms": {"A": [event]}}
    found, _ = read_data(
        "p.json", json.dumps({"schedule": {"conference": {"days": [day]}}}).encode()
    )
    assert found is not None
    assert len(found.held) == 1


@settings(max_examples=100)
@given(ANY_JSON)
def test_any_json_in_the_place_of_sessions_is_read(value: object) -> None:
    session = {
        "id": "1",
        "title": value,
        "startsAt": value,
        "speakers": value,
        "categoryItems": value,
    }
    document = {"sessions": [session, value], "speakers": [value], "rooms": [value]}
    found, _ = read_data("p.json", json.dumps(document).encode())
    assert found is not None


# Sessionize


def test_sessionize() -> None:
    found, problems = read_data("s.json", (support.INPUTS / "sessionize.json").read_bytes())
    assert [p.code for p in problems] == ["import-no-time"]
    assert found is not None
    day = date(2026, 3, 26)
    assert [(h.title, h.kind, h.track, h.room, h.when) for h in found.held] == [
        ("Opening", "plenair", "", "Grote zaal", When(day, 600, 645)),
        ("Groen in de straat", "workshop", "Groen", "Zaal 1", When(day, 660, 720)),
        ("Nog niet gepland", "", "Water", "", None),
    ]
    place = Place("s.json")
    assert found.breaks == (Break(place, "Lunch", "lunch", When(day, 720, 780), "9f0c"),)
    key = "0b6ce3b4-92b5-4f5c-8a41-0d6f7f3a9a51"
    links = (("LinkedIn", "https://linkedin.example.org/anna"),)
    person = Person(key, "Anna Bos", "", key, "adviseur groen", "", "Anna plant bomen.", links)
    assert found.people == {key: person}
    assert (found.held[1].people, found.held[1].language) == ((key,), "nl")
    assert found.left_out == {"Level": 1, "Dieetwensen": 1, "profilePicture": 1}


# iCalendar

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Microsoft//Outlook//EN
X-WR-CALNAME:Kennisdag
BEGIN:VEVENT
UID:040000008200E00074C5B7101A82E008
DTSTART;TZID=W. Europe Standard Time:20260326T100000
DTEND;TZID=W. Europe Standard Time:20260326T104500
SUMMARY;LANGUAGE=nl:Opening\\, met muziek
LOCATION:Raadzaal\\nStadhuis
DESCRIPTION:Welkom.\\n\\nTot dan.
CATEGORIES:Plenair,Muziek
URL:https://a.example.nl/
ATTENDEE:mailto:x@example.nl
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:b
DTSTART:20260326T110000Z
DURATION:PT1H
SUMMARY:Lunch
END:VEVENT
BEGIN:VEVENT
UID:c
DTSTART;VALUE=DATE:20260326
SUMMARY:Beurs
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


def test_icalendar() -> None:
    found, problems = read_data("a.ics", CALENDAR.encode())
    assert [f"{p.place} {p.code}" for p in problems] == ["a.ics:23:1 import-no-time"]
    assert found is not None
    day = date(2026, 3, 26)
    opening = found.held[0]
    assert opening == Held(
        place=Place("a.ics", 5),
        title="Opening, met muziek",
        guid=guid_of("040000008200E00074C5B7101A82E008"),
        text="Welkom.\n\nTot dan.",
        track="Plenair",
        language="nl",
        status="vervallen",
        room="Raadzaal Stadhuis",
        when=When(day, 600, 645),
        links=(("", "https://a.example.nl/"),),
    )
    assert [(h.title, h.when) for h in found.held[1:]] == [("Beurs", None)]
    assert [(b.title, b.kind, b.when) for b in found.breaks] == [
        ("Lunch", "lunch", When(day, 720, 780))
    ]
    assert (found.title, found.left_out) == ("Kennisdag", {"ATTENDEE": 1})


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("BEGIN:VCALENDAR\r\nonzin", "a.ics:1:1 import-broken"),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "a.ics:1:1 import-broken"),
        (CALENDAR.replace("VERSION:2.0", "VERSION:1.0"), "a.ics:1:1 import-unknown"),
    ],
)
def test_a_bad_calendar_is_named(data: str, problem: str) -> None:
    assert codes("a.ics", data) == (False, [problem])


# Files


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("p.xml", "<schedule><conference/><day/></schedule>"),
        ("p.json", '{"sessions": [], "speakers": [], "rooms": []}'),
        ("p.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"),
        ("p.csv", "titel;tijd\n"),
    ],
)
def test_a_programme_without_a_session_is_named(name: str, data: str) -> None:
    assert codes(name, data) == (False, [f"{name}:1:1 import-empty"])


def test_what_is_no_programme_is_named(tmp_path: Path) -> None:
    assert codes("p.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 50) == (False, ["p.xls:1:1 import-unknown"])
    assert codes("p.pdf", b"%PDF-1.7") == (False, ["p.pdf:1:1 import-unknown"])
    found, problems = read(tmp_path / "weg.xml")
    assert (found, [p.code for p in problems]) == (None, ["import-unreadable"])
    found, problems = read(tmp_path)
    assert (found, [p.code for p in problems]) == (None, ["import-unreadable"])


def test_a_file_of_200_megabytes_is_notread_data(tmp_path: Path) -> None:
    path = tmp_path / "groot.xml"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    assert LARGEST < 200 * 1024 * 1024
    found, problems = read(path)
    assert (found, [p.code for p in problems]) == (None, ["import-too-large"])


# Words


def test_our_own_words_mean_what_they_say() -> None:
    """What an export says of kind and status is read back, in both languages."""
    for lang in ("nl", "en"):
        path = f"templates/strings/{lang}.yaml"
        words, _ = read_words(path, (support.REAL / path).read_bytes())
        assert words is not None
        for kind, label in words.section("session_kinds").items():
            assert kind_of(label) == (kind if kind != "sessie" else "")
        for status, label in words.section("statuses").items():
            assert status_of(label) == ("" if status == "gepland" else status)
    assert "sessie" not in KINDS
    assert "gepland" not in STATUSES


@pytest.mark.parametrize(
    ("word", "tag"),
    [
        *(("nl", "nl"), ("EN", "en"), ("de_DE", "de-DE"), ("de-formal", "de"), ("pt-BR", "pt-BR")),
        *(("Nederlands", "nl"), ("English", "en"), ("Klingon", ""), ("", ""), ("onbekend!", "")),
    ],
)
def test_languages(word: str, tag: str) -> None:
    assert language_of(word) == tag

"""Odd programmes that a fuzzer met: each is imported without an error, and once more unchanged."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_gen.files import FileIndex
from site_gen.importers.plan import plan
from site_gen.importers.reading import read_data
from site_gen.problems import as_text
from site_gen.scaffold.change import Desk

EVENT = "BEGIN:VEVENT\r\nDTSTART:20261023T{hour}0000Z\r\nDTEND:20261023T{hour}4500Z\r\n{lines}"


def calendar(*events: str) -> str:
    """Return a calendar with an event of these lines each hour."""
    each = (
        EVENT.format(hour=8 + number if number > 1 else f"0{8 + number}", lines=lines)
        + "\r\nEND:VEVENT\r\n"
        for number, lines in enumerate(events)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Dag\r\n{''.join(each)}END:VCALENDAR\r\n"


HEADER = "Datum;Tijd;Begin;Ronde;Titel;Sprekers\n"
ODD = {
    "no title": "Title;Start;Room\nWater;2026-10-23 10:00;Zaal 1\n",
    "a control character in an address": calendar("UID:a\r\nSUMMARY:A\r\nURL:https://a.nl/\0b"),
    "one in an id, which is the title too": calendar("UID:a\x07b"),
    "one in a name": f"{HEADER}23-10-2026;10.00-11.00;;;Water;Anna \x07 Bos\n",
    "a property twice": calendar("UID:a\r\nSUMMARY;LANGUAGE=nl:A\r\nSUMMARY:B\r\nCATEGORIES:C"),
    "an id twice, as of a repeat that was moved": calendar(
        "UID:a\r\nSUMMARY:A", "UID:a\r\nSUMMARY:A\r\nDESCRIPTION:Later", "UID:a\r\nSUMMARY:B"
    ),
    "a round with and without a day": (
        f"{HEADER};9u;;1;Eerst;\n23-10-2026;10.00-10.45;;1;Water;\n24-10-2026;9u;;1;Later;\n"
    ),
    "a round in which somebody begins when all others are over": (
        f"{HEADER}23-10-2026;10.00-10.45;;1;Water;\n23-10-2026;;11.00;1;Wonen;\n"
    ),
    "a round with something in the night after it": (
        f"{HEADER}22-10-2026;9u;;2;Water;\n23-10-2026;0u;;2;Nacht;\n"
    ),
    "a night beyond the last day that is possible": (
        f"{HEADER}22-10-2026;10u;;;Water;\n23-11-2026;1u;;;Nacht;\n"
    ),
    "a room that is not in the list of rooms": (
        "<schedule><version>1</version><conference><title>Dag</title></conference>"
        '<day date="2026-10-23"><room name="Kelder"><event id="1"><start>10:00</start>'
        "<duration>00:30</duration><room>Kelerd</room><title>Peilen</title></event></room></day>"
        "</schedule>"
    ),
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_an_odd_programme_makes_good_content_that_stays(text: str) -> None:
    programme, _ = read_data("bron", text.encode())
    assert programme is not None
    index = FileIndex(Path("/nergens"), ())
    first = plan(Desk.of(index), programme).change
    after = Desk.of(index.after(first.files))
    errors = [found for found in after.problems if found.severity == "error"]
    assert errors == [], as_text(errors, "nl")
    assert len(after.raw.documents["session"] if after.raw else ()) == len(programme.held)
    again = plan(after, programme).change
    assert (again.files, again.gone) == ({}, ())


@pytest.mark.parametrize(
    "text",
    [
        f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Europe/{'x' * 300}:20261023T100000\r\n",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nTZID:a\r\nEND:VTIMEZONE\r\nEND:VCALENDAR\r\n",
    ],
    ids=["a long name of a zone", "an event that ends as a zone"],
)
def test_what_the_calendar_library_trips_over_is_refused(text: str) -> None:
    programme, problems = read_data("bron", text.encode())
    assert (programme, [found.code for found in problems]) == (None, ["import-broken"])

"""Write what the project has as first inputs for tests/fuzz/readers.py: ``seeds.py FOLDER``.

An input begins with the number of its reader, as ``readers.READERS`` counts them. With
``--reader=programme`` there are only those for that one.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from site_gen import pipeline
from site_gen.identifiers import KINDS
from site_gen.outside import Known, write_memory
from site_gen.web import Answer

PROJECT = Path(__file__).parents[2]
FOLDERS = ("programma", "sessies", "sprekers", "assets", "templates", "tests/sites", "tests/inputs")
LARGEST = 20_000
YAML, DOCUMENT, MARKDOWN, IDENTIFIER, IMAGE, STRINGS, OTHERS, PROGRAMME = range(8)
TABLES = {"evenement.yaml": b"\0"}  # the table of the event; all other YAML is a timeslot
PROGRAMMES = {".xml", ".json", ".ics"}
EXPORTED = "tests/sites/meerdaags"  # small, of two days and languages, with a repeat
SHEET = """\
Datum;Tijd;Ronde;Titel;Sprekers;Zaal;Gebouw;Thema;Status;Taal;Link;Tekst
23-10-2026;10.00-10.45;1;Water in de wijk;Anna Bos (gemeente Dordrecht) en Ben de Wit, adviseur;\
Zaal 1;Stadhuis;Klimaat, Water;vol;nl;https://example.nl;<p>Een <b>tekst</b></p>
23 oktober 2026;12:30 - 13:30 uur;;Lunch;;Foyer;;;;;;
;9u;2;Water in de wijk;A. Bos & C. Vos;;;;vervallen;en;;"- een\n- twee"
"""
CALENDAR = """\
BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Dag\r\nX-WR-TIMEZONE:Europe/Amsterdam\r
BEGIN:VEVENT\r\nUID:a@example.nl\r\nDTSTART;TZID=Europe/Amsterdam:20261023T100000\r
DTEND:20261023T084500Z\r\nSUMMARY:Water\\, wijk\r\nLOCATION:Zaal 1\r\nDESCRIPTION:Een\\nte\r
 kst\r\nCATEGORIES:Klimaat\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r
BEGIN:VEVENT\r\nUID:b\r\nDTSTART;VALUE=DATE:20261024\r\nDURATION:PT1H\r\nSUMMARY:Lunch\r
RRULE:FREQ=DAILY;COUNT=2\r\nEND:VEVENT\r\nEND:VCALENDAR\r
"""
SUFFIXES = {".png", ".jpg", ".gif", ".webp", ".svg"}


def inputs() -> Iterator[bytes]:
    """Yield every input."""
    for folder in FOLDERS:
        for path in (PROJECT / folder).rglob("*"):
            if path.is_file():
                yield from of_file(path, path.read_bytes())
    for example in KINDS.values():
        yield bytes([IDENTIFIER]) + example.encode()
    known = {"https://example.nl/": Known(date(2026, 6, 1), Answer(200, "https://a.example/"))}
    yield bytes([OTHERS]) + write_memory(known).encode()
    for text in ("Title;Start;Room\nWater;2026-10-23 10:00;Zaal 1\n", SHEET, CALENDAR):
        yield bytes([PROGRAMME]) + text.encode()
    for path, data in exported().items():
        if Path(path).suffix in PROGRAMMES:
            yield bytes([PROGRAMME]) + data
    yield bytes([OTHERS]) + b"0" * 64 + b"  index.html\n"


def exported() -> dict[str, bytes]:
    """Return the site of a small conference, with what programs read of it."""
    content, _ = pipeline.check(PROJECT / EXPORTED)
    return pipeline.make(content)[0] if content else {}


def of_file(path: Path, data: bytes) -> Iterator[bytes]:
    """Yield a file for each reader that may get it."""
    if path.suffix == ".md":
        yield bytes([DOCUMENT]) + data
        yield bytes([MARKDOWN]) + data
    elif path.parent.name == "strings":
        yield bytes([STRINGS]) + data
    elif path.suffix == ".yaml":
        yield bytes([YAML]) + TABLES.get(path.name, b"\1") + data
    elif path.suffix in PROGRAMMES:
        yield bytes([PROGRAMME]) + data
    elif path.suffix in SUFFIXES:
        yield bytes([IMAGE]) + data


if __name__ == "__main__":
    folder, *options = map(str, sys.argv[1:])
    only = {PROGRAMME} if "--reader=programme" in options else set(range(8))
    Path(folder).mkdir(exist_ok=True)
    for content in inputs():
        if len(content) <= LARGEST and content[0] in only:
            Path(folder, hashlib.sha256(content).hexdigest()).write_bytes(content)

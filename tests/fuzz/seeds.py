"""Write what the project has as first inputs for tests/fuzz/readers.py: ``seeds.py FOLDER``.

An input begins with the number of its reader, as ``readers.READERS`` counts them.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from site_gen.identifiers import KINDS
from site_gen.outside import Known, write_memory
from site_gen.web import Answer

PROJECT = Path(__file__).parents[2]
FOLDERS = ("programma", "sessies", "sprekers", "assets", "templates", "tests/sites", "tests/inputs")
LARGEST = 20_000
YAML, DOCUMENT, MARKDOWN, IDENTIFIER, IMAGE, STRINGS, OTHERS, PROGRAMME = range(8)
TABLES = {"evenement.yaml": b"\0"}  # the table of the event; all other YAML is a timeslot
PROGRAMMES = {".xml", ".json", ".ics"}
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
    yield bytes([PROGRAMME]) + b"Title;Start;Room\nWater;2026-10-23 10:00;Zaal 1\n"
    yield bytes([OTHERS]) + b"0" * 64 + b"  index.html\n"


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
    folder = Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    for content in inputs():
        if len(content) <= LARGEST:
            (folder / hashlib.sha256(content).hexdigest()).write_bytes(content)

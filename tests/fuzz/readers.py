"""Coverage-guided fuzzing of everything that reads what somebody else wrote.

Not part of the tests: run it by hand, for as long as you like, with ``atheris`` installed beside
the locked libraries. The first command fills a folder with what the project has, to begin from::

    PYTHONPATH=. python tests/fuzz/seeds.py corpus
    PYTHONPATH=. python tests/fuzz/readers.py corpus -max_total_time=3600 -max_len=2048 -timeout=20

With the name of a reader behind ``--reader=`` (``seeds.py`` takes it too) only that one gets any.

A reader may refuse anything; it may not raise, hang, or point outside the file. What was found is
in docs/veiligheid.md.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["site_gen", "markdown", "pymdownx"]):
    from site_gen import fields
    from site_gen.files import FileIndex
    from site_gen.identifiers import KINDS, parse
    from site_gen.images import check_image, image_info, strip_metadata
    from site_gen.importers.plan import plan
    from site_gen.importers.programme import Programme
    from site_gen.importers.reading import read_data
    from site_gen.nodes import read_document, read_yaml
    from site_gen.outside import read_memory, write_memory
    from site_gen.problems import Problem, as_text, has_errors
    from site_gen.prose import scan
    from site_gen.scaffold.change import Desk
    from site_gen.schema import read
    from site_gen.sums import read_sums
    from site_gen.words import read_words

EMPTY = Desk.of(FileIndex(Path("/nowhere"), ()))
TABLES = (fields.EVENT, fields.SLOT, fields.SESSION, fields.SPEAKER, fields.SOURCE, fields.PAGE)


def proven(problems: list[Problem], data: bytes) -> None:
    """Every problem can be told, and stands within the file."""
    lines = data.count(b"\n") + data.count(b"\r") + 2
    for found in problems:
        assert 1 <= found.place.line <= lines, found
    as_text(problems, "nl")
    as_text(problems, "en")


def yaml_file(data: bytes) -> None:
    """Read YAML by the table that the first byte chooses."""
    mapping, problems = read_yaml("a.yaml", data[1:])
    if mapping:
        problems += read(mapping, TABLES[data[0] % len(TABLES)])[1]
    proven(problems, data)


def document(data: bytes) -> None:
    """Read front matter and the Markdown after it."""
    found, problems = read_document("a.md", data)
    if found:
        problems += scan(found.text, "a.md", found.line)[1]
    proven(problems, data)


def markdown(data: bytes) -> None:
    """Read Markdown alone."""
    text = data.decode("utf-8", "replace")
    proven(scan(text, "a.md", 1)[1], text.encode())


def identifier(data: bytes) -> None:
    """Read an identifier of every kind."""
    for kind in KINDS:
        found = parse(kind, data.decode("utf-8", "replace"))
        assert found is None or found.address("nl").startswith("http")


def image(data: bytes) -> None:
    """Check an image, and drop what it says about itself."""
    for name in ("a.jpg", "a.png", "a.webp", "a.gif", "a.svg"):
        check_image(name, data)
    assert not image_info(data) or image_info(strip_metadata(data)) == image_info(data)


def strings(data: bytes) -> None:
    """Read a strings file."""
    proven(read_words("templates/strings/nl.yaml", data)[1], data)


def others(data: bytes) -> None:
    """Read what a server sent, or what lay in the folder of our state."""
    read_sums(data)
    known = read_memory(data.decode("utf-8", "replace"), date(2026, 6, 1))
    assert read_memory(write_memory(known), date(2026, 6, 1)) == known


def programme(data: bytes) -> None:
    """Read a programme of another program, in whatever format it seems to have, and import it."""
    found, problems = read_data("a", data)
    proven(problems, data)
    if found and not has_errors(problems):
        imported(found)


def imported(programme: Programme) -> None:
    """Content files of a programme have no errors, and a second import changes none of them."""
    change = plan(EMPTY, programme).change
    desk = Desk.of(EMPTY.index.after(change.files))
    errors = [found for found in desk.problems if found.severity == "error"]
    assert errors == [], as_text(errors, "en")
    again = plan(desk, programme).change
    assert (again.files, again.gone) == ({}, ()), again


READERS = (yaml_file, document, markdown, identifier, image, strings, others, programme)
ONLY = "--reader="
_NAMES = {given.removeprefix(ONLY) for given in sys.argv if given.startswith(ONLY)}
CHOSEN = tuple(each for each in READERS if not _NAMES or each.__name__ in _NAMES)


def one_input(data: bytes) -> None:
    """Give an input to the reader that its first byte chooses."""
    if len(data) > 1:
        CHOSEN[data[0] % len(CHOSEN)](data[1:])


if __name__ == "__main__":
    atheris.Setup([given for given in sys.argv if not given.startswith(ONLY)], one_input)
    atheris.Fuzz()

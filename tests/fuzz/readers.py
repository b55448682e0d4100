"""Coverage-guided fuzzing of everything that reads what somebody else wrote.

Not part of the tests: run it by hand, for as long as you like, with ``atheris`` installed::

    python tests/fuzz/readers.py -max_total_time=3600 -timeout=10 -rss_limit_mb=4096

A reader may refuse anything; it may not raise, hang, or point outside the file.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["site_gen", "markdown", "pymdownx"]):
    from site_gen import fields
    from site_gen.identifiers import KINDS, parse
    from site_gen.images import check_image, image_info, strip_metadata
    from site_gen.nodes import read_document, read_yaml
    from site_gen.problems import Problem, as_text
    from site_gen.prose import scan
    from site_gen.schema import read
    from site_gen.words import read_words

TABLES = (fields.EVENT, fields.SLOT, fields.SESSION, fields.SPEAKER, fields.SOURCE, fields.PAGE)


def proven(problems: list[Problem], data: bytes) -> None:
    """Every problem can be told, and stands within the file."""
    lines = data.count(b"\n") + data.count(b"\r") + 2
    for found in problems:
        assert 1 <= found.place.line <= lines, found
    as_text(problems, "nl")
    as_text(problems, "en")


def one_input(data: bytes) -> None:
    """Give one input to the reader that its first byte chooses."""
    choice, data = (data[0], data[1:]) if data else (0, b"")
    match choice % 6:
        case 0:
            mapping, problems = read_yaml("a.yaml", data)
            if mapping:
                problems += read(mapping, TABLES[choice // 6 % len(TABLES)])[1]
            proven(problems, data)
        case 1:
            document, problems = read_document("a.md", data)
            if document:
                problems += scan(document.text, "a.md", document.line)[1]
            proven(problems, data)
        case 2:
            text = data.decode("utf-8", "replace")
            proven(scan(text, "a.md", 1)[1], text.encode())
        case 3:
            for kind in KINDS:
                found = parse(kind, data.decode("utf-8", "replace"))
                assert found is None or found.address("nl").startswith("https://")
        case 4:
            for name in ("a.jpg", "a.png", "a.webp", "a.gif", "a.svg"):
                check_image(name, data)
            assert image_info(strip_metadata(data)) == image_info(data) or not image_info(data)
        case _:
            proven(read_words("templates/strings/nl.yaml", data)[1], data)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()

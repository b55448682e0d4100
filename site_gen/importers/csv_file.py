"""Tables as text: comma, semicolon or tab between the cells, in UTF-8 or as Excel writes it."""

from __future__ import annotations

import codecs
import csv
import io

from site_gen.importers.programme import Programme
from site_gen.importers.table import Table, read_table
from site_gen.place import Place
from site_gen.problems import Problem, problem

_SEPARATORS = ";,\t|"
_LONGEST_CELL = 1024 * 1024
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


def read_csv(path: str, data: bytes) -> tuple[Programme | None, list[Problem]]:
    """Return the programme of a table in a text file; its rows are counted as Excel does."""
    text, problems = _decoded(path, data)
    if text is None:
        return None, problems
    head = text.splitlines()[:25]
    separator = max(
        _SEPARATORS, key=lambda sign: max((line.count(sign) for line in head), default=0)
    )
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        rows = list(reader)
    except csv.Error as error:
        return None, [
            problem(Place(path, reader.line_num), "import-broken", format="CSV", reason=error)
        ]
    return read_table(Table(path, rows))


def _decoded(path: str, data: bytes) -> tuple[str | None, list[Problem]]:
    """Return the text; where it is not UTF-8, it is what Excel writes on a Windows computer."""
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    encodings = [_MARKS[mark]] if mark else ["utf-8", "cp1252"]
    start = 0
    for encoding in encodings:
        try:
            return data.removeprefix(mark).decode(encoding), []
        except UnicodeDecodeError as error:
            start = error.start
    place = Place(path, data.count(b"\n", 0, start) + 1)
    return None, [problem(place, "import-encoding", byte=f"{data[start]:02X}")]

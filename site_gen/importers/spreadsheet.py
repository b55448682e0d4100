"""Excel workbooks (.xlsx): the first sheet that is a programme, read by openpyxl.

A workbook is a zip of XML. Before the library opens it, its size when unpacked is bounded, and no
part may declare an entity or a document type.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import Any
from warnings import catch_warnings

from site_gen.importers.cells import Cell
from site_gen.importers.columns import find_columns
from site_gen.importers.programme import Programme
from site_gen.importers.table import Table, read_table
from site_gen.machine import needing
from site_gen.place import Place
from site_gen.problems import Problem, problem

LARGEST = 20 * 1024 * 1024
"""The size of a workbook when it is unpacked, in bytes."""
MOST_ROWS, MOST_COLUMNS = 20_000, 200
_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_spreadsheet(path: str, data: bytes) -> tuple[Programme | None, list[Problem]]:
    """Return the programme in a workbook.

    Raises :class:`site_gen.machine.MachineError` where openpyxl is not installed.
    """
    with needing("openpyxl", Place(path)):
        import openpyxl
    found = _unsafe(path, data)
    if found:
        return None, [found]
    try:
        with catch_warnings(
            action="ignore"
        ):  # of parts that it cannot keep, and that we do not read
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except Exception as error:
        return None, [
            problem(Place(path), "import-broken", format="Excel", reason=type(error).__name__)
        ]
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    tables = [_rows(sheet) for sheet in sheets]
    good = next((rows for rows in tables if find_columns(rows)), tables[0] if tables else [])
    return read_table(Table(path, good, book.properties.title or ""))


def _unsafe(path: str, data: bytes) -> Problem | None:
    """Return why a workbook is not opened: too large, broken, or with declarations in its XML."""
    place = Place(path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > LARGEST:
                return problem(place, "import-too-large", limit=LARGEST // 1024**2)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    text = _read(archive, part)
                    if text.startswith(_MARKS) or b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                        return problem(place, "import-entity", name=part.filename)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        return problem(place, "import-broken", format="Excel", reason=type(error).__name__)
    return None


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Read a part, and no more of it than it says it is: what says less than it is, is broken."""
    with archive.open(part) as file:
        return file.read(part.file_size + 1)


def _rows(sheet: Any) -> list[list[Cell]]:  # noqa: ANN401 - openpyxl has no types
    """Return the cells of a sheet; what is merged downwards is the same in each of its rows."""
    rows = [
        [_cell(cell) for cell in row]
        for row in sheet.iter_rows(
            max_row=min(sheet.max_row or 1, MOST_ROWS),
            max_col=min(sheet.max_column or 1, MOST_COLUMNS),
            values_only=True,
        )
    ]
    for area in sheet.merged_cells.ranges:
        top, left = area.min_row - 1, area.min_col - 1
        if top < len(rows) and left < len(rows[top]):
            for row in rows[top : min(area.max_row, MOST_ROWS)]:
                row[left] = rows[top][left]
    return rows


def _cell(value: object) -> Cell:
    known = isinstance(value, str | int | float | datetime | date | time)
    return value if known else None  # type: ignore[return-value]

"""A file of another program: which format it has, by what is in it and not by its name."""

from __future__ import annotations

from pathlib import Path

from site_gen.importers.programme import Programme
from site_gen.place import Place
from site_gen.problems import Problem, problem

LARGEST = 50 * 1024 * 1024
"""The size of the largest file that is read, in bytes: thirty times FOSDEM's."""

Found = tuple[Programme | None, list[Problem]]


def read(path: Path) -> Found:
    """Return the programme in a file, with what is wrong with it; or why there is none.

    Raises :class:`site_gen.machine.MachineError` where the file needs a library that is not there.
    """
    name = path.as_posix()
    try:
        if path.stat().st_size > LARGEST:
            limit = LARGEST // 1024**2
            return None, [problem(Place(name), "import-too-large", limit=limit)]
        data = path.read_bytes()
    except OSError as error:
        return None, [problem(Place(name), "import-unreadable", reason=error.strerror or "?")]
    return read_data(name, data)


def read_data(name: str, data: bytes) -> Found:
    """Return the programme in the bytes of a file that is called ``name``."""
    programme, problems = _read(name, data)
    if programme and not programme.held and not programme.breaks:
        return None, [*problems, problem(Place(name), "import-empty")]
    return programme, problems


def _read(name: str, data: bytes) -> Found:
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if data.startswith(b"PK\x03\x04"):
        from site_gen.importers.spreadsheet import read_spreadsheet

        return read_spreadsheet(name, data)
    if start.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\x00<")):
        from site_gen.importers.schedule_xml import read_schedule_xml

        return read_schedule_xml(name, data)
    if start.startswith((b"{", b"[")):
        return _read_json(name, data)
    if start.upper().startswith(b"BEGIN:VCALENDAR"):
        from site_gen.importers.calendar import read_calendar

        return read_calendar(name, data)
    if data.startswith((b"\xd0\xcf\x11\xe0", b"%PDF")) or b"\0" in data[:1024].strip(b"\0"):
        return None, [problem(Place(name), "import-unknown", what=Path(name).suffix or "?")]
    from site_gen.importers.csv_file import read_csv

    return read_csv(name, data)


def _read_json(name: str, data: bytes) -> Found:
    from site_gen.importers.json_tree import read_json
    from site_gen.importers.schedule_json import read_schedule_json
    from site_gen.importers.sessionize import is_sessionize, read_sessionize

    document, problems = read_json(name, data)
    if document is None:
        return None, problems
    if is_sessionize(document):
        return read_sessionize(name, document)
    if "schedule" in document:
        return read_schedule_json(name, document)
    return None, [problem(Place(name), "import-unknown", what="JSON")]

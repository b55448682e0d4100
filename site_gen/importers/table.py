"""A table with a session on each row, as somebody would lay it out, to a programme.

A date, a round or a time may stand once above the rows that it is of, on a row of its own or only
in the first of them. What is a break is told by its name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from site_gen.importers import cells
from site_gen.importers.cells import Cell, Unclear
from site_gen.importers.columns import Columns, find_columns
from site_gen.importers.programme import Break, Held, Person, Programme, When
from site_gen.importers.texts import as_line
from site_gen.importers.vocabulary import break_of, id_of, kind_of, language_of, status_of
from site_gen.place import Place
from site_gen.problems import Problem, problem

T = TypeVar("T")
SOURCE = "spreadsheet"
DAY = 24 * 60
NOON = 12 * 60
_ROUND = re.compile(r"(?:ronde|round|blok|block)\s*\d", re.I)
_RANGE = re.compile(
    r"\(?\b(\d{1,2}[.:]\d{2})\s*(?:uur)?\s*(?:[-–—]|tot|to|until)\s*(\d{1,2}[.:]\d{2})(?:\s*uur)?\)?",
    re.I,
)


class Table(Struct, frozen=True):
    """The cells of a sheet: its rows from 0; ``title`` is what the file says it is called."""

    path: str
    rows: Sequence[Sequence[Cell]]
    title: str = ""

    def place(self, row: int, column: int = 0) -> Place:
        """Return the place of a cell, as people count rows and columns."""
        return Place(self.path, row + 1, column + 1)


def read_table(table: Table) -> tuple[Programme | None, list[Problem]]:
    """Return the programme of a table; without a header that we know there is none."""
    columns = find_columns(table.rows)
    if columns is None:
        return None, [problem(table.place(0), "import-no-header")]
    reader = _Reader(table, columns)
    for row in range(columns.row):
        reader.above(row)
    for row in range(columns.row + 1, len(table.rows)):
        reader.row(row)
    programme = Programme(
        source=SOURCE,
        title=reader.title or table.title,
        language=columns.language,
        rooms=reader.rooms,
        people=reader.people,
        held=tuple(reader.held),
        breaks=tuple(reader.breaks),
        left_out=Counter(reader.left_out),
    )
    return programme, reader.problems


Times = tuple[int | None, int | None]
"""Begin and end in minutes; either may be unknown."""


class _Above(Struct):
    """What was told above a row and holds until it is told again."""

    day: date | None = None
    round: int | None = None
    times: Times = (None, None)


class _Reader:
    """Goes through a table from above."""

    def __init__(self, table: Table, columns: Columns) -> None:
        self.table, self.columns = table, columns
        self.title = ""
        self.told = _Above()
        self.rounds: dict[tuple[date | None, int], Times] = {}
        self.rooms: dict[str, str] = {}
        self.people: dict[str, Person] = {}
        self.held: list[Held] = []
        self.breaks: list[Break] = []
        self.left_out: list[str] = []
        self.problems: list[Problem] = []

    # Rows

    def above(self, row: int) -> None:
        """Take the title and the day from what stands above the header."""
        for cell in self.table.rows[row]:
            days = (_day(part) for part in (cell, *re.split(r"[,;|]\s", cells.text(cell))))
            if day := next(filter(None, days), None):
                self.told.day = day
            elif not self.title and isinstance(cell, str):
                self.title = as_line(cell)

    def row(self, row: int) -> None:
        """Read a row: a session, or something that holds for the rows below it."""
        filled = {cells.text(cell) for cell in self.table.rows[row] if not cells.is_empty(cell)}
        if not filled or (len(filled) == 1 and self._heading(row, filled.pop())):
            return
        title = self._line(row, "title")
        if not title:
            self.problems.append(problem(self.table.place(row), "import-row"))
            return
        self._note_left_out(row)
        number, when = self._when(row, title)
        kind = break_of(self._line(row, "kind")) or break_of(title)
        if kind and when and not any(self._line(row, name) for name in ("people", "text")):
            self.breaks.append(Break(self._place(row, "title"), title, kind, when))
        else:
            self.held.append(self._held(row, title, number, when))

    def _heading(self, row: int, typed: str) -> bool:
        """Read a row with one text in it; return whether it is read."""
        column = next(n for n, c in enumerate(self.table.rows[row]) if not cells.is_empty(c))
        if day := _day(self.table.rows[row][column]):
            self.told = _Above(day)
            return True
        times = _RANGE.search(typed)
        if _ROUND.match(typed):
            self.told.round = cells.round_number(typed)
            self.told.times = _clocks(times) if times else (None, None)
            return True
        title = as_line(_RANGE.sub("", typed)).strip(" :,;|()–-")
        if times and title:
            self.told.round = None
            self._part(row, column, title, _clocks(times))
            return True
        if column == self.columns.known["title"]:
            return False
        self.problems.append(problem(self.table.place(row, column), "import-row"))
        return True

    def _part(self, row: int, column: int, title: str, times: Times) -> None:
        place, when = self.table.place(row, column), _span(self.told.day, *times)
        kind = break_of(title)
        if kind and when:
            self.breaks.append(Break(place, title, kind, when))
        else:
            self.held.append(Held(place, title, when=when))

    def _note_left_out(self, row: int) -> None:
        cells_of_row = self.table.rows[row]
        for name, column in self.columns.unknown.items():
            if column < len(cells_of_row) and not cells.is_empty(cells_of_row[column]):
                self.left_out.append(name)

    # Cells

    def _cell(self, row: int, name: str) -> Cell:
        column, found = self.columns.known.get(name), self.table.rows[row]
        return found[column] if column is not None and column < len(found) else None

    def _line(self, row: int, name: str) -> str:
        return as_line(cells.text(self._cell(row, name)))

    def _place(self, row: int, name: str) -> Place:
        return self.table.place(row, self.columns.known.get(name, 0))

    def _held(self, row: int, title: str, number: int | None, when: When | None) -> Held:
        link = self._line(row, "link")
        return Held(
            place=self._place(row, "title"),
            title=title,
            id=id_of(self._line(row, "id")),
            subtitle=self._line(row, "subtitle"),
            abstract=cells.text(self._cell(row, "summary")),
            text=cells.text(self._cell(row, "text")),
            kind=kind_of(self._line(row, "kind")) or kind_of(title.partition(" ")[0]),
            track=self._line(row, "track"),
            language=language_of(self._line(row, "language")),
            status=status_of(self._line(row, "status")),
            room=self._room(row),
            round=number,
            when=when,
            people=tuple(dict.fromkeys(map(self._person, cells.people(self._cell(row, "people"))))),
            links=(("", link),) if link else (),
        )

    def _room(self, row: int) -> str:
        room, building = self._line(row, "room"), self._line(row, "building")
        if room:
            self.rooms[room] = self.rooms.get(room) or building
        return room

    def _person(self, named: cells.Named) -> str:
        key = named.name.casefold()
        known = self.people.get(key) or Person(key, named.name)
        self.people[key] = replace(
            known,
            role=known.role or named.role,
            organisation=known.organisation or named.organisation,
        )
        return key

    # Times

    def _when(self, row: int, title: str) -> tuple[int | None, When | None]:
        """Return the round of a row and when it is; say what is not told or not clear."""
        day = self._read(row, "day", cells.day)
        if day:
            self.told.day = day
        begin, end = self._times(row)
        number = self.told.round
        if "round" in self.columns.known:
            number = cells.round_number(self._cell(row, "round"))
        if number is not None:
            known = self.rounds.get((self.told.day, number), self.told.times)
            begin, end = (begin, end) if begin is not None else known
            self.rounds[self.told.day, number] = (begin, end)
        if begin is None:
            if not self._is_told(row):
                self.problems.append(
                    problem(self._place(row, "title"), "import-no-time", title=title)
                )
            return number, None
        when = _span(self.told.day, begin, end)
        if when and end is not None and when.end is None:
            self.problems.append(problem(self._place(row, "end"), "import-no-end", title=title))
        return number, when

    def _times(self, row: int) -> Times:
        both = self._read(row, "times", cells.span) or (None, None)
        begin, end = (self._read(row, name, cells.clock) for name in ("begin", "end"))
        return both[0] if begin is None else begin, both[1] if end is None else end

    def _read(self, row: int, name: str, how: Callable[[Cell], T | None]) -> T | None:
        """Read a cell; name it where it is not clear."""
        try:
            return how(self._cell(row, name))
        except Unclear as fault:
            code = "import-date" if name == "day" else "import-time"
            self.problems.append(problem(self._place(row, name), code, value=fault))
            return None

    def _is_told(self, row: int) -> bool:
        return any(found.place.line == row + 1 for found in self.problems)


def _day(cell: Cell) -> date | None:
    try:
        return cells.day(cell)
    except Unclear:
        return None


def _clocks(found: re.Match[str]) -> Times:
    try:
        return cells.clock(found[1]), cells.clock(found[2])
    except Unclear:
        return None, None


def _span(day: date | None, begin: int | None, end: int | None) -> When | None:
    """Return a stretch of time; an end in the morning after an evening is that of the next day."""
    if begin is None:
        return None
    if end is not None and end <= begin:
        end = end + DAY if begin >= NOON > end else None
    return When(day, begin, end)

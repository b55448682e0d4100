"""A change of the content as a value, and what it would mean for the site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct, field

from site_gen.files import FileIndex, scan
from site_gen.layout import languages_in_use
from site_gen.load import load
from site_gen.pipeline import Content, check_files
from site_gen.place import Place
from site_gen.prints import fingerprinted
from site_gen.problems import Problem, problem
from site_gen.records import Raw
from site_gen.store import Store, digest


class Desk(Struct, frozen=True):
    """The content as it is: its files, and what a check makes of them.

    ``scanned`` are the problems that the files themselves have, ``problems`` all of them. Without a
    readable event there is no ``raw`` and no ``content``. ``store`` has what was read, so that what
    reads on, or checks what will be, reads only what changes.
    """

    index: FileIndex
    scanned: tuple[Problem, ...]
    raw: Raw | None
    content: Content | None
    problems: tuple[Problem, ...]
    store: Store

    @classmethod
    def at(cls, root: Path, store: Store | None = None, today: date | None = None) -> Desk:
        """Read and check the content below ``root``; what is in the ``store`` is not read again."""
        store = store or Store()
        index, scanned = scan(root)
        return cls.of(fingerprinted(index, store), scanned, store, today)

    @classmethod
    def of(
        cls,
        index: FileIndex,
        scanned: Sequence[Problem] = (),
        store: Store | None = None,
        today: date | None = None,
    ) -> Desk:
        """Check the content of an index; ``scanned`` is what is wrong with the files themselves."""
        store = store or Store()
        content, problems = check_files(index, scanned, today=today, store=store)
        raw, _ = load(index, store)
        return cls(index, tuple(scanned), raw, content, tuple(problems), store)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the site, the main one first."""
        return self.raw.languages if self.raw else languages_in_use(self.index)

    def read(self, path: str) -> bytes:
        """Return the content of a file of the index that a check could read.

        Where that knew what was in it without reading it, something else is refused: places in it
        would be those of another text.
        """
        data, problems = self.index.read(path)
        if data is None:
            raise Refused(problems)
        if self.index.print_of(path) not in {None, digest(data)}:
            raise Refused([problem(Place(path), "file-changed")])
        return data


class Refused(Exception):
    """A change that is not made: the problems say why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(*(found.code for found in problems))
        self.problems = list(problems)


class Change(Struct, frozen=True):
    """What is to be done: ``files`` as they will be, by path, then ``moves`` from path to path, and
    ``gone`` what is no longer there.

    ``before`` is what files held when they were read, so that nobody's work is written over. A file
    that is neither there nor new is in none of them.
    """

    before: Mapping[str, bytes] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    moves: Mapping[str, str] = field(default_factory=dict)
    gone: tuple[str, ...] = ()

    @property
    def new(self) -> tuple[str, ...]:
        """The paths of files that are not there yet."""
        return tuple(path for path in self.files if path not in self.before)


def consequences(desk: Desk, change: Change, processes: int = 1) -> list[Problem]:
    """Return the problems that the content would have after ``change`` and has not now.

    Reading is shared out over ``processes``.
    """
    files = {change.moves.get(path, path): data for path, data in change.files.items()}
    files |= {
        goal: desk.read(path) for path, goal in change.moves.items() if path not in change.files
    }
    index = desk.index.after(files, gone=(*change.moves, *change.gone))
    _, problems = check_files(index, desk.scanned, store=desk.store, processes=processes)
    known = Counter(_identity(found, change.moves) for found in desk.problems)
    caused = []
    for found in problems:
        identity = _identity(found, {})
        if known[identity]:
            known[identity] -= 1
        else:
            caused.append(found)
    return caused


def _identity(found: Problem, moves: Mapping[str, str]) -> tuple[str, str]:
    """Return what a problem keeps when lines are added above it or its file is moved."""
    path = found.place.path
    return moves.get(path, path), found.code

"""A published copy of a site, compared with the build by the hashes that the build wrote."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.sums import SUMS, read_sums
from site_gen.web import Web

LARGEST = 100_000_000
"""Bytes that are read of one file; a build has none that is larger."""
_OK, _GONE = 200, frozenset({404, 410})


class UnreadError(Exception):
    """A file of a copy could not be asked for; the text says why."""


class Copy(Protocol):
    """A copy of a site, wherever it is."""

    def read(self, path: str) -> bytes | None:
        """Return a file, or ``None`` where it is not there. Raises :class:`UnreadError`."""

    def beside(self, expected: AbstractSet[str]) -> set[str]:
        """Return the files that it is known to have beside those that are expected."""


class Folder:
    """A copy in a folder, in which the file ``ignored`` is no part of the site."""

    def __init__(self, root: Path, ignored: str) -> None:
        self.root, self.ignored = root, ignored

    def read(self, path: str) -> bytes | None:
        """Return a file."""
        try:
            return (self.root / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise UnreadError(error.strerror) from None

    def beside(self, expected: AbstractSet[str]) -> set[str]:
        """Return every other file below the folder."""
        found = (path for path in self.root.rglob("*") if path.is_symlink() or not path.is_dir())
        paths = {path.relative_to(self.root).as_posix() for path in found}
        return paths - expected - {self.ignored}


class Published:
    """A copy on a web server, which does not tell what it has but by its own list."""

    def __init__(self, web: Web, address: str) -> None:
        self.web, self.address = web, address.rstrip("/") + "/"

    def read(self, path: str) -> bytes | None:
        """Return a file."""
        answer, data = self.web.fetch(self.address + quote(path), LARGEST)
        if answer.status in _GONE:
            return None
        if answer.reason or answer.status != _OK:
            raise UnreadError(answer.reason or str(answer.status))
        return data

    def beside(self, expected: AbstractSet[str]) -> set[str]:
        """Return what else the copy's own list names and is there."""
        try:
            named = read_sums(self.read(SUMS) or b"").keys() - expected
            return {path for path in named if self.read(path) is not None}
        except UnreadError:
            return set()


def compare(
    copy: Copy, expected: Mapping[str, str], progress: Callable[[int, int], None]
) -> list[Problem]:
    """Name every file that a copy lacks, has otherwise, or has too many.

    ``expected`` holds the SHA-256 of each path.
    """
    problems: list[Problem] = []
    for done, (path, digest) in enumerate(sorted(expected.items()), 1):
        problems += _compared(copy, path, digest)
        progress(done, len(expected))
    problems += [problem(Place(path), "copy-extra") for path in copy.beside(expected.keys())]
    return sorted(problems)


def _compared(copy: Copy, path: str, digest: str) -> Iterator[Problem]:
    try:
        data = copy.read(path)
    except UnreadError as error:
        yield problem(Place(path), "copy-unread", reason=error)
        return
    if data is None:
        yield problem(Place(path), "copy-missing")
    elif hashlib.sha256(data).hexdigest() != digest:
        yield problem(Place(path), "copy-changed")

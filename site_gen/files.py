"""The files of the project: one index of what may be read, made once at the start of a run.

Only regular files below the five folders count. What an editor or a system leaves behind (hidden
files, backups) is passed over in silence and never published; what could lead out of the project,
or does not survive on another system, is a problem.
"""

from __future__ import annotations

import errno
import os
import re
import unicodedata
from bisect import bisect_left
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.state import CONTENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FOLDERS = CONTENT

# File systems allow 255 bytes; the site adds to a name (a hash, `.ics`), and so may a twin.
NAME_BYTES = 200

_LEFTOVER = re.compile(
    r"\..*|~\$.*|#.*#|.*(~|\.(bak|orig|sw[a-p]|tmp)|___jb_(tmp|old)___)|thumbs\.db|desktop\.ini",
    re.I,
)
_FORBIDDEN = re.compile(
    r'[<>:"|?*\\]|[. ]$'
)  # by Windows: such a project cannot be checked out there


class FileIndex(Struct, frozen=True, dict=True):  # dict: for what it works out once
    """What lies below ``root``: sorted relative paths with forward slashes, as they are on disk.

    ``held`` is the content of files that were read already, or as they would be after a change that
    is not made yet. ``prints`` are hashes (:func:`site_gen.store.digest`) of the content of files
    on disk.
    """

    root: Path
    paths: tuple[str, ...]
    held: Mapping[str, bytes] = field(default_factory=dict)
    prints: Mapping[str, bytes] = field(default_factory=dict)

    def has(self, path: str) -> bool:
        """Tell whether ``path`` exists, in exactly this spelling on every system."""
        index = bisect_left(self.paths, path)
        return index < len(self.paths) and self.paths[index] == path

    def under(self, folder: str, *suffixes: str) -> tuple[str, ...]:
        """Return the files below ``folder``, or those with one of ``suffixes`` (``.md``)."""
        return tuple(
            path
            for path in self.paths
            if path.startswith(f"{folder}/") and path.endswith(suffixes or "")
        )

    def wrong_case(self, path: str) -> str:
        """Return the file that differs from ``path`` only in case or Unicode form, or ``""``."""
        return next((p for p in self._alike.get(_folded(path), ()) if p != path), "")

    @cached_property
    def _alike(self) -> Mapping[str, Sequence[str]]:
        return _by_fold(self.paths)

    def after(self, files: Mapping[str, bytes], gone: Iterable[str] = ()) -> FileIndex:
        """Return the index as it would be with ``files`` written and those in ``gone`` away."""
        paths = (set(self.paths) | files.keys()) - set(gone)
        held = {**self.held, **files}
        return FileIndex(self.root, tuple(sorted(paths)), held, self.prints)

    def sizes(self, folder: str) -> dict[str, int]:
        """Return the size in bytes of every file below ``folder`` that is there."""
        found = ((path, self.root / path) for path in self.under(folder))
        return {path: file.stat().st_size for path, file in found if file.exists()}

    def print_of(self, path: str) -> bytes | None:
        """Return the hash of a file that need not be read; of what is held, the content counts."""
        return None if path in self.held else self.prints.get(path)

    def read(self, path: str) -> tuple[bytes | None, list[Problem]]:
        """Read a file of the index; ``None`` and a problem where that is no longer possible."""
        if path in self.held:
            return self.held[path], []
        try:
            return (self.root / path).read_bytes(), []
        except FileNotFoundError:
            return None, [problem(Place(path), "file-vanished")]
        except OSError as error:
            return None, [problem(Place(path), "file-unreadable", reason=_reason(error))]


def scan(root: Path, folders: tuple[str, ...] = FOLDERS) -> tuple[FileIndex, list[Problem]]:
    """Index the content folders below ``root``; a folder that is not there is simply empty."""
    paths: list[str] = []
    problems: list[Problem] = []
    pending = [""]
    while pending:
        entries, wrong = _listing(root, pending.pop())
        problems += wrong
        for path, entry in entries:
            if path in FOLDERS and path not in folders:
                continue
            if wrong_file := _bad_name(path, entry.name) or _bad_file(root, path, entry):
                problems.append(wrong_file)
            elif entry.is_dir(follow_symlinks=False):
                pending.append(path)
            else:
                paths.append(path)
    paths.sort()
    return FileIndex(root, tuple(paths)), sorted([*problems, *_doubles(paths)])


def is_leftover(name: str) -> bool:
    """Tell whether a file of this name is what an editor or a system leaves behind."""
    return _LEFTOVER.fullmatch(name) is not None


def _listing(root: Path, folder: str) -> tuple[list[tuple[str, os.DirEntry[str]]], list[Problem]]:
    """List what counts in ``folder`` (``""`` is the root, of which only the five folders do)."""
    try:
        with os.scandir(root / folder) as listing:
            entries = [entry for entry in listing if not is_leftover(entry.name)]
    except OSError as error:
        place = Place(_printable(folder) or ".")
        return [], [problem(place, "folder-unreadable", reason=_reason(error))]
    if not folder:
        return [(entry.name, entry) for entry in entries if entry.name in FOLDERS], []
    return [(f"{folder}/{entry.name}", entry) for entry in entries], []


def _bad_name(path: str, name: str) -> Problem | None:
    """Refuse a name that cannot be printed, stored or checked out everywhere."""
    shown = _printable(name)
    place = Place(_printable(path))
    if shown != name or _FORBIDDEN.search(name):
        return problem(place, "file-name-characters", name=shown)
    size = len(name.encode())
    return (
        problem(place, "file-name-length", size=size, limit=NAME_BYTES)
        if size > NAME_BYTES
        else None
    )


def _bad_file(root: Path, path: str, entry: os.DirEntry[str]) -> Problem | None:
    """Refuse links that lead elsewhere, and what is neither a file nor a folder (FIFO, device)."""
    if entry.is_symlink():
        return _bad_link(root, path)
    if entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False):
        return None
    return problem(Place(path), "special-file")


def _bad_link(root: Path, path: str) -> Problem | None:
    """Accept a link only to a regular file that could itself be in the index."""
    try:
        target = Path(os.path.realpath(root / path, strict=True))
    except OSError as error:
        circular = error.errno == errno.ELOOP
        return problem(Place(path), "link-circular" if circular else "link-broken")
    if not _inside(target, Path(os.path.realpath(root))):
        return problem(Place(path), "link-outside")
    if target.is_dir():
        return problem(Place(path), "link-to-folder")
    return None if target.is_file() else problem(Place(path), "special-file")


def _inside(target: Path, root: Path) -> bool:
    if not target.is_relative_to(root):
        return False
    parts = target.relative_to(root).parts
    return parts[:1] in {(name,) for name in FOLDERS} and not any(map(is_leftover, parts))


def _doubles(paths: list[str]) -> Iterator[Problem]:
    """Name files that are one file on a system that ignores case or Unicode form."""
    for first, *others in _by_fold(paths).values():
        for path in others:
            yield problem(Place(path), "duplicate-file", other=first)


def _by_fold(paths: Iterable[str]) -> dict[str, list[str]]:
    """Return paths, in order, by what those have in common that differ in no more than that."""
    alike: dict[str, list[str]] = {}
    for path in paths:
        alike.setdefault(_folded(path), []).append(path)
    return alike


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _printable(name: str) -> str:
    """Show bytes that are no UTF-8, and control characters, as escapes."""
    if name.isascii() and name.isprintable():
        return name
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def _reason(error: OSError) -> str:
    """Return the system's name of the error, the same in every locale."""
    return errno.errorcode.get(error.errno or 0, type(error).__name__)

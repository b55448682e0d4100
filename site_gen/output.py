"""Write the site, whole or not at all.

Beside the output lies its twin: the build before. The twin is brought up to date and the two change
places in one step (:mod:`site_gen.exchange`), so that at every instant the output holds one whole
build, whatever ends this process. What did not change is a hard link to the same file: it keeps its
time, and a build after a small edit writes little.

Nothing is forced to disk (``fsync``): a build can always be made again, and after a power cut the
next one compares every byte and repairs what was lost.
"""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from site_gen.exchange import exchange, exchange_by_renames, recover
from site_gen.locks import LockHeldError, locked
from site_gen.machine import MachineError
from site_gen.place import Place
from site_gen.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

MARKER = ".site-gen"
_MARKER_TEXT = b"Made by site-gen. Whatever is put here is removed by the next build.\n"

FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class OutputError(MachineError):
    """The site cannot be written; the old one stands whole."""


class Report(Struct, frozen=True):
    """What a write did: how many files differ, stayed as they were, and went."""

    written: int
    unchanged: int
    removed: int


def write(
    files: Mapping[str, bytes],
    out: Path,
    *,
    protected: Sequence[Path],
    inputs: Sequence[Path] = (),
    patience: float = 0,
) -> Report:
    """Make ``out`` hold exactly ``files`` (relative path with forward slashes → content).

    ``out`` may not be or hold one of ``protected`` (the project, the home folder), nor be, hold
    or lie in one of ``inputs`` (the content folders). A folder that is not empty has to be one that
    was written by us. Another build that writes is waited for, ``patience`` seconds at most.
    Raises :class:`OutputError`, and ``ValueError`` for a path that leads out.
    """
    for path in files:
        _check_path(path)
    real = Path(os.path.realpath(out))
    place = Place(out.as_posix())
    if real == real.parent or _touches(real, protected, inputs):
        raise OutputError(problem(place, "output-protected"))
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        with locked(_beside(real, "lock"), patience):
            return _write(files, real)
    except LockHeldError as held:
        raise OutputError(problem(place, "output-locked", holder=held)) from None
    except OSError as error:
        raise OutputError(_failure(place, error)) from error


def _beside(out: Path, role: str) -> Path:
    return out.with_name(f".{out.name}.{role}")


def _write(files: Mapping[str, bytes], out: Path) -> Report:
    twin, aside = _beside(out, "twin"), _beside(out, "old")
    for folder in (out, twin, aside):
        if _is_foreign(folder):
            raise OutputError(problem(Place(folder.as_posix()), "output-foreign"))
    recover(out, twin, aside)
    _remove(aside)
    whole = {**files, MARKER: _MARKER_TEXT}
    present = dict(_entries(out))
    same = {p for p, content in whole.items() if p in present and _holds(present[p], content)}
    removed = len(present.keys() - whole.keys())
    if removed or len(same) < len(whole):
        _update(twin, whole, out, same)
        _publish(twin, out, aside)
    unchanged = len(same & files.keys())
    return Report(len(files) - unchanged, unchanged, removed)


def _is_foreign(folder: Path) -> bool:
    """Tell whether something lies at ``folder`` that we did not write and that is not empty."""
    if not folder.is_dir() or folder.is_symlink():
        return os.path.lexists(folder)
    marker = folder / MARKER
    is_ours = marker.is_file() and not marker.is_symlink()
    return not is_ours and any(folder.iterdir())


def _entries(folder: Path, within: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield everything below ``folder`` that is not itself a folder, links included."""
    if not folder.exists():
        return
    with os.scandir(folder / within) as listing:
        for entry in listing:
            path = f"{within}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _entries(folder, f"{path}/")
            else:
                yield path, entry


def _holds(entry: os.DirEntry[str], content: bytes) -> bool:
    if not entry.is_file(follow_symlinks=False) or entry.stat().st_size != len(content):
        return False
    with open(entry.path, "rb", buffering=0) as file:
        return file.readall() == content


def _update(twin: Path, files: Mapping[str, bytes], live: Path, same: set[str]) -> None:
    """Make ``twin`` hold ``files``; those in ``same`` are as they are in ``live``."""
    try:
        twin.mkdir(exist_ok=True)
        _mark(twin / MARKER)
        folders = _folders(files)
        _prune(twin, files.keys(), folders)
        for folder in sorted(folders):
            if not os.path.isdir(f"{twin}/{folder}"):
                os.mkdir(f"{twin}/{folder}")
        for path, content in files.items():
            if path == MARKER:
                continue
            if path in same:
                _share(f"{live}/{path}", f"{twin}/{path}")
            else:
                _put(f"{twin}/{path}", content)
    except OSError:
        _remove(twin)  # on a full disk, half a site is in the way
        raise


def _folders(paths: Iterable[str]) -> set[str]:
    """Return every folder that a path leads through."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _mark(marker: Path) -> None:
    """Make a twin ours, first of all, and without an instant in which it is not."""
    if not marker.is_file() or marker.read_bytes() != _MARKER_TEXT:
        marker.write_bytes(_MARKER_TEXT)


def _prune(folder: Path, files: AbstractSet[str], folders: set[str], within: str = "") -> None:
    """Remove what is not wanted; a link is removed, never followed."""
    with os.scandir(folder / within) as listing:
        entries = list(listing)
    for entry in entries:
        path = f"{within}{entry.name}"
        if not entry.is_dir(follow_symlinks=False):
            if path not in files:
                Path(entry).unlink()
        elif path in folders:
            _prune(folder, files, folders, f"{path}/")
        else:
            shutil.rmtree(entry)


def _remove(folder: Path) -> None:
    """Remove a folder of ours as far as that goes; its marker last, so that it stays ours."""
    with suppress(OSError):
        _prune(folder, {MARKER}, set())
    shutil.rmtree(folder, ignore_errors=True)


def _put(path: str, content: bytes) -> None:
    """Write a new file; never into an old one, which may be the same file as in the live site."""
    with suppress(FileNotFoundError):
        os.unlink(path)
    with open(path, "xb") as file:
        file.write(content)


def _share(source: str, target: str) -> None:
    """Let ``target`` be the same file as ``source``, or a copy where hard links do not exist."""
    with suppress(FileNotFoundError):
        if os.path.samestat(os.lstat(target), os.stat(source)):
            return
        os.unlink(target)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _publish(twin: Path, out: Path, aside: Path) -> None:
    if not out.exists():
        twin.rename(out)
    elif not exchange(twin, out):
        exchange_by_renames(out, twin, aside)


def _check_path(path: str) -> None:
    if "\\" in path or not {"", ".", ".."}.isdisjoint(path.split("/")):
        raise ValueError(f"no path within the output: {path!r}")


def _touches(out: Path, protected: Sequence[Path], inputs: Sequence[Path]) -> bool:
    guarded = [Path(os.path.realpath(path)) for path in (*protected, *inputs)]
    within = [Path(os.path.realpath(path)) for path in inputs]
    return any(path.is_relative_to(out) for path in guarded) or any(
        out.is_relative_to(path) for path in within
    )


def _failure(place: Place, error: OSError) -> Problem:
    if error.errno in FULL:
        return problem(place, "output-full")
    if error.errno in DENIED:
        return problem(place, "output-denied")
    name = errno.errorcode.get(error.errno or 0, type(error).__name__)
    return problem(place, "output-failed", reason=name)

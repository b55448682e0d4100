"""The twin of an output: the build before, brought up to date beside the one that is read.

What did not change is a hard link to the same file: it keeps its time, and after a small edit
little is written.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from site_gen.inventory import Inventory, Survey, file_stamp, folders_of, survey
from site_gen.stamps import Stamp, same_but_for_names
from site_gen.workers import cut, share_out

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from site_gen.hashes import File

MANY = 200
"""From so many files on, it pays to write in another process."""
MARKER = ".site-gen"
MARKER_TEXT = b"Made by site-gen. Whatever is put here is removed by the next build.\n"


class GoneError(Exception):
    """What lay in the output is no longer as it was seen, and has to be made."""


class Updated(NamedTuple):
    """What became of a twin: the paths at which something changed, and the files it shares.

    ``shared`` are those that are the same file as in the live site, by path with their stamp.
    """

    touched: set[str]
    shared: dict[str, Stamp]


def update(
    twin: Path,
    found: Survey,
    live: Path,
    files: Mapping[str, File],
    same: Mapping[str, Stamp],
    content: Callable[[File], bytes],
    processes: int,
) -> Updated:
    """Make ``twin``, in which this was ``found``, hold just these ``files``.

    The ``same`` ones are those of ``live``, by path with the stamp that they had. All that has
    another one by now, or was never there, is written; what is much, by as many ``processes``.
    The marker is there besides, from the first moment. Raises what ``content`` raises.
    """
    try:
        twin.mkdir(exist_ok=True)
        _mark(twin / MARKER)
        wanted = {MARKER, *files}
        folders = folders_of(wanted)
        gone = prune(twin, found, wanted, folders)
        for folder in sorted(folders - found.folders.keys() - {""}):
            os.mkdir(f"{twin}/{folder}")
        shared = {path: then for path, then in same.items() if found.files.get(path) == then}
        linked = {
            path: now
            for path, then in same.items()
            if path not in shared and (now := _share(f"{live}/{path}", f"{twin}/{path}", then))
        }
        shared |= linked
        new = [(path, file) for path, file in files.items() if path not in shared]
        parts = cut(new, processes if len(new) >= MANY else 1)
        share_out([partial(_put_all, twin, part, content) for part in parts])
    except (OSError, GoneError):
        remove(twin)  # on a full disk, half a site is in the way
        raise
    return Updated(gone | dict(new).keys() | linked.keys() | {MARKER}, shared)


def prune(
    folder: Path, found: Survey, files: AbstractSet[str], folders: AbstractSet[str]
) -> set[str]:
    """Remove of what was found what is not wanted, and return it; a link is never followed."""
    unwanted = found.files.keys() - files
    for path in unwanted:
        os.unlink(f"{folder}/{path}")
    empty = found.folders.keys() - folders
    for path in sorted(empty, reverse=True):
        os.rmdir(f"{folder}/{path}")
    return unwanted | empty


def remove(folder: Path) -> None:
    """Remove a folder of ours as far as that goes; its marker last, so that it stays ours."""
    with suppress(OSError):
        prune(folder, survey(str(folder), Inventory()), {MARKER}, {""})
    shutil.rmtree(folder, ignore_errors=True)


def _mark(marker: Path) -> None:
    """Make a twin ours, first of all, and without an instant in which it is not."""
    if not marker.is_file() or marker.read_bytes() != MARKER_TEXT:
        marker.write_bytes(MARKER_TEXT)


def _put_all(
    twin: Path, files: Sequence[tuple[str, File]], content: Callable[[File], bytes]
) -> None:
    for path, file in files:
        _put(f"{twin}/{path}", content(file))


def _put(path: str, content: bytes) -> None:
    """Write a new file; never into an old one, which may be the same file as in the live site."""
    with suppress(FileNotFoundError):
        os.unlink(path)
    with open(path, "xb") as file:
        file.write(content)


def _share(source: str, target: str, then: Stamp) -> Stamp | None:
    """Let ``target`` be the same file as ``source``, or a copy where hard links do not exist.

    Returns the stamp that it has now; none where the source is not as it was ``then``, or is gone.
    """
    try:
        if file_stamp(source) != then:
            return None
        with suppress(FileNotFoundError):
            os.unlink(target)
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)
        now = file_stamp(source)
        left = file_stamp(target)
    except OSError:
        return None
    return left if now and same_but_for_names(now, then) else None

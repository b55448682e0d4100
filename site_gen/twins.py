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
from typing import TYPE_CHECKING

from site_gen.inventory import Inventory, Survey, file_stamp, folders_of, survey
from site_gen.stamps import Stamp, inode
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


def update(
    twin: Path,
    found: Survey,
    live: Path,
    same: Mapping[str, Stamp | None],
    new: Mapping[str, File],
    content: Callable[[File], bytes],
    processes: int,
) -> set[str]:
    """Make ``twin``, in which this was ``found``, hold just these files; return what changed.

    The ``same`` ones are those of ``live``, by path with the stamp that they had; many ``new``
    ones are written by as many ``processes``. The marker is there besides, from the first moment.
    Raises :class:`GoneError` where a file has another stamp by now, and what ``content`` raises.
    """
    try:
        twin.mkdir(exist_ok=True)
        _mark(twin / MARKER)
        wanted = {MARKER, *same, *new}
        folders = folders_of(wanted)
        gone = prune(twin, found, wanted, folders)
        for folder in sorted(folders - found.folders.keys() - {""}):
            os.mkdir(f"{twin}/{folder}")
        parts = cut(list(new.items()), processes if len(new) >= MANY else 1)
        share_out([partial(_put_all, twin, part, content) for part in parts])
        shared = {
            path for path, status in same.items() if not _is_shared(found.files.get(path), status)
        }
        for path in shared:
            _share(f"{live}/{path}", f"{twin}/{path}", same[path])
    except (OSError, GoneError):
        remove(twin)  # on a full disk, half a site is in the way
        raise
    return gone | new.keys() | shared | {MARKER}


def _is_shared(there: Stamp | None, live: Stamp | None) -> bool:
    """Tell whether the twin has the very file that has this stamp in the live site."""
    if there is None or live is None or inode(there) != inode(live):
        return False
    if there != live:
        raise GoneError
    return True


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


def _share(source: str, target: str, then: Stamp | None) -> None:
    """Let ``target`` be the same file as ``source``, or a copy where hard links do not exist."""
    if file_stamp(source) != then:
        raise GoneError
    with suppress(FileNotFoundError):
        os.unlink(target)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)

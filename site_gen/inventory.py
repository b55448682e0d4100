"""What lies in a folder, and the hash of each file, so that what is as it was need not be read.

A folder whose stamp is as it was holds the same names, and a file whose stamp is as it was the same
content (:mod:`site_gen.stamps`). What cannot be told so is looked at again.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from msgspec import DecodeError, Struct
from msgspec.msgpack import decode, encode

from site_gen.stamps import SEES_CHANGES, Stamp, newest, stamp
from site_gen.state import checked, with_check


class Listing(NamedTuple):
    """A folder: its stamp, and the paths of the files and of the folders in it.

    A path is relative, with forward slashes; whatever is no folder counts as a file.
    """

    stamp: Stamp
    files: tuple[str, ...]
    folders: tuple[str, ...]


class Inventory(Struct, frozen=True):
    """What is known of a folder: ``folders`` by path (``""`` is the folder itself), and of files.

    ``hashes`` holds the stamp and the SHA-256 of each file.
    """

    folders: Mapping[str, Listing] = {}
    hashes: Mapping[str, tuple[Stamp, bytes]] = {}

    def hash(self, path: str, stamp: Stamp) -> bytes | None:
        """Return the hash of a file that has this stamp now, where that is known."""
        known = self.hashes.get(path)
        return known[1] if known and known[0] == stamp else None

    @property
    def complete(self) -> bool:
        """Whether all that lies there is known."""
        listed = [path for each in self.folders.values() for path in each.files]
        folders = [path for each in self.folders.values() for path in each.folders]
        return {"", *folders} == self.folders.keys() and set(listed) == self.hashes.keys()

    def stamps(self, root: str) -> dict[str, Stamp]:
        """Return the stamp of each file and folder by its path, which begins with ``root``."""
        folders = {f"{root}/{path}": each.stamp for path, each in self.folders.items()}
        return folders | {f"{root}/{path}": each for path, (each, _) in self.hashes.items()}

    def trusted(self, moment: int, written: int) -> Inventory:
        """Return what of it counts, if it was taken after this moment.

        A file counts where it has not changed since the moment at which its content was known.
        """
        folders, hashes = self.folders.items(), self.hashes.items()
        return Inventory(
            {path: each for path, each in folders if newest(each.stamp) < moment},
            {path: each for path, each in hashes if newest(each[0]) < written},
        )


class Survey(NamedTuple):
    """What lies in a folder now: its folders, and the stamp of each file by path.

    What is no folder and no file, as a link, has no stamp.
    """

    folders: dict[str, Listing]
    files: dict[str, Stamp | None]

    def inventory(
        self, hashes: Mapping[str, bytes], stamps: Mapping[str, Stamp] | None = None
    ) -> Inventory:
        """Return this as an inventory; the ``hashes`` are those of its files by path.

        Nothing is known of a file that has another stamp than it had when its hash was right.
        """
        then, found = stamps or {}, {}
        for path, each in hashes.items():
            now = self.files.get(path)
            if now and then.get(path, now) == now:
                found[path] = now, each
        return Inventory(self.folders, found)


def survey(root: str, before: Inventory) -> Survey:
    """Look at a folder; a list of names that is as it was is not read. Links are not followed.

    Where there is no folder, there is nothing in it.
    """

    def listing(within: str) -> Listing:
        now = stamp(os.lstat(f"{root}/{within}"))
        known = before.folders.get(within)
        return known if known and known.stamp == now else _listing(root, within)

    return _walk(root, listing, {})


def survey_again(root: str, before: Survey, touched: AbstractSet[str], moment: int) -> Survey:
    """Look again at what was written, made or removed in a folder, and at what was too young."""
    changed = folders_of(touched)
    old = {
        path: now
        for path, now in before.files.items()
        if now and path not in touched and newest(now) < moment
    }

    def listing(within: str) -> Listing:
        known = before.folders.get(within)
        is_old = known and within not in changed and newest(known.stamp) < moment
        return known if known and is_old else _listing(root, within)

    return _walk(root, listing, old)


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return every folder that a path leads through, the outermost (``""``) too."""
    found = {""}
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _walk(root: str, listing: Callable[[str], Listing], known: Mapping[str, Stamp]) -> Survey:
    found = Survey({}, {})
    pending = [""] if os.path.isdir(root) else []
    while pending:
        within = pending.pop()
        found.folders[within] = names = listing(within)
        for path in names.files:
            found.files[path] = known.get(path) or file_stamp(f"{root}/{path}")
        pending += names.folders
    return found


def file_stamp(path: str) -> Stamp | None:
    """Return the stamp of a file; what is a link or the like has none."""
    now = os.lstat(path)
    return stamp(now) if stat.S_ISREG(now.st_mode) else None


class InventoryError(Exception):
    """What was written about folders cannot be used; the text is why, as of a pack."""


def read_inventories(path: str) -> tuple[Inventory, Inventory]:
    """Read what was written about two folders, if anything was.

    Raises :class:`InventoryError`.
    """
    try:
        with open(path, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        data = b""
    except OSError:
        raise InventoryError("unreadable") from None
    if not data:
        return Inventory(), Inventory()
    whole = checked(data)
    if whole is None:
        raise InventoryError("damaged")
    try:
        return decode(whole, type=tuple[Inventory, Inventory])
    except DecodeError:  # by another version
        raise InventoryError("version") from None


def as_bytes(inventories: tuple[Inventory, Inventory]) -> bytes:
    """Return what :func:`read_inventories` reads; nothing where stamps tell nothing."""
    try:
        return with_check(encode(inventories)) if SEES_CHANGES else b""
    except UnicodeEncodeError:  # somebody put a file there whose name is no text
        return b""


def _listing(root: str, within: str) -> Listing:
    now = stamp(os.lstat(f"{root}/{within}"))
    start = f"{within}/" if within else ""
    files: list[str] = []
    folders: list[str] = []
    with os.scandir(f"{root}/{within}") as entries:
        for entry in entries:
            into = folders if entry.is_dir(follow_symlinks=False) else files
            into.append(f"{start}{entry.name}")
    return Listing(now, tuple(files), tuple(folders))

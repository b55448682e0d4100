"""The folder in which packs lie: what is written there is found by its key, by this run or a later.

Each process writes a pack of its own, and a parent takes over those of its children. A pack of
another version is set aside, and so is one that turns out to be damaged. Where the disk is full, or
may not be written, nothing more is put there until all is saved.
"""

from __future__ import annotations

import os
import pickle
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from site_gen import state
from site_gen.packs import HALF, Pack, PackError, Packing
from site_gen.stamps import moment

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

MOST_PACKS = 8
LONGEST = 3600 * 10**9  # nanoseconds that no build takes


class Handover(NamedTuple):
    """What a child leaves: the pack that it wrote, if any, and what it set aside, with why."""

    pack: Path | None
    useless: list[Path]
    set_aside: set[str]


class Shelf:
    """Results by key, as packed in a ``folder``; without one, none can be put there.

    ``set_aside`` tells why a pack could not be used, see :class:`site_gen.packs.PackError`; it
    grows when one turns out to be damaged. Where it is ``read_only``, nothing in the folder is
    written or removed, and none is made.
    """

    def __init__(self, folder: Path | None, version: bytes, *, read_only: bool = False) -> None:
        self.set_aside: set[str] = set()
        self._folder, self._version = None if read_only else folder, version
        self._packed: dict[bytes, Pack | Packing] = {}
        self._packs: list[Pack] = []
        self._packing: Packing | None = None
        self._useless: list[Path] = []
        self._told: set[Path] = set()
        self._process = os.getpid()
        self._has_room = True
        if folder:
            self._load(folder)

    def __contains__(self, key: bytes) -> bool:
        return key in self._packed

    def read(self, key: bytes) -> object | None:
        """Return a result, or nothing where it is not there or damaged."""
        packed = self._read(key)
        return None if packed is None else pickle.loads(packed)  # noqa: S301 - see site_gen.store

    def add(self, key: bytes, result: object) -> bool:
        """Put a result there at once, and tell whether there was room for it."""
        try:
            packing = self._own_packing()
            packing.add(key, _pickled(result))
        except OSError:
            self._stop_packing()
            return False
        self._packed[key] = packing
        return True

    def flush(self) -> None:
        """Leave nothing in memory, so that a child can be forked that only tells what it finds."""
        self._told = set(self._useless)
        try:
            if self._packing:
                self._packing.flush()
        except OSError:
            self._stop_packing()

    def hand_over(self) -> Handover:
        """Finish the pack of a child, if it wrote any, and return what its parent is to know."""
        pack = None
        if self._packing and self._packing.process != self._process:
            try:
                pack = self._finish(self._packing).path
            except OSError:
                self._stop_packing()
        useless = [path for path in self._useless if path not in self._told]
        return Handover(pack, useless, self.set_aside)

    def take_over(self, left: Handover) -> None:
        """Take over from a child; what cannot be read of its pack is made again."""
        self.set_aside |= left.set_aside
        for pack in [pack for pack in self._packs if pack.path in left.useless]:
            self._drop(pack)
        if left.pack:
            with suppress(PackError):
                self._take(Pack(left.pack, self._version))

    def give_way(self) -> None:
        """Leave the room on the disk to others: all that is there is lost."""
        self._stop_packing()
        for pack in list(self._packs):
            self._drop(pack)
        with suppress(OSError):
            self._tidy()

    def save(self, new: Mapping[bytes, object], used: Collection[bytes]) -> None:
        """Write what is new, and forget what was not used; without room or right, do not."""
        self._has_room = True  # as far as anybody knows
        if self._folder and (new or self._packing or self._useless):
            try:
                self._write(self._folder, new, used)
            except OSError:
                self._stop_packing()

    def _write(self, folder: Path, new: Mapping[bytes, object], used: Collection[bytes]) -> None:
        state.prepare(folder)
        old = self._outlived(len(used))
        moved = [key for key in used if key not in new and self._packed.get(key) in old]
        for key, result in new.items():
            self._own_packing().add(key, _pickled(result))
        for key in moved:
            if (packed := self._read(key)) is not None:
                self._own_packing().add(key, packed)
        if self._packing:
            self._finish(self._packing)
        for pack in old:
            self._drop(pack)
        self._useless += _abandoned(folder)
        self._tidy()

    def _tidy(self) -> None:
        """Remove what is of no use; the same results made again have the same name."""
        in_use = {pack.path for pack in self._packs}
        while self._folder and self._useless:
            path = self._useless.pop()
            if path not in in_use:
                path.unlink(missing_ok=True)

    def _own_packing(self) -> Packing:
        """Return the pack that this process writes."""
        if self._folder is None or not self._has_room:
            raise FileNotFoundError
        if self._packing is None or self._packing.process != os.getpid():
            state.prepare(self._folder)
            self._packing = Packing(self._folder, self._version)
        return self._packing

    def _stop_packing(self) -> None:
        """Put nothing more on a disk that is full; of what is not written whole, nothing counts."""
        self._has_room = False
        if self._packing:
            self._drop(self._packing)

    def _finish(self, packing: Packing) -> Pack:
        pack, self._packing = packing.close(), None
        self._take(pack)
        return pack

    def _outlived(self, used: int) -> list[Pack]:
        """Return the packs to put together: all where most is useless, else small ones of many."""
        if len(self._packed) > 3 * used:
            return list(self._packs)
        by_size = sorted(self._packs, key=lambda pack: pack.size)
        return by_size[: len(by_size) // 2] if len(by_size) >= MOST_PACKS else []

    def _load(self, folder: Path) -> None:
        try:
            paths = sorted(
                (path for path in folder.iterdir() if path.suffix == state.PACK), key=_age
            )
        except FileNotFoundError:
            return
        except OSError:
            self.set_aside.add("unreadable")
            return
        for path in paths:
            try:
                self._take(Pack(path, self._version))
            except PackError as fault:
                self.set_aside.add(str(fault))
                self._useless.append(path)

    def _take(self, pack: Pack) -> None:
        self._packs.append(pack)
        self._packed |= dict.fromkeys(pack.keys(), pack)

    def _read(self, key: bytes) -> bytes | None:
        """Return a result as it is packed; a pack that turns out to be damaged is set aside."""
        pack = self._packed.get(key)
        if pack is None:
            return None
        try:
            return pack.read(key)
        except PackError as fault:
            self.set_aside.add(str(fault))
            self._drop(pack)
            return None

    def _drop(self, pack: Pack | Packing) -> None:
        """Use a pack no more."""
        self._packed = {key: each for key, each in self._packed.items() if each is not pack}
        if isinstance(pack, Packing):
            self._packing = None
            pack.discard()
        elif pack in self._packs:
            self._packs.remove(pack)
            self._useless.append(pack.let_go())


def _pickled(result: object) -> bytes:
    return pickle.dumps(result, pickle.HIGHEST_PROTOCOL)


def _abandoned(folder: Path) -> list[Path]:
    """Return what builds that died left half written."""
    before = moment(folder / "x") - LONGEST
    return [path for path in folder.glob(f"*{HALF}") if path.stat().st_mtime_ns < before]


def _age(pack: Path) -> tuple[int, str]:
    """Return what packs are sorted by, the oldest first; another build may remove one meanwhile."""
    try:
        return pack.stat().st_mtime_ns, pack.name
    except FileNotFoundError:
        return 0, pack.name

"""Files of results by key, of which each result is read only where it is asked for.

A pack is written whole under a name of its own and never changed. At its head stands where each
result lies, with a checksum of that list; each result has a checksum of its own.
"""

from __future__ import annotations

import os
import pickle
from hashlib import blake2b
from typing import TYPE_CHECKING
from weakref import finalize
from zlib import crc32

from site_gen import state

if TYPE_CHECKING:
    from collections.abc import KeysView, Mapping
    from pathlib import Path

ENDING = ".pack"
_MAGIC = b"site-gen pack 2\n"
_NUMBER = 8  # bytes


class PackError(Exception):
    """A pack cannot be used; the text is why: ``version``, ``damaged`` or ``unreadable``."""


class Pack:
    """A pack that lies on disk; it stays open until it is let go."""

    def __init__(self, path: Path, version: bytes) -> None:
        """Read what is in it. Raises :class:`PackError` where that is of no use to this version."""
        self._path = path
        try:
            self._handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        except OSError:
            raise PackError("unreadable") from None
        self._close = finalize(self, os.close, self._handle)
        start = self._at(0, len(_MAGIC + version) + 2 * _NUMBER)
        if not start.startswith(_MAGIC + version):
            raise PackError("version")
        check, length = _number(start[-2 * _NUMBER : -_NUMBER]), _number(start[-_NUMBER:])
        head = self._at(len(start), length)
        if crc32(head) != check:
            raise PackError("damaged")
        self._places: dict[bytes, tuple[int, int, int]] = pickle.loads(head)  # noqa: S301 - ours
        self._start = len(start) + length
        if os.fstat(self._handle).st_size < self._start + sum(map(_length, self._places.values())):
            raise PackError("damaged")

    def keys(self) -> KeysView[bytes]:
        """Return the key of each result."""
        return self._places.keys()

    def read(self, key: bytes) -> bytes:
        """Return a result. Raises :class:`PackError` where it is not as it was written."""
        offset, length, check = self._places[key]
        try:
            result = self._at(self._start + offset, length)
        except OSError:
            raise PackError("unreadable") from None
        if crc32(result) != check:
            raise PackError("damaged")
        return result

    def let_go(self) -> Path:
        """Close it, and return where it lies: an open file cannot be deleted everywhere."""
        self._close()
        return self._path

    def _at(self, offset: int, length: int) -> bytes:
        if hasattr(os, "pread"):  # also where a child has the same file open
            return os.pread(self._handle, length, offset)
        os.lseek(self._handle, offset, os.SEEK_SET)
        return os.read(self._handle, length)


def write_pack(folder: Path, version: bytes, results: Mapping[bytes, bytes]) -> Pack:
    """Write these results as a pack in ``folder``."""
    places, offset = {}, 0
    for key, result in results.items():
        places[key] = offset, len(result), crc32(result)
        offset += len(result)
    head = pickle.dumps(places, pickle.HIGHEST_PROTOCOL)
    start = crc32(head).to_bytes(_NUMBER, "little") + len(head).to_bytes(_NUMBER, "little")
    path = folder / f"{blake2b(head, digest_size=16).hexdigest()}{ENDING}"
    state.write_whole(path, b"".join((_MAGIC, version, start, head, *results.values())))
    return Pack(path, version)


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _length(place: tuple[int, int, int]) -> int:
    return place[1]

"""Files of results by key, of which each result is read only where it is asked for.

A pack is written whole, under a name of its own, and never changed. At its end stands where each
result lies, with a checksum of that list; each result has a checksum of its own.
"""

from __future__ import annotations

import os
import pickle
from hashlib import blake2b
from typing import TYPE_CHECKING
from weakref import finalize
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, KeysView
    from pathlib import Path

ENDING = ".pack"
_MAGIC = b"site-gen pack 3\n"
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
        self.size = os.fstat(self._handle).st_size
        start = _MAGIC + version
        if self._at(0, len(start)) != start:
            raise PackError("version")
        end = self._at(max(self.size - 2 * _NUMBER, 0), 2 * _NUMBER)
        check, length = _number(end[:_NUMBER]), _number(end[_NUMBER:])
        places = self._at(max(self.size - len(end) - length, 0), min(length, self.size))
        if crc32(places) != check:
            raise PackError("damaged")
        self._places: dict[bytes, tuple[int, int, int]] = pickle.loads(places)  # noqa: S301 - ours

    def keys(self) -> KeysView[bytes]:
        """Return the key of each result."""
        return self._places.keys()

    def read(self, key: bytes) -> bytes:
        """Return a result. Raises :class:`PackError` where it is not as it was written."""
        offset, length, check = self._places[key]
        try:
            result = self._at(offset, length)
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


def write_pack(folder: Path, version: bytes, results: Iterable[tuple[bytes, bytes]]) -> Pack:
    """Write these results, one after another, as a pack in ``folder``."""
    half, places = folder / f"{os.getpid()}.half", {}
    try:
        with half.open("wb") as file:
            offset = file.write(_MAGIC + version)
            for key, result in results:
                places[key] = offset, len(result), crc32(result)
                offset += file.write(result)
            end = pickle.dumps(places, pickle.HIGHEST_PROTOCOL)
            file.write(end + crc32(end).to_bytes(_NUMBER, "little"))
            file.write(len(end).to_bytes(_NUMBER, "little"))
        path = folder / f"{blake2b(end, digest_size=16).hexdigest()}{ENDING}"
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    return Pack(path, version)


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")

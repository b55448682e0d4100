"""Files of results by key, of which each result is read only where it is asked for.

A pack is written whole, under a name of its own, and never changed. At its end stands where each
result lies, with a checksum of that list; each result has a checksum of its own.
"""

from __future__ import annotations

import os
import pickle
from contextlib import suppress
from hashlib import blake2b
from typing import IO, TYPE_CHECKING
from weakref import finalize
from zlib import crc32

from site_gen.state import PACK

if TYPE_CHECKING:
    from collections.abc import KeysView
    from pathlib import Path

    _Place = tuple[int, int, int]  # offset, length, checksum

HALF = ".half"
_MAGIC = b"site-gen pack 3\n"
_NUMBER = 8  # bytes


class PackError(Exception):
    """A pack cannot be used; the text is why: ``version``, ``damaged`` or ``unreadable``."""


class Pack:
    """A pack that lies on disk; it stays open until it is let go."""

    def __init__(self, path: Path, version: bytes) -> None:
        """Read what is in it. Raises :class:`PackError` where that is of no use to this version."""
        self.path = path
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
        if not places or crc32(places) != check:  # what a system lost is all zeros, also the check
            raise PackError("damaged")
        self._places: dict[bytes, _Place] = pickle.loads(places)  # noqa: S301 - ours

    def keys(self) -> KeysView[bytes]:
        """Return the key of each result."""
        return self._places.keys()

    def read(self, key: bytes) -> bytes:
        """Return a result. Raises :class:`PackError` where it is not as it was written."""
        return _result(self._handle, self._places[key])

    def let_go(self) -> Path:
        """Close it, and return where it lies: an open file cannot be deleted everywhere."""
        self._close()
        return self.path

    def _at(self, offset: int, length: int) -> bytes:
        return _read(self._handle, offset, length)


class Packing:
    """A pack that is being written, under another name; what is in it can be read already."""

    def __init__(self, folder: Path, version: bytes) -> None:
        """Begin. Raises ``OSError``, as all of this does, where that cannot be written."""
        self.process = os.getpid()
        self._folder, self._version = folder, version
        self._path = folder / f"{self.process}{HALF}"
        self._file = self._path.open("w+b")
        self._discard = finalize(self, _discard, self._file, self._path, self.process)
        self._places: dict[bytes, _Place] = {}
        self._offset = self._file.write(_MAGIC + version)

    def add(self, key: bytes, result: bytes) -> None:
        """Write a result."""
        length = self._file.write(result)
        self._places[key] = self._offset, length, crc32(result)
        self._offset += length

    def flush(self) -> None:
        """Leave nothing in memory, so that a child can be forked."""
        self._file.flush()

    def read(self, key: bytes) -> bytes:
        """Return a result that was written. Raises :class:`PackError` where that went wrong."""
        try:
            self._file.flush()
        except OSError:
            raise PackError("unreadable") from None
        return _result(self._file.fileno(), self._places[key])

    def discard(self) -> None:
        """Leave nothing of it, and none of the room that it took."""
        self._discard()

    def close(self) -> Pack:
        """Finish it."""
        end = pickle.dumps(self._places, pickle.HIGHEST_PROTOCOL)
        self._file.write(end + crc32(end).to_bytes(_NUMBER, "little"))
        self._file.write(len(end).to_bytes(_NUMBER, "little"))
        self._file.close()
        path = self._folder / f"{blake2b(end, digest_size=16).hexdigest()}{PACK}"
        self._path.replace(path)
        self._discard.detach()
        return Pack(path, self._version)


def _discard(file: IO[bytes], path: Path, process: int) -> None:
    """Leave nothing of a pack that was not finished; it is not for a child to do so."""
    if os.getpid() == process:
        with suppress(OSError):
            file.close()
        with suppress(OSError):
            path.unlink()


def _result(handle: int, place: _Place) -> bytes:
    offset, length, check = place
    result = _read(handle, offset, length)
    if crc32(result) != check:
        raise PackError("damaged")
    return result


def _read(handle: int, offset: int, length: int) -> bytes:
    """Read from a file, also where another process reads it by the same handle."""
    try:
        if hasattr(os, "pread"):
            return os.pread(handle, length, offset)
        os.lseek(handle, offset, os.SEEK_SET)
        return os.read(handle, length)
    except OSError:
        raise PackError("unreadable") from None


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")

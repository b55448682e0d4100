"""The files of a site, and the SHA-256 of each, worked out once however often it is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from msgspec import Struct


class Kept(Struct, frozen=True):
    """A file of which the content need not be in memory.

    It lies in the output, in the store, or as a picture in the project. ``hash`` is its SHA-256, 32
    bytes, and ``size`` is in bytes.
    """

    hash: bytes
    size: int


File = bytes | Kept
"""A file of the site: its content, or what is known of it."""


def size(file: File) -> int:
    """Return how many bytes a file has."""
    return file.size if isinstance(file, Kept) else len(file)


def hash_of(content: bytes) -> bytes:
    """Return the SHA-256 of a content, 32 bytes."""
    return sha256(content).digest()


class Hashes:
    """Hashes by the very object that holds the content, which is kept as long as its hash."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[bytes, bytes]] = {}

    def of(self, file: File) -> bytes:
        """Return the hash of a file, 32 bytes."""
        if isinstance(file, Kept):
            return file.hash
        known = self._known.get(id(file))
        if known is None:
            known = self._known[id(file)] = (file, hash_of(file))
        return known[1]

    def forget_all_but(self, files: Iterable[File]) -> None:
        """Let go of every other content."""
        wanted = set(map(id, files))
        self._known = {key: known for key, known in self._known.items() if key in wanted}

"""The SHA-256 of contents, worked out once for each however often it is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


class Hashes:
    """Hashes by the very object that holds the content, which is kept as long as its hash."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[bytes, bytes]] = {}

    def of(self, content: bytes) -> bytes:
        """Return the hash of a content, 32 bytes."""
        known = self._known.get(id(content))
        if known is None:
            known = self._known[id(content)] = (content, sha256(content).digest())
        return known[1]

    def forget_all_but(self, contents: Iterable[bytes]) -> None:
        """Let go of every other content."""
        wanted = set(map(id, contents))
        self._known = {key: known for key, known in self._known.items() if key in wanted}

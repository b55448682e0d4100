"""A place in a file of the project: the culprit that a message points at."""

from __future__ import annotations

from msgspec import Struct


class Place(Struct, frozen=True, order=True):
    """Where something stands.

    ``path`` is relative to the root, with forward slashes on every system; ``line`` and
    ``column`` count from 1, in characters, as editors and GitHub do.
    """

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"

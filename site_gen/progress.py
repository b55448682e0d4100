"""How far a build is, told to whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Told how many pages are done, and of how many."""


def silent(_done: int, _total: int) -> None:
    """Say nothing of how far a build is."""

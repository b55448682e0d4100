"""A lock on a file, held by one process; the system lets it go when that process ends or dies.

The file stays: removing it would let a third process lock a name that a second one still waits for.
"""

from __future__ import annotations

import os
import platform
import sys
from contextlib import contextmanager
from time import sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PAUSE = 0.05  # seconds between two attempts
_FAR = 1 << 30  # Windows keeps others from reading what is locked: lock a byte beyond the text


class LockHeldError(Exception):
    """Another process holds the lock; the text says which (``1234 on build-host``), or ``?``."""


@contextmanager
def locked(path: Path, patience: float = 0) -> Iterator[None]:
    """Hold the lock at ``path``.

    Raises :class:`LockHeldError` where another still has it after ``patience`` seconds, ``OSError``
    where it cannot be made.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    try:
        if not any(_attempts(handle, patience)):
            raise LockHeldError(_holder(handle))
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()} on {platform.node()}\n".encode())
        yield
    finally:
        os.close(handle)


def _attempts(handle: int, patience: float) -> Iterator[bool]:
    yield _try_lock(handle)
    for _ in range(round(patience / _PAUSE)):
        sleep(_PAUSE)
        yield _try_lock(handle)


def _holder(handle: int) -> str:
    """Return who has the lock; whoever has just taken it is given a moment to write that."""
    for _ in range(20):
        os.lseek(handle, 0, os.SEEK_SET)
        text = os.read(handle, 200).decode("utf-8", "replace")
        if text.endswith("\n"):
            return text.strip()
        sleep(0.01)
    return "?"


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

"""Let two folders change places in one step, so that a reader finds the one or the other.

Linux: ``renameat2`` with ``RENAME_EXCHANGE`` (man 2 rename, since 3.15); macOS: ``renamex_np`` with
``RENAME_SWAP`` (man 2 renamex_np, since 10.12). Elsewhere, and on a file system that knows neither
(some network shares, Windows), three renames do it: for a moment, less than a millisecond, there is
no folder at all, and :func:`recover` puts things right if the process dies in that moment.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2
_AT_FDCWD = -100
_UNSUPPORTED = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM})


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; ``False`` where the system cannot, and nothing is done.

    Raises ``OSError`` where the system can but may not (permission, a mount point).
    """
    number = _swap(os.fsencode(one), os.fsencode(other))
    if number and number not in _UNSUPPORTED:
        raise OSError(number, os.strerror(number), str(other))
    return not number


def _swap(one: bytes, other: bytes) -> int:
    """Return 0, or the error number of the system."""
    if sys.platform == "linux":
        return _call("renameat2", _AT_FDCWD, one, _AT_FDCWD, other, _RENAME_EXCHANGE)
    if sys.platform == "darwin":
        return _call("renamex_np", one, other, _RENAME_SWAP)
    return errno.ENOSYS


def _call(name: str, *arguments: int | bytes) -> int:
    import ctypes

    try:
        failed = getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments)
    except (AttributeError, OSError):  # an older C library
        return errno.ENOSYS
    return ctypes.get_errno() if failed else 0


def exchange_by_renames(live: Path, twin: Path, aside: Path) -> None:
    """Exchange ``live`` and ``twin`` by way of ``aside``; on an error all is as it was."""
    live.rename(aside)
    try:
        twin.rename(live)
    except OSError:
        aside.rename(live)
        raise
    aside.rename(twin)


def recover(live: Path, twin: Path, aside: Path) -> None:
    """Finish what a process that died within :func:`exchange_by_renames` left half done.

    Where somebody has put a folder in the place of ``live`` since, ``aside`` is left over.
    """
    if aside.exists() and not (live.exists() and twin.exists()):
        aside.rename(twin if live.exists() else live)

"""What a system knows of a file or folder, by which it is told that it is as it was.

A stamp is the time of the content, the size, the number of the inode, and the time of the inode,
which nobody can put back. A change gives another stamp, unless it comes within the tick of the
clock in which the last one came; so a stamp counts only where it is older than the moment before it
was taken (git calls what is not a racy index). That moment is asked of the file system itself,
which may be that of another machine.

Imports next to nothing, because a run that has nothing to do begins and ends here.
"""

from __future__ import annotations

import os
from time import sleep

Stamp = tuple[int, int, int, int]
"""Time of the content (ns), size (bytes), inode, time of the inode (ns)."""
SEES_CHANGES = os.name == "posix"  # elsewhere no time tells of a file that it was changed

_PAUSE, _PATIENCE = 0.0005, 80  # seconds, times
_SECOND = 10**9  # nanoseconds


def stamp(status: os.stat_result) -> Stamp:
    """Return the stamp of what has this status."""
    return status.st_mtime_ns, status.st_size, status.st_ino, status.st_ctime_ns


def size_of(stamp: Stamp) -> int:
    """Return the size in bytes of what has this stamp."""
    return stamp[1]


def newest(stamp: Stamp) -> int:
    """Return when this last changed, or may have: some file systems count in (two) seconds.

    Theirs need not be that of which the :func:`moment` was asked.
    """
    latest = max(stamp[0], stamp[3])
    return latest if latest % _SECOND else latest + 2 * _SECOND


def same_but_for_names(one: Stamp, other: Stamp) -> bool:
    """Tell whether two stamps differ in the time of the inode at most, as a new name changes it."""
    return one[:3] == other[:3]


def moment(path: str | os.PathLike[str]) -> int:
    """Return what time it is (ns) to the file system on which ``path`` lies.

    Where nothing can be written beside it, it is 0, and no stamp is old enough.
    """
    beside, now = f"{os.fspath(path)}.now", 0
    try:
        with open(beside, "wb", opener=not_elsewhere) as file:
            os.utime(beside)  # by its name, as not every system takes the number of an open file
            now = os.fstat(file.fileno()).st_mtime_ns
        os.unlink(beside)  # that may have been done by who asked at the same time
    except OSError:
        return now
    return now


def not_elsewhere(path: str, flags: int) -> int:
    """Open a file to write it, for :func:`open`; not where a link leads that somebody put there."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)


def settled(path: str | os.PathLike[str]) -> int:
    """Wait until the clock of the file system has gone on, and return what time it is then.

    Of what was written before, a later change shows. It takes some hundredths of a second at most.
    """
    start = moment(path)
    for _ in range(_PATIENCE if start else 0):
        if (now := moment(path)) > start:
            return now
        sleep(_PAUSE)
    return start

"""Work shared out over processes by plain fork, which costs a millisecond where a pool costs fifty.

A child knows all that its parent knows, does its part, sends the results back and ends. Where there
is no fork, or a child does not finish, the parent does that part itself: the results are the same.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import IO, Generic, TypeVar

T = TypeVar("T")
WORTH_SHARING = 40
"""From so many texts or pages on, it pays to start another process."""


def processes() -> int:
    """Return how many processes pay off: a second one does, more than two wait for the first."""
    return min(2, os.cpu_count() or 1)


def share_out(parts: Sequence[Callable[[], T]]) -> list[T]:
    """Return what each part returns, in order: the first is done here, the others by children.

    A part may not count on what another changes: a child works on a copy of everything.
    """
    children = [_Child(part) for part in parts[1:]] if _can_fork() else []
    try:
        first = [part() for part in parts[:1]]
        others = [child.result() for child in children] or [part() for part in parts[1:]]
        return first + others
    finally:
        for child in children:
            child.end()


@contextmanager
def begun(part: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """Begin a part in another process, and hand out what waits for it and returns its result.

    Where there can be no other process, it is done when it is asked for. Whoever leaves gives up
    what nobody asked for.
    """
    child = _Child(part) if _can_fork() else None
    try:
        yield child.result if child else part
    finally:
        if child:
            child.end()


def all_of(work: Sequence[Callable[[], T]], processes: int, worth: int = WORTH_SHARING) -> list[T]:
    """Return what each of these returns; from ``worth`` of them on, by so many processes."""
    count = processes if len(work) >= worth else 1
    parts = [partial(_each, part) for part in cut(work, count)]
    return [result for part in share_out(parts) for result in part]


def _can_fork() -> bool:
    """Tell whether there can be a child: where there are other threads, one may hold a lock."""
    return hasattr(os, "fork") and threading.active_count() == 1


def _each(work: Sequence[Callable[[], T]]) -> list[T]:
    return [make() for make in work]


def cut(items: Sequence[T], count: int) -> list[Sequence[T]]:
    """Return ``items`` in at most ``count`` parts of about one size, in order."""
    size = -(-len(items) // count) or 1
    return [items[start : start + size] for start in range(0, len(items), size)]


class _Child(Generic[T]):
    """One part, done in a process of its own."""

    def __init__(self, part: Callable[[], T]) -> None:
        self._part = part
        self._pid = 0
        gc.freeze()  # what is there stays as it is, so that both can go on sharing its memory
        source, target = os.pipe()
        self._source: IO[bytes] = os.fdopen(source, "rb")
        with suppress(OSError), os.fdopen(target, "wb") as pipe:
            self._pid = os.fork()
            if not self._pid:
                self._source.close()  # or it would wait for ever for a parent that was killed
                _work(part, pipe)

    def result(self) -> T:
        """Wait for the result; without one, do the part here."""
        try:
            found: T = pickle.load(self._source)  # noqa: S301 - written by our own child
        except (EOFError, pickle.UnpicklingError):
            return self._part()
        return found

    def end(self) -> None:
        """Leave no process behind, whatever happened here."""
        self._source.close()
        if self._pid:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)


def _work(part: Callable[[], object], pipe: IO[bytes]) -> None:
    """Do a part and end at once: nothing that the parent has opened is closed or written here."""
    status = 1
    try:
        done = pickle.dumps(part(), pickle.HIGHEST_PROTOCOL)  # whole, before anybody waits for it
        pipe.write(done)
        pipe.flush()
        status = 0
    finally:
        os._exit(status)

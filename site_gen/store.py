"""What was worked out before, by the hash of what it was made of.

A result stands under a key that holds everything it depends on (:func:`digest`), so it never has to
be called back: what changes gets another key. So the store can be deleted, shared between branches
or lost half-way, and costs time only. A process that builds again keeps its store and gets the very
same objects back; between runs they lie in ``.site-gen/`` as packs, each written whole under a name
of its own and never changed.

Where a key does get another result, as that of what a page saw, the last one written counts; an
older one would cost time only.

A pack of another version of the generator, of Python or of a library is not used. Any other is as
trusted as the templates of the project, which run code too.
"""

from __future__ import annotations

from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeVar

from msgspec.msgpack import encode

from site_gen.shelf import Shelf
from site_gen.workers import WORTH_SHARING, cut, share_out

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from site_gen.shelf import Handover

    Trace = tuple[set[bytes], dict[bytes, object], Handover]

T = TypeVar("T")
SIZE = 16


def digest(*parts: str | bytes) -> bytes:
    """Return a hash of these parts, each kept apart from the next."""
    try:
        whole = encode(parts)
    except UnicodeEncodeError:  # half a character, which only a system or a program can give
        whole = repr(parts).encode()
    return blake2b(whole, digest_size=SIZE).digest()


def digest_files(files: Mapping[str, bytes]) -> bytes:
    """Return a hash of these files, path → content."""
    return digest(*(part for path in sorted(files) for part in (path, files[path])))


class Store:
    """Results by key; without a folder they live as long as the process.

    With a folder they do where they are ``resident``, for a process that builds again; where they
    are not, a result that is on disk is read each time and in memory only while it is in use.
    ``set_aside`` tells why something of an earlier build could not be used.

    Of a store that is ``read_only`` the folder stays as it is, and need not be there: what is new
    lives as long as the process. ``folder`` is where it is kept, so such a store has none.
    """

    def __init__(
        self,
        folder: Path | None = None,
        version: bytes = b"",
        *,
        resident: bool = True,
        read_only: bool = False,
    ) -> None:
        self.folder, self._resident = None if read_only else folder, resident
        self._shelf = Shelf(folder, version, read_only=read_only)
        self.set_aside = self._shelf.set_aside
        self._live: dict[bytes, object] = {}
        self._used: set[bytes] = set()
        self._new: set[bytes] = set()
        self._expected: Callable[[], Mapping[bytes, object]] | None = None

    def has(self, key: bytes) -> bool:
        """Tell whether a result is known."""
        return key in self._live or key in self._shelf

    def get(self, key: bytes) -> object | None:
        """Return a result, or nothing where it is not known."""
        found = self.fetch(key)
        if found is not None and self._resident:
            self._live[key] = found
        return found

    def fetch(self, key: bytes) -> object | None:
        """As :meth:`get`, of what is wanted once: it is not kept in memory."""
        self._used.add(key)
        if key in self._live:
            return self._live[key]
        return self._shelf.read(key)

    def keep(self, key: bytes) -> None:
        """Do not forget a result, though nobody needs it now."""
        if self.has(key):
            self._used.add(key)

    def put(self, key: bytes, result: object) -> None:
        """Keep a result."""
        self._used.add(key)
        self._new.add(key)
        self._live[key] = result

    def put_aside(self, key: bytes, result: object) -> None:
        """Keep a result, at once on disk and out of memory where there is a folder."""
        if self._shelf.add(key, result):
            self._used.add(key)
        else:
            self.put(key, result)

    def recall(self, key: bytes, make: Callable[[], T]) -> T:
        """Return the result of that key; where it is not known it is made and kept."""
        return _recalled(key, make, self.get, self.put)

    def recall_all(
        self,
        wanted: Sequence[tuple[bytes, Callable[[], T]]],
        processes: int = 1,
        worth: int = WORTH_SHARING,
    ) -> list[T]:
        """Return the results of these keys; what is not known is made, by as many processes.

        From ``worth`` results on, it pays to start another.
        """
        missing = list({key: make for key, make in wanted if not self.has(key)}.items())
        count = processes if len(missing) >= worth else 1
        made: dict[bytes, T] = {}  # what a child makes is read where it left it
        self.share_out([partial(self._make, part, made) for part in cut(missing, count)], count)
        if self._resident:
            self._live |= made
        return [made[key] if key in made else self.recall(key, make) for key, make in wanted]

    def _make(self, wanted: Sequence[tuple[bytes, Callable[[], T]]], made: dict[bytes, T]) -> None:
        for key, make in wanted:
            made[key] = make()
            self.put_aside(key, made[key])

    def recall_once(self, key: bytes, make: Callable[[], T]) -> T:
        """As :meth:`recall`, of what is wanted once: it is not kept in memory."""
        return _recalled(key, make, self.fetch, self.put_aside)

    def during(self, make: Callable[[], T]) -> tuple[T, Trace]:
        """Return what ``make`` returns, and what it asked for and put here meanwhile.

        For who does it in another process, whose store is a copy: see :meth:`follow`.
        """
        before = set(self._new)
        made = make()
        results = {key: self._live[key] for key in self._new - before}
        return made, (set(self._used), results, self._shelf.hand_over())

    def follow(self, trace: Trace) -> None:
        """Do what the copy in another process did."""
        used, results, left = trace
        self._used |= used
        self._shelf.take_over(left)
        for key, result in results.items():
            self.put(key, result)

    def share_out(self, parts: Sequence[Callable[[], T]], processes: int) -> list[T]:
        """As :func:`site_gen.workers.share_out`, of work that asks this store and puts into it."""
        if processes < 2 or len(parts) < 2:
            return [part() for part in parts]
        self._shelf.flush()
        found = share_out([partial(self.during, part) for part in parts])
        for _, trace in found:
            self.follow(trace)
        return [made for made, _ in found]

    def expect(self, made: Callable[[], Mapping[bytes, object]]) -> None:
        """Expect results that are being made elsewhere; :meth:`catch_up` waits for them."""
        self._expected = made

    def catch_up(self) -> None:
        """Wait for what is expected, if anything is."""
        made, self._expected = self._expected, None
        for key, result in made().items() if made else ():
            self.put(key, result)

    @property
    def results(self) -> Mapping[bytes, object]:
        """What is in memory, by key."""
        return self._live

    def give_way(self) -> None:
        """Leave the room on the disk to others: what is not in memory is lost."""
        self._shelf.give_way()

    def save(self) -> None:
        """Write what is new, and forget what was not asked for; without room or right, do not."""
        self._shelf.save({key: self._live[key] for key in self._new}, self._used)
        for key in self._live.keys() - self._used:
            del self._live[key]
        self._new, self._used = set(), set()


def _recalled(
    key: bytes,
    make: Callable[[], T],
    get: Callable[[bytes], object | None],
    put: Callable[[bytes, object], None],
) -> T:
    known = get(key)
    if known is None:
        known = make()
        put(key, known)
    result: T = known  # type: ignore[assignment]
    return result

"""What was worked out before, by the hash of what it was made of.

A result stands under a key that holds everything it depends on (:func:`digest`), so it never has to
be called back: what changes gets another key. So the store can be deleted, shared between branches
or lost half-way, and costs time only. A process that builds again keeps its store and gets the very
same objects back; between runs they lie in ``.site-gen/`` as packs, each written whole under a name
of its own and never changed.

Where a key does get another result, as that of what a page saw, the last one written counts; an
older one would cost time only.

A pack of another version of the generator, of Python or of a library is set aside, and so is one
that turns out to be damaged. It is as trusted as the templates of the project, which run code too.
"""

from __future__ import annotations

import os
import pickle
from contextlib import contextmanager, suppress
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec.msgpack import encode

from site_gen import state
from site_gen.packs import ENDING, HALF, Pack, PackError, Packing
from site_gen.stamps import moment
from site_gen.workers import WORTH_SHARING, begun, cut, share_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Trace = tuple[set[bytes], dict[bytes, object], Path | None]

T = TypeVar("T")
MOST_PACKS = 8
LONGEST = 3600 * 10**9  # nanoseconds that no build takes
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
    ``set_aside`` tells why something of an earlier build could not be used, see
    :class:`site_gen.packs.PackError`; it grows when a result turns out to be damaged.
    """

    def __init__(
        self, folder: Path | None = None, version: bytes = b"", *, resident: bool = True
    ) -> None:
        self.set_aside: set[str] = set()
        self._resident = resident
        self.folder, self._version = folder, version
        self._live: dict[bytes, object] = {}
        self._packed: dict[bytes, Pack | Packing] = {}
        self._packing: Packing | None = None
        self._used: set[bytes] = set()
        self._new: set[bytes] = set()
        self._packs: list[Pack] = []
        self._useless: list[Path] = []
        self._process = os.getpid()
        self._has_room = True
        self._ahead: Callable[[], tuple[object, Trace]] | None = None
        if folder:
            self._load(folder)

    def has(self, key: bytes) -> bool:
        """Tell whether a result is known."""
        return key in self._live or key in self._packed

    def get(self, key: bytes) -> object | None:
        """Return a result, or nothing where it is not known."""
        found = self.fetch(key)
        if found is not None and self._resident:
            self._live[key] = found
        return found

    def fetch(self, key: bytes) -> object | None:
        """As :meth:`get`, of what is large and wanted once: it is not kept in memory."""
        self._used.add(key)
        if key in self._live:
            return self._live[key]
        packed = self._read(key)
        return None if packed is None else pickle.loads(packed)  # noqa: S301 - see above

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
        try:
            packing = self._own_packing()
            packing.add(key, pickle.dumps(result, pickle.HIGHEST_PROTOCOL))
        except OSError:
            self._stop_packing()
            self.put(key, result)
        else:
            self._packed[key] = packing
            self._used.add(key)

    def recall(self, key: bytes, make: Callable[[], T]) -> T:
        """Return the result of that key; where it is not known it is made and kept."""
        known = self.get(key)
        if known is None:
            known = make()
            self.put(key, known)
        result: T = known  # type: ignore[assignment]
        return result

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
        """As :meth:`recall`, of what is large and wanted once: it is not kept in memory."""
        known = self.fetch(key)
        if known is None:
            known = make()
            self.put_aside(key, known)
        result: T = known  # type: ignore[assignment]
        return result

    def during(self, make: Callable[[], T]) -> tuple[T, Trace]:
        """Return what ``make`` returns, and what it asked for and put here meanwhile.

        For who does it in another process, whose store is a copy: see :meth:`follow`.
        """
        before = set(self._new)
        made = make()
        results = {key: self._live[key] for key in self._new - before}
        pack = None
        if self._packing and self._packing.process != self._process:  # a child's own
            try:
                pack = self._finish(self._packing).path
            except OSError:
                self._stop_packing()
        return made, (set(self._used), results, pack)

    def follow(self, trace: Trace) -> None:
        """Do what the copy in another process did."""
        used, results, pack = trace
        self._used |= used
        if pack:
            with suppress(PackError):
                self._take(Pack(pack, self._version))
        for key, result in results.items():
            self.put(key, result)

    def share_out(self, parts: Sequence[Callable[[], T]], processes: int) -> list[T]:
        """As :func:`site_gen.workers.share_out`, of work that asks this store and puts into it."""
        if processes < 2 or len(parts) < 2:
            return [part() for part in parts]
        self._flush()
        found = share_out([partial(self.during, part) for part in parts])
        for _, trace in found:
            self.follow(trace)
        return [made for made, _ in found]

    @contextmanager
    def ahead(self, key: bytes, make: Callable[[], object], processes: int) -> Iterator[None]:
        """As :meth:`recall`, but begun in another process; :meth:`catch_up` waits for it.

        It may put more into the store. Whoever leaves before it is done gives it up.
        """
        if processes < 2 or self.get(key) is not None:
            yield
            return
        self._flush()
        with begun(partial(self.during, partial(self.recall, key, make))) as done:
            self._ahead = done
            try:
                yield
            finally:
                self._ahead = None

    def catch_up(self) -> None:
        """Wait for what was begun, if anything was."""
        done, self._ahead = self._ahead, None
        if done:
            self.follow(done()[1])

    def give_way(self) -> None:
        """Leave the room on the disk to others: what is not in memory is lost."""
        self._stop_packing()
        for pack in list(self._packs):
            self._drop(pack)
        with suppress(OSError):
            self._tidy()

    def save(self) -> None:
        """Write what is new, and forget what was not asked for; without room or right, do not."""
        self._has_room = True  # as far as anybody knows
        if self.folder and (self._new or self._packing or self._useless):
            try:
                self._write(self.folder)
            except OSError:
                self._stop_packing()
        for key in self._live.keys() - self._used:
            del self._live[key]
        self._new, self._used = set(), set()

    def _write(self, folder: Path) -> None:
        state.prepare(folder)
        old = self._outlived()
        moved = [key for key in self._used - self._new if self._packed.get(key) in old]
        for key, result in self._results([*self._new, *moved]):
            self._own_packing().add(key, result)
        if self._packing:
            self._finish(self._packing)
        for pack in old:
            self._drop(pack)
        self._useless += _abandoned(folder)
        self._tidy()

    def _tidy(self) -> None:
        while self._useless:
            self._useless.pop().unlink(missing_ok=True)

    def _own_packing(self) -> Packing:
        """Return the pack that this process writes."""
        if self.folder is None or not self._has_room:
            raise FileNotFoundError
        if self._packing is None or self._packing.process != os.getpid():
            state.prepare(self.folder)
            self._packing = Packing(self.folder, self._version)
        return self._packing

    def _flush(self) -> None:
        try:
            if self._packing:
                self._packing.flush()
        except OSError:
            self._stop_packing()

    def _stop_packing(self) -> None:
        """Put nothing more on a disk that is full; of what is not written whole, nothing counts."""
        self._has_room = False
        if self._packing:
            self._drop(self._packing)

    def _finish(self, packing: Packing) -> Pack:
        pack, self._packing = packing.close(), None
        self._take(pack)
        return pack

    def _outlived(self) -> list[Pack]:
        """Return the packs to put together: all where most is useless, else small ones of many."""
        if len(self._packed) > 3 * len(self._used):
            return list(self._packs)
        by_size = sorted(self._packs, key=lambda pack: pack.size)
        return by_size[: len(by_size) // 2] if len(by_size) >= MOST_PACKS else []

    def _results(self, keys: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
        for key in keys:
            if key in self._new:
                yield key, pickle.dumps(self._live[key], pickle.HIGHEST_PROTOCOL)
            elif (packed := self._read(key)) is not None:
                yield key, packed

    def _load(self, folder: Path) -> None:
        try:
            paths = sorted((path for path in folder.iterdir() if path.suffix == ENDING), key=_age)
        except FileNotFoundError:
            return
        except OSError:
            self.set_aside.add("unreadable")
            return
        for path in paths:
            try:
                self._take(Pack(path, self._version))
            except PackError as fault:
                self.set_aside.add(str(fault))
                self._useless.append(path)

    def _take(self, pack: Pack) -> None:
        self._packs.append(pack)
        self._packed |= dict.fromkeys(pack.keys(), pack)

    def _read(self, key: bytes) -> bytes | None:
        """Return a result as it is packed; a pack that turns out to be damaged is set aside."""
        pack = self._packed.get(key)
        if pack is None:
            return None
        try:
            return pack.read(key)
        except PackError as fault:
            self.set_aside.add(str(fault))
            self._drop(pack)
            return None

    def _drop(self, pack: Pack | Packing) -> None:
        """Use a pack no more."""
        self._packed = {key: each for key, each in self._packed.items() if each is not pack}
        if isinstance(pack, Packing):
            self._packing = None
            pack.discard()
        elif pack in self._packs:
            self._packs.remove(pack)
            self._useless.append(pack.let_go())


def _abandoned(folder: Path) -> list[Path]:
    """Return what builds that died left half written."""
    before = moment(folder / "x") - LONGEST
    return [path for path in folder.glob(f"*{HALF}") if path.stat().st_mtime_ns < before]


def _age(pack: Path) -> tuple[int, str]:
    """Return what packs are sorted by, the oldest first; another build may remove one meanwhile."""
    try:
        return pack.stat().st_mtime_ns, pack.name
    except FileNotFoundError:
        return 0, pack.name

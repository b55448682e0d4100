"""Write the site, whole or not at all.

Beside the output lies its twin: the build before. The twin is brought up to date and the two change
places in one step (:mod:`site_gen.exchange`), so that at every instant the output holds one whole
build, whatever ends this process. What did not change is a hard link to the same file: it keeps its
time, and a build after a small edit writes little.

What lies there is known from the last time, by an inventory of both folders beside them, as far as
nothing shows that it was touched since; the rest is read and compared.

Nothing is forced to disk (``fsync``): a build can always be made again.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from site_gen.exchange import exchange, exchange_by_renames, recover
from site_gen.hashes import File, Hashes, Kept, hash_of, size
from site_gen.inventory import (
    Inventory,
    InventoryError,
    as_bytes,
    read_inventories,
    survey,
    survey_again,
)
from site_gen.locks import LockHeldError, locked
from site_gen.machine import MachineError
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.stamps import Stamp, moment, not_elsewhere, settled, size_of, stamp
from site_gen.twins import MARKER, MARKER_TEXT, GoneError, remove, update

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class OutputError(MachineError):
    """The site cannot be written; the old one stands whole."""


class FullError(OutputError):
    """There is no room for the site on the disk."""


class Report(Struct, frozen=True):
    """What a write did: how many files differ, stayed as they were, and went."""

    written: int
    unchanged: int
    removed: int


class Standing:
    """The build that lies in ``out``, of which a file that is as it was left need not be read."""

    def __init__(self, out: Path) -> None:
        """Look at what is there. Raises ``OSError`` where another build comes in between."""
        self.folder = os.path.realpath(out)
        self.began = moment(_inventories(self.folder))
        self.before, self.of_twin, self.fault = Inventory(), Inventory(), ""
        try:
            self.before, self.of_twin = read_inventories(_inventories(self.folder))
        except InventoryError as fault:
            self.fault = str(fault)
        self.survey = survey(self.folder, self.before)

    def __call__(self, path: str) -> File | None:
        """Return the file at a path, or nothing."""
        now = self.survey.files.get(path)
        if now is None:
            return None
        known = self.before.hash(path, now)
        return Kept(known, size_of(now)) if known else _read(f"{self.folder}/{path}")

    def holds(self, path: str, file: File, hashes: Hashes) -> bool:
        """Tell whether this file lies there."""
        there = self.survey.files.get(path)
        if there is None or size_of(there) != size(file):
            return False
        known = self.before.hash(path, there)
        known = known or hash_of(_read(f"{self.folder}/{path}") or b"")
        return known == hashes.of(file)

    def same(self, files: Mapping[str, File], hashes: Hashes) -> dict[str, Stamp]:
        """Return the stamps of those of these files that lie there, by path."""
        stamps = ((path, self.survey.files.get(path)) for path in files)
        return {path: now for path, now in stamps if now and self.holds(path, files[path], hashes)}

    def stands(self) -> bool:
        """Tell whether no build has been written there since."""
        now = stamp(os.lstat(self.folder)) if os.path.isdir(self.folder) else None
        root = self.survey.folders.get("")
        return now == (root and root.stamp)


def standing(out: Path) -> Standing | None:
    """Return the build that lies in ``out``; none where another one is just being written."""
    try:
        return Standing(out)
    except OSError:
        return None


def _read(path: str) -> bytes | None:
    try:
        with open(path, "rb", buffering=0) as file:
            return file.readall()
    except OSError:
        return None


class Means(Struct, frozen=True):
    """What is at hand for writing a build.

    What is among the ``hashes`` is not hashed again, what was seen of the ``last`` build counts,
    ``stored`` returns the content that has a SHA-256, and many files take so many ``processes``.
    """

    hashes: Hashes = field(default_factory=Hashes)
    last: Standing | None = None
    stored: Callable[[bytes], bytes | None] = lambda _: None
    processes: int = 1

    def content(self, file: File) -> bytes:
        """Return the content of a file. Raises :class:`GoneError` where that is nowhere."""
        found = self.stored(file.hash) if isinstance(file, Kept) else file
        if found is None:
            raise GoneError
        return found


def write(
    files: Mapping[str, File],
    out: Path,
    *,
    protected: Sequence[Path],
    inputs: Sequence[Path] = (),
    patience: float = 0,
    means: Means | None = None,
) -> tuple[Report, Inventory]:
    """Make ``out`` hold exactly ``files`` (relative path with forward slashes → content).

    ``out`` may not be or hold one of ``protected`` (the project, the home folder), nor be, hold
    or lie in one of ``inputs`` (the content folders). A folder that is not empty has to be one that
    was written by us. Another build that writes is waited for, ``patience`` seconds at most.
    Returns what was done and what lies there now.
    Raises :class:`OutputError`, ``ValueError`` for a path that leads out, and with a last build
    :class:`site_gen.twins.GoneError` where that is not as it was seen or a content is nowhere.
    """
    for path in files:
        _check_path(path)
    real = Path(os.path.realpath(out))
    place = Place(out.as_posix())
    if real == real.parent or _touches(real, protected, inputs):
        raise OutputError(problem(place, "output-protected"))
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        with locked(_beside(real, "lock"), patience):
            return _write(files, real, means or Means())
    except LockHeldError as held:
        raise OutputError(problem(place, "output-locked", holder=held)) from None
    except GoneError:
        if means and means.last:
            raise
        raise OutputError(_failure(place, OSError(errno.EBUSY, ""))) from None
    except OSError as error:
        if error.errno in FULL:
            raise FullError(problem(place, "output-full")) from error
        raise OutputError(_failure(place, error)) from error


def _beside(out: Path, role: str) -> Path:
    return out.with_name(f".{out.name}.{role}")


def _inventories(out: str | Path) -> str:
    return str(_beside(Path(out), "seen"))


def _write(files: Mapping[str, File], out: Path, means: Means) -> tuple[Report, Inventory]:
    _clear_up(out)
    last, hashes = means.last, means.hashes
    if last and not last.stands():
        raise GoneError
    seen = last or Standing(out)
    same: Mapping[str, Stamp] = seen.same(files, hashes)
    removed = len(seen.survey.files.keys() - files.keys() - {MARKER})
    known = {path: hashes.of(file) for path, file in {**files, MARKER: MARKER_TEXT}.items()}
    if removed or len(same) < len(files) or not seen.holds(MARKER, MARKER_TEXT, hashes):
        same, lying, of_twin = _replace(files, out, seen, same, known, means)
    elif last and Standing(out).survey != seen.survey:
        raise GoneError
    else:
        lying, of_twin = seen.survey.inventory(known).trusted(seen.began, seen.began), seen.of_twin
    if (lying, of_twin) != (seen.before, seen.of_twin):
        # without it, the next build takes longer
        with suppress(OSError), open(_inventories(out), "wb", opener=not_elsewhere) as file:
            file.write(as_bytes((lying, of_twin)))
    return Report(len(files) - len(same), len(same), removed), lying


def _replace(
    files: Mapping[str, File],
    out: Path,
    seen: Standing,
    same: Mapping[str, Stamp],
    known: Mapping[str, bytes],
    means: Means,
) -> tuple[Mapping[str, Stamp], Inventory, Inventory]:
    """Put these files in the place of the build that was ``seen``.

    Returns what both share, and what is known of the output and of its twin now: each moment is
    asked before the look that counts by it.
    """
    twin = _beside(out, "twin")
    found = survey(str(twin), seen.of_twin)
    touched, shared = update(twin, found, out, files, same, means.content, means.processes)
    written = settled(_inventories(out))
    _publish(twin, out, _beside(out, "old"))
    now = settled(_inventories(out))
    live = survey_again(str(out), found, touched, seen.began)
    lying = live.inventory(known, shared).trusted(now, written)
    return shared, lying, seen.survey.inventory({}).trusted(seen.began, seen.began)


def _clear_up(out: Path) -> None:
    """Mend what a build that died left behind. Raises where a folder is not ours."""
    twin, aside = _beside(out, "twin"), _beside(out, "old")
    for folder in (out, twin, aside):
        if _is_foreign(folder):
            raise OutputError(problem(Place(folder.as_posix()), "output-foreign"))
    recover(out, twin, aside)
    remove(aside)


def _is_foreign(folder: Path) -> bool:
    """Tell whether something lies at ``folder`` that we did not write and that is not empty."""
    if not folder.is_dir() or folder.is_symlink():
        return os.path.lexists(folder)
    marker = folder / MARKER
    is_ours = marker.is_file() and not marker.is_symlink()
    return not is_ours and any(folder.iterdir())


def _publish(twin: Path, out: Path, aside: Path) -> None:
    if not out.exists():
        twin.rename(out)
    elif not exchange(twin, out):
        exchange_by_renames(out, twin, aside)


def _check_path(path: str) -> None:
    if "\\" in path or not {"", ".", ".."}.isdisjoint(path.split("/")):
        raise ValueError(f"no path within the output: {path!r}")


def _touches(out: Path, protected: Sequence[Path], inputs: Sequence[Path]) -> bool:
    guarded = [Path(os.path.realpath(path)) for path in (*protected, *inputs)]
    within = [Path(os.path.realpath(path)) for path in inputs]
    return any(path.is_relative_to(out) for path in guarded) or any(
        out.is_relative_to(path) for path in within
    )


def _failure(place: Place, error: OSError) -> Problem:
    if error.errno in DENIED:
        return problem(place, "output-denied")
    name = errno.errorcode.get(error.errno or 0, type(error).__name__)
    return problem(place, "output-failed", reason=name)

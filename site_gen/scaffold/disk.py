"""Making a change on disk: all of it, or nothing.

Everything is first written beside the content, so a full disk is met before any file has changed;
then each file takes the place of the old one in one step, and files that move come last. Where the
system refuses halfway, what was done is undone. A process that is killed between two steps leaves
files that are whole, each as it was or as it will be: the same command, given again, does the rest.
"""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from site_gen.locks import LockHeldError, locked
from site_gen.machine import MachineError
from site_gen.output import DENIED, FULL
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.scaffold.change import Change, Refused
from site_gen.state import FOLDER

EFFECTIVE = os.access in os.supports_effective_ids


def make(root: Path, change: Change) -> None:
    """Make a change of the content below ``root``.

    Raises :class:`Refused` where somebody else changed a file in the meantime, and
    :class:`MachineError` where the machine is in the way.
    """
    try:
        (root / FOLDER).mkdir(parents=True, exist_ok=True)
        with locked(root / FOLDER / "change.lock"):
            _check(root, change)
            _make(root, change)
    except LockHeldError as held:
        raise MachineError(problem(Place(FOLDER), "change-locked", holder=held)) from None
    except OSError as error:
        raise MachineError(_failure(root, error)) from error


def _check(root: Path, change: Change) -> None:
    """See that every file is as it was read and may be written, and that no new one is there."""
    for path, data in change.before.items():
        if not (root / path).is_file() or (root / path).read_bytes() != data:
            raise Refused([problem(Place(path), "file-changed")])
        if not os.access(root / path, os.W_OK, effective_ids=EFFECTIVE):
            raise PermissionError(errno.EACCES, "read-only", str(root / path))
    goals = [(path, None) for path in change.new] + [
        (new, old) for old, new in change.moves.items()
    ]
    for goal, old in goals:
        if os.path.lexists(root / goal) and not (old and (root / goal).samefile(root / old)):
            raise Refused([problem(Place(goal), "name-taken")])


def _make(root: Path, change: Change) -> None:
    with TemporaryDirectory(dir=root / FOLDER, prefix="change-") as staging, ExitStack() as undo:
        staged = {path: Path(staging, str(n)) for n, path in enumerate(change.files)}
        for path, data in change.files.items():
            staged[path].write_bytes(data)
        for path, temporary in staged.items():
            _put(root, path, temporary, change.before.get(path), undo)
        for old, new in change.moves.items():
            (root / old).rename(root / new)
            undo.callback((root / new).rename, root / old)
        for path in change.gone:
            (root / path).unlink()
            undo.callback((root / path).write_bytes, change.before[path])
        undo.pop_all()


def _put(root: Path, path: str, temporary: Path, before: bytes | None, undo: ExitStack) -> None:
    """Let a file that is written take its place; of a link, that of the file that it leads to."""
    target = Path(os.path.realpath(root / path))
    if before is None:
        target.parent.mkdir(parents=True, exist_ok=True)
        undo.callback(target.unlink, missing_ok=True)
    else:
        shutil.copymode(target, temporary)
        undo.callback(target.write_bytes, before)
    temporary.replace(target)


def _failure(root: Path, error: OSError) -> Problem:
    """Name the file that the system refused, and why in a word that is the same everywhere."""
    named = Path(error.filename2 or error.filename or root)  # the second is where it was to go
    path = named.relative_to(root) if named.is_relative_to(root) else named
    place = Place(path.as_posix())
    if error.errno in FULL:
        return problem(place, "change-full")
    if error.errno in DENIED:
        return problem(place, "change-denied")
    name = errno.errorcode.get(error.errno or 0, type(error).__name__)
    return problem(place, "change-failed", reason=name)

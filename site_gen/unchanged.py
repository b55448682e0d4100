"""A build that would do again what the last one did: told before anything is loaded.

The record of a build holds, for every file and folder that it read or wrote, what the system knows
of it: size, number, and the times of its content and of itself. While all are as they were, the
build would say the same again, so that is said. A file that was added or removed shows in its
folder.

A file that is not older than the moment at which the build began may have changed after it was
read, and nothing would show (:mod:`site_gen.stamps`); then nothing is recorded.
"""

from __future__ import annotations

import marshal
import os
import sys
from time import gmtime, strftime
from zlib import crc32

from site_gen import state
from site_gen.stamps import SEES_CHANGES, moment, newest, stamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from site_gen.stamps import Stamp

    Record = tuple[tuple[str, ...], dict[str, Stamp | None], str, str]

ENVIRONMENT = ("SITE_GEN_DEFAULT_ROOT", "HOME", "USERPROFILE", "SOURCE_DATE_EPOCH")
"""What the command line reads of the environment."""
ENDING, MOST_RECORDS = ".run1", 16  # the number is that of the form of a record
NO_RECORD: Record = ((), {}, "", "")
DAMAGED: Record = (("damaged",), {}, "", "")
_PACKAGE = os.path.dirname(os.path.abspath(__file__))


class Repetition:
    """One run of ``build``, that may turn out to repeat the last one with these arguments.

    Where templates are ``compiled`` meanwhile, it waits for them and returns them by their key.
    """

    def __init__(self, arguments: Sequence[str], root: str) -> None:
        self.root = os.path.abspath(root)
        self.compiled: Callable[[], Mapping[bytes, object]] | None = None
        self._folder = os.path.join(self.root, state.FOLDER)
        self._key = (
            sys.version,
            sys.executable,
            os.getcwd(),
            strftime("%F", gmtime()),
            *(os.environ.get(name, "") for name in ENVIRONMENT),
            *arguments,
        )
        name = f"{crc32(repr(self._key).encode('utf-8', 'backslashreplace')):08x}{ENDING}"
        self._path = os.path.join(self._folder, name)
        self.damaged = False
        self._began = 0
        self._inputs: dict[str, Stamp | None] = {}

    def said(self) -> tuple[str, str] | None:
        """Return what the last run printed and told, while all is still as it left it.

        Where there is a record that cannot be read, it is :attr:`damaged`.
        """
        record = _read(self._path)
        self.damaged = record is DAMAGED
        key, stamps, printed, told = record
        return (printed, told) if key == self._key and _still(stamps) else None

    def begin(self) -> None:
        """Note how things are before anything is read."""
        try:
            state.prepare(self._folder)
            self._began = moment(self._path)
            self._inputs = _stamps(_all_below(_inputs(self.root)))
            self._inputs |= _stamps((path, os.stat(path)) for path in _libraries())
        except OSError:
            self._began = 0

    def keeps_results(self) -> bool:
        """Tell whether an earlier build left anything that this one may use."""
        try:
            return any(name.endswith(state.PACK) for name in os.listdir(self._folder))
        except OSError:
            return False

    def has_other_code(self) -> bool:
        """Tell whether our own code was touched since: some of it is loaded only when needed.

        Not its folders, in which Python puts what it compiled; these have no ending.
        """
        ours = (path for path in self._inputs if path.startswith(_PACKAGE))
        return not _still({p: self._inputs[p] for p in ours if os.path.splitext(p)[1]})

    def record(self, outputs: Mapping[str, Stamp], printed: str, told: str) -> None:
        """Keep what a good build says when nothing has changed; ``outputs`` is all that it left."""
        if not SEES_CHANGES or _newest(self._inputs) >= self._began:
            return
        try:
            data = marshal.dumps((self._key, {**self._inputs, **outputs}, printed, told))
            state.write_whole(self._path, state.with_check(data))
            _forget_old(self._folder)
        except OSError:
            return


def repetition(arguments: Sequence[str]) -> Repetition | None:
    """Return the run that these arguments ask for, if it is a build of some project."""
    first = arguments[0] if arguments else "build"
    if first != "build" and (not first.startswith("-") or first in {"-h", "--help", "--version"}):
        return None
    root = _root(arguments)
    return Repetition(arguments, root) if os.path.isdir(os.path.join(root, "programma")) else None


def _still(stamps: dict[str, Stamp | None]) -> bool:
    """Tell whether each file and folder is as it was."""
    stat = os.stat  # for thousands of files, so also a stamp is not made but compared in place
    for path, known in stamps.items():
        try:
            now = stat(path)
        except OSError:
            if known is None:
                continue
            return False
        if (now.st_mtime_ns, now.st_size, now.st_ino, now.st_ctime_ns) != known:
            return False
    return True


def default_root() -> str:
    """Return the project's folder where none is given: the launcher's, or the nearest upwards."""
    if given := os.environ.get("SITE_GEN_DEFAULT_ROOT"):
        return given
    here = os.getcwd()
    while not os.path.isfile(os.path.join(here, "programma", "evenement.yaml")):
        if here == os.path.dirname(here):
            return os.getcwd()
        here = os.path.dirname(here)
    return here


def _root(arguments: Sequence[str]) -> str:
    for place, argument in enumerate(arguments):
        if argument == "--root":
            return "".join(arguments[place + 1 : place + 2])
        if argument.startswith("--root="):
            return argument.removeprefix("--root=")
    return default_root()


def _inputs(root: str) -> list[str]:
    """Return all that a build reads: content, templates, our own code, and where libraries lie."""
    packaged = os.path.join(_PACKAGE, "_data")
    if not os.path.isdir(packaged):
        packaged = os.path.dirname(_PACKAGE)
    of_project = [os.path.join(root, folder) for folder in state.CONTENT]
    of_ours = [os.path.join(packaged, folder) for folder in ("assets", "templates")]
    return [*of_project, *of_ours, _PACKAGE]


def _libraries() -> list[str]:
    """Return the folders whose time changes when a library is installed or removed."""
    return [
        path for path in sys.path if os.path.basename(path) in {"site-packages", "dist-packages"}
    ]


def _all_below(paths: Iterable[str]) -> Iterator[tuple[str, os.stat_result | None]]:
    """Yield what the system knows of these and of all below them; nothing of what is not there."""
    pending = list(paths)
    while pending:
        folder = pending.pop()
        if not os.path.isdir(folder):
            yield folder, None
            continue
        yield folder, os.stat(folder)
        with os.scandir(folder) as listing:
            for entry in listing:
                if not entry.is_dir(follow_symlinks=False):
                    yield entry.path, entry.stat()
                elif entry.name != "__pycache__":
                    pending.append(entry.path)


def _stamps(found: Iterable[tuple[str, os.stat_result | None]]) -> dict[str, Stamp | None]:
    return {path: status and stamp(status) for path, status in found}


def _newest(stamps: dict[str, Stamp | None]) -> int:
    """Return when the last of these changed."""
    return max((newest(known) for known in stamps.values() if known), default=0)


def _read(path: str) -> Record:
    """Read a record, if there is one."""
    try:
        with open(path, "rb") as file:
            data = state.checked(file.read())
        if data is None:
            return DAMAGED
        record: Record = marshal.loads(data)  # noqa: S302 - data, no code
    except FileNotFoundError:
        return NO_RECORD
    except (OSError, ValueError, EOFError, TypeError):
        return DAMAGED
    return record


def _forget_old(folder: str) -> None:
    with os.scandir(folder) as listing:
        records = sorted(
            (entry.stat().st_mtime_ns, entry.path)
            for entry in listing
            if entry.name.endswith(ENDING)
        )
    for _, path in records[:-MOST_RECORDS]:
        os.unlink(path)

"""Builds that die, in processes of their own: run by tests/test_whole.py, one harm per call.

``python tests/dying.py HARM FOLDER`` prints how often the harm was done. An assertion that fails
ends it with a traceback.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import platform
import resource
import shutil
import signal
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from site_gen import exchange, inventory, locks, output, stamps, twins
from site_gen.machine import MachineError
from site_gen.output import write
from site_gen.twins import MARKER

# What a build may meet in the one before: the same, changed, gone, new, a file become a folder.
BUILDS = [
    {"index.html": b"1" * 9000, "a/same.css": b"s" * 5000, "a/gone.html": b"g", "b": b"file"},
    {"index.html": b"2" * 9000, "a/same.css": b"s" * 5000, "b/new": b"n" * 9000, "c/d/e": b"e"},
    {"index.html": b"3" * 9000, "a/same.css": b"s" * 5000, "b": b"again", "c/d/e": b"E" * 9000},
]
MODULES = {module.__file__ for module in (exchange, inventory, locks, output, stamps, twins)}
BESIDE = {"_site", "._site.twin", "._site.lock", "._site.seen"}


def content(out: Path) -> Mapping[str, bytes] | None:
    """Return every file of a site, or ``None`` where there is none; an empty folder is a name."""
    if not out.exists():
        return None
    found = {}
    for path in out.rglob("*"):
        if not path.is_dir() or not any(path.iterdir()):
            found[path.relative_to(out).as_posix()] = path.read_bytes() if path.is_file() else b""
    assert found.pop(MARKER).startswith(b"Made by site-gen"), sorted(found)
    return found


def begin(folder: Path, builds: int) -> Path:
    """Make a folder in which so many builds were made."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for files in BUILDS[:builds]:
        write(files, folder / "_site", protected=[])
    return folder / "_site"


def build(out: Path, number: int) -> None:
    write(BUILDS[number], out, protected=[])


# Killed


def killed(work: Callable[[], None], prepare: Callable[[], None]) -> bool:
    """Do some work in a process that prepares its own death; tell whether it died."""
    child = os.fork()
    if child == 0:
        prepare()
        work()
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or status == 0, status
    return os.WIFSIGNALED(status)


def at_line(number: int) -> Callable[[], None]:
    """Prepare a ``kill -9`` before the so manieth line of ours."""

    def prepare() -> None:
        lines = count(1)

        def trace(frame, event, _argument):
            if frame.f_code.co_filename not in MODULES:
                return None
            if event == "line" and next(lines) == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return trace

        sys.settrace(trace)

    return prepare


def at_byte(number: int) -> Callable[[], None]:
    """Prepare a death in the middle of any file that grows beyond so many bytes."""

    def prepare() -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (number, number))
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)

    return prepare


def survive(
    folder: Path, builds: int, prepare: Callable[[], None], *, gap: bool, full: bool = False
) -> bool:
    """Kill the next build; the site is one of the two, and the build after that mends all.

    With ``gap`` there may be none for a moment; with ``full`` the build fails by itself as well.
    """
    out = begin(folder, builds)
    before = content(out)
    died = killed(lambda: fail(out, builds) if full else build(out, builds), prepare)
    left = content(out)
    assert left in (before, BUILDS[builds]) or (gap and left is None), left and sorted(left)
    assert died or left == (before if full else BUILDS[builds])
    write({"index.html": b"next"}, out, protected=[])
    assert content(out) == {"index.html": b"next"}
    assert {path.name for path in folder.iterdir()} <= BESIDE
    return died


def fail(out: Path, number: int) -> None:
    """Build where no file can grow beyond a page, and so take back what was done."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    assert refusal(out, BUILDS[number]) == "output-full"


def at_every_line(folder: Path, builds: int, *, gap: bool, full: bool = False) -> int:
    """Die at each line in turn, until a build lives to its end; return how often it did not."""
    numbers = count(1)
    while survive(folder, builds, at_line(next(numbers)), gap=gap, full=full):
        pass
    return next(numbers) - 2


def kills(folder: Path) -> int:
    """Die at every line and at some bytes, as a first, a second and a third build."""
    done = at_every_line(folder / "kill", 2, gap=False, full=True)
    for builds in range(len(BUILDS)):
        done += at_every_line(folder / "kill", builds, gap=False)
        for number in (1, 100, 4096, 8000):
            done += survive(folder / "kill", builds, at_byte(number), gap=False)
    return done


# A file system that can do less


def without_exchange_and_links() -> None:
    """Let the kernel refuse to exchange folders and to make hard links, as file systems do.

    A filter of system calls (seccomp(2)): what was asked is not done, and the error is the one that
    FAT gives. The numbers are those of Linux for the two machines that CI may be.
    """
    numbers = {"x86_64": (316, (86, 265)), "aarch64": (276, (37,))}
    exchange_call, link_calls = numbers[platform.machine()]

    def load(offset: int) -> bytes:
        return struct.pack("HBBI", 0x20, 0, 0, offset)

    def skip_unless(value: int, steps: int) -> bytes:
        return struct.pack("HBBI", 0x15, 0, steps, value)

    def end(verdict: int) -> bytes:
        return struct.pack("HBBI", 0x06, 0, 0, verdict)

    allow, refuse = 0x7FFF0000, 0x00050000
    steps = [load(0)]
    for call in link_calls:
        steps += [skip_unless(call, 1), end(refuse | errno.EPERM)]
    by_flag = [
        load(48),
        skip_unless(2, 1),
        end(refuse | errno.EINVAL),
    ]  # of five arguments the last
    steps += [skip_unless(exchange_call, len(by_flag)), *by_flag]
    program = b"".join([*steps, end(allow)])
    libc = ctypes.CDLL(None, use_errno=True)
    held = ctypes.create_string_buffer(program)
    filters = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(held))
    assert libc.prctl(38, 1, 0, 0, 0) == 0  # PR_SET_NO_NEW_PRIVS
    assert libc.prctl(22, 2, filters, 0, 0) == 0  # PR_SET_SECCOMP, SECCOMP_MODE_FILTER


def kills_by_renames(folder: Path) -> int:
    """Die in the same ways where folders cannot be exchanged nor files linked.

    Between two renames there is no site for a moment: the one state that the fallback adds.
    """
    without_exchange_and_links()
    (folder / "a").mkdir()
    (folder / "b").mkdir()
    assert not exchange.exchange(folder / "a", folder / "b")
    (folder / "file").touch()
    with contextlib.suppress(PermissionError):
        (folder / "link").hardlink_to(folder / "file")
    assert not (folder / "link").exists()
    return at_every_line(folder / "kill", 2, gap=True)


# A disk that is full, read-only, or no place for a site


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


def refusal(out: Path, files: Mapping[str, bytes]) -> str:
    """Return the code of the problem that a build has with the machine, or nothing."""
    try:
        write(files, out, protected=[])
    except MachineError as error:
        return error.problem.code
    return ""


def many(label: bytes) -> Mapping[str, bytes]:
    return {f"{number}/index.html": label * 5000 for number in range(40)}


def fills(folder: Path) -> Iterator[str]:
    """Fill a small disk ever a little less, until a build fits on what is left."""
    out, page = folder / "site" / "_site", os.statvfs(folder).f_frsize
    write(many(b"1"), out, protected=[])
    for left in count():
        room = os.statvfs(folder).f_bavail
        (folder / "ballast").write_bytes(bytes(max(0, room - left) * page))
        code = refusal(out, many(b"2"))
        assert content(out) == many(b"1" if code else b"2"), code
        (folder / "ballast").unlink()
        if not code:
            return
        yield code


def disks(folder: Path) -> int:
    """Fail on a disk that is full, that takes no more files, that is read-only, and on a mount."""
    mount("-t", "tmpfs", "-o", "size=1m", "none", str(folder))
    codes = list(fills(folder))
    assert (set(codes), len(codes) > 40) == ({"output-full"}, True)
    used = os.statvfs(folder).f_files - os.statvfs(folder).f_ffree
    mount("-o", f"remount,nr_inodes={used + 10}", str(folder))
    codes.append(refusal(folder / "site" / "_site", {f"{n}.html": b"" for n in range(500)}))
    assert (codes[-1], content(folder / "site" / "_site")) == ("output-full", many(b"2"))
    mount("-o", "remount,ro", str(folder))
    codes.append(refusal(folder / "site" / "_site", BUILDS[2]))
    assert (codes[-1], content(folder / "site" / "_site")) == ("output-denied", many(b"2"))
    mount("-o", "remount,rw,nr_inodes=0", str(folder))
    place = folder / "mount" / "_site"
    place.mkdir(parents=True)
    mount("-t", "tmpfs", "-o", "size=256k", "none", str(place))
    codes.append(refusal(place, BUILDS[0]))
    assert (codes[-1], list(place.iterdir())) == ("output-failed", [])
    return len(codes)


# Several at once


def races(folder: Path) -> int:
    """Build again and again in several processes; a reader always finds a whole page of one."""
    out, labels = folder / "_site", [b"%d" % number for number in range(5)]
    write(many(labels[0]), out, protected=[])
    children = [racer(out, label) for label in labels]
    pages, looks = {label * 5000 for label in labels}, 0
    while any(child.poll() is None for child in children):
        assert (out / "7" / "index.html").read_bytes() in pages
        looks += 1
    assert [child.wait() for child in children] == [0] * len(labels)
    assert content(out) in [many(label) for label in labels]
    assert looks > 100
    return RACES * len(labels)


RACES = 20


def racer(out: Path, label: bytes) -> subprocess.Popen[bytes]:
    command = [sys.executable, __file__, "race", str(out), label.decode()]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def race(out: Path) -> int:
    """Build a number of times; each time the lock is free, or it is said who has it."""
    codes = {refusal(out, many(sys.argv[3].encode())) for _ in range(RACES)}
    assert codes <= {"", "output-locked"}, codes
    return RACES


HARMS = {
    "kills": kills,
    "kills-by-renames": kills_by_renames,
    "disks": disks,
    "races": races,
    "race": race,
}

if __name__ == "__main__":
    print(HARMS[sys.argv[1]](Path(sys.argv[2])))

"""Run site-gen on a machine with nothing but Python 3.11 or later.

    python3 build.py [command ...]           what `site-gen` does: build, serve, check, ...
    python3 build.py test [pytest options]   all tests, from the project folder

The first run makes .venv beside this file and installs the locked dependencies there; every
later run compares a stamp and starts at once, without pip and without network. Only the
dependencies are installed: the code that runs is always the code that lies here.
"""

import sys

# Everything here parses from Python 3.6 on, so that an older Python can say what is wrong with it.
OLDEST: "tuple[int, int]" = (3, 11)  # Python 2 stops here: site-gen needs Python 3.11 or later
if sys.version_info < OLDEST:
    TOO_OLD = (
        "site-gen: dit is Python {0}; er is 3.11 of nieuwer nodig (python.org/downloads).\n"
        "site-gen: this is Python {0}; 3.11 or later is needed (python.org/downloads).\n"
    )
    sys.stderr.write(TOO_OLD.format(".".join(map(str, sys.version_info[:3]))))
    sys.exit(3)

# What only set-up needs (subprocess, venv ...) is imported where it is used: the everyday path
# reads two small files and hands over.
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PROJECT = Path(__file__).resolve().parent
VENV = PROJECT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "site-gen-stamp"  # exists: this .venv is ours; has text: it is whole
GUEST_STAMP = VENV / "site-gen-guest-stamp"  # the same, in a .venv that somebody else made
SETUP_LOCK = PROJECT / ".venv.lock"

RUN, TEST = "requirements.lock", "requirements-test.lock"  # the second holds the first too
EXIT_ENVIRONMENT, EXIT_INTERRUPTED = 3, 130

# Where packages come from is the affair of the machine (a company's index, certificate, proxy).
# Where they land is ours, so every other pip setting in the environment is left out.
PIP_SOURCES = (
    "INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|NO_INDEX|CONFIG_FILE|CERT|CLIENT_CERT|TRUSTED_HOST|PROXY"
    "|TIMEOUT|DEFAULT_TIMEOUT|RETRIES|KEYRING_PROVIDER|CACHE_DIR|NO_CACHE_DIR"
)

# What the output of a failed step says about the remedy; the first that fits is told.
REMEDIES = (
    (
        "ensurepip",
        "Python mist ensurepip. Installeer het (Debian, Ubuntu: sudo apt install python3-venv).",
        "Python lacks ensurepip. Install it (Debian, Ubuntu: sudo apt install python3-venv).",
    ),
    (
        "DO NOT MATCH THE HASHES",
        f"Een pakket is anders dan in {RUN} staat. Gebruik het niet; meld het de beheerder.",
        f"A package differs from what {RUN} says. Do not use it; tell the maintainer.",
    ),
    (
        r"Errno 28\b|Errno 122\b|WinError 112\b|No space left",
        "De schijf is vol. Maak 200 MB vrij en start opnieuw.",
        "The disk is full. Free 200 MB and start again.",
    ),
    (
        r"Errno 1\b|Errno 13\b|Errno 30\b|WinError 5\b|WinError 32\b|Permission denied",
        f"Geen schrijfrecht in {PROJECT}, of .venv is in gebruik. Verhelp dat en start opnieuw.",
        f"No permission to write in {PROJECT}, or .venv is in use. Mend that and start again.",
    ),
    (
        "onnection|onnect to|timed out|NameResolution|SSLError|ProxyError",
        "De pakketten zijn onbereikbaar. Controleer internet en proxy en start opnieuw.",
        "The packages cannot be reached. Check internet and proxy and start again.",
    ),
    (
        "No matching distribution",
        "Een pakket is onvindbaar: gebruik Python 3.11-3.14 (64-bits), zie `pip config list` na.",
        "A package cannot be found: use Python 3.11-3.14 (64-bit) and check `pip config list`.",
    ),
    (
        "folder name",
        f"De map {PROJECT} heeft een '{os.pathsep}' in de naam. Geef de map een andere naam.",
        f"The folder {PROJECT} has a '{os.pathsep}' in its name. Give it another name.",
    ),
    (
        "",
        f"Lukt het zo niet, hernoem of verwijder dan {VENV} en start opnieuw.",
        f"If that does not help, rename or delete {VENV} and start again.",
    ),
)


class SetupError(Exception):
    """A step of set-up failed; the text is what it printed."""


def main(arguments: list[str]) -> int:
    """Set up what is due and become site-gen, or pytest for `test`."""
    testing = arguments[:1] == ["test"]
    try:
        if not is_ready(TEST if testing else RUN):
            set_up(TEST if testing else RUN)
        if testing:
            os.chdir(PROJECT)  # only from there does pytest know what "all tests" are
            return hand_over("-m", "pytest", "-c", "pyproject.toml", *arguments[1:])
        return hand_over("-m", "site_gen", *arguments, SITE_GEN_DEFAULT_ROOT=str(PROJECT))
    except KeyboardInterrupt:
        say("Afgebroken; een nieuwe start begint opnieuw.", "Stopped; a new start begins anew.")
        return EXIT_INTERRUPTED
    except (SetupError, OSError) as error:
        explain(str(error))
        return EXIT_ENVIRONMENT


def hand_over(*arguments: str, **extra: str) -> int:
    """Become the Python of .venv, so that signals and the exit code need no passing on.

    The user's settings that decide which code is found are replaced: nothing in PYTHONHOME,
    PYTHONPATH or the current folder (-P) can stand in for the project or for a library.
    """
    dropped = ("PYTHONHOME", "__PYVENV_LAUNCHER__", "SITE_GEN_DEFAULT_ROOT")
    environment = {name: value for name, value in os.environ.items() if name not in dropped}
    environment |= {"PYTHONPATH": str(PROJECT)} | extra
    command = [str(PYTHON), "-P", *arguments]
    if os.name != "nt":
        os.execve(PYTHON, command, environment)
    import signal  # Windows has no real exec
    import subprocess

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the child too, and it decides
    return subprocess.run(command, env=environment, check=False).returncode


def facts(group: str) -> list[str]:
    """Say what must be true of a .venv that serves a group; the facts of TEST extend RUN's."""
    locks = [RUN] if group == RUN else [RUN, TEST]
    return [
        f"python {sys.implementation.cache_tag}{getattr(sys, 'abiflags', '')} {sys.platform}",
        f"path {str(VENV)!a}",
        *(f"{lock} {hashlib.sha256((PROJECT / lock).read_bytes()).hexdigest()}" for lock in locks),
    ]


def recorded() -> list[str]:
    """Read the facts that the last finished set-up left behind."""
    stamp = STAMP if STAMP.exists() else GUEST_STAMP
    return stamp.read_text("ascii", "replace").splitlines() if stamp.exists() else []


def is_ready(group: str) -> bool:
    return PYTHON.exists() and set(facts(group)) <= set(recorded())


def set_up(group: str) -> None:
    """Make .venv serve the group.

    The stamp is emptied first and written last, so half-done work never looks whole. What serves
    RUN already is added to for TEST; anything else of ours is made again.
    """
    if os.pathsep in str(PROJECT):
        raise SetupError(f"'{os.pathsep}' in a folder name: Python cannot make a .venv there")
    with alone():
        if is_ready(group):  # the launcher that we waited for did it
            return
        VENV.mkdir(exist_ok=True)
        foreign = not STAMP.exists() and any(VENV.iterdir())
        stamp, known = GUEST_STAMP if foreign else STAMP, recorded()
        extends = bool(known) and PYTHON.exists() and known == facts(group)[: len(known)]
        stamp.write_text("")
        say(f"Zet {VENV} klaar; dat duurt even.", f"Preparing {VENV}; this takes a moment.")
        if not (foreign or extends):
            make_venv()
        install(group)
        stamp.write_text("\n".join(facts(group)), "ascii")


def make_venv() -> None:
    """Make .venv anew, around the stamp that marks it as ours."""
    import shutil
    import venv

    for entry in VENV.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry != STAMP:
            entry.unlink()
    venv.create(VENV, symlinks=os.name != "nt")


def install(group: str) -> None:
    """Install what the lock names, by hash. No sdists: building one fetches unlocked tools."""
    step(
        "-c",
        "import importlib.util, runpy, sys\n"
        "if sys.version_info < (3, 11): sys.exit('The Python in .venv is older than 3.11')\n"
        "if not importlib.util.find_spec('pip'): runpy.run_module('ensurepip', None, '__main__')",
    )
    step(
        *("-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"),
        *("--require-hashes", "--only-binary=:all:", "-r", str(PROJECT / group)),
        *("--no-user", "--target=", f"--prefix={VENV}"),  # whatever a pip configuration file says
    )


def step(*arguments: str) -> None:
    """Run the Python of .venv, shielded from the user's settings (-I).

    It inherits the lock: a pip that outlives a killed launcher keeps the next one waiting.
    """
    import re
    import subprocess

    other = re.compile(f"PIP_(?!({PIP_SOURCES})$)")
    done = subprocess.run(
        [PYTHON, "-I", *arguments],
        env={name: value for name, value in os.environ.items() if not other.match(name)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        close_fds=False,
        check=False,
    )
    if done.returncode:
        raise SetupError(done.stdout)


@contextmanager
def alone() -> Iterator[None]:
    """Let one launcher at a time set up. The system frees the lock of a process that dies."""
    import time

    with SETUP_LOCK.open("a") as handle:
        if not take(handle):
            say("Wacht op een andere start van site-gen.", "Waiting for another start of site-gen.")
            while not take(handle):
                time.sleep(0.1)
        yield


def take(handle: IO[str]) -> bool:
    """Take the lock if it is free."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.set_inheritable(handle.fileno(), True)
    except (BlockingIOError, PermissionError):
        return False
    return True


def explain(output: str) -> None:
    """Say what failed in its own words, and what to do in ours."""
    import re

    lines = [line for line in output.splitlines() if line.strip()]
    print(*[line for line in lines if "ERROR" in line] or lines[-1:], sep="\n", file=sys.stderr)
    say(*next(remedy for pattern, *remedy in REMEDIES if re.search(pattern, output)))


def say(dutch: str, english: str) -> None:
    """Speak both languages: whose site this is, is not known yet. Standard output is the site's."""
    print(f"site-gen: {dutch}\nsite-gen: {english}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""When files last changed, and what they held then: asked of git, in a few calls for all files.

Nobody keeps a record beside the content. Git may be missing, or know only a part of the history;
that is told as it is, and never a reason to stop.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from site_gen.place import Place
from site_gen.problems import Problem, problem

FOLDERS = ("programma", "sessies", "sprekers")
HERE = Place(".")


class History(Struct, frozen=True):
    """The commit in which each file last changed, by path; ``dirty`` have changed since.

    ``prefix`` is the folder of the project within the repository.
    """

    root: Path
    prefix: str
    changed: Mapping[str, str]
    dirty: frozenset[str]

    def contents(self, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
        """Return what files held, by (commit, path); a file that was not there is left out."""
        asked = list(dict.fromkeys(wanted))
        lines = "".join(f"{commit}:{self.prefix}{path}\n" for commit, path in asked)
        output = _git(self.root, "cat-file", "--batch", given=os.fsencode(lines))
        found: dict[tuple[str, str], bytes] = {}
        for key in asked:
            head, _, output = output.partition(b"\n")
            if head.endswith(b" missing"):
                continue
            size = int(head.rpartition(b" ")[2])
            found[key], output = output[:size], output[size + 1 :]
        return found


def read_history(root: Path) -> tuple[History | None, list[Problem]]:
    """Ask git for the history of the content below ``root``; say so where there is none, or half.

    Uncommitted work counts as the latest change.
    """
    try:
        shallow, _, prefix = _text(
            _git(root, "rev-parse", "--is-shallow-repository", "--show-prefix")
        ).partition("\n")
        changed = _changed(_git(root, "log", "--format=%x00%H", "--date-order", *_NAMES, *_BELOW))
        dirty = _git(root, "diff", *_NAMES, "HEAD", *_BELOW)
        dirty += _git(root, "ls-files", "-z", "--others", *_BELOW)
    except OSError as error:
        return None, [problem(HERE, "no-git", reason=type(error).__name__)]
    except subprocess.CalledProcessError as error:
        return None, [_refusal(_text(error.stderr))]
    history = History(root, prefix.strip(), changed, frozenset(_items(dirty)))
    return history, [problem(HERE, "short-history")] if shallow == "true" else []


_NAMES = ("--name-only", "-z", "--relative", "--no-renames")
_BELOW = ("--", *FOLDERS)
_WITHOUT = ("not a git repository", "does not have any commits", "bad revision")


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    command = ["git", "-C", str(root), "--no-optional-locks", *arguments]
    environment = {**os.environ, "LC_ALL": "C"}
    done = subprocess.run(command, input=given, capture_output=True, check=True, env=environment)
    return done.stdout


def _changed(output: bytes) -> dict[str, str]:
    """Return the newest commit of each path; commits stand newest first, each before its paths."""
    changed: dict[str, str] = {}
    commit = ""
    for item in _items(output):
        if "/" in item:
            changed.setdefault(item, commit)
        else:
            commit = item
    return changed


def _items(output: bytes) -> list[str]:
    return [item for part in output.split(b"\0") if (item := os.fsdecode(part).lstrip("\n"))]


def _text(output: bytes) -> str:
    return output.decode("utf-8", "replace").strip()


def _refusal(said: str) -> Problem:
    """Tell a folder that git knows nothing of from one that git does not want to read."""
    if any(words in said for words in _WITHOUT):
        return problem(HERE, "no-history")
    return problem(HERE, "no-git", reason=said.splitlines()[0] if said else "?")

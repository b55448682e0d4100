"""A site in git, for tests: every commit has its own moment, so that the order is sure."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.support import write


class Repository:
    """A folder in git; ``top`` is the folder of the repository, ``root`` that of the site."""

    def __init__(self, top: Path, root: Path | None = None) -> None:
        self.top, self.root = top, root or top
        self.moment = 1_700_000_000
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        """Run git in it and return what it says."""
        self.moment += 60
        stamp = f"{self.moment} +0000"
        names = {"NAME": "x", "EMAIL": "x@example.nl", "DATE": stamp}
        who = {f"GIT_{role}_{k}": v for role in ("AUTHOR", "COMMITTER") for k, v in names.items()}
        nothing = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        command = ["git", "-C", str(self.top), *arguments]
        environment = {**os.environ, **who, **nothing}
        return subprocess.run(
            command, check=True, capture_output=True, encoding="utf-8", env=environment
        ).stdout

    def commit(self, files: Mapping[str, str] | None = None) -> None:
        """Write ``files`` into the site and commit all that has changed."""
        write(self.root, files or {})
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x")

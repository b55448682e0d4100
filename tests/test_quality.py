"""Lint, format and types are part of the tests: one command tells whether the code is good."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]],
    ids=["lint", "format", "types"],
)
def test_code_is_good(command):
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=PROJECT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_group_is_possessive():
    """Up to Python 3.11.4 (Debian 12 has 3.11.2) such a group that stops halfway goes wrong."""
    possessive = re.compile(r"re\.\w+\(.*\)[*+?]\+")
    modules = sorted((PROJECT / "site_gen").rglob("*.py"))
    found = [
        f"{path.relative_to(PROJECT)}:{number}"
        for path in modules
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if possessive.search(line)
    ]
    assert modules
    assert found == []

"""Lint, format and types are part of the tests: one command tells whether the code is good."""

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

"""The benchmark of how soon an edit is seen runs; its figures are no test."""

import subprocess
import sys

import pytest
from support import REAL

pytestmark = pytest.mark.browser


def test_benchmark_of_the_preview_runs_at_thirteen_sessions(chromium):
    command = [sys.executable, "benchmarks/preview.py", "--sizes", "13", "--rounds", "1"]
    command += ["--browser", chromium]
    done = subprocess.run(command, cwd=REAL, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.count("| 13 ")) == (0, 1), done.stderr

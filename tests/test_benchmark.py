"""The benchmark runs, and compares equal sites; its figures are no test."""

import subprocess
import sys

import pytest

from benchmarks.documents import LOST, documents
from benchmarks.programme import programme
from benchmarks.sides import OWN, PART, SIDES
from tests.support import REAL, pages, write


def test_benchmark_runs_at_thirteen_sessions():
    command = [sys.executable, "benchmarks/run.py", "--alone", "--sizes", "13", "--rounds", "1"]
    done = subprocess.run(command, cwd=REAL, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert [done.stdout.count(row) for row in ("| nothing changed", "| site-gen |")] == [1, 1]


@pytest.mark.parametrize("size", [13, 210])
def test_every_side_is_given_the_pages_that_we_write(size, tmp_path):
    made = programme(size)
    root = write(tmp_path, dict(OWN.files(made)))
    paths = [page.path for page in documents(made)]
    others = {path if path == LOST else f"{path}index.html" for path in paths}
    assert others == {path for path in pages(root) if not PART.fullmatch(path)}
    assert len(others) == len(paths)


def test_benchmark_of_importing_runs_at_thirteen_sessions():
    command = [sys.executable, "benchmarks/importing.py", "--sizes", "13", "--rounds", "1"]
    done = subprocess.run(command, cwd=REAL, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.count("| 13 ")) == (0, 1), done.stderr


def test_the_content_is_the_same_every_time():
    for side in SIDES:
        assert dict(side.files(programme(13))) == dict(side.files(programme(13)))

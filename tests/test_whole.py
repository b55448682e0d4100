"""Whole or not at all, by really doing it: builds that are killed, run into a full disk, or race.

Law 9 and faults 54 to 57. Each harm runs in processes of its own (tests/dying.py) and says how
often it was done; ``pytest tests/test_whole.py -s`` prints that.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import support

SCRIPT = Path(__file__).with_name("dying.py")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the system calls of Linux")
POSIX = pytest.mark.skipif(os.name == "nt", reason="the signals and limits of POSIX")
OWN_MOUNTS = (["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"])
OWN_MOUNTS += (["sudo", "-n", "unshare", "--mount"],)


def done(harm: str, folder: Path, *before: str) -> int:
    """Do the harm, and return how often it was survived."""
    command = [*before, sys.executable, str(SCRIPT), harm, str(folder)]
    found = subprocess.run(command, check=False, capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    print(f"\n{harm}: {found.stdout.strip()}")
    return int(found.stdout)


@POSIX
def test_build_killed_anywhere_leaves_a_whole_site_and_the_next_one_mends_all(
    tmp_path: Path,
) -> None:
    """Fault 56: kill -9 before every line of ours, and in the middle of a file."""
    assert done("kills", tmp_path) > 500


@LINUX
def test_build_killed_anywhere_where_folders_cannot_be_exchanged(tmp_path: Path) -> None:
    """Fault 56: a kernel that refuses to exchange and to link takes the documented fallback."""
    assert done("kills-by-renames", tmp_path) > 150


@pytest.fixture
def own_mounts(tmp_path: Path) -> list[str]:
    """Return what gives a command mounts of its own; in CI there must be a way."""
    for before in OWN_MOUNTS:
        trial = [*before, "mount", "-t", "tmpfs", "none", str(tmp_path)]
        try:
            if subprocess.run(trial, check=False, capture_output=True).returncode == 0:
                return before
        except FileNotFoundError:
            continue
    if os.environ.get("CI"):
        pytest.fail("CI has to be able to mount a small disk: see OWN_MOUNTS")
    pytest.skip("no small disk is filled: this user may mount none")


@LINUX
def test_disk_that_is_full_or_read_only_leaves_the_site_whole(
    tmp_path: Path, own_mounts: list[str]
) -> None:
    """Fault 55: a real disk of 1 MB that fills up, at every page of it that is still free."""
    assert done("disks", tmp_path, *own_mounts) > 40


@LINUX
def test_site_on_another_disk_than_its_project(tmp_path: Path, own_mounts: list[str]) -> None:
    """What is beside the output is on its disk, so that nothing has to cross over."""
    build = f"{sys.executable} -m site_gen build -q --root {support.BASIS} --out {tmp_path}/_site"
    steps = f"mount -t tmpfs none {tmp_path} && {build} && {build} && ls -A {tmp_path}"
    command = [*own_mounts, "env", f"PYTHONPATH={support.REAL}", "sh", "-ec", steps]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert listed.split() == ["._site.lock", "._site.seen", "_site"]


@POSIX
def test_builds_that_race_leave_a_whole_site_at_every_look(tmp_path: Path) -> None:
    """Fault 57: five processes, twenty builds each, and somebody who reads all the while."""
    assert done("races", tmp_path) == 100

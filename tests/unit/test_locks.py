"""A lock that one process holds, and that dies with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from site_gen import locks
from site_gen.locks import LockHeldError, locked

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys, pathlib
from site_gen.locks import locked
with locked(pathlib.Path(sys.argv[1])):
    print("locked", flush=True)
    sys.stdin.read()
"""


def start_holder(path: Path) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "locked\n"
    return child


def test_lock_of_another_process_is_named_by_its_holder(tmp_path: Path) -> None:
    """Fault 57."""
    with start_holder(tmp_path / "lock") as child:
        with pytest.raises(LockHeldError, match=rf"^{child.pid} on ."), locked(tmp_path / "lock"):
            pass
        child.communicate()
    with locked(tmp_path / "lock"):
        pass


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 on this system")
def test_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    """Fault 56."""
    with start_holder(tmp_path / "lock") as child:
        child.kill()
        child.communicate()
    with locked(tmp_path / "lock"):
        assert (tmp_path / "lock").read_text().startswith(f"{os.getpid()} on ")


def test_holder_that_has_yet_to_write_its_name_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fault 57."""
    path = tmp_path / "lock"
    with locked(path):
        path.write_text("")
        with pytest.raises(LockHeldError, match=r"^\?$"), locked(path):
            pass
        monkeypatch.setattr(locks, "sleep", lambda _: path.write_text("7 on desk\n"))
        with pytest.raises(LockHeldError, match=r"^7 on desk$"), locked(path):
            pass


def test_lock_is_exclusive_within_one_process(tmp_path: Path) -> None:
    with locked(tmp_path / "lock"), pytest.raises(LockHeldError), locked(tmp_path / "lock"):
        pass


def test_holder_that_lets_go_in_time_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, held = tmp_path / "lock", ExitStack()
    held.enter_context(locked(path))
    pauses: list[float] = []
    monkeypatch.setattr(
        locks, "sleep", lambda _: pauses.append(1) or len(pauses) < 3 or held.close()
    )
    with locked(path, patience=1):
        assert len(pauses) == 3


def test_holder_that_does_not_let_go_is_named_when_patience_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(locks, "sleep", pauses.append)
    with (
        locked(tmp_path / "lock"),
        pytest.raises(LockHeldError, match=rf"^{os.getpid()} on "),
        locked(tmp_path / "lock", patience=1),
    ):
        pass
    assert sum(pauses) == pytest.approx(1)


def test_lock_is_free_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(tmp_path / "lock"):
        raise ZeroDivisionError
    with locked(tmp_path / "lock"):
        pass


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="no such flag on this system")
def test_lock_never_writes_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("keep")
    (tmp_path / "lock").symlink_to("other")
    with pytest.raises(OSError, match="symbolic links"), locked(tmp_path / "lock"):
        pass
    assert (tmp_path / "other").read_text() == "keep"

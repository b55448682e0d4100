"""A change of the content is made whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from site_gen.locks import locked
from site_gen.machine import MachineError
from site_gen.problems import as_text
from site_gen.scaffold.change import Change, Desk, Refused
from site_gen.scaffold.disk import make
from site_gen.scaffold.rename import rename
from site_gen.state import FOLDER
from tests.support import basis, tree, write

SLOT = "programma/01-start.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return basis(tmp_path / "een map é")


def content(root: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(root).items() if not path.startswith(FOLDER)}


def planned(root: Path) -> Change:
    return rename(Desk.at(root), "welkom", "start")[0]


def test_change_leaves_nothing_beside_the_content(root: Path) -> None:
    make(root, planned(root))
    assert [path.name for path in (root / FOLDER).iterdir()] == ["change.lock"]


def test_file_that_somebody_changed_meanwhile_is_not_written_over(root: Path) -> None:
    """Two editors' changes that meet."""
    change = planned(root)
    write(root, {SLOT: 'begin: "11.00"\nsoort: sessies\nsessies: [welkom]\n'})
    before = content(root)
    with pytest.raises(Refused) as caught:
        make(root, change)
    assert as_text(caught.value.problems, "nl") == (
        "programma/01-start.yaml:1:1: error[file-changed]: dit bestand is intussen veranderd — er "
        "is niets geschreven; geef het commando nog een keer\n"
    )
    assert content(root) == before


def test_file_that_somebody_made_meanwhile_is_not_written_over(root: Path) -> None:
    change = planned(root)
    write(root, {"sessies/start.md": "---\ntitel: Van een ander\n---\n"})
    before = content(root)
    with pytest.raises(Refused) as caught:
        make(root, change)
    assert [found.code for found in caught.value.problems] == ["name-taken"]
    assert content(root) == before


def test_two_changes_at_once_say_who_was_first(root: Path) -> None:
    change = planned(root)
    (root / FOLDER).mkdir()
    with locked(root / FOLDER / "change.lock"), pytest.raises(MachineError) as caught:
        make(root, change)
    assert str(os.getpid()) in caught.value.problem.message("nl")


@pytest.mark.skipif(sys.platform == "win32", reason="the modes of a file are those of POSIX")
@pytest.mark.parametrize("path", [SLOT, "sessies"], ids=["file", "folder"])
def test_read_only_is_named_and_nothing_changes(path: str, unprivileged: Path) -> None:
    root = basis(unprivileged / "site")
    change = planned(root)
    (root / path).chmod(0o555)
    before = content(root)
    with pytest.raises(MachineError) as caught:
        make(root, change)
    (root / path).chmod(0o755)
    assert as_text([caught.value.problem], "nl").partition(":")[0].startswith(path)
    assert caught.value.problem.code == "change-denied"
    assert content(root) == before
    assert not [entry for entry in (root / FOLDER).iterdir() if entry.is_dir()]


def test_mode_of_a_file_stays(root: Path) -> None:
    (root / SLOT).chmod(0o640)
    make(root, planned(root))
    assert (root / SLOT).stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_link_within_the_project_stays_a_link(root: Path) -> None:
    write(root, {"assets/slot.yaml": (root / SLOT).read_bytes()})
    (root / SLOT).unlink()
    (root / SLOT).symlink_to("../assets/slot.yaml")
    make(root, planned(root))
    assert (root / SLOT).is_symlink()
    assert "start" in (root / "assets" / "slot.yaml").read_text("utf-8")


def test_rename_that_was_killed_is_done_by_the_same_command(tmp_path: Path) -> None:
    """After any of its steps: every file is whole, and a second rename does the rest."""
    session = "---\ntitel: Welkom\n---\n[zelf](welkom.md)\n"
    over = "---\ntitel: Over\n---\n[x](../../sessies/welkom.md)\n"
    files = {"sessies/welkom.md": session, "programma/paginas/over.md": over}
    start = write(basis(tmp_path / "start"), files)
    change = planned(start)
    steps = len(change.files) + len(change.moves)
    assert steps > 4
    whole = tmp_path / "whole"
    shutil.copytree(start, whole)
    make(whole, change)
    for done in range(steps):
        root = tmp_path / f"na-{done}"
        shutil.copytree(start, root)
        for path, data in list(change.files.items())[:done]:
            (root / path).write_bytes(data)
        for old, new in list(change.moves.items())[: max(0, done - len(change.files))]:
            (root / old).rename(root / new)
        make(root, planned(root))
        assert content(root) == content(whole)

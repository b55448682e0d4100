"""Two folders that change places."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from site_gen.exchange import exchange, exchange_by_renames, recover

if TYPE_CHECKING:
    from pathlib import Path


def folder(path: Path) -> Path:
    path.mkdir()
    (path / "name").write_text(path.name)
    return path


def content(root: Path) -> dict[str, str]:
    return {path.name: (path / "name").read_text() for path in root.iterdir()}


@pytest.mark.skipif(sys.platform not in {"linux", "darwin"}, reason="no exchange in one step")
def test_exchange_in_one_step(tmp_path: Path) -> None:
    assert exchange(folder(tmp_path / "a"), folder(tmp_path / "b"))
    assert content(tmp_path) == {"a": "b", "b": "a"}


@pytest.mark.skipif(sys.platform not in {"linux", "darwin"}, reason="no exchange in one step")
def test_exchange_with_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        exchange(folder(tmp_path / "a"), tmp_path / "b")
    assert content(tmp_path) == {"a": "a"}


def test_exchange_by_renames(tmp_path: Path) -> None:
    exchange_by_renames(folder(tmp_path / "a"), folder(tmp_path / "b"), tmp_path / "c")
    assert content(tmp_path) == {"a": "b", "b": "a"}


def test_exchange_by_renames_that_fails_leaves_all_as_it_was(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        exchange_by_renames(folder(tmp_path / "a"), tmp_path / "b", tmp_path / "c")
    assert content(tmp_path) == {"a": "a"}


def test_recovery_after_the_first_rename(tmp_path: Path) -> None:
    """Fault 56: the live folder was put aside and nothing came in its place."""
    folder(tmp_path / "a").rename(tmp_path / "c")
    folder(tmp_path / "b")
    recover(tmp_path / "a", tmp_path / "b", tmp_path / "c")
    assert content(tmp_path) == {"a": "a", "b": "b"}


def test_recovery_after_the_second_rename(tmp_path: Path) -> None:
    """Fault 56: the new folder stands, the old one has not become the twin yet."""
    folder(tmp_path / "c")
    folder(tmp_path / "a")
    recover(tmp_path / "a", tmp_path / "b", tmp_path / "c")
    assert content(tmp_path) == {"a": "a", "b": "c"}


def test_recovery_leaves_what_has_no_place_any_more(tmp_path: Path) -> None:
    """Fault 56: killed after the first rename, and then somebody made the folder by hand."""
    for name in "abc":
        folder(tmp_path / name)
    recover(tmp_path / "a", tmp_path / "b", tmp_path / "c")
    assert content(tmp_path) == {"a": "a", "b": "b", "c": "c"}


def test_recovery_of_what_is_whole_does_nothing(tmp_path: Path) -> None:
    folder(tmp_path / "a")
    recover(tmp_path / "a", tmp_path / "b", tmp_path / "c")
    assert content(tmp_path) == {"a": "a"}

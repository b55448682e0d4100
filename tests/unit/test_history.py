"""What git says about the content, and what is said where it cannot."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from site_gen.history import read_history
from tests.unit.repository import Repository

ONE, TWO = "sessies/één.md", "sessies/twee delen.md"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def codes(root: Path) -> list[str]:
    history, problems = read_history(root)
    assert (history is None) == (problems != [] and problems[0].code != "short-history")
    return [found.code for found in problems]


def test_newest_commit_of_each_file_is_known(repository: Repository) -> None:
    repository.commit({ONE: "a\n", TWO: "a\n", "docs/x.md": "a\n"})
    repository.commit({TWO: "b\n"})
    first, second = repository.git("log", "--format=%H", "--reverse").split()
    history, problems = read_history(repository.root)
    assert problems == []
    assert history is not None
    assert history.changed == {ONE: first, TWO: second}
    assert history.dirty == frozenset()


def test_site_below_the_top_of_a_repository(tmp_path: Path) -> None:
    root = tmp_path / "een site"
    root.mkdir()
    repository = Repository(tmp_path, root)
    repository.commit({ONE: "a\n"})
    repository.commit({ONE: "b\n"})
    first, second = repository.git("log", "--format=%H", "--reverse").split()
    history, _ = read_history(root)
    assert history is not None
    assert history.changed == {ONE: second}
    wanted = [(first, ONE), (second, ONE), (first, TWO), (first, ONE)]
    assert history.contents(wanted) == {(first, ONE): b"a\n", (second, ONE): b"b\n"}


def test_work_that_is_not_committed_is_known(repository: Repository) -> None:
    repository.commit({ONE: "a\n", TWO: "a\n"})
    (repository.root / ONE).write_text("b\n", "utf-8")
    (repository.root / "sessies" / "drie.md").write_text("a\n", "utf-8")
    history, _ = read_history(repository.root)
    assert history is not None
    assert history.dirty == {ONE, "sessies/drie.md"}


def test_folder_without_history_is_said_so(tmp_path: Path) -> None:
    assert codes(tmp_path) == ["no-history"]
    Repository(tmp_path)
    assert codes(tmp_path) == ["no-history"]


def test_half_a_history_is_said_so(repository: Repository, tmp_path: Path) -> None:
    for text in ("a\n", "b\n"):
        repository.commit({ONE: text})
    copy = tmp_path / "kopie"
    clone = ["git", "clone", "-q", "--depth", "1", repository.root.as_uri(), str(copy)]
    subprocess.run(clone, check=True)
    assert codes(copy) == ["short-history"]


def test_git_that_does_not_work_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").write_text("onzin\n", "utf-8")
    _, (found,) = read_history(tmp_path)
    assert found.message("nl").startswith("git doet het hier niet (fatal: invalid gitfile format")
    monkeypatch.setenv("PATH", str(tmp_path))
    _, (found,) = read_history(tmp_path)
    assert found.message("nl").startswith("git doet het hier niet (FileNotFoundError)")

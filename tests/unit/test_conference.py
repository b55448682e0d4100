"""The start of another conference builds at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_gen import pipeline
from site_gen.scaffold.conference import is_free, new_conference
from site_gen.scaffold.disk import make
from tests.support import REAL

TITLES = {"nl": "Kennisdag: Openbare Ruimte", "en": "Public Space #1"}


def test_new_conference_has_no_problem_and_builds(tmp_path: Path) -> None:
    root = tmp_path / "een map é"
    make(root, new_conference(TITLES))
    built, problems = pipeline.build(root, root / "_site", strict=True)
    assert [found.code for found in problems] == ["missing-statement"]
    assert built is not None
    page = (root / "_site" / "en" / "index.html").read_text("utf-8")
    assert "Public Space #1" in page


def test_new_conference_brings_content_only_and_nothing_of_ours() -> None:
    files = new_conference(TITLES).files
    assert {path.partition("/")[0] for path in files} == {
        ".gitignore",
        ".vscode",
        "assets",
        "programma",
        "sessies",
        "sprekers",
    }
    text = b"\n".join(files.values()).decode()
    assert [word for word in ("Dordrecht", "G40", "dordt") if word in text] == []


@pytest.mark.parametrize(
    ("title", "name"),
    [("Kennisdag 2027", "kennisdag-2027"), ("Zon", "zon-congres"), ("2026!", "congres")],
)
def test_lasting_name_is_made_of_the_title(title: str, name: str) -> None:
    event = new_conference({"nl": title, "en": title}).files["programma/evenement.yaml"]
    assert f"\nkenmerk: {name}\n" in event.decode()


def test_new_conference_is_edited_as_comfortably() -> None:
    files = new_conference(TITLES).files
    for name in (".vscode/extensions.json", ".vscode/settings.json"):
        assert files[name] == (REAL / name).read_bytes()


def test_conference_starts_where_nothing_is(tmp_path: Path) -> None:
    assert is_free(tmp_path / "nieuw")
    assert is_free(tmp_path)
    (tmp_path / ".git").mkdir()
    assert is_free(tmp_path)
    (tmp_path / "brief.txt").write_text("x", "utf-8")
    assert not is_free(tmp_path)
    assert not is_free(tmp_path / "brief.txt")

"""Files and sites that no host takes are named before they are uploaded: fault 74."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import support

from site_gen import pipeline
from site_gen.problems import as_text
from site_gen.weight import heavy

MB = 1_000_000


def sparse(root: Path, sizes: Mapping[str, int]) -> Path:
    """Make files of these sizes that take no room on the disk."""
    for path, size in sizes.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        with (root / path).open("wb") as file:
            file.truncate(size)
    return root


@pytest.mark.parametrize(
    ("sizes", "lines"),
    [
        ({"a.zip": 100 * MB}, ""),
        (
            {"a.zip": 100 * MB + 1},
            "a.zip:1:1: error[heavy-file]: dit bestand is 101 MB groot; meer dan 100 MB neemt "
            "GitHub niet aan — maak het kleiner, of zet het op een andere plek en maak er een link "
            "naartoe\n",
        ),
        ({f"{n}.zip": 100 * MB for n in range(10)}, ""),
        (
            {**{f"{n}.zip": 90 * MB for n in range(11)}, "b.zip": 91 * MB},
            "b.zip:1:1: error[heavy-site]: de site is samen 1081 MB groot, en op GitHub Pages mag "
            "dat 1000 MB zijn; dit is het grootste bestand — verklein de grootste bestanden, of "
            "zet ze op een andere plek en maak er een link naartoe\n",
        ),
    ],
)
def test_what_is_too_heavy_is_named(sizes: Mapping[str, int], lines: str) -> None:
    assert as_text(heavy(sizes), "nl") == lines


@pytest.mark.parametrize(
    ("sizes", "found"),
    [
        ({"assets/a.zip": 100 * MB + 1}, [("assets/a.zip", "heavy-file")]),
        ({f"assets/{n}.zip": 95 * MB for n in "abcdefghijk"}, [("assets/k.zip", "heavy-site")]),
    ],
)
def test_check_says_so_and_reads_none_of_it(
    sizes: Mapping[str, int], found: list[tuple[str, str]], tmp_path: Path
) -> None:
    """Fault 74."""
    root = sparse(support.basis(tmp_path / "site"), sizes)
    content, problems = pipeline.check(root)
    assert [(problem.place.path, problem.code) for problem in problems] == found
    assert content is not None
    assert content.assets == {}
    assert pipeline.build(root, tmp_path / "out") == (None, problems)
    assert not (tmp_path / "out").exists()

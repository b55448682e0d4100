"""What a site is made with besides its content: templates and assets.

They come with the generator; a file of the root replaces its namesake.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from site_gen.files import FileIndex, scan
from site_gen.problems import Problem
from site_gen.weight import heavy

FURNITURE = ("assets", "templates")


class Furniture(NamedTuple):
    """Templates and assets, path → content, and what is wrong with them."""

    templates: Mapping[str, bytes]
    assets: Mapping[str, bytes]
    problems: list[Problem]


def packaged() -> Path:
    """Return the folder with the templates and assets that come with the generator."""
    here = Path(__file__).parent
    inside = here / "_data"
    return inside if inside.is_dir() else here.parent


def read_furniture(index: FileIndex) -> Furniture:
    """Return the templates and assets of a root."""
    problems: list[Problem] = []
    files: dict[str, dict[str, bytes]] = {folder: {} for folder in FURNITURE}
    indexes = [index]
    if index.root.resolve() != packaged().resolve():
        base, problems = scan(packaged(), FURNITURE)
        indexes.insert(0, base)
    sizes = {path: each for index in indexes for path, each in index.sizes("assets").items()}
    too_heavy = list(heavy(sizes))
    problems += too_heavy
    for each in indexes:
        for folder in ("templates",) if too_heavy else files:
            for path in each.under(folder):
                data, problems_here = each.read(path)
                problems += problems_here
                if data is not None:
                    files[folder][path] = data
    return Furniture(files["templates"], files["assets"], problems)

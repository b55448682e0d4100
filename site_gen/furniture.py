"""What a site is made with besides its content: templates and assets.

They come with the generator; a file of the root replaces its namesake.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    """Return the templates and assets of a root; assets that are too heavy are not read."""
    indexes, problems = _layers(index, FURNITURE)
    sizes = {path: each for layer in indexes for path, each in layer.sizes("assets").items()}
    too_heavy = list(heavy(sizes))
    templates, found = _read(indexes, "templates")
    assets, more = ({}, too_heavy) if too_heavy else _read(indexes, "assets")
    return Furniture(templates, assets, [*problems, *found, *more])


def read_templates(root: Path) -> Mapping[str, bytes]:
    """Return the templates of a root, as far as they can be read."""
    index, _ = scan(root, ("templates",))
    return _read(_layers(index, ("templates",))[0], "templates")[0]


def _layers(index: FileIndex, folders: tuple[str, ...]) -> tuple[list[FileIndex], list[Problem]]:
    """Return what comes with the generator, and over it what is in the root."""
    if index.root.resolve() == packaged().resolve():
        return [index], []
    base, problems = scan(packaged(), folders)
    return [base, index], problems


def _read(indexes: Iterable[FileIndex], folder: str) -> tuple[dict[str, bytes], list[Problem]]:
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for index in indexes:
        for path in index.under(folder):
            data, found = index.read(path)
            problems += found
            if data is not None:
                files[path] = data
    return files, problems

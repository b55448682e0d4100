"""What a site is made with besides its content: templates and assets.

They come with the generator; a file of the root replaces its namesake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from site_gen.files import FileIndex, scan
from site_gen.problems import Problem
from site_gen.weight import heavy

if TYPE_CHECKING:
    from site_gen.pictures import Picture
    from site_gen.store import Store

FURNITURE = ("assets", "templates")


class Furniture(NamedTuple):
    """Templates and assets, path → content, pictures by path, and what is wrong with them."""

    templates: Mapping[str, bytes]
    assets: Mapping[str, bytes]
    pictures: Mapping[str, Picture]
    problems: list[Problem]


def packaged() -> Path:
    """Return the folder with the templates and assets that come with the generator."""
    here = Path(__file__).parent
    inside = here / "_data"
    return inside if inside.is_dir() else here.parent


def read_furniture(index: FileIndex, store: Store, processes: int = 1) -> Furniture:
    """Return the templates and assets of a root; assets that are too heavy are not read.

    For the ``store`` see :func:`site_gen.pictures.read_pictures`.
    """
    from site_gen.images import is_picture  # not for who needs templates alone
    from site_gen.pictures import read_pictures

    indexes, problems = _layers(index, FURNITURE)
    sizes = {path: each for layer in indexes for path, each in layer.sizes("assets").items()}
    too_heavy = list(heavy(sizes))
    templates, found = _read(indexes, "templates")
    problems += [*found, *too_heavy]
    assets: dict[str, bytes] = {}
    pictures: dict[str, Picture] = {}
    if not too_heavy:
        assets, found = _read(indexes, "assets", leaving=is_picture)
        problems += found
        for layer in indexes:
            of_layer, found = read_pictures(layer, store, processes)
            pictures |= of_layer
            problems += found
    return Furniture(templates, assets, pictures, problems)


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


def _read(
    indexes: Iterable[FileIndex], folder: str, leaving: Callable[[str], bool] = lambda _: False
) -> tuple[dict[str, bytes], list[Problem]]:
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for index in indexes:
        for path in (path for path in index.under(folder) if not leaving(path)):
            data, found = index.read(path)
            problems += found
            if data is not None:
                files[path] = data
    return files, problems

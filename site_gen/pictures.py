"""Pictures: images of pixels, which stay where they lie until they are written.

The photos of a conference are larger than all the rest of it. What a build must know of one is
kept, so a picture that is as it was is not read, and none stays in memory but those that a preview
shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from site_gen.files import FileIndex
from site_gen.hashes import File, Kept, hash_of
from site_gen.images import check_image, image_info, is_picture, strip_metadata
from site_gen.machine import MachineError
from site_gen.place import Place
from site_gen.prints import found_in
from site_gen.problems import Problem, problem
from site_gen.store import Store
from site_gen.workers import all_of

WORTH_SHARING = 8
"""From so many images on, read or drawn, it pays to start another process."""


class Facts(Struct, frozen=True):
    """What is found in a picture: its faults, and what it is as it is published.

    That is without metadata; width and height are in pixels, as it is shown.
    """

    problems: tuple[Problem, ...]
    published: Kept
    width: int
    height: int


class Picture(Struct, frozen=True):
    """A picture of the project: where it lies, or what is to be there, and what is found in it."""

    path: str
    source: Path | bytes
    facts: Facts

    def content(self) -> bytes | None:
        """Return what is published; nothing where the file is another one by now, or gone."""
        try:
            data = self.source if isinstance(self.source, bytes) else self.source.read_bytes()
        except OSError:
            return None
        light = strip_metadata(data)
        return light if hash_of(light) == self.facts.published.hash else None


def read_pictures(
    index: FileIndex, store: Store, processes: int = 1
) -> tuple[dict[str, Picture], list[Problem]]:
    """Return the pictures among the assets by path, and what is wrong with them.

    One whose stamp is as it was, and that is in the ``store``, is not read.
    """
    problems: list[Problem] = []

    def read(paths: Sequence[str]) -> list[Facts | None]:
        found = all_of([partial(_read, index, p) for p in paths], processes, WORTH_SHARING)
        problems.extend(fault for _, faults in found for fault in faults)
        return [facts for facts, _ in found]

    paths = [path for path in index.under("assets") if is_picture(path)]
    held = [path for path in paths if path in index.held]
    found = found_in("pictures", paths, index, store, read)
    found |= {path: facts for path, facts in zip(held, read(held), strict=True) if facts}
    problems += [fault for facts in found.values() for fault in facts.problems]
    pictures = {
        path: Picture(path, index.held.get(path, index.root / path), found[path])
        for path in paths
        if path in found
    }
    return pictures, problems


def _read(index: FileIndex, path: str) -> tuple[Facts | None, list[Problem]]:
    data, problems = index.read(path)
    if data is None:
        return None, problems
    light, info = strip_metadata(data), image_info(data)
    size = (info.width, info.height) if info else (0, 0)
    known = Kept(hash_of(light), len(light))
    return Facts(tuple(check_image(path, data)), known, *size), []


def by_hash(pictures: Mapping[str, Picture]) -> dict[bytes, Picture]:
    """Return pictures by the SHA-256 of what is published."""
    return {each.facts.published.hash: each for each in pictures.values()}


def contents(
    files: Mapping[str, File],
    pictures: Mapping[str, Picture],
    known: Mapping[str, bytes] = MappingProxyType({}),
) -> dict[str, bytes]:
    """Return the content of each picture among these files.

    What is ``known`` by its path is not read, for that bears its hash. Raises :class:`MachineError`
    where a picture is another one by now, or gone: what names it would lead to nothing.
    """
    by, found = by_hash(pictures), dict[str, bytes]()
    for path, file in files.items():
        if isinstance(file, Kept) and file.hash in by:
            data = known.get(path) or by[file.hash].content()
            if data is None:
                raise MachineError(problem(Place(by[file.hash].path), "file-changed"))
            found[path] = data
    return found

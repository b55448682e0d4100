"""Which file is meant by a name, and whether it can have another."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from msgspec import Struct

from site_gen.kinds import suggest_slug
from site_gen.layout import EVENT, KINDS, SLUG
from site_gen.likeness import nearest
from site_gen.place import Place
from site_gen.problems import problem
from site_gen.scaffold.change import Desk, Refused
from site_gen.urls import RESERVED

SLOTS = "programma"
SLOT_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FOLDERS = {**{kind.folder: name for name, kind in KINDS.items()}, SLOTS: "slot"}
"""The folders with files that have a name of their own, and what is in them."""


class Target(Struct, frozen=True):
    """What is meant: its folder, its name, and its files, the one in the main language last."""

    folder: str
    name: str
    paths: tuple[str, ...]

    @property
    def kind(self) -> str:
        """A kind of record, or ``slot``."""
        return FOLDERS[self.folder]

    @property
    def main(self) -> str:
        """The file in the main language."""
        return self.paths[-1]

    def renamed(self, name: str) -> dict[str, str]:
        """Return where each of its files goes when it is called ``name``, the main one last."""
        own = f"{self.folder}/{self.name}"
        return {path: f"{self.folder}/{name}{path[len(own) :]}" for path in self.paths}


def find(desk: Desk, text: str) -> Target:
    """Return what ``text`` names: the path of a file, with or without ending, or a name alone."""
    path = posixpath.normpath(text.replace("\\", "/"))
    path = desk.index.wrong_case(path) or path  # the disk may spell it in another Unicode form
    folder, _, last = path.rpartition("/")
    found = [target for target in _targets(desk) if target.folder == folder or not folder]
    meant = [target for target in found if path in target.paths or last == target.name]
    meant = meant or [target for target in found if last in _spellings(target)]
    if not meant:
        near = nearest(last, (target.name for target in found))
        raise Refused([problem(Place(text), "unknown-name", name=text, nearest=near)])
    if len(meant) > 1:
        paths = [target.main for target in meant]
        values = {"paths": ", ".join(paths), "example": paths[0]}
        raise Refused([problem(Place(text), "ambiguous-name", **values)])
    return meant[0]


def new_name(desk: Desk, target: Target, text: str) -> str:
    """Return the name that ``text`` gives to a target: a name, or a path in its own folder."""
    ending = posixpath.splitext(target.main)[1]
    folder, _, last = text.replace("\\", "/").rpartition("/")
    name = last.removesuffix(ending)
    place = Place(f"{target.folder}/{name}{ending}")
    if posixpath.normpath(folder or target.folder) != target.folder:
        raise Refused([problem(Place(text), "other-folder", folder=target.folder)])
    if not (SLOT_NAME if target.kind == "slot" else SLUG).fullmatch(name):
        better = suggest_slug(name)
        code = "malformed-file-name" if better else "empty-slug"
        raise Refused([problem(place, code, slug=name, better=better)])
    if name in RESERVED:
        raise Refused([problem(place, "reserved-slug", slug=name)])
    for goal in reversed(target.renamed(name).values()):
        taken = goal if desk.index.has(goal) else desk.index.wrong_case(goal)
        if taken and (taken == goal or taken not in target.paths):
            raise Refused([problem(Place(taken), "name-taken")])
    return name


def _targets(desk: Desk) -> Iterator[Target]:
    """Yield everything that has a name, also where that name is not a good one."""
    for folder, kind in FOLDERS.items():
        ending = ".yaml" if kind == "slot" else ".md"
        by_name: dict[str, list[str]] = {}
        for path in desk.index.under(folder, ending):
            if path.count("/") == folder.count("/") + 1 and path != EVENT:
                by_name.setdefault(_name(desk, path), []).append(path)
        for name, paths in by_name.items():
            yield Target(folder, name, tuple(sorted(paths, key=len, reverse=True)))


def _name(desk: Desk, path: str) -> str:
    stem = posixpath.splitext(posixpath.basename(path))[0]
    name, _, lang = stem.rpartition(".")
    return name if lang in desk.languages[1:] else stem


def _spellings(target: Target) -> set[str]:
    """Return its files' names without their folder, with and without the ending."""
    names = {posixpath.basename(path) for path in target.paths}
    return names | {posixpath.splitext(name)[0] for name in names}

"""What was found in files that are as they were, so that these need not be read.

A file whose stamp is as it was has the content that it had (:mod:`site_gen.stamps`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from site_gen.files import FileIndex
from site_gen.stamps import SEES_CHANGES, Stamp, moment, newest, stamp
from site_gen.store import Store, digest

T = TypeVar("T")
_FOLDERS, _ENDINGS = ("programma", "sessies", "sprekers"), (".md", ".yaml")


def fingerprinted(index: FileIndex, store: Store) -> FileIndex:
    """Return the index with the hash of each text and timeslot, as far as it can be told.

    What had to be read is held by the index. Where nothing is known and nothing can be kept, none
    is read here.
    """
    if not SEES_CHANGES or not (store.folder or store.has(_key("prints", index))):
        return index
    held: dict[str, bytes] = {}

    def read(paths: Sequence[str]) -> list[bytes | None]:
        found = {path: index.read(path)[0] for path in paths}  # who reads it next tells of faults
        held.update((path, data) for path, data in found.items() if data is not None)
        return [None if data is None else digest(data) for data in found.values()]

    texts = [path for folder in _FOLDERS for path in index.under(folder, *_ENDINGS)]
    prints = found_in("prints", texts, index, store, read)
    return replace(index, prints=prints, held={**index.held, **held})


def found_in(
    name: str,
    paths: Iterable[str],
    index: FileIndex,
    store: Store,
    read: Callable[[Sequence[str]], Sequence[T | None]],
) -> dict[str, T]:
    """Return by path what ``read`` finds in these files, or found while they had the same stamp.

    It stands in the store under this name. Nothing is found in a file where ``read`` returns none,
    nor in one that the index holds, for on disk it may be another.
    """
    root, key = str(index.root), _key(name, index)
    now = moment(store.folder / name) if store.folder and SEES_CHANGES else 0
    before = store.recall(key, dict[str, tuple[Stamp, T]])
    stamps, known = dict[str, Stamp](), dict[str, T]()
    wanted = [path for path in paths if path not in index.held]
    for path in wanted:
        try:
            stamps[path] = stamp(os.stat(f"{root}/{path}"))
        except OSError:
            continue  # reading it tells
        if path in before and before[path][0] == stamps[path]:
            known[path] = before[path][1]
    new = [path for path in wanted if path not in known]
    for path, found in zip(new, read(new), strict=True):
        if found is not None:
            known[path] = found
    lasting = {
        p: (then, known[p]) for p, then in stamps.items() if p in known and newest(then) < now
    }
    if store.folder and lasting != before:
        store.put(key, lasting)
    return {path: known[path] for path in wanted if path in known}


def _key(name: str, index: FileIndex) -> bytes:
    return digest(name, str(index.root))

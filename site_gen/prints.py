"""The hashes of content files that are as they were, so that these need not be read."""

from __future__ import annotations

import os

from msgspec.structs import replace

from site_gen.files import FileIndex
from site_gen.stamps import SEES_CHANGES, Stamp, moment, newest, stamp
from site_gen.store import Store, digest

Known = dict[str, tuple[Stamp, bytes]]
"""The stamp of each file when it was read, and the hash of its content, by path."""
_FOLDERS, _ENDINGS = ("programma", "sessies", "sprekers"), (".md", ".yaml")


def fingerprinted(index: FileIndex, store: Store) -> FileIndex:
    """Return the index with the hash of each text and timeslot, as far as it can be told.

    A file whose stamp is as it was is not read. What had to be read is held by the index.
    """
    if not store.folder or not SEES_CHANGES:
        return index
    now, key = moment(store.folder / "prints"), digest("prints", str(index.root))
    before, known, held = store.recall(key, Known), Known(), {}
    root = str(index.root)
    for path in (path for folder in _FOLDERS for path in index.under(folder, *_ENDINGS)):
        try:
            found = stamp(os.stat(f"{root}/{path}"))
        except OSError:
            continue  # whoever reads it tells
        if path in before and before[path][0] == found:
            known[path] = before[path]
        elif (data := index.read(path)[0]) is not None:
            known[path], held[path] = (found, digest(data)), data
    lasting = {path: each for path, each in known.items() if newest(each[0]) < now}
    if lasting != before:
        store.put(key, lasting)
    prints = {path: each for path, (_, each) in known.items()}
    return replace(index, prints=prints, held={**index.held, **held})

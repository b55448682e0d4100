"""The names that content may use: of its files, and of the rooms and themes of the event."""

from __future__ import annotations

from collections.abc import Iterable

from site_gen.files import FileIndex
from site_gen.layout import KINDS
from site_gen.schema import Record, Value


def known_names(index: FileIndex, event: Record | None, what: str) -> tuple[str, ...]:
    """Return the names of a kind of record, or of rooms or themes, whatever else is wrong."""
    if what in KINDS:
        paths = index.under(KINDS[what].folder, ".md")
        stems = (path.rpartition("/")[2].removesuffix(".md") for path in paths)
        return tuple(stem for stem in stems if "." not in stem)
    if event is None:
        return ()
    if what == "room":
        return _texts(value for room in event.records("rooms") if (value := room.one("name")))
    return _texts(event.many("themes"))


def _texts(values: Iterable[Value[str]]) -> tuple[str, ...]:
    return tuple(value.value for value in values)

"""Content files as records: read and checked, and nothing linked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from site_gen.prose import Scan
from site_gen.schema import Record


class Version(Struct, frozen=True):
    """One language of a record: its front matter, and its text from ``line`` on.

    ``outline`` is a hash of what any page may show of it, ``text`` one of its text.
    """

    lang: str
    path: str
    record: Record
    line: int
    scan: Scan
    outline: bytes
    text: bytes


class RawRecord(Struct, frozen=True):
    """A Markdown record: its slug and its versions, the main language first."""

    slug: str
    kind: str
    versions: tuple[Version, ...]

    @property
    def main(self) -> Version:
        """The version in the main language, which has every fact."""
        return self.versions[0]


class RawSlot(Struct, frozen=True):
    """A timeslot: the name of its file without the ending, its fields, and a hash of them."""

    key: str
    record: Record
    outline: bytes


class Raw(Struct, frozen=True):
    """All content as records; ``documents`` holds each kind's records by slug.

    ``unread`` holds, per kind, the slugs whose file is there but could not be read: that problem is
    told once, and what refers to them is not told to be missing too. ``slots_whole`` tells that
    every timeslot could be read without an error.

    ``outline`` is a hash of all content but the texts themselves; by it and by the texts it can be
    told what is still as it was (see :mod:`site_gen.remembered`).
    """

    event: Record
    languages: tuple[str, ...]
    slots: tuple[RawSlot, ...]
    documents: Mapping[str, Mapping[str, RawRecord]]
    unread: Mapping[str, frozenset[str]]
    slots_whole: bool
    outline: bytes

    @property
    def versions(self) -> Iterator[tuple[RawRecord, Version]]:
        """Every language of every record, with the record."""
        return versions_of(self.documents)

    @property
    def texts(self) -> dict[str, bytes]:
        """The hash of each text by its path."""
        return {version.path: version.text for _, version in self.versions}


def versions_of(
    documents: Mapping[str, Mapping[str, RawRecord]],
) -> Iterator[tuple[RawRecord, Version]]:
    """Yield every language of every record, with the record; see :class:`Raw`."""
    for records in documents.values():
        for record in records.values():
            yield from ((record, version) for version in record.versions)

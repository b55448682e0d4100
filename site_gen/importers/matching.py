"""Which record of the content is which of the source: known again, adopted, or new with a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, count

from msgspec import Struct

from site_gen.kinds import suggest_slug
from site_gen.records import Raw
from site_gen.schema import Record
from site_gen.urls import RESERVED

LONGEST = 60
"""The most characters of a name that is made here."""
TITLES = {"session": "title", "speaker": "name"}


class Identity(Struct, frozen=True):
    """By what the source knows a record: any of its guids and ids; ``title`` is what it is called.

    The first guid and id are those of the record, the others of the same thing held again.
    """

    title: str
    guids: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


class Matcher:
    """Gives each record of a source its name; no two get the same.

    ``gone`` are the records that came from this source before and have not been met since.
    """

    def __init__(
        self, source: str, records: Mapping[str, Record], title: str, taken: Iterable[str]
    ) -> None:
        self.taken = {name.casefold() for name in taken} | RESERVED
        self.gone: set[str] = set()
        self._by_guid: dict[str, str] = {}
        self._by_id: dict[str, str] = {}
        self._by_title: dict[str, str] = {}
        self._with_guid: set[str] = set()
        self._met: set[str] = set()
        for name, record in records.items():
            origin = record.record("origin")
            if origin is None:
                self._by_title.setdefault(_text(record, title).casefold(), name)
            elif _text(origin, "source") == source:
                self._remember(name, _text(origin, "guid"), _text(origin, "id"))

    @classmethod
    def of(cls, source: str, kind: str, raw: Raw | None, taken: Iterable[str]) -> Matcher:
        """Return the matcher of the sessions or the speakers."""
        documents = raw.documents[kind] if raw else {}
        records = {slug: document.main.record for slug, document in documents.items()}
        return cls(source, records, TITLES[kind], taken)

    def _remember(self, name: str, guid: str, number: str) -> None:
        self.gone.add(name)
        if guid:
            self._by_guid[guid] = name
            self._with_guid.add(name)
        if number:
            self._by_id.setdefault(number, name)

    def name(self, identity: Identity, fallback: str) -> str:
        """Return the name of a record: that of the file that is it already, or a new one."""
        found = next((name for name in self._found(identity) if name not in self._met), None)
        name = found or self._new(identity.title, fallback)
        self._met.add(name)
        self.gone.discard(name)
        return name

    def _found(self, identity: Identity) -> Iterator[str]:
        """Yield what it may be: by guid; by id where one has no guid; by title where it is new."""
        yield from (self._by_guid[guid] for guid in identity.guids if guid in self._by_guid)
        for number in identity.ids:
            name = self._by_id.get(number)
            if name and not (identity.guids and name in self._with_guid):
                yield name
        adopted = self._by_title.get(identity.title.casefold())
        if adopted:
            yield adopted

    def _new(self, title: str, fallback: str) -> str:
        base = base_name(title, fallback)
        numbered = (f"{base}-{number}" for number in count(2))
        name = next(name for name in chain([base], numbered) if name not in self.taken)
        self.taken.add(name)
        return name


def _text(record: Record, name: str) -> str:
    value = record.one(name)
    return str(value.value) if value else ""


def base_name(title: str, fallback: str = "") -> str:
    """Return the name that fits a title, or else another text; short enough to be read."""
    return _cut(suggest_slug(title)) or _cut(suggest_slug(fallback)) or "naamloos"


def _cut(slug: str) -> str:
    """Cut a name at a hyphen where it is too long."""
    return (
        slug if len(slug) <= LONGEST else slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
    )

"""Where the content names a record: in a field, in a link, or in the fragment of a link."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote, unquote

from site_gen.kinds import Kind
from site_gen.scaffold.typed import Edit, Typed
from site_gen.schema import Field, ListOf, Record, RecordOf, RecordsOf, Value
from site_gen.source import mask

Fragments = Callable[[str, str], str]
"""From the file that a link leads to and its fragment, to the fragment after a rename."""

# Inline, as `](address)`, or the address of a label, as `[label]: address`; either within <…>.
_ADDRESS = re.compile(
    r"(?:\]\([ \t]*|^ {0,3}\[[^\[\]\n]+\]:[ \t]*)(?:<([^<>\n]+)>|([^\s<>()]+))", re.MULTILINE
)
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)


def named(record: Record, table: tuple[Field, ...], what: str) -> Iterator[Value[str]]:
    """Yield every value of a record that is the name of a ``what``: a kind of record, a room."""
    for field in table:
        match field.shape:
            case Kind(names=names) | ListOf(Kind(names=names)) if names == what:
                yield from record.many(field.name)
            case RecordOf(fields) | RecordsOf(fields):
                for block in record.records(field.name):
                    yield from named(block, fields, what)


def edits_of_names(
    typed: Typed, record: Record, table: tuple[Field, ...], what: str, names: tuple[str, str]
) -> Iterator[Edit]:
    """Yield the edits that put the second of ``names`` where the first names a ``what``."""
    old, new = names
    for value in named(record, table, what):
        if value.value == old:
            yield replacement(typed, typed.offset(value.place), old, new)


def replacement(typed: Typed, start: int, old: str, new: str) -> Edit:
    """Return the edit of a text that begins at ``start``, perhaps behind a quote."""
    at = typed.text.index(old, start)
    return Edit(at, at + len(old), new)


def edits_of_links(
    typed: Typed, body: int, path: str, moves: Mapping[str, str], fragments: Fragments
) -> Iterator[Edit]:
    """Yield the edits of links in a text that begins at ``body`` and stands in the file ``path``.

    ``moves`` has the files that get another name, from path to path.
    """
    moved = {_composed(old): new for old, new in moves.items()}
    for found in _ADDRESS.finditer(mask(typed.text[body:])):
        group = 1 if found[1] else 2
        new = _led(found[group], path, moved, fragments)
        if new != found[group]:
            yield Edit(body + found.start(group), body + found.end(group), new)


def _led(address: str, path: str, moved: Mapping[str, str], fragments: Fragments) -> str:
    if _OUTSIDE.match(address):
        return address
    target, mark, fragment = address.partition("#")
    goal = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target)))
    goal = _composed(goal) if target else _composed(path)
    if target and goal in moved:
        target = target[: target.rfind("/") + 1] + quote(posixpath.basename(moved[goal]))
    return target + mark + fragments(goal, fragment)


def _composed(path: str) -> str:
    """Return a path in one Unicode form: a disk may keep another than an editor types."""
    return unicodedata.normalize("NFC", path)

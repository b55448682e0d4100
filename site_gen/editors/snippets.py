"""Fields and names as snippets of VS Code, for the front matter of Markdown files.

In front matter VS Code takes the language to be YAML. Since version 1.109 a snippet says for which
files it is (``include`` and ``exclude``); an older one proposes it in other files too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from site_gen.kinds import Kind
from site_gen.schema import Field, ListOf, RecordOf, RecordsOf, Translatable

Json = dict[str, Any]
TRANSLATIONS = "**/*.*.md"


def snippets(tables: Mapping[str, tuple[Field, ...]], names: Mapping[str, tuple[str, ...]]) -> Json:
    """Return the snippets of the tables, each by the folder of its files.

    ``names`` are those that exist, by what they name.
    """
    found: Json = {}
    for folder, table in tables.items():
        files: Json = {"scope": "yaml", "include": [f"**/{folder}/*.md"]}
        for field in table:
            own: Json = {} if field.translation != "no" else {"exclude": [TRANSLATIONS]}
            body = {"prefix": field.key, "body": _body(field, names), "description": field.nl}
            found[f"{folder}: {field.key}"] = {**body, **files, **own}
        for what in sorted(_named(table)):
            for name in names.get(what, ()):
                body = {"prefix": name, "body": _plain(name), "description": what_is(what)}
                found[f"{folder}: {what} {name}"] = {**body, **files, "exclude": [TRANSLATIONS]}
    return found


def what_is(what: str) -> str:
    """Return what an editor calls it."""
    return {"speaker": "spreker", "source": "bron", "room": "zaal", "theme": "thema"}[what]


def _named(table: tuple[Field, ...]) -> set[str]:
    return {kind.names for field in table if (kind := _kind(field)) and kind.names}


def _kind(field: Field) -> Kind | None:
    shape = field.shape
    if isinstance(shape, ListOf | Translatable):
        return shape.kind
    return shape if isinstance(shape, Kind) else None


def _body(field: Field, names: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the lines of a field, with stops (``${1}``) where something is to be filled in."""
    shape = field.shape
    if isinstance(shape, RecordOf | RecordsOf):
        return [
            f"{field.key}:",
            *_block(shape.fields, "  - " if isinstance(shape, RecordsOf) else "  "),
        ]
    kind = _kind(field)
    known = kind.choices or names.get(kind.names, ()) if kind else ()
    stop = f"${{1|{','.join(map(_choice, known))}|}}" if known else "${1}"
    return [f"{field.key}: [{stop}]" if isinstance(shape, ListOf) else f"{field.key}: {stop}"]


def _block(fields: tuple[Field, ...], first: str) -> Iterator[str]:
    for number, field in enumerate(fields, 1):
        yield f"{first if number == 1 else ' ' * len(first)}{field.key}: ${{{number}}}"


def _plain(text: str) -> str:
    return re.sub(r"([\\$}])", r"\\\1", text)


def _choice(text: str) -> str:
    return re.sub(r"([\\,|])", r"\\\1", text)

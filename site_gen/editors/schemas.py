"""The field table as JSON Schema (draft 7, which editors know best), with descriptions in Dutch.

A schema accepts whatever the checks accept, and the checks read text where an editor's parser has
already made a number of it: to YAML 1.2 an unquoted ``10.45`` is a number and ``10:45`` is not. The
names that exist are proposed, and others are not refused: a file may be newer than the schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from site_gen.kinds import YES_NO_WORDS, Kind
from site_gen.schema import Field, ListOf, RecordOf, RecordsOf, Shape, Translatable

Json = dict[str, Any]
Names = Mapping[str, tuple[str, ...]]
"""The names that there are, by what they name."""

DRAFT = "http://json-schema.org/draft-07/schema#"
_CLOCK = r"([0-1]?[0-9]|2[0-3])[.:][0-5][0-9]"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_PATTERNS = {
    "address": r"https?://\S+",
    "contact": r"(https?://\S+|[^@\s:/]+@[^@\s:/]+)",
    "date": _DAY,
    "end-time": rf"({_CLOCK}|24[.:]00)",
    "event-id": r"[a-z0-9_-]{4,}",
    "integer": r"[0-9]+",
    "language": r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*",
    "moment": rf"{_DAY}( {_CLOCK})?",
    "partial-date": r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?",
    "path": r"[\w./~-]+",
    "slug": r"[a-z][a-z0-9]*(-[a-z0-9]+)*",
    "time": _CLOCK,
    "yes-no": "|".join(
        "".join(f"[{letter.upper()}{letter}]" for letter in word) for word in YES_NO_WORDS
    ),
}
_NUMBERS = frozenset({"end-time", "event-id", "integer", "partial-date", "path", "time"})
_BOOLEANS = frozenset({"path", "slug", "yes-no"})
"""Kinds of which a value without quotes may be a number, or true or false, to an editor."""
_WITH_EXAMPLE = frozenset({"address", "contact", "date", "moment", "partial-date", "time"})


def json_schema(
    title: str, table: tuple[Field, ...], names: Names, *, partial: bool = False
) -> Json:
    """Return the schema of a kind of file; with ``partial`` that of its translation."""
    return {"$schema": DRAFT, "title": title.capitalize(), **_object(table, names, partial)}


def _object(table: tuple[Field, ...], names: Names, partial: bool) -> Json:
    known = [field for field in table if not partial or field.translation != "no"]
    required = [f.key for f in known if f.required and (not partial or f.translation == "key")]
    return {
        "type": ["object", "null"] if partial or not required else "object",
        "additionalProperties": False,
        **({"required": required} if required else {}),
        "properties": {field.key: _property(field, names, partial) for field in known},
    }


def _property(field: Field, names: Names, partial: bool) -> Json:
    said = f"{field.nl}.\n\nVoorbeeld: `{field.key}: {field.example}`"
    return {
        "description": field.nl,
        "markdownDescription": said,
        **_shape(field.shape, names, partial),
        **_examples(field),
    }


def _examples(field: Field) -> Json:
    """Return what an editor proposes where there is no list to choose from."""
    if isinstance(field.shape, Kind) and field.shape.name in _WITH_EXAMPLE:
        return {"examples": [field.example.strip('"')]}
    return {}


def _shape(shape: Shape, names: Names, partial: bool) -> Json:
    match shape:
        case Kind():
            return _text(shape, names)
        case Translatable(kind):
            by_language = {
                "type": "object",
                "additionalProperties": False,
                "patternProperties": {_whole(_PATTERNS["language"]): _text(kind, names)},
            }
            return {"anyOf": [_text(kind, names), by_language]}
        case ListOf(kind, single):
            items = {"type": "array", "items": _text(kind, names)}
            return {"anyOf": [items, _text(kind, names) if single else EMPTY]}
        case RecordOf(fields):
            return {"anyOf": [_object(fields, names, partial), EMPTY]}
        case RecordsOf(fields, short):
            item = _item(fields, short, names, partial)
            return {"anyOf": [{"type": "array", "items": item}, EMPTY]}


def _item(fields: tuple[Field, ...], short: str, names: Names, partial: bool) -> Json:
    block = _object(fields, names, partial)
    texts = [f.shape for f in fields if f.name == short and isinstance(f.shape, Kind)]
    return {"anyOf": [*(_text(kind, names) for kind in texts), block, EMPTY]}


def _text(kind: Kind, names: Names) -> Json:
    """Return the schema of a text; what is known is proposed first."""
    if kind.choices:
        return {"anyOf": [{"enum": list(kind.choices)}, EMPTY]}
    known = names.get(kind.names, ())
    text = _free(kind)
    return {"anyOf": [{"enum": list(known)}, text]} if known else text


def _free(kind: Kind) -> Json:
    others = [
        *([] if kind.name in _NUMBERS or kind.name not in _PATTERNS else ["number"]),
        *([] if kind.name in _BOOLEANS or kind.name not in _PATTERNS else ["boolean"]),
    ]
    pattern = rf"({_PATTERNS[kind.name]})?" if kind.name in _PATTERNS else ""
    return _scalar(others, pattern)


def _scalar(others: list[str], pattern: str) -> Json:
    """Return the schema of a text, or of what an editor took for none of ``others``.

    The second part says what a value is not: from what it is, an editor would propose ``null``.
    """
    text: Json = {"type": "string"} | ({"pattern": rf"^\s*{pattern}\s*$"} if pattern else {})
    return {"anyOf": [text, {"not": {"type": ["string", "array", "object", *others]}}]}


EMPTY = _scalar(["number", "boolean"], "()")
"""An empty value is as good as none."""


def _whole(pattern: str) -> str:
    return f"^({pattern})$"

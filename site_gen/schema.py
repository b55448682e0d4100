"""The field table: reading a located mapping with it gives a record, and every problem in it.

A table is data. The checks here, the JSON Schemas for editors and the reference in ``docs/`` all
come from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, Literal, TypeVar

from msgspec import Struct

from site_gen.kinds import LANGUAGE, Kind
from site_gen.likeness import nearest
from site_gen.nodes import Mapping, Node, Scalar, Sequence
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.syntax import quoted

T = TypeVar("T")


class Value(Struct, Generic[T], frozen=True):
    """A value and where it stands."""

    value: T
    place: Place


class ListOf(Struct, frozen=True):
    """A list of values of one kind; with ``single`` a value alone counts as a list of one."""

    kind: Kind
    single: bool = False


class Translatable(Struct, frozen=True):
    """A text in the main language, or a mapping of language tags to texts."""

    kind: Kind


class RecordOf(Struct, frozen=True):
    """A block of fields of its own."""

    fields: tuple[Field, ...]


class RecordsOf(Struct, frozen=True):
    """A list of blocks; ``short`` names (in English) the field that a text alone stands for."""

    fields: tuple[Field, ...]
    short: str = ""


Shape = Kind | ListOf | Translatable | RecordOf | RecordsOf


class Field(Struct, frozen=True):
    """A field: the Dutch ``key`` that editors type, the English ``name`` that the code uses.

    ``example`` is what may stand behind the colon. ``translation`` says what a translation may do:
    give its ``own`` text, repeat it as the ``key`` that tells which entry is meant, or nothing.
    """

    key: str
    name: str
    shape: Shape
    nl: str
    en: str
    example: str
    required: bool = False
    translation: Literal["no", "own", "key"] = "no"


class Record(Struct, frozen=True):
    """What a mapping says, by the English names of its fields; what it lacks is absent."""

    place: Place
    items: tuple[tuple[str, tuple[Any, ...]], ...]

    def one(self, name: str) -> Value[Any] | None:
        """Return the value of a field that has one."""
        values = self.many(name)
        return values[0] if values else None

    def many(self, name: str) -> tuple[Value[Any], ...]:
        """Return the values of a list."""
        return self._of(name)

    def texts(self, name: str) -> tuple[tuple[str, Value[str]], ...]:
        """Return a translatable text by language tag; ``""`` is the main language."""
        return self._of(name)

    def record(self, name: str) -> Record | None:
        """Return the block of fields that a field has."""
        blocks = self.records(name)
        return blocks[0] if blocks else None

    def records(self, name: str) -> tuple[Record, ...]:
        """Return the blocks of a list."""
        return self._of(name)

    def _of(self, name: str) -> tuple[Any, ...]:
        for known, values in self.items:  # hundreds of thousands of times in a build
            if known == name:
                return values
        return ()


Part = Value[Any] | Record | tuple[str, Any] | Problem
"""What a field gives: values, blocks, texts by language, and problems."""


def read(
    mapping: Mapping, fields: tuple[Field, ...], *, partial: bool = False
) -> tuple[Record, list[Problem]]:
    """Read ``mapping``; with ``partial`` it is a translation, which holds only what differs.

    What has a problem is absent from the record, so that nothing wrong goes further.
    """
    known = {field.key: field for field in fields}
    typed = {key.text: (key, node) for key, node in mapping.items}
    unknown = {key.text: key for key, _ in typed.values() if key.text not in known}
    misspelt = {nearest(text, known) for text in unknown}
    problems = [_unknown(key, known) for key in unknown.values()]
    items: list[tuple[str, tuple[Any, ...]]] = []
    for field in fields:
        if field.key in typed:
            parts = list(_field(field, *typed[field.key], partial))
            place = typed[field.key][0].place
        elif _is_required(field, partial):
            parts, place = [], mapping.place
        else:
            continue
        is_told = field.key in misspelt and field.key not in typed
        if not parts and not is_told and _is_required(field, partial):
            parts = [problem(place, "missing-field", key=field.key, example=field.example)]
        problems += [part for part in parts if isinstance(part, Problem)]
        if values := tuple(part for part in parts if not isinstance(part, Problem)):
            items.append((field.name, values))
    return Record(mapping.place, tuple(items)), problems


def _is_required(field: Field, partial: bool) -> bool:
    return field.required and (not partial or field.translation == "key")


def _unknown(key: Scalar, known: Iterable[str]) -> Problem:
    known = tuple(known)
    near = nearest(key.text, known)
    return problem(key.place, "unknown-key", key=key.text, nearest=near, known=", ".join(known))


def _field(field: Field, key: Scalar, node: Node, partial: bool) -> Iterator[Part]:
    if partial and field.translation == "no":
        yield problem(key.place, "main-file-only", key=key.text)
    elif not _is_empty(node):
        yield from _parts(field, node, partial)


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text.strip()


def _parts(field: Field, node: Node, partial: bool) -> Iterator[Part]:
    match field.shape:
        case Kind() as kind:
            yield from _value(field, kind, node)
        case Translatable(kind):
            yield from _translations(field, kind, node)
        case ListOf(kind, single):
            yield from _each(field, node, lambda item: _value(field, kind, item), single)
        case RecordOf(fields):
            yield from _block(field, fields, node, partial)
        case RecordsOf() as shape:
            yield from _each(field, node, lambda item: _entry(field, shape, item, partial))


def _value(field: Field, kind: Kind, node: Node) -> Iterator[Part]:
    if not isinstance(node, Scalar):
        yield _not_text(field, node)
    elif not _is_empty(node):
        value = kind.read(node)
        yield value if isinstance(value, Problem) else Value(value, node.place)


def _each(
    field: Field, node: Node, read_item: Callable[[Node], Iterator[Part]], single: bool = False
) -> Iterator[Part]:
    if isinstance(node, Sequence):
        for item in node.items:
            yield from () if _is_empty(item) else read_item(item)
    elif single:
        yield from read_item(node)
    else:
        yield _expected("list-expected", field, node)


def _translations(field: Field, kind: Kind, node: Node) -> Iterator[Part]:
    if not isinstance(node, Mapping):
        yield from (_tagged("", part) for part in _value(field, kind, node))
        return
    for key, text in node.items:
        tag = LANGUAGE.read(key)
        if isinstance(tag, Problem):
            yield tag
        else:
            yield from (_tagged(key.text, part) for part in _value(field, kind, text))


def _tagged(tag: str, part: Part) -> Part:
    return part if isinstance(part, Problem) else (tag, part)


def _block(field: Field, fields: tuple[Field, ...], node: Node, partial: bool) -> Iterator[Part]:
    if isinstance(node, Mapping):
        record, problems = read(node, fields, partial=partial)
        yield record
        yield from problems
    else:
        yield _expected("fields-expected", field, node)


def _entry(field: Field, shape: RecordsOf, node: Node, partial: bool) -> Iterator[Part]:
    """Read a block of a list, or the text that stands for one."""
    kinds = {inner.name: inner.shape for inner in shape.fields}
    kind = kinds.get(shape.short)
    colon = _unquoted_colon(node)
    if colon and isinstance(kind, Kind) and _is_text(colon, kind, shape.fields):
        yield problem(colon.place, "unquoted-colon", value=quoted(colon.text))
        return
    if not isinstance(node, Scalar) or not isinstance(kind, Kind):
        yield from _block(field, shape.fields, node, partial)
        return
    for part in _value(field, kind, node):
        is_problem = isinstance(part, Problem)
        yield part if is_problem else Record(node.place, ((shape.short, (part,)),))


def _not_text(field: Field, node: Sequence | Mapping) -> Problem:
    """Tell an item with a colon, which YAML takes for a field, from what is no text at all."""
    if isinstance(field.shape, ListOf) and (colon := _unquoted_colon(node)):
        return problem(colon.place, "unquoted-colon", value=quoted(colon.text))
    return _expected("text-expected", field, node)


def _unquoted_colon(node: Node) -> Scalar | None:
    """Return the text that was meant where ``node`` is one field without braces or quotes."""
    if not isinstance(node, Mapping) or len(node.items) != 1:
        return None
    key, value = node.items[0]
    if node.place != key.place or not isinstance(value, Scalar) or not value.plain:
        return None
    return Scalar(key.place, f"{key.text}: {value.text}", plain=True)


def _is_text(colon: Scalar, kind: Kind, fields: tuple[Field, ...]) -> bool:
    """Tell whether a text with a colon is of its kind, and does not begin like a field."""
    name = colon.text.partition(":")[0]
    return not nearest(name, (field.key for field in fields)) and not isinstance(
        kind.read(colon), Problem
    )


def _expected(code: str, field: Field, node: Node) -> Problem:
    return problem(node.place, code, key=field.key, example=field.example)

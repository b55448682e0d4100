"""What is wrong with an answer, before there is a file that it stands in."""

from __future__ import annotations

from site_gen.identifiers import KINDS as IDENTIFIERS
from site_gen.identifiers import example, parse
from site_gen.kinds import Kind
from site_gen.likeness import nearest
from site_gen.names import known_names
from site_gen.nodes import Scalar
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.scaffold.change import Desk
from site_gen.schema import Field, ListOf, Translatable


def fault(desk: Desk, field: Field, text: str) -> Problem | None:
    """Return what is wrong with one text as the value, or an item, of a field."""
    kind = _kind(field)
    value = kind.read(Scalar(Place(field.key), text, plain=True))
    if isinstance(value, Problem):
        return value
    if field.key in IDENTIFIERS and parse(field.key, text) is None:
        values = {"kind": field.key, "text": text, "example": example(field.key)}
        return problem(Place(field.key), "malformed-identifier", **values)
    return _unknown(desk, kind.names, text) if kind.names else None


def names_at(desk: Desk, what: str) -> tuple[str, ...]:
    """Return the names that the content has of a kind of record, of rooms or of themes."""
    return known_names(desk.index, desk.raw.event if desk.raw else None, what)


def _kind(field: Field) -> Kind:
    shape = field.shape
    kind = shape.kind if isinstance(shape, ListOf | Translatable) else shape
    assert isinstance(kind, Kind)  # noqa: S101 - only simple fields are asked for
    return kind


def _unknown(desk: Desk, what: str, text: str) -> Problem | None:
    known = names_at(desk, what)
    if text in known or (what == "theme" and not known):
        return None
    near = nearest(text, known) or (", ".join(known) if what == "theme" else "")
    named = what if what in {"room", "theme"} else "slug"
    return problem(Place(text), f"unknown-{what}", **{named: text, "nearest": near})

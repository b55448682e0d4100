"""What is wrong with an answer, before there is a file that it stands in."""

from __future__ import annotations

from collections.abc import Iterable

from site_gen.identifiers import KINDS as IDENTIFIERS
from site_gen.identifiers import example, parse
from site_gen.kinds import Kind
from site_gen.load import KINDS
from site_gen.nodes import Scalar, nearest
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.scaffold.change import Desk
from site_gen.schema import Field, ListOf, Translatable, Value


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


def known_names(desk: Desk, what: str) -> tuple[str, ...]:
    """Return the names that there are of a kind of record, or of rooms or themes."""
    if what in KINDS:
        paths = desk.index.under(KINDS[what].folder, ".md")
        stems = (path.rpartition("/")[2].removesuffix(".md") for path in paths)
        return tuple(stem for stem in stems if "." not in stem)
    event = desk.raw.event if desk.raw else None
    if event is None:
        return ()
    if what == "room":
        return _texts(value for room in event.records("rooms") if (value := room.one("name")))
    return _texts(event.many("themes"))


def _kind(field: Field) -> Kind:
    shape = field.shape
    kind = shape.kind if isinstance(shape, ListOf | Translatable) else shape
    assert isinstance(kind, Kind)  # noqa: S101 - only simple fields are asked for
    return kind


def _unknown(desk: Desk, what: str, text: str) -> Problem | None:
    known = known_names(desk, what)
    if text in known or (what == "theme" and not known):
        return None
    near = nearest(text, known) or (", ".join(known) if what == "theme" else "")
    named = what if what in {"room", "theme"} else "slug"
    return problem(Place(text), f"unknown-{what}", **{named: text, "nearest": near})


def _texts(values: Iterable[Value[str]]) -> tuple[str, ...]:
    return tuple(value.value for value in values)

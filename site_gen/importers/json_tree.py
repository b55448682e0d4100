"""JSON, read without surprises: its values by name, whatever their kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from site_gen.place import Place
from site_gen.problems import Problem, problem

Json = dict[str, Any]


def read_json(path: str, data: bytes) -> tuple[Json | None, list[Problem]]:
    """Return the object that a document is, or what keeps it from being read."""
    try:
        found = json.loads(data)
    except json.JSONDecodeError as error:
        place = Place(path, error.lineno, error.colno)
        return None, [problem(place, "import-broken", format="JSON", reason=error.msg)]
    except UnicodeDecodeError as error:
        return None, [problem(Place(path), "import-encoding", byte=f"{data[error.start]:02X}")]
    except (RecursionError, ValueError) as error:
        return None, [
            problem(Place(path), "import-broken", format="JSON", reason=type(error).__name__)
        ]
    if not isinstance(found, dict):
        return None, [problem(Place(path), "import-unknown", what="JSON")]
    return found, []


def text(value: Json, name: str) -> str:
    """Return a value as text: a number as it is written, what is no text as nothing."""
    found = value.get(name)
    if isinstance(found, dict):  # a text per language: the first will do
        found = next(iter(found.values()), None)
    is_text = isinstance(found, str | int | float) and not isinstance(found, bool)
    return str(found).strip() if is_text else ""


def items(value: Json, name: str) -> list[Any]:
    """Return a list, empty where there is none."""
    found = value.get(name)
    return found if isinstance(found, list) else []


def objects(value: Json, name: str) -> Iterator[Json]:
    """Yield the objects of a list."""
    return (item for item in items(value, name) if isinstance(item, dict))


def part(value: Json, name: str) -> Json:
    """Return an object within another, empty where there is none."""
    found = value.get(name)
    return found if isinstance(found, dict) else {}

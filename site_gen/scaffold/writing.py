"""Fields as an editor types them: the front matter of a new file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache

from site_gen.kinds import Kind
from site_gen.nodes import Scalar, read_yaml
from site_gen.nodes import Sequence as SequenceNode
from site_gen.schema import Field, ListOf, Shape, Translatable

Answer = str | tuple[str, ...] | Mapping[str, str]
"""What is filled in: a text, the items of a list, or a text per language."""

_QUOTED = frozenset({"time", "end-time"})
"""Kinds that other readers of YAML than ours take for a number."""


def fields_as_yaml(table: tuple[Field, ...], answers: Mapping[str, Answer]) -> str:
    """Return the lines of the fields that have an answer, in the order of the table."""
    return "".join(
        f"{field.key}:{_value(field.shape, answers[field.key])}\n"
        for field in table
        if answers.get(field.key)
    )


def document(table: tuple[Field, ...], answers: Mapping[str, Answer]) -> bytes:
    """Return a Markdown file with these fields and no text yet."""
    return f"---\n{fields_as_yaml(table, answers)}---\n".encode()


def is_simple(field: Field) -> bool:
    """Tell whether a field is a text, a text per language or a list of texts, and so asked for."""
    return isinstance(field.shape, Kind | ListOf | Translatable)


def _value(shape: Shape, answer: Answer) -> str:
    if isinstance(answer, Mapping):
        return "".join(f"\n  {lang}: {scalar(text)}" for lang, text in answer.items())
    if (
        isinstance(answer, tuple)
        and len(answer) == 1
        and isinstance(shape, ListOf)
        and shape.single
    ):
        return f" {scalar(answer[0])}"
    if isinstance(answer, tuple):
        return f" [{', '.join(scalar(text, within='[{}]') for text in answer)}]"
    quoted = isinstance(shape, Kind) and shape.name in _QUOTED
    return f" {json.dumps(answer, ensure_ascii=False) if quoted else scalar(answer)}"


_SURELY_PLAIN = re.compile(r"[A-Za-z](?: ?[A-Za-z0-9_.()/-])*")
"""Texts that no reader takes for anything else, wherever they stand: most of them, and quick."""


@lru_cache(maxsize=1024)  # the same few themes and rooms stand in very many files
def scalar(text: str, within: str = "{}") -> str:
    """Return ``text`` as YAML, in quotes where our reader would otherwise read something else."""
    return text if _SURELY_PLAIN.fullmatch(text) else _tried(text, within)


def _tried(text: str, within: str) -> str:
    """Return a text as YAML after reading it."""
    mapping, problems = read_yaml("", f"key: {within.format(text)}\n".encode())
    node = mapping.items[0][1] if mapping and not problems else None
    if within != "{}":
        node = node.items[0] if isinstance(node, SequenceNode) and len(node.items) == 1 else None
    is_same = isinstance(node, Scalar) and node.plain and node.text == text
    return text if is_same else json.dumps(text, ensure_ascii=False)

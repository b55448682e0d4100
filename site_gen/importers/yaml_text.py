"""Fields as YAML that an editor can go on with, and what the fields of a file say."""

from __future__ import annotations

import json
from collections.abc import Mapping

from site_gen.nodes import Mapping as MappingNode
from site_gen.nodes import Node, Scalar
from site_gen.scaffold.writing import scalar

WIDEST = 100
"""Characters of a line on which a list may stand; a longer list has a line for each item."""

Value = str | tuple["Value", ...] | Mapping[str, "Value"]
"""What a field says: a text, a list, or fields of its own."""


class Quoted(str):
    """A text in quotes, because other readers of YAML than ours take it for something else."""

    __slots__ = ()


def fields_text(fields: Mapping[str, Value]) -> str:
    """Return the lines of fields, in their order."""
    return "".join(f"{field_text(key, value)}\n" for key, value in fields.items())


def field_text(key: str, value: Value, indent: str = "") -> str:
    """Return a field, without the end of its last line."""
    if isinstance(value, str):
        return f"{indent}{key}: {_text(value)}"
    if isinstance(value, tuple):
        return f"{indent}{key}:{_list(key, value, indent)}"
    fields = (field_text(name, part, f"{indent}  ") for name, part in value.items())
    return "\n".join([f"{indent}{key}:", *fields])


def _list(key: str, items: tuple[Value, ...], indent: str) -> str:
    if all(isinstance(item, str) for item in items):
        line = f" [{', '.join(_text(str(item), '[{}]') for item in items)}]"
        if len(indent) + len(key) + len(line) < WIDEST:
            return line
    return "".join(f"\n{_item(item, f'{indent}  ')}" for item in items)


def _item(item: Value, indent: str) -> str:
    if isinstance(item, Mapping):
        fields = "\n".join(field_text(key, value, f"{indent}  ") for key, value in item.items())
        return f"{indent}- {fields.lstrip()}"
    return f"{indent}- {_text(str(item))}"


def _text(text: str, within: str = "{}") -> str:
    return json.dumps(text) if isinstance(text, Quoted) else scalar(text, within)


def value_of(node: Node) -> Value:
    """Return what a node of a file says."""
    if isinstance(node, Scalar):
        return node.text.strip()
    if isinstance(node, MappingNode):
        return {key.text: value_of(part) for key, part in node.items}
    return tuple(map(value_of, node.items))

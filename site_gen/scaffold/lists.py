"""Fields of YAML that is typed: a name added to a list, a field added, replaced or left out."""

from __future__ import annotations

import yaml

from site_gen.scaffold.typed import Edit


def add_to_list(text: str, key: str, name: str, newline: str) -> Edit | None:
    """Return the edit that adds ``name`` to the list ``key``, or ``None`` where there is no list.

    ``text`` is YAML that the checks could read: a mapping, without references and not deep. A list
    that is not there yet is made, at the end. The edit is an insertion.
    """
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    if root is None:
        return add_line(text, f"{key}: [{name}]", newline)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return None
    found = next((pair for pair in root.value if pair[0].value == key), None)
    if found is None:
        return add_line(text, f"{key}: [{name}]", newline)
    head, node = found
    if isinstance(node, yaml.SequenceNode):
        return _to_sequence(text, node, name, newline)
    if node.value or node.style:
        return None
    return _insertion(text.index(":", head.end_mark.index) + 1, f" [{name}]")


def add_line(text: str, line: str, newline: str) -> Edit:
    """Return the edit that adds a field, on a line of its own after the last one."""
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    if root is None:
        return _insertion(len(text), f"{line}{newline}")
    return _insertion(_line_end(text, _end(root)), f"{newline}{line}")


def replace_field(text: str, key: str, new: str, newline: str) -> Edit | None:
    """Return the edit that puts ``new``, a field, where the field ``key`` is, or after the last.

    Without ``new`` the field goes. ``None`` where the fields do not have lines of their own.
    """
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    if isinstance(root, yaml.MappingNode) and root.flow_style:
        return None
    pairs = root.value if root else []
    found = next((pair for pair in pairs if pair[0].value == key), None)
    if found is None:
        return add_line(text, new, newline) if new else _insertion(0, "")
    start, end = found[0].start_mark.index, _end(found[1])
    end = len(text[: max(end, found[0].end_mark.index + 1)].rstrip())
    if not new:
        end = min(_line_end(text, end) + len(newline), len(text))
    return Edit(start, end, new)


def _to_sequence(text: str, node: yaml.SequenceNode, name: str, newline: str) -> Edit:
    if not node.value:
        return _insertion(node.start_mark.index + 1, name)
    if node.flow_style:
        return _insertion(_end(node.value[-1]), f", {name}")
    indent = " " * node.start_mark.column
    return _insertion(_line_end(text, _end(node)), f"{newline}{indent}- {name}")


def _insertion(at: int, text: str) -> Edit:
    return Edit(at, at, text)


def _end(node: yaml.Node) -> int:
    """Return where the last text of a node ends; to the parser, a block ends at what follows it."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(node, yaml.MappingNode) else last)


def _line_end(text: str, index: int) -> int:
    """Return the end of the line on which the text before ``index`` ends."""
    last = len(text[:index].rstrip())
    end = text.find("\n", last)
    end = len(text) if end < 0 else end
    return end - 1 if text[end - 1 : end] == "\r" else end

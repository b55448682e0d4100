"""Lists as a git web view nests them: by where the text of an item begins, two spaces in or four.

The Markdown library nests by steps of four spaces, and starts no list in the middle of a paragraph.
This preprocessor rewrites the indentation of list lines to what the library expects, by the rules
of CommonMark for list items (https://spec.commonmark.org/0.31.2/#list-items), with one exception:
two spaces are enough to put a bullet beneath ``1.``, where CommonMark silently wants three.
"""

from __future__ import annotations

import re

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor
from msgspec import Struct, field

_ITEM = re.compile(r"( *)([-+*]|\d{1,9}[.)])( +)(?=\S)")
_RULE = re.compile(r" {0,3}([-*_])( *\1){2,} *$")
STEP = "    "


class _Lists(Struct):
    """The columns at which the text of each open list item begins, outermost first.

    ``block_level`` is the depth of the item that the lines since the last empty one began with;
    -1 where they began with something else. ``ordered`` tells of each depth what its last item was.
    """

    columns: list[int] = field(default_factory=list)
    ordered: dict[int, bool] = field(default_factory=dict)
    block_level: int = -1

    def close(self, indent: int) -> None:
        """Close the items whose text begins to the right of ``indent``."""
        while self.columns and indent < self.columns[-1]:
            self.columns.pop()

    def is_number(self, column: int) -> bool:
        """Tell whether the text of an open, numbered item begins at ``column``."""
        return column in self.columns and self.ordered[self.columns.index(column)]


class _NestLists(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with their lists indented by steps of four."""
        lists, out = _Lists(), [""]
        for line in lines:
            out += _rewritten(line.expandtabs(4), bool(out[-1]), lists)
        return out[1:]


def _rewritten(line: str, in_block: bool, lists: _Lists) -> list[str]:
    if not line.strip():
        return [""]
    indent = len(line) - len(line.lstrip(" "))
    column = lists.columns[-1] if lists.columns else 0
    item = None if _RULE.match(line) else _ITEM.match(line)
    if item and indent < column + 4:
        return _item(line, item, in_block, lists)
    if in_block and indent < column:
        return [STEP * len(lists.columns) + line.lstrip(" ")]  # goes on with the paragraph above
    if not in_block:
        lists.close(indent)
        lists.block_level = -1
    column = lists.columns[-1] if lists.columns else 0
    return [STEP * len(lists.columns) + line[column:]]


def _item(line: str, item: re.Match[str], in_block: bool, lists: _Lists) -> list[str]:
    indent, number = len(item[1]), item[2][:-1]
    in_paragraph = in_block and lists.block_level < 0
    if in_paragraph and not lists.columns and number not in {"", "1"}:
        return [line]  # a sentence that goes on with "2026. "
    beneath_number = not number and lists.is_number(indent + 1)
    lists.close(indent + beneath_number)
    level = len(lists.columns)
    lists.columns.append(item.end())
    rewritten = f"{STEP * level}{item[2].replace(')', '.')} {line[item.end() :]}"
    other_kind = lists.ordered.get(level, bool(number)) != bool(number)
    lists.ordered[level] = bool(number)
    if in_block and not in_paragraph and not other_kind and level >= lists.block_level:
        return [rewritten]
    lists.block_level = level
    return ["", rewritten] if in_block else [rewritten]


class NestedLists(Extension):
    """Register the preprocessor, after fenced code has been set aside."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Add to the library (the name is the library's)."""
        md.preprocessors.register(_NestLists(md), "nested_lists", 15)

"""HTML to Markdown: the reverse of :mod:`site_gen.conversion`.

The HTML is clean: well-formed, nothing in it that runs, its elements those that the conversion lets
through. What Markdown has no form for gives what it holds. The outcome is read by people, in an
editor or in an app, so the plainest form is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from itertools import groupby

from msgspec import Struct, field

from site_gen.escaping import escaped, escaped_start

HARD_BREAK = "  \n"
_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+="[^"]*")*)\s*/?>|([^<]+)')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_WHITE = re.compile(r"\s{2,}|[^\S ]")  # what is more than one blank, or another
_BLANKS = re.compile(r"[^\S\n]{2,}|[^\S \n]")  # likewise, within a line
_DEEPEST = 40
_VOID = frozenset({"br", "hr", "img"})
_MARKS = {"strong": "**", "em": "*", "del": "~~"}
_INLINE = frozenset({"a", "br", "code", "img", *_MARKS})
_IN_ITEM = _INLINE | {"ul", "ol"}
_HEADING = re.compile("h[1-6]")
_ALIGNMENTS = {"right": "---:", "center": ":---:"}
_UNFIT = {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C"}


class _Element(Struct, frozen=True):
    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[_Node] = field(default_factory=list)


_Node = _Element | str


def markdown(html: str) -> str:
    """Return the Markdown of clean HTML, without a line break at its end."""
    return _joined(_blocks(_tree(html), outline=True))


def _tree(html: str) -> list[_Node]:
    """Return the elements; what stands too deep stands in the last one that does not."""
    root = _Element("")
    stack = [root]
    for closes, tag, attributes, text in _TOKEN.findall(html):
        if text:
            stack[-1].children.append(unescape(text))
        elif closes:
            stack.pop()
        else:
            known = {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
            element = stack[-1] if len(stack) > _DEEPEST else _Element(tag, known)
            if element is not stack[-1]:
                stack[-1].children.append(element)
            if tag not in _VOID:
                stack.append(element)
    return root.children


# Blocks


def _joined(blocks: Iterable[str], between: str = "\n\n") -> str:
    return between.join(block for block in blocks if block)


def _blocks(nodes: Iterable[_Node], *, outline: bool = False) -> Iterator[str]:
    """Yield the blocks of a text; only where it is ``outline`` a heading is one."""
    for inline, run in groupby(nodes, _is_inline):
        if inline:
            yield from _paragraphs(list(run))
        else:
            for node in run:
                yield from _block(node, outline) if isinstance(node, _Element) else ()


def _is_inline(node: _Node) -> bool:
    return isinstance(node, str) or node.tag in _INLINE


def _block(element: _Element, outline: bool) -> Iterator[str]:
    match element.tag:
        case "ul" | "ol":
            yield _list(element)
        case "blockquote":
            yield _indented(_joined(_blocks(element.children)), "> ", "> ")
        case "pre":
            yield _fenced(_text(element))
        case "hr":
            yield "* * *"
        case "table":
            yield _table(element)
        case tag if _HEADING.fullmatch(tag):
            yield _heading(element, int(tag[1]), outline)
        case _:
            yield from _blocks(element.children, outline=outline)


def _paragraphs(nodes: Sequence[_Node]) -> Iterator[str]:
    """Yield a paragraph, or several where two line breaks in a row part them."""
    for part in _inline(nodes).split("\n\n"):
        lines = [escaped_start(line) for line in part.split("\n") if line]
        yield HARD_BREAK.join(lines)


def _heading(element: _Element, level: int, outline: bool) -> str:
    if not outline:
        return _joined(_paragraphs([_Element("strong", children=element.children)]))
    title = _one_line(element.children)
    return f"{'#' * level} {title}" if title else ""


def _list(element: _Element) -> str:
    """Return a list; where an item has paragraphs of its own, empty lines stand between all."""
    items = [node for node in _elements(element) if node.tag == "li"]
    is_loose = any(node.tag not in _IN_ITEM for item in items for node in _elements(item))
    between = "\n\n" if is_loose else "\n"
    first = int(element.attributes.get("start", "1"))
    markers = (f"{first + n}. " if element.tag == "ol" else "- " for n in range(len(items)))
    return _joined(
        (
            _indented(_joined(_blocks(item.children), between), marker, " " * len(marker))
            for item, marker in zip(items, markers, strict=True)
        ),
        between,
    )


def _indented(text: str, first: str, others: str) -> str:
    """Return a text of which every line is indented; one that is empty bears no blanks."""
    lines = text.split("\n") if text else []
    prefixes = [first] + [others] * len(lines)
    return "\n".join(
        prefix + line if line else prefix.rstrip()
        for prefix, line in zip(prefixes, lines, strict=False)
    )


def _fenced(text: str) -> str:
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 3)
    return f"{fence}\n{text.strip(chr(10))}\n{fence}" if text.strip() else ""


def _table(element: _Element) -> str:
    """Return a table whose first row is its head."""
    rows = [[_cell(cell) for cell in _elements(row)] for row in _all(element, "tr")]
    width = max(map(len, rows), default=0)
    if not width:
        return ""
    heads = list(_elements(next(_all(element, "tr"))))
    kinds = [_ALIGNMENTS.get(head.attributes.get("class", ""), "---") for head in heads]
    rows.insert(1, kinds + ["---"] * (width - len(kinds)))
    return "\n".join(f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows)


def _cell(element: _Element) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", _one_line(element.children))


def _elements(element: _Element) -> Iterator[_Element]:
    return (node for node in element.children if isinstance(node, _Element))


def _all(element: _Element, tag: str) -> Iterator[_Element]:
    for node in _elements(element):
        if node.tag == tag:
            yield node
        else:
            yield from _all(node, tag)


# Text


def _text(node: _Node) -> str:
    return node if isinstance(node, str) else "".join(map(_text, node.children))


def _one_line(nodes: Sequence[_Node]) -> str:
    return " ".join(_inline(nodes).split("\n"))


def _inline(nodes: Sequence[_Node]) -> str:
    """Return text with its markup: a newline is a line break, two of them part paragraphs."""
    text = _BLANKS.sub(" ", _marked(nodes, frozenset()))
    lines = (line.strip(" ") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _marked(nodes: Iterable[_Node], within: frozenset[str]) -> str:
    """Return text with its markup; neighbours with one mark share it, none stands in itself."""
    out = []
    for tag, run in groupby(nodes, lambda node: "" if isinstance(node, str) else node.tag):
        if tag in _MARKS:
            elements = (node for node in run if isinstance(node, _Element))
            inner = _marked((child for e in elements for child in e.children), within | {tag})
            out.append(inner if tag in within else _around(_MARKS[tag], inner))
        elif tag == "code":
            out.append(_code("".join(map(_text, run))))
        else:
            out += [_piece(node, within) for node in run]
    return "".join(out)


def _around(mark: str, text: str) -> str:
    """Put a mark around a text, and leave outside the blanks at its ends."""
    core = text.strip()
    return text.replace(core, f"{mark}{core}{mark}", 1) if core else text


def _piece(node: _Node, within: frozenset[str]) -> str:
    if isinstance(node, str):
        return escaped(_WHITE.sub(" ", node))
    match node.tag:
        case "br":
            return "\n"
        case "img":
            return _image(node, within)
        case "a":
            return _anchor(node, within)
        case _:
            return _marked(node.children, within)


def _code(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        return ""
    ticks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    space = " " if len(ticks) > 1 else ""
    return f"{ticks}{space}{text}{space}{ticks}"


def _anchor(element: _Element, within: frozenset[str]) -> str:
    address, text = element.attributes.get("href", ""), _text(element)
    if address.removeprefix("mailto:") == text.strip() or address == text.strip():
        return text  # a bare address is a link
    if not address or "a" in within:
        return _marked(element.children, within)
    return _link(_marked(element.children, within | {"a"}), address)


def _image(element: _Element, within: frozenset[str]) -> str:
    """Return a link to an image that lies elsewhere, else what the image shows."""
    text, source = escaped(element.attributes.get("alt", "")), element.attributes.get("src", "")
    is_link = source.startswith(("https:", "http:")) and "a" not in within
    return _link(text, source) if is_link else text


def _link(text: str, address: str) -> str:
    core = " ".join(text.split())
    label = re.sub(r"(?<!\\)\]", r"\\]", core)
    goal = "".join(_UNFIT.get(character, character) for character in address)
    return text.replace(text.strip(), f"[{label}]({goal})", 1) if core else text

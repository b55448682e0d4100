"""The Markdown library, set up once: text to HTML in which headings and links bear marks.

A mark is a number in the place of an id or an address (``mark-3``), so that a text is converted
once and can then stand on any page: :mod:`site_gen.markup` fills the marks in. Raw HTML is dropped
(:mod:`site_gen.dialect`), and what comes out has passed an explicit list of allowed elements: it is
safe whatever went in.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from xml.etree.ElementTree import Element

import nh3
from markdown import Extension, Markdown
from markdown.extensions.sane_lists import SaneListExtension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from site_gen.dialect import Dialect
from site_gen.marked import MARK, Converted, FoundHeading, FoundLink
from site_gen.nesting import NestedLists

_HEADING = re.compile(r"h([1-6])")
_EXPLICIT_ID = re.compile(r"\{#([^{}\s][^{}\n]*)\}[ \t]*$")
_TASK = re.compile(r"\[([ xX])\]\s+")
_FENCE = re.compile("```|~~~")
_ADDRESS = re.compile(r"://|www\.|@|[<{]", re.I)  # what is dropped may stand within an address
_EMPTY = re.compile(r"<p>\s*</p>\n?")
_ALLOWED: dict[str, set[str]] = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "li": {"class"},
    "th": {"class", "scope"},
    "td": {"class"},
    "div": {"class", "role", "tabindex", "aria-label"},
    **{f"h{level}": {"id"} for level in range(1, 7)},
}
_PLAIN = {"p", "em", "strong", "del", "code", "pre", "blockquote", "ul", "br", "hr"}
_TABLE = {"table", "thead", "tbody", "tr"}


def convert(markdown: str) -> Converted:
    """Convert a text; one that is nested very deep raises :class:`RecursionError`."""
    deleted, addresses = "~" in markdown, bool(_ADDRESS.search(markdown))
    code = bool(_FENCE.search(markdown))
    found = _converted(markdown, _library(code, deleted, addresses))
    if "<pre>" in found.html and not code:  # by its indentation, which lists decide too
        found = _converted(markdown, _library(True, deleted, addresses))
    return found


def _converted(markdown: str, md: Markdown) -> Converted:
    md.reset()
    marks: _Marks = md.treeprocessors["marks"]  # type: ignore[assignment]
    marks.clear()  # the library does not run at all on an empty text
    try:
        html = md.convert(markdown)
    except RecursionError:
        _library.cache_clear()  # it holds the lists in which it stopped, and `reset` leaves them
        raise
    clean = _cleaner().clean(html)
    return Converted(_EMPTY.sub("", clean), tuple(marks.headings), tuple(marks.links))


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags={*_ALLOWED, *_PLAIN, *_TABLE},
        attributes=_ALLOWED,
        url_schemes=set(),
        link_rel=None,
    )


@cache
def _library(code: bool, deleted: bool, addresses: bool) -> Markdown:
    """Return the library for texts that may hold these: what reads them takes time to load."""
    extensions = [SaneListExtension(), NestedLists()]
    if code:
        from pymdownx.highlight import HighlightExtension
        from pymdownx.superfences import SuperFencesCodeExtension

        extensions += [HighlightExtension(use_pygments=False), SuperFencesCodeExtension()]
    if deleted:
        from pymdownx.tilde import DeleteSubExtension

        extensions.append(DeleteSubExtension(subscript=False))
    if addresses:
        from pymdownx.magiclink import MagiclinkExtension

        extensions.append(MagiclinkExtension())
    extensions += [Dialect(), _Marking()]
    return Markdown(extensions=extensions, output_format="html", tab_length=4)


class _Marking(Extension):
    """Puts marks where pages decide."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        md.treeprocessors.register(_Marks(md), "marks", -10)


class _Marks(Treeprocessor):
    """Runs last, on the finished tree, and remembers what it saw until the next text."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.clear()

    def clear(self) -> None:
        """Forget the text before."""
        self.headings: list[FoundHeading] = []
        self.links: list[FoundLink] = []

    def run(self, root: Element) -> None:
        """Mark the tree in document order."""
        for table in list(root.iter("table")):
            _finish_table(table)
        for element in root.iter():
            if heading := _HEADING.fullmatch(element.tag):
                self._mark_heading(element, int(heading[1]))
            elif element.tag in {"a", "img"}:
                self._mark_link(element)
            elif element.tag == "li":
                _mark_task(element)

    def _mark_heading(self, element: Element, level: int) -> None:
        explicit = ""
        holder, attribute = _last_text(element)
        text = getattr(holder, attribute) or ""
        if found := _EXPLICIT_ID.search(text):
            explicit = found[1]
            setattr(holder, attribute, text[: found.start()].rstrip(" \t"))
        element.set("id", f"{MARK}{len(self.headings)}")
        self.headings.append(
            FoundHeading(level, _plain("".join(element.itertext())).strip(), explicit)
        )

    def _mark_link(self, element: Element) -> None:
        image = element.tag == "img"
        attribute = "src" if image else "href"
        text = element.get("alt", "") if image else "".join(element.itertext())
        address = element.get(attribute, "")
        element.set(attribute, f"{MARK}{len(self.links)}")
        self.links.append(FoundLink(_plain(address), _plain(text), image))


def _plain(text: str) -> str:
    """Undo what the library does to hide mail addresses and entities."""
    return unescape(text.replace(AMP_SUBSTITUTE, "&"))


def _last_text(element: Element) -> tuple[Element, str]:
    """Return where the last text of an element stands: after its last child, or in itself."""
    return (element[-1], "tail") if len(element) else (element, "text")


def _mark_task(element: Element) -> None:
    """Show a task list as a git web view does, without a control that cannot be used."""
    loose = len(element) > 0 and element[0].tag == "p" and not (element.text or "").strip()
    holder = element[0] if loose else element
    text = holder.text or ""
    if found := _TASK.match(text):
        holder.text = f"{'☐' if found[1] == ' ' else '☑'} {text[found.end() :]}"
        element.set("class", "task")


def _finish_table(table: Element) -> None:
    """Wrap a table, so that it can scroll by itself and be reached by keyboard."""
    heads = list(table.iter("th"))
    for head in heads:
        head.set("scope", "col")
    for cell in (*heads, *table.iter("td")):
        align = re.search(r"right|center", cell.attrib.pop("style", ""))
        if align:
            cell.set("class", align[0])
    name = ", ".join(text for head in heads if (text := "".join(head.itertext()).strip()))
    inner = Element("table")
    inner[:], table[:] = table[:], [inner]
    table.tag = "div"
    table.attrib = {"class": "table", "role": "region", "tabindex": "0", "aria-label": name}

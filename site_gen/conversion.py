"""The Markdown library, set up once: text to HTML in which headings and links bear marks.

A mark is a number in the place of an id or an address (``mark-3``), so that a text is converted
once and can then stand on any page: :mod:`site_gen.markup` fills the marks in. Raw HTML is dropped,
and what comes out has passed an explicit list of allowed elements: it is safe whatever went in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from string import punctuation
from xml.etree.ElementTree import Element

import nh3
from markdown import Extension, Markdown
from markdown.blockprocessors import (
    BlockQuoteProcessor,
    HashHeaderProcessor,
    ReferenceProcessor,
    SetextHeaderProcessor,
)
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import HTML_RE, InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, AtomicString

from site_gen.marked import ATTRIBUTES, MARK, Converted, FoundHeading, FoundLink
from site_gen.nesting import NestedLists

_HEADING = re.compile(r"h([1-6])")
_EXPLICIT_ID = re.compile(r"\{#([^{}\s][^{}\n]*)\}[ \t]*$")
_TASK = re.compile(r"\[([ xX])\]\s+")
CODE_SPAN = r"(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
_UNREAD = re.compile(
    rf"(?P<code>{CODE_SPAN})|(?<!\\)<!--.*?(?:-->|\Z)"
    r"|(?<!\\)<(?P<tag>script|style)\b.*?(?:</(?P=tag)\s*>|\Z)",
    re.S | re.I,
)
_FENCE = re.compile("```|~~~")
_ADDRESS = re.compile(r"://|www\.|@|[<{]", re.I)  # what is dropped may stand within an address
_SIGN = re.compile(r"[`\\\[<{&*_~@:\x02]")
_SIGNS = {  # of what takes the library long to find nowhere
    "backtick": re.compile("`"),
    "magic-link": re.compile(r"://|www\.", re.I),
    "magic-mail": re.compile("@"),
}
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
    return Markdown(extensions=[*extensions, _Marking()], output_format="html", tab_length=4)


class _Marking(Extension):
    """Drop raw HTML, and put marks where pages decide."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        md.ESCAPED_CHARS = list(punctuation)
        md.preprocessors.register(_DropUnread(md), "html_block", 20)
        md.inlinePatterns.register(_Drop(HTML_RE, md), "html", 90)
        md.inlinePatterns.register(_Drop(ATTRIBUTES, md), "attributes", 89)
        table = _Table(md.parser, {"use_align_attribute": False})
        md.parser.blockprocessors.register(table, "table", 75)
        md.parser.blockprocessors.register(_SpacedHeading(md.parser), "hashheader", 70)
        md.parser.blockprocessors.register(_Underlined(md.parser), "setextheader", 60)
        md.parser.blockprocessors.register(_Quote(md.parser), "quote", 20)
        md.parser.blockprocessors.register(_NoFootnotes(md.parser), "reference", 15)
        for name, sign in _SIGNS.items():
            if name in md.inlinePatterns:
                slow = md.inlinePatterns[name]
                slow.compiled_re = _Signed(sign, slow.compiled_re)  # type: ignore[assignment]
        md.treeprocessors.register(_PlainTexts(md), "plain_texts", 25)
        md.treeprocessors.register(_Marks(md), "marks", -10)


class _DropUnread(Preprocessor):
    """Comments, scripts and styles go with all that is in them, but not from code."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if "<" not in text:
            return lines
        return _UNREAD.sub(lambda found: found["code"] or "", text).split("\n")


class _Drop(InlineProcessor):
    """A tag or a list of attributes goes; what a tag holds stays."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library has two forms of it
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[str, int, int]:
        return "", m.start(0), m.end(0)


class _SpacedHeading(HashHeaderProcessor):
    """A heading has a space after its ``#``, as in CommonMark: ``#3`` is text.

    It is read by words, each at one go: by characters, a row of blanks takes the square of its
    length.
    """

    _WORD = r"(?:\\.|[^\\ \t\n])++"
    RE = re.compile(
        r"(?:^|\n) {0,3}(?P<level>#{1,6})"
        rf"(?P<header>(?:[ \t]++(?:{_WORD}(?:[ \t]++{_WORD})*?)?)?)"
        r"(?:[ \t]++#++)?[ \t]*+(?:\n|$)"
    )

    without = ""

    def test(self, parent: Element, block: str) -> bool:
        """Look for a heading only where its sign is: it takes long to find none.

        Nor is it looked for again in what is left of a block without one, after each rule in it.
        """
        if "#" not in block or self.without.endswith(f"\n{block}"):
            return False
        found = super().test(parent, block)
        if not found:
            self.without = f"\n{block}"
        return found


class _Underlined(SetextHeaderProcessor):
    """Of many headings below each other, each would divide all that follow into lines."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Give the library the two lines of the heading, and what comes after it back."""
        text, line, *rest = blocks.pop(0).split("\n", 2)
        super().run(parent, [f"{text}\n{line}"])
        blocks[:0] = rest


class _Quote(BlockQuoteProcessor):
    def test(self, parent: Element, block: str) -> bool:
        """Likewise."""
        return ">" in block and super().test(parent, block)


class _Table(TableProcessor):
    def test(self, parent: Element, block: str) -> bool:
        """Likewise: a table has a line between its columns, in its first row."""
        return "|" in block[: block.find("\n")] and super().test(parent, block)


class _NoFootnotes(ReferenceProcessor):
    """A footnote (``[^1]: text``) stays as typed; to the library it is the address of a link."""

    RE = re.compile(ReferenceProcessor.RE.pattern.replace(r"\[(", r"\[(?!\^)(", 1), re.MULTILINE)


class _Signed:
    """A pattern that is looked for only in a text with its sign."""

    def __init__(self, sign: re.Pattern[str], pattern: re.Pattern[str]) -> None:
        self.sign, self.pattern = sign, pattern

    def finditer(self, text: str, start: int) -> Iterator[re.Match[str]]:
        """Yield where it is found; the library asks for nothing else."""
        return self.pattern.finditer(text, start) if self.sign.search(text, start) else iter(())


class _PlainTexts(Treeprocessor):
    """Sets texts without markup aside, where the library would try each of its patterns on them."""

    def run(self, root: Element) -> None:
        """Let nothing more be made of these texts."""
        for element in root.iter():
            if element.text and _is_plain(element.text):
                element.text = AtomicString(element.text)


def _is_plain(text: str) -> bool:
    return not (_SIGN.search(text) or "  \n" in text or "www." in text.lower())


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

"""The Markdown that is read here: what of the library's is left out, or read in another way.

Raw HTML and lists of attributes are dropped, a heading has a space after its sign, and there are no
footnotes. What takes the library long to find is looked for only where its sign stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import punctuation
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.blockprocessors import (
    BlockQuoteProcessor,
    HashHeaderProcessor,
    ReferenceProcessor,
    SetextHeaderProcessor,
)
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import HTML_RE, InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from site_gen.marked import ATTRIBUTES

_CODE_SPAN = r"(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
_UNREAD = re.compile(
    rf"(?P<code>{_CODE_SPAN})|(?<!\\)<!--.*?(?:-->|\Z)"
    r"|(?<!\\)<(?P<tag>script|style)\b.*?(?:</(?P=tag)\s*>|\Z)",
    re.S | re.I,
)
_SIGN = re.compile(r"[`\\\[<{&*_~@:\x02]")
_SIGNS = {  # of what takes the library long to find nowhere
    "backtick": re.compile("`"),
    "magic-link": re.compile(r"://|www\.", re.I),
    "magic-mail": re.compile("@"),
}


class Dialect(Extension):
    """Sets the library up for this Markdown; register it after other extensions."""

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

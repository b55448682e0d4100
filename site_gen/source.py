"""A Markdown text in which things are looked up: where a heading or a link stands in it.

The Markdown library decides what is a heading or a link; it knows no places, so each is looked up
in the source again, in order, with code and comments left out of the search.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from msgspec import Struct

from site_gen.marked import FoundLink
from site_gen.place import Place

_CODE = re.compile(r"^ *(`{3,}|~{3,}).*?(?:^ *\1|\Z)|(?<!`)(`+)(?!`).*?(?<!`)\2(?!`)", re.M | re.S)
_COMMENT = re.compile(r"<(?<!\\<)!--.*?-->", re.S)
_ATX = re.compile(r"^ {0,3}(#{1,6})(?=[ \t]|$)", re.M)
_SETEXT = re.compile(r"^(?=[^\n]*\S)[^\n]*\n(?:=+|-+)[ \t]*$", re.M)
_BEFORE_ADDRESS, _BEFORE_WORDS = re.compile(r"\]\(\s*<?"), re.compile(r"\[\s*")
_NO_ADDRESS = re.compile(r"\]\(\s*\)|\]\(#?\)")
_AFTER_SCHEME = re.compile(r"(?:https?://|mailto:)\Z")


class Source(Struct, frozen=True):
    """The text to look things up in: as long, with all code and comments blanked out.

    ``starts`` tells where its lines begin, of which the first is the ``line`` of the file.
    """

    masked: str
    path: str
    line: int
    starts: tuple[int, ...]

    def place(self, offset: int) -> Place:
        """Return the place in the file of a character of the text."""
        above = bisect_right(self.starts, offset) - 1
        return Place(self.path, self.line + above, offset - self.starts[above] + 1)


def source_of(markdown: str, path: str, line: int) -> Source:
    """Return a text that begins on ``line`` of the file at ``path``, to look things up in."""
    masked = mask(markdown)
    starts = accumulate((len(text) + 1 for text in masked.split("\n")), initial=0)
    return Source(masked, path, line, tuple(starts))


def mask(markdown: str) -> str:
    """Return the text, as long as it was, with blanks for its code and comments."""
    text = without_code(markdown)
    last = text.rfind("-->") + 3  # beyond it, each sign of a comment is looked for in vain
    return _COMMENT.sub(_blank, text[:last]) + text[last:]


def without_code(markdown: str) -> str:
    """Return a text, as long as it was, with all code blanked out."""
    fenced = "`" in markdown or "~~~" in markdown
    return _CODE.sub(_blank, markdown) if fenced else markdown


def _blank(unread: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", unread[0])


def heading_starts(source: Source) -> list[int]:
    """Return where each heading begins, in order."""
    return sorted(m.start() for p in (_ATX, _SETEXT) for m in p.finditer(source.masked))


def locate(link: FoundLink, text: str, position: int) -> tuple[int, int]:
    """Return where a link begins, and where to look for the next.

    It stands there as ``[text](address)``, ``[text][label]``, or as the bare address; the form that
    begins first counts.
    """
    forms = [
        *_addressed(link.address, text, position),
        *_worded(link.text[:20].strip(), text, position),
        *_bare(link.address.removeprefix("mailto:").removeprefix("https://"), text, position),
    ]
    if not forms:
        return position, position
    start, end = min(forms, key=lambda form: form[0])
    if text[start] == "]":
        start = max(text.rfind("[", position, start), 0)
    if text[start - 1 : start] == "!" and link.image:
        start -= 1
    return start, end


def _addressed(address: str, text: str, position: int) -> Iterator[tuple[int, int]]:
    """Yield where ``](address`` first begins and ends."""
    if not address:
        found = _NO_ADDRESS.search(text, position)
        yield from [found.span()] if found else []
        return
    for before in _BEFORE_ADDRESS.finditer(text, position):
        if text.startswith(address, before.end()):
            yield before.start(), before.end() + len(address)
            return


def _worded(words: str, text: str, position: int) -> Iterator[tuple[int, int]]:
    """Yield where ``[words …]`` first begins and ends."""
    for before in _BEFORE_WORDS.finditer(text, position) if words else ():
        end = text.find("]", before.end() + len(words))
        if end >= 0 and text.startswith(words, before.end()):
            yield before.start(), end + 1
            return


def _bare(address: str, text: str, position: int) -> Iterator[tuple[int, int]]:
    """Yield where an address by itself first begins and ends, its scheme included."""
    start = text.find(address, position) if address else -1
    if start >= 0:
        scheme = _AFTER_SCHEME.search(text, max(position, start - 8), start)
        yield scheme.start() if scheme else start, start + len(address)

"""A Markdown text in which things are looked up: where a heading or a link stands in it.

The Markdown library decides what is a heading or a link; it knows no places, so each is looked up
in the source again, in order, with code and comments left out of the search.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from msgspec import Struct

from site_gen.marked import FoundLink
from site_gen.place import Place

_CODE = re.compile(r"^ *(`{3,}|~{3,}).*?(?:^ *\1|\Z)|(?<!`)(`+)(?!`).*?(?<!`)\2(?!`)", re.M | re.S)
_COMMENT = re.compile(r"<(?<!\\<)!--.*?-->", re.S)
_ATX = re.compile(r"^ {0,3}(#{1,6})(?=[ \t]|$)", re.M)
_SETEXT = re.compile(r"^(?=[^\n]*\S)[^\n]*\n(?:=+|-+)[ \t]*$", re.M)
_BEFORE_WORDS, _BEFORE_ADDRESS = re.compile(r"\[([\s*_~]+)"), re.compile(r"\]\((\s*<|\s+)")
_LABEL = re.compile(r"\]\[[^\[\]]*\]")
_SCHEME = re.compile(r"\A(?:mailto:|https://|http://(?=www\.))")  # perhaps not typed
_AFTER_SCHEME = re.compile(r"(?:https?://|mailto:)\Z")

_Span = tuple[int, int]


class Source(Struct, frozen=True):
    """The text to look things up in: as long, with all code and comments blanked out.

    ``starts`` tells where its lines begin, of which the first is the ``line`` of the file. In
    ``joined``, what opens the words or the address of a link stands right before them: blanks and
    marks between these have changed places with it.
    """

    masked: str
    joined: str
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
    joined = _BEFORE_ADDRESS.sub(r"\1](", _BEFORE_WORDS.sub(r"\1[", masked))
    return Source(masked, joined, path, line, tuple(starts))


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


def locate(link: FoundLink, source: Source, position: int) -> tuple[int, int]:
    """Return where a link begins, and where to look for the next.

    It stands there as ``[text](address)``, ``[text][label]``, or as the bare address; the form that
    begins first counts, so each is looked for only before what was found.
    """
    found: _Span | None = None
    for form in (_bare, _worded, _addressed):
        before = found[0] if found else len(source.masked)
        found = form(link, source, position, before) or found
    if not found:
        return position, position
    start, end = found
    if source.joined[start] in "[]":
        start = max(source.masked.rfind("[", 0, start + 1), 0)
    if source.masked[start - 1 : start] == "!" and link.image:
        start -= 1
    return start, end


def _bare(link: FoundLink, source: Source, position: int, before: int) -> _Span | None:
    """Return where an address by itself first begins and ends, its scheme included."""
    bare = [_SCHEME.sub("", address) for address in _typed(link.address)]
    found = _first(bare, source.masked, position, before) if bare[0] else None
    if not found:
        return None
    start, end = found
    scheme = _AFTER_SCHEME.search(source.masked, max(position, start - 8), start)
    return scheme.start() if scheme else start, end


def _worded(link: FoundLink, source: Source, position: int, before: int) -> _Span | None:
    """Return where ``[words …]`` first begins, and ends with the address or label behind it."""
    text, words = source.joined, link.text[:20].strip()
    found = _first([f"[{words}"], text, position, before) if words else None
    end = text.find("]", found[1]) if found else -1
    if not found or end < 0:
        return None
    label = _LABEL.match(text, end)
    behind = _first(_opened(link), text, end, end)
    return found[0], label.end() if label else behind[1] if behind else end + 1


def _addressed(link: FoundLink, source: Source, position: int, before: int) -> _Span | None:
    """Return where ``](address`` first begins and ends."""
    return _first(_opened(link), source.joined, position, before)


def _opened(link: FoundLink) -> list[str]:
    return [f"]({address or ')'}" for address in _typed(link.address)]


def _typed(address: str) -> list[str]:
    """Return how an address may stand in the text: often it was copied from HTML."""
    return [address, address.replace("&", "&amp;")] if "&" in address else [address]


def _first(sought: list[str], text: str, position: int, before: int) -> _Span | None:
    """Return where the first of these begins, up to ``before``, and where it ends."""
    starts = ((text.find(each, position, before + len(each)), len(each)) for each in sought)
    return min(((start, start + length) for start, length in starts if start >= 0), default=None)

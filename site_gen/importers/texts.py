"""Texts of other programs: HTML, Markdown or plain, and often something between, to our Markdown.

What comes out has come to rest: shown on the site and turned back it is the same text again, so an
import of our own export changes nothing. Markup that does not survive the way is given up before a
single word is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape, unescape
from itertools import groupby, pairwise

import nh3

from site_gen.decoding import without_unseen
from site_gen.kinds import is_web_address
from site_gen.markup import BodyView, HeadingView, LinkView
from site_gen.markup import html as filled
from site_gen.problems import Problem, has_errors
from site_gen.prose import Scan, scan
from site_gen.reversion import HARD_BREAK, markdown
from site_gen.source import without_code

LONGEST = 64 * 1024
"""The most characters of a text: some thirty pages."""
LONGEST_SUMMARY = 400
"""The most characters of a text that can stand above a session as its summary."""
_TAGS = {
    *("a", "b", "blockquote", "br", "code", "del", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("hr", "i", "img", "kbd", "li", "ol", "p", "pre", "s", "samp", "strike", "strong", "table"),
    *("tbody", "td", "th", "thead", "tr", "tt", "ul"),
}
_ATTRIBUTES = {"a": {"href"}, "img": {"alt", "src"}, "ol": {"start"}}
_UNREAD = {"head", "math", "noscript", "script", "style", "svg", "template", "title", "xml"}
_SAME = {
    "b": "strong",
    "i": "em",
    "s": "del",
    "strike": "del",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
}
_HTML = re.compile(rf"(?<!\\)</?(?:{'|'.join(sorted(_TAGS))}|font|span|u|o:p)\b[^<>]*>", re.I)
_PARAGRAPH = re.compile(r"<(?:p|div|br)\b", re.I)
_CLEAN_TAG = re.compile(r"(?<=<)(/?)([a-z0-9]+)")
_IMAGE = re.compile(r"<img([^>]*)>")
# A list as word processors write it: paragraphs that begin with a sign and hard spaces.
_BULLET = re.compile(
    r"<p>(?:<(?:strong|em)>)?(?:[·•▪◦‣]\s*(?:&nbsp;)*|[§o](?:&nbsp;)+)\s*(?:</(?:strong|em)>)?"
    r"((?:(?!<p>).)*)</p>\s*",
    re.S,
)
_INLINE_TAG = re.compile(r"</?(?:strong|em|del|code|a)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_BLOCK_START = re.compile(r"[ \t]*(?:[-+*>#|]|\d{1,9}[.)]\s|`{3}|~{3})|[ ]{4}|\t")
_FENCED = re.compile(r"(^ *(?:`{3,}|~{3,}).*?(?:^ *(?:`{3,}|~{3,})[^\n]*|\Z))", re.M | re.S)
_SHORT_LINE = 50
_ROUNDS = 5


def as_markdown(text: str) -> str:
    """Return a text as Markdown that the checks accept, and that keeps every word.

    Nothing is returned of a text that is longer than :data:`LONGEST`, or that cannot be shown.
    """
    text = without_unseen(text).strip()
    if not text or len(text) > LONGEST:
        return ""
    is_html = _HTML.search(without_code(text))
    html = _cleaned(text) if is_html else _shown(_with_breaks(text))
    plain, wanted = _paragraphs(html), _words(html)
    settled = (_settled(_turned(each)) for each in (html, _INLINE_TAG.sub("", html), plain))
    good = (found for found in settled if _words(_html(found)) == wanted and _is_accepted(found))
    found = next(good, "") or _without_addresses(_turned(plain))
    return found if _is_accepted(found) else ""


def as_line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(without_unseen(text).split())


def as_summary(text: str) -> str:
    """Return Markdown as plain text where it is one paragraph without markup, and not long."""
    html = _html(text)
    is_plain = re.fullmatch(r"<p>[^<]*</p>\s*", html)
    line = as_line(unescape(_TAG.sub("", html))) if is_plain else ""
    return line if len(line) <= LONGEST_SUMMARY else ""


# HTML


def _cleaned(html: str) -> str:
    """Return HTML of which only what Markdown knows is left, and nothing of word processors."""
    if not _PARAGRAPH.search(html):  # tags here and there, and paragraphs as in plain text
        html = re.sub(r"\n\s*\n", "<br><br>", html)
    clean = nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_UNREAD,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        link_rel=None,
    )
    clean = _CLEAN_TAG.sub(lambda tag: tag[1] + _SAME.get(tag[2], tag[2]), clean)
    clean = _BULLET.sub(r"<ul><li>\1</li></ul>", clean).replace("</ul><ul>", "")
    return _levelled(_IMAGE.sub(_linked, clean))


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Keep an address only where it leads to the same from everywhere."""
    if name not in {"href", "src"}:
        return value
    address = value.strip()
    is_good = is_web_address(address) or (tag == "a" and address.startswith(("mailto:", "tel:")))
    return address if is_good else None


def _linked(image: re.Match[str]) -> str:
    """Return a link to an image: it lies elsewhere, and a page shows nothing from elsewhere."""
    known = dict(re.findall(r'(\w+)="([^"]*)"', image[1]))
    text = known.get("alt", "")
    return f'<a href="{known["src"]}">{text}</a>' if known.get("src") else text


def _levelled(html: str) -> str:
    """Let headings begin at the second level, the first being the page's title, and skip none."""
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    above = 1

    def lowered(tag: re.Match[str]) -> str:
        nonlocal above
        if not tag[1]:
            above = min(above + 1, int(tag[2]) + 2 - min(levels), 6)
        return f"<{tag[1]}h{above}"

    return re.sub(r"<(/?)h([1-6])", lowered, html)


def _paragraphs(html: str) -> str:
    """Return nothing but the texts of the blocks."""
    return "".join(f"<p>{text}</p>" for text in _TAG.split(_INLINE_TAG.sub("", html)))


# Plain text and Markdown


def _with_breaks(text: str) -> str:
    """Keep the ends of lines that somebody meant: where the next word would have fitted."""
    parts = _FENCED.split(text)  # text, code, text, …
    return "".join(part if n % 2 else _with_ends(part) for n, part in enumerate(parts))


def _with_ends(text: str) -> str:
    blocks = groupby(text.split("\n"), lambda line: bool(line.strip()))
    return "\n".join("\n".join(_ended(list(lines)) if told else lines) for told, lines in blocks)


def _ended(lines: list[str]) -> Iterator[str]:
    width = max(map(len, lines))
    for line, after in pairwise(lines):
        is_block = _BLOCK_START.match(line) or _BLOCK_START.match(after)
        is_wrapped = width >= _SHORT_LINE and len(line) + 1 + len(after.split()[0]) > width
        yield line if is_block or is_wrapped else line.rstrip() + HARD_BREAK.rstrip("\n")
    yield lines[-1]


def _shown(text: str) -> str:
    """Return Markdown as a page shows it, or as plain text where the checks would refuse it."""
    if _is_accepted(text):
        return _html(text)
    return "".join(f"<p>{escape(part)}</p>" for part in re.split(r"\n\s*\n", text))


def _settled(text: str) -> str:
    """Return what a text becomes when it is shown and turned back until nothing changes."""
    for _ in range(_ROUNDS):
        again = _turned(_html(text))
        if again == text:
            return text
        text = again
    return ""


def _html(text: str) -> str:
    """Return Markdown as a page shows it."""
    made, _ = _read(text)
    headings = tuple(HeadingView(heading.id) for heading in made.headings)
    links = tuple(LinkView(link.address) for link in made.links)
    return filled(BodyView(made.html, "", headings, links))


# A text that has come to rest is shown and turned back again and again, by itself and with others.
_turned = lru_cache(maxsize=8)(markdown)


@lru_cache(maxsize=8)
def _read(text: str) -> tuple[Scan, list[Problem]]:
    return scan(text, "", 1)


def _without_addresses(text: str) -> str:
    """Return a text in which no address becomes a link by itself: one of them is none."""
    return re.sub(r"(?<=:)//|(?<=www)\.|@", r"\\\g<0>", text)


def _words(html: str) -> str:
    """Return what HTML says, without its blanks."""
    return re.sub(r"\s+", "", unescape(_TAG.sub(" ", html)))


def _is_accepted(text: str) -> bool:
    return not has_errors(_read(text)[1])

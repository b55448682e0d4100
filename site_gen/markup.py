"""A text as it stands on one page: the marks of its HTML filled with ids and addresses.

Also a text without any of it, for what is not HTML.
"""

from __future__ import annotations

import re
from html import escape, unescape

from msgspec import Struct

from site_gen.marked import MARK

_HEADING_TAG = re.compile(rf'<h([1-6]) id="{MARK}(\d+)">(.*?)</h\1>', re.S)
_LINK = re.compile(rf'<a href="{MARK}(\d+)"')
_REST = r"""[^">]*(?:"[^"]*"[^">]*)*>"""
_TAG = re.compile("<" + _REST)
_WITHIN_A_LINE = re.compile(r"</?(?:a|code|del|em|strong)\b" + _REST)
_IMAGE = re.compile(rf'<img([^>]*?) src="{MARK}(\d+)"')


class HeadingView(Struct, frozen=True):
    """The id of a heading on this page, and what the link beside it is called, if there is one."""

    id: str
    label: str = ""


class LinkView(Struct, frozen=True):
    """Where a link or image of the text leads on this page.

    ``id`` is an anchor for this mention; ``width`` and ``height`` are pixels of an image.
    """

    href: str
    id: str = ""
    width: int = 0
    height: int = 0


class BodyView(Struct, frozen=True):
    """A text in one language: HTML with marks, its headings and its links, in order.

    ``shift`` lowers the headings by as many levels, for a text that is one of several on a page.
    """

    html: str
    lang: str
    headings: tuple[HeadingView, ...] = ()
    links: tuple[LinkView, ...] = ()
    shift: int = 0


def html(body: BodyView) -> str:
    """Return the HTML of a text."""

    def heading(mark: re.Match[str]) -> str:
        level = min(max(int(mark[1]), 2) + body.shift, 6)  # the title of the page is the h1
        view = body.headings[int(mark[2])]
        anchor, label = escape(view.id), escape(view.label)
        plain = f'<h{level} id="{anchor}">{mark[3]}</h{level}>'
        link = f'<a class="anchor" href="#{anchor}" aria-label="{label}">#</a>'
        return f'<div class="headed">{plain}\n{link}</div>' if label else plain

    def link(mark: re.Match[str]) -> str:
        goal = body.links[int(mark[1])]
        anchor = f' id="{escape(goal.id)}"' if goal.id else ""
        outside = ' class="extern"' if goal.href.startswith(("https:", "http:")) else ""
        return f'<a{anchor}{outside} href="{escape(goal.href)}"'

    def image(mark: re.Match[str]) -> str:
        goal = body.links[int(mark[2])]
        size = f' width="{goal.width}" height="{goal.height}"' if goal.width else ""
        return f'<img{mark[1]} src="{escape(goal.href)}"{size} loading="lazy" decoding="async"'

    return _IMAGE.sub(image, _LINK.sub(link, _HEADING_TAG.sub(heading, body.html)))


def blocks(html: str) -> tuple[str, ...]:
    """Return the plain text of each block (paragraph, heading, item, cell), on one line each.

    Of HTML as it is converted here, every attribute in double quotes: so patterns do, which take a
    tenth of the time of a parser.
    """
    lines = (" ".join(unescape(text).split()) for text in _TAG.split(_WITHIN_A_LINE.sub("", html)))
    return tuple(line for line in lines if line)

"""What is wrong with a Markdown text: its headings, its links, and what never reaches a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_gen.kinds import is_web_address
from site_gen.marked import ATTRIBUTES, FoundHeading, RawLink
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.source import Source
from site_gen.text import Heading

DEEPEST = 32
MOST_BRACKETS = 200
MOST_BRACKETS_IN_ALL = 3_000
RESERVED_PREFIXES = ("site-", "kernboodschap-", "bron-")
_RULE = r"(?:-(?: {0,2}-)+|\*(?: {0,2}\*)+) *$"  # `- - -` is no list, however long it is
_SIGN = rf" ?(?:(?:(?!{_RULE})[-+*]|\d+[.)])[ \t]++|> ?+)"
_NESTED = re.compile(rf"^(?: {{2}}| ?\t|{_SIGN}){{{DEEPEST},}}{_SIGN}", re.M)
# A pattern that begins with a sign, and looks back only from there, is found ten times as fast.
_TAG = re.compile(  # as the library has it, but for bare addresses
    r"(<(?<!\\<)(?P<closes>/?)(?!https?:)(?P<name>[a-zA-Z][^<>@\s/]*+)[^<>@ ]*+(?: [^<>]*+)?>)"
    r"(?:(?<=<script>).*?(?:</script\s*>|\Z))?",
    re.S,
)
_UNTAGGED = {  # by what ends it
    "?>": re.compile(r"<(?<!\\<)\?.*?\?>", re.S),
    "]]>": re.compile(r"<(?<!\\<)!\[CDATA\[.*?\]\]>", re.S),
}
_LABELLED = re.compile(r"\[(?<![\\\]]\[)[^\[\]\n]+\]\[([^\[\]\n]+)\]")
_FOOTNOTE = re.compile(r"\[(?<!\\\[)\^([^\[\]\s]+)\](?!:)")
_LABEL = re.compile(r"^ {0,3}\[([^\[\]\n]+)\]:", re.M)
_UNCLOSED = re.compile(r"<(?<!\\<)!--[^\n]*")
_ATTRIBUTES = re.compile(rf"(?<!\\){ATTRIBUTES}")
_SPACED = re.compile(r"""\](?<!\\\])\(([^()<>"'\s]+[ \t][^()<>"'\n]*)\)""")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060\ufeff\ufffd]")
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_ID = re.compile(r"[a-z][a-z0-9]*(-+[a-z0-9]+)*")
_VAGUE = frozenset(
    {
        *("hier", "klik hier", "lees hier", "lees meer", "lees verder", "meer", "meer informatie"),
        *("deze link", "deze pagina", "link", "website"),
        *("here", "click here", "read here", "read more", "more", "more information"),
        *("this link", "this page"),
    }
)


def bounds(markdown: str, source: Source) -> list[Problem]:
    """What would take the library very long, or more depth than there is."""
    for deep in _NESTED.finditer(source.masked):
        if markdown.startswith(deep[0], deep.start()):  # else the blanks stand for code
            return [too_deep(source, deep.start())]
    if source.masked.count("[") > MOST_BRACKETS_IN_ALL:
        return [problem(source.place(0), "many-brackets", limit=MOST_BRACKETS_IN_ALL)]
    start = 0
    for block in source.masked.split("\n\n"):
        if block.count("[") > MOST_BRACKETS:
            return [problem(source.place(start), "many-brackets", limit=MOST_BRACKETS)]
        start += len(block) + 2
    return []


def too_deep(source: Source, start: int = 0) -> Problem:
    """Tell that lists or quotations are nested too deep where this character stands."""
    return problem(source.place(start), "deep-list", limit=DEEPEST)


def heading_problems(
    heading: FoundHeading, place: Place, above: int, same: Heading | None
) -> Iterator[Problem]:
    """Name what is wrong with a heading after one of the level ``above``.

    ``same`` is the first of those before it that has its id.
    """
    if heading.level == 1:
        yield problem(place, "second-title", text=heading.text)
    elif heading.level > above + 1:
        marks = "#" * (above + 1)
        yield problem(place, "skipped-level", level=heading.level, above=above, marks=marks)
    if not heading.id:
        return
    if "--" in heading.id or heading.id.startswith(RESERVED_PREFIXES):
        yield problem(place, "reserved-heading-id", id=heading.id)
    elif not _ID.fullmatch(heading.id):
        yield problem(place, "malformed-heading-id", id=heading.id)
    if same:
        yield problem(place, "duplicate-heading-id", id=heading.id, line=same.place.line)


def link_problems(link: RawLink) -> Iterator[Problem]:
    """Name what is wrong with a link or image as it is typed."""
    place, address = link.place, link.address
    if address.strip().lower() in {"", "#", "mailto:", "tel:"}:
        yield problem(place, "empty-address")
    elif found := _scheme_problem(link):
        yield found
    if link.image and not link.text.strip():
        yield problem(place, "image-without-text")
    elif not link.text.strip():
        yield problem(place, "link-without-text")
    elif not link.image and " ".join(link.text.lower().split()).strip(" .!…:›»>") in _VAGUE:
        yield problem(place, "vague-link", text=link.text)


def _scheme_problem(link: RawLink) -> Problem | None:
    """Refuse what a browser could run or would take elsewhere, however it is hidden."""
    seen = _UNSEEN.sub("", link.address)
    scheme = _SCHEME.match(seen)
    if seen.replace("\\", "/").startswith("//"):
        return problem(link.place, "address-without-scheme", address=link.address)
    if scheme and scheme[1].lower() not in _SCHEMES:
        return problem(link.place, "refused-scheme", scheme=scheme[0], address=link.address)
    if scheme and not link.address.startswith(scheme[0]):
        return problem(link.place, "hidden-scheme", scheme=scheme[0], address=link.address)
    if scheme and scheme[1].lower() in {"http", "https"} and not is_web_address(link.address):
        return problem(link.place, "malformed-web-address", address=link.address)
    if scheme and link.image:
        return problem(link.place, "outside-image", address=link.address)
    return None


def left_out(source: Source) -> Iterator[Problem]:
    """Name what does not reach the page as a link, as HTML or as an attribute."""
    for spaced in _SPACED.finditer(source.masked):
        start = max(source.masked.rfind("[", 0, spaced.start()), 0)
        yield problem(source.place(start), "unreadable-address", text=spaced[1])
    yield from _undefined(source)
    yield from _html(source)
    for note in _FOOTNOTE.finditer(source.masked):
        yield problem(source.place(note.start()), "footnote", text=note[1])
    for attributes in _ATTRIBUTES.finditer(source.masked) if "{:" in source.masked else ():
        yield problem(source.place(attributes.start()), "attribute-list", text=attributes[0])


def _undefined(source: Source) -> Iterator[Problem]:
    if labelled := list(_LABELLED.finditer(source.masked)):
        labels = {label[1].lower() for label in _LABEL.finditer(source.masked)}
        for link in labelled:
            if link[1].lower() not in labels:
                yield problem(source.place(link.start()), "undefined-label", text=link[1])


def _html(source: Source) -> Iterator[Problem]:
    if comment := _UNCLOSED.search(source.masked):
        yield problem(source.place(comment.start()), "unclosed-html", text=comment[0])
    opened = set()
    for tag in _TAG.finditer(source.masked):
        closes, name = tag["closes"], tag["name"].lower()
        if not (closes and name in opened):  # the tag that opens it was told
            yield problem(source.place(tag.start()), "html-tag", text=tag[1])
        opened.add(name)
    for ending, pattern in _UNTAGGED.items():  # beyond the last ending, it is looked for in vain
        for other in pattern.finditer(source.masked, 0, source.masked.rfind(ending) + len(ending)):
            yield problem(source.place(other.start()), "html-tag", text=other[0])

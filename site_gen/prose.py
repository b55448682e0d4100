"""What a Markdown body holds, with places: headings with their ids, links, images, and faults.

The Markdown library decides what is a heading or a link; it knows no places, so each is looked up
in the source again, in order, with code left out of the search.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from site_gen.kinds import is_web_address
from site_gen.marked import ATTRIBUTES, FoundHeading, FoundLink
from site_gen.place import Place
from site_gen.problems import Problem, has_errors, problem
from site_gen.text import Heading

DEEPEST = 32
MOST_BRACKETS = 200
MOST_BRACKETS_IN_ALL = 3_000
RESERVED_PREFIXES = ("site-", "kernboodschap-", "bron-")
_CODE = re.compile(r"^ *(`{3,}|~{3,}).*?(?:^ *\1|\Z)|(?<!`)(`+)(?!`).*?(?<!`)\2(?!`)", re.M | re.S)
_NESTED = re.compile(r"^(?:(?: {2}){33,}(?:[-+*]|\d+[.)]) | {0,3}(?:> ?){33,})", re.M)
_ATX = re.compile(r"^ {0,3}(#{1,6})(?=[ \t]|$)", re.M)
_SETEXT = re.compile(r"^(?=[^\n]*\S)[^\n]*\n(?:=+|-+)[ \t]*$", re.M)
# A pattern that begins with a sign, and looks back only from there, is found ten times as fast.
_TAG = re.compile(  # as the library has it, but for bare addresses
    r"(<(?<!\\<)(?P<closes>/?)(?!https?:)(?P<name>[a-zA-Z][^<>@\s/]*)[^<>@ ]*(?: [^<>]*)?>)"
    r"(?:(?<=<script>).*?(?:</script\s*>|\Z))?",
    re.S,
)
_UNTAGGED = re.compile(r"<(?<!\\<)(?:\?.*?\?|!\[CDATA\[.*?\]\])>", re.S)
_LABELLED = re.compile(r"\[(?<![\\\]]\[)[^\[\]\n]+\]\[([^\[\]\n]+)\]")
_FOOTNOTE = re.compile(r"\[(?<!\\\[)\^([^\[\]\s]+)\](?!:)")
_LABEL = re.compile(r"^ {0,3}\[([^\[\]\n]+)\]:", re.M)
_COMMENT = re.compile(r"<(?<!\\<)!--.*?-->", re.S)
_UNCLOSED = re.compile(r"<(?<!\\<)!--[^\n]*")
_ATTRIBUTES = re.compile(rf"(?<!\\){ATTRIBUTES}")
_BEFORE_ADDRESS, _BEFORE_WORDS = re.compile(r"\]\(\s*<?"), re.compile(r"\[\s*")
_NO_ADDRESS = re.compile(r"\]\(\s*\)|\]\(#?\)")
_AFTER_SCHEME = re.compile(r"(?:https?://|mailto:)\Z")
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


class RawLink(Struct, frozen=True):
    """A link or image; ``text`` is plain, of an image it is the description.

    ``address`` is as typed, and empty where an error about the link was told already.
    """

    address: str
    text: str
    place: Place
    image: bool


class Scan(Struct, frozen=True):
    """A body: its HTML with marks (see :mod:`site_gen.conversion`), its headings and its links."""

    html: str = ""
    headings: tuple[Heading, ...] = ()
    links: tuple[RawLink, ...] = ()


class _Source(Struct, frozen=True):
    """The text to look things up in: as long, with all code and comments blanked out."""

    masked: str
    path: str
    line: int

    def place(self, offset: int) -> Place:
        """Return the place in the file of a character of the text."""
        start = self.masked.rfind("\n", 0, offset) + 1
        return Place(self.path, self.line + self.masked.count("\n", 0, offset), offset - start + 1)


def prepare() -> None:
    """Load what converts texts, where several processes would each do so by themselves."""
    from site_gen.conversion import convert

    convert("")


def scan(markdown: str, path: str, line: int) -> tuple[Scan, list[Problem]]:
    """Read a body that begins on ``line`` of the file at ``path``."""
    source = _Source(mask(markdown), path, line)
    too_much = _bounds(source)
    if too_much:
        return Scan(), too_much
    from site_gen.conversion import convert  # with its library: not every build has need of it

    converted = convert(markdown)
    headings, problems = _headings(converted.headings, source)
    links, found = _links(converted.links, source)
    problems += found
    refused = {p.place for p in found if p.code == "refused-scheme"}
    problems += [p for p in _left_out(source) if p.place not in refused]
    return Scan(converted.html, headings, links), problems


def mask(markdown: str) -> str:
    """Return the text, as long as it was, with blanks for its code and comments."""
    return _COMMENT.sub(_blank, without_code(markdown))


def without_code(markdown: str) -> str:
    """Return a text, as long as it was, with all code blanked out."""
    fenced = "`" in markdown or "~~~" in markdown
    return _CODE.sub(_blank, markdown) if fenced else markdown


def _blank(unread: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", unread[0])


def _bounds(source: _Source) -> list[Problem]:
    """What would take the library very long, or more depth than there is."""
    if deep := _NESTED.search(source.masked):
        return [problem(source.place(deep.start()), "deep-list", limit=DEEPEST)]
    if source.masked.count("[") > MOST_BRACKETS_IN_ALL:
        return [problem(source.place(0), "many-brackets", limit=MOST_BRACKETS_IN_ALL)]
    start = 0
    for block in source.masked.split("\n\n"):
        if block.count("[") > MOST_BRACKETS:
            return [problem(source.place(start), "many-brackets", limit=MOST_BRACKETS)]
        start += len(block) + 2
    return []


def _headings(
    found: Sequence[FoundHeading], source: _Source
) -> tuple[tuple[Heading, ...], list[Problem]]:
    """Place each heading and decide its id: the explicit one, else the slug of its text."""
    starts = sorted(m.start() for p in (_ATX, _SETEXT) for m in p.finditer(source.masked))
    headings: list[Heading] = []
    problems: list[Problem] = []
    taken = {heading.id for heading in found if heading.id}
    level = 1
    for number, heading in enumerate(found):
        place = source.place(starts[number] if number < len(starts) else 0)
        anchor = heading.id or _free_id(heading.text, taken)
        taken.add(anchor)
        problems += _heading_problems(heading, place, level, headings)
        headings.append(Heading(heading.level, heading.text, anchor, place))
        level = heading.level
    return tuple(headings), problems


def _heading_problems(
    heading: FoundHeading, place: Place, above: int, earlier: Sequence[Heading]
) -> Iterator[Problem]:
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
    same = next((other for other in earlier if other.id == heading.id), None)
    if same:
        yield problem(place, "duplicate-heading-id", id=heading.id, line=same.place.line)


def _free_id(text: str, taken: set[str]) -> str:
    """Return the slug of a heading that no other on the page has."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not slug or slug[0].isdigit() or slug.startswith(RESERVED_PREFIXES):
        slug = f"kop-{slug}".rstrip("-")
    numbered = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return next(anchor for anchor in (slug, *numbered) if anchor not in taken)


def _links(
    found: Sequence[FoundLink], source: _Source
) -> tuple[tuple[RawLink, ...], list[Problem]]:
    links: list[RawLink] = []
    problems: list[Problem] = []
    position = 0
    for link in found:
        start, position = _locate(link, source.masked, position)
        raw = RawLink(link.address, link.text, source.place(start), link.image)
        wrong = list(_link_problems(raw))
        problems += wrong
        links.append(replace(raw, address="") if has_errors(wrong) else raw)
    return tuple(links), problems


def _locate(link: FoundLink, text: str, position: int) -> tuple[int, int]:
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


def _link_problems(link: RawLink) -> Iterator[Problem]:
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


def _left_out(source: _Source) -> Iterator[Problem]:
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


def _undefined(source: _Source) -> Iterator[Problem]:
    if labelled := list(_LABELLED.finditer(source.masked)):
        labels = {label[1].lower() for label in _LABEL.finditer(source.masked)}
        for link in labelled:
            if link[1].lower() not in labels:
                yield problem(source.place(link.start()), "undefined-label", text=link[1])


def _html(source: _Source) -> Iterator[Problem]:
    if comment := _UNCLOSED.search(source.masked):
        yield problem(source.place(comment.start()), "unclosed-html", text=comment[0])
    opened = set()
    for tag in _TAG.finditer(source.masked):
        closes, name = tag["closes"], tag["name"].lower()
        if not (closes and name in opened):  # the tag that opens it was told
            yield problem(source.place(tag.start()), "html-tag", text=tag[1])
        opened.add(name)
    for other in _UNTAGGED.finditer(source.masked):
        yield problem(source.place(other.start()), "html-tag", text=other[0])

"""What a Markdown body holds, with places: headings with their ids, links, images, and faults."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from site_gen.marked import FoundHeading, FoundLink, RawLink
from site_gen.problems import Problem, has_errors
from site_gen.source import Source, heading_starts, locate, source_of
from site_gen.text import Heading
from site_gen.text_checks import (
    RESERVED_PREFIXES,
    bounds,
    heading_problems,
    left_out,
    link_problems,
    too_deep,
)


class Scan(Struct, frozen=True):
    """A body: its HTML with marks (see :mod:`site_gen.conversion`), its headings and its links."""

    html: str = ""
    headings: tuple[Heading, ...] = ()
    links: tuple[RawLink, ...] = ()


def prepare() -> None:
    """Load what converts texts, where several processes would each do so by themselves."""
    from site_gen.conversion import convert

    convert("")


def scan(markdown: str, path: str, line: int) -> tuple[Scan, list[Problem]]:
    """Read a body that begins on ``line`` of the file at ``path``."""
    source = source_of(markdown, path, line)
    too_much = bounds(markdown, source)
    if too_much:
        return Scan(), too_much
    from site_gen.conversion import convert  # with its library: not every build has need of it

    try:
        converted = convert(markdown)
    except RecursionError:
        return Scan(), [too_deep(source)]
    headings, problems = _headings(converted.headings, source)
    links, found = _links(converted.links, source)
    problems += found
    refused = {p.place for p in found if p.code == "refused-scheme"}
    problems += [p for p in left_out(source) if p.place not in refused]
    return Scan(converted.html, headings, links), problems


def _headings(
    found: Sequence[FoundHeading], source: Source
) -> tuple[tuple[Heading, ...], list[Problem]]:
    """Place each heading and decide its id: the explicit one, else the slug of its text."""
    starts = heading_starts(source)
    headings: list[Heading] = []
    problems: list[Problem] = []
    by_id: dict[str, Heading] = {}
    ids = _Ids({heading.id for heading in found if heading.id})
    level = 1
    for number, heading in enumerate(found):
        place = source.place(starts[number] if number < len(starts) else 0)
        made = Heading(heading.level, heading.text, heading.id or ids.free(heading.text), place)
        problems += heading_problems(heading, place, level, by_id.get(heading.id))
        headings.append(made)
        by_id.setdefault(made.id, made)
        level = heading.level
    return tuple(headings), problems


class _Ids:
    """The ids of a page; ``numbers`` has of each slug the last number that was tried."""

    def __init__(self, taken: set[str]) -> None:
        self.taken = taken
        self.numbers: dict[str, int] = {}

    def free(self, text: str) -> str:
        """Return the slug of a heading that no other on the page has, and take it."""
        anchor = slug = _slug(text)
        while anchor in self.taken:
            self.numbers[slug] = self.numbers.get(slug, 1) + 1
            anchor = f"{slug}-{self.numbers[slug]}"
        self.taken.add(anchor)
        return anchor


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not slug or slug[0].isdigit() or slug.startswith(RESERVED_PREFIXES):
        slug = f"kop-{slug}".rstrip("-")
    return slug


def _links(found: Sequence[FoundLink], source: Source) -> tuple[tuple[RawLink, ...], list[Problem]]:
    links: list[RawLink] = []
    problems: list[Problem] = []
    position = 0
    for link in found:
        start, position = locate(link, source, position)
        raw = RawLink(link.address, link.text, source.place(start), link.image)
        wrong = list(link_problems(raw))
        problems += wrong
        links.append(replace(raw, address="") if has_errors(wrong) else raw)
    return tuple(links), problems

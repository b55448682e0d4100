"""What a text becomes: HTML in which headings and links bear marks.

Apart from :mod:`site_gen.conversion`, which makes it: that loads the Markdown library, and a build
that has every text at hand does not need to.
"""

from __future__ import annotations

from dataclasses import dataclass

MARK = "mark-"
ATTRIBUTES = r"\{:[^{}\n]*\}"
"""A list of attributes, which is not supported."""


@dataclass(frozen=True, slots=True)
class FoundHeading:
    """A heading as the library reads it; ``id`` is the one written after it, or empty."""

    level: int
    text: str
    id: str


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A link or image as the library reads it."""

    address: str
    text: str
    image: bool


@dataclass(frozen=True, slots=True)
class Converted:
    """HTML with marks: the n-th heading has ``mark-n`` as its id, the n-th link as its address."""

    html: str
    headings: tuple[FoundHeading, ...]
    links: tuple[FoundLink, ...]

"""What a text becomes: HTML in which headings and links bear marks.

Apart from :mod:`site_gen.conversion`, which makes it: that loads the Markdown library, and a build
that has every text at hand does not need to.
"""

from __future__ import annotations

from msgspec import Struct

from site_gen.place import Place

MARK = "mark-"
ATTRIBUTES = r"\{:[^{}\n]*\}"
"""A list of attributes, which is not supported."""


class FoundHeading(Struct, frozen=True):
    """A heading as the library reads it; ``id`` is the one written after it, or empty."""

    level: int
    text: str
    id: str


class FoundLink(Struct, frozen=True):
    """A link or image as the library reads it."""

    address: str
    text: str
    image: bool


class RawLink(Struct, frozen=True):
    """A link or image; ``text`` is plain, of an image it is the description.

    ``address`` is as typed, and empty where an error about the link was told already.
    """

    address: str
    text: str
    place: Place
    image: bool


class Converted(Struct, frozen=True):
    """HTML with marks: the n-th heading has ``mark-n`` as its id, the n-th link as its address."""

    html: str
    headings: tuple[FoundHeading, ...]
    links: tuple[FoundLink, ...]

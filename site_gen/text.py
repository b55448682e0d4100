"""Text as a value: in which language it is, and where its links lead."""

from __future__ import annotations

from msgspec import Struct

from site_gen.place import Place


class Span(Struct, frozen=True):
    """A piece of text and the language (BCP 47) that it is really in."""

    text: str
    lang: str


class Text(Struct, frozen=True):
    """One text in one or more languages; the main language comes first."""

    spans: tuple[Span, ...]

    def of(self, lang: str) -> Span:
        """Return the text in ``lang``, or in the main language where that is missing."""
        for span in self.spans:
            if span.lang == lang:
                return span
        return self.spans[0]

    def has(self, lang: str) -> bool:
        """Tell whether the text exists in ``lang`` itself."""
        return any(span.lang == lang for span in self.spans)


class Ref(Struct, frozen=True):
    """What a link leads to: a record or asset by its kind and key, and a fragment.

    ``kind`` is one of ``session``, ``speaker``, ``source``, ``page``, ``asset`` or ``external``
    (then ``key`` is the whole address). ``fragment`` is an id on that page; empty means its top.
    """

    kind: str
    key: str
    fragment: str = ""


class Heading(Struct, frozen=True):
    """A heading of a body: its level (2 to 6), its plain text and the id decided for it."""

    level: int
    text: str
    id: str
    place: Place


class Link(Struct, frozen=True):
    """A link or image of a body: the address as typed and where it leads."""

    address: str
    goal: Ref
    place: Place


class Body(Struct, frozen=True):
    """A text in one language: HTML with marks (see :mod:`site_gen.conversion`).

    ``headings`` and ``links`` stand in the order of their marks.
    """

    html: str
    lang: str
    place: Place
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()


class Prose(Struct, frozen=True):
    """A body in one or more languages, the main one first; without any, there is no text."""

    bodies: tuple[Body, ...] = ()

    def of(self, lang: str) -> Body | None:
        """Return the body in ``lang``, or the main one where that is missing."""
        main = self.bodies[0] if self.bodies else None
        return next((body for body in self.bodies if body.lang == lang), main)

"""Text as a value: in which language it is, and where its links lead."""

from __future__ import annotations

from dataclasses import dataclass

from site_gen.place import Place


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text and the language (BCP 47) that it is really in."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Text:
    """One text in one or more languages; the main language comes first."""

    spans: tuple[Span, ...]

    def of(self, lang: str) -> Span:
        """Return the text in ``lang``, or in the main language where that is missing."""
        return next((span for span in self.spans if span.lang == lang), self.spans[0])

    def has(self, lang: str) -> bool:
        """Tell whether the text exists in ``lang`` itself."""
        return any(span.lang == lang for span in self.spans)


@dataclass(frozen=True, slots=True)
class Ref:
    """What a link leads to: a record or asset by its kind and key, and a fragment.

    ``kind`` is one of ``session``, ``speaker``, ``source``, ``page``, ``asset`` or ``external``
    (then ``key`` is the whole address). ``fragment`` is an id on that page; empty means its top.
    """

    kind: str
    key: str
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a body: its level (2 to 6), its plain text and the id decided for it."""

    level: int
    text: str
    id: str
    place: Place


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image of a body: the address as typed and where it leads."""

    address: str
    goal: Ref
    place: Place


@dataclass(frozen=True, slots=True)
class Body:
    """A text in one language: HTML with marks (see :mod:`site_gen.conversion`).

    ``headings`` and ``links`` stand in the order of their marks.
    """

    html: str
    lang: str
    place: Place
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Prose:
    """A body in one or more languages, the main one first; without any, there is no text."""

    bodies: tuple[Body, ...] = ()

    def of(self, lang: str) -> Body | None:
        """Return the body in ``lang``, or the main one where that is missing."""
        main = self.bodies[0] if self.bodies else None
        return next((body for body in self.bodies if body.lang == lang), main)

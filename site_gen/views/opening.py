"""How the site's own pages begin, and how the parts of a long one follow one another."""

from __future__ import annotations

from collections.abc import Sequence

from site_gen.markup import BodyView
from site_gen.text import Span
from site_gen.views.frames import Frame
from site_gen.views.framing import frame
from site_gen.views.shapes import LabelledLink
from site_gen.views.site import Spot

Opening = tuple[Frame, Span, BodyView | None]


def opening(spot: Spot, word: str, part: str = "") -> Opening:
    """Return frame, title and introduction of an own page, by its path word (``sessions`` …).

    Title and introduction come from the page file that introduces it, if there is one. A further
    ``part`` of the page has a title of its own, and is not introduced again.
    """
    event_title = spot.site.conf.event.title.of(spot.lang).text
    if part:
        description = spot.words.fmt("part_description", part=part, title=event_title)
        return frame(spot, word, part, description), Span(part, spot.lang), None
    description = spot.words.fmt(f"{word}_description", title=event_title)
    for page in spot.site.conf.pages.values():
        if page.introduces == word:
            title, body = page.title.of(spot.lang), spot.body(page.body.of(spot.lang))
            untranslated = spot.lang not in page.languages
            around = frame(spot, word, title.text, description, untranslated=untranslated)
            return around, title, body
    title = Span(spot.words[f"{word}_title"], spot.lang)
    return frame(spot, word, title.text, description), title, None


def part_title(spot: Spot, word: str, first: str, last: str) -> str:
    """Return what a part of an own page is called, by what it begins and ends with."""
    name = spot.words[f"nav_{word}"]
    if first == last:
        return spot.words.fmt("part_one", list=name, part=first)
    return spot.words.fmt("part", list=name, first=first, last=last)


def beside(
    spot: Spot, word: str, part: int, titles: Sequence[str]
) -> tuple[LabelledLink | None, LabelledLink | None]:
    """Return links to the part before and the part after; ``titles`` are those of all parts."""

    def link(number: int) -> LabelledLink | None:
        if not 0 <= number < len(titles):
            return None
        path = spot.site.urls.part(spot.lang, word, number)
        return LabelledLink(Span(titles[number], spot.lang), spot.to(path))

    return link(part - 1), link(part + 1)

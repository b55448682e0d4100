"""Pages of speakers and of plain text."""

from __future__ import annotations

from collections.abc import Iterator

from site_gen.model import Page, Session, Speaker, WebLink
from site_gen.text import Span
from site_gen.views.cards import card, person
from site_gen.views.contexts import SpeakerPage, SpeakersPage, TextPage
from site_gen.views.frames import NavLink
from site_gen.views.framing import frame
from site_gen.views.lists import SpeakerEntry
from site_gen.views.opening import beside, opening, part_title
from site_gen.views.shapes import LabelledLink
from site_gen.views.site import Spot
from site_gen.words import initial, name_order


def text_page(spot: Spot, *, page: Page) -> TextPage:
    """Return a page of plain text."""
    title = page.title.of(spot.lang)
    untranslated = spot.lang not in page.languages
    return TextPage(
        frame=frame(spot, "text", title.text, "", untranslated=untranslated),
        title=title,
        body=spot.body(page.body.of(spot.lang)),
    )


def speaker_page(spot: Spot, *, speaker: Speaker) -> SpeakerPage:
    """Return a speaker and every time they are on."""
    description = spot.words.fmt("speaker_description", name=speaker.name)
    untranslated = spot.lang not in speaker.languages
    return SpeakerPage(
        frame=frame(spot, "speaker", speaker.name, description, untranslated=untranslated),
        person=person(spot, speaker),
        body=spot.body(speaker.body.of(spot.lang)),
        links=web_links(spot, speaker.links),
        cards=tuple(card(spot, slot, entry) for _, slot, entry in spot.site.timetable.on(speaker)),
    )


def speakers_page(spot: Spot, *, part: int = 0) -> SpeakersPage:
    """Return the speakers by surname; many are spread over pages."""
    titles = _part_titles(spot)
    page, title, intro = opening(spot, "speakers", titles[part] if part else "")
    previous, following = beside(spot, "speakers", part, titles)
    firsts = {slug for slug, _ in spot.site.parts.letters.values()}
    sessions: dict[str, list[LabelledLink]] = {}
    for session in spot.site.conf.sessions.values():
        for speaker in session.speakers:
            sessions.setdefault(speaker.slug, []).append(session_link(spot, session))
    return SpeakersPage(
        frame=page,
        title=title,
        intro=intro,
        letters=tuple(_letters(spot)),
        speakers=tuple(
            SpeakerEntry(
                _anchor(speaker.slug) if speaker.slug in firsts else "",
                person(spot, speaker),
                tuple(sessions.get(speaker.slug, ())),
            )
            for speaker in spot.site.parts.speakers[part]
        ),
        previous=previous,
        next=following,
    )


def _part_titles(spot: Spot) -> list[str]:
    """Return what the parts of the list are called, by the first letters of surnames."""
    names = [[s.name for s in part] for part in spot.site.parts.speakers if part]
    ends = [[initial(name_order(part[n])[0]) for n in (0, -1)] for part in names]
    return [part_title(spot, "speakers", first, last) for first, last in ends]


def _letters(spot: Spot) -> Iterator[NavLink]:
    for letter, (slug, part) in spot.site.parts.letters.items():
        path = spot.site.urls.part(spot.lang, "speakers", part)
        yield NavLink(Span(letter, spot.lang), spot.to(path, _anchor(slug)))


def _anchor(slug: str) -> str:
    return f"site-{slug}"


def session_link(spot: Spot, session: Session, fragment: str = "") -> LabelledLink:
    """Return a link to a session, by its title."""
    path = spot.site.urls.below(spot.lang, "sessions", session.slug)
    return LabelledLink(session.title.of(spot.lang), spot.to(path, fragment))


def web_links(spot: Spot, links: tuple[WebLink, ...]) -> tuple[LabelledLink, ...]:
    """Return links to outside, with their labels in the page's language."""
    return tuple(LabelledLink(link.label.of(spot.lang), link.address.text) for link in links)

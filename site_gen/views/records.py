"""Pages of speakers and plain text, and the introductions of the site's own pages."""

from __future__ import annotations

from site_gen.markup import BodyView
from site_gen.model import Page, Session, Speaker, WebLink
from site_gen.text import Span
from site_gen.views.cards import card, person
from site_gen.views.contexts import SpeakerPage, SpeakersPage, TextPage
from site_gen.views.shapes import LabelledLink, SpeakerEntry
from site_gen.views.site import Spot, frame
from site_gen.words import name_order


def introduction(spot: Spot, word: str, title: Span) -> tuple[Span, BodyView | None, bool]:
    """Return title, text and "untranslated" of one of the site's own pages.

    They come from the page file that introduces it, if there is one, else ``title`` stands.
    """
    for page in spot.site.conf.pages.values():
        if page.introduces == word:
            body = spot.body(page.body.of(spot.lang))
            return page.title.of(spot.lang), body, spot.lang not in page.languages
    return title, None, False


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


def speakers_page(spot: Spot) -> SpeakersPage:
    """Return all speakers by surname."""
    conf = spot.site.conf
    title = Span(spot.words["speakers_title"], spot.lang)
    event_title = conf.event.title.of(spot.lang).text
    description = spot.words.fmt("speakers_description", title=event_title)
    page_title, intro, untranslated = introduction(spot, "speakers", title)
    sessions: dict[str, list[LabelledLink]] = {}
    for session in conf.sessions.values():
        for speaker in session.speakers:
            sessions.setdefault(speaker.slug, []).append(session_link(spot, session))
    return SpeakersPage(
        frame=frame(spot, "speakers", page_title.text, description, untranslated=untranslated),
        title=page_title,
        intro=intro,
        speakers=tuple(
            SpeakerEntry(person(spot, speaker), tuple(sessions.get(speaker.slug, ())))
            for speaker in sorted(conf.speakers.values(), key=lambda s: name_order(s.name))
        ),
    )


def session_link(spot: Spot, session: Session, fragment: str = "") -> LabelledLink:
    """Return a link to a session, by its title."""
    path = spot.site.urls.below(spot.lang, "sessions", session.slug)
    return LabelledLink(session.title.of(spot.lang), spot.to(path, fragment))


def web_links(spot: Spot, links: tuple[WebLink, ...]) -> tuple[LabelledLink, ...]:
    """Return links to outside, with their labels in the page's language."""
    return tuple(LabelledLink(link.label.of(spot.lang), link.address.text) for link in links)

"""The texts in which a visitor finds words: one file per language, fetched on first use.

There is no index of words: for a conference of a hundred sessions the texts themselves are small,
and with them any part of a word is found, as in Dutch compounds, and shown where it stands. For
hundreds of sessions there is Pagefind (see :mod:`site_gen.exports.pagefind`).

A text is a string, or ``[string, language]`` where it is not in the language of the page.

The file bears no hash in its name, so that an edit of a text changes no page with the form. An
older one than the page does no harm, because texts stand under their session; one of another form
would, so that must get another name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice

from site_gen.anchors import mentions
from site_gen.assets import Asset
from site_gen.exports.scripts import as_json, script
from site_gen.markup import blocks
from site_gen.model import Conference, Session, Speaker
from site_gen.schedule import entries
from site_gen.store import Store, digest
from site_gen.text import Span, Text
from site_gen.views.site import Site, texts_key


def texts(site: Site, store: Store, processes: int = 1) -> dict[str, Asset]:
    """Return the files by their key among the assets; a text in the ``store`` is not read again."""
    held = {entry.session.slug: entry.session for _, _, entry in entries(site.conf)}
    wanted = [
        (
            digest("found", site.outline, lang, slug, site.text(session.body.of(lang))),
            partial(_member, site.conf, session, lang),
        )
        for lang in site.languages
        for slug, session in held.items()
    ]
    members = iter(store.recall_all(wanted, processes))
    return {
        texts_key(lang): Asset(site.urls.texts(lang), _texts(islice(members, len(held))))
        for lang in site.languages
    }


def _texts(members: Iterable[str]) -> bytes:
    return script("texts", f"{{{','.join(members)}}}")


def _member(conf: Conference, session: Session, lang: str) -> str:
    """Return a session with its texts, as a member of a JSON object."""
    found = [
        span.text if span.lang == lang else (span.text, span.lang)
        for span in spans(conf, session, lang)
    ]
    return f"{as_json(session.slug)}:{as_json(found)}"


def spans(conf: Conference, session: Session, lang: str) -> Iterator[Span]:
    """Yield what a session can be found by, in ``lang`` where it is there: first what it is about.

    Its title, subtitle and summary; who speak and contribute; key messages; themes; the sources
    that it refers to; its body.
    """
    main = session.title.spans[0].lang
    short = (session.title, session.subtitle, session.summary)
    yield from (text.of(lang) for text in short if text)
    yield from (_speaker(speaker, lang) for speaker in session.speakers)
    for text in (*session.organised_by, *session.organisations):
        yield text.of(lang)
    yield from (message.text.of(lang) for message in session.key_messages)
    yield from (Span(theme, main) for theme in session.themes)
    for slug in dict.fromkeys(slug for slug, _, _ in mentions(session, lang)):
        yield conf.sources[slug].title.of(lang)
    if body := session.body.of(lang):
        for block in blocks(body.html):
            yield Span(block, body.lang)


def _speaker(speaker: Speaker, lang: str) -> Span:
    """Return who it is on one line; in the language of the role, as a name is in none."""
    about: list[Text] = [text for text in (speaker.role, speaker.organisation) if text]
    found = [text.of(lang) for text in about]
    return Span(
        ", ".join([speaker.name, *(span.text for span in found)]),
        found[0].lang if found else lang,
    )

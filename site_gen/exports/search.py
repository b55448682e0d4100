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

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from site_gen.anchors import mentions
from site_gen.assets import Asset
from site_gen.exports.scripts import as_json, script
from site_gen.markup import blocks
from site_gen.model import Conference, Session, Speaker
from site_gen.schedule import entries
from site_gen.store import Store, digest
from site_gen.text import Body, Span, Text
from site_gen.views.site import Site, texts_key


def texts(site: Site, store: Store, processes: int = 1) -> dict[str, Asset]:
    """Return the files by their key among the assets; a text in the ``store`` is not read again."""
    held = {entry.session.slug: entry.session for _, _, entry in entries(site.conf)}
    sessions = tuple(held.values())
    return {
        texts_key(lang): Asset(site.urls.texts(lang), _file(site, sessions, lang, store, processes))
        for lang in site.languages
    }


def _file(
    site: Site, sessions: Sequence[Session], lang: str, store: Store, processes: int
) -> bytes:
    """Return the file of a language: the outline of the site tells all of it but the bodies."""
    key = digest("about", site.outline, lang)
    about = store.recall(
        key, lambda: [_items(_about(site.conf, each, lang), lang) for each in sessions]
    )
    bodies = [session.body.of(lang) for session in sessions]
    wanted = [
        (
            digest("body", lang, body.lang if body else "", site.text(body)),
            partial(_body_items, body, lang),
        )
        for body in bodies
    ]
    read = store.recall_all(wanted, processes)
    members = (
        f"{as_json(session.slug)}:[{','.join(filter(None, items))}]"
        for session, *items in zip(sessions, about, read, strict=True)
    )
    return script("texts", f"{{{','.join(members)}}}")


def _body_items(body: Body | None, lang: str) -> str:
    return _items(_read(body), lang) if body else ""


def _items(found: Iterable[Span], lang: str) -> str:
    """Return texts as the items of a JSON array, without its brackets."""
    return ",".join(
        as_json(span.text if span.lang == lang else (span.text, span.lang)) for span in found
    )


def spans(conf: Conference, session: Session, lang: str) -> Iterator[Span]:
    """Yield what a session can be found by, in ``lang`` where it is there: first what it is about.

    Its title, subtitle and summary; who speak and contribute; key messages; themes; the sources
    that it refers to; its body.
    """
    yield from _about(conf, session, lang)
    if body := session.body.of(lang):
        yield from _read(body)


def _about(conf: Conference, session: Session, lang: str) -> Iterator[Span]:
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


def _read(body: Body) -> Iterator[Span]:
    return (Span(block, body.lang) for block in blocks(body.html))


def _speaker(speaker: Speaker, lang: str) -> Span:
    """Return who it is on one line; in the language of the role, as a name is in none."""
    about: list[Text] = [text for text in (speaker.role, speaker.organisation) if text]
    found = [text.of(lang) for text in about]
    return Span(
        ", ".join([speaker.name, *(span.text for span in found)]),
        found[0].lang if found else lang,
    )

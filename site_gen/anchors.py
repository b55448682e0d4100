"""The ids that each page offers to links."""

from __future__ import annotations

from collections.abc import Iterator

from site_gen import urls
from site_gen.model import Conference, Session
from site_gen.text import Body, Ref


def mentions(session: Session, lang: str) -> list[tuple[str, str, bool]]:
    """Return (source, anchor, in the text) of each mention on a session's page, in order.

    First the links in the text, then the sources that are cited without one.
    """
    body = session.body.of(lang)
    linked = [link.goal.key for link in body.links if link.goal.kind == "source"] if body else []
    found: list[tuple[str, str, bool]] = []
    for n, slug in enumerate(linked):
        found.append((slug, urls.mention(slug, linked[: n + 1].count(slug)), True))
    found += [(s, urls.mention(s, 1), False) for s in session.cited if s not in linked]
    return found


def anchors(conf: Conference, ref: Ref, lang: str) -> set[str]:
    """Return the ids on the page of ``ref`` in ``lang`` that content may link to."""
    if ref.kind == "session":
        return set(_of_session(conf.sessions[ref.key], lang))
    if ref.kind == "page":
        return set(_of_page(conf, ref.key, lang))
    record = conf.speakers[ref.key] if ref.kind == "speaker" else conf.sources[ref.key]
    return set(_headings(record.body.of(lang)))


def _of_session(session: Session, lang: str) -> Iterator[str]:
    yield from _headings(session.body.of(lang))
    yield from (urls.key_message(message.id) for message in session.key_messages)
    yield from (anchor for _, anchor, _ in mentions(session, lang))


def _of_page(conf: Conference, slug: str, lang: str) -> Iterator[str]:
    yield from _headings(conf.pages[slug].body.of(lang))
    if conf.pages[slug].introduces == "key_messages":
        yield from (
            urls.collected_key_message(session.slug, message.id)
            for session in conf.sessions.values()
            for message in session.key_messages
        )
    elif conf.pages[slug].introduces == "sources":
        yield from conf.sources


def _headings(body: Body | None) -> Iterator[str]:
    return (heading.id for heading in body.headings) if body else iter(())

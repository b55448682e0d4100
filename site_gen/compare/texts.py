"""The event itself, and texts: of sessions, speakers, sources and pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_gen.compare.difference import Difference, difference
from site_gen.compare.versions import R, Versions, same
from site_gen.model import Page, Session, Source, Speaker


def compare_event(versions: Versions) -> Iterator[Difference]:
    """Yield what is different about the event as a whole."""
    old, new, words = versions.old.event, versions.new.event, versions.words
    titles = old.title.of(words.lang).text, new.title.of(words.lang).text
    if titles[0] != titles[1]:
        yield difference("event-title", old=titles[0], new=titles[1])
    if old.first_day != new.first_day:
        days = [words.date(e.first_day, "date") if e.first_day else "" for e in (old, new)]
        yield difference("event-date", old=versions.known(days[0]), new=versions.known(days[1]))
    if old.location != new.location:
        places = versions.known(old.location), versions.known(new.location)
        yield difference("event-place", old=places[0], new=places[1])
    told = {change.text for change in old.changes}
    for change in new.changes:
        if change.text not in told:
            yield difference("announced", text=change.text.of(words.lang).text)


def compare_texts(versions: Versions) -> Iterator[Difference]:
    """Yield which texts are new, gone or different, in any language."""
    old, new = versions.old, versions.new
    for before, after in same(old.sessions, new.sessions):
        if _content(before) != _content(after):
            yield difference("session-text", title=_name(versions, after))
    yield from _records(versions, "speaker", old.speakers, new.speakers)
    yield from _records(versions, "source", old.sources, new.sources)
    yield from _records(versions, "page", old.pages, new.pages)


def _records(
    versions: Versions, kind: str, old: Mapping[str, R], new: Mapping[str, R]
) -> Iterator[Difference]:
    pairs = same(old, new)
    kept = {one.slug for one, _ in pairs}, {other.slug for _, other in pairs}
    for slug, record in old.items():
        if slug not in kept[0]:
            yield difference(f"{kind}-removed", title=_name(versions, record))
    for slug, record in new.items():
        if slug not in kept[1]:
            yield difference(f"{kind}-added", title=_name(versions, record))
    for before, after in pairs:
        if _content(before) != _content(after):
            yield difference(f"{kind}-text", title=_name(versions, after))


def _name(versions: Versions, record: Session | Speaker | Source | Page) -> str:
    if isinstance(record, Speaker):
        return record.name
    return record.title.of(versions.words.lang).text


def _content(record: Session | Speaker | Source | Page) -> tuple[object, ...]:
    """Return all that a reader sees of a record by itself; where links lead within is no text."""
    own: tuple[object, ...] = ()
    match record:
        case Session():
            messages = tuple((message.id, message.text) for message in record.key_messages)
            groups = (record.organised_by, record.organisations, record.themes)
            own = (record.subtitle, record.summary, messages, groups, record.links)
        case Speaker():
            own = (record.name, record.role, record.organisation, record.photo, record.links)
        case Source():
            identifiers = tuple(reference.identifier for reference in record.references)
            own = (record.title, record.kind, identifiers, record.status)
        case Page():
            own = (record.title,)
    return (*own, *((body.lang, body.html) for body in record.body.bodies))

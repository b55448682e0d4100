"""Pages that collect from all sessions: key messages, and sources with who refers to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from site_gen.anchors import mentions
from site_gen.model import SOURCE_KINDS, Session, Source
from site_gen.text import Body, Span
from site_gen.urls import collected_key_message, key_message
from site_gen.views.cards import times
from site_gen.views.contexts import KeyMessagesPage, SourcesPage
from site_gen.views.frames import NavLink
from site_gen.views.lists import MessageGroup, SourceGroup, SourceView
from site_gen.views.opening import beside, opening, part_title
from site_gen.views.records import session_link
from site_gen.views.shapes import KeyMessageView, LabelledLink
from site_gen.views.site import Spot


def key_messages_page(spot: Spot, *, part: int = 0) -> KeyMessagesPage:
    """Return the key messages, by session, in time order; many are spread over pages."""
    parts = spot.site.parts.messages
    numbers = [str(n) for n in range(1, len(parts) + 1)]
    titles = [part_title(spot, "key_messages", number, number) for number in numbers]
    page, title, intro = opening(spot, "key_messages", titles[part] if part else "")
    previous, following = beside(spot, "key_messages", part, titles)
    return KeyMessagesPage(
        frame=page,
        title=title,
        intro=intro,
        pages=tuple(_page_link(spot, n) for n in range(len(parts))) if len(parts) > 1 else (),
        groups=tuple(_message_group(spot, session) for session in parts[part]),
        previous=previous,
        next=following,
    )


def _page_link(spot: Spot, part: int) -> NavLink:
    path = spot.site.urls.part(spot.lang, "key_messages", part)
    return NavLink(Span(str(part + 1), spot.lang), spot.to(path), path == spot.path)


def _message_group(spot: Spot, session: Session) -> MessageGroup:
    page = spot.site.urls.below(spot.lang, "sessions", session.slug)
    held = spot.site.timetable.held(session)
    return MessageGroup(
        title=session.title.of(spot.lang),
        href=spot.to(page),
        round=(held[0][1].round or 0) if held else 0,
        times=times(spot, held[0][2].begin, held[0][2].end) if held else None,
        messages=tuple(
            KeyMessageView(
                collected_key_message(session.slug, message.id),
                message.text.of(spot.lang),
                spot.to(page, key_message(message.id)),
            )
            for message in session.key_messages
        ),
    )


def sources_page(spot: Spot) -> SourcesPage:
    """Return every source, by kind, with its status and everything that refers to it."""
    page, title, intro = opening(spot, "sources")
    sources = spot.site.conf.sources.values()
    referrers = _referrers(spot)
    groups = []
    for kind in SOURCE_KINDS:
        of_kind = [source for source in sources if source.kind == kind]
        of_kind.sort(key=lambda source: source.title.of(spot.lang).text.casefold())
        if of_kind:
            label = spot.words.section("source_kinds")[kind]
            views = tuple(_source_view(spot, source, referrers) for source in of_kind)
            groups.append(SourceGroup(f"site-{kind}", label, views))
    return SourcesPage(
        frame=page,
        title=title,
        intro=intro,
        groups=tuple(groups),
    )


def _source_view(
    spot: Spot, source: Source, referrers: Mapping[str, Sequence[LabelledLink]]
) -> SourceView:
    return SourceView(
        anchor=source.slug,
        old_anchors=tuple(old.text for old in source.old_names),
        title=source.title.of(spot.lang),
        kind_label=spot.words.section("source_kind")[source.kind],
        addresses=tuple(
            LabelledLink(Span(found.label(spot.lang), spot.lang), found.address(spot.lang))
            for found in (reference.identifier for reference in source.references)
        ),
        status=_status(spot, source),
        status_date=spot.words.partial_date(source.status.date)
        if source.status and source.status.date
        else "",
        body=spot.body(source.body.of(spot.lang), shift=2, prefix=f"{source.slug}--"),
        referrers=tuple(referrers.get(source.slug, ())),
    )


def _status(spot: Spot, source: Source) -> Span | None:
    """Return what holds of a source; a term has no status, of anything else it may be unknown."""
    if source.status:
        return source.status.text.of(spot.lang)
    return None if source.kind == "begrip" else Span(spot.words["source_status_unknown"], spot.lang)


def _referrers(spot: Spot) -> Mapping[str, Sequence[LabelledLink]]:
    """Return, by source, a link to its first mention in each session, then to referring sources."""
    found: dict[str, list[LabelledLink]] = {}
    for session in spot.site.parts.in_order:
        first = {slug: anchor for slug, anchor, _ in reversed(mentions(session, spot.lang))}
        for slug, anchor in first.items():
            found.setdefault(slug, []).append(session_link(spot, session, anchor))
    own = spot.site.urls.own(spot.lang, "sources")
    for other in spot.site.conf.sources.values():
        body = other.body.of(spot.lang)
        link = LabelledLink(other.title.of(spot.lang), spot.to(own, other.slug))
        for slug in _sources_in(body):
            found.setdefault(slug, []).append(link)
    return found


def _sources_in(body: Body | None) -> Iterable[str]:
    links = body.links if body else ()
    return dict.fromkeys(link.goal.key for link in links if link.goal.kind == "source")

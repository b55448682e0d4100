"""Links within the site lead to something that is there and will be published."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from site_gen.anchors import anchors
from site_gen.likeness import nearest
from site_gen.model import Conference, Source
from site_gen.problems import Problem, problem
from site_gen.text import Body, Link, Prose, Ref


def check_anchors(conf: Conference) -> list[Problem]:
    """A fragment names an id on the page that the link leads to."""

    @cache
    def known_on(page: Ref, lang: str) -> set[str]:
        return anchors(conf, page, lang)

    found = []
    for body, link in _links(conf):
        ref = link.goal
        if ref.kind in {"external", "asset"} or not ref.fragment:
            continue
        known = known_on(Ref(ref.kind, ref.key), body.lang)
        if ref.fragment not in known:
            near = nearest(ref.fragment, known)
            values = {"address": link.address, "anchor": ref.fragment, "nearest": near}
            found.append(problem(link.place, "missing-anchor", **values))
    return found


def check_taken_anchors(conf: Conference) -> list[Problem]:
    """The introduction of the sources has no heading with the id of a source, or an old one."""
    old = {name.text for source in conf.sources.values() for name in source.old_names}
    return [
        problem(heading.place, "taken-anchor", anchor=heading.id)
        for page in conf.pages.values()
        if page.introduces == "sources"
        for body in page.body.bodies
        for heading in body.headings
        if heading.id in conf.sources or heading.id in old
    ]


def check_old_names(conf: Conference) -> list[Problem]:
    """An old name of a source is that of no source now, and stands once."""
    found = []
    first: dict[str, Source] = {}
    for source in conf.sources.values():
        for old in source.old_names:
            live, taken = conf.sources.get(old.text), first.get(old.text)
            if other := live or taken:
                code = "live-old-address" if live else "taken-old-address"
                values = {"address": f"#{old.text}", "other": other.place.path}
                found.append(problem(old.place, code, **values))
            first.setdefault(old.text, source)
    return found


def check_drafts(conf: Conference) -> list[Problem]:
    """What is published does not lead to a draft, which is not."""
    drafts = {slug for slug, session in conf.sessions.items() if session.status == "concept"}
    return [
        problem(link.place, "draft-link", address=link.address)
        for body, link in _links(conf)
        if link.goal.kind == "session" and link.goal.key in drafts
    ]


def _links(conf: Conference) -> Iterator[tuple[Body, Link]]:
    proses: list[Prose] = [
        record.body
        for records in (conf.sessions, conf.speakers, conf.sources, conf.pages)
        for record in records.values()
    ]
    for prose in proses:
        for body in prose.bodies:
            yield from ((body, link) for link in body.links)

"""Conference to pages: every path of the output, and how its frozen context is made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from site_gen.model import Day, Page, Session, Slot, Speaker
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.schedule import rounds
from site_gen.text import Span, Text
from site_gen.urls import INDEX, address
from site_gen.views.cards import slot_title
from site_gen.views.collections import key_messages_page, sources_page
from site_gen.views.contexts import Context, LostPage, RedirectPage
from site_gen.views.frames import NavLink, ShareImage
from site_gen.views.framing import frame
from site_gen.views.jsonld import (
    conference_data,
    day_data,
    round_data,
    session_data,
    speaker_data,
)
from site_gen.views.listing import my_programme_page, sessions_page, sessions_part_page
from site_gen.views.programme import home_page, offline_page, round_page
from site_gen.views.records import speaker_page, speakers_page, text_page
from site_gen.views.sessions import session_page
from site_gen.views.shapes import LostLanguage
from site_gen.views.sharing import event_image, session_image
from site_gen.views.site import Site, Spot

LOST = "404.html"
REDIRECT_SCRIPT = "assets/js/redirect.js"


OWN_PAGES: Mapping[str, tuple[str, Callable[[Spot], Context]]] = {
    "sessions": ("sessions", sessions_page),
    "speakers": ("speakers", speakers_page),
    "key_messages": ("key-messages", key_messages_page),
    "sources": ("sources", sources_page),
    "my_programme": ("my-programme", my_programme_page),
    "offline": ("offline", offline_page),
}


class Planned(Struct, frozen=True):
    """A page to be: where it is written in each language, this one's language, and its template.

    Its context is made when it is asked for, and not kept: all of them would take much memory.
    ``make`` returns it with the names of what it saw, see :attr:`Spot.seen`.
    """

    paths: Mapping[str, str]
    lang: str
    template: str
    make: Callable[[], tuple[Context, Collection[str]]]

    @property
    def path(self) -> str:
        """The path of this page in the output."""
        return self.paths[self.lang]

    @property
    def context(self) -> Context:
        """What its template sees."""
        return self.make()[0]


def _no_data(_spot: Spot) -> str:
    return ""


class _Family(Struct, frozen=True):
    """One page in its languages: how each is made, and the place that asks for it.

    ``data`` says what the page is about, for machines; ``image`` stands for it where it is shared.
    """

    template: str
    paths: Mapping[str, str]
    view: Callable[[Spot], Context]
    place: Place
    data: Callable[[Spot], str] = _no_data
    image: Callable[[Spot], ShareImage | None] = event_image


def plan(site: Site) -> tuple[Planned, ...]:
    """Return every page."""
    pages = [
        Planned(family.paths, lang, family.template, partial(_context, family, site, lang))
        for family in _families(site)
        for lang in family.paths
    ]
    lang = site.urls.main
    return (*pages, Planned({lang: LOST}, lang, "404", partial(_lost, site)))


def _context(family: _Family, site: Site, lang: str) -> tuple[Context, Collection[str]]:
    spot = Spot(site, lang, family.paths)
    context = family.view(spot)
    around = replace(context.frame, image=family.image(spot), data=family.data(spot))
    return replace(context, frame=around), spot.seen


def check_addresses(site: Site) -> list[Problem]:
    """An old address belongs to one page, and to none that is there now.

    Also where only a file system that ignores capitals would take the two for one.
    """
    problems = []
    taken: dict[str, _Family] = {}
    for family in _families(site):
        others = [taken.setdefault(path.casefold(), family) for path in family.paths.values()]
        if family.template == "redirect" and others[0] is not family:
            is_old = others[0].template == "redirect"
            code = "taken-old-address" if is_old else "live-old-address"
            where = next(iter(family.paths.values())).removesuffix(INDEX)
            values = {"address": where, "other": others[0].place.path}
            problems.append(problem(family.place, code, **values))
    return problems


def _families(site: Site) -> Iterator[_Family]:
    yield from _programme(site)
    yield from _own_pages(site)
    yield from _records(site)
    yield from _redirects(site)


def _programme(site: Site) -> Iterator[_Family]:
    conf, place = site.conf, site.conf.event.place
    home = {lang: site.urls.home(lang) for lang in site.languages}
    first = partial(home_page, day=next(iter(conf.days), None))
    yield _Family("home", home, first, place, conference_data)
    for day, part in _grids(site):
        paths = {lang: site.grid_path(lang, day, part) for lang in site.languages}
        grid = partial(home_page, day=day, part=part)
        yield _Family("home", paths, grid, place, partial(day_data, day=day))
    for day, slot, number in rounds(conf):
        paths = {lang: site.round_path(lang, day, number) for lang in site.languages}
        view = partial(round_page, day=day, slot=slot, number=number)
        yield _Family("round", paths, view, slot.place, partial(round_data, day=day, slot=slot))


def _grids(site: Site) -> Iterator[tuple[Day, int]]:
    """Yield each part of each day that has a page of its own: one day's first is the home page."""
    for day in site.conf.days:
        first = 0 if site.several_days else 1
        yield from ((day, part) for part in range(first, len(site.parts.grids[day.number])))


def _own_pages(site: Site) -> Iterator[_Family]:
    place = site.conf.event.place
    for word, (template, view) in OWN_PAGES.items():
        paths = {lang: site.urls.own(lang, word) for lang in site.languages}
        yield _Family(template, paths, view, place)
    yield from _more(site)


def _more(site: Site) -> Iterator[_Family]:
    """Yield the further pages of lists that are too long for one."""
    parts, place = site.parts, site.conf.event.place
    for part in range(len(parts.sessions)) if len(parts.sessions) > 1 else ():
        paths = {lang: site.sessions_path(lang, part) for lang in site.languages}
        yield _Family("sessions", paths, partial(sessions_part_page, part=part), place)
    for part in range(1, len(parts.speakers)):
        paths = {lang: site.urls.part(lang, "speakers", part) for lang in site.languages}
        yield _Family("speakers", paths, partial(speakers_page, part=part), place)
    for part in range(1, len(parts.messages)):
        paths = {lang: site.urls.part(lang, "key_messages", part) for lang in site.languages}
        yield _Family("key-messages", paths, partial(key_messages_page, part=part), place)


def _records(site: Site) -> Iterator[_Family]:
    conf = site.conf
    for slug, session in conf.sessions.items():
        paths = _below(site, "sessions", slug)
        page, data = partial(session_page, session=session), partial(session_data, session=session)
        image = partial(session_image, session=session)
        yield _Family("session", paths, page, session.place, data, image)
    for slug, speaker in conf.speakers.items():
        paths = _below(site, "speakers", slug)
        view, about = partial(speaker_page, speaker=speaker), partial(speaker_data, speaker=speaker)
        yield _Family("speaker", paths, view, speaker.place, about)
    for slug, text in conf.pages.items():
        if not text.introduces:
            paths = _page_paths(site, slug)
            yield _Family("text", paths, partial(text_page, page=text), text.place)


def _below(site: Site, word: str, key: str) -> dict[str, str]:
    return {lang: site.urls.below(lang, word, key) for lang in site.languages}


def _page_paths(site: Site, slug: str) -> dict[str, str]:
    return {lang: site.urls.page(lang, slug) for lang in site.languages}


def _redirects(site: Site) -> Iterator[_Family]:
    """Old addresses, and ``rondes/N/`` where rounds are told apart by day."""
    conf = site.conf
    for session in conf.sessions.values():
        yield from _moved(site, session, session.title, partial(_below, site, "sessions"))
    for speaker in conf.speakers.values():
        name = Text((Span(speaker.name, site.urls.main),))
        yield from _moved(site, speaker, name, partial(_below, site, "speakers"))
    for page in conf.pages.values():
        yield from _moved(site, page, page.title, partial(_page_paths, site))
    seen: set[int] = set()
    for day, slot, number in rounds(conf) if site.several_days else ():
        if number not in seen:
            seen.add(number)
            goal = {lang: site.round_path(lang, day, number) for lang in site.languages}
            paths = _below(site, "rounds", str(number))
            view = partial(_round_redirect, slot=slot, goal=goal)
            yield _Family("redirect", paths, view, slot.place)


def _moved(
    site: Site,
    record: Session | Speaker | Page,
    title: Text,
    paths: Callable[[str], Mapping[str, str]],
) -> Iterator[_Family]:
    """Lead each old address on; an old slug had a page in every language, an old path is one."""
    for old in record.old_addresses:
        first = old.text.partition("/")[0]
        lang = first if first in site.languages else site.urls.main
        one = {lang: f"{old.text.rstrip('/')}/{INDEX}"}
        view = partial(_text_redirect, title=title, goal=paths(record.slug))
        yield _Family("redirect", one if "/" in old.text else paths(old.text), view, old.place)


def _text_redirect(spot: Spot, *, title: Text, goal: Mapping[str, str]) -> RedirectPage:
    return _redirect(spot, title.of(spot.lang), goal)


def _round_redirect(spot: Spot, *, slot: Slot, goal: Mapping[str, str]) -> RedirectPage:
    return _redirect(spot, slot_title(spot, slot), goal)


def _redirect(spot: Spot, title: Span, goal: Mapping[str, str]) -> RedirectPage:
    around = frame(spot, "redirect", spot.words["redirect_title"], "", script="")
    public = address(spot.site.address, goal[spot.lang]) if spot.site.address else ""
    around = replace(around, canonical=public, alternates=())
    script = spot.to_asset(REDIRECT_SCRIPT)
    return RedirectPage(around, title, spot.to(goal[spot.lang]), script)


def _lost(site: Site) -> tuple[LostPage, Collection[str]]:
    """The page for an address that is not there stands anywhere: its links are root-absolute."""
    base = urlsplit(site.address).path.rstrip("/") + "/"
    spots = [Spot(site, lang, {lang: LOST}, base) for lang in site.languages]
    title = spots[0].words["lost_title"]
    around = replace(frame(spots[0], "lost", title, "", script=""), canonical="")
    page = LostPage(around, tuple(_lost_in(spot) for spot in spots))
    return page, {name for spot in spots for name in spot.seen}


def _lost_in(spot: Spot) -> LostLanguage:
    words, urls = spot.words, spot.site.urls
    goals = {"nav_programme": urls.home(spot.lang)}
    goals |= {f"nav_{w}": urls.own(spot.lang, w) for w in ("sessions", "speakers", "sources")}
    return LostLanguage(
        spot.lang,
        words["lost_title"],
        words["lost_text"],
        tuple(NavLink(Span(words[key], spot.lang), spot.to(path)) for key, path in goals.items()),
    )

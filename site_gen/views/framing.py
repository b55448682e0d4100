"""What stands around a page: its head, menu and foot."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from msgspec.structs import replace

from site_gen.text import Span
from site_gen.urls import SCHEDULE_JSON, SCHEDULE_XML, address, alternates, contact_address
from site_gen.views.frames import Alternate, Feed, Frame, Language, LicenceLink, NavLink
from site_gen.views.site import ICON, Spot
from site_gen.words import Words

STYLESHEET = "assets/css/site.css"
TOUCH_ICON = "assets/icons/apple-touch.png"
SCRIPT = "assets/js/site.js"
OWN_PAGES = ("sessions", "speakers", "key_messages", "sources", "my_programme")


def frame(
    spot: Spot,
    kind: str,
    title: str,
    description: str,
    *,
    script: str = SCRIPT,
    untranslated: bool = False,
) -> Frame:
    """Return what stands around a page; ``title`` is that of the page itself."""
    site_title = spot.site.conf.event.title.of(spot.lang).text
    around = spot.shared(("frame", kind, script), partial(_around, spot, kind, script))
    return replace(
        around,
        title=_full_title(spot.words, title, site_title),
        heading=title,
        locales=tuple(_locale(spot, lang) for lang in spot.paths if lang != spot.lang),
        description=description,
        languages=_languages(spot),
        canonical=address(spot.site.address, spot.path) if spot.site.address else "",
        alternates=_alternates(spot),
        untranslated=untranslated,
    )


def _around(spot: Spot, kind: str, script: str) -> Frame:
    """Return what stands alike around all sessions, or all speakers; the rest is still empty.

    No page that a menu leads to has another beside it, so it may tell that it leads to itself.
    """
    site = spot.site
    return Frame(
        lang=spot.lang,
        kind=kind,
        title="",
        heading="",
        locale=_locale(spot, spot.lang),
        locales=(),
        description="",
        site_title=site.conf.event.title.of(spot.lang),
        site_facts=_facts(spot),
        event=site.conf.event.id,
        root=spot.root,
        home=spot.to(site.urls.home(spot.lang)),
        my_programme=spot.to(site.urls.own(spot.lang, "my_programme")),
        time_zone=site.conf.event.time_zone,
        stylesheet=spot.to_asset(STYLESHEET),
        icon=spot.to_asset(ICON),
        touch_icon=spot.to_asset(TOUCH_ICON),
        manifest=spot.to(site.urls.manifest(spot.lang)),
        script=spot.to_asset(script) if script else "",
        navigation=_navigation(spot),
        footer=_footer(spot),
        licence=_licence(spot),
        languages=(),
        canonical="",
        feeds=_feeds(spot, kind),
        alternates=(),
        untranslated=False,
    )


def _languages(spot: Spot) -> tuple[Language, ...]:
    """Return the language switch; with one language there is nothing to switch."""
    if len(spot.paths) == 1:
        return ()
    return tuple(
        Language(code, spot.site.words[code].name, spot.to(path), code == spot.lang)
        for code, path in spot.paths.items()
    )


def _full_title(words: Words, title: str, site: str) -> str:
    return site if title == site else words.fmt("title_with_site", title=title, site=site)


def _locale(spot: Spot, lang: str) -> str:
    return spot.site.words[lang].section("formats")["locale"]


def _facts(spot: Spot) -> tuple[str, ...]:
    event = spot.site.conf.event
    date = spot.words.date(event.first_day) if event.first_day else ""
    organiser = event.organiser.of(spot.lang).text if event.organiser else ""
    return tuple(fact for fact in (event.location, date, organiser) if fact)


def _navigation(spot: Spot) -> tuple[NavLink, ...]:
    urls, words = spot.site.urls, spot.words
    paths = {"programme": urls.home(spot.lang)}
    paths |= {word: urls.own(spot.lang, word) for word in OWN_PAGES}
    labels = {path: Span(words[f"nav_{word}"], spot.lang) for word, path in paths.items()}
    return _nav_links(spot, labels)


def _footer(spot: Spot) -> tuple[NavLink, ...]:
    """Return the pages of text, and where they are known whom to ask and what the law asks."""
    conf, urls = spot.site.conf, spot.site.urls
    labels = {
        urls.page(spot.lang, slug): page.title.of(spot.lang)
        for slug, page in conf.pages.items()
        if not page.introduces
    }
    outside = {
        "contact": conf.event.contact,
        "accessibility_statement": conf.event.accessibility_statement,
    }
    return _nav_links(spot, labels) + tuple(
        NavLink(Span(spot.words[word], spot.lang), contact_address(goal.text))
        for word, goal in outside.items()
        if goal
    )


def _licence(spot: Spot) -> LicenceLink | None:
    licence = spot.site.conf.event.licence
    return LicenceLink(licence.name, licence.address) if licence else None


def _feeds(spot: Spot, kind: str) -> tuple[Feed, ...]:
    """Return what programs follow: the changes, and from the grid the schedule."""
    site, words = spot.site, spot.words
    found = []
    if site.has_feed:
        path = spot.to(site.urls.feed(spot.lang))
        found.append(Feed("application/atom+xml", path, words["feed_label"]))
    if site.has_calendars and kind == "home":
        label = words["schedule_label"]
        found.append(Feed("application/vnd.c3voc.schedule+xml", spot.to(SCHEDULE_XML), label))
        found.append(Feed("application/json", spot.to(SCHEDULE_JSON), label))
    return tuple(found)


def _nav_links(spot: Spot, labels: Mapping[str, Span]) -> tuple[NavLink, ...]:
    """Return links to these paths."""
    return tuple(NavLink(label, spot.to(path), path == spot.path) for path, label in labels.items())


def _alternates(spot: Spot) -> tuple[Alternate, ...]:
    base = spot.site.address
    return tuple(Alternate(*each) for each in alternates(base, spot.paths)) if base else ()

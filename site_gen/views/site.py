"""What every page is made from: the conference, its words, its paths and its assets."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from site_gen.assets import Asset
from site_gen.markup import BodyView, HeadingView, LinkView
from site_gen.model import Conference, Day
from site_gen.schedule import Timetable, timetable
from site_gen.text import Body, Link, Ref, Span, Text
from site_gen.urls import (
    SCHEDULE_JSON,
    SCHEDULE_XML,
    Urls,
    address,
    alternates,
    contact_address,
    href,
)
from site_gen.views.frames import Alternate, Feed, Frame, Language, LicenceLink, NavLink
from site_gen.words import Words

STYLESHEET = "assets/css/site.css"
ICON = "assets/icons/site.svg"
TOUCH_ICON = "assets/icons/apple-touch.png"
SCRIPT = "assets/js/site.js"
ENGINE = "pagefind/pagefind.js"
T = TypeVar("T")
OWN_PAGES = ("sessions", "speakers", "key_messages", "sources", "my_programme")


@dataclass(frozen=True)  # no slots: what is worked out once is kept in the value itself
class Site:
    """The whole input of the views; ``address`` is the public address, or empty."""

    conf: Conference
    urls: Urls
    words: Mapping[str, Words]
    assets: Mapping[str, Asset]
    address: str

    @cached_property
    def timetable(self) -> Timetable:
        """When each session is held, and who is on."""
        return timetable(self.conf)

    @cached_property
    def shared(self) -> dict[Hashable, Any]:
        """What :meth:`Spot.shared` keeps."""
        return {}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the site, the main one first."""
        return self.conf.event.languages

    @property
    def several_days(self) -> bool:
        """Whether pages must tell the days apart."""
        return len(self.conf.days) > 1

    @property
    def has_calendars(self) -> bool:
        """Whether there are calendars: once there is a date, and something on it."""
        return self.conf.event.first_day is not None and bool(self.conf.days)

    @property
    def has_feed(self) -> bool:
        """Whether there is a feed of changes: it needs an address, and a moment to begin with."""
        event = self.conf.event
        return bool(self.address) and (event.first_day is not None or bool(event.changes))

    def day_path(self, lang: str, day: Day) -> str:
        """Return the path of a day's grid: the home page where there is only one."""
        if not self.several_days:
            return self.urls.home(lang)
        return self.urls.below(lang, "days", str(day.date))

    def round_path(self, lang: str, day: Day, number: int) -> str:
        """Return the path of a round's page."""
        return self.urls.below(lang, "rounds", self.round_key(day, number))

    def round_key(self, day: Day, number: int) -> str:
        """Return what a round is called in paths: with the day where there are several."""
        return f"{day.date}-{number}" if self.several_days else str(number)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a page is written: its path per language, and the language of this one.

    With a ``base`` (the path of the site on its server) links are root-absolute, not relative.
    """

    site: Site
    lang: str
    paths: Mapping[str, str]
    base: str = ""

    @property
    def path(self) -> str:
        """The path of this page."""
        return self.paths[self.lang]

    @property
    def root(self) -> str:
        """The link from this page to the folder in which the site stands."""
        return self.base or "../" * self.path.count("/") or "./"

    @property
    def words(self) -> Words:
        """The words of this page's language."""
        return self.site.words[self.lang]

    def text(self, text: Text | None) -> Span | None:
        """Return a text in this page's language, or the main one."""
        return text.of(self.lang) if text else None

    def language_name(self, code: str) -> Span:
        """Return the name of a language, in that language where we know it."""
        known = self.site.words.get(code)
        return Span(known.name if known else code, code)

    def to(self, path: str, fragment: str = "") -> str:
        """Return the link from this page to another file of the output."""
        if not self.base:
            return href(self.path, path, fragment)
        return address(self.base, path) + (f"#{fragment}" if fragment else "")

    def shared(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what all sessions show alike, or all speakers, or all rounds: made once for them.

        Links are relative, so it may not hold one to the page itself or to what lies beside it.
        """
        folder = self.path.rpartition("/")[0]
        depth = self.path.count("/") - self.site.urls.home(self.lang).count("/")
        place = folder.rpartition("/")[0] if depth > 1 else f"{folder}/"
        known, whole = self.site.shared, (self.lang, self.base, place, key)
        if whole not in known:
            known[whole] = make()
        found: T = known[whole]
        return found

    def calendar(self, path: str) -> str:
        """Return the link from this page to a calendar, or nothing while there is none."""
        return self.to(path) if self.site.has_calendars else ""

    def to_ref(self, ref: Ref) -> str:
        """Return the link from this page to what a link in the content leads to."""
        urls, lang = self.site.urls, self.lang
        match ref.kind:
            case "external":
                return ref.key
            case "asset":
                return self.to(self.site.assets[ref.key].path)
            case "source":
                anchor = f"{ref.key}--{ref.fragment}" if ref.fragment else ref.key
                return self.to(urls.own(lang, "sources"), anchor)
            case "page":
                return self.to(urls.page(lang, ref.key), ref.fragment)
            case kind:
                return self.to(urls.below(lang, f"{kind}s", ref.key), ref.fragment)

    def body(
        self, body: Body | None, *, anchors: tuple[str, ...] = (), shift: int = 0, prefix: str = ""
    ) -> BodyView | None:
        """Return a text ready for this page; ``anchors`` are the ids of its links to sources.

        ``prefix`` goes before the ids of its headings, where it is one of several on the page.
        """
        if body is None:
            return None
        ids, words = iter(anchors), self.site.words[body.lang]
        return BodyView(
            body.html,
            body.lang,
            tuple(
                HeadingView(prefix + heading.id, words.fmt("anchor_label", name=heading.text))
                for heading in body.headings
            ),
            tuple(
                self._link(link, next(ids, "") if link.goal.kind == "source" else "")
                for link in body.links
            ),
            shift,
        )

    def _link(self, link: Link, anchor: str) -> LinkView:
        asset = self.site.assets.get(link.goal.key) if link.goal.kind == "asset" else None
        size = (asset.width, asset.height) if asset else (0, 0)
        return LinkView(self.to_ref(link.goal), anchor, *size)


def choices_key(lang: str) -> str:
    """Return the key among the assets of what "my programme" chooses from, in a language."""
    return f"assets/data/programma.{lang}.js"


def texts_key(lang: str) -> str:
    """Return the key among the assets of the texts in which words are found, in a language."""
    return f"assets/data/teksten.{lang}.js"


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
    site, words = spot.site, spot.words
    site_title = site.conf.event.title.of(spot.lang)
    return Frame(
        lang=spot.lang,
        kind=kind,
        title=_full_title(words, title, site_title.text),
        heading=title,
        locale=_locale(spot, spot.lang),
        locales=tuple(_locale(spot, lang) for lang in spot.paths if lang != spot.lang),
        description=description,
        site_title=site_title,
        site_facts=_facts(spot),
        event=site.conf.event.id,
        root=spot.root,
        home=spot.to(site.urls.home(spot.lang)),
        my_programme=spot.to(site.urls.own(spot.lang, "my_programme")),
        time_zone=site.conf.event.time_zone,
        stylesheet=spot.to(site.assets[STYLESHEET].path),
        icon=spot.to(site.assets[ICON].path),
        touch_icon=spot.to(site.assets[TOUCH_ICON].path),
        manifest=spot.to(site.urls.manifest(spot.lang)),
        script=spot.to(site.assets[script].path) if script else "",
        navigation=_navigation(spot),
        footer=_footer(spot),
        licence=_licence(spot),
        languages=_languages(spot),
        canonical=address(site.address, spot.path) if site.address else "",
        feeds=_feeds(spot, kind),
        alternates=_alternates(spot),
        untranslated=untranslated,
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
    return _nav_links(spot, "navigation", labels)


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
    return _nav_links(spot, "footer", labels) + tuple(
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


def _nav_links(spot: Spot, name: str, labels: Mapping[str, Span]) -> tuple[NavLink, ...]:
    """Return links to these paths; only the pages that they lead to show them in another way."""

    def make() -> tuple[NavLink, ...]:
        return tuple(
            NavLink(label, spot.to(path), path == spot.path) for path, label in labels.items()
        )

    return make() if spot.path in labels else spot.shared(name, make)


def _alternates(spot: Spot) -> tuple[Alternate, ...]:
    base = spot.site.address
    return tuple(Alternate(*each) for each in alternates(base, spot.paths)) if base else ()

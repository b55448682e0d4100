"""What every page is made from: the conference, its words, its paths and its assets."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import cached_property
from typing import Any, TypeVar

from msgspec import Struct, field

from site_gen.assets import Asset
from site_gen.markup import BodyView, HeadingView, LinkView
from site_gen.model import Conference, Day
from site_gen.schedule import DAY, Timetable, timetable
from site_gen.store import digest
from site_gen.text import Body, Link, Ref, Span, Text
from site_gen.urls import Urls, address, href
from site_gen.views.parts import Parts
from site_gen.words import Words

ICON = "assets/icons/site.svg"
ENGINE = "pagefind/pagefind.js"
T = TypeVar("T")


class Site(Struct, frozen=True, dict=True):  # dict: for what it works out once
    """The whole input of the views; ``address`` is the public address, or empty.

    ``outline`` is a hash of all of it but texts and assets, and ``texts`` holds one of each text,
    by its path in the project.
    """

    conf: Conference
    urls: Urls
    words: Mapping[str, Words]
    assets: Mapping[str, Asset]
    address: str
    outline: bytes = b""
    texts: Mapping[str, bytes] = {}

    def fact(self, name: str) -> bytes:
        """Return what a page sees by a name in :attr:`Spot.seen`: a text, or a published file."""
        if name in self.texts:
            return self.texts[name]
        asset = self.assets.get(name)
        return f"{asset.path} {asset.width} {asset.height}".encode() if asset else b""

    def text(self, body: Body | None) -> bytes:
        """Return a hash of a text and of the files that it leads to, wherever it is shown."""
        if body is None:
            return b""
        files = [link.goal.key for link in body.links if link.goal.kind == "asset"]
        return digest(*(self.fact(name) for name in (body.place.path, *files)))

    @cached_property
    def timetable(self) -> Timetable:
        """When each session is held, and who is on."""
        return timetable(self.conf)

    @cached_property
    def shared(self) -> dict[Hashable, Any]:
        """What :meth:`Spot.shared` and :meth:`Spot.everywhere` keep."""
        return {}

    @cached_property
    def parts(self) -> Parts:
        """How the grids and lists are spread over pages."""
        return Parts(self.conf, self.timetable)

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

    def grid_path(self, lang: str, day: Day, part: int) -> str:
        """Return the path of a part of a day's grid, from 0."""
        if part == 0:
            return self.day_path(lang, day)
        hours, minutes = divmod(self.parts.grids[day.number][part][0].begin % DAY, 60)
        return self.urls.below(lang, "days", f"{day.date}/{hours:02}{minutes:02}")

    def sessions_path(self, lang: str, part: int) -> str:
        """Return the path of a part of the list of sessions, from 0: the list if it is the only."""
        if len(self.parts.sessions) < 2:
            return self.urls.own(lang, "sessions")
        return self.urls.part(lang, "sessions", part + 1)

    def messages_path(self, lang: str, session: str) -> str:
        """Return the path of the page that collects the key messages of a session, by its slug."""
        return self.urls.part(lang, "key_messages", self.parts.messages_of.get(session, 0))

    def round_path(self, lang: str, day: Day, number: int) -> str:
        """Return the path of a round's page."""
        return self.urls.below(lang, "rounds", self.round_key(day, number))

    def round_key(self, day: Day, number: int) -> str:
        """Return what a round is called in paths: with the day where there are several."""
        return f"{day.date}-{number}" if self.several_days else str(number)


class Spot(Struct, frozen=True, dict=True):  # dict: for what it works out once
    """Where a page is written: its path per language, and the language of this one.

    With a ``base`` (the path of the site on its server) links are root-absolute, not relative.
    ``seen`` gathers the texts and files that the page asks for: their names, see :meth:`Site.fact`.
    """

    site: Site
    lang: str
    paths: Mapping[str, str]
    base: str = ""
    seen: set[str] = field(default_factory=set)

    @cached_property
    def path(self) -> str:
        """The path of this page."""
        return self.paths[self.lang]

    @property
    def root(self) -> str:
        """The link from this page to the folder in which the site stands."""
        return self.base or "../" * self.path.count("/") or "./"

    @cached_property
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
        return self._made_once((self._place, key), make)

    def everywhere(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what all pages of this language show alike: it holds no link at all."""
        return self._made_once((self.lang, key), make)

    def _made_once(self, key: Hashable, make: Callable[[], T]) -> T:
        known = self.site.shared
        if key not in known:
            before = self.seen.copy()
            self.seen.clear()
            known[key] = make(), frozenset(self.seen)
            self.seen.update(before)
        found: T
        found, seen = known[key]
        self.seen.update(seen)
        return found

    @cached_property
    def _place(self) -> Hashable:
        """What a page has in common with those that lie beside it."""
        folder = self.path.rpartition("/")[0]
        depth = self.path.count("/") - self.site.urls.home(self.lang).count("/")
        return self.lang, self.base, folder.rpartition("/")[0] if depth > 1 else f"{folder}/"

    def has_asset(self, key: str) -> bool:
        """Tell whether a file is published, by its path in the project."""
        self.seen.add(key)
        return key in self.site.assets

    def asset(self, key: str) -> Asset:
        """Return a published file by its path in the project."""
        self.seen.add(key)
        return self.site.assets[key]

    def to_asset(self, key: str) -> str:
        """Return the link from this page to a published file."""
        return self.to(self.asset(key).path)

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
                return self.to_asset(ref.key)
            case "source":
                anchor = f"{ref.key}--{ref.fragment}" if ref.fragment else ref.key
                return self.to(urls.own(lang, "sources"), anchor)
            case "page" if urls.introduced(ref.key) == "key_messages":
                session = ref.fragment.partition("--")[0]
                return self.to(self.site.messages_path(lang, session), ref.fragment)
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
        self.seen.add(body.place.path)
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
        asset = self.asset(link.goal.key) if link.goal.kind == "asset" else None
        size = (asset.width, asset.height) if asset else (0, 0)
        return LinkView(self.to_ref(link.goal), anchor, *size)


def choices_key(lang: str) -> str:
    """Return the key among the assets of what "my programme" chooses from, in a language."""
    return f"assets/data/programma.{lang}.js"


def texts_key(lang: str) -> str:
    """Return the key among the assets of the texts in which words are found, in a language."""
    return f"assets/data/teksten.{lang}.js"

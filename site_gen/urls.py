"""Every path and anchor of the site: the one place that knows where a page is written.

A path is that of a file in the output, with forward slashes. Links name ``index.html``, so that the
site also works from a folder on disk; public addresses leave it out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from urllib.parse import quote

from msgspec import Struct

INDEX = "index.html"
SCHEDULE_XML, SCHEDULE_JSON = "schedule.xml", "schedule.json"
"""What conference apps look for, at the root."""
_quoted = lru_cache(maxsize=32_768)(quote)  # the same few links stand on very many pages


class Urls(Struct, frozen=True, dict=True):  # dict: for what it works out once
    """The paths of a site.

    ``words`` holds the path words per language, the main one first; ``files`` the names of calendar
    files, without what follows them.
    """

    words: Mapping[str, Mapping[str, str]]
    files: Mapping[str, Mapping[str, str]]

    def home(self, lang: str) -> str:
        """Return the path of the day grid."""
        return self._base(lang) + INDEX

    def own(self, lang: str, word: str) -> str:
        """Return the path of one of the site's own pages, by its path word (``sessions`` …)."""
        return f"{self._base(lang)}{self.words[lang][word]}/{INDEX}"

    def part(self, lang: str, word: str, part: int) -> str:
        """Return the path of a part of one of the own pages, from 0: the first is that page."""
        return self.below(lang, word, str(part + 1)) if part else self.own(lang, word)

    def below(self, lang: str, word: str, key: str) -> str:
        """Return the path of a page below a path word: a session, a speaker, a round, a day."""
        return f"{self._base(lang)}{self.words[lang][word]}/{key}/{INDEX}"

    def page(self, lang: str, slug: str) -> str:
        """Return the path of a page of text, or of the site's own page that it introduces."""
        word = self.introduced(slug)
        return self.own(lang, word) if word else f"{self._base(lang)}{slug}/{INDEX}"

    def calendar(self, lang: str) -> str:
        """Return the path of the calendar of the whole programme."""
        return f"{self._base(lang)}{self.files[lang]['programme']}.ics"

    def session_calendar(self, lang: str, slug: str) -> str:
        """Return the path of a session's calendar, beside its page."""
        return self.below(lang, "sessions", slug).removesuffix(INDEX) + f"{slug}.ics"

    def round_calendar(self, lang: str, key: str) -> str:
        """Return the path of a round's calendar, beside its page."""
        page = self.below(lang, "rounds", key)
        return f"{page.removesuffix(INDEX)}{self.files[lang]['round']}-{key}.ics"

    def feed(self, lang: str) -> str:
        """Return the path of the feed of changes."""
        return f"{self._base(lang)}feed.xml"

    def manifest(self, lang: str) -> str:
        """Return the path of what a system needs to install the site."""
        return f"{self._base(lang)}manifest.webmanifest"

    def texts(self, lang: str) -> str:
        """Return the path of the texts in which words are found; its name is in ``sw.js`` too."""
        return f"{self._base(lang)}teksten.js"

    def introduced(self, slug: str) -> str:
        """Return the path word of the own page that a page file of this name introduces, or ''."""
        main = self.words[self.main]
        return next((word for word in INTRODUCIBLE if main[word] == slug), "")

    @cached_property
    def main(self) -> str:
        """The main language: its pages stand at the root."""
        return next(iter(self.words))

    @property
    def path_words(self) -> frozenset[str]:
        """What no page of text may be called: the path words and the language codes."""
        words = {word for by_word in self.words.values() for word in by_word.values()}
        return frozenset(words | set(self.words))

    def _base(self, lang: str) -> str:
        return "" if lang == self.main else f"{lang}/"


INTRODUCIBLE = ("key_messages", "sources", "my_programme", "sessions", "speakers")
_DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)
}
RESERVED = frozenset({"index", "assets", "404", "sw", "site", *_DEVICES})


def href(page: str, goal: str, fragment: str = "") -> str:
    """Return the relative link from one file of the output to another (or to an id in it)."""
    anchor = f"#{fragment}" if fragment else ""
    if page == goal and anchor:
        return anchor
    return _from(page.rpartition("/")[0], goal) + anchor


def _from(folder: str, goal: str) -> str:
    """Return the way from a folder to a file, in it or elsewhere."""
    if not folder:
        return quote(goal)
    if goal.startswith(f"{folder}/"):
        return quote(goal[len(folder) + 1 :])
    return _up(folder.rpartition("/")[0], goal)


@lru_cache(maxsize=32_768)  # from all folders that lie side by side, the way is the same
def _up(parent: str, goal: str) -> str:
    return "../" + _from(parent, goal)


def address(base: str, path: str) -> str:
    """Return the public address of a file below the address of the site."""
    return base.rstrip("/") + "/" + _quoted(path.removesuffix(INDEX))


CHANGES = "site-changes"
"""The anchor of the changes on the home page."""


def contact_address(contact: str) -> str:
    """Return the address behind a contact: of a mailbox (RFC 6068) or of a page."""
    return contact if "://" in contact else "mailto:" + quote(contact, safe="@!$*+")


def alternates(base: str, paths: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the languages of a page with their addresses, ``x-default`` (the main one) last.

    ``paths`` is the page's path per language; a page in one language has no others to name.
    """
    found = [(code, address(base, path)) for code, path in paths.items()]
    return [*found, ("x-default", found[0][1])] if len(found) > 1 else []


def key_message(name: str) -> str:
    """Return the anchor of a key message on its session's page."""
    return f"kernboodschap-{name}"


def collected_key_message(slug: str, name: str) -> str:
    """Return the anchor of a key message on the page that collects them."""
    return f"{slug}--{name}"


def mention(slug: str, number: int) -> str:
    """Return the anchor of the ``number``-th mention (from 1) of a source on a session's page."""
    return f"bron-{slug}" if number == 1 else f"bron-{slug}--{number}"

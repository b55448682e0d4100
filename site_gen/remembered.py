"""Pages that would come out as they did, known by what they were made from.

A page is made from two things. The outline of the site is all that any page may show of anything:
titles, times, names, where links lead, words, templates. Texts, and the names of published files,
are seen by some pages only; which ones a page saw was noted while its context was made
(:attr:`site_gen.views.site.Spot.seen`). With the same outline its context is made in the same way
and sees the same; so where what it saw is as it was, it is the same page, and nothing is made.

With another outline the context is made, and where that is as it was, nothing is rendered.

The page itself is that of the last build, wherever that is now, and it counts only if it has the
hash that it had. Where there is no such build (as on a machine that only publishes) it is in the
store.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from typing import TypeVar

from msgspec import Struct
from msgspec.msgpack import decode, encode

from site_gen.hashes import File, Hashes, Kept, hash_of, size
from site_gen.plan import Planned
from site_gen.store import SIZE, Store, digest, digest_files
from site_gen.views.contexts import Context
from site_gen.views.site import Site

T = TypeVar("T")
LastBuild = Callable[[str], File | None]
"""Returns the file at a path as the last build left it, or nothing."""


def no_last_build(_path: str) -> None:
    """There is nothing to go by."""


class Seen(Struct, frozen=True, array_like=True):
    """What a page saw, by name, a hash of what that was, and what the page came to.

    ``context`` is the key under which the page stands by its context.
    """

    names: tuple[str, ...]
    facts: bytes
    page: Kept
    context: bytes


class Remembered:
    """What the store knows of the pages of a site, with the ``last`` build to take them from.

    ``learned`` is what was seen by the pages that were made since, by path. With ``aside`` a page
    that is in the store is not handed out, but what is known of it: so few are in memory at once.
    """

    def __init__(
        self,
        site: Site,
        templates: Mapping[str, bytes],
        store: Store,
        last: LastBuild,
        hashes: Hashes,
        *,
        aside: bool = False,
    ) -> None:
        self._site, self._store, self._last, self._hashes = site, store, last, hashes
        self._aside = aside
        self._templates = digest_files(templates)
        self._pages = digest("pages", site.outline)
        self._known = self._noted(self._pages, dict[str, Seen])
        self._facts = cache(self._facts_of)
        self.learned: dict[str, Seen] = {}

    @property
    def empty(self) -> bool:
        """Whether nothing is known of this site."""
        return not self._known

    def page(self, page: Planned) -> File | None:
        """Return a page that needs no making."""
        known = self.learned.get(page.path) or self._known.get(page.path)
        if known is None or known.facts != self._facts(known.names):
            return None
        self._store.keep(known.context)  # for when the outline is another
        return self._found(page.path, known.page)

    def rendered(
        self, page: Planned, context: Context, seen: Collection[str], render: Callable[[], bytes]
    ) -> File:
        """Return a page with this context, and keep what it was made from."""
        key = digest("context", self._templates, page.path, page.template, encode(context))
        known = self._store.get(key)
        file = self._found(page.path, known) if isinstance(known, Kept) else None
        if file is None:
            file = self._kept(render())
        about = Kept(self._hashes.of(file), size(file))
        if known != about:
            self._store.put(key, about)
        names = tuple(sorted(seen))
        self.learned[page.path] = Seen(names, self._facts(names), about, key)
        return file

    def files(self, key: bytes, make: Callable[[], Mapping[str, bytes]]) -> dict[str, File]:
        """Return files for which this key stands, as it does for those that see no text."""
        known = self._noted(key, dict[str, Kept])
        found = {path: self._found(path, each) for path, each in known.items()}
        files = {path: file for path, file in found.items() if file is not None}
        if known and len(files) == len(known):
            return files
        made = make()
        files = {path: self._kept(file) for path, file in made.items()}
        now = {path: Kept(self._hashes.of(file), size(file)) for path, file in files.items()}
        if now != known:
            self._store.put(key, encode(now))
        return files

    def keep(self, learned: Mapping[str, Seen], paths: Iterable[str]) -> None:
        """Keep what is known of the pages at these paths, and what was ``learned`` of them."""
        both = {**self._known, **learned}
        known = {path: both[path] for path in paths if path in both}
        if known != self._known:
            self._store.put(self._pages, encode(known))

    def _noted(self, key: bytes, form: type[dict[str, T]]) -> dict[str, T]:
        """Return by path what is noted under this key."""
        data = self._store.get(key)
        return decode(data, type=form) if isinstance(data, bytes) else {}

    def _facts_of(self, names: tuple[str, ...]) -> bytes:
        return digest(*map(self._site.fact, names))

    def _found(self, path: str, known: Kept) -> File | None:
        file, key = self._last(path), _key(known.hash)
        if file is not None and self._hashes.of(file) == known.hash:
            self._store.keep(key)
            return file
        if self._aside and self._store.has(key):
            self._store.keep(key)
            return known
        return content_of(self._store, known.hash)

    def _kept(self, page: bytes) -> File:
        found = hash_of(page) if self._aside else self._hashes.of(page)
        if not self._store.has(_key(found)):
            self._store.put_aside(_key(found), page)
        return Kept(found, len(page)) if self._aside else page


def content_of(store: Store, known: bytes) -> bytes | None:
    """Return the page that has this SHA-256, where it is in the store."""
    page = store.fetch(_key(known))
    return page if isinstance(page, bytes) else None


def _key(known: bytes) -> bytes:
    return known[:SIZE]

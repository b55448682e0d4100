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
from functools import cache, partial

from msgspec import Struct
from msgspec.msgpack import decode, encode

from site_gen.hashes import File, Hashes
from site_gen.plan import Planned
from site_gen.store import SIZE, Store, digest, digest_files
from site_gen.views.contexts import Context
from site_gen.views.site import Site

LastBuild = Callable[[str], File | None]
"""Returns the file at a path as the last build left it, or nothing."""


def no_last_build(_path: str) -> None:
    """There is nothing to go by."""


class Seen(Struct, frozen=True, array_like=True):
    """What a page saw, by name, a hash of what that was, and the SHA-256 of the page.

    ``context`` is the key under which the page stands by its context.
    """

    names: tuple[str, ...]
    facts: bytes
    hash: bytes
    context: bytes


class Remembered:
    """What the store knows of the pages of a site, with the ``last`` build to take them from.

    ``learned`` is what was seen by the pages that were made since, by path.
    """

    def __init__(
        self,
        site: Site,
        templates: Mapping[str, bytes],
        store: Store,
        last: LastBuild,
        hashes: Hashes,
    ) -> None:
        self._site, self._store, self._last, self._hashes = site, store, last, hashes
        self._templates = digest_files(templates)
        self._key = digest("pages", site.outline)
        self._known = decode(store.recall(self._key, partial(encode, {})), type=dict[str, Seen])
        self._facts = cache(self._facts_of)
        self.learned: dict[str, Seen] = {}

    @property
    def empty(self) -> bool:
        """Whether nothing is known of this site."""
        return not self._known

    def page(self, page: Planned) -> File | None:
        """Return a page that needs no making."""
        known = self._known.get(page.path)
        if known is None or known.facts != self._facts(known.names):
            return None
        self._store.keep(known.context)  # for when the outline is another
        return self._found(page.path, known.hash)

    def rendered(
        self, page: Planned, context: Context, seen: Collection[str], render: Callable[[], bytes]
    ) -> File:
        """Return a page with this context, and keep what it was made from."""
        key = digest("context", self._templates, page.path, page.template, encode(context))
        known = self._store.get(key)
        file = self._found(page.path, known) if isinstance(known, bytes) else None
        if file is None:
            file = render()
        found = self._hashes.of(file)
        if isinstance(file, bytes) and not self._store.has(_content(found)):
            self._store.put(_content(found), file)
        if known != found:
            self._store.put(key, found)
        names = tuple(sorted(seen))
        self.learned[page.path] = Seen(names, self._facts(names), found, key)
        return file

    def files(self, name: str, make: Callable[[], Mapping[str, bytes]]) -> dict[str, File]:
        """Return files that see no text, as a calendar does; they are in the store as well."""
        key = digest(name, self._site.outline)
        hashes = digest("hashes", key)
        known = decode(self._store.recall(hashes, partial(encode, {})), type=dict[str, bytes])
        found = {path: self._found(path, each) for path, each in known.items()}
        kept = {path: file for path, file in found.items() if file is not None}
        if known and len(kept) == len(known):
            self._store.keep(key)
            return kept
        made = self._store.recall(key, make)
        now = {path: self._hashes.of(file) for path, file in made.items()}
        if now != known:
            self._store.put(hashes, encode(now))
        return dict(made)

    def keep(self, learned: Mapping[str, Seen], paths: Iterable[str]) -> None:
        """Keep what is known of the pages at these paths, and what was ``learned`` of them."""
        both = {**self._known, **learned}
        known = {path: both[path] for path in paths if path in both}
        if known != self._known:
            self._store.put(self._key, encode(known))

    def _facts_of(self, names: tuple[str, ...]) -> bytes:
        return digest(*map(self._site.fact, names))

    def _found(self, path: str, known: bytes) -> File | None:
        file = self._last(path)
        if file is not None and self._hashes.of(file) == known:
            self._store.keep(_content(known))
            return file
        stored = self._store.get(_content(known))
        return stored if isinstance(stored, bytes) else None


def _content(known: bytes) -> bytes:
    """Return the key under which the file with this SHA-256 is in the store."""
    return known[:SIZE]

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

from msgspec import Struct
from msgspec.msgpack import encode

from site_gen.hashes import File, Hashes
from site_gen.plan import Planned
from site_gen.store import Store, digest, digest_files
from site_gen.views.contexts import Context
from site_gen.views.site import Site

LastBuild = Callable[[str], File | None]
"""Returns the file at a path as the last build left it, or nothing."""


def no_last_build(_path: str) -> None:
    """There is nothing to go by."""


class _Page(Struct, frozen=True):
    """What a page saw, by name, a hash of what that was, and the SHA-256 of the page.

    ``context`` is the key under which the page stands by its context.
    """

    seen: tuple[str, ...]
    facts: bytes
    hash: bytes
    context: bytes


class Remembered:
    """What the store knows of the pages of a site, with the ``last`` build to take them from."""

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

    def page(self, page: Planned) -> File | None:
        """Return a page that needs no making."""
        known = self._store.get(self._key(page))
        if isinstance(known, _Page) and known.facts == self._facts(known.seen):
            self._store.keep(known.context)  # for when the outline is another
            return self._found(page.path, known.hash)
        return None

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
        if isinstance(file, bytes) and not self._store.has(content := digest("content", found)):
            self._store.put(content, file)
        names = tuple(sorted(seen))
        self._keep(self._key(page), _Page(names, self._facts(names), found, key))
        self._keep(key, found)
        return file

    def files(self, name: str, make: Callable[[], Mapping[str, bytes]]) -> dict[str, File]:
        """Return files that see no text, as a calendar does; they are in the store as well."""
        key = digest(name, self._site.outline)
        known = self._store.recall(digest("hashes", key), dict[str, bytes])
        found = {path: self._found(path, each) for path, each in known.items()}
        kept = {path: file for path, file in found.items() if file is not None}
        if known and len(kept) == len(known):
            self._store.keep(key)
            return kept
        made = self._store.recall(key, make)
        self._keep(digest("hashes", key), {p: self._hashes.of(file) for p, file in made.items()})
        return dict(made)

    def _keep(self, key: bytes, result: object) -> None:
        if self._store.get(key) != result:
            self._store.put(key, result)

    def _key(self, page: Planned) -> bytes:
        return digest("page", self._site.outline, page.path)

    def _facts(self, seen: Iterable[str]) -> bytes:
        return digest(*(self._site.fact(name) for name in seen))

    def _found(self, path: str, known: bytes) -> File | None:
        file, key = self._last(path), digest("content", known)
        if file is not None and self._hashes.of(file) == known:
            self._store.keep(key)
            return file
        stored = self._store.get(key)
        return stored if isinstance(stored, bytes) else None

"""Site to files: the pages, and everything that is published beside them."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from site_gen.exports import with_texts, without_texts
from site_gen.hashes import File, Hashes
from site_gen.plan import Planned, plan
from site_gen.problems import Problem
from site_gen.progress import Progress, silent
from site_gen.remembered import LastBuild, Remembered, Seen, no_last_build
from site_gen.seal import seal
from site_gen.store import Store, digest
from site_gen.sums import SUMS, sums
from site_gen.views.site import Site
from site_gen.workers import WORTH_SHARING, cut


class Made(NamedTuple):
    """Files by path, the problems there were, and what was seen by the pages that were made."""

    files: dict[str, File]
    problems: list[Problem]
    learned: Mapping[str, Seen] = {}


class Making:
    """A site that becomes files: first some pages, for who waits for these, and then all of it.

    The ``last`` build is where pages are taken from that would come out as they did. What is among
    the ``hashes`` is not hashed again; of what is no part of the site they are let go. With
    ``aside`` the content of pages may be left in the store.
    """

    def __init__(
        self,
        site: Site,
        templates: Mapping[str, bytes],
        *,
        store: Store | None = None,
        processes: int = 1,
        last: LastBuild = no_last_build,
        hashes: Hashes | None = None,
        aside: bool = False,
    ) -> None:
        self._site, self._templates, self._processes = site, templates, processes
        self._store, self._hashes = store or Store(), hashes or Hashes()
        self._pages = plan(site)
        self._remembered = Remembered(site, templates, self._store, last, self._hashes, aside=aside)

    def glimpse(self, paths: Container[str]) -> tuple[dict[str, File], list[Problem]]:
        """Return these pages and all assets, and the problems: what a preview shows first."""
        made = self._made([page for page in self._pages if page.path in paths], silent)
        return made.files | self._assets(), made.problems

    def complete(self, progress: Progress = silent) -> tuple[dict[str, File], int, list[Problem]]:
        """Return every file of the site by path, the number of pages, and the problems."""
        pages, remembered, store = self._pages, self._remembered, self._store
        many = remembered.empty and len(pages) >= WORTH_SHARING
        parts: list[Callable[[], Made]] = [partial(self._made, pages, progress), self._exported]
        made = _together(store.share_out(parts, self._processes if many else 1))
        remembered.keep(made.learned, [page.path for page in pages])
        files = made.files | self._assets()
        if not made.problems:  # with a page that is not there, there is nothing whole to name
            files |= seal(self._site, pages, files, self._templates, self._hashes)
        files[SUMS] = sums(files, self._hashes)
        self._hashes.forget_all_but(files.values())
        return files, len(pages), made.problems

    def _made(self, pages: Sequence[Planned], progress: Progress) -> Made:
        """Make pages; over processes they are shared out by language, as its pages share much."""
        found = {page.path: self._remembered.page(page) for page in pages}
        kept = {path: file for path, file in found.items() if file is not None}
        languages = self._site.languages
        rest = sorted(
            (page for page in pages if page.path not in kept),
            key=lambda page: languages.index(page.lang),
        )
        if not rest:
            return Made(kept, [])
        count = self._processes if len(rest) >= WORTH_SHARING else 1
        self._store.catch_up()
        first, *others = cut(rest, count)

        def told(done: int, _total: int) -> None:
            progress(done * len(rest) // len(first), len(rest))

        parts = [
            partial(self._rendered, first, told),
            *(partial(self._rendered, other, silent) for other in others),
        ]
        return _together([Made(kept, []), *self._store.share_out(parts, count)])

    def _rendered(self, pages: Sequence[Planned], progress: Progress) -> Made:
        from site_gen.render import render  # and Jinja2, which takes long to load

        remembered, words = self._remembered, self._site.words
        made = render(pages, self._templates, words, progress, self._store, remembered)
        return Made(*made, remembered.learned)

    def _exported(self) -> Made:
        site, store = self._site, self._store
        known = self._remembered.files
        dated = digest("calendars", site.outline)
        calendars = known(dated, partial(without_texts, site, store))
        addresses = (
            part for p in self._pages for part in (p.template, *p.paths, *p.paths.values())
        )
        listed = digest("engines", site.address, *addresses)
        lists = known(listed, self._listed)
        return Made({**calendars, **lists, **with_texts(site, store)}, [])

    def _listed(self) -> dict[str, bytes]:
        from site_gen.seal.engines import engines  # and what writes XML

        return engines(self._pages, self._site.address)

    def _assets(self) -> dict[str, File]:
        return {asset.path: asset.data for asset in self._site.assets.values()}


def _together(parts: Sequence[Made]) -> Made:
    files, problems, learned = zip(*parts, strict=True)
    return Made(
        {path: file for each in files for path, file in each.items()},
        [fault for each in problems for fault in each],
        {path: seen for each in learned for path, seen in each.items()},
    )

"""Site to files: the pages, and everything that is published beside them."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from site_gen.exports import with_texts, without_texts
from site_gen.hashes import File, Hashes
from site_gen.plan import Planned, plan
from site_gen.problems import Problem
from site_gen.progress import Progress, silent
from site_gen.remembered import LastBuild, Remembered, Seen, no_last_build
from site_gen.render import compile_all, render
from site_gen.seal import seal
from site_gen.store import Store
from site_gen.sums import SUMS, sums
from site_gen.views.site import Site
from site_gen.workers import WORTH_SHARING, cut


class Made(NamedTuple):
    """Files by path, the problems there were, and what was seen by the pages that were made."""

    files: dict[str, File]
    problems: list[Problem]
    learned: Mapping[str, Seen] = {}


def complete(
    site: Site,
    templates: Mapping[str, bytes],
    progress: Progress = silent,
    *,
    store: Store | None = None,
    processes: int = 1,
    last: LastBuild = no_last_build,
    hashes: Hashes | None = None,
    aside: bool = False,
) -> tuple[dict[str, File], int, list[Problem]]:
    """Return every file of a site by path, the number of pages, and the problems.

    The ``last`` build is where pages are taken from that would come out as they did. What is among
    the ``hashes`` is not hashed again; of what is no part of the site they are let go. With
    ``aside`` the content of pages may be left in the store.
    """
    pages, store, hashes = plan(site), store or Store(), hashes or Hashes()
    remembered = Remembered(site, templates, store, last, hashes, aside=aside)
    found = store.share_out(
        [
            partial(_pages, pages, site, templates, remembered, store, processes, progress),
            partial(_exported, site, remembered, store),
        ],
        processes if remembered.empty and len(pages) >= WORTH_SHARING else 1,
    )
    made = _together(found)
    remembered.keep(made.learned, [page.path for page in pages])
    files = made.files | _assets(site)
    if not made.problems:  # with a page that is not there, there is nothing whole to name
        files |= seal(site, pages, files, templates, store, hashes)
    files[SUMS] = sums(files, hashes)
    hashes.forget_all_but(files.values())
    return files, len(pages), made.problems


def glimpse(
    site: Site,
    templates: Mapping[str, bytes],
    paths: Container[str],
    store: Store,
    last: LastBuild,
    hashes: Hashes,
) -> tuple[dict[str, File], list[Problem]]:
    """Return of a site these pages and all assets: what a preview shows first."""
    pages, remembered = plan(site), Remembered(site, templates, store, last, hashes)
    files, rest = _kept([page for page in pages if page.path in paths], remembered)
    made, problems = render(rest, templates, site.words, store=store, remembered=remembered)
    remembered.keep(remembered.learned, [page.path for page in pages])
    return files | made | _assets(site), problems


def _kept(
    pages: Sequence[Planned], remembered: Remembered
) -> tuple[dict[str, File], list[Planned]]:
    """Return the pages that need no making, by path, and the others."""
    found = {page.path: remembered.page(page) for page in pages}
    kept = {path: file for path, file in found.items() if file is not None}
    return kept, [page for page in pages if page.path not in kept]


def _pages(
    pages: Sequence[Planned],
    site: Site,
    templates: Mapping[str, bytes],
    remembered: Remembered,
    store: Store,
    processes: int,
    progress: Progress,
) -> Made:
    """Make all pages: a process for each language, as its pages share much."""
    files, rest = _kept(pages, remembered)
    count = processes if len(rest) >= WORTH_SHARING else 1
    if count > 1:
        compile_all(templates, site.words, store, count)
    first, *others = cut(sorted(rest, key=lambda p: site.languages.index(p.lang)), count) or [()]

    def told(done: int, _total: int) -> None:
        progress(done * len(rest) // len(first), len(rest))

    def part(some: Sequence[Planned], progress: Progress = silent) -> Made:
        made = render(some, templates, site.words, progress, store, remembered)
        return Made(*made, remembered.learned)

    parts = [partial(part, first, told), *(partial(part, other) for other in others)]
    return _together([Made(files, []), *store.share_out(parts, count)])


def _exported(site: Site, remembered: Remembered, store: Store) -> Made:
    calendars = remembered.files("calendars", partial(without_texts, site, store))
    return Made({**calendars, **with_texts(site, store)}, [])


def _together(parts: Sequence[Made]) -> Made:
    files, problems, learned = zip(*parts, strict=True)
    return Made(
        {path: file for each in files for path, file in each.items()},
        [fault for each in problems for fault in each],
        {path: seen for each in learned for path, seen in each.items()},
    )


def _assets(site: Site) -> dict[str, File]:
    return {asset.path: asset.data for asset in site.assets.values()}

"""Site to files: the pages, and everything that is published beside them."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from functools import partial

from site_gen.exports import with_texts, without_texts
from site_gen.hashes import File, Hashes
from site_gen.plan import Planned, plan
from site_gen.problems import Problem
from site_gen.progress import Progress, silent
from site_gen.remembered import LastBuild, Remembered, no_last_build
from site_gen.render import compile_all, render
from site_gen.seal import seal
from site_gen.store import Store
from site_gen.sums import SUMS, sums
from site_gen.views.site import Site
from site_gen.workers import WORTH_SHARING, cut

Made = tuple[dict[str, File], list[Problem]]
"""Files by path, and the problems there were."""


def complete(
    site: Site,
    templates: Mapping[str, bytes],
    progress: Progress = silent,
    *,
    store: Store | None = None,
    processes: int = 1,
    last: LastBuild = no_last_build,
    hashes: Hashes | None = None,
) -> tuple[dict[str, File], int, list[Problem]]:
    """Return every file of a site by path, the number of pages, and the problems.

    The ``last`` build is where pages are taken from that would come out as they did. What is among
    the ``hashes`` is not hashed again; of what is no part of the site they are let go.
    """
    pages, store, hashes = plan(site), store or Store(), hashes or Hashes()
    remembered = Remembered(site, templates, store, last, hashes)
    files, rest = _kept(pages, remembered)
    a_part = partial(
        render, templates=templates, words=site.words, store=store, remembered=remembered
    )
    count = processes if len(rest) >= WORTH_SHARING else 1
    if count > 1:
        compile_all(templates, site.words, store, count)
    beside = partial(_beside, site, store, remembered)
    made, problems = _made(site, rest, a_part, beside, progress, store, count)
    files |= made | _assets(site)
    if not problems:  # with a page that is not there, there is nothing whole to name
        files |= seal(site, pages, files, templates, store, hashes)
    files[SUMS] = sums(files, hashes)
    hashes.forget_all_but(files.values())
    return files, len(pages), problems


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
    return files | made | _assets(site), problems


def _kept(
    pages: Sequence[Planned], remembered: Remembered
) -> tuple[dict[str, File], list[Planned]]:
    """Return the pages that need no making, by path, and the others."""
    found = {page.path: remembered.page(page) for page in pages}
    kept = {path: data for path, data in found.items() if data is not None}
    return kept, [page for page in pages if page.path not in kept]


def _assets(site: Site) -> dict[str, File]:
    return {asset.path: asset.data for asset in site.assets.values()}


def _beside(site: Site, store: Store, remembered: Remembered) -> Made:
    calendars = remembered.files("calendars", partial(without_texts, site, store))
    return {**calendars, **with_texts(site, store)}, []


def _made(
    site: Site,
    pages: Sequence[Planned],
    a_part: Callable[..., Made],
    beside: Callable[[], Made],
    progress: Progress,
    store: Store,
    processes: int,
) -> Made:
    """Render and export: a process for each language, as its pages share much, and one besides."""
    by_language = sorted(pages, key=lambda page: site.languages.index(page.lang))
    first, *others = cut(by_language, processes) or [()]

    def told(done: int, total: int) -> None:
        progress(done * len(pages) // total, len(pages))

    parts: list[Callable[[], Made]] = [
        partial(a_part, first, progress=told),
        *(partial(a_part, other) for other in others),
        beside,
    ]
    found = store.share_out(parts) if others else [part() for part in parts]
    files = {path: data for some, _ in found for path, data in some.items()}
    return files, [fault for _, some in found for fault in some]

"""The map of the program: from a folder of content to a folder of pages.

``check`` is the first half of it, ``build`` all of it. Every stage takes values and returns values,
with the problems it found beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from site_gen.assets import Asset, publish
from site_gen.checks import check as check_rules
from site_gen.drafts import published
from site_gen.exports import client_data, export
from site_gen.exports.cards import cards
from site_gen.files import FileIndex, scan
from site_gen.images import check_image
from site_gen.load import load
from site_gen.model import Conference
from site_gen.output import Report, write
from site_gen.plan import Planned, check_addresses, plan
from site_gen.problems import Problem, problem, stops
from site_gen.render import Progress, render, silent
from site_gen.resolve import resolve
from site_gen.schema import Record
from site_gen.seal import seal
from site_gen.state import CONTENT
from site_gen.store import Store
from site_gen.sums import SUMS, sums
from site_gen.urls import Urls
from site_gen.views.site import Site
from site_gen.weight import heavy
from site_gen.words import Words, read_words
from site_gen.workers import WORTH_SHARING, cut, share_out

STANDARD = "templates/strings/nl.yaml"


class Content(Struct, frozen=True):
    """All input, read and linked: nothing below needs the disk again."""

    conf: Conference
    urls: Urls
    words: Mapping[str, Words]
    templates: Mapping[str, bytes]
    assets: Mapping[str, bytes]


class Built(Struct, frozen=True):
    """What a build made: the number of pages, and what changed in the output."""

    pages: int
    report: Report

    def again(self) -> Built:
        """Return what the same build would make if it were done again."""
        return Built(self.pages, Report(0, self.report.written + self.report.unchanged, 0))


def packaged() -> Path:
    """Return the folder with the templates and assets that come with the generator."""
    here = Path(__file__).parent
    inside = here / "_data"
    return inside if inside.is_dir() else here.parent


def check(
    root: Path, today: date | None = None, store: Store | None = None, processes: int = 1
) -> tuple[Content | None, list[Problem]]:
    """Read everything below ``root`` and return it with every problem, sorted by place.

    What expires is checked where ``today`` is given; no byte of the site depends on it. What is in
    the ``store`` is not worked out again, and what is put there is kept by who handed it in; the
    rest is shared out over ``processes``. Neither makes another result.
    """
    return check_files(*scan(root), today=today, store=store, processes=processes)


def check_files(
    index: FileIndex,
    problems: Sequence[Problem] = (),
    *,
    today: date | None = None,
    store: Store | None = None,
    processes: int = 1,
) -> tuple[Content | None, list[Problem]]:
    """As :func:`check`, of files that may not be on disk yet; ``problems`` are told before."""
    templates, assets, found = _furniture(index)
    problems = [*problems, *found]
    raw, found = load(index, store, processes)
    problems += found
    if raw is None:
        return None, sorted(set(problems))
    words, found = _words(raw.languages, raw.event, templates)
    problems += found
    if len(words) < len(raw.languages):
        return None, sorted(set(problems))
    urls = Urls(
        {lang: each.section("paths") for lang, each in words.items()},
        {lang: each.section("files") for lang, each in words.items()},
    )
    conf, found = resolve(raw, index, urls)
    content = Content(conf, urls, words, templates, assets)
    addresses = check_addresses(_site(content, {}, "", drafts=True))
    problems += [*found, *check_rules(conf, today), *addresses]
    return content, sorted(set(problems))


def build(
    root: Path,
    out: Path,
    address: str = "",
    *,
    today: date | None = None,
    protected: Sequence[Path] = (),
    strict: bool = False,
    progress: Progress = silent,
    store: Store | None = None,
    processes: int = 1,
) -> tuple[Built | None, list[Problem]]:
    """Build the site of ``root`` into ``out``; with an error nothing is written.

    ``address`` overrides the event's own; with ``strict`` a warning is an error too. The site never
    comes in the place of the project or of what is ``protected``. Raises
    :class:`site_gen.machine.MachineError` where the machine is in the way.
    """
    content, problems = check(root, today, store, processes)
    if content is None or stops(problems, strict):
        return None, problems
    files, pages, found = make(content, address, progress, store=store, processes=processes)
    found += heavy({path: len(data) for path, data in files.items()})
    problems = sorted({*problems, *found})
    if stops(problems, strict):
        return None, problems
    return Built(pages, keep(files, root, out, protected)), problems


def make(
    content: Content,
    address: str = "",
    progress: Progress = silent,
    *,
    drafts: bool = False,
    store: Store | None = None,
    processes: int = 1,
) -> tuple[dict[str, bytes], int, list[Problem]]:
    """Return every file of the site by path, the number of pages, and the problems.

    With ``drafts`` it is the site as an editor previews it, which is never written.
    """
    site = furnish(content, address, drafts=drafts)
    images, problems = cards(site, content.assets, store, processes)
    site = replace(site, assets={**site.assets, **images})
    files, pages, found = complete(content, site, progress, store=store, processes=processes)
    return files, pages, problems + found


def furnish(content: Content, address: str = "", *, drafts: bool = False) -> Site:
    """Return the site with its assets, also those that are made from it for the pages to work.

    Images to share are none of them: nobody shares a preview.
    """
    site = _site(content, publish(content.assets), address, drafts=drafts)
    return replace(site, assets={**site.assets, **client_data(site)})


def complete(
    content: Content,
    site: Site,
    progress: Progress = silent,
    *,
    store: Store | None = None,
    processes: int = 1,
) -> tuple[dict[str, bytes], int, list[Problem]]:
    """As :func:`make`, of a site that is furnished."""
    pages = plan(site)
    files, problems = _made(site, pages, content, progress, store or Store(), processes)
    files |= _assets(site)
    if not problems:  # with a page that is not there, there is nothing whole to name
        files |= seal(site, pages, files, content.templates)
    files[SUMS] = sums(files)
    return files, len(pages), problems


def glimpse(
    content: Content, site: Site, paths: Container[str], store: Store | None = None
) -> tuple[dict[str, bytes], list[Problem]]:
    """Return of a site that is furnished these pages and all assets: what a preview shows first."""
    pages = [page for page in plan(site) if page.path in paths]
    files, problems = render(pages, content.templates, content.words, store=store)
    return files | _assets(site), problems


def keep(
    files: Mapping[str, bytes],
    root: Path,
    out: Path,
    protected: Sequence[Path] = (),
    patience: float = 0,
) -> Report:
    """Write the files of the site of ``root`` to ``out``; see :func:`site_gen.output.write`."""
    return write(
        files,
        out,
        protected=[root, packaged(), *protected],
        inputs=[root / folder for folder in CONTENT],
        patience=patience,
    )


def _assets(site: Site) -> dict[str, bytes]:
    return {asset.path: asset.data for asset in site.assets.values()}


def _made(
    site: Site,
    pages: Sequence[Planned],
    content: Content,
    progress: Progress,
    store: Store,
    processes: int,
) -> tuple[dict[str, bytes], list[Problem]]:
    """Render and export: a process for each language, as its pages share much, and one besides."""
    languages = [*content.words]
    by_language = sorted(pages, key=lambda page: languages.index(page.lang))
    first, *others = cut(by_language, processes if len(pages) >= WORTH_SHARING else 1)

    def told(done: int, total: int) -> None:
        progress(done * len(pages) // total, len(pages))

    a_part = partial(render, templates=content.templates, words=content.words, store=store)
    parts: list[Callable[[], tuple[dict[str, bytes], list[Problem]]]] = [
        partial(a_part, first, progress=told),
        *(partial(a_part, other) for other in others),
        lambda: (export(site, store), []),
    ]
    traced = [partial(store.during, part) for part in parts]
    found = share_out(traced) if others else [part() for part in traced]
    for _, trace in found:
        store.follow(trace)
    files = {path: data for (some, _), _ in found for path, data in some.items()}
    return files, [fault for (_, some), _ in found for fault in some]


def _site(
    content: Content, assets: Mapping[str, Asset], address: str, *, drafts: bool = False
) -> Site:
    conf = content.conf if drafts else published(content.conf)
    return Site(conf, content.urls, content.words, assets, address or conf.event.address)


def _furniture(
    index: FileIndex,
) -> tuple[dict[str, bytes], dict[str, bytes], list[Problem]]:
    """Return templates and assets: the packaged ones, each replaced by its namesake of the root."""
    problems: list[Problem] = []
    files: dict[str, dict[str, bytes]] = {"templates": {}, "assets": {}}
    indexes = [index]
    if index.root.resolve() != packaged().resolve():
        base, problems = scan(packaged(), ("assets", "templates"))
        indexes.insert(0, base)
    sizes = {path: size for each in indexes for path, size in each.sizes("assets").items()}
    too_heavy = list(heavy(sizes))
    problems += too_heavy
    for each in indexes:
        for folder in ("templates",) if too_heavy else files:
            for path in each.under(folder):
                data, problems_here = each.read(path)
                problems += problems_here
                if data is not None:
                    files[folder][path] = data
    for path, data in files["assets"].items():
        problems += check_image(path, data)
    return files["templates"], files["assets"], problems


def _words(
    languages: tuple[str, ...], event: Record, templates: Mapping[str, bytes]
) -> tuple[dict[str, Words], list[Problem]]:
    problems: list[Problem] = []
    words: dict[str, Words] = {}
    standard, _ = read_words(STANDARD, (packaged() / STANDARD).read_bytes())
    places = {value.value: value.place for value in event.many("languages")}
    for lang in languages:
        path = f"templates/strings/{lang}.yaml"
        if path not in templates:
            where = places.get(lang, event.place)
            problems.append(problem(where, "missing-strings", language=lang, file=path))
            continue
        found, more = read_words(path, templates[path], standard)
        problems += more
        if found is not None:
            words[lang] = found
    return words, problems

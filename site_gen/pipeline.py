"""The map of the program: from a folder of content to a folder of pages.

``check`` is the first half of it, ``build`` all of it. Every stage takes values and returns values,
with the problems it found beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from site_gen.assets import Asset, publish
from site_gen.checks import check as check_rules
from site_gen.drafts import published
from site_gen.files import FileIndex, scan
from site_gen.furniture import packaged, read_furniture
from site_gen.hashes import File, Hashes, size
from site_gen.images import check_image
from site_gen.inventory import Inventory
from site_gen.load import load
from site_gen.model import Conference
from site_gen.output import FullError, Means, Report, standing, write
from site_gen.pictures import Picture, by_hash, contents
from site_gen.plan import check_addresses
from site_gen.prints import fingerprinted
from site_gen.problems import Problem, stops
from site_gen.progress import Progress, silent
from site_gen.remembered import LastBuild, content_of, no_last_build
from site_gen.resolve import resolve
from site_gen.state import CONTENT
from site_gen.store import Store, digest, digest_files
from site_gen.twins import GoneError
from site_gen.urls import Urls
from site_gen.views.site import Site
from site_gen.weight import heavy
from site_gen.words import Words, words_of


class Content(Struct, frozen=True):
    """All input, read and linked: nothing below needs the disk again but for the pictures.

    ``outline`` and ``texts`` tell whether it is as it was, see :class:`site_gen.views.site.Site`.
    """

    conf: Conference
    urls: Urls
    words: Mapping[str, Words]
    templates: Mapping[str, bytes]
    assets: Mapping[str, bytes]
    pictures: Mapping[str, Picture]
    outline: bytes
    texts: Mapping[str, bytes]


class Built(Struct, frozen=True):
    """What a build made: the number of pages, what changed in the output, and what lies there."""

    pages: int
    report: Report
    lying: Inventory

    def again(self) -> Built:
        """Return what the same build would make if it were done again."""
        same = self.report.written + self.report.unchanged
        return Built(self.pages, Report(0, same, 0), self.lying)


def check(
    root: Path, today: date | None = None, store: Store | None = None, processes: int = 1
) -> tuple[Content | None, list[Problem]]:
    """Read everything below ``root`` and return it with every problem, sorted by place.

    What expires is checked where ``today`` is given; no byte of the site depends on it. What is in
    the ``store`` is not worked out again, and what is put there is kept by who handed it in; the
    rest is shared out over ``processes``. Neither makes another result.
    """
    store = store or Store()
    index, problems = scan(root)
    index = fingerprinted(index, store)
    return check_files(index, problems, today=today, store=store, processes=processes)


def check_files(
    index: FileIndex,
    problems: Sequence[Problem] = (),
    *,
    today: date | None = None,
    store: Store | None = None,
    processes: int = 1,
) -> tuple[Content | None, list[Problem]]:
    """As :func:`check`, of files that may not be on disk yet; ``problems`` are told before."""
    store = store or Store()
    templates, assets, pictures, found = read_furniture(index, store, processes)
    problems = [*problems, *found]
    problems += [fault for path, data in assets.items() for fault in check_image(path, data)]
    raw, found = load(index, store, processes)
    problems += found
    if raw is None:
        return None, sorted(set(problems))
    words, found = words_of(raw.languages, raw.event, templates, store)
    problems += found
    if len(words) < len(raw.languages):
        return None, sorted(set(problems))
    urls = Urls(
        {lang: each.section("paths") for lang, each in words.items()},
        {lang: each.section("files") for lang, each in words.items()},
    )
    conf, found = resolve(raw, index, urls)
    outline = digest(raw.outline, digest_files(templates))
    content = Content(conf, urls, words, templates, assets, pictures, outline, raw.texts)
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
    built, found = produce(
        content,
        root,
        out,
        address,
        protected=protected,
        strict=strict,
        progress=progress,
        store=store,
        processes=processes,
    )
    return built, sorted({*problems, *found})


def produce(
    content: Content,
    root: Path,
    out: Path,
    address: str = "",
    *,
    protected: Sequence[Path] = (),
    strict: bool = False,
    progress: Progress = silent,
    store: Store | None = None,
    processes: int = 1,
    patience: float = 0,
) -> tuple[Built | None, list[Problem]]:
    """As :func:`build`, of content that is read and has no errors.

    What lies in ``out`` as it should is left there unread, and pages are not held in memory. Where
    somebody touches the one or the store loses the other meanwhile, all is made and held; so it is
    where the disk is full, and then the store gives up its room.
    """
    hashes, store = Hashes(), store or Store()
    problems: list[Problem] = []
    found = standing(out)
    if found and found.fault:
        store.set_aside.add(found.fault)
    for last in (found, None):
        files, pages, problems = make(
            content,
            address,
            progress,
            store=store,
            processes=processes,
            last=last or no_last_build,
            hashes=hashes,
            aside=bool(last),
        )
        problems += heavy({path: size(file) for path, file in files.items()})
        if stops(problems, strict):
            break
        stored = partial(_stored, store, by_hash(content.pictures))
        means = Means(hashes, last, stored, processes)
        try:
            report, lying = keep(files, root, out, protected, patience, means)
        except GoneError:
            continue
        except FullError:
            store.give_way()  # the site comes first
            if last is None:
                raise
        else:
            return Built(pages, report, lying), problems
    return None, problems


def make(
    content: Content,
    address: str = "",
    progress: Progress = silent,
    *,
    drafts: bool = False,
    store: Store | None = None,
    processes: int = 1,
    last: LastBuild = no_last_build,
    hashes: Hashes | None = None,
    aside: bool = False,
) -> tuple[dict[str, File], int, list[Problem]]:
    """Return every file of the site by path, the number of pages, and the problems.

    With ``drafts`` it is the site as an editor previews it, which is never written. For ``last``
    and what follows see :class:`site_gen.making.Making`.
    """
    from site_gen.exports.cards import cards  # a check has no need of these
    from site_gen.making import Making

    site = furnish(content, address, drafts=drafts, store=store, processes=processes)
    images, problems = cards(site, content.assets, store, processes)
    site = replace(site, assets={**site.assets, **images})
    making = Making(
        site,
        content.templates,
        store=store,
        processes=processes,
        last=last,
        hashes=hashes,
        aside=aside,
    )
    files, pages, found = making.complete(progress)
    if not aside:
        files |= contents(files, content.pictures)
    return files, pages, problems + found


def furnish(
    content: Content,
    address: str = "",
    *,
    drafts: bool = False,
    store: Store | None = None,
    processes: int = 1,
) -> Site:
    """Return the site with its assets, also those that are made from it for the pages to work.

    Images to share are none of them: nobody shares a preview.
    """
    from site_gen.exports import client_data

    assets = publish(content.assets, content.pictures)
    site = _site(content, assets, address, drafts=drafts)
    return replace(site, assets={**site.assets, **client_data(site, store, processes)})


def keep(
    files: Mapping[str, File],
    root: Path,
    out: Path,
    protected: Sequence[Path] = (),
    patience: float = 0,
    means: Means | None = None,
) -> tuple[Report, Inventory]:
    """Write the files of the site of ``root`` to ``out``; see :func:`site_gen.output.write`."""
    return write(
        files,
        out,
        protected=[root, packaged(), *protected],
        inputs=[root / folder for folder in CONTENT],
        patience=patience,
        means=means,
    )


def _stored(store: Store, pictures: Mapping[bytes, Picture], known: bytes) -> bytes | None:
    picture = pictures.get(known)
    return picture.content() if picture else content_of(store, known)


def _site(
    content: Content, assets: Mapping[str, Asset], address: str, *, drafts: bool = False
) -> Site:
    conf = content.conf if drafts else published(content.conf)
    where = address or conf.event.address
    outline = digest(content.outline, where, str(drafts))
    return Site(conf, content.urls, content.words, assets, where, outline, content.texts)

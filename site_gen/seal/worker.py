"""``sw.js``: the worker that keeps the site readable without network.

Its code is ``templates/sw.js``. What this build adds is what the site is: its files, each with a
hash of its content, so that the worker of another version is another file, and a browser notices.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from site_gen.hashes import File, Hashes, size
from site_gen.plan import Planned
from site_gen.scripts import without_comments
from site_gen.urls import INDEX
from site_gen.views.site import ICON, Site

WORKER = "sw.js"
SCRIPT = "templates/sw.js"
OFF = "templates/sw-off.js"  # published as sw.js it takes the worker off

# Bytes that a phone keeps from the start, uncompressed: some 600 KB to fetch. Beyond it, a page is
# kept once it is seen. What every page needs, grids, rounds and lists are always kept.
AT_MOST = 2_000_000
LATER = ("session", "speaker", "text", "redirect")
NEVER = frozenset({"404"})  # belongs to no address
HASH = 16  # digits, so in the script


def worker(
    site: Site,
    pages: Sequence[Planned],
    files: Mapping[str, File],
    templates: Mapping[str, bytes],
    hashes: Hashes,
) -> dict[str, bytes]:
    """Return the worker by its path."""
    listed = kept(pages, files, site.assets[ICON].path)
    facts = {
        "event": site.conf.event.id,
        "offline": {
            site.urls.home(lang).removesuffix(INDEX): site.urls.own(lang, "offline")
            for lang in site.languages
        },
        "whole": {page.path for page in pages if page.template not in NEVER} <= set(listed),
        "files": {quote(path): hashes.of(files[path]).hex()[:HASH] for path in listed},
    }
    text = json.dumps(facts, indent=1)
    script = without_comments(templates[SCRIPT])
    return {WORKER: f"const SITE = {text};\n\n".encode() + script}


def kept(
    pages: Sequence[Planned], files: Mapping[str, File], icon: str, at_most: int = AT_MOST
) -> list[str]:
    """Return the paths of what is kept from the start: group by group, as long as all fits.

    The first group is kept whatever its size, which is counted in bytes.
    """
    paths: list[str] = []
    total = 0
    for number, group in enumerate(_groups(pages, files, icon)):
        total += sum(size(files[path]) for path in group)
        if number and total > at_most:
            break
        paths += group
    return paths


def _groups(pages: Sequence[Planned], files: Mapping[str, File], icon: str) -> Iterator[list[str]]:
    """Yield what every page needs with the programme itself, then the rest."""
    ours = [path for path in sorted(files) if not path.startswith("pagefind.")]
    first = [page.path for page in pages if page.template not in {*LATER, *NEVER}]
    yield [path for path in ours if path.endswith((".css", ".js", ".woff2"))] + [icon] + first
    for template in LATER:
        yield [page.path for page in pages if page.template == template]
    yield [path for path in ours if path.startswith("assets/img/")]
    yield [path for path in sorted(files) if path.startswith("pagefind.")]

"""Search with Pagefind, for a conference with so many sessions that their texts are a lot to fetch.

Its program makes an index of small pages of our own, one per session and language. The files of an
index know each other by fixed names, so they stand in a folder whose name bears the hash of all of
them. The same pages give the same bytes, but for the order of the languages in one file, which is
sorted here. The program takes seconds for a thousand sessions, so it is run only where any of the
pages is another one.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from site_gen.assets import Asset
from site_gen.exports.scripts import data_script
from site_gen.exports.search import spans
from site_gen.machine import MachineError, needing
from site_gen.model import Conference
from site_gen.place import Place
from site_gen.problems import problem
from site_gen.schedule import entries
from site_gen.store import Store, digest
from site_gen.text import Span
from site_gen.views.site import Site, texts_key

PACKAGE = "pagefind-bin"
ENTRY = "pagefind-entry.json"
MAGIC = b"pagefind_dcd"  # stands before the data in each of its files
OURS = "pagefind.js", "pagefind-worker.js", ENTRY  # not its own interface, of which there are three
INDEX = ".pf_meta", ".pf_index", ".pf_fragment"


class _Index(Struct, frozen=True):
    """What Pagefind made: its files by path in its folder, and what it calls the page at a path."""

    files: Mapping[str, bytes]
    ids: Mapping[str, str]


def pagefind(site: Site, asked: Place, store: Store) -> dict[str, Asset]:
    """Return the files by their key among the assets; ``asked`` is the place that asks for them.

    An index that is in the ``store`` is not made again.
    Raises :class:`MachineError` where Pagefind is not installed or fails.
    """
    pages = _pages(site)
    if not pages:
        return {}  # nor is there a form to search with
    key = digest("pagefind", *(part for page in pages.items() for part in page))
    index = store.recall_once(key, partial(_indexed, pages, asked))
    folder = f"pagefind.{_hash(index.files)}"
    found = {
        f"pagefind/{path}": Asset(f"{folder}/{path}", data) for path, data in index.files.items()
    }
    for lang in site.languages:
        name = texts_key(lang)
        found[name] = data_script(name, "sessions", _sessions(site.conf, index, lang))
    return found


def _pages(site: Site) -> dict[str, str]:
    """Return a page per session and language by its path, ``<language>/<slug>.html``."""
    held = {entry.session.slug: entry.session for _, _, entry in entries(site.conf)}
    return {
        _path(lang, slug): _page(lang, spans(site.conf, session, lang))
        for lang in site.languages
        for slug, session in held.items()
    }


def _path(lang: str, slug: str) -> str:
    return f"{lang}/{slug}.html"


def _page(lang: str, texts: Iterable[Span]) -> str:
    paragraphs = "".join(f"<p>{escape(text.text)}</p>\n" for text in texts)
    return f'<!doctype html>\n<html lang="{lang}">\n<body>\n{paragraphs}</body>\n</html>\n'


def _indexed(pages: Mapping[str, str], asked: Place) -> _Index:
    """Return what Pagefind makes of the pages and a browser needs."""
    with needing(PACKAGE, asked):
        from pagefind_bin import get_executable
    with TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in pages.items():
            target = folder / "site" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
        _run([get_executable(), "--site", "site", "--output-path", "index"], folder, asked)
        made = [path for path in sorted((folder / "index").rglob("*")) if path.is_file()]
        files = {path.relative_to(folder / "index").as_posix(): path.read_bytes() for path in made}
    files[ENTRY] = _in_order(files[ENTRY])
    needed = {path: data for path, data in files.items() if _is_needed(path)}
    ids = {_page_of(data): Path(path).stem for path, data in needed.items() if _is_text(path)}
    return _Index(needed, ids)


def _run(command: list[str | Path], folder: Path, asked: Place) -> None:
    """Run the program, whatever the environment wants of another run of it."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    try:
        done = subprocess.run(command, cwd=folder, env=own, check=False, capture_output=True)
    except OSError as error:
        raise MachineError(problem(asked, "pagefind-failed", reason=error.strerror)) from None
    if done.returncode:
        said = (done.stderr or done.stdout).decode("utf-8", "replace")
        reason = said.strip().rpartition("\n")[2]
        raise MachineError(problem(asked, "pagefind-failed", reason=reason))


def _in_order(entry: bytes) -> bytes:
    return json.dumps(json.loads(entry), sort_keys=True, separators=(",", ":")).encode()


def _is_needed(path: str) -> bool:
    return path in OURS or path.startswith("wasm.") or path.endswith(INDEX)


def _is_text(path: str) -> bool:
    return path.endswith(".pf_fragment")


def _page_of(text: bytes) -> str:
    """Return the path of the page of which this file holds the text."""
    url: str = json.loads(gzip.decompress(text).removeprefix(MAGIC))["url"]
    return url.removeprefix("/")


def _hash(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for path, data in files.items():
        digest.update(f"{path}\n{len(data)}\n".encode() + data)
    return digest.hexdigest()[:10]


def _sessions(conf: Conference, index: _Index, lang: str) -> dict[str, Sequence[str]]:
    """Return the session of each id that a search gives.

    A session is its slug and title, and the language of that where it is not the page's.
    """
    found: dict[str, Sequence[str]] = {}
    for slug, session in conf.sessions.items():
        if name := index.ids.get(_path(lang, slug)):
            title = session.title.of(lang)
            own = (title.text,) if title.lang == lang else (title.text, title.lang)
            found[name] = (slug, *own)
    return found

"""Search with Pagefind, for a conference with so many sessions that their texts are a lot to fetch.

Its program makes an index of small pages of our own, one per session and language. The files of an
index know each other by fixed names, so they stand in a folder whose name bears the hash of all of
them. The same pages give the same bytes, but for the order of the languages in one file, which is
sorted here.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from site_gen.assets import Asset
from site_gen.exports.scripts import data_script
from site_gen.exports.search import spans
from site_gen.machine import MachineError, needing
from site_gen.model import Conference
from site_gen.place import Place
from site_gen.problems import problem
from site_gen.schedule import entries
from site_gen.text import Span
from site_gen.views.site import Site, texts_key

PACKAGE = "pagefind-bin"
ENTRY = "pagefind-entry.json"
MAGIC = b"pagefind_dcd"  # stands before the data in each of its files
OURS = "pagefind.js", "pagefind-worker.js", ENTRY  # not its own interface, of which there are three
INDEX = ".pf_meta", ".pf_index", ".pf_fragment"


def pagefind(site: Site, asked: Place) -> dict[str, Asset]:
    """Return the files by their key among the assets; ``asked`` is the place that asks for them.

    Raises :class:`MachineError` where Pagefind is not installed or fails.
    """
    pages = _pages(site)
    if not pages:
        return {}  # nor is there a form to search with
    files = _indexed(pages, asked)
    folder = f"pagefind.{_hash(files)}"
    found = {f"pagefind/{path}": Asset(f"{folder}/{path}", data) for path, data in files.items()}
    for lang in site.languages:
        key = texts_key(lang)
        found[key] = data_script(key, "sessions", _sessions(site.conf, files, lang))
    return found


def _pages(site: Site) -> dict[str, str]:
    """Return a page per session and language by its path, ``<language>/<slug>.html``."""
    held = {entry.session.slug: entry.session for _, _, entry in entries(site.conf)}
    return {
        f"{lang}/{slug}.html": _page(lang, spans(site.conf, session, lang))
        for lang in site.languages
        for slug, session in held.items()
    }


def _page(lang: str, texts: Iterable[Span]) -> str:
    paragraphs = "".join(f"<p>{escape(text.text)}</p>\n" for text in texts)
    return f'<!doctype html>\n<html lang="{lang}">\n<body>\n{paragraphs}</body>\n</html>\n'


def _indexed(pages: Mapping[str, str], asked: Place) -> dict[str, bytes]:
    """Return what Pagefind makes of the pages and a browser needs, by path in its folder."""
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
    return {path: data for path, data in files.items() if _is_needed(path)}


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


def _hash(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for path, data in files.items():
        digest.update(f"{path}\n{len(data)}\n".encode() + data)
    return digest.hexdigest()[:10]


def _sessions(conf: Conference, files: Mapping[str, bytes], lang: str) -> dict[str, Sequence[str]]:
    """Return the session of each id that a search gives: the name of the file with its text.

    A session is its slug and title, and the language of that where it is not the page's.
    """
    found: dict[str, Sequence[str]] = {}
    for path, data in files.items():
        if path.endswith(".pf_fragment"):
            url = json.loads(gzip.decompress(data).removeprefix(MAGIC))["url"]
            folder, slug = url.removesuffix(".html").split("/")[-2:]
            if folder == lang:
                title = conf.sessions[slug].title.of(lang)
                own = (title.text,) if title.lang == lang else (title.text, title.lang)
                found[Path(path).stem] = (slug, *own)
    return found

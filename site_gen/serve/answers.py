"""From the path that is asked for to an answer. The disk is not looked at.

What can be answered is what the last build made, by its path in the output, and a few files of our
own: so no path, however it is written, leads anywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

import livereload
from msgspec import Struct
from msgspec.structs import replace

from site_gen.furniture import packaged
from site_gen.seal.worker import OFF
from site_gen.serve.display import Shown
from site_gen.serve.dress import SCRIPT, STYLESHEET, dress
from site_gen.serve.overlay import FOLDER, waiting

INDEX = "index.html"
LOST = "404.html"
WORKER = "/sw.js"

OWN = {
    SCRIPT: Path(livereload.__file__).with_name("vendors") / "livereload.js",
    STYLESHEET: FOLDER / "serve.css",
    WORKER: packaged() / OFF,
}
"""Files that every preview has, whatever the site has at the same address."""

TYPES = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "ics": "text/calendar; charset=utf-8",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml",
}
_IN_QUERY = "/?:@!$&'()*+,;=-._~%"  # RFC 3986, section 3.4
HEADERS = {
    "Cache-Control": "no-store",  # what is shown may be another thing with the next save
    "Cross-Origin-Resource-Policy": "same-origin",  # drafts are nobody else's to embed
    "X-Content-Type-Options": "nosniff",
}


class Answer(Struct, frozen=True):
    """What is sent back."""

    status: HTTPStatus
    headers: Mapping[str, str]
    body: bytes


def answer(shown: Shown, target: str, host: str) -> Answer:
    """Answer a request for ``target`` (the path and query as sent) that came to ``host``.

    Ranges and conditions are passed over, as RFC 9110 allows: everything is sent whole, every time.
    """
    _, mark, query = target.partition("?")
    name = named(target)
    if f"/{name}" in OWN:
        return _file(name, _own(f"/{name}"))
    if name in shown.files and not name.endswith(".html"):
        return _file(name, shown.files[name])
    if name not in shown.files and (goal := _elsewhere(shown, _path(target))) is not None:
        return _redirect("/" + quote(goal) + mark + quote(query, _IN_QUERY))
    status, html = page(shown, target)
    return Answer(status, {"Content-Type": TYPES["html"], **HEADERS}, dress(html, shown, host))


def page(shown: Shown, target: str) -> tuple[HTTPStatus, bytes]:
    """Return the page at an address, before it is dressed; there always is one."""
    if not shown.files:
        return HTTPStatus.SERVICE_UNAVAILABLE, waiting(shown)
    html = shown.files.get(named(target))
    if html is None:
        return HTTPStatus.NOT_FOUND, shown.files.get(LOST, b"")
    return HTTPStatus.OK, html


def named(target: str) -> str:
    """Return the path in the output that an address means: of a folder its page."""
    return _name(_path(target))


def _name(path: str) -> str:
    return path + INDEX if path.endswith("/") or not path else path


def _path(target: str) -> str:
    path = unquote_to_bytes(target.partition("?")[0])
    return path.decode("utf-8", "surrogateescape").removeprefix("/")


def _elsewhere(shown: Shown, path: str) -> str | None:
    """Return where to look instead: a folder with its slash, or below the root of this server.

    Links on the page for lost visitors begin with the path of the public address.
    """
    if f"{path}/{INDEX}" in shown.files:
        return f"{path}/"
    base = shown.base.removeprefix("/")
    if not base or not f"{path}/".startswith(base):
        return None
    rest = path[len(base) :]
    return rest if _name(rest) in shown.files else _elsewhere(replace(shown, base="/"), rest)


def _file(name: str, data: bytes) -> Answer:
    kind = TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    return Answer(HTTPStatus.OK, {"Content-Type": kind, **HEADERS}, data)


def _redirect(where: str) -> Answer:
    return Answer(HTTPStatus.FOUND, {"Location": where, **HEADERS}, b"")


@cache
def _own(path: str) -> bytes:
    return OWN[path].read_bytes()

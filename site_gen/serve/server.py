"""The server: Tornado and livereload around :mod:`answers`."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from livereload.handlers import LiveReloadHandler
from tornado.escape import json_decode
from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler
from tornado.websocket import WebSocketHandler

from site_gen.serve.answers import answer, named, page
from site_gen.serve.display import Display
from site_gen.serve.dress import version
from site_gen.serve.guard import Guard

LIMITS: dict[str, Any] = {
    "max_header_size": 32 * 1024,
    "max_body_size": 64 * 1024,
    "idle_connection_timeout": 20,  # seconds; also what a request may take to arrive
    "body_timeout": 10,
}
SOCKET_LIMITS: dict[str, Any] = {
    "websocket_max_message_size": 64 * 1024,
    "websocket_ping_interval": 30,  # seconds
}

# What changed is said to be no stylesheet or image, which are loaded without the page around them.
_RELOAD = {"command": "reload", "path": "/", "liveCSS": False}
_MALFORMED = 1003  # RFC 6455, section 7.4.1


def server(display: Display, guard: Guard) -> HTTPServer:
    """Return a server of what is on display, for whom the guard admits; it listens nowhere yet."""
    logging.getLogger("tornado.general").setLevel(logging.ERROR)  # not every malformed request
    handed = {"display": display, "guard": guard}
    application = Application(
        [(r"/livereload", _Socket, handed), (r".*", _Pages, handed)],
        log_function=lambda _handler: None,
        **SOCKET_LIMITS,
    )
    return HTTPServer(application, **LIMITS)


def looked_at() -> frozenset[str]:
    """Return the paths in the output of the pages that are open in a browser."""
    return frozenset(named(socket.target) for socket in _Socket.waiters)


def refresh() -> None:
    """Let every page that is open, and not as it would be answered now, load itself again."""
    for socket in _Socket.waiters.copy():
        socket.refresh()


class _Guarded(RequestHandler):
    """Answers nobody whom the guard does not admit."""

    def initialize(self, display: Display, guard: Guard) -> None:
        self.display, self.guard = display, guard

    def set_default_headers(self) -> None:
        self.clear_header("Server")

    def prepare(self) -> None:
        if not self.guard.admits(self.request.host):
            raise HTTPError(HTTPStatus.MISDIRECTED_REQUEST)

    def write_error(self, status_code: int, **_details: object) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        if status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            self.set_header("Allow", "GET, HEAD")
        self.finish(f"{status_code} {HTTPStatus(status_code).phrase}\n")


class _Pages(_Guarded):
    SUPPORTED_METHODS = ("GET", "HEAD")

    def get(self) -> None:
        found = answer(self.display.shown, self.request.uri or "/", self.request.host)
        self.set_status(found.status)
        for name, value in found.headers.items():
            self.set_header(name, value)
        self.finish(found.body)

    head = get

    def compute_etag(self) -> None:
        """Send everything, every time: see :func:`site_gen.serve.answers.answer`."""


class _Socket(LiveReloadHandler, _Guarded):  # type: ignore[misc] # published without types
    """Tells a page to load itself again when it is not what would be answered now.

    A page says in its first message how it is named, and in its second where it stands. So also one
    that missed a change, between its loading and these messages or while the server was away, is
    told.
    """

    target = "/"
    _shows: object = None

    def check_origin(self, origin: str) -> bool:
        """Admit only pages of this very server."""
        return WebSocketHandler.check_origin(self, origin)

    def on_message(self, message: str | bytes) -> None:
        """Take part in the handshake; whoever says something else is not a page of ours."""
        match self._understood(message):
            case {"command": "hello", **said}:
                self._shows = said.get("snipver")
            case {"command": "info", "url": str(url)}:
                self.target = urlsplit(url).path
                self.refresh()
            case _:
                self.close(_MALFORMED)

    def refresh(self) -> None:
        """Let the page load itself again if there is something else to see."""
        shown = self.display.shown
        current = version(page(shown, self.target)[1], shown)
        if self._shows != current:
            self._shows = current
            self.send_message(_RELOAD)

    def _understood(self, message: str | bytes) -> object:
        """Return what was said, after livereload has answered it; nothing where it could not."""
        try:
            super().on_message(message)
            return json_decode(message)
        except (AttributeError, LookupError, RecursionError, TypeError, ValueError):
            return None

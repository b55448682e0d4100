"""Connections that end: a time limit for a whole answer.

The library's own time-out counts anew from every byte, so a server that drips would hold a program
for ever. Proxies of the environment are used; nothing but ``http`` and ``https`` is opened.
"""

from __future__ import annotations

import io
import socket
from collections.abc import Callable
from functools import partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from time import monotonic
from typing import Any
from urllib.request import (
    AbstractHTTPHandler,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)


def opener(patience: float) -> OpenerDirector:
    """Return what opens addresses and follows no redirect; every status is an answer.

    Reading an answer, its head and all, raises ``TimeoutError`` after ``patience`` seconds.
    """
    found = OpenerDirector()
    for handler in (ProxyHandler(), _Http(patience), _Https(patience)):
        found.add_handler(handler)
    return found


class _Limited(AbstractHTTPHandler):
    def __init__(self, patience: float) -> None:
        super().__init__()
        self.patience = patience

    def limited(self, connection: Callable[..., HTTPConnection]) -> Callable[..., HTTPConnection]:
        """Return the same connection, with answers that end."""

        def connect(*arguments: Any, **options: Any) -> HTTPConnection:  # noqa: ANN401
            made = connection(*arguments, **options)
            made.response_class = partial(_response, self.patience)  # type: ignore[assignment]
            return made

        return connect


class _Http(_Limited, HTTPHandler):
    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(self.limited(HTTPConnection), req)


class _Https(_Limited, HTTPSHandler):
    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(self.limited(HTTPSConnection), req)


def _response(patience: float, sock: socket.socket, **options: Any) -> HTTPResponse:  # noqa: ANN401
    return HTTPResponse(_Limit(sock, monotonic() + patience), **options)  # type: ignore[arg-type]


class _Limit:
    """A socket as an answer is read from it."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        self.sock, self.until = sock, until

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Until(self.sock, self.until))


class _Until(io.RawIOBase):
    """The bytes of a socket until a moment; it stays open for as long as they are read."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        self.sock, self.until = sock, until
        self.raw = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:  # noqa: ANN401 - any writable buffer
        left = self.until - monotonic()
        if left <= 0:
            raise TimeoutError
        self.sock.settimeout(left)
        return self.raw.readinto(buffer)

    def close(self) -> None:
        self.raw.close()
        super().close()

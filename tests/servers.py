"""Servers on this machine that behave as servers do elsewhere, badly too."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Reply = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers as the server's pages say; a path that is not among them is not there."""

    server: Server

    def do_GET(self) -> None:
        self.server.seen.append((self.command, self.path, self.headers.get("User-Agent", "")))
        with self.server.busy:
            self.server.at_once += 1
            self.server.most_at_once = max(self.server.most_at_once, self.server.at_once)
        self.counted = True
        try:
            with contextlib.suppress(OSError):  # the client hung up: that is its right
                self.server.pages.get(self.path, status(404))(self)
        finally:
            self.count_out()

    def end_headers(self) -> None:
        """Send the head; a client that has it is free to ask again."""
        self.count_out()
        super().end_headers()

    def count_out(self) -> None:
        """Be no longer one of those that are asking."""
        with self.server.busy:
            self.server.at_once -= self.counted
            self.counted = False

    do_HEAD = do_GET  # noqa: N815 - the library's name

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Remembers what was asked, and how many asked at once."""

    def __init__(self, pages: dict[str, Reply]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages = pages
        self.seen: list[tuple[str, str, str]] = []
        self.busy, self.at_once, self.most_at_once = threading.Lock(), 0, 0
        self.ended = threading.Event()

    @property
    def address(self) -> str:
        """The address of the server, without a slash at its end."""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_arguments: object) -> None:
        """Say nothing of clients that hang up."""


@contextmanager
def serving(pages: dict[str, Reply]) -> Iterator[Server]:
    """Serve pages until the block ends."""
    with Server(pages) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.ended.set()
            server.shutdown()
            thread.join()


def status(code: int, body: bytes = b"", **headers: str) -> Reply:
    """Answer with a status, headers (an underscore is a hyphen) and a body."""

    def reply(handler: Handler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(body)

    return reply


def only_get(reply: Reply) -> Reply:
    """Answer ``GET`` so, and ``HEAD`` with 405."""
    return lambda handler: (reply if handler.command == "GET" else status(405))(handler)


def in_turn(*replies: Reply) -> Reply:
    """Answer each request with the next of these."""
    left = iter(replies)

    def reply(handler: Handler) -> None:
        next(left)(handler)

    return reply


def silent(handler: Handler) -> None:
    """Say nothing until the test ends."""
    handler.server.ended.wait()


def drip(handler: Handler) -> None:
    """Send a head that has no end, a byte at a time."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    while not handler.server.ended.wait(0.01):
        handler.wfile.write(b"x")
        handler.wfile.flush()


def endless(handler: Handler) -> None:
    """Send a body that has no end."""
    handler.send_response(200)
    handler.end_headers()
    while handler.command == "GET" and not handler.server.ended.is_set():
        handler.wfile.write(b"x" * 65_536)


def garbage(handler: Handler) -> None:
    """Send what is no HTTP."""
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.7\r\n" * 3)


def reset(handler: Handler) -> None:
    """Break the connection off, so that the system of the client says so."""
    linger = struct.pack("ii", 1, 0)
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    handler.connection.close()

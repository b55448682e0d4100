"""Asking other servers, politely: who we are, one request at a time, with a pause and an end.

Only the commands that are about published sites come here, never a build. What a server sends is
not trusted: a redirect leads to ``http`` or ``https`` only, an answer that drips in or has no end
is cut off, and nothing is read that is not needed.
"""

from __future__ import annotations

import socket
import ssl
import threading
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse
from time import monotonic, sleep
from urllib.error import URLError
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from urllib.request import Request

from msgspec import Struct

from site_gen import __version__
from site_gen.connections import opener

MOST_REDIRECTS = 8
LONGEST_WAIT = 30
"""Seconds that we wait when a server asks us to come back later; else we leave it alone."""
_SAFE = "/:?#[]@!$&'()*+,;=%~"  # RFC 3986; all else in an address is percent-encoded
_PERMANENT = frozenset({301, 308})
_REDIRECTS = _PERMANENT | {302, 303, 307}
_OK, _BUSY, _FAILING = 200, 429, 400
_GZIP = 16 + zlib.MAX_WBITS


def agent(address: str) -> str:
    """Return how we make ourselves known (RFC 9110, 10.1.5), with the site that asks, if known."""
    return f"site-gen/{__version__}" + (f" (+{address})" if address else "")


class Answer(Struct, frozen=True):
    """What a server said: its status, or 0 and in ``reason`` why there is none (``DNS``).

    ``moved`` is the new address where the server says that it is there for good.
    """

    status: int
    moved: str = ""
    reason: str = ""


class Web:
    """A client that all threads share; ``pause`` is in seconds, between requests to one host.

    ``agent`` is how we make ourselves known; ``patience`` how many seconds an answer may take.
    """

    def __init__(self, agent: str, *, pause: float = 1.0, patience: float = 20.0) -> None:
        self._agent, self._pause, self._patience = agent, pause, patience
        self._opener = opener(patience)
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._free: dict[str, float] = {}

    def ask(self, address: str) -> Answer:
        """Tell whether something is at an address: ``HEAD``, and where that fails ``GET``."""
        with self._answer("HEAD", address) as (answer, _):
            pass
        if not answer.reason and answer.status < _FAILING:
            return answer
        with self._answer("GET", address) as (answer, _):
            return answer

    def fetch(self, address: str, most: int) -> tuple[Answer, bytes]:
        """Return what is at an address, without compression, and at most so many bytes of it."""
        with self._answer("GET", address) as (answer, response):
            if response is None:
                return answer, b""
            try:
                return answer, _content(response, most)
            except (OSError, HTTPException, zlib.error) as error:
                return Answer(0, reason=_reason(error)), b""

    @contextmanager
    def _answer(self, method: str, address: str) -> Iterator[tuple[Answer, HTTPResponse | None]]:
        """Follow an address to its answer; the response is there where the status is 200."""
        moved, permanent = "", True
        for _ in range(MOST_REDIRECTS):
            response = self._patient(method, address)
            if isinstance(response, str):
                yield Answer(0, moved, response), None
                return
            with response:
                goal = response.headers.get("Location", "")
                if response.status not in _REDIRECTS or not goal:
                    found = response if response.status == _OK else None
                    yield Answer(response.status, moved), found
                    return
            address = urljoin(address, goal)
            permanent = permanent and response.status in _PERMANENT
            moved = address if permanent else moved
        yield Answer(0, reason="redirects"), None

    def _patient(self, method: str, address: str) -> HTTPResponse | str:
        """Ask, and ask once more after the time that a busy server names."""
        response = self._request(method, address)
        if isinstance(response, str) or response.status != _BUSY:
            return response
        wait = response.headers.get("Retry-After", "")
        if not (wait.isascii() and wait.isdigit() and int(wait) <= LONGEST_WAIT):
            return response
        response.close()
        sleep(int(wait))
        return self._request(method, address)

    def _request(self, method: str, address: str) -> HTTPResponse | str:
        """Return the response, its head read, or the reason that there is none."""
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"}:
            return "redirects"
        headers = {"User-Agent": self._agent, "Accept": "*/*", "Accept-Encoding": "gzip"}
        with self._turns[parts.netloc]:
            sleep(max(0.0, self._free.get(parts.netloc, 0.0) - monotonic()))
            try:
                request = Request(_ascii(address), method=method, headers=headers)  # noqa: S310
                response: HTTPResponse = self._opener.open(request, timeout=self._patience)
            except (OSError, HTTPException, ValueError) as error:
                return _reason(error)
            finally:
                self._free[parts.netloc] = monotonic() + self._pause
        return response


def _content(response: HTTPResponse, most: int) -> bytes:
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding == "identity":
        return response.read(most)
    if coding != "gzip":
        raise HTTPException(coding)
    unpacked, reader = b"", zlib.decompressobj(_GZIP)
    while len(unpacked) < most and (packed := response.read(1 << 16)):
        unpacked += reader.decompress(packed, most - len(unpacked))
    return unpacked


def _ascii(address: str) -> str:
    """Return an address as it goes over the line (RFC 3987, section 3.1)."""
    parts = urlsplit(address)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    return quote(urlunsplit(parts._replace(netloc=host, fragment="")), safe=_SAFE)


def _reason(error: Exception) -> str:
    """Return a word for what went wrong that is the same on every system."""
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, TimeoutError):
        return "time-out"
    if isinstance(cause, socket.gaierror):
        return "DNS"
    if isinstance(cause, ssl.SSLError):
        return "TLS"
    return "TCP" if isinstance(cause, OSError) else "HTTP"

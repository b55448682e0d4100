"""Asking other servers: what is told of each answer, good and bad, and how politely it is asked."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from servers import (
    Reply,
    Server,
    drip,
    endless,
    garbage,
    in_turn,
    only_get,
    reset,
    serving,
    silent,
    status,
)

from site_gen.web import LONGEST_WAIT, MOST_REDIRECTS, Answer, Web, agent

BOMB = gzip.compress(bytes(50_000_000), 1)


def pages() -> dict[str, Reply]:
    return {
        "/": status(200),
        "/get": only_get(status(200)),
        "/gone": status(410),
        "/down": status(503),
        "/members": status(403),
        "/for-good": status(301, Location="/"),
        "/for-now": status(302, Location="/"),
        "/for-good-and-now": status(308, Location="/for-now"),
        "/for-now-and-good": status(307, Location="/for-good"),
        "/for-good-to-nothing": status(301, Location="/nothing"),
        "/circle": status(302, Location="/circle"),
        "/nowhere": status(301),
        "/to-a-file": status(302, Location="file:///etc/passwd"),
        "/to-a-script": status(302, Location="javascript:alert(1)"),
        "/silent": silent,
        "/drip": drip,
        "/endless": endless,
        "/garbage": garbage,
        "/reset": reset,
        "/wait": in_turn(status(429, Retry_After="0"), status(200)),
        "/wait-twice": in_turn(*[status(429, Retry_After="0")] * 4),
        "/wait-long": status(429, Retry_After=str(LONGEST_WAIT + 1)),
        "/wait-until": status(429, Retry_After="Wed, 21 Oct 2026 07:28:00 GMT"),
        "/wait-oddly": status(429, Retry_After="soon"),
        "/text": status(200, b"text"),
        "/packed": status(200, gzip.compress(b"text"), Content_Encoding="gzip"),
        "/bomb": status(200, BOMB, Content_Encoding="gzip"),
        "/half": status(200, gzip.compress(b"text" * 99)[:20], Content_Encoding="gzip"),
        "/no-gzip": status(200, b"text", Content_Encoding="gzip"),
        "/other": status(200, b"text", Content_Encoding="br"),
        "/caf%C3%A9?a=%7B%7D&b=c": status(200),
    }


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(pages()) as found:
        yield found


@pytest.fixture
def web() -> Web:
    return Web("probe", pause=0, patience=5)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/", Answer(200)),
        ("/#fragment", Answer(200)),
        ("/get", Answer(200)),
        ("/nothing", Answer(404)),
        ("/gone", Answer(410)),
        ("/down", Answer(503)),
        ("/members", Answer(403)),
        ("/for-good", Answer(200, "/")),
        ("/for-now", Answer(200)),
        ("/for-good-and-now", Answer(200, "/for-now")),
        ("/for-now-and-good", Answer(200)),
        ("/for-good-to-nothing", Answer(404, "/nothing")),
        ("/circle", Answer(0, reason="redirects")),
        ("/nowhere", Answer(301)),
        ("/to-a-file", Answer(0, reason="redirects")),
        ("/to-a-script", Answer(0, reason="redirects")),
        ("/endless", Answer(200)),
        ("/garbage", Answer(0, reason="HTTP")),
        ("/reset", Answer(0, reason="TCP")),
        ("/wait", Answer(200)),
        ("/wait-twice", Answer(429)),
        ("/wait-long", Answer(429)),
        ("/wait-until", Answer(429)),
        ("/wait-oddly", Answer(429)),
        ("/café?a={}&b=c", Answer(200)),
    ],
)
def test_answer_of_a_server(path: str, answer: Answer, server: Server, web: Web) -> None:
    moved = f"{server.address}{answer.moved}" if answer.moved else ""
    assert web.ask(server.address + path) == Answer(answer.status, moved, answer.reason)


@pytest.mark.parametrize("path", ["/silent", "/drip"])
def test_server_that_takes_for_ever_is_left(path: str, server: Server) -> None:
    """Also where a byte comes in now and then, which a time-out per byte would wait for."""
    assert Web("probe", pause=0, patience=0.2).ask(server.address + path) == Answer(
        0, reason="time-out"
    )


def test_what_is_good_is_asked_once_and_with_head(server: Server, web: Web) -> None:
    web.ask(server.address + "/")
    web.ask(server.address + "/get")
    asked = [(method, path) for method, path, _ in server.seen]
    assert asked == [("HEAD", "/"), ("HEAD", "/get"), ("GET", "/get")]


def test_circle_is_left_after_some_rounds(server: Server, web: Web) -> None:
    web.ask(server.address + "/circle")
    assert len(server.seen) == 2 * MOST_REDIRECTS


def test_we_say_who_we_are(server: Server) -> None:
    Web(agent("https://example.nl/dag/"), pause=0).ask(server.address + "/")
    (_, _, said), *_ = server.seen
    assert said.startswith("site-gen/")
    assert said.endswith(" (+https://example.nl/dag/)")
    assert " " not in agent("")


def test_nobody_is_asked_twice_at_once(server: Server, web: Web) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(web.ask, [f"{server.address}/?{n}" for n in range(40)]))
    assert {answer.status for answer in answers} == {404}
    assert server.most_at_once == 1


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://nergens.invalid/", "DNS"),
        ("http://127.0.0.1:1/", "TCP"),
        ("http://a b/", "HTTP"),
        ("http://" + "a" * 64 + ".é.nl/", "HTTP"),
        ("ftp://example.nl/", "redirects"),
        ("file:///etc/passwd", "redirects"),
    ],
)
def test_address_without_a_server(address: str, reason: str, web: Web) -> None:
    assert web.ask(address) == Answer(0, reason=reason)


def test_secure_connection_that_is_none(server: Server, web: Web) -> None:
    address = server.address.replace("http:", "https:")
    assert web.ask(address) == Answer(0, reason="TLS")


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("/text", b"text"),
        ("/packed", b"text"),
        ("/for-good", b""),
        ("/endless", b"x" * 1000),
        ("/bomb", bytes(1000)),
    ],
)
def test_content_is_fetched_and_no_more_than_was_asked_for(
    path: str, content: bytes, server: Server, web: Web
) -> None:
    answer, data = web.fetch(server.address + path, 1000)
    assert (answer.status, data) == (200, content)


@pytest.mark.parametrize("path", ["/no-gzip", "/other"])
def test_content_that_cannot_be_unpacked(path: str, server: Server, web: Web) -> None:
    assert web.fetch(server.address + path, 1000) == (Answer(0, reason="HTTP"), b"")


def test_content_that_is_not_there(server: Server, web: Web) -> None:
    assert web.fetch(server.address + "/gone", 1000) == (Answer(410), b"")

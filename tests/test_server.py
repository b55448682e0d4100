"""The real server in a process of its own: what it answers, what it refuses, and how it ends."""

from __future__ import annotations

import base64
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import support
from served import LONG, Served, command, serving
from support import tree, write

from site_gen import pipeline

PACE = 0.01  # seconds between the saves of a burst
SESSION = "---\ntitel: {}\nsprekers: [anna-bos]\n---\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = support.basis(tmp_path_factory.mktemp("server") / "site met é")
    with serving(root, "--adres", "https://voorbeeld.nl/2026/") as served:
        yield served


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return support.basis(tmp_path / "site")


# What is answered


def test_pages_are_answered(site: Served) -> None:
    status, page = site.get("/sessies/welkom/?x=1")
    assert (status, "<h1>Welkom</h1>" in page, "/livereload.js?" in page) == (200, True, True)


def test_lost_visitor_gets_the_page_of_the_site_and_its_links_work(site: Served) -> None:
    status, page = site.get("/nergens")
    assert status == 404
    links = set(re.findall(r'(?:href|src)="(/2026/[^"]*)"', page))
    assert len(links) > 5
    assert {site.get(link)[0] for link in links} == {302}


def test_head_has_no_body_and_the_same_length(site: Served) -> None:
    status, body = site.get("/", "HEAD")
    assert (status, body) == (200, "")
    lengths = {
        re.search(rb"Content-Length: \d+", site.raw(_request(f"{method} / HTTP/1.1", site)))[0]
        for method in ("GET", "HEAD")
    }
    assert len(lengths) == 1


def test_everything_is_sent_whole_every_time(site: Served) -> None:
    _, page = site.get("/")
    assert site.get("/", Range="bytes=0-9") == (200, page)
    assert site.get("/", If_None_Match="*") == (200, page)
    assert site.get("/", If_Modified_Since="Fri, 01 Jan 2100 00:00:00 GMT") == (200, page)
    assert b"Cache-Control: no-store" in site.raw(_request("GET / HTTP/1.1", site))


def _request(line: str, site: Served, *headers: str, host: str = "") -> bytes:
    host = host or f"127.0.0.1:{site.port}"
    lines = [line, f"Host: {host}", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode()


# What is refused


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.1:80"])
@pytest.mark.parametrize("target", ["/", "/livereload", "/serve.css"])
def test_foreign_host_is_misdirected(site: Served, host: str, target: str) -> None:
    """Fault 65."""
    assert site.get(target, Host=host) == (421, "421 Misdirected Request\n")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "FOO"])
def test_there_is_nothing_but_to_read(site: Served, method: str) -> None:
    assert site.get("/", method)[0] == 405
    assert b"\r\nAllow: GET, HEAD\r\n" in site.raw(_request(f"{method} / HTTP/1.1", site))


@pytest.mark.parametrize(
    "target",
    [
        "/../../../../etc/passwd",
        "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/%252e%252e/etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/..%5c..%5cetc%5cpasswd",
        "/programma/evenement.yaml",
        "/index.html%00",
        "/.git/config",
        "/.site-gen",
        "/_site/index.html",
        "//etc/passwd",
        "/file:///etc/passwd",
    ],
)
def test_no_way_leads_out(site: Served, target: str) -> None:
    """Fault 67."""
    status, page = site.get(target)
    assert (status, "root:" in page, "kenmerk" in page) == (404, False, False)


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET /",
        b"\x16\x03\x01\x02\x00\r\n\r\n",
        b"GET\r\n\r\n",
        b"\r\n" * 9,
    ],
    ids=["no-host", "half", "tls", "no-target", "empty"],
)
def test_what_is_no_request_gets_no_page(site: Served, request_line: bytes) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=LONG) as connection:
        connection.sendall(request_line)
        connection.shutdown(socket.SHUT_WR)
        assert not connection.recv(65536).startswith(b"HTTP/1.1 200")
    assert site.get("/")[0] == 200


def test_header_without_end_is_cut_off(site: Served) -> None:
    answer = site.raw(_request("GET / HTTP/1.1", site, "X: " + "a" * 200_000))
    assert not answer.startswith(b"HTTP/1.1 200")
    assert site.get("/")[0] == 200


def test_body_without_end_is_cut_off(site: Served) -> None:
    answer = site.raw(_request("GET / HTTP/1.1", site, "Content-Length: 99999999"))
    assert not answer.startswith(b"HTTP/1.1 200")


def test_many_slow_visitors_keep_nobody_waiting(site: Served) -> None:
    slow = [socket.create_connection(("127.0.0.1", site.port), timeout=LONG) for _ in range(200)]
    for connection in slow:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: ")
    assert site.get("/")[0] == 200
    for connection in slow:
        connection.close()


# The socket


def upgrade(site: Served, *headers: str) -> bytes:
    """Ask for the socket and return the first line of the answer."""
    key = base64.b64encode(bytes(16)).decode()
    request = _request(
        "GET /livereload HTTP/1.1",
        site,
        *("Upgrade: websocket", "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}"),
        *headers,
    ).replace(b"Connection: close", b"Connection: Upgrade")
    with socket.create_connection(("127.0.0.1", site.port), timeout=LONG) as connection:
        connection.sendall(request)
        return connection.recv(65536).partition(b"\r\n")[0]


def test_socket_is_for_pages_of_this_server(site: Served) -> None:
    """Fault 65."""
    assert upgrade(site, f"Origin: http://127.0.0.1:{site.port}").split()[1] == b"101"
    for origin in ("http://evil.example", f"http://localhost:{site.port}", "null", "file://"):
        assert upgrade(site, f"Origin: {origin}").split()[1] == b"403"


@pytest.mark.parametrize(
    "message", [b"", b"{", b"[]", b"null", b"{}", b'{"command": 1}', b"[" * 30_000, b"\xff"]
)
def test_what_is_said_on_it_may_be_anything(site: Served, message: bytes) -> None:
    key = base64.b64encode(bytes(16)).decode()
    request = _request(
        "GET /livereload HTTP/1.1",
        site,
        *("Upgrade: websocket", "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}"),
    ).replace(b"Connection: close", b"Connection: Upgrade")
    size = len(message)
    length = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
    with socket.create_connection(("127.0.0.1", site.port), timeout=LONG) as connection:
        connection.sendall(request)
        assert b" 101 " in connection.recv(65536)
        connection.sendall(b"\x81" + length + bytes(4) + message)  # masked with zeros: as it is
        connection.settimeout(LONG)
        closing = connection.recv(65536)
    assert closing[:1] in {b"\x88", b""}
    assert site.get("/")[0] == 200


# Saving


def test_saves_are_built_and_written_as_build_does(root: Path) -> None:
    with serving(root) as served:
        write(root, {"sessies/welkom.md": SESSION.format("Hartelijk welkom")})
        served.until(r"pages in")
        built, _ = pipeline.build(root, root.parent / "clean")
        assert built is not None
        assert "Hartelijk welkom" in served.get("/sessies/welkom/")[1]
        write(root, {"sessies/welkom.md": "---\nsprekers: [niemand]\n---\n"})
        served.until("Not updated")
        page = served.get("/")[1]
        assert ("unknown-speaker" not in page, "sessies/welkom.md:2" in page) == (True, True)
        served.process.send_signal(signal.SIGTERM)
        served.until("Stopped")
    assert tree(root / "_site") == tree(root.parent / "clean")


def test_hundred_saves_in_a_second_make_at_most_two_builds(root: Path) -> None:
    """Fault 70."""
    pause = threading.Event()
    with serving(root) as served:
        for number in range(100):
            write(root, {"sessies/welkom.md": SESSION.format(f"Welkom {number}")})
            pause.wait(PACE)
        assert 1 <= served.builds_until_silence(5) <= 2
        assert "Welkom 99" in served.get("/sessies/welkom/")[1]


def test_programme_that_is_moved_away_and_back(root: Path) -> None:
    """Fault 58."""
    with serving(root) as served:
        (root / "programma").rename(root / "weg")
        served.until("Not updated")
        assert "programma/evenement.yaml:1" in served.get("/")[1]
        (root / "weg").rename(root / "programma")
        served.until("pages in")
        assert "serve-fault" not in served.get("/")[1]


def test_first_build_may_fail(root: Path) -> None:
    write(root, {"programma/evenement.yaml": "titel:\n"})
    with serving(root) as served:
        status, page = served.get("/sessies/")
        assert (status, "programma/evenement.yaml:1" in page) == (503, True)


def test_site_goes_on_where_its_folder_cannot_be_written(root: Path, tmp_path: Path) -> None:
    """Fault 54."""
    write(tmp_path / "out", {"foto.jpg": "van iemand anders"})
    with serving(root, "--out", str(tmp_path / "out")) as served:
        status, page = served.get("/")
        assert (status, "not made by site-gen" in page) == (200, True)
        assert any("1 error" in line for line in served.said)
    assert tree(tmp_path / "out") == {"foto.jpg": b"van iemand anders"}


# Beginning and ending


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_it_is_told_to(root: Path, number: signal.Signals) -> None:
    """Fault 71."""
    with serving(root) as served:
        served.process.send_signal(number)
        served.until("Stopped")
        assert served.process.wait(LONG) == 0
        assert served.lines.empty()
        with socket.create_server(("127.0.0.1", served.port)):
            """The port is free."""
    assert not (root / "._site.twin").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_it_ends_in_the_middle_of_a_build(root: Path) -> None:
    """Fault 71: what was written is whole, and nothing else is said."""
    with serving(root) as served:
        before = tree(root / "_site")
        write(root, {"sessies/welkom.md": SESSION.format("Nog iets")})
        served.process.send_signal(signal.SIGINT)
        served.until("Stopped")
        assert served.process.wait(LONG) == 0
    after = tree(root / "_site")
    assert (after.keys(), after["404.html"]) == (before.keys(), before["404.html"])


def fails(root: Path, *options: str) -> tuple[int, str, str]:
    """Return the exit code, the last line of what is said, and what is printed."""
    done = subprocess.run(
        command(root, *options),
        cwd=support.REAL,
        capture_output=True,
        text=True,
        timeout=LONG,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, (done.stderr.splitlines() or [""])[-1], done.stdout


def test_busy_port_is_said(root: Path, site: Served) -> None:
    """Fault 63."""
    code, _, said = fails(root, "--port", str(site.port))
    assert (code, said) == (
        3,
        f"--port:1:1: error[port-busy]: port {site.port} is already in use — choose another with "
        "--port, or have a free one chosen with --port 0\n",
    )


@pytest.mark.parametrize("port", ["-1", "80000", "65536", "abc", "", "8.5", "٣"])
def test_port_that_is_none_is_wrong_usage(root: Path, port: str) -> None:
    """Fault 64."""
    assert fails(root, "--port", port)[:2] == (
        2,
        f"Error: --port {port}: kies een getal van 0 tot en met 65535 / "
        "choose a number from 0 to 65535",
    )


@pytest.mark.parametrize("host", ["192.0.2.1", "niemand.invalid", "a b", "", "x" * 300])
def test_host_that_is_not_this_computer_is_wrong_usage(root: Path, host: str) -> None:
    code, said, _ = fails(root, "--host", host, "--port", "0")
    assert (code, said.startswith(f"Error: --host {host} is no address of this computer")) == (
        2,
        True,
    )


def test_only_this_computer_is_served_unless_asked(root: Path, site: Served) -> None:
    """Fault 66."""
    assert site.address.startswith("http://127.0.0.1:")
    with serving(root, "--host", "0.0.0.0") as served:  # noqa: S104 - asked for
        assert served.address == f"http://127.0.0.1:{served.port}/"
        assert served.get("/", Host=f"192.168.1.5:{served.port}")[0] == 200
        assert served.get("/", Host="evil.example")[0] == 421
        assert any("everybody in this network" in line for line in served.said)


def test_folder_without_a_programme_is_wrong_usage(tmp_path: Path) -> None:
    """Fault 62."""
    assert fails(tmp_path)[0] == 2

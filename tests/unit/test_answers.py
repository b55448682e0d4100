"""Answers: what is found at an address, and that nothing else can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.serve.answers import HEADERS, OWN, answer, named
from site_gen.serve.display import Shown

FILES = {
    "index.html": b"<body>thuis",
    "404.html": b"<body>weg",
    "sessies/a/index.html": b"<body>a",
    "caf\u00e9 1/index.html": b"<body>koffie",
    "programma.ics": b"BEGIN:VCALENDAR",
    ".well-known/security.txt": b"Contact: x",
    "assets/x.bin": b"\0",
}
HOST = "127.0.0.1:8000"
SITE = Shown("nl", FILES)


def asked(target, shown=SITE):
    found = answer(shown, target, HOST)
    return found.status, found.headers.get("Location", found.headers.get("Content-Type"))


HTML, BINARY = "text/html; charset=utf-8", "application/octet-stream"


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("/", HTML),
        ("/index.html", HTML),
        ("/?x=1", HTML),
        ("/sessies/a/", HTML),
        ("/sessies/a/index.html", HTML),
        ("/caf%C3%A9%201/", HTML),
        ("/programma.ics", "text/calendar; charset=utf-8"),
        ("/.well-known/security.txt", "text/plain; charset=utf-8"),
        ("/assets/x.bin", BINARY),
        ("/%73essies/a/", HTML),
    ],
)
def test_file_is_found(target, kind):
    assert asked(target) == (200, kind)


@pytest.mark.parametrize(
    ("target", "where"),
    [
        ("/sessies/a", "/sessies/a/"),
        ("/sessies/a?x=1&y=%C3%A9", "/sessies/a/?x=1&y=%C3%A9"),
        ("/sessies/a?<\u00e9>", "/sessies/a/?%3C%C3%A9%3E"),
        ("/caf%C3%A9%201", "/caf%C3%A9%201/"),
    ],
)
def test_folder_gets_its_slash(target, where):
    assert asked(target) == (302, where)


@pytest.mark.parametrize(
    "target",
    [
        "/nergens",
        "/sessies",
        "/sessies/",
        "/sessies/b/",
        "//sessies/a",
        "//evil.example/sessies/a",
        "/sessies//a/",
        "/../index.html",
        "/sessies/a/../../index.html",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2findex.html",
        "/%252e%252e/index.html",
        "/sessies%5ca%5cindex.html",
        "/..\\index.html",
        "/index.html%00",
        "/index.html%00.txt",
        "/%ff%fe",
        "/%",
        "/%zz",
        "/.git/config",
        "/.site-gen",
        "/.env",
        "/serve/../serve.css",
        "/INDEX.HTML",
        "http://evil.example/",
        "*",
    ],
)
def test_anything_else_is_the_page_for_lost_visitors(target):
    """Fault 67."""
    found = answer(SITE, target, HOST)
    assert (found.status, found.headers["Content-Type"]) == (404, HTML)
    assert found.body.endswith(b"weg") or b"<body>weg" in found.body


@given(st.text(max_size=40))
def test_any_target_is_answered(target):
    found = answer(SITE, "/" + target, HOST)
    assert found.status in {200, 302, 404}
    assert found.headers.get("Location", "/")[:2] not in {"//", "ht"}


@pytest.mark.parametrize("path", OWN)
def test_own_files_are_always_there(path):
    assert asked(path)[0] == asked(path, Shown("nl"))[0] == 200


def test_worker_of_a_preview_takes_itself_off():
    found = answer(Shown("nl", {**FILES, "sw.js": b"caches.open"}), "/sw.js", HOST)
    assert b"unregister()" in found.body


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/2026/congres/", (302, "/")),
        ("/2026/congres", (302, "/")),
        ("/2026/congres/sessies/a/?x", (302, "/sessies/a/?x")),
        ("/2026/congres/sessies/a", (302, "/sessies/a/")),
        ("/2026/congres/programma.ics", (302, "/programma.ics")),
        ("/2026/congres/nergens", (404, HTML)),
        ("/2026/", (404, HTML)),
        ("/sessies/a/", (200, HTML)),
    ],
)
def test_address_below_the_public_one_leads_to_the_file(target, expected):
    """The links on the page for lost visitors are root-absolute: law 8."""
    assert asked(target, Shown("nl", FILES, base="/2026/congres/")) == expected


def test_nothing_is_kept_and_nobody_else_may_embed_it():
    assert {k: answer(SITE, "/", HOST).headers[k] for k in HEADERS} == HEADERS


def test_before_the_first_good_build_every_address_says_so():
    found = answer(Shown("nl"), "/sessies/a/", HOST)
    assert (found.status, found.headers["Content-Type"]) == (503, HTML)


def test_page_is_named_by_where_a_browser_stands():
    targets = ("/", "/sessies/a/", "/sessies/a/index.html", "/caf%C3%A9%201/", "/%252e")
    assert [named(target) for target in targets] == [
        "index.html",
        "sessies/a/index.html",
        "sessies/a/index.html",
        "caf\u00e9 1/index.html",
        "%2e",
    ]

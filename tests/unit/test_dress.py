"""What is put around a page in the answer, under a policy as strict as it was."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from site_gen.place import Place
from site_gen.problems import problem
from site_gen.serve.display import Shown
from site_gen.serve.dress import allow, dress, version
from site_gen.serve.outcome import Fault

GOOD = Shown("nl", {"index.html": b"x"})
FAULT = Fault(problem(Place("sessies/a.md", 3, 1), "utf-16"))
BAD = Shown("nl", {"index.html": b"x"}, faults=(FAULT,), stopped=True)
PAGE = (
    b'<!doctype html><html><head><meta http-equiv="Content-Security-Policy" '
    b"content=\"default-src 'none'; connect-src 'self'\"><title>Dag &amp; nacht</title></head>"
    b'<body class="x"><p>Tekst</p></body></html>'
)


def dressed(page, shown=GOOD, host="127.0.0.1:8000"):
    return dress(page, shown, host).decode()


@pytest.mark.parametrize(
    ("policy", "wider"),
    [
        ("default-src 'none'; connect-src 'self'", "default-src 'none'; connect-src 'self' ws://x"),
        ("connect-src 'none'", "connect-src ws://x"),
        ("default-src 'none'", "default-src 'none'; connect-src ws://x"),
        (
            "default-src 'self' ;; img-src *;",
            "default-src 'self'; img-src *; connect-src 'self' ws://x",
        ),
        ("CONNECT-SRC 'self'", "connect-src 'self' ws://x"),
        ("img-src *", "img-src *"),
        ("", ""),
    ],
)
def test_policy_allows_one_source_more(policy, wider):
    assert allow(policy, "connect-src", "ws://x") == wider


def test_of_two_equal_directives_the_first_counts():
    assert allow("connect-src a; connect-src b", "connect-src", "c") == "connect-src a c"


def test_page_keeps_all_that_it_had():
    added = re.compile(r'<link rel="stylesheet" href="/serve.css">\n<script [^>]*></script>\n')
    page = dressed(PAGE).replace(" ws://127.0.0.1:8000", "")
    assert (added.sub("", page), len(added.findall(page))) == (PAGE.decode(), 1)


def test_policy_is_widened_by_the_socket_of_this_address_only():
    page = dressed(PAGE, host="localhost:8000")
    assert "content=\"default-src 'none'; connect-src 'self' ws://localhost:8000\"" in page


def test_script_is_a_file_and_says_which_version_the_page_shows():
    name = version(PAGE, GOOD)
    assert f'<script src="/livereload.js?snipver={name}" defer></script>\n</head>' in dressed(PAGE)


def test_version_is_another_one_with_every_change_and_no_number_to_livereload():
    versions = [version(*each) for each in ((PAGE, GOOD), (b"x", GOOD), (PAGE, BAD))]
    assert len(set(versions)) == 3
    assert version(PAGE, replace(GOOD, files={"other": b""})) == versions[0]
    assert all(re.fullmatch("v[0-9a-f]{16}", each) for each in versions)


def test_ipv6_is_said_to_the_script_and_no_source_of_a_policy():
    page = dressed(PAGE, host="[::1]:8000")
    assert '&amp;host=[::1]&amp;port=8000"' in page
    assert "connect-src 'self'\"" in page
    assert 'host=[::1]&amp;port=80"' in dressed(PAGE, host="[::1]")


def test_faults_are_in_the_page_and_in_its_title():
    page = dressed(PAGE, BAD)
    assert "<title>1 fout – Dag &amp; nacht</title>" in page
    assert '<body class="x"><aside class="serve"' in page


@pytest.mark.parametrize("page", [b"", b"Tekst", b"<p>Tekst</p>\n", b"\xff\xfe"])
def test_template_without_head_or_body_is_dressed_too(page):
    found = dressed(page, BAD)
    assert found.startswith(page.decode("utf-8", "replace"))
    assert "sessies/a.md:3" in found
    assert "/livereload.js" in found


@given(st.text(alphabet="<>/\"'=; abcdeht-", max_size=60))
def test_any_page_can_be_dressed(text):
    assert "/livereload.js" in dressed(text.encode(), BAD)

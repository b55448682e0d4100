"""Paths, links between them, and anchors."""

from posixpath import dirname, join, normpath, relpath
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.urls import Urls, address, collected_key_message, href, key_message, mention

URLS = Urls(
    {
        "nl": {"sessions": "sessies", "sources": "bronnen", "key_messages": "kernboodschappen"}
        | dict.fromkeys(("my_programme", "speakers"), "x")
        | {"rounds": "rondes"},
        "en": {"sessions": "sessions", "sources": "sources", "key_messages": "key-messages"}
        | {"rounds": "rounds"},
    },
    {
        "nl": {"programme": "programma", "round": "ronde"},
        "en": {"programme": "programme", "round": "round"},
    },
)
PATHS = st.lists(st.sampled_from(["a", "b", "c d", "é"]), max_size=3).map(
    lambda parts: "/".join([*parts, "index.html"])
)


def test_main_language_stands_at_the_root():
    assert [URLS.home("nl"), URLS.home("en")] == ["index.html", "en/index.html"]
    assert URLS.below("nl", "sessions", "reos") == "sessies/reos/index.html"
    assert URLS.below("en", "sessions", "reos") == "en/sessions/reos/index.html"


def test_calendar_stands_beside_the_page_it_is_of():
    assert [URLS.calendar("nl"), URLS.calendar("en")] == ["programma.ics", "en/programme.ics"]
    assert URLS.session_calendar("en", "reos") == "en/sessions/reos/reos.ics"
    assert URLS.round_calendar("nl", "2") == "rondes/2/ronde-2.ics"


def test_page_named_after_an_own_page_introduces_it():
    assert URLS.introduced("bronnen") == "sources"
    assert URLS.page("en", "bronnen") == "en/sources/index.html"
    assert URLS.page("en", "over") == "en/over/index.html"


@pytest.mark.parametrize(
    ("page", "goal", "fragment", "link"),
    [
        ("index.html", "index.html", "", "index.html"),
        ("index.html", "index.html", "a", "#a"),
        ("index.html", "en/index.html", "", "en/index.html"),
        ("en/sessions/a/index.html", "index.html", "b", "../../../index.html#b"),
        ("a/index.html", "assets/é b.css", "", "../assets/%C3%A9%20b.css"),
    ],
)
def test_href(page, goal, fragment, link):
    assert href(page, goal, fragment) == link


@given(PATHS, PATHS)
def test_href_leads_from_any_page_to_any_other(page, goal):
    assert normpath(join(dirname(page), unquote(href(page, goal)))) == goal


def test_address_leaves_the_index_out():
    assert address("https://x.nl/a/", "en/index.html") == "https://x.nl/a/en/"
    assert address("https://x.nl", "404.html") == "https://x.nl/404.html"


def test_anchors():
    assert key_message("meedoen") == "kernboodschap-meedoen"
    assert collected_key_message("reos", "meedoen") == "reos--meedoen"
    assert [mention("efro", 1), mention("efro", 2)] == ["bron-efro", "bron-efro--2"]


@given(PATHS, PATHS)
def test_relative_link_is_the_shortest(page, goal):
    assert unquote(href(page, goal)) == relpath(goal, dirname(page) or ".")

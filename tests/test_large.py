"""A conference of a hundred rooms: its pages stay light, lead to one another, and lose nothing."""

from __future__ import annotations

import gzip
import json
import posixpath
import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pytest
from large import ADDRESS, BUILDINGS, THEMES, content
from support import Page, read_page

from site_gen import pipeline
from site_gen.files import FileIndex

LARGE = 600
HEAVIEST = 15 * 1024
HEAVIEST_GRID = 30 * 1024
DAY_GRID = re.compile(r"(en/)?(index|(dagen|days)/.*)\.html")


@cache
def site(
    sessions: int, *, days: int = 1, themes: tuple[str, ...] = THEMES, buildings: bool = True
) -> Mapping[str, bytes]:
    """Return every file of the site of such a programme."""
    written = content(sessions, days=days, themes=themes, buildings=buildings)
    index = FileIndex(Path("/nowhere"), ()).after(written)
    found, _ = pipeline.check_files(index)
    assert found is not None
    files, _, problems = pipeline.make(found, ADDRESS)
    assert problems == []
    return files


@cache
def read(path: str, sessions: int) -> Page:
    return read_page(site(sessions)[path])


def shown(page: Page) -> list[str]:
    """Return the sessions that a page shows, by slug, in order."""
    return [e.attributes["data-session"] for e in page.all("li") if "data-session" in e.attributes]


MANY_THEMES = tuple(f"Thema {number} van de stad en haar bewoners" for number in range(60))


@pytest.mark.parametrize(
    ("sessions", "how"),
    [(100, {}), (400, {}), (LARGE, {}), (LARGE, {"themes": MANY_THEMES, "buildings": False})],
    ids=["one page", "one grid", "split", "many themes"],
)
def test_every_page_keeps_to_its_weight(sessions: int, how: dict[str, Any]) -> None:
    files = site(sessions, **how)
    weights = {p: len(gzip.compress(d)) for p, d in files.items() if p.endswith(".html")}
    heavy = {
        path: weight
        for path, weight in weights.items()
        if weight > (HEAVIEST_GRID if DAY_GRID.fullmatch(path) else HEAVIEST)
    }
    assert heavy == {}


@pytest.mark.parametrize("list_of", ["dagen", "sessies"])
def test_parts_of_a_list_hold_every_session_once(list_of: str) -> None:
    paths = {
        "dagen": ["index.html", *(p for p in site(LARGE) if p.startswith("dagen/"))],
        "sessies": [p for p in site(LARGE) if re.fullmatch(r"sessies/\d+/index.html", p)],
    }[list_of]
    assert len(paths) > 1
    found = [slug for path in paths for slug in shown(read(path, LARGE))]
    assert sorted(found) == sorted(f"sessie-{n}" for n in range(LARGE))


def test_every_link_to_a_part_leads_to_a_page_and_an_anchor() -> None:
    wrong = []
    for path in (p for p in site(400) if re.match(r"(index|sessies/|sprekers/\d|kern)", p)):
        for element in read(path, 400).all("a"):
            goal, fragment = urldefrag(element.attributes.get("href", ""))
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), goal or path))
            if goal.startswith(("http", "webcal")) or not goal.endswith(("html", "")):
                continue
            target = path if not goal else target
            if target not in site(400) or (
                fragment and target.endswith("html") and fragment not in read(target, 400).ids
            ):
                wrong.append((path, element.attributes["href"]))
    assert wrong == []


def test_sessions_at_one_time_stand_below_their_building() -> None:
    page = site(400)["index.html"].decode()
    first = page.split('<li class="slot')[1]
    assert re.findall(r'<h3 class="hall-name">(.*?)</h3>', first) == list(BUILDINGS)
    assert first.count('<li class="line') == 40


def test_of_very_many_at_one_time_a_session_lists_none_and_leads_to_all() -> None:
    """Each would list all others else: a thousand at once would be a million lines."""
    assert len(shown(read("sessies/sessie-7/index.html", LARGE))) == 59
    page = read("sessies/sessie-7/index.html", 620)
    assert shown(page) == []
    html = site(620)["sessies/sessie-7/index.html"].decode()
    ((goal, label),) = re.findall(r'<p><a href="(.*?)">(Alle .*?)</a></p>', html)
    path, anchor = urldefrag(posixpath.normpath(posixpath.join("sessies/sessie-7", goal)))
    assert label == "Alle 62 sessies van dit moment"
    row = site(620)[path].decode().partition(f'id="{anchor}"')[2].partition('<li class="slot')[0]
    assert row.count('<li class="line') == 62


def test_a_row_keeps_the_columns_of_the_day_where_a_building_is_empty() -> None:
    """Of 97 sessions each tenth is held at one time: not every building has one then."""
    rows = site(97)["index.html"].decode().split('<li class="slot')[1:]
    assert {row.count('<div class="hall"') for row in rows} == {len(BUILDINGS)}


def test_of_more_themes_than_columns_a_row_has_those_it_needs() -> None:
    page = site(97, themes=(*THEMES, "Arbeid"), buildings=False)["index.html"].decode()
    first, *_, last = page.split('<li class="slot')[1:]
    held = ["Bestuur", "Klimaat", "Water", "Zorg"]  # each tenth session has each second theme
    assert re.findall(r'<h3 class="hall-name">(.*?)</h3>', first) == held
    assert '<span class="unseen">08.00, </span><span class="slot-number">10 sessies</span>' in first
    assert re.findall(r'<h3 class="hall-name">(.*?)</h3>', last) != held
    assert "data-count" not in first + last


def test_a_large_grid_leads_to_the_list_by_theme_where_there_is_one() -> None:
    label = "Alles per thema"
    assert f'<a href="sessies/index.html">{label}</a>' in site(LARGE)["index.html"].decode()
    assert label not in site(400, days=2, themes=())["index.html"].decode()


def test_each_page_of_a_list_in_parts_finds_in_all_of_it() -> None:
    paths = [p for p in site(LARGE) if re.fullmatch(r"sessies/(\d+/)?index.html", p)]
    assert len(paths) > 2
    for path in paths:
        assert '<search class="find"' in site(LARGE)[path].decode()
        (page,) = re.findall(r'data-page="(.*?)"', site(LARGE)[path].decode())
        goal = posixpath.normpath(posixpath.join(posixpath.dirname(path), page))
        assert goal.replace("SLUG", "sessie-7") == "sessies/sessie-7/index.html"
    assert 'data-page="sessies/SLUG' in site(LARGE)["index.html"].decode()


def test_where_one_page_has_all_sessions_there_are_no_others_to_find() -> None:
    assert "data-page" not in site(97)["index.html"].decode()
    assert "data-page" not in site(97)["sessies/index.html"].decode()


def test_sessions_are_listed_by_theme_and_without_themes_by_letter() -> None:
    by_theme = site(400)["sessies/index.html"].decode()
    assert all(f">{theme}</a>" in by_theme for theme in THEMES)
    by_letter = site(400, themes=())["sessies/index.html"].decode()
    assert '#site-o">O</a> <span class="contents-count">100</span>' in by_letter


def test_parts_follow_one_another_from_the_first_to_the_last() -> None:
    parts = sorted(
        (p for p in site(LARGE) if re.fullmatch(r"sessies/\d+/index.html", p)),
        key=lambda path: int(path.split("/")[1]),
    )
    for one, other in pairwise(["sessies/index.html", *parts]):
        back = [e.attributes["href"] for e in read(other, LARGE).all("a") if "rel" in e.attributes]
        goals = [posixpath.normpath(posixpath.join(posixpath.dirname(other), b)) for b in back]
        assert one in goals


def test_a_page_of_many_sessions_leaves_it_to_theirs_to_describe_them() -> None:
    def described(path: str) -> int:
        found = re.search(r'ld\+json">(.*?)</script>', site(400)[path].decode(), re.S)
        assert found is not None
        return json.dumps(json.loads(found[1])).count('"Event"')

    assert described("index.html") == 1
    assert described("sessies/sessie-7/index.html") >= 1


def test_days_of_a_large_conference_have_pages_of_their_own() -> None:
    paths = site(400, days=2)
    assert {"dagen/2026-10-22/index.html", "en/days/2026-10-23/index.html"} <= paths.keys()


def test_a_small_conference_is_on_one_page_of_each_kind() -> None:
    paths = site(20)
    assert [p for p in paths if re.search(r"/\d+/index.html|dagen/", p)] == []
    assert b'class="line' not in paths["index.html"] + paths["sessies/index.html"]

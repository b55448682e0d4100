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
from urllib.parse import urldefrag

import pytest
from support import Page, read_page

from site_gen import pipeline
from site_gen.files import FileIndex

BUILDINGS = ("Augustijnenkerk", "Energiehuis", "Grote Kerk", "Kunstmin", "Stadhuis")
ROOMS = [(f"{name[:2]} {number}", name) for name in BUILDINGS for number in range(1, 21)]
THEMES = ("Bestuur", "Data", "Klimaat", "Mobiliteit", "Water", "Wonen", "Zorg")
ADDRESS = "https://example.nl/groot/"
LARGE = 600
HEAVIEST = 15 * 1024
HEAVIEST_GRID = 30 * 1024
DAY_GRID = re.compile(r"(en/)?(index|(dagen|days)/.*)\.html")


def content(sessions: int, *, days: int = 1, themes: tuple[str, ...] = THEMES) -> dict[str, bytes]:
    """Return a programme in which a hundred rooms are used at once, ten times a day."""
    rooms = "".join(f"  - {{naam: {room}, gebouw: {place}}}\n" for room, place in ROOMS)
    files = {
        "programma/evenement.yaml": f"titel: {{nl: Groot, en: Large}}\nkenmerk: groot\ntalen: "
        f"[nl, en]\ndatum: 2026-10-22\nadres: {ADDRESS}\nzalen:\n{rooms}"
    }
    for number in range(sessions):
        files[f"sprekers/spreker-{number}.md"] = (
            f"---\nnaam: Kim {chr(65 + number % 26)}{number}\n---\n"
        )
        themed = f"themas: [{themes[number % len(themes)]}]\n" if themes else ""
        files[f"sessies/sessie-{number}.md"] = (
            f"---\ntitel: Onderwerp {number * 7919 % 1000} van de wijk, de straat en het water\n"
            f"samenvatting: Wat wij in {number} dagen leerden van bewoners en van elkaar.\n{themed}"
            f"sprekers: [spreker-{number}]\nzaal: {ROOMS[number % 100][0]}\nkernboodschappen:\n"
            f"  - {{id: een, tekst: Begin bij de bewoner {number}.}}\n---\nEen tekst.\n"
        )
    hours = [(day, hour) for day in range(days) for hour in range(8, 18)]
    for place, (day, hour) in enumerate(hours):
        held = ", ".join(f"sessie-{n}" for n in range(sessions) if n % len(hours) == place)
        files[f"programma/{day}-{hour:02}.yaml"] = (
            f'datum: 2026-10-{22 + day}\nbegin: "{hour:02}.00"\neind: "{hour:02}.45"\n'
            f"soort: sessies\nsessies: [{held}]\n"
        )
    return {path: text.encode() for path, text in files.items()}


@cache
def site(sessions: int, *, days: int = 1, themes: tuple[str, ...] = THEMES) -> Mapping[str, bytes]:
    """Return every file of the site of such a programme."""
    index = FileIndex(Path("/nowhere"), ()).after(content(sessions, days=days, themes=themes))
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


@pytest.mark.parametrize("sessions", [100, 400, LARGE])
def test_every_page_keeps_to_its_weight(sessions: int) -> None:
    weights = {p: len(gzip.compress(d)) for p, d in site(sessions).items() if p.endswith(".html")}
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


def test_a_row_keeps_the_columns_of_the_day_where_a_building_is_empty() -> None:
    """Of 97 sessions each tenth is held at one time: not every building has one then."""
    rows = site(97)["index.html"].decode().split('<li class="slot')[1:]
    assert {row.count('<div class="hall"') for row in rows} == {len(BUILDINGS)}


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

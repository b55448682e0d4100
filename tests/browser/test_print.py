"""What comes out of a printer: the day on one page, and a round as a sign for a door."""

from __future__ import annotations

import io
import re

import pytest
import support
import zxingcpp
from PIL import Image

from site_gen import pipeline

pytestmark = pytest.mark.browser

PAGES = re.compile(rb"/Type\s*/Page\b(?!s)")
LONG = "Hoe gemeenten samen met het Rijk en de regio werken aan een woning voor wie er geen vindt"
ROOM = "Grote vergaderzaal Oost op de eerste verdieping"
TWO_METRES = 24  # points: capitals of 6 mm, which is 3 mm for each metre


@pytest.fixture
def paper(browser):
    """Open a page as it looks on paper: A4 between the margins of the sign, at 96 dots an inch."""
    with browser.new_context(viewport={"width": 688, "height": 1040}) as context:
        page = context.new_page()
        page.emulate_media(media="print")
        yield page


def count(page):
    """Return the number of pages of paper."""
    return len(PAGES.findall(page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize(
    "path",
    ["dag/", "dag/en/", "2026/", *(f"2026/dagen/2026-10-{day}/" for day in (23, 24, 25))],
)
def test_a_day_is_one_page(paper, host, path):
    paper.goto(host + path)
    assert count(paper) == 1


@pytest.mark.parametrize("root", [support.REAL, support.SEVERAL_DAYS])
def test_every_round_is_one_page_that_is_read_from_two_metres(paper, host, root):
    base = {support.REAL: "dag/", support.SEVERAL_DAYS: "2026/"}[root]
    rounds = [path for path in support.pages(root) if re.search(r"(rondes|rounds)/.{3}", path)]
    for path in rounds:
        paper.goto(host + base + path)
        if paper.locator("body.page-round").count():
            assert count(paper) == 1, path
            assert min(sizes(paper, ".card-title, h1")) >= TWO_METRES, path
            assert min(sizes(paper, ".eyebrow > :last-child")) >= 40, path
    assert rounds


def sizes(page, selector):
    """Return the size of each of these texts, in points."""
    points = "found => found.map(e => parseFloat(getComputedStyle(e).fontSize) * 0.75)"
    return page.locator(selector).evaluate_all(points)


def round_of(titles, room="", number=1):
    """Return the files of a site with one round of sessions, all in one room or in none."""
    entries = "".join(f"  - sessie-{n}\n" for n in range(len(titles)))
    rooms = f"zalen: [{room}]\n" if room else ""
    sessions = {
        f"sessies/sessie-{n}.md": f"---\ntitel: {title}\n"
        + f"zaal: {room}\n" * bool(room)
        + "---\n"
        for n, title in enumerate(titles)
    }
    return sessions | {
        "programma/evenement.yaml": "titel: Proef\nkenmerk: proef\ntalen: [nl, en]\nqr: ja\n"
        + rooms,
        "programma/02-ronde.yaml": "begin: 13.45\neind: 14.45\nsoort: ronde\n"
        f"ronde: {number}\ntitel: Keuzesessies over wonen\nsessies:\n{entries}",
    }


@pytest.mark.parametrize(
    ("titles", "room", "number", "readable"),
    [
        (["Wonen"], "", 1, True),
        ([LONG] * 3, ROOM, 2, True),
        ([LONG] * 5, "", 6, True),
        ([LONG] * 6, "", 12, True),
        ([LONG[:60]] * 6, "Zaal 1", 3, True),
        ([LONG] * 6, ROOM, 5, False),
        ([f"{LONG} {LONG}"] * 6, ROOM, 4, False),
        (["Langewoordenboekwoordenverzameling " * 3] * 6, ROOM, 4, False),
        ([LONG[:50]] * 12, ROOM, 18, False),
    ],
)
def test_whatever_stands_on_a_sign_it_is_one_page(paper, tmp_path, titles, room, number, readable):
    root = support.write(support.basis(tmp_path / "site"), round_of(titles, room, number))
    built, problems = pipeline.build(root, tmp_path / "out", "https://example.nl/dag/")
    assert built is not None, problems
    paper.goto((tmp_path / f"out/rondes/{number}/index.html").as_uri())
    assert count(paper) == 1
    assert (min(sizes(paper, ".card-title")) >= TWO_METRES) == readable
    assert paper.evaluate("document.documentElement.scrollWidth") <= 689  # 182 mm, rounded
    drawn = Image.open(io.BytesIO(paper.screenshot()))
    (code,) = zxingcpp.read_barcodes(drawn)
    assert code.text == f"https://example.nl/dag/rondes/{number}/"


def test_without_an_address_there_is_no_code(paper, tmp_path):
    root = support.write(support.basis(tmp_path / "site"), round_of(["Wonen"]))
    pipeline.build(root, tmp_path / "out")
    paper.goto((tmp_path / "out/rondes/1/index.html").as_uri())
    assert paper.locator(".sign-number").is_visible()
    assert paper.locator(".sign-code").count() == 0


def test_on_a_screen_there_is_no_sign(browser, host):
    page = browser.new_page()
    page.goto(f"{host}dag/rondes/1/")
    assert page.locator(".sign:visible").count() == 0
    page.close()

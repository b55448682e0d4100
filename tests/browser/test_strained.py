"""Whatever an editor asks of a page, on a phone and on a desk: nothing is lost, all can be read."""

from __future__ import annotations

import pytest
from strained import PHOTOS, strained
from test_reading import WRONG_PLACES

from site_gen import pipeline

pytestmark = pytest.mark.browser

PAGES = [
    "index.html",
    "rondes/12/index.html",
    "sessies/index.html",
    "sessies/lang/index.html",
    "sprekers/index.html",
    "sprekers/woord/index.html",
    "kernboodschappen/index.html",
    "bronnen/index.html",
    "over/index.html",
    "mijn-programma/index.html#keuze=lang,woord,i,keuze-6",
    "en/sessions/lang/index.html",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("strained")
    built, problems = pipeline.build(strained(folder / "root"), folder / "out")
    assert built is not None, problems
    return folder / "out"


@pytest.fixture
def page(browser):
    page = browser.new_page()
    yield page
    page.close()


def opened(page, folder, path):
    file, _, fragment = path.partition("#")
    page.goto(f"{(folder / file).as_uri()}#{fragment}")
    if fragment:
        page.locator("#site-merge").click()
        page.locator("#site-plan .card").first.wait_for()
    page.evaluate("document.fonts.ready")


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_lost_at_any_width(page, folder, path):
    opened(page, folder, path)
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(WRONG_PLACES) == [], width


def test_portraits_are_alike_whatever_the_photo(page, folder):
    """Upright, lying, without a ground, and initials: the same size, round, and cut alike."""
    opened(page, folder, "sprekers/index.html")
    look = """e => { const { width, height } = e.getBoundingClientRect();
      const { borderRadius, objectFit, objectPosition } = getComputedStyle(e);
      const cut = e.tagName === "IMG" ? objectFit + objectPosition : "";
      return [width, height, borderRadius, cut]; }"""
    looks = page.locator(".portrait").evaluate_all(f"all => all.map({look})")
    size = (68, 68, "50%")
    assert {tuple(found) for found in looks} == {(*size, ""), (*size, "cover50% 25%")}
    assert page.locator("img.portrait").count() == len(PHOTOS)


def test_every_page_prints_within_the_paper(page, folder):
    page.set_viewport_size({"width": 688, "height": 1000})
    page.emulate_media(media="print")
    for path in PAGES:
        if "#" not in path:
            opened(page, folder, path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 690, path

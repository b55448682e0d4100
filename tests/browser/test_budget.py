"""What a visitor with bad wifi has to wait for: bytes on the line, compressed, per first view."""

from __future__ import annotations

import gzip
import re

import pytest
import support

KB = 1000
EVERY_SITE = pytest.mark.parametrize("root", [support.REAL, support.SEVERAL_DAYS], ids="12")
HASHED = re.compile(r"\.[0-9a-f]{10}(?=\.)")


def weights(root, ending):
    """Return the compressed size in bytes of each file, by its path without a hash."""
    return {
        HASHED.sub("", path): len(gzip.compress(data, 9, mtime=0))
        for path, data in support.made(root).items()
        if path.endswith(ending)
    }


GRID = re.compile(r"(en/)?((dagen|days)/[\d-]+/)?index\.html")


@EVERY_SITE
def test_pages_are_light(root):
    too_heavy = {
        path: size
        for path, size in weights(root, ".html").items()
        if size > (30 if GRID.fullmatch(path) else 15) * KB
    }
    assert too_heavy == {}


@EVERY_SITE
def test_style_is_light(root):
    assert sum(weights(root, ".css").values()) <= 12 * KB


@EVERY_SITE
def test_fonts_are_light(root):
    fonts = [len(data) for path, data in support.made(root).items() if path.endswith(".woff2")]
    assert sum(fonts) <= 40 * KB


@EVERY_SITE
def test_script_is_light(root):
    weight = weights(root, ".js")
    scripts = {path: size for path, size in weight.items() if path.startswith("assets/js/")}
    assert scripts["assets/js/site.js"] <= 6 * KB
    assert sum(scripts.values()) <= 20 * KB


@EVERY_SITE
def test_texts_to_find_words_in_are_light(root):
    weight = weights(root, ".js")
    for lang in ("nl", "en"):
        assert weight[f"assets/data/teksten.{lang}.js"] <= 25 * KB


@pytest.mark.browser
@pytest.mark.parametrize(
    "path", ["index.html", "rondes/1/", "sessies/reos/", "mijn-programma/", "en/sources/"]
)
def test_first_view_is_six_requests_to_one_host(path, host, browser):
    page = browser.new_page()
    requests = set()  # the icon stands on the page and in the tab: fetched once
    page.on("request", lambda request: requests.add(request.url))
    page.goto(f"{host}dag/{path}", wait_until="networkidle")
    page.close()
    assert len(requests) <= 6, requests
    assert all(url.startswith(host) for url in requests)

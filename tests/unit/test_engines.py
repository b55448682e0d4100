"""What search engines are told of the whole site."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
import support

ADDRESS = "https://stad-en-water.example.nl/2026/"
MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


@pytest.fixture(scope="module")
def listed() -> dict[str, dict[str, str]]:
    """Return what the sitemap says: for each page the addresses of its languages."""
    root = ET.fromstring(support.made(support.SEVERAL_DAYS)["sitemap.xml"])  # noqa: S314 - our own
    return {
        url.findtext(f"{MAPS}loc", ""): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.iter(LINK)
        }
        for url in root.iter(f"{MAPS}url")
    }


def test_sitemap_lists_every_page_that_stays(listed: Mapping[str, object]) -> None:
    pages = support.pages(support.SEVERAL_DAYS)
    stay = {
        ADDRESS + path.removesuffix("index.html")
        for path, page in pages.items()
        if not any(meta.attributes.get("content") == "noindex" for meta in page.all("meta"))
    }
    assert listed.keys() == stay
    assert len(stay) > 40


def test_sitemap_names_the_languages_as_the_page_does(
    listed: Mapping[str, Mapping[str, str]],
) -> None:
    for path, page in support.pages(support.SEVERAL_DAYS).items():
        links = {
            link.attributes["hreflang"]: link.attributes["href"]
            for link in page.all("link")
            if link.attributes["rel"] == "alternate" and "hreflang" in link.attributes
        }
        assert listed.get(ADDRESS + path.removesuffix("index.html"), links) == links


def robots(data: bytes) -> RobotFileParser:
    parser = RobotFileParser()
    parser.parse(data.decode().splitlines())
    return parser


def test_robots_may_read_all_and_find_the_sitemap() -> None:
    found = robots(support.made(support.SEVERAL_DAYS)["robots.txt"])
    assert found.can_fetch("*", f"{ADDRESS}sessies/opening/")
    assert found.site_maps() == [f"{ADDRESS}sitemap.xml"]


def test_without_an_address_there_is_no_sitemap() -> None:
    files = support.made(support.BASIS)
    assert "sitemap.xml" not in files
    assert robots(files["robots.txt"]).site_maps() is None

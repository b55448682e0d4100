"""The site as an app: a manifest per language that holds at any path, and icons as it says."""

from __future__ import annotations

import json
import posixpath
import re

import pytest
import support

PATHS = {"nl": "manifest.webmanifest", "en": "en/manifest.webmanifest"}


def manifest(lang, root=support.REAL):
    return json.loads(support.made(root)[PATHS[lang]])


@pytest.mark.parametrize("lang", PATHS)
def test_name_and_language_are_those_of_the_event(lang):
    names = {
        "nl": "Ambtelijke netwerkdag G40 in Dordrecht",
        "en": "G40 network day for municipal officials in Dordrecht",
    }
    assert (manifest(lang)["name"], manifest(lang)["lang"]) == (names[lang], lang)


def test_both_start_at_their_own_grid_and_hold_the_whole_site():
    said = {lang: (manifest(lang)["start_url"], manifest(lang)["scope"]) for lang in PATHS}
    assert said == {"nl": ("./", "./"), "en": ("./", "../")}


@pytest.mark.parametrize("lang", PATHS)
def test_icons_are_there_in_the_size_that_is_said(lang):
    files = support.made(support.REAL)
    found = []
    for icon in manifest(lang)["icons"]:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(PATHS[lang]), icon["src"]))
        data = files[path]
        if icon["type"] == "image/png":
            width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
            assert icon["sizes"] == f"{width}x{height}"
        found.append((icon["type"], icon["sizes"], icon.get("purpose")))
    assert found == [
        ("image/svg+xml", "any", None),
        ("image/png", "192x192", "any"),
        ("image/png", "512x512", "any"),
        ("image/png", "512x512", "maskable"),
    ]


def test_colours_are_those_of_the_pages():
    page = support.made(support.REAL)["index.html"].decode()
    light = re.search(r'name="theme-color" content="(#\w+)" media="\(.*light\)"', page)
    assert light is not None
    assert {manifest("nl")[key] for key in ("theme_color", "background_color")} == {light[1]}


@pytest.mark.parametrize("root", [support.REAL, support.SEVERAL_DAYS])
def test_every_page_names_the_manifest_of_its_language_and_the_icon_of_a_phone(root):
    for path, page in support.pages(root).items():
        links = {link.attributes["rel"]: link.attributes["href"] for link in page.all("link")}
        if path == "404.html":
            continue
        (body,) = page.all("body")
        named = body.attributes["data-manifest"]
        goal = posixpath.normpath(posixpath.join(posixpath.dirname(path), named))
        assert goal == PATHS["en" if path.startswith("en/") else "nl"]
        icon = posixpath.normpath(
            posixpath.join(posixpath.dirname(path), links["apple-touch-icon"])
        )
        assert support.made(root)[icon].startswith(b"\x89PNG")

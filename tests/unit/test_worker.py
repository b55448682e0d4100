"""What a phone keeps: which files, in what order, and how it knows one version from another."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
import support

from site_gen import pipeline
from site_gen.plan import Planned
from site_gen.seal.worker import kept

EVERY_SITE = pytest.mark.parametrize("root", [support.REAL, support.SEVERAL_DAYS, support.BASIS])


def facts(files):
    """Return what the worker is told of the site."""
    text = files["sw.js"].decode().partition("const SITE = ")[2].partition(";\n")[0]
    return json.loads(text)


def made(root: Path):
    content, _ = pipeline.check(root)
    assert content is not None
    return pipeline.make(content)[0]


@EVERY_SITE
def test_small_site_is_kept_whole(root):
    files = support.made(root)
    said = facts(files)
    left_out = files.keys() - said["files"].keys()
    read = {path for path in left_out if path.endswith(".html") or path.startswith("assets/")}
    nobody = {path for path in read if "/icons/a" in path or path.endswith(".txt")}
    assert (said["whole"], read - nobody) == (True, {"404.html"})


@EVERY_SITE
def test_hash_is_that_of_the_content(root):
    files = support.made(root)
    found = {path: hashlib.sha256(files[path]).hexdigest()[:16] for path in facts(files)["files"]}
    assert facts(files)["files"] == found


@EVERY_SITE
def test_whatever_a_kept_page_needs_is_kept_with_it(root):
    paths = facts(support.made(root))["files"].keys()
    named = re.compile(r'="((?:\.\./)*)(assets/[^"]+\.(?:css|js|svg))"')
    needed = {
        path
        for page in paths
        if page.endswith(".html")
        for _, path in named.findall(support.made(root)[page].decode())
    }
    assert needed
    assert needed <= paths


def test_assets_come_first_then_the_programme_then_the_rest():
    paths = list(facts(support.made(support.SEVERAL_DAYS))["files"])
    order = [
        "assets/css/",
        "index.html",
        "offline/",
        "sessies/opening/",
        "sprekers/noor",
        "assets/img",
    ]
    places = [next(n for n, path in enumerate(paths) if path.startswith(start)) for start in order]
    assert places == sorted(places)


SMALL = {
    "assets/js/site.js": "",
    "assets/img/plan.png": "",
    "assets/icons/site.svg": "",
    "assets/icons/app-192.png": "",
    "pagefind.0a/pagefind.js": "",
    "index.html": "home",
    "rondes/1/index.html": "round",
    "sessies/a/index.html": "session",
    "sessies/b/index.html": "session",
    "sprekers/c/index.html": "speaker",
    "over/index.html": "text",
    "sessies/oud/index.html": "redirect",
    "404.html": "404",
}
ALWAYS = {"assets/js/site.js", "assets/icons/site.svg", "index.html", "rondes/1/index.html"}
SESSIONS = {"sessies/a/index.html", "sessies/b/index.html"}
REST = {"sprekers/c/index.html", "over/index.html", "sessies/oud/index.html"}


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (0, ALWAYS),
        (59, ALWAYS),
        (60, ALWAYS | SESSIONS),
        (90, ALWAYS | SESSIONS | REST),
        (100, ALWAYS | SESSIONS | REST | {"assets/img/plan.png"}),
        (110, ALWAYS | SESSIONS | REST | {"assets/img/plan.png", "pagefind.0a/pagefind.js"}),
    ],
)
def test_beyond_the_limit_the_programme_comes_first(limit, expected):
    pages = [
        Planned({"nl": path}, "nl", template, lambda: None)
        for path, template in SMALL.items()
        if template
    ]
    files = dict.fromkeys(SMALL, b"ten bytes.")
    assert set(kept(pages, files, "assets/icons/site.svg", limit)) == expected


def test_worker_knows_the_offline_page_of_each_language():
    assert facts(support.made(support.REAL))["offline"] == {
        "": "offline/index.html",
        "en/": "en/offline/index.html",
    }


def test_another_version_is_another_worker_and_the_same_one_is_the_same(tmp_path):
    root = support.basis(tmp_path / "site")
    first, again = made(root), made(root)
    support.write(root, {"sessies/welkom.md": "---\ntitel: Welkom allemaal\n---\n"})
    changed = made(root)
    assert first["sw.js"] == again["sw.js"]
    before, after = facts(first)["files"], facts(changed)["files"]
    assert before != after
    assert before["offline/index.html"] == after["offline/index.html"]


def test_odd_names_are_written_as_in_an_address(tmp_path):
    root = support.basis(tmp_path / "site")
    support.write(root, {"assets/img/plan é #2.svg": support.SVG})
    (path,) = (path for path in facts(made(root))["files"] if "plan" in path)
    assert re.fullmatch(r"assets/img/plan%20%C3%A9%20%232\.[0-9a-f]{10}\.svg", path)

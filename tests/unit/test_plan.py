"""Every path of a site, before anything is rendered."""

from msgspec.structs import replace

from site_gen import pipeline
from site_gen.assets import publish
from site_gen.exports import client_data
from site_gen.plan import plan
from site_gen.views.site import Site
from tests.support import SEVERAL_DAYS, basis, read_page, write


def planned(root, address=""):
    content, _ = pipeline.check(root)
    site = Site(
        content.conf,
        content.urls,
        content.words,
        publish(content.assets, content.pictures),
        address,
    )
    site = replace(site, assets={**site.assets, **client_data(site)})
    return {page.path: page for page in plan(site)}


def test_every_page_stands_in_every_language(tmp_path):
    paths = set(planned(basis(tmp_path / "site")))
    dutch = {path for path in paths if not path.startswith("en/")} - {"404.html"}
    assert len(paths) == 2 * len(dutch) + 1
    assert {"sessies/welkom/index.html", "en/sessions/welkom/index.html"} <= paths


def test_old_slug_redirects_in_every_language_and_an_old_path_once(tmp_path):
    files = {"sessies/welkom.md": "---\ntitel: Welkom\noude_adressen: [start, oud/adres/]\n---\n"}
    pages = planned(write(basis(tmp_path / "site"), files))
    assert {path: p.context.href for path, p in pages.items() if p.template == "redirect"} == {
        "sessies/start/index.html": "../welkom/index.html",
        "en/sessions/start/index.html": "../welkom/index.html",
        "oud/adres/index.html": "../../sessies/welkom/index.html",
    }


def test_old_names_of_speakers_and_pages_redirect_too(tmp_path):
    files = {
        "sprekers/anna-bos.md": "---\nnaam: Anna Bos\noude_adressen: [anna]\n---\n",
        "programma/paginas/over.md": "---\ntitel: Over\noude_adressen: [wat, oud/over/]\n---\n",
    }
    pages = planned(write(basis(tmp_path / "site"), files))
    assert {path: p.context.href for path, p in pages.items() if p.template == "redirect"} == {
        "sprekers/anna/index.html": "../anna-bos/index.html",
        "en/speakers/anna/index.html": "../anna-bos/index.html",
        "wat/index.html": "../over/index.html",
        "en/wat/index.html": "../over/index.html",
        "oud/over/index.html": "../../over/index.html",
    }


def test_old_name_of_a_source_is_an_anchor_still(tmp_path):
    source = "---\ntitel: Gemeentewet\nsoort: wet\noude_adressen: [gemwet, de-wet]\n---\n"
    root = write(basis(tmp_path / "site"), {"programma/bronnen/gemeentewet.md": source})
    content, _ = pipeline.check(root)
    files, _, _ = pipeline.make(content)
    ids = read_page(files["en/sources/index.html"]).ids
    assert ids[ids.index("gemeentewet") :][:3] == ["gemeentewet", "gemwet", "de-wet"]


def test_page_for_the_lost_has_links_that_work_anywhere(tmp_path):
    lost = planned(basis(tmp_path / "site"), "https://x.nl/congres")["404.html"].context
    assert lost.frame.home == "/congres/"
    assert [link.href for link in lost.languages[1].links][:2] == [
        "/congres/en/",
        "/congres/en/sessions/",
    ]


def test_rounds_of_several_days_name_their_day():
    paths = [path for path in planned(SEVERAL_DAYS) if path.startswith("rondes/2026-")]
    assert paths == [
        "rondes/2026-10-23-1/index.html",
        "rondes/2026-10-24-1/index.html",
        "rondes/2026-10-24-2/index.html",
    ]

"""Whole sites: the smallest one, one over several days, and the real one, page by page."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import support
from support import Element, Page

from site_gen import pipeline
from site_gen.problems import as_text

EXPECTED = support.SEVERAL_DAYS / "verwacht"
ROOTS = {"basis": support.BASIS, "meerdaags": support.SEVERAL_DAYS, "real": support.REAL}
ADDRESS = "https://stad-en-water.example.nl/2026/"
LOST = "404.html"
REGISTER = "https://www.toegankelijkheidsverklaring.nl/register"
MOVED = {
    "sessies/recht-en-water": "sessies/water-en-wet",
    "en/sessions/recht-en-water": "en/sessions/water-en-wet",
    "sessies/de-wet": "sessies/water-en-wet",
    "rondes/1": "rondes/2026-10-23-1",
    "rondes/2": "rondes/2026-10-24-2",
    "en/rounds/1": "en/rounds/2026-10-23-1",
    "en/rounds/2": "en/rounds/2026-10-24-2",
}
ALONE = {LOST, "sessies/de-wet/index.html"}  # an old path was in one language only
BASES = {"meerdaags": "/2026/"}
EVERY_SITE = pytest.mark.parametrize("name", ROOTS)

SESSIONS = [
    "achttien-en-dan",
    "arbeidskrapte",
    "dordt-west",
    "energiesysteem",
    "europa",
    "g40-overleg",
    "gemeentefinancien",
    "lunch-binnenstad",
    "lunch-economisch",
    "lunch-stadhuis",
    "maatschappelijke-voorzieningen",
    "mooi-nederland",
    "plenaire-start",
    "regionaal-samenwerken",
    "reos",
    "rijnlands-organiseren",
    "vergunninghouders-asiel",
    "woningzoekenden",
    "wrap-up",
]
SPEAKERS = [
    "aukje-ravensbergen",
    "carlo-post",
    "genie-hendriks",
    "guust-linders",
    "leon-vlemmings",
    "max-van-dijk",
    "paola-huijding",
    "remco-deelstra",
    "rick-naaktgeboren",
    "sofie-dreef",
]
PAGES = ["over", "privacy", "toegankelijkheid"]
ROUNDS = "123"


def _both(dutch: str, english: str, keys: list[str] | str) -> set[str]:
    return {f"{dutch}/{key}/index.html" for key in keys} | {
        f"en/{english}/{key}/index.html" for key in keys
    }


def test_real_site_has_every_page_of_the_contract() -> None:
    """DESIGN section 5, literally: nothing missing, nothing more."""
    own = ["sessies", "sprekers", "kernboodschappen", "bronnen", "mijn-programma"]
    own += ["en/sessions", "en/speakers", "en/key-messages", "en/sources", "en/my-programme"]
    own += ["offline", "en/offline"]
    expected = {LOST, "index.html", "en/index.html"}
    expected |= {f"{path}/index.html" for path in own}
    expected |= _both("rondes", "rounds", ROUNDS)
    expected |= _both("sessies", "sessions", SESSIONS)
    expected |= _both("sprekers", "speakers", SPEAKERS)
    expected |= {f"{base}{page}/index.html" for base in ("", "en/") for page in PAGES}
    assert set(support.pages(support.REAL)) == expected


def test_several_days_have_a_page_each_and_rounds_that_name_the_day() -> None:
    found = {path for path in support.pages(support.SEVERAL_DAYS) if "/20" in path}
    days = ["2026-10-23", "2026-10-24", "2026-10-25"]
    rounds = ["2026-10-23-1", "2026-10-24-1", "2026-10-24-2"]
    assert found == _both("dagen", "days", days) | _both("rondes", "rounds", rounds)


@EVERY_SITE
def test_site_has_no_problem_but_the_translations_that_are_missing(name: str) -> None:
    """Of the real site no accessibility statement is known, and none may be made up."""
    _, problems = pipeline.check(ROOTS[name])
    missing = (
        "programma/evenement.yaml:31:12: warning[untranslated-text]: deze tekst is er niet in taal "
        "‘en’; de site toont een andere taal — geef elke taal een eigen regel, zoals ‘en: …’\n"
        "sessies/dijk-en-dorp.md:1:1: warning[missing-translation]: de vertaling "
        "dijk-en-dorp.en.md ontbreekt; de pagina toont de hoofdtaal — maak dijk-en-dorp.en.md; "
        "zonder verschillen mag het leeg zijn op twee regels --- na\n"
    )
    noted = [found for found in problems if found.severity == "hint"]
    assert [found.code for found in noted] == (["missing-statement"] if name == "real" else [])
    others = [found for found in problems if found.severity != "hint"]
    assert as_text(others, "nl") == (missing if name == "meerdaags" else "")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_footer_has_what_the_law_asks(lang: str, tmp_path: Path) -> None:
    """The statement, whom to ask and the licence, on every page, that of a lost visitor too."""
    event = "programma/evenement.yaml"
    known = (support.BASIS / event).read_text("utf-8")
    known += "contact: info@example.nl\nlicentie: CC-BY-4.0\n"
    root = support.write(support.basis(tmp_path / "site"), {event: known})
    wanted = {
        f"{REGISTER}/1234",
        "mailto:info@example.nl",
        "https://creativecommons.org/licenses/by/4.0/",
    }
    pages = {p: page for p, page in support.pages(root).items() if _language(p) == lang}
    assert len(pages) > 8
    assert {p: wanted - set(page.values("href")) for p, page in pages.items()} == {
        p: set() for p in pages
    }


def _targets(page: Page) -> list[str]:
    """Return every address on a page that a browser would go to or fetch."""
    refresh = [
        e.attributes["content"].partition("url=")[2]
        for e in page.all("meta")
        if _is(e, "http-equiv", "refresh")
    ]
    return page.values("href") + page.values("src") + page.values("srcset") + refresh


def _goal(path: str, target: str, base: str) -> tuple[str, str]:
    """Return the file and fragment that an internal link on the page at ``path`` leads to."""
    parts = urlsplit(target)
    goal = unquote(parts.path)
    if path == LOST and goal.startswith(base):
        goal = goal.removeprefix(base)
        return (goal if goal and not goal.endswith("/") else f"{goal}index.html"), parts.fragment
    if not goal:
        return path, parts.fragment
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), goal)), parts.fragment


@EVERY_SITE
def test_every_internal_link_and_fragment_resolves(name: str) -> None:
    files, pages = support.made(ROOTS[name]), support.pages(ROOTS[name])
    broken = [
        (path, target)
        for path, page in pages.items()
        for target in _targets(page)
        if not urlsplit(target).scheme
        and not _resolves(*_goal(path, target, BASES.get(name, "/")), files, pages)
    ]
    assert broken == []


def _resolves(
    goal: str, fragment: str, files: Mapping[str, bytes], pages: Mapping[str, Page]
) -> bool:
    return goal in files and (not fragment or fragment in pages[goal].ids)


@EVERY_SITE
def test_links_are_relative_and_lead_somewhere(name: str) -> None:
    """Law 8; only the page for lost visitors, which stands anywhere, has root-absolute links."""
    wrong = [
        (path, target)
        for path, page in support.pages(ROOTS[name]).items()
        for target in _targets(page)
        if target in {"", "#"} or (target.startswith("/") and path != LOST)
    ]
    assert wrong == []


@EVERY_SITE
def test_outside_addresses_are_https_mail_or_telephone(name: str) -> None:
    schemes = {
        urlsplit(target).scheme
        for page in support.pages(ROOTS[name]).values()
        for target in _targets(page)
    }
    assert schemes - {"webcal"} <= {"", "https", "mailto", "tel"}


@EVERY_SITE
def test_policy_comes_first_and_lets_in_only_what_is_ours(name: str) -> None:
    """What stands before a policy is not bound by it; a charset counts in the first 1024 bytes."""
    for path, page in support.pages(ROOTS[name]).items():
        after_head = page.elements[[e.tag for e in page.elements].index("head") + 1]
        assert after_head.attributes["http-equiv"] == "Content-Security-Policy", path
        policy = dict(part.split(" ", 1) for part in after_head.attributes["content"].split("; "))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == "'self'"
        assert policy["base-uri"] == policy["form-action"] == "'none'"
        assert set(policy.values()) == {"'none'", "'self'"}
        assert b'<meta charset="utf-8">' in support.made(ROOTS[name])[path][:1024]
        referrer = [e.attributes["content"] for e in page.all("meta") if _is(e, "name", "referrer")]
        assert referrer == ["strict-origin-when-cross-origin"]


@EVERY_SITE
def test_nothing_runs_or_styles_from_within_a_page(name: str) -> None:
    """Data for machines is the one script without a file; a browser does not run it."""
    inside = [
        (path, e.tag, attribute)
        for path, page in support.pages(ROOTS[name]).items()
        for e in page.elements
        for attribute in e.attributes
        if attribute.startswith("on") or attribute == "style"
    ]
    without_a_file = {
        e.attributes.get("type")
        for page in support.pages(ROOTS[name]).values()
        for e in page.all("script", "style")
        if "src" not in e.attributes
    }
    assert inside == []
    assert without_a_file == {"application/ld+json"}


@EVERY_SITE
def test_no_id_is_there_twice(name: str) -> None:
    double = {
        path: ids
        for path, page in support.pages(ROOTS[name]).items()
        if (ids := {i for i in page.ids if page.ids.count(i) > 1})
    }
    assert double == {}


def _language(path: str) -> str:
    return "en" if path.startswith("en/") else "nl"


@EVERY_SITE
def test_every_page_says_its_language(name: str) -> None:
    said = {path: page.all("html")[0].lang for path, page in support.pages(ROOTS[name]).items()}
    assert said == {path: _language(path) for path in said}


def _switch(path: str, page: Page) -> dict[str, str]:
    return {
        link.attributes["hreflang"]: _goal(path, link.attributes["href"], "/")[0]
        for link in page.all("a")
        if "hreflang" in link.attributes
    }


@EVERY_SITE
def test_language_switch_leads_to_the_same_page_and_back(name: str) -> None:
    pages = support.pages(ROOTS[name])
    for path, page in pages.items():
        if path in ALONE:
            continue
        switch = _switch(path, page)
        assert switch.keys() == {"nl", "en"}, path
        assert switch[_language(path)] == path
        for lang, goal in switch.items():
            assert (_language(goal), _switch(goal, pages[goal])) == (lang, switch), path


def test_alternates_name_the_pages_of_the_language_switch() -> None:
    """With a public address every page names itself and its fellow to search engines."""
    for path, page in support.pages(support.SEVERAL_DAYS).items():
        if path == LOST or path.removesuffix("/index.html") in MOVED:
            continue
        said = {
            link.attributes["hreflang"]: link.attributes["href"]
            for link in page.all("link")
            if link.attributes["rel"] == "alternate" and "hreflang" in link.attributes
        }
        goals = {
            lang: ADDRESS + goal.removesuffix("index.html")
            for lang, goal in _switch(path, page).items()
        }
        assert said == {**goals, "x-default": goals["nl"]}, path


def test_without_an_address_no_page_names_one() -> None:
    links = [
        link.attributes["rel"]
        for page in support.pages(support.BASIS).values()
        for link in page.all("link")
    ]
    said = [
        meta.attributes.get("property")
        for page in support.pages(support.BASIS).values()
        for meta in page.all("meta")
    ]
    assert not {"canonical", "alternate"} & set(links)
    assert "og:url" not in said


def _shared(page: Page) -> dict[str, str]:
    """Return what a page says to who shares its address."""
    return {
        meta.attributes["property"]: meta.attributes["content"]
        for meta in page.all("meta")
        if "property" in meta.attributes
    }


@EVERY_SITE
def test_shared_page_has_a_title_of_its_own_and_the_name_of_the_site(name: str) -> None:
    for path, page in support.pages(ROOTS[name]).items():
        said = _shared(page)
        window = next(text for text, _ in page.texts)
        titles = {said["og:title"], f"{said['og:title']} – {said['og:site_name']}"}
        assert window in titles, path


def test_shared_page_says_what_it_is_and_where() -> None:
    pages = support.pages(support.SEVERAL_DAYS)
    assert _shared(pages["en/speakers/noor-van-dam/index.html"]) == {
        "og:title": "Noor van Dam",
        "og:description": "Noor van Dam: who this is and at which sessions.",
        "og:type": "profile",
        "og:site_name": "City and water",
        "og:locale": "en_GB",
        "og:locale:alternate": "nl_NL",
        "og:url": f"{ADDRESS}en/speakers/noor-van-dam/",
    }
    assert (
        _shared(pages["sessies/de-wet/index.html"])["og:url"] == f"{ADDRESS}sessies/water-en-wet/"
    )


def _calendars(path: str, name: str = "meerdaags") -> list[str]:
    """Return where the links to a calendar on a page lead."""
    page = support.pages(ROOTS[name])[path]
    targets = page.values("href")
    return [
        target if urlsplit(target).scheme else _goal(path, target, "/")[0]
        for target in targets
        if target.endswith(".ics")
    ]


def test_programme_round_and_session_lead_to_their_calendars() -> None:
    webcal = ADDRESS.replace("https", "webcal")
    assert _calendars("en/index.html") == ["en/programme.ics", f"{webcal}en/programme.ics"]
    assert _calendars("dagen/2026-10-25/index.html") == ["programma.ics", f"{webcal}programma.ics"]
    rounds = "en/rounds/2026-10-23-1"
    assert _calendars(f"{rounds}/index.html") == [f"{rounds}/round-2026-10-23-1.ics"]
    session = "sessies/water-en-wet"
    assert _calendars(f"{session}/index.html") == [f"{session}/water-en-wet.ics"]


def test_cancelled_session_is_not_offered_for_a_calendar() -> None:
    assert _calendars("sessies/grondwater/index.html") == []


def test_without_a_date_no_calendar_is_offered_and_the_page_says_why() -> None:
    said = {
        path: [text for text, _ in support.pages(support.REAL)[path].texts if "je agenda" in text]
        for path in ("index.html", "sessies/reos/index.html")
    }
    why = "De datum van de dag is nog niet bekend. Daarom is er nog geen bestand voor je agenda."
    assert said == {"index.html": [why], "sessies/reos/index.html": []}
    assert [path for path in support.pages(support.REAL) if _calendars(path, "real")] == []
    assert [path for path in support.made(support.REAL) if path.endswith(".ics")] == []


@EVERY_SITE
def test_headings_begin_with_one_title_and_skip_no_level(name: str) -> None:
    wrong = {}
    for path, page in support.pages(ROOTS[name]).items():
        levels = [int(e.tag[1]) for e in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
        skips = any(after > before + 1 for before, after in pairwise(levels))
        if levels[:1] != [1] or levels.count(1) != 1 or skips:
            wrong[path] = levels
    assert wrong == {}


@EVERY_SITE
def test_every_anchor_has_a_link_to_copy(name: str) -> None:
    """Key messages, sources, mentions and headings: each id that content may be linked by."""
    found = False
    for path, page in support.pages(ROOTS[name]).items():
        own = [e.attributes.get("id", "") for e in page.elements if e.tag != "span"]  # no old ids
        ids = [anchor for anchor in own if anchor and not anchor.startswith("site-")]
        links = [e for e in page.all("a") if _is(e, "class", "anchor")]
        assert sorted(e.attributes["href"] for e in links) == sorted(
            f"#{anchor}" for anchor in ids
        ), path
        assert all(e.attributes["aria-label"] for e in links), path
        found |= bool(ids)
    assert found


@EVERY_SITE
def test_every_page_has_a_title_of_its_own(name: str) -> None:
    """WCAG 2.4.2: a row of tabs tells one from another, also the rounds of two days."""
    pages = support.pages(ROOTS[name])
    titles = [
        (_language(path), page.texts[0][0])
        for path, page in pages.items()
        if not _is(page.all("body")[0], "class", "page-redirect")
    ]
    assert sorted(set(titles)) == sorted(titles)


@EVERY_SITE
def test_images_have_a_text_and_a_size(name: str) -> None:
    wrong = [
        (path, image.attributes)
        for path, page in support.pages(ROOTS[name]).items()
        for image in page.all("img")
        if "alt" not in image.attributes
        or not all(image.attributes.get(side, "").isdigit() for side in ("width", "height"))
    ]
    assert wrong == []


@EVERY_SITE
def test_nothing_is_fetched_from_elsewhere(name: str) -> None:
    fetched = [
        (path, e.attributes)
        for path, page in support.pages(ROOTS[name]).items()
        for e in page.all("link", "script", "img", "source", "iframe", "object", "video", "audio")
        if e.attributes.get("rel") not in {"canonical", "alternate"}
        for target in (e.attributes.get("src", ""), e.attributes.get("href", ""))
        if urlsplit(target).scheme or target.startswith("//")
    ]
    sheets = b"".join(data for path, data in support.made(ROOTS[name]).items() if ".css" in path)
    assert fetched == []
    assert not re.search(rb"""@import|url\(["']?(https?:)?//""", sheets)


def test_fallback_text_is_marked_with_its_language() -> None:
    """Fault 33: Dutch words on an English page say that they are Dutch."""
    dutch = {
        "Dijk en dorp",
        "Wonen achter de dijk",
        "Wat een dijk betekent voor wie erachter woont.",
        "Een dijk ophogen lukt alleen samen met wie erachter woont.",
        "Wie achter een dijk woont, kijkt er anders naar.",
        "Van wie is de dijk?",
        "De wet helpt wie op tijd begint.",
        "De sessie over grondwater gaat niet door.",
    }
    found = {
        (text, lang)
        for path, page in support.pages(support.SEVERAL_DAYS).items()
        if _language(path) == "en"
        for text, lang in page.texts
        if text in dutch
    }
    assert found == {(text, "nl") for text in dutch}


def test_only_the_untranslated_page_says_so() -> None:
    notice = "This page has not been translated yet."
    saying = [
        path
        for path, page in support.pages(support.SEVERAL_DAYS).items()
        if any(text.startswith(notice) for text, _ in page.texts)
    ]
    assert saying == ["en/sessions/dijk-en-dorp/index.html"]


def test_drafts_are_not_published() -> None:
    mentions = [p for p, data in support.made(support.SEVERAL_DAYS).items() if b"roeftuin" in data]
    assert mentions == []


def test_drafts_show_in_a_preview_and_are_marked() -> None:
    content, _ = pipeline.check(support.SEVERAL_DAYS)
    assert content is not None
    files, _, problems = pipeline.make(content, drafts=True)
    assert problems == []
    assert files.keys() - support.made(support.SEVERAL_DAYS).keys() >= {
        "sessies/proeftuin/index.html",
        "en/sessions/proeftuin/index.html",
    }
    unmarked = ("en/", "sitemap.xml", "teksten.js")  # of the last only excerpts are shown
    dutch = {path for path in files if not path.startswith(unmarked)}
    names = {path for path in dutch if b"Proeftuin" in files[path]}
    assert {path for path in names if b"oncept" not in files[path]} == {
        "sessies/slotwoord/index.html"  # has no more than a link to it, as to what comes before
    }


def test_photo_is_published_without_where_it_was_taken() -> None:
    """Fault 50."""
    photo = (support.SEVERAL_DAYS / "assets/img/noor-van-dam.jpg").read_bytes()
    (published,) = (
        data for path, data in support.made(support.SEVERAL_DAYS).items() if path.endswith(".jpg")
    )
    assert (b"Exif\0\0" in photo, b"Toestel van Noor" in photo) == (True, True)
    assert (b"Exif\0\0" in published, b"Toestel van Noor" in published) == (False, False)


def test_asset_of_the_root_replaces_its_namesake() -> None:
    own = (support.SEVERAL_DAYS / "assets/icons/site.svg").read_bytes()
    icons = [d for p, d in support.made(support.SEVERAL_DAYS).items() if "icons/site." in p]
    assert icons == [own]


def test_template_of_the_root_replaces_its_namesake(tmp_path: Path) -> None:
    template = "templates/pages/text.html"
    own = '{% extends "base.html" %}{% block main %}<h1>{{ page.title.text }}!</h1>{% endblock %}'
    root = support.write(support.basis(tmp_path / "site"), {template: own})
    page = support.made(root)["over/index.html"].decode()
    assert "<h1>Over deze dag!</h1>" in page
    assert 'class="skip"' in page


def _moments(path: str) -> list[str]:
    """Return the moments in the main part of a page of the site over several days."""
    page = support.pages(support.SEVERAL_DAYS)[path]
    return sorted({e.attributes["datetime"] for e in page.all("time")})


@pytest.mark.parametrize(
    ("slug", "moments"),
    [
        ("ijsselwandeling", ["2026-10-23T12:15+02:00", "2026-10-23T13:15+02:00"]),
        ("sterren", ["2026-10-24T00:30+02:00", "2026-10-24T01:30+02:00"]),
        ("slotwoord", ["2026-10-25T16:00+01:00"]),
    ],
)
def test_session_is_held_at_the_moment_that_was_meant(slug: str, moments: list[str]) -> None:
    """A walk within lunch, a night that runs on, the afternoon after the clock went back."""
    held = _moments(f"sessies/{slug}/index.html")
    assert [moment for moment in moments if moment in held] == moments


def test_night_slot_belongs_to_the_day_before() -> None:
    """01.00 on Sunday, before the change of day at 04.00, is part of Saturday."""
    saturday = _moments("dagen/2026-10-24/index.html")
    sunday = _moments("dagen/2026-10-25/index.html")
    soup = "2026-10-25T01:00+02:00"
    assert (soup in saturday, soup in sunday) == (True, False)


def test_repeated_session_is_full_only_once_and_in_its_own_room() -> None:
    cards = {
        path: support.pages(support.SEVERAL_DAYS)[path].texts
        for path in ("rondes/2026-10-23-1/index.html", "rondes/2026-10-24-1/index.html")
    }
    friday, saturday = ({text for text, _ in texts} for texts in cards.values())
    assert ("Vol" in friday, "Vol" in saturday) == (False, True)
    assert ("Kapel" in friday, "Zaal 3" in saturday) == (True, True)


def test_cancelled_and_moved_sessions_stay_and_say_so() -> None:
    pages = support.pages(support.SEVERAL_DAYS)
    friday = {text for text, _ in pages["rondes/2026-10-23-1/index.html"].texts}
    saturday = {text for text, _ in pages["en/rounds/2026-10-24-1/index.html"].texts}
    assert {"Grondwater", "Vervallen"} <= friday
    assert {"Conversation on the city", "Moved", "Now in: Round 2, Kapel"} <= saturday


def test_every_identifier_leads_to_its_official_address() -> None:
    page = support.pages(support.SEVERAL_DAYS)["bronnen/index.html"]
    outside = {target for target in page.values("href") if urlsplit(target).scheme}
    footer = {"mailto:programma@example.nl", f"{REGISTER}/1234"}
    assert outside - footer - {ADDRESS + "bronnen/", ADDRESS + "en/sources/"} == {
        "https://wetten.overheid.nl/jci1.3:c:BWBR0025458&artikel=2.1",
        "https://zoek.officielebekendmakingen.nl/stb-2009-107.html",
        "https://wetten.overheid.nl/jci1.3:c:BWBR0037885&artikel=1.3",
        "https://zoek.officielebekendmakingen.nl/dossier/27625",
        "https://zoek.officielebekendmakingen.nl/kst-27625-655.html",
        "https://uitspraken.rechtspraak.nl/details?id=ECLI:NL:RVS:2019:1603",
        "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:32000L0060",
        "https://data.europa.eu/eli/dir/2000/60/oj",
        "https://lokaleregelgeving.overheid.nl/CVDR603917",
        "https://zoek.officielebekendmakingen.nl/stcrt-2023-17585.html",
        "https://www.waterschap.example.nl/keur",
    }


@pytest.mark.parametrize("old", MOVED)
def test_old_address_leads_to_the_new_one(old: str) -> None:
    """Fault 34, for a visitor with a script, one without, and a search engine."""
    path, new = f"{old}/index.html", f"{MOVED[old]}/index.html"
    page = support.pages(support.SEVERAL_DAYS)[path]
    by_script = [e.attributes["href"] for e in page.all("a") if _is(e, "id", "site-redirect")]
    without = [
        e.attributes["content"].partition("url=")[2]
        for e in page.all("meta")
        if _is(e, "http-equiv", "refresh")
    ]
    canonical = [e.attributes["href"] for e in page.all("link") if _is(e, "rel", "canonical")]
    assert [_goal(path, goal, "/")[0] for goal in by_script + without] == [new, new]
    assert canonical == [f"{ADDRESS}{MOVED[old]}/"]


def _is(element: Element, name: str, value: str) -> bool:
    return element.attributes.get(name) == value


def test_announced_change_says_when_it_became_known() -> None:
    pages = support.pages(support.SEVERAL_DAYS)
    moments = {
        lang: [text for text, _ in pages[path].texts if text.startswith(("20 o", "20 O"))]
        for lang, path in (("nl", "index.html"), ("en", "en/index.html"))
    }
    assert moments == {"nl": ["20 oktober 2026, 14.05 uur"], "en": ["20 October 2026, 14:05"]}


COMPARED = (".html", ".ics", ".txt", ".webmanifest", ".xml")
HASHED = re.compile(rb"\.[0-9a-f]{10}(?=\.[a-z0-9]+\b)")


def _comparable() -> dict[str, str]:
    """Return the texts, and the names of all else; names without the hash of their content."""
    files = support.made(support.SEVERAL_DAYS)
    others = sorted(
        HASHED.sub(b"", path.encode()).decode() for path in files if not path.endswith(COMPARED)
    )
    compared = {path: data for path, data in files.items() if path.endswith(COMPARED)}
    pages = {path: HASHED.sub(b"", data).decode() for path, data in compared.items()}
    return {**pages, "andere-bestanden.txt": "".join(f"{path}\n" for path in others)}


def test_site_over_several_days_is_as_expected(rewrite: bool) -> None:
    found = _comparable()
    if rewrite:
        for path in support.tree(EXPECTED).keys() - found.keys():
            (EXPECTED / path).unlink()
        support.write(EXPECTED, found)
    expected = {path: data.decode() for path, data in support.tree(EXPECTED).items()}
    differences = [
        line
        for path in sorted(expected.keys() | found.keys())
        for line in difflib.unified_diff(
            expected.get(path, "").splitlines(),
            found.get(path, "").splitlines(),
            f"expected/{path}",
            f"found/{path}",
            lineterm="",
            n=1,
        )
    ]
    if differences:
        pytest.fail("\n".join([*differences[:200], "(pytest --rewrite)"]), pytrace=False)

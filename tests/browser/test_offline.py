"""Without network: what a visitor still reads, what the page says of it, and what a new build does.

The time of a page is told by the ``Date`` of the server, which each test sets: a page's own clock
can be fixed, that of a worker cannot.
"""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from pathlib import Path

import pytest
import support
from hosting import ARGUMENTS, hosting
from test_axe import ALL_RULES

from site_gen import pipeline

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
CACHE = "stad:/dag/:1"
FETCHED = "Wed, 25 Mar 2026 09:42:00 GMT"
SAME_DAY, NEXT_DAY, A_YEAR_OFF = "2026-03-25T22:59Z", "2026-03-26T00:00+01:00", "2025-01-01T12:00Z"
OFFLINE = "Je bent offline. Deze pagina is van 10.42\u00a0uur."
UNREACHABLE = "De verbinding was niet goed. Deze pagina is van 10.42\u00a0uur. Vernieuw de pagina"
NOT_HERE = ("Deze pagina is er nu niet", "This page is not available now")
EVENT = "titel: Stad\nkenmerk: stad\ntalen: [nl, en]\n"
SLOT = 'begin: "10.00"\neind: "11.00"\nsoort: ronde\nronde: 1\nsessies: [welkom, gracht]\n'
READY = """
async () => {
  const { serviceWorker } = navigator;
  const taken = new Promise((done) => { serviceWorker.oncontrollerchange = done; });
  await serviceWorker.ready;
  if (!serviceWorker.controller) await taken;
}
"""
NO_WORKER = "() => navigator.serviceWorker.getRegistrations().then((found) => !found.length)"
UPDATE = """
async () => {
  const registration = await navigator.serviceWorker.ready;
  await registration.update().catch(() => {});
  const worker = registration.installing;
  if (!worker) return registration.waiting?.state ?? "none";
  return new Promise((done) => {
    worker.onstatechange = () => done(worker.state);
  });
}
"""


def content(root: Path, title: str, look: str) -> Path:
    """Write a small site; with another look its style and scripts are others too."""
    scripts = {
        f"assets/js/{name}": (support.REAL / "assets/js" / name).read_text("utf-8") + f"// {look}\n"
        for name in ("site.js", "qr.js", "my-programme.js")
    }
    style = (support.REAL / "assets/css/site.css").read_text("utf-8")
    return support.write(
        root,
        {
            "programma/evenement.yaml": EVENT,
            "programma/01-ronde.yaml": SLOT,
            "sessies/welkom.md": f"---\ntitel: {title}\n---\nTekst.\n",
            "sessies/gracht.md": "---\ntitel: De gracht\n---\nTekst.\n",
            "assets/css/site.css": f"{style}:root {{ --look: {look}; }}\n",
            **scripts,
        },
    )


@pytest.fixture(scope="module")
def builds(tmp_path_factory) -> dict[str, Path]:
    """Return the folders of three versions of a small site, and that of the real one."""
    folder = tmp_path_factory.mktemp("versions")
    roots = {name: content(folder / "content" / name, f"Welkom {name}", name) for name in "abc"}
    for name, root in {**roots, "real": support.REAL}.items():
        built, problems = pipeline.build(root, folder / name / "dag")
        assert built is not None, problems
    return {name: folder / name for name in (*roots, "real")}


@pytest.fixture
def host(builds, chromium):  # noqa: ARG001 - without a browser there is nothing to serve
    with hosting(builds["a"], worker=True) as server:
        server.date = FETCHED
        yield server


@contextmanager
def phone(browser, host, path="dag/", at=SAME_DAY, **options):
    """A visitor whose phone has kept the site; nothing may go wrong unseen."""
    faults = []
    with browser.new_context(viewport=PHONE, **options) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.clock.set_fixed_time(at)
        page.goto(host.address + path)
        page.evaluate(READY)
        yield page
    assert faults == []


@pytest.fixture
def visitor(browser, host):
    with phone(browser, host) as page:
        yield page


def go(page, host, path):
    page.goto(host.address + path)


def no_network(page, host):
    host.fault = lambda _path: "gone"
    page.context.set_offline(True)


def until(page, script, value=None):
    """Wait until a script that returns a promise gives something true."""
    again = "await new Promise(requestAnimationFrame)"
    page.evaluate(f"async (v) => {{ while (!(await ({script})(v))) {again}; }}", value)


def bar(page):
    """Return what the bar says; wait for its words where the page was kept."""
    if page.locator("body[data-kept]").count():
        page.locator("#site-age:not(:empty)").wait_for()
    return page.locator("#site-age").inner_text()


def title(page):
    return page.locator("h1").inner_text()


def look(page):
    """Return of which version the style is that the page has got."""
    return page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--look')")


def kept(page, name=CACHE):
    """Return the paths in a cache, without the hashes of names."""
    script = "n => caches.open(n).then((c) => c.keys()).then((k) => k.map(({ url }) => url))"
    return {re.sub(r"^.*?//[^/]+", "", url) for url in page.evaluate(script, name)}


def styles(page):
    return {path for path in kept(page) if path.endswith(".css")}


def site(data: bytes) -> dict:
    return json.loads(data.decode().partition("const SITE = ")[2].partition(";\n")[0])


# Reading without network


def test_after_one_visit_the_whole_programme_is_readable(browser, host, builds):
    host.folder = builds["real"]
    with phone(browser, host) as page:
        no_network(page, host)
        for path, heading in {
            "dag/": "Ambtelijke netwerkdag G40 in Dordrecht",
            "dag/index.html": "Ambtelijke netwerkdag G40 in Dordrecht",
            "dag/rondes/2/": "Keuzesessies, ronde 2",
            "dag/sessies/europa/index.html": "Kansen in Europa",
            "dag/sessies/": "Alle sessies",
            "dag/sprekers/max-van-dijk/": "Max van Dijk",
            "dag/over/": "Over dit programma",
        }.items():
            go(page, host, path)
            assert (title(page), bar(page)) == (heading, OFFLINE)
        assert page.evaluate("document.fonts.check('1em \"Site Serif\"')")
        go(page, host, "dag/mijn-programma/#keuze=reos,europa")
        page.get_by_role("button", name="Neem deze keuze over").click()
        assert page.locator("#site-plan .card h3").count() == 2
        page.get_by_role("button", name="Toon als QR-code").click()
        page.get_by_role("img", name="QR-code met de link naar deze keuze").wait_for()


@pytest.mark.parametrize(
    ("at", "path", "said"),
    [
        (SAME_DAY, "dag/", OFFLINE),
        (NEXT_DAY, "dag/", "Je bent offline. Deze pagina is van 25 maart 2026, 10.42\u00a0uur."),
        (A_YEAR_OFF, "dag/", "Je bent offline. Deze pagina is van 25 maart 2026, 10.42\u00a0uur."),
        (SAME_DAY, "dag/en/", "You are offline. This page is from 10:42."),
        (NEXT_DAY, "dag/en/", "You are offline. This page is from 25 March 2026, 10:42."),
    ],
)
def test_a_kept_page_tells_its_time_in_the_zone_of_the_event(browser, host, at, path, said):
    with phone(browser, host, at=at, timezone_id="Pacific/Auckland") as page:
        no_network(page, host)
        go(page, host, path)
        assert bar(page) == said


def test_a_page_that_is_open_says_it_when_the_network_goes_and_comes(visitor, host):
    go(visitor, host, "dag/rondes/1/")
    assert bar(visitor) == ""
    visitor.context.set_offline(True)
    visitor.get_by_text(OFFLINE).wait_for()
    visitor.context.set_offline(False)
    visitor.get_by_text("De verbinding was niet goed.").wait_for()
    assert bar(visitor) == UNREACHABLE
    visitor.get_by_role("button", name="Vernieuw de pagina").click()
    visitor.locator("#site-age:empty").wait_for(state="attached")


def test_the_bar_is_not_printed(visitor, host):
    no_network(visitor, host)
    go(visitor, host, "dag/")
    assert bar(visitor) == OFFLINE
    visitor.emulate_media(media="print")
    assert visitor.locator("#site-age").is_hidden()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_bar_and_on_the_offline_page(browser, host, axe, width, scheme):
    with phone(browser, host, color_scheme=scheme) as page:
        page.set_viewport_size({"width": width, "height": 740})
        host.fault = lambda _path: "gone"
        for path, said in {
            "dag/en/": "Reload the page",
            "dag/niets/": "Probeer het opnieuw",
        }.items():
            go(page, host, path)
            page.get_by_role("button", name=said).wait_for()
            page.evaluate(axe)
            assert page.evaluate(ALL_RULES) == []


@pytest.mark.parametrize(
    ("path", "heading", "link", "goal"),
    [
        ("dag/sessies/niets/", NOT_HERE[0], "Ronde 1", "Ronde 1"),
        ("dag/en/nothing", NOT_HERE[1], "Programme", "Stad"),
        ("dag/niets.ics", NOT_HERE[0], "Mijn programma", "Mijn programma"),
    ],
)
def test_what_was_never_kept_gets_a_page_that_leads_on(visitor, host, path, heading, link, goal):
    no_network(visitor, host)
    go(visitor, host, path)
    assert (title(visitor), visitor.url) == (heading, host.address + path)
    assert look(visitor) == "a"
    visitor.locator("main").get_by_role("link", name=link, exact=True).click()
    assert title(visitor) == goal
    assert bar(visitor)


def test_the_offline_page_asks_again_at_the_same_address(visitor, host):
    host.fault = lambda _path: "gone"
    go(visitor, host, "dag/nieuw/")
    host.fault = lambda _path: None
    host.folder = support.write(
        host.folder.parent / "later", {"dag/nieuw/index.html": "<title>Nieuw</title>"}
    )
    with visitor.expect_navigation():
        visitor.get_by_role("button", name="Probeer het opnieuw").click()
    assert visitor.title() == "Nieuw"


def test_on_a_large_site_what_was_seen_is_kept_too_and_the_offline_page_lists_it(browser, host):
    def programme_only(path, data):
        """Cut the list of the worker down to what is kept of any site."""
        if not path.endswith("/sw.js"):
            return data
        said = site(data)
        later = ("sessies/welkom", "sessies/gracht", "en/sessions/")
        files = {p: h for p, h in said["files"].items() if not p.startswith(later)}
        said |= {"files": files, "whole": False}
        return b"const SITE = " + json.dumps(said).encode() + b";\n" + data.partition(b";\n")[2]

    host.edit = programme_only
    with phone(browser, host) as page:
        go(page, host, "dag/sessies/welkom/?via=mail")
        until(page, "() => caches.match('/dag/sessies/welkom/index.html')")
        no_network(page, host)
        go(page, host, "dag/sessies/welkom/index.html")
        assert (title(page), bar(page)) == ("Welkom a", OFFLINE)
        go(page, host, "dag/sessies/gracht/")
        assert title(page) == NOT_HERE[0]
        assert page.locator("#site-seen a").all_inner_texts() == ["Welkom a"]
        page.get_by_role("link", name="Welkom a").click()
        assert title(page) == "Welkom a"
        go(page, host, "dag/en/sessions/gracht/")
        assert page.locator("#site-seen").is_hidden()


def test_an_address_without_slash_and_one_with_a_query_lead_to_the_kept_page(visitor, host):
    go(visitor, host, "dag/rondes/1")
    assert visitor.url == f"{host.address}dag/rondes/1/"
    no_network(visitor, host)
    for path in ("dag/rondes/1", "dag/rondes/1/?thema=water", "dag/rondes/1/index.html#site-main"):
        go(visitor, host, path)
        assert (title(visitor), bar(visitor)) == ("Ronde 1", OFFLINE)


# The network wins when there is one


def test_the_network_wins_also_over_the_cache_of_the_browser(visitor, host, builds):
    host.folder = builds["b"]
    go(visitor, host, "dag/sessies/welkom/")
    assert (title(visitor), look(visitor), bar(visitor)) == ("Welkom b", "b", "")


@pytest.mark.parametrize("fault", [500, 503, "gone", "hangs"])
def test_a_server_in_trouble_does_not_take_the_page_away(visitor, host, fault):
    host.fault = lambda path: None if "/assets/" in path else fault
    go(visitor, host, "dag/sessies/welkom/")
    assert (title(visitor), bar(visitor)) == ("Welkom a", UNREACHABLE)
    host.fault = lambda _path: "gone"
    with visitor.expect_navigation():
        visitor.get_by_role("button", name="Vernieuw de pagina").click()
    assert (title(visitor), bar(visitor)) == ("Welkom a", UNREACHABLE)


@pytest.mark.parametrize("status", [404, 500])
def test_an_error_is_shown_where_there_is_nothing_better_and_never_kept(visitor, host, status):
    host.fault = lambda path: status if "nieuw" in path else None
    before = kept(visitor)
    go(visitor, host, "dag/nieuw/")
    assert str(status) in visitor.locator("body").inner_text()
    assert kept(visitor) == before


def test_a_page_that_the_server_no_longer_has_is_gone(visitor, host):
    host.fault = lambda path: 404 if "welkom" in path else None
    go(visitor, host, "dag/sessies/welkom/")
    assert "404" in visitor.locator("body").inner_text()


def test_a_page_that_is_not_ours_is_shown_and_not_kept(visitor, host):
    """As a network does that wants visitors to log in first."""
    host.edit = lambda _path, _data: b"<!doctype html><title>Hotspot</title><h1>Log in</h1>"
    go(visitor, host, "dag/sessies/welkom/")
    assert title(visitor) == "Log in"
    no_network(visitor, host)
    go(visitor, host, "dag/sessies/welkom/")
    assert title(visitor) == "Welkom a"


# A new build


def test_a_new_build_replaces_the_old_one_and_leaves_others_alone(visitor, host, builds):
    others = ["stad:/2026/:1", "dorp:/dag/:1", "stad:/:1", "pages"]
    own = "stad:/dag/:0"
    visitor.evaluate("names => Promise.all(names.map((n) => caches.open(n)))", [*others, own])
    (old_style,) = styles(visitor)
    host.folder = builds["b"]
    go(visitor, host, "dag/")
    assert look(visitor) == "b"
    assert visitor.evaluate(UPDATE) == "installed"
    go(visitor, host, "")  # away: no page of the old version is open
    until(visitor, "(old) => caches.match(old).then((found) => !found)", old_style)
    assert len(styles(visitor)) == 1
    assert set(visitor.evaluate("caches.keys()")) == {CACHE, *others}
    no_network(visitor, host)
    go(visitor, host, "dag/sessies/welkom/")  # not seen since
    assert (title(visitor), look(visitor)) == ("Welkom b", "b")


def test_what_a_new_build_brought_is_read_before_the_old_page_is_closed(visitor, host, builds):
    host.folder = builds["b"]
    assert visitor.evaluate(UPDATE) == "installed"
    no_network(visitor, host)
    go(visitor, host, "dag/sessies/welkom/")
    assert (title(visitor), look(visitor)) == ("Welkom b", "b")


def test_a_new_build_costs_only_what_changed(visitor, host, tmp_path):
    root = content(tmp_path / "content", "Welkom later", "a")
    built, _ = pipeline.build(root, tmp_path / "later" / "dag")
    assert built is not None
    host.folder = tmp_path / "later"
    host.asked.clear()
    assert visitor.evaluate(UPDATE) == "installed"
    pages = {path for path in host.asked if path.endswith(".html")}
    assert "/dag/sessies/welkom/index.html" in pages
    assert "/dag/sessies/gracht/index.html" in pages  # names its neighbour
    assert not {path for path in pages if "bronnen" in path or "sprekers" in path}
    assert not {path for path in host.asked if path.endswith((".css", ".woff2", "site.js"))}


def test_a_deploy_between_a_page_and_its_style_shows_the_newest_page_whole(visitor, host, builds):
    """The server still gives the page of b, and then has only the style of c."""
    old = (builds["b"] / "dag/index.html").read_bytes()
    host.folder = builds["c"]
    pages = iter([old])
    host.edit = lambda path, data: next(pages, data) if path == "/dag/" else data
    host.asked.clear()
    go(visitor, host, "dag/")
    assert (look(visitor), bar(visitor)) == ("c", "")
    assert host.asked.count("/dag/") == 2


@pytest.mark.parametrize("answer", ["404", "a page"])
def test_a_page_without_its_style_is_not_shown_while_there_is_a_whole_one(
    visitor, host, builds, answer
):
    host.folder = builds["b"]
    style = next((builds["b"] / "dag/assets/css").glob("site.*.css")).name
    if answer == "404":
        host.fault = lambda path: 404 if path.endswith(style) else None
    else:  # some servers send a page for whatever is not there
        host.edit = lambda path, data: b"<h1>?</h1>" if path.endswith(style) else data
        types = {style: "text/html"}
        host.type_of = lambda path: types.get(path.rpartition("/")[2])
    go(visitor, host, "dag/")
    assert (look(visitor), bar(visitor)) == ("a", UNREACHABLE)
    host.fault, host.edit, host.type_of = (lambda _p: None), (lambda _p, d: d), (lambda _p: None)
    go(visitor, host, "dag/")
    assert (look(visitor), bar(visitor)) == ("b", "")


def test_texts_to_find_words_in_are_those_of_the_last_install(visitor, host, builds):
    """Their name is the same in every version."""
    texts = "fetch('teksten.js').then((answer) => answer.text())"
    host.folder = builds["b"]
    assert "Welkom a" in visitor.evaluate(texts)
    assert visitor.evaluate(UPDATE) == "installed"
    no_network(visitor, host)
    assert "Welkom b" in visitor.evaluate(texts)


@pytest.mark.parametrize("fault", ["missing", "other version"])
def test_an_install_that_fails_leaves_what_there_was_and_goes_on_later(
    visitor, host, builds, fault
):
    host.folder = builds["b"]
    last = "/dag/en/sessions/gracht/index.html"
    if fault == "missing":
        host.fault = lambda path: 404 if path == last else None
    else:
        host.edit = lambda path, data: data + b"<!-- c -->" if path == last else data
    assert visitor.evaluate(UPDATE) == "redundant"
    assert visitor.evaluate("navigator.serviceWorker.controller.state") == "activated"
    no_network(visitor, host)
    go(visitor, host, "dag/en/sessions/gracht/")
    assert look(visitor) == "a"
    host.fault, host.edit = (lambda _path: None), (lambda _path, data: data)
    visitor.context.set_offline(False)
    go(visitor, host, "dag/")
    host.asked.clear()
    assert visitor.evaluate(UPDATE) in {"installed", "none"}
    assert not [path for path in host.asked if path.endswith(".css")]


def test_two_tabs_of_two_versions_each_have_what_they_need(visitor, host, builds):
    go(visitor, host, "dag/mijn-programma/#keuze=welkom")
    other = visitor.context.new_page()
    host.folder = builds["b"]
    go(other, host, "dag/")
    assert other.evaluate(UPDATE) == "installed"
    assert (look(visitor), look(other)) == ("a", "b")
    visitor.get_by_role("button", name="Neem deze keuze over").click()
    visitor.get_by_role("button", name="Toon als QR-code").click()  # a script of the old version
    visitor.get_by_role("img", name="QR-code met de link naar deze keuze").wait_for()
    no_network(visitor, host)
    go(other, host, "dag/mijn-programma/")
    assert (look(other), title(other)) == ("b", "Mijn programma")
    other.locator("#site-plan .card").wait_for()  # what was chosen in the first tab


# Storage that is blocked or full

BREAKABLE = b"""
{
  const open = caches.open.bind(caches);
  let broken = START;
  addEventListener("message", () => { broken = true; });
  const refuse = async () => { throw new DOMException("", "SecurityError"); };
  caches.open = (name) => (broken ? refuse() : open(name));
}
"""


def breakable(start):
    prefix = BREAKABLE.replace(b"START", start)
    return lambda path, data: prefix + data if path.endswith("/sw.js") else data


def test_where_nothing_can_be_kept_the_site_works_as_any_other(browser, host):
    host.edit = breakable(b"true")
    with browser.new_context() as context:
        page = context.new_page()
        faults = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        go(page, host, "dag/")
        until(page, NO_WORKER)
        go(page, host, "dag/sessies/welkom/")
        assert (title(page), look(page), faults) == ("Welkom a", "a", [])


def test_a_storage_that_is_blocked_later_takes_nothing_away(browser, host, builds):
    host.edit = breakable(b"false")
    with phone(browser, host) as page:
        page.evaluate("navigator.serviceWorker.controller.postMessage(1)")
        host.folder = builds["b"]
        go(page, host, "dag/sessies/welkom/")
        assert (title(page), look(page), bar(page)) == ("Welkom b", "b", "")


def test_with_a_full_storage_the_network_still_wins_and_the_old_is_readable(visitor, host, builds):
    tools, origin = visitor.context.new_cdp_session(visitor), host.address.rstrip("/")
    tools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})
    host.folder = builds["b"]
    go(visitor, host, "dag/sessies/welkom/")
    assert (title(visitor), look(visitor), bar(visitor)) == ("Welkom b", "b", "")
    assert visitor.evaluate(UPDATE) == "redundant"
    host.fault = lambda _path: "gone"
    go(visitor, host, "dag/sessies/welkom/")
    assert (title(visitor), look(visitor), bar(visitor)) == ("Welkom a", "a", UNREACHABLE)


# On and off


def test_while_serving_the_worker_takes_itself_off(visitor, host):
    others = {"stad:/2026/:1", "pages", "niet van ons:/dag/:1"}
    visitor.evaluate("names => Promise.all(names.map((n) => caches.open(n)))", [*others])
    visitor.evaluate("window.stays = true")
    host.worker = False
    visitor.evaluate(UPDATE)
    until(visitor, NO_WORKER)
    assert set(visitor.evaluate("caches.keys()")) == others
    assert visitor.evaluate("window.stays")
    go(visitor, host, "dag/rondes/1/")
    assert title(visitor) == "Ronde 1"
    assert visitor.evaluate("navigator.serviceWorker.controller") is None


def test_from_a_folder_on_disk_there_is_no_worker_and_no_bar(browser, builds):
    with browser.new_context() as context:
        page = context.new_page()
        said = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto((builds["a"] / "dag/index.html").as_uri())
        context.set_offline(True)
        page.reload()
        assert (bar(page), said) == ("", [])


def test_the_site_can_be_installed_in_both_languages(host, driver, chromium, tmp_path):
    """With a profile of its own: an incognito one installs nothing."""
    with driver.chromium.launch_persistent_context(
        tmp_path, executable_path=chromium, args=ARGUMENTS
    ) as context:
        page = context.new_page()
        tools = context.new_cdp_session(page)
        for path, start, lang in (("dag/", "dag/", "nl"), ("dag/en/rounds/1/", "dag/en/", "en")):
            go(page, host, path)
            found = tools.send("Page.getAppManifest")
            said = json.loads(found["data"])
            assert (found["errors"], said["lang"]) == ([], lang)
            assert found["manifest"]["startUrl"] == host.address + start
            assert found["manifest"]["scope"] == f"{host.address}dag/"
            assert tools.send("Page.getInstallabilityErrors") == {"installabilityErrors": []}

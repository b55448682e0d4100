"""Every page of both sites is visited: nobody else hears of it, and the browser keeps nothing.

The privacy page promises this. ``pytest tests/browser/test_visits.py -s`` prints the counts.
"""

from __future__ import annotations

import pytest
import support
import test_attacks
from hosting import hosting

from site_gen import pipeline

pytestmark = pytest.mark.browser

# What a page would have kept on the device, and whether something broke the page's own policy.
KEPT = "() => [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)]"
BREACHES = "addEventListener('securitypolicyviolation', e => console.error(e.violatedDirective))"


@pytest.mark.parametrize("site", ["dag", "2026"])
def test_no_visit_is_seen_by_others_or_kept(site, host, built, browser):
    """Fault 73: each of the two sites stands below a path of its own."""
    pages = sorted(path.relative_to(built) for path in (built / site).rglob("*.html"))
    requests, said, kept = [], [], []
    with browser.new_context() as context:
        context.add_init_script(BREACHES)
        context.on("request", lambda request: requests.append(request.url))
        context.on("console", lambda message: said.append((message.page.url, message.text)))
        context.on("weberror", lambda error: said.append((error.page.url, str(error.error))))
        page = context.new_page()
        for path in pages:
            page.goto(host + path.as_posix())
            kept += page.evaluate(KEPT)
        kept += [cookie["name"] for cookie in context.cookies()]
    others = [url for url in requests if not url.startswith(host)]
    print(f"\n{site}: {len(pages)} pages, {len(requests)} requests, {len(others)} to others")
    assert (others, said, [name for name in kept if name]) == ([], [], [])
    assert len(pages) > 55
    assert len(requests) > len(pages)


def test_attack_in_content_does_nothing_in_a_browser(browser, tmp_path):
    """Also where a script puts the words of the content on the page: in my programme."""
    root = support.write(support.basis(tmp_path / "site"), test_attacks.site(test_attacks.TEXTS))
    built, _ = pipeline.build(root, tmp_path / "out")
    assert built is not None
    seen = []
    slugs = ",".join(f"nummer-{number}" for number in range(len(test_attacks.TEXTS)))
    with hosting(tmp_path / "out") as server, browser.new_context() as context:
        host = server.address
        context.add_init_script(BREACHES)
        context.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
        context.on("console", lambda message: seen.append(message.text))
        context.on("weberror", lambda error: seen.append(str(error.error)))
        context.on("request", lambda r: None if r.url.startswith(host) else seen.append(r.url))
        page = context.new_page()
        for path in ("", "en/", "sessies/", "sprekers/nummer-2/", "en/sessions/nummer-3/"):
            page.goto(host + path)
        page.goto(f"{host}mijn-programma/#keuze={slugs}")
        page.locator("#site-mine").wait_for()
        unnamed = page.evaluate("() => [...document.scripts].filter(s => !s.src).length")
        chosen = page.locator("#site-mine").inner_text()
    assert (seen, unnamed) == ([], 0)
    assert test_attacks.TEXTS[0] in chosen


@pytest.mark.parametrize("lost", ["weg", "en/sessions/weg/", "a/b/c/d.html"])
def test_lost_visitor_is_helped_in_both_languages_wherever_it_was(lost, host, built, browser):
    """Fault 73: a server shows 404.html at any depth, below the path of the site."""
    with browser.new_context() as context:
        page = context.new_page()
        missing = []
        page.on("response", lambda r: missing.append(r.url) if r.status >= 400 else None)
        page.route(
            f"**/dag/{lost}",
            lambda route: route.fulfill(status=404, path=built / "dag" / "404.html"),
        )
        page.goto(f"{host}dag/{lost}")
        assert page.locator("h1").inner_text() == "Deze pagina is er niet"
        assert page.locator("section[lang=en] h2").inner_text() == "This page does not exist"
        page.locator("section[lang=en] a").first.click()
        page.wait_for_url(f"{host}dag/en/**")
        assert missing == [f"{host}dag/{lost}"]


def documented_headers():
    """Return the headers that docs/publiceren.md asks of a server."""
    text = (support.REAL / "docs" / "publiceren.md").read_text("utf-8")
    block = text.partition("```http\n")[2].partition("```")[0]
    return dict(line.split(": ", 1) for line in block.splitlines())


def test_headers_that_a_server_should_send_break_nothing(built, browser):
    """With the worker that keeps pages: it too has to live by them."""
    headers = documented_headers()
    assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    said = []
    with hosting(built, worker=True) as server, browser.new_context() as context:
        server.headers = headers
        context.add_init_script(BREACHES)
        context.on("console", lambda message: said.append(message.text))
        context.on("weberror", lambda error: said.append(str(error.error)))
        page = context.new_page()
        for path in ("", "sessies/reos/", "sessies/", "mijn-programma/#keuze=reos", "en/sources/"):
            page.goto(f"{server.address}dag/{path}", wait_until="networkidle")
        page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    assert said == []

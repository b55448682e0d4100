"""What a visitor with bad wifi has to wait for: bytes on the line, compressed, per first view.

Weighed is what a browser fetches until the page is there. What a script asks for after that (the
worker, the manifest) is no part of it.
"""

from __future__ import annotations

import gzip
import os
import re
from dataclasses import dataclass, field

import pytest
import support
from hosting import hosting
from playwright.sync_api import Route

KB = 1000
EVERY_SITE = pytest.mark.parametrize("root", [support.REAL, support.SEVERAL_DAYS], ids="12")
SITES = {"dag": support.REAL, "2026": support.SEVERAL_DAYS}
PHONE = {"width": 412, "height": 823}
LATER = ("/sw.js", ".webmanifest")
# No more than this moves of what a visitor sees, as a share of the screen and of the way it goes.
STILL = 0.05
LATE = re.compile(r"\.woff2$|/assets/js/site\.")
MOVED = """
window.moved = 0;
new PerformanceObserver((list) => {
  for (const { value } of list.getEntries()) window.moved += value;
}).observe({ type: "layout-shift", buffered: true });
"""
FRAMES = """
async () => { for (let n = 0; n < 5; n++) await new Promise(requestAnimationFrame); }
"""


def one_of_each_kind() -> dict[str, str]:
    """Return the kind of the heaviest page of each kind in each site; a redirect is no view."""
    found: dict[tuple[str, str], str] = {}
    for base, root in SITES.items():
        files = support.made(root)
        for path, page in sorted(support.pages(root).items(), key=lambda item: len(files[item[0]])):
            (body,) = page.all("body")
            found[base, body.attributes["class"]] = f"{base}/{path}"
    return {path: kind for (_, kind), path in found.items() if kind != "page-redirect"}


@dataclass
class View:
    """What one first view took: bytes on the line by address, and what each was."""

    bytes: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    cookies: list[str] = field(default_factory=list)

    def weight(self, kind: str) -> int:
        """Return the bytes of one kind of resource."""
        return sum(size for url, size in self.bytes.items() if self.kinds[url] == kind)


def gathering(found):
    """Return a listener that gathers what it hears; the driver takes no built-in method for one."""

    def listen(item):
        found.append(item)

    return listen


def view(browser, url) -> View:
    """Open a page as if for the first time, and weigh what comes, headers aside."""
    seen = View()
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        answers = []
        page.on("response", gathering(answers))
        page.goto(url)
        page.evaluate("document.fonts.ready.then(() => 1)")
        for answer in answers:
            if not answer.url.endswith(LATER):
                answer.finished()
                sizes = answer.request.sizes()
                seen.bytes[answer.url] = max(
                    seen.bytes.get(answer.url, 0), sizes["responseBodySize"]
                )
                seen.kinds.setdefault(answer.url, answer.request.resource_type)
                seen.cookies += filter(None, [answer.header_value("set-cookie")])
        seen.cookies += [page.evaluate("document.cookie")] * bool(page.evaluate("document.cookie"))
        seen.cookies += [str(cookie) for cookie in context.cookies()]
    return seen


@pytest.mark.browser
def test_first_view_of_every_kind_of_page_is_light(host, browser):
    """Six requests, to one host, without a cookie; a photo of a speaker is one more each."""
    wrong = []
    for path, kind in one_of_each_kind().items():
        seen = view(browser, host + path)
        page = (30 if kind == "page-home" else 15) * KB
        limits = {"document": page, "stylesheet": 12 * KB, "script": 6 * KB, "font": 40 * KB}
        over = {
            name: seen.weight(name) for name, most in limits.items() if seen.weight(name) > most
        }
        asked = [url for url in seen.bytes if "/assets/img/" not in url]
        elsewhere = [url for url in seen.bytes if not url.startswith(host)]
        if over or len(asked) > 6 or not seen.weight("document") or elsewhere or seen.cookies:
            wrong.append((path, over, asked, elsewhere, seen.cookies))
    assert wrong == []


class Gate:
    """Holds requests until it is opened."""

    def __init__(self) -> None:
        self.held: list[Route] | None = []

    def pass_or_hold(self, route: Route) -> None:
        if self.held is None:
            route.continue_()
        else:
            self.held.append(route)

    def open(self) -> None:
        held, self.held = self.held, None
        for route in held or []:
            route.continue_()


@EVERY_SITE
def test_all_scripts_together_are_light(root):
    """What is on every page, what is fetched on demand, and the worker; data is no script."""
    files = support.made(root)
    scripts = {path: data for path, data in files.items() if path.startswith("assets/js/")}
    scripts["sw.js"] = files["sw.js"].partition(b";\n")[2]  # without the list of files
    sizes = {
        path: len(gzip.compress(data, 9, mtime=0))
        for path, data in scripts.items()
        if not path.endswith(".txt")
    }
    assert sum(sizes.values()) <= 20 * KB, sizes


@EVERY_SITE
def test_texts_to_find_words_in_are_light(root):
    texts = [data for path, data in support.made(root).items() if path.endswith("teksten.js")]
    assert len(texts) == 2
    assert max(len(gzip.compress(data, 9, mtime=0)) for data in texts) <= 25 * KB


@pytest.mark.browser
def test_worker_waits_for_the_page(built, browser):
    """Nothing that is for later is asked for before what the page needs has come."""
    with hosting(built, worker=True) as host, browser.new_context() as context:
        page = context.new_page()
        page.goto(host.address + "dag/")
        page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
        first = next(n for n, path in enumerate(host.asked) if path.endswith(LATER))
        needed = [path for path in host.asked[:first] if path.endswith((".css", ".js", ".woff2"))]
        assert len(needed) == 4, host.asked
        assert host.asked.index("/dag/sw.js") >= first


@pytest.fixture
def stand_ins(host, browser):
    """Make sure that this machine has fonts that stand in for ours; in CI it must."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(host + "dag/")
        script = "name => document.fonts.load(`1em '${name}'`).then(() => true, () => false)"
        found = [page.evaluate(script, f"{name} Stand-in") for name in ("Sans", "Serif")]
    if not all(found) and os.environ.get("CI"):
        pytest.fail("CI has to have the Liberation fonts: see .ci/run")
    if not all(found):
        pytest.skip("What moves is not measured: no Arial or Liberation fonts are here")


@pytest.mark.browser
@pytest.mark.parametrize("width", [412, 1280])
def test_nothing_moves_when_fonts_and_scripts_come_late(width, host, browser, stand_ins):  # noqa: ARG001
    moved = {}
    for path in one_of_each_kind():
        with browser.new_context(viewport={"width": width, "height": 823}) as context:
            page = context.new_page()
            page.add_init_script(MOVED)
            gate = Gate()
            page.route(LATE, gate.pass_or_hold)
            page.goto(host + path, wait_until="commit")
            page.evaluate(FRAMES)
            gate.open()
            page.wait_for_load_state()
            page.evaluate("document.fonts.ready.then(() => 1)")
            page.evaluate(FRAMES)
            moved[path] = page.evaluate("window.moved")
    assert {path: value for path, value in moved.items() if value > STILL} == {}

"""The preview as an editor sees it: edit, see, break, see what is wrong, repair, see it gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import support
from playwright.sync_api import Browser, Page, expect
from served import LONG, Served, serving
from support import tree, write
from test_axe import ALL_RULES

pytestmark = pytest.mark.browser
expect.set_options(timeout=LONG * 1000)

SESSION = "---\ntitel: {}\nsprekers: [anna-bos]\n---\n"
WRONG = "---\ntitel: Welkom\nsprekers: [niemand]\n---\n"
WRONG_TEMPLATE = '{% extends "base.html" %}\n{% block main %}\n{{ page.titel }}{% endblock %}\n'
FILE = "sessies/welkom.md"
# Asks again by itself: what the driver asks again is evaluated as text, which the policy forbids.
CONNECTED = """
async () => {
  while (window.LiveReload?.connector.protocol !== 7) await new Promise(requestAnimationFrame);
}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return support.basis(tmp_path / "site")


@pytest.fixture
def site(root: Path) -> Iterator[Served]:
    with serving(root) as served:
        yield served


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def visit(page: Page, site: Served, path: str = "") -> list[str]:
    """Open a page and wait until it hears of changes; return what the console says from now on."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(site.address + path)
    page.evaluate(CONNECTED)
    return said


def test_edit_break_and_repair(root: Path, site: Served, page: Page, browser: Browser) -> None:
    """Fault 68."""
    said = visit(page, site, "sessies/welkom/")
    write(root, {FILE: SESSION.format("Hartelijk welkom")})
    expect(page.locator("h1")).to_have_text("Hartelijk welkom")

    write(root, {FILE: WRONG})
    box = page.locator(".serve-box")
    expect(box.locator(".serve-bar strong")).to_have_text("1 error")
    expect(box.locator(".serve-place code")).to_have_text(f"{FILE}:3")
    expect(box.locator("mark")).to_have_text("niemand")
    expect(box.locator(".serve-message")).to_have_text("speaker “niemand” does not exist")
    expect(box.locator(".serve-remedy")).to_contain_text("make sprekers/niemand.md")
    expect(page.locator("h1")).to_have_text("Hartelijk welkom")
    expect(page).to_have_title("1 error – Hartelijk welkom – Kennisdag")

    without_script = browser.new_context(java_script_enabled=False)
    other = without_script.new_page()
    other.goto(site.address + "en/speakers/anna-bos/")
    expect(other.locator(".serve-message")).to_be_visible()
    other.locator(".serve-bar").click()
    expect(other.locator(".serve-message")).to_be_hidden()
    without_script.close()

    write(root, {FILE: SESSION.format("Weer welkom")})
    expect(page.locator("h1")).to_have_text("Weer welkom")
    expect(box).to_have_count(0)
    assert said == []


def test_nothing_breaks_the_policy_and_it_is_as_strict_as_ever(site: Served, page: Page) -> None:
    said = visit(page, site)
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.bad = 1';"
        " document.head.append(s); }"
    )
    assert page.evaluate("window.bad") is None
    assert [text for text in said if "Content Security Policy" not in text] == []
    assert len(said) == 1


def test_fault_of_a_template_is_shown_until_it_is_repaired(
    root: Path, site: Served, page: Page
) -> None:
    visit(page, site, "over/")
    heading = page.locator("h1").inner_text()
    write(root, {"templates/pages/text.html": WRONG_TEMPLATE})
    expect(page.locator(".serve-place code")).to_have_text("templates/pages/text.html:3")
    expect(page.locator("h1")).to_have_text(heading)
    (root / "templates" / "pages" / "text.html").unlink()
    expect(page.locator(".serve")).to_have_count(0)


def test_drafts_show_marked_and_are_not_on_disk(root: Path, site: Served, page: Page) -> None:
    write(
        root,
        {
            "sessies/plan.md": "---\ntitel: Een plan\nstatus: concept\n---\n",
            "sessies/plan.en.md": "---\ntitel: A plan\n---\n",
            "programma/03-plan.yaml": 'begin: "16.00"\nsoort: sessies\nsessies: [plan]\n',
        },
    )
    site.until("pages in")
    visit(page, site)
    expect(page.locator("[data-session=plan] .status")).to_have_text("Concept")
    page.goto(site.address + "sessies/plan/")
    expect(page.locator(".notice")).to_have_text(
        "Dit is een concept. Het staat nog niet op de site."
    )
    assert not any(b"Een plan" in data for data in tree(root / "_site").values())


def test_warning_is_a_folded_note(root: Path, site: Served, page: Page) -> None:
    visit(page, site)
    write(root, {"sessies/los.md": "---\ntitel: Los\n---\n", "sessies/los.en.md": "---\n---\n"})
    expect(page.locator(".serve-bar strong")).to_have_text("1 warning")
    expect(page.locator(".serve-message")).to_be_hidden()
    expect(page).to_have_title("Kennisdag")
    page.locator(".serve-bar").click()
    expect(page.locator(".serve-message")).to_be_visible()


def test_before_the_first_good_build_there_is_a_page_that_becomes_the_site(
    root: Path, page: Page
) -> None:
    write(root, {FILE: WRONG})
    with serving(root) as site:
        page.goto(site.address + "sessies/welkom/")
        page.evaluate(CONNECTED)
        expect(page.locator(".serve-place code")).to_have_text(f"{FILE}:3")
        write(root, {FILE: SESSION.format("Toch welkom")})
        expect(page.locator("h1")).to_have_text("Toch welkom")


def test_lost_visitor_sees_what_is_wrong_too(root: Path, site: Served, page: Page) -> None:
    write(root, {FILE: WRONG})
    site.until("Not updated")
    answer = page.goto(site.address + "nergens/")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator(".serve-message")).to_be_visible()


def test_page_that_missed_a_change_is_told_when_the_server_is_back(root: Path, page: Page) -> None:
    with serving(root) as first:
        visit(page, first, "sessies/welkom/")
    write(root, {FILE: SESSION.format("Ondertussen")})
    with serving(root, "--port", str(first.port)):
        expect(page.locator("h1")).to_have_text("Ondertussen")


def test_worker_of_a_published_site_leaves(site: Served, page: Page) -> None:
    visit(page, site)
    left = (
        "async () => { await navigator.serviceWorker.register('/sw.js');"
        " while ((await navigator.serviceWorker.getRegistrations()).length) await 0;"
        " return navigator.serviceWorker.controller; }"
    )
    assert page.evaluate(left) is None


def test_box_is_no_trap_for_the_keyboard(root: Path, site: Served, page: Page) -> None:
    write(root, {FILE: WRONG})
    site.until("Not updated")
    visit(page, site)
    focused = "() => document.activeElement.className"
    seen = []
    for _ in range(5):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(focused))
        if seen == ["serve-bar"]:
            page.keyboard.press("Enter")
    assert seen[:3] == ["serve-bar", "skip", "brand"]
    expect(page.locator(".serve-message")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_box_has_no_finding(
    root: Path, browser: Browser, axe: str, width: int, scheme: str
) -> None:
    broken = {FILE: WRONG, "sessies/los.md": f"---\ntitel: Los\n---\n\n## A{'a' * 300}\n[x](#b)\n"}
    look = browser.new_context(
        viewport={"width": width, "height": 700},
        color_scheme=scheme,  # type: ignore[arg-type]
        bypass_csp=True,
    )
    page = look.new_page()
    with serving(write(root, broken)) as site:
        page.goto(site.address)
        expect(page.locator(".serve-fault")).not_to_have_count(0)
        page.evaluate(axe)
        found = page.evaluate(ALL_RULES)
        write(root, {FILE: SESSION.format("Welkom"), "sessies/los.md": "---\ntitel: Los\n---\n"})
        expect(page.locator(".serve-box.is-fine")).to_have_count(1)
        page.locator(".serve-bar").click()
        page.evaluate(axe)
        found += page.evaluate(ALL_RULES)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    look.close()
    assert "\n".join(found) == ""


def test_page_without_a_change_is_left_alone(root: Path, site: Served, page: Page) -> None:
    """An editor with several pages open keeps the others as they are: scrolled, filled in."""
    visit(page, site, "over/")
    page.evaluate("window.untouched = true")
    write(root, {"sprekers/anna-bos.md": "---\nnaam: Anna Bos\nfunctie: schrijver\n---\n\nZij.\n"})
    site.until("pages in")
    other = page.context.new_page()
    visit(other, site, "sprekers/anna-bos/")
    expect(other.locator("main")).to_contain_text("Zij.")
    assert page.evaluate("window.untouched") is True

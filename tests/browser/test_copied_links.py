"""A link to a place on the page: it leads there, copies its address and says so."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

SESSION = "dag/sessies/dordt-west/"


@pytest.fixture
def visit(browser, host):
    """Open a page as a visitor who may write to the clipboard, or not; return it."""
    contexts = []

    def opened(path=SESSION, **options):
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.goto(host + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def anchors(page):
    return page.locator("main .anchor")


def told(page):
    return page.locator(".told")


def test_a_click_copies_the_address_and_says_so(visit, host):
    page = visit(f"{SESSION}index.html", permissions=["clipboard-read", "clipboard-write"])
    for link in anchors(page).all():
        link.click()
        page.get_by_text("De link is gekopieerd.").wait_for()
        goal = link.get_attribute("href")
        assert page.evaluate("navigator.clipboard.readText()") == f"{host}{SESSION}{goal}"
        assert page.evaluate("location.hash") == goal
        assert page.evaluate("document.querySelector(':target') !== null")
    assert told(page).get_attribute("role") == "status"


def test_what_was_said_goes_at_the_next_thing_done(visit):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    for next_thing in (lambda: page.keyboard.press("Tab"), page.locator("h1").click):
        anchors(page).first.click()
        page.get_by_text("De link is gekopieerd.").wait_for()
        next_thing()
        assert told(page).is_hidden()


def test_with_the_keyboard_it_is_seen_and_works_alike(visit):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    link = anchors(page).first
    assert link.evaluate("link => getComputedStyle(link).opacity") == "0"
    page.locator(".star-wide").focus()
    page.keyboard.press("Tab")
    assert link.evaluate("link => getComputedStyle(link).opacity") == "1"
    page.keyboard.press("Enter")
    page.get_by_text("De link is gekopieerd.").wait_for()


def test_on_a_screen_that_is_touched_it_always_shows(visit):
    page = visit("dag/en/sources/", has_touch=True, is_mobile=True)
    shown = anchors(page).evaluate_all("links => links.map(link => getComputedStyle(link).opacity)")
    assert set(shown) == {"1"}


def test_without_a_clipboard_it_says_where_the_link_is(visit):
    page = visit("dag/en/sessions/dordt-west/")
    page.evaluate("delete Navigator.prototype.clipboard")
    anchors(page).first.click()
    page.get_by_text("The link is in the address bar.").wait_for()
    assert page.url.endswith(anchors(page).first.get_attribute("href"))


def test_without_script_it_leads_to_its_place(visit):
    page = visit(java_script_enabled=False)
    anchors(page).first.click()
    assert page.url.endswith(anchors(page).first.get_attribute("href"))


def test_a_click_that_opens_a_tab_copies_nothing(visit):
    page = visit()
    with page.context.expect_page():
        anchors(page).first.click(modifiers=["ControlOrMeta"])
    assert told(page).text_content() == ""

"""Reading by keyboard, by ear, enlarged, and in colours of one's own: every kind of page."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
import support

pytestmark = pytest.mark.browser

PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
NOW = "2026-10-23T11:48+02:00"
CHOICE = "#keuze=plenaire-start,dordt-west,mooi-nederland,g40-overleg"
HOSTED = {"dag": support.REAL, "2026": support.SEVERAL_DAYS}

# WCAG 2.2, 1.4.12, with the space after paragraphs that it asks for.
SPACED = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }
"""


def kinds():
    """Return one page of each kind, of both sites, in both languages; the one with most on it."""
    found = {}
    for base, root in HOSTED.items():
        for path, page in support.pages(root).items():
            (body,) = page.all("body")
            kind = (base, path.startswith("en/"), body.attributes["class"])
            if "redirect" not in kind[2]:
                longest = max(found.get(kind, ""), f"{base}/{path}", key=weight)
                found[kind] = longest
    return sorted(found.values())


def weight(path):
    """Return how much stands on a page."""
    base, _, name = path.partition("/")
    return len(support.made(HOSTED[base])[name]) if name else 0


KINDS = kinds()
STATES = [f"dag/mijn-programma/{CHOICE}", f"dag/en/my-programme/{CHOICE}"]
LIVELY = [STATES[0], "2026/index.html"]  # what a script made, and with the bar of what is on now


@pytest.fixture(scope="module")
def visit(browser, host):
    """Open a page in some way, and return it; where it can, it shows a choice that was taken."""
    contexts = []

    def opened(path, **options):
        contexts.append(browser.new_context(**{"bypass_csp": True, **options}))
        page = contexts[-1].new_page()
        page.clock.install(time=NOW)
        page.goto(host + path)
        if "#" in path:
            page.locator("#site-merge").click()
            page.locator("#site-plan .card").first.wait_for()
        page.evaluate("document.fonts.ready")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module", params=[*KINDS, STATES[1], *LIVELY])
def page(request, visit):
    """Return one page of each kind, opened once for all that is asked of it."""
    page = visit(request.param)
    yield page
    page.context.close()


# Enlarged: 400 % on a screen of 1280 pixels leaves 320 for the page (1.4.10), with the text spaced.

WRONG_PLACES = """
() => {
  const wrong = [];
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide) wrong.push("the page scrolls sideways");
  const seen = (element) => element.checkVisibility({ visibilityProperty: true })
    && !element.closest(".unseen, .quiet, .skip, .table");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const boxes = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.data.trim();
    if (!text || !seen(element) || getComputedStyle(element).clipPath !== "none") continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const fixed = Boolean(element.closest(".now, .told, .device"));
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      if (box.left < -1 || box.right > wide + 1) wrong.push(`outside: ${text}`);
      for (let up = element; up; up = up.parentElement) {
        const { overflowX, overflowY, position } = getComputedStyle(up);
        if (overflowX === "visible" && overflowY === "visible") continue;
        if (up === document.body || up === document.documentElement) continue;
        const frame = up.getBoundingClientRect();
        const beyond = [box.right - frame.right, box.bottom - frame.bottom, frame.left - box.left];
        if (Math.max(...beyond) > 1 && position !== "fixed") wrong.push(`clipped: ${text}`);
      }
      if (!fixed) boxes.push([box, node]);
    }
  }
  boxes.sort(([one], [other]) => one.top - other.top);
  boxes.forEach(([one, node], at) => {
    for (const [other, next] of boxes.slice(at + 1)) {
      if (other.top > one.bottom) break;
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      const least = Math.min(one.height, other.height);
      const over = node !== next && across > 2 && down > least / 2;
      if (over) wrong.push(`over: ${node.data} / ${next.data}`);
    }
  });
  return [...new Set(wrong)];
}
"""


def test_enlarged_and_spaced_nothing_is_lost(page):
    page.set_viewport_size(PHONE)
    assert page.evaluate(WRONG_PLACES) == []
    style = page.add_style_tag(content=SPACED)
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        assert page.evaluate(WRONG_PLACES) == [], size
    style.evaluate("style => style.remove()")


# By keyboard

STOP = """
(element) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
      const s = part / 255;
      return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const box = element.getClientRects()[0];
  const style = getComputedStyle(element);
  const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const around = getComputedStyle(document.documentElement).backgroundColor;
  const [bright, dark] = [style.outlineColor, around].map(light).sort((one, other) => other - one);
  const wrong = {
    "no outline": style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2,
    "pale outline": (bright + 0.05) / (dark + 0.05) < 3,
    "not shown": Number(style.opacity) < 0.9,
    "off the screen": Math.min(box.top, box.left) < -1
      || box.bottom > innerHeight + 1 || box.right > innerWidth + 1,
    "behind something": !element.contains(at) && !at?.contains(element),
  };
  return Object.keys(wrong).filter((name) => wrong[name]);
}
"""
EVERY_STOP = f"""
() => {{
  const faults = {STOP};
  const targets = document.querySelectorAll("a[href], button, input, [tabindex='0']");
  const seen = {{ visibilityProperty: true }};
  return [...targets].filter((target) => target.checkVisibility(seen)).map((stop) => {{
    stop.focus({{ focusVisible: true }});
    const wrong = document.activeElement === stop ? faults(stop) : ["no focus"];
    return [stop.outerHTML.slice(0, 100), wrong];
  }});
}}
"""
LOOKS = [
    {"color_scheme": "light", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "light", "forced_colors": "active"},
]


def test_every_stop_of_the_keyboard_is_seen(page):
    """WCAG 2.2: 2.4.7 and 2.4.11; the outline as 2.4.13 asks, also in forced colours."""
    page.set_viewport_size({"width": 400, "height": 700})
    for look in LOOKS:
        page.emulate_media(**look)
        stops = page.evaluate(EVERY_STOP)
        assert len(stops) >= 5
        assert [stop for stop in stops if stop[1]] == [], look
    page.emulate_media(**LOOKS[0])


@pytest.mark.parametrize("path", [*LIVELY, "dag/sessies/woningzoekenden/index.html"])
def test_the_tab_key_stops_everywhere_and_ends(visit, path):
    page = visit(path, viewport={"width": 400, "height": 700})
    page.locator(".skip").evaluate("skip => skip.focus({ focusVisible: true })")
    found = []
    while page.evaluate("document.activeElement !== document.body"):
        assert page.locator(":focus").evaluate(STOP) == []
        found.append(page.locator(":focus").evaluate("element => element.outerHTML.slice(0, 100)"))
        page.keyboard.press("Tab")
    assert found == [stop for stop, _ in page.evaluate(EVERY_STOP)]


def tab_to(page, selector, most=150):
    """Press the Tab key until an element has the focus, which must then be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert page.locator(":focus").evaluate(STOP) == []
            return page.locator(":focus")
    pytest.fail(f"the Tab key does not reach {selector}")


def test_the_whole_way_with_the_keyboard(visit):
    """Skip link, language, menu, a star, a session, an anchor, my programme, its link."""
    page = visit("dag/", viewport=DESK, permissions=["clipboard-read", "clipboard-write"])
    tab_to(page, ".skip").press("Enter")
    assert page.evaluate("document.activeElement.id") == "site-main"
    tab_to(page, "[data-star=reos]").press("Space")
    assert page.locator("[data-star=reos]").first.get_attribute("aria-pressed") == "true"
    page.reload()
    tab_to(page, ".languages a[lang=en]").press("Enter")
    page.wait_for_url("**/en/index.html")
    tab_to(page, ".menu a[href*=key-messages]").press("Enter")
    page.wait_for_url("**/key-messages/**")
    tab_to(page, "a.anchor").press("Enter")
    page.get_by_text("The link has been copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url.replace("index.html", "")
    tab_to(page, ".messages h2 a").press("Enter")
    page.wait_for_url("**/en/sessions/**")
    tab_to(page, "[data-star]").press("Enter")
    tab_to(page, ".menu a[href*=my-programme]", 400).press("Enter")
    page.locator("#site-plan .card").first.wait_for()
    assert "2 sessions" in page.locator("#site-count").inner_text()
    tab_to(page, "#site-copy").press("Enter")
    page.get_by_text("The link has been copied.").wait_for()
    tab_to(page, "#site-code", 400).press("Space")
    page.locator("#site-qr svg").wait_for()


# By ear

HEADINGS = "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]"
HEADINGS += ".filter(h => h.checkVisibility()).map(h => Number(h.tagName[1]))"


def test_headings_outline_the_page_as_it_is_shown(page):
    """Also where a script made it: one title, no level skipped."""
    levels = page.evaluate(HEADINGS)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", ["dag/", "dag/en/", "2026/", "dag/rondes/2/", "dag/sessies/"])
def test_every_session_says_its_time_aloud(visit, path, size):
    """Also where the time is seen beside it: whoever goes from item to item does not see it."""
    page = visit(path, viewport=size)
    items = page.locator("main li.slot, main li.card")
    heard = [item.aria_snapshot() for item in items.all()]
    assert len(heard) >= 5
    assert [text for text in heard if not re.search(r"\b\d\d[.:]\d\d\b", text)] == []


NAMED = """
() => {
  const parts = "nav, section, article, .slot, .occurrence, header, footer, main";
  const all = [...document.querySelectorAll(parts)];
  return [...document.links].filter((link) => link.checkVisibility()).map((link) => [
    all.indexOf(link.closest(parts)),
    (link.getAttribute("aria-label") ?? link.innerText).trim().replace(/\\s+/g, " "),
    link.href.replace(/index\\.html(?=#|$)/, ""),
  ]);
}
"""


def test_links_that_sound_alike_lead_to_the_same_place(page):
    """WCAG 2.4.4, and more: within a part of the page no name leads to two places."""
    goals = {}
    for part, name, goal in page.evaluate(NAMED):
        goals.setdefault((part, name), set()).add(goal)
    assert {name: found for name, found in goals.items() if len(found) > 1 or not name[1]} == {}


# By hand

SMALL = """
(least) => [...document.querySelectorAll("a[href], button, input")]
  .filter((target) => target.checkVisibility({ visibilityProperty: true }))
  .filter((target) => !target.closest(".skip"))
  .filter((target) => {
    const text = target.closest("p, li, dd, .prose");
    const inSentence = text?.innerText.trim() !== target.innerText.trim();
    if (inSentence && getComputedStyle(target).display === "inline") return false;
    return [...target.getClientRects()].every((box) => Math.min(box.width, box.height) < least);
  })
  .map((target) => target.outerHTML.slice(0, 100));
"""


def test_targets_are_large_enough(page):
    """WCAG 2.5.8: 24 pixels, but for a link in a sentence."""
    page.set_viewport_size(PHONE)
    assert page.evaluate(SMALL, 24) == []


@pytest.mark.parametrize("path", [*LIVELY, "dag/en/sessions/reos/", "dag/rondes/1/"])
def test_what_one_does_things_with_fits_a_finger(visit, path):
    page = visit(path, viewport=PHONE, has_touch=True, is_mobile=True)
    selector = ".star:visible, .button:visible, .menu a, .languages a:visible, .now-link, input"
    heights = "all => all.map((target) => target.getBoundingClientRect().height)"
    assert min(page.locator(selector).evaluate_all(heights)) >= 44


# In colours of one's own


def test_forced_colours_keep_what_carries_meaning(visit):
    page = visit("2026/", viewport=DESK, forced_colors="active")
    style = (
        "([selector, part, name]) => getComputedStyle(document.querySelector(selector), part)[name]"
    )

    def styled(selector, name, part=None):
        return page.evaluate(style, [selector, part, name])

    assert "repeating-linear-gradient" in styled(".slot.round", "borderImageSource", "::before")
    assert "repeating-linear-gradient" in styled(".jump li", "backgroundImage", "::before")
    assert styled(".star-icon", "fill") == "none"
    page.locator(".star:visible").first.click()
    assert styled(".star[aria-pressed=true] .star-icon", "fill") == styled("html", "color")
    assert styled(".menu [aria-current]", "borderBottomWidth") == "3px"
    assert styled(".status-vervallen", "borderTopStyle") == "solid"
    assert styled(".is-vervallen .card-title a", "textDecorationLine") == "line-through"
    now = [styled("[aria-current=time] .clock-now", name) for name in ("color", "backgroundColor")]
    assert now == [styled("html", "color"), styled("html", "backgroundColor")][::-1]
    page.goto(page.url.replace("2026/", f"dag/mijn-programma/{CHOICE}"))
    first = [styled(".button-first", name) for name in ("color", "backgroundColor")]
    assert first == now


def test_nothing_moves_by_itself(visit):
    """Neither for who asks for less motion, nor for anybody else."""
    for motion in ("reduce", "no-preference"):
        page = visit("2026/", reduced_motion=motion)
        page.locator(".star:visible").first.click()
        moving = "e => getComputedStyle(e).transitionDuration + getComputedStyle(e).animationName"
        assert set(page.locator("*").evaluate_all(f"all => all.map({moving})")) == {"0snone"}
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"

"""axe-core with every rule on, on every page and in every state, in every look: nothing to find."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest
import support
from hosting import ARGUMENTS
from playwright.async_api import async_playwright

AT_ONCE = 3
LANE = 25  # pages that one visitor sees
LOOKS = [(1280, "light"), (1280, "dark"), (320, "dark"), (320, "light")]
CHOICE = "plenaire-start,dordt-west,mooi-nederland"
FOUND = ["dag/?q=amsterdam&ronde=2", "2026/en/sessions/?q=ophogen", "2026/?q=xyzzy"]
ALL_RULES = """
async () => {
  const rules = Object.fromEntries(axe.getRules().map(({ ruleId }) => [ruleId, { enabled: true }]));
  const { violations } = await axe.run(document, { rules, resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0].target} ${nodes[0].failureSummary}`);
}
"""


@dataclass(frozen=True)
class Visit:
    """A page, and what a visitor does there first; then it is looked at in every way."""

    path: str
    clicks: tuple[str, ...] = ()
    at: str = ""


def pages() -> list[Visit]:
    """Return every page of both sites."""
    sites = {"dag": support.REAL, "2026": support.SEVERAL_DAYS}
    return [Visit(f"{base}/{path}") for base, root in sites.items() for path in support.pages(root)]


def states():
    """Yield what only a script shows."""
    for mine in ("dag/mijn-programma/", "dag/en/my-programme/"):
        link = f"{mine}#keuze={CHOICE},niks"
        yield Visit(link)
        yield Visit(link, ("#site-merge", "#site-code"))
    yield Visit("2026/index.html", (".star >> nth=0",), "2026-10-23T11:48+02:00")
    for address in FOUND:
        yield Visit(address, (".find-count:not(:empty)",))  # there is a result


def lanes() -> list[list[Visit]]:
    """Return the visits of each visitor; a state starts with an empty storage."""
    every = pages()
    parts = [every[start : start + LANE] for start in range(0, len(every), LANE)]
    return parts + [[visit] for visit in states()]


async def findings(browser, host, axe, lane):
    """Return what axe finds, what the console says, and what is asked of another host."""
    found, said = [], []
    async with await browser.new_context() as context:
        page = await context.new_page()
        page.on("console", lambda message: said.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.on("request", lambda r: None if r.url.startswith(host) else said.append(r.url))
        await page.route("**/redirect.*.js", lambda route: route.fulfill(body=""))
        for visit in lane:
            if visit.at:
                await page.clock.set_fixed_time(visit.at)
            await page.goto(host + visit.path)
            for click in visit.clicks:
                await page.locator(click).click()
            await page.evaluate(axe)
            for width, scheme in LOOKS:
                await page.set_viewport_size({"width": width, "height": 900})
                await page.emulate_media(color_scheme=scheme)
                here = (visit.path, width, scheme)
                found += [(here, text) for text in await page.evaluate(ALL_RULES)]
            found += [(visit.path, text) for text in said]
            said.clear()
    return found


async def all_findings(chromium, host, axe):
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        free = asyncio.Semaphore(AT_ONCE)

        async def one(lane):
            async with free:
                return await findings(browser, host, axe, lane)

        found = await asyncio.gather(*map(one, lanes()))
        await browser.close()
        return [finding for some in found for finding in some]


@pytest.mark.browser
def test_no_page_has_a_finding(chromium, host, axe):
    assert asyncio.run(all_findings(chromium, host, axe)) == []

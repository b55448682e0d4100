"""axe-core with every rule on, on every page and in every state: nothing to find."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest
import support
from playwright.async_api import async_playwright

AT_ONCE = 3
LOOKS = [(1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")]
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]
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
    """A page, how wide and in which colours, and what a visitor does there first."""

    path: str
    width: int
    scheme: str
    clicks: tuple[str, ...] = ()
    at: str = ""


def pages() -> list[Visit]:
    """Return every page at one width in light, each kind of page in both widths and schemes."""
    found, kinds = [], set()
    for base, root in {"dag": support.REAL, "2026": support.SEVERAL_DAYS}.items():
        for path, page in support.pages(root).items():
            (body,) = page.all("body")
            kind = (base, path.startswith("en/"), body.attributes["class"])
            looks = [(1280, "light")] if kind in kinds else LOOKS
            found += [Visit(f"{base}/{path}", *look) for look in looks]
            kinds.add(kind)
    return found


def states():
    """Yield what only a script shows."""
    for look in LOOKS:
        for mine in ("dag/mijn-programma/", "dag/en/my-programme/"):
            link = f"{mine}#keuze={CHOICE},niks"
            yield Visit(link, *look)
            yield Visit(link, *look, ("#site-merge", "#site-code"))
        yield Visit("2026/index.html", *look, (".star >> nth=0",), "2026-10-23T11:48+02:00")
        for address in FOUND:
            yield Visit(address, *look, (".find-count:not(:empty)",))  # there is a result


def lanes() -> list[list[Visit]]:
    """Return the visits of each visitor: all of one look; a state starts with an empty storage."""
    found = [[visit] for visit in states()]
    for look in LOOKS:
        alike = [visit for visit in pages() if (visit.width, visit.scheme) == look]
        found += [alike[start : start + 50] for start in range(0, len(alike), 50)]
    return sorted(found, key=len, reverse=True)


async def findings(browser, host, axe, lane):
    """Return what axe finds, what the console says, and what is asked of another host."""
    found, said = [], []
    first = lane[0]
    async with await browser.new_context(
        viewport={"width": first.width, "height": 900}, color_scheme=first.scheme
    ) as context:
        page = await context.new_page()
        page.on("console", lambda message: said.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.on("request", lambda r: None if r.url.startswith(host) else said.append(r.url))
        await page.route("**/redirect.*.js", lambda route: route.fulfill(body=""))
        if first.at:
            await page.clock.set_fixed_time(first.at)
        for visit in lane:
            await page.goto(host + visit.path)
            for click in visit.clicks:
                await page.locator(click).click()
            await page.evaluate(axe)
            found += [(visit, text) for text in await page.evaluate(ALL_RULES)]
            found += [(visit, text) for text in said]
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

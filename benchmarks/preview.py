"""How soon an edit is seen: ``python3 benchmarks/preview.py``, from a save to an open browser.

A made-up programme is served, and a browser shows the page of a session. A sentence is added to its
file, and what counts is when the browser draws a page that has it. Needs Playwright, as the
tests do, and a Chromium: Debian's headless shell, or the one behind ``--browser``.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.sync_api import ConsoleMessage, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.programme import programme
from benchmarks.rows import options, report
from benchmarks.serving import served
from benchmarks.sides import ENVIRONMENT, MEMORY, OWN

QUIET = 2_500  # milliseconds in which everything that a save asks for is done
PATIENCE = 60.0
# Said once a page is about to be drawn: the last of our sentences that is on it.
TELL = """addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => console.log(
  "drawn: " + (document.body.textContent.match(/Zin \\d+ van de meting/g) || [""]).pop())))"""


def saves(page: Page, file: Path, count: int) -> list[float]:
    """Return the seconds from each of so many saves until the page shows it."""
    drawn: dict[str, float] = {}

    def heard(message: ConsoleMessage) -> None:
        if found := re.fullmatch("drawn: (.+)", message.text):
            drawn.setdefault(found[1], perf_counter())

    page.on("console", heard)
    took = []
    for number in range(count):
        sentence = f"Zin {number} van de meting"
        page.wait_for_timeout(QUIET)
        begin = perf_counter()
        with file.open("a", encoding="utf-8") as text:
            text.write(f"\n{sentence}.\n")
        while sentence not in drawn:
            page.wait_for_timeout(2)
            if perf_counter() - begin > PATIENCE:
                raise TimeoutError("the browser does not show what was saved")
        took.append(drawn[sentence] - begin)
    return took


def row(size: int, rounds: int, browser: str, work: Path) -> str:
    """Measure one size."""
    folder = work / str(size)
    OWN.write(programme(size), folder)
    ports: list[int] = []

    def command(port: int) -> list[str]:
        ports.append(port)
        return OWN.server(work, folder, port) if OWN.server else []

    with served(OWN, folder, command, ENVIRONMENT), sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = started.new_page()
        page.add_init_script(TELL)
        page.goto(f"http://127.0.0.1:{ports[0]}/sessies/sessie-0/")
        took = saves(page, folder / OWN.text, rounds)
    return f"| {size} | {median(took):.2f} | {min(took):.2f} – {max(took):.2f} |"


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    parser = options(__doc__, (13, 200, 1_000), 7)
    parser.add_argument("--browser", default=shutil.which("chromium-headless-shell"))
    given = parser.parse_args(arguments)
    names = ("sessions", "median, seconds", "from, to")
    rounds, browser = given.rounds, given.browser
    report(names, given.sizes, lambda size, work: row(size, rounds, browser, work), MEMORY)


if __name__ == "__main__":
    main(sys.argv[1:])

"""How soon an edit is seen: ``python3 benchmarks/preview.py``, from a save to an open browser.

A made-up programme is served, and a browser shows the page of a session. A sentence is added to its
file, and what counts is when the browser draws a page that has it. Needs what the tests need:
Playwright, and a Chromium of the system.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.sync_api import ConsoleMessage, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.programme import programme
from benchmarks.run import ENVIRONMENT, MEMORY
from benchmarks.serving import served
from benchmarks.sides import OWN

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
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


def row(size: int, count: int, work: Path) -> str:
    """Measure one size."""
    folder = work / str(size)
    OWN.write(programme(size), folder)
    ports: list[int] = []

    def command(port: int) -> list[str]:
        ports.append(port)
        return OWN.server(work, folder, port) if OWN.server else []

    program = next(filter(None, map(shutil.which, BROWSERS)))
    with served(OWN, folder, command, ENVIRONMENT), sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        page = playwright.chromium.launch(executable_path=program, args=arguments).new_page()
        page.add_init_script(TELL)
        page.goto(f"http://127.0.0.1:{ports[0]}/sessies/sessie-0/")
        took = saves(page, folder / OWN.text, count)
    return f"| {size} | {median(took):.2f} | {min(took):.2f} – {max(took):.2f} |"


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=(13, 200, 1_000), metavar="N")
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args(arguments)
    print("| sessions | median, seconds | from, to |\n| --- | --- | --- |")
    where = MEMORY if MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="site-gen-preview-", dir=where) as work:
        for line in map(partial(row, count=given.rounds, work=Path(work)), given.sizes):
            print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

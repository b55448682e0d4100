"""What a page says to machines is data to a browser: not run, and no breach of the policy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from site_gen import pipeline

SITE = Path(__file__).parents[1] / "sites" / "meerdaags"
PAGES = ["index.html", "en/sessions/water-en-wet/index.html", "sprekers/noor-van-dam/index.html"]
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return the machine's own Chromium; in CI it must be there."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("CI has to have Chromium: see .ci/run")
        pytest.skip("no page is opened: Chromium is not here, see .ci/run")
    with sync_playwright() as driver:
        yield driver.chromium.launch(executable_path=found, args=["--no-sandbox"])


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "out"
    built, problems = pipeline.build(SITE, folder)
    assert built is not None, problems
    return folder


@pytest.mark.browser
@pytest.mark.parametrize("path", PAGES)
def test_browser_has_nothing_to_say_of_it(path: str, browser: Browser, out: Path) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((out / path).as_uri())
    assert page.locator('script[type="application/ld+json"]').count() == 1
    assert said == []
    page.close()

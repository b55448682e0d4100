"""A real Chromium and the two sites it visits, each below a path of its own as on a real host."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import support
from hosting import ARGUMENTS, hosting
from playwright.sync_api import sync_playwright

from site_gen import pipeline

# The first has no window, so that each new visitor comes three times as soon.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
SITES = {"dag": support.REAL, "2026": support.SEVERAL_DAYS}


@pytest.fixture(scope="session")
def chromium():
    """Return the path of a Chromium; in CI there must be one."""
    for name in CHROMIUMS:
        if found := shutil.which(name):
            return found
    if os.environ.get("CI"):
        pytest.fail("CI has to have Chromium: see .ci/run")
    pytest.skip("Nothing is tried in a browser: Chromium is not here, see .ci/run")


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """Return the folder with the real site in ``dag`` and that over several days in ``2026``."""
    folder = tmp_path_factory.mktemp("host")
    for path, root in SITES.items():
        done, _ = pipeline.build(root, folder / path, f"https://example.nl/{path}/")
        assert done is not None
    return folder


@pytest.fixture(scope="session")
def host(built: Path, chromium):  # noqa: ARG001 - without a browser there is nothing to serve
    """Return the address of both sites; with no worker between the pages and the host."""
    with hosting(built) as server:
        yield server.address


@pytest.fixture(scope="module")
def driver():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(driver, chromium):
    browser = driver.chromium.launch(executable_path=chromium, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def axe():
    """Return the checker's source; in CI it must be there."""
    script = Path(os.environ.get("SITE_GEN_NODE_MODULES", "")) / "axe-core/axe.min.js"
    if script.is_file():
        return script.read_text("utf-8")
    if os.environ.get("CI"):
        pytest.fail("CI has to have axe-core: see .ci/run")
    pytest.skip("Accessibility is not checked: axe-core is not here, see .ci/run")

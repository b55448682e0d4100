"""A real Chromium and the two sites it visits, each below a path of its own as on a real host."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
import support
from playwright.sync_api import sync_playwright

from site_gen import pipeline

SITES = {"dag": support.REAL, "2026": support.SEVERAL_DAYS}
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves as a real host does: what bears a hash in its name may be kept for ever."""

    def end_headers(self):
        if "/assets/" in self.path:
            self.send_header("Cache-Control", "max-age=31536000, immutable")
        super().end_headers()

    def log_message(self, *_arguments):
        """Say nothing."""


@pytest.fixture(scope="session")
def chromium():
    """Return the path of a Chromium; in CI there must be one."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    if os.environ.get("CI"):
        pytest.fail("CI has to have Chromium: see .ci/run")
    pytest.skip("Nothing is tried in a browser: Chromium is not here, see .ci/run")


@contextmanager
def serving(folder):
    """Serve a folder on this machine only, and yield its address."""
    handler = functools.partial(Handler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def serve():
    """Return what serves any folder, for a site that only one test needs."""
    return serving


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
    with serving(built) as address:
        yield address


@pytest.fixture(scope="module")
def browser(chromium):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()

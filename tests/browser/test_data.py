"""What a page says to machines is data to a browser: not run, and no breach of the policy."""

from __future__ import annotations

import pytest

PAGES = ["index.html", "en/sessions/water-en-wet/index.html", "sprekers/noor-van-dam/index.html"]


@pytest.mark.browser
@pytest.mark.parametrize("path", PAGES)
def test_browser_has_nothing_to_say_of_it(path, browser, built):
    said = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto((built / "2026" / path).as_uri())
        assert page.locator('script[type="application/ld+json"]').count() == 1
    assert said == []

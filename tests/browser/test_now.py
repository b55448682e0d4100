"""Now and next: by the clock of the event, marked in the grid, and nothing moves by itself."""

from __future__ import annotations

import pytest
import support
from hosting import hosting
from large import content

from site_gen import pipeline

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
ZONES = pytest.mark.parametrize(
    "zone", ["Europe/Amsterdam", "Pacific/Auckland", "America/New_York"]
)


@pytest.fixture
def visit(browser, host):
    """Open a page at a moment, in a time zone; return it."""
    contexts = []

    def opened(at, path="2026/", zone="Europe/Amsterdam", **options):
        contexts.append(browser.new_context(timezone_id=zone, **options))
        page = contexts[-1].new_page()
        page.clock.install(time=at)
        page.goto(host + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def marks(page):
    return {
        row.locator(".slot-title").inner_text(): row.locator(".clock-now").inner_text()
        for row in page.locator(".slot:has(.clock-now)").all()
    }


def bar(page):
    return page.locator(".now a").all_inner_texts()


@ZONES
def test_marks_what_is_on_and_what_is_next(visit, zone):
    page = visit("2026-10-23T11:48:00+02:00", zone=zone)
    assert marks(page) == {"Ronde 1": "nu", "Lunch": "straks, over 12 minuten"}
    assert bar(page) == ["Nu Ronde 1", "Straks, over 12 minuten Lunch"]
    assert page.locator("[aria-current=time] .slot-title").inner_text() == "Ronde 1"


def test_the_marks_go_with_the_time(visit):
    page = visit("2026-10-23T11:48:00+02:00", "2026/en/")
    page.clock.run_for("11:00")
    assert marks(page) == {"Round 1": "now", "Lunch": "next, in 1 minute"}
    page.clock.run_for("01:00")
    assert marks(page) == {"Lunch": "now", "At night": "next"}


def test_between_two_parts_only_the_next_is_marked(visit):
    page = visit("2026-10-23T10:50:00+02:00")
    assert marks(page) == {"Ronde 1": "straks, over 10 minuten"}


@pytest.mark.parametrize(
    "at",
    [
        "2025-10-23T11:30+02:00",
        "2027-10-23T11:30+02:00",
        "2026-10-22T11:30+02:00",
        "2026-10-23T07:59+02:00",
    ],
)
def test_outside_the_day_nothing_is_marked(visit, at):
    page = visit(at)
    assert (marks(page), page.locator(".now").is_visible()) == ({}, False)


def test_a_part_without_an_end_counts_for_an_hour(visit):
    path = "2026/dagen/2026-10-25/"
    assert marks(visit("2026-10-25T16:59+01:00", path)) == {"Slotwoord": "nu"}
    assert marks(visit("2026-10-25T17:00+01:00", path)) == {}


def test_on_another_day_the_bar_leads_to_the_page_of_today(visit):
    page = visit("2026-10-24T10:00+02:00")
    assert (marks(page), bar(page)) == ({}, ["Vandaag zaterdag 24 oktober 2026"])
    page.locator(".now a").click()
    page.locator(".clock-now").first.wait_for()  # a click does not wait for the page it leads to
    assert "Ronde 1" in marks(page)


def test_nothing_scrolls_until_the_visitor_asks(visit):
    page = visit("2026-10-23T11:48:00+02:00", reduced_motion="reduce")
    page.clock.run_for("05:00")
    assert page.evaluate("[scrollY, document.getAnimations().length]") == [0, 0]
    page.get_by_role("link", name="Nu Ronde 1").click()
    assert page.locator(".slot.round").bounding_box()["y"] < 100


def test_without_a_date_there_is_no_now(visit):
    page = visit("2026-10-23T11:48:00+02:00", "dag/")
    assert (page.locator(".now").count(), marks(page)) == (0, {})


def test_of_many_parts_at_once_the_bar_names_those_that_began_last(browser, tmp_path):
    """A large conference begins something every few minutes, and much of it lasts for hours."""
    files = content(100)
    for hour in range(8, 18):
        path = f"programma/0-{hour:02}.yaml"
        files[path] = files[path].replace(f'eind: "{hour:02}.45"'.encode(), b'eind: "19.00"')
    support.write(tmp_path / "site", files)
    done, problems = pipeline.build(tmp_path / "site", tmp_path / "out")
    assert done is not None, [p for p in problems if p.severity == "error"]
    with hosting(tmp_path / "out") as host, browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.clock.install(time="2026-10-22T12:30:00+02:00")
        page.goto(host.address)
        assert list(marks(page).values()) == ["nu"] * 5 + ["straks, over 30 minuten"]
        assert bar(page) == [
            *("Nu 11.00, 10 sessies", "Nu 12.00, 10 sessies"),
            "Straks, over 30 minuten 13.00, 10 sessies",
        ]
        assert page.locator(".now").bounding_box()["height"] < PHONE["height"] / 4

"""What a visitor does with a phone: choose, see, share, take along; and all that may go wrong."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from urllib.parse import quote

import icalendar
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
KEY = "g40-dordrecht:/dag/:programma"
THREE = ["dordt-west", "reos", "europa"]
MINE = "dag/mijn-programma/"
BLOCKED = """
Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("", "SecurityError"); }
});
"""
FULL = """
Storage.prototype.setItem = () => { throw new DOMException("", "QuotaExceededError"); };
"""


@contextmanager
def profile(browser, **options):
    """A visitor of their own: a page on a phone; nothing may go wrong unseen."""
    faults = []
    with browser.new_context(viewport=PHONE, **options) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text))
        yield page
    assert faults == []


@pytest.fixture
def phone(browser):
    with profile(browser) as page:
        yield page


def star(page, slug):
    return page.locator(f"main [data-star={slug}]:visible").first


def choose(page, host, slugs, home="dag/"):
    page.goto(host + home)
    for slug in slugs:
        star(page, slug).click()


def mine(page, address):
    page.goto("about:blank")
    page.goto(address)
    page.locator("#site-mine").wait_for()


def kept(page, key=KEY):
    return json.loads(page.evaluate("key => localStorage.getItem(key)", key) or "[]")


def titles(page):
    return [
        text.strip() for text in page.locator("#site-plan .card:not(.is-out) h3").all_inner_texts()
    ]


def pressed(page):
    return page.locator("#site-plan .star[aria-pressed=true]").count()


def test_choose_see_and_remove(phone, host):
    choose(phone, host, THREE)
    assert kept(phone) == THREE
    phone.locator(".menu").get_by_role("link", name="Mijn programma").click()
    phone.locator("#site-mine").wait_for()
    assert phone.locator("#site-empty").is_hidden()
    assert phone.locator("#site-count").inner_text() == "Je hebt 3 sessies gekozen."
    assert [title.partition(" ")[0] for title in titles(phone)] == [
        "Samen",
        "Ruimtelijk-economische",
        "Kansen",
    ]
    parts = phone.locator("#site-plan .slot-title").all_inner_texts()
    assert parts[0] == "Inloop met koffie en thee"
    assert len(parts) == 12
    removed = phone.get_by_role("button", name="Zet in mijn programma: Kansen in Europa")
    removed.click()
    assert removed.evaluate("star => star === document.activeElement")
    assert kept(phone) == THREE[:2]
    assert phone.locator(".is-out").inner_text().endswith("om de sessie te houden.")
    assert "nog niets gekozen" in phone.locator("#site-plan .round-3").inner_text()
    removed.click()
    assert kept(phone) == THREE


@pytest.mark.parametrize(
    "path",
    [
        "dag/",
        "dag/rondes/3/",
        "dag/sessies/europa/",
        "dag/sessies/",
        "dag/sprekers/max-van-dijk/",
        "dag/en/",
    ],
)
def test_a_star_stands_wherever_the_session_does_and_tells_its_state(phone, host, path):
    choose(phone, host, ["europa"], path)
    assert star(phone, "europa").get_attribute("aria-pressed") == "true"
    assert re.search(r"(Kansen in|Opportunities in) Europ", star(phone, "europa").inner_text())
    box = star(phone, "europa").bounding_box()
    assert min(box["width"], box["height"]) >= 44
    phone.reload()
    assert star(phone, "europa").get_attribute("aria-pressed") == "true"
    star(phone, "europa").click()
    assert kept(phone) == []


def test_nothing_moves_when_the_stars_appear(browser, host):
    """Their place is kept before the script runs."""
    places = []
    for block in (True, False):
        with browser.new_context(viewport=PHONE) as context:
            page = context.new_page()
            if block:
                page.route("**/site.*.js", lambda route: route.fulfill(body=""))
            page.goto(host + "dag/")
            page.evaluate("document.fonts.ready")
            places.append(
                page.evaluate("[...document.querySelectorAll('a, p')].map(e => e.offsetTop)")
            )
    assert places[0] == places[1]


def test_share_and_take_over_on_a_second_phone(phone, browser, host):
    choose(phone, host, THREE)
    mine(phone, host + MINE)
    link = phone.get_by_label("Link naar deze keuze").input_value()
    assert link == f"{host}{MINE}#keuze={','.join(THREE)}"
    with profile(browser) as other:
        asked = []
        other.on("request", lambda request: asked.append(request.url))
        mine(other, link)
        assert other.locator("#site-incoming li").count() == 3
        assert other.get_by_role("button", name="Vervang mijn keuze").is_hidden()
        other.get_by_role("button", name="Neem deze keuze over").click()
        assert (kept(other), pressed(other)) == (THREE, 3)
        assert other.locator("#site-incoming").is_hidden()
        assert (
            other.locator("#site-said").inner_text()
            == "De sessies uit de link staan in je programma."
        )
        assert "#" not in other.url
        assert not any("reos" in url for url in asked)  # the choice goes to no server


@pytest.mark.parametrize(
    ("button", "result"),
    [
        ("Voeg toe aan mijn keuze", ["wrap-up", *THREE]),
        ("Vervang mijn keuze", THREE),
        ("Laat mijn keuze zoals ze is", ["wrap-up"]),
    ],
)
def test_a_link_is_merged_taken_over_or_left(phone, host, button, result):
    choose(phone, host, ["wrap-up"])
    mine(phone, f"{host}{MINE}#keuze={','.join(THREE)}")
    assert kept(phone) == ["wrap-up"]
    phone.get_by_role("button", name=button).click()
    assert kept(phone) == result
    undo = phone.get_by_role("button", name="Zet mijn vorige keuze terug")
    if undo.count():
        undo.click()
    assert kept(phone) == ["wrap-up"]


def test_a_link_opened_on_the_page_itself_is_offered_too(phone, host):
    mine(phone, host + MINE)
    phone.goto(f"{host}{MINE}#keuze=europa")
    phone.get_by_role("button", name="Neem deze keuze over").click()
    assert kept(phone) == ["europa"]


NONE = "In de link staat geen sessie van dit programma."
MANY = "{} namen in de link horen bij geen enkele sessie."
ODD_LINKS = {
    "europa,europa,niks,europa": (
        "In de link staat 1 sessie. 1 naam in de link hoort bij geen enkele sessie."
    ),
    "%E0%A4%A,<b>x</b>": f"{NONE} {MANY.format(2)}",
    ",,": NONE,
    ",".join(f"sessie-{n}" for n in range(5000)): f"{NONE} {MANY.format(5000)}",
}


@pytest.mark.parametrize(
    ("fragment", "said"), ODD_LINKS.items(), ids=["repeated", "malformed", "empty", "thousands"]
)
def test_odd_links_get_a_plain_message(phone, host, fragment, said):
    choose(phone, host, ["reos"])
    mine(phone, f"{host}{MINE}#keuze={quote(fragment, safe=',%')}")
    assert phone.locator("#site-incoming-text").inner_text() == said
    assert kept(phone) == ["reos"]


def test_clashes_are_named_and_a_round_without_choice_has_a_hint(phone, host):
    choose(phone, host, ["dordt-west", "mooi-nederland", "reos"])
    mine(phone, host + MINE)
    assert phone.locator("#site-clashes li").all_inner_texts() == [
        "“Samen groeien naar een Veilig, Gezond en Kansrijk Dordt West, een publiek-private "
        "alliantie” en “Mooi Nederland” zijn tegelijk (11.00\u202f–\u202f12.00\u00a0uur)."
    ]
    hints = [
        row.get_by_text("nog niets gekozen").count()
        for row in phone.locator("#site-plan .round").all()
    ]
    assert hints == [0, 0, 1]
    phone.locator("#site-plan .round-3").get_by_role("link", name="Kies een sessie").click()
    assert phone.url.endswith("/rondes/3/index.html")


def test_a_repeated_session_names_its_other_time_and_the_cancelled_one_is_no_clash(phone, host):
    choose(phone, host, ["water-en-wet", "grondwater"], "2026/rondes/2026-10-23-1/")
    mine(phone, host + "2026/mijn-programma/")
    assert phone.locator(".mine-day").count() == 3
    assert phone.locator("#site-clashes").is_hidden()
    assert "Ook: zaterdag 24 oktober 2026, 09.30" in phone.locator("#site-plan").inner_text()


@pytest.mark.parametrize("script", [BLOCKED, FULL], ids=["blocked", "full"])
def test_without_storage_the_choice_lasts_as_long_as_the_page_and_goes_along(phone, host, script):
    phone.add_init_script(script)
    choose(phone, host, THREE[:2])
    assert star(phone, "reos").get_attribute("aria-pressed") == "true"
    assert phone.locator(".device").inner_text().startswith("Dit apparaat bewaart je keuze niet.")
    phone.locator(".menu").get_by_role("link", name="Mijn programma").click()
    phone.get_by_role("button", name="Neem deze keuze over").click()
    assert len(titles(phone)) == 2


@pytest.mark.parametrize("value", ["{", '"reos"', "[1, null]", "null"])
def test_a_storage_that_holds_something_else_is_an_empty_choice(phone, host, value):
    phone.goto(host + "dag/")
    phone.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, value])
    mine(phone, host + MINE)
    assert phone.locator("#site-empty").is_visible()
    choose(phone, host, ["reos"])
    assert kept(phone) == ["reos"]


def test_two_tabs_lose_nothing(phone, host):
    phone.goto(host + "dag/")
    other = phone.context.new_page()
    choose(other, host, ["reos"])
    expect(star(phone, "reos")).to_have_attribute("aria-pressed", "true")
    star(phone, "europa").click()
    star(other, "wrap-up").click()
    assert sorted(kept(phone)) == ["europa", "reos", "wrap-up"]


def test_a_renamed_session_stays_chosen_and_one_that_is_gone_can_be_removed(phone, host):
    phone.goto(host + "2026/")
    key = "stad-en-water:/2026/:programma"
    choice = json.dumps(["recht-en-water", "verdwenen", "opening"])
    phone.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, choice])
    mine(phone, host + "2026/mijn-programma/")
    assert phone.locator("#site-count").inner_text() == "Je hebt 2 sessies gekozen."
    assert "1 sessie uit je keuze staat niet meer" in phone.locator("#site-lost").inner_text()
    phone.get_by_role("button", name="Haal weg wat er niet meer is").click()
    assert sorted(kept(phone, key)) == ["opening", "water-en-wet"]


def test_keyboard_alone(phone, host):
    phone.goto(host + "dag/")
    for _ in range(60):
        phone.keyboard.press("Tab")
        if phone.evaluate("document.activeElement.dataset.star") == "dordt-west":
            break
    assert phone.evaluate("document.activeElement.matches(':focus-visible')")
    phone.keyboard.press("Space")
    assert kept(phone) == ["dordt-west"]
    mine(phone, f"{host}{MINE}#keuze=europa")
    phone.get_by_role("button", name="Voeg toe aan mijn keuze").focus()
    phone.keyboard.press("Enter")
    assert sorted(kept(phone)) == ["dordt-west", "europa"]
    assert phone.evaluate("document.activeElement.id") == "site-said"


def test_without_script_the_page_explains_itself_and_nothing_useless_shows(browser, host):
    with profile(browser, java_script_enabled=False) as page:
        page.goto(host + MINE)
        assert "Daar is JavaScript voor nodig." in page.locator("main").inner_text()
        assert page.locator("#site-all .card").count() == 19
        for path in (MINE, "dag/", "dag/sessies/reos/", "2026/"):
            page.goto(host + path)
            assert page.locator("button:visible, input:visible, .now:visible").count() == 0


def test_without_the_data_the_list_of_sessions_stays(browser, host):
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.route("**/assets/data/*", lambda route: route.abort())
        page.goto(f"{host}{MINE}#keuze=europa")
        page.locator("#site-failed").wait_for()
        assert page.locator("#site-all .star:visible").count() == 19


def test_from_a_folder_on_disk_it_all_works_too(phone, built):
    choose(phone, "", THREE, (built / "dag/index.html").as_uri())
    phone.locator(".menu").get_by_role("link", name="Mijn programma").click()
    phone.locator("#site-plan .card").nth(2).wait_for()
    phone.get_by_role("button", name="Toon als QR-code").click()
    phone.get_by_role("img", name="QR-code met de link naar deze keuze").wait_for()


def test_printed_on_one_page(phone, host):
    choose(phone, host, ["plenaire-start", *THREE, "wrap-up", "lunch-stadhuis", "mooi-nederland"])
    mine(phone, host + MINE)
    pdf = phone.pdf(prefer_css_page_size=True)
    assert re.findall(
        rb"/Type\s*/Pages\b[^>]*/Count (\d+)|/Count (\d+)[^>]*/Type\s*/Pages\b", pdf
    ) in (
        [(b"1", b"")],
        [(b"", b"1")],
    )


def test_the_code_is_drawn_on_demand(phone, host):
    choose(phone, host, THREE)
    scripts = []
    phone.on("request", lambda request: scripts.append(request.url))
    mine(phone, host + MINE)
    assert not any("vendor" in url for url in scripts)
    phone.get_by_role("button", name="Toon als QR-code").click()
    phone.get_by_role("img", name="QR-code met de link naar deze keuze").wait_for()
    assert any("vendor" in url for url in scripts)


def test_copy_says_what_happened(browser, host):
    with profile(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        choose(page, host, THREE)
        mine(page, host + MINE)
        page.get_by_role("button", name="Kopieer de link").click()
        page.get_by_text("De link is gekopieerd.").wait_for()
        assert page.evaluate("navigator.clipboard.readText()").endswith(",".join(THREE))


def test_calendar_file_agrees_with_that_of_the_site(phone, host, built):
    choose(phone, host, ["water-en-wet", "grondwater"], "2026/rondes/2026-10-23-1/")
    mine(phone, host + "2026/mijn-programma/")
    with phone.expect_download() as saving:
        phone.get_by_role("button", name="Download voor je agenda").click()
    assert saving.value.suggested_filename == "stad-en-water.ics"
    data = saving.value.path().read_bytes()
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    found = {
        (str(e["SUMMARY"]), e.decoded("DTSTART").isoformat(), str(e.get("STATUS", "")))
        for e in events
    }
    assert {
        ("Water en wet", "2026-10-23T09:00:00+00:00", "CONFIRMED"),
        ("Water en wet", "2026-10-24T07:30:00+00:00", "CONFIRMED"),
        ("Grondwater", "2026-10-23T09:00:00+00:00", "CANCELLED"),
        ("Lunch", "2026-10-23T10:00:00+00:00", "CONFIRMED"),
        ("Slotwoord", "2026-10-25T15:00:00+00:00", "CONFIRMED"),
    } <= found
    assert len({str(event["UID"]) for event in events}) == len(events)
    whole = (built / "2026/programma.ics").read_bytes()
    known = {str(e["UID"]): e for e in icalendar.Calendar.from_ical(whole).walk("VEVENT")}
    for event in events:
        same = known[str(event["UID"])]
        for name in ("SUMMARY", "LOCATION", "SEQUENCE", "STATUS"):
            assert event[name] == same[name]
        for name in ("DTSTART", "DTSTAMP"):
            assert event.decoded(name) == same.decoded(name)


def test_without_a_date_there_is_no_calendar_and_the_page_says_why(phone, host):
    choose(phone, host, THREE)
    mine(phone, host + MINE)
    assert phone.get_by_role("button", name="Download").count() == 0
    assert (
        "Daarom is er nog geen bestand voor je agenda." in phone.locator("#site-keep").inner_text()
    )

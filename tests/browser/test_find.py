"""Finding a session: words and filters, what is said about it, and what happens when it fails."""

from __future__ import annotations

import json
import random
import re
import shutil
from contextlib import contextmanager

import pytest
import support
from hosting import hosting
from large import content
from test_offline import READY

from site_gen import pipeline

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
WIDE = {"width": 1280, "height": 900}
START = "2026-01-01T10:00:00"
PAUSE = 600  # milliseconds: longer than what assets/js/find.js waits for more words


@contextmanager
def visitor(browser, viewport=PHONE, **options):
    """A page of a visitor's own; nothing may go wrong unseen."""
    faults = []
    with browser.new_context(viewport=viewport, **options) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text))
        yield page
    assert faults == []


@pytest.fixture
def phone(browser):
    with visitor(browser) as page:
        yield page


def words(page):
    return page.locator("#site-find-q")


def begin(page, address):
    """Open a page, with a clock that stands still, and wait until it is ready to find."""
    page.clock.install(time=START)
    page.goto(address)
    page.clock.pause_at("2026-01-01T11:00:00")
    with page.expect_response("**/teksten.js"):
        words(page).focus()
    page.evaluate("site.load(document.getElementById('site-find').dataset.texts, document.baseURI)")


def seek(page, text):
    words(page).fill(text)
    page.clock.run_for(PAUSE)


def count(page):
    return page.locator(".find-count").inner_text()


def shown(page):
    """Return the slugs of the sessions that are to be seen, once each, in order."""
    found = page.locator("main [data-session]:visible").all()
    return list(dict.fromkeys(item.get_attribute("data-session") for item in found))


def parts(page):
    """Return when the parts of the day begin that are to be seen."""
    return page.locator("main .clock-begin:visible").all_inner_texts()


def excerpts(page):
    return page.locator(".card-found:visible").all_inner_texts()


def test_words_are_found_in_time_order_and_the_rest_of_the_day_folds_away(phone, host):
    begin(phone, host + "dag/")
    assert len(parts(phone)) == 12
    seek(phone, "wonen")
    assert shown(phone) == ["mooi-nederland", "woningzoekenden", "achttien-en-dan"]
    assert (count(phone), parts(phone)) == ("3 resultaten", ["11.00", "13.45"])
    assert phone.locator(".jump:visible").count() == 0
    seek(phone, "")
    assert (count(phone), len(parts(phone))) == ("Alles staat er weer.", 12)
    assert (excerpts(phone), phone.locator(".jump").is_visible()) == ([], True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("zoekenden", ["woningzoekenden"]),  # within a compound
        ("Hendriks", ["plenaire-start"]),  # a speaker
        ("VNG", ["woningzoekenden", "arbeidskrapte"]),  # an organisation
        ("huisvestingswet", ["woningzoekenden"]),  # a source
        ("financiën", ["gemeentefinancien"]),
        ("FINANCIEN", ["gemeentefinancien"]),
        ("europa, Kansen", ["europa"]),
        ("kansen europa xyz", []),
    ],
)
def test_accents_capitals_and_order_do_not_matter_and_every_word_counts(phone, host, text, found):
    begin(phone, host + "dag/sessies/")
    seek(phone, text)
    assert shown(phone) == found


def test_a_short_word_is_found_where_a_word_begins(phone, host):
    begin(phone, host + "2026/sessies/")
    seek(phone, "ij")
    assert shown(phone) == ["ijsselwandeling"]
    seek(phone, "ijk")
    assert "dijk-en-dorp" in shown(phone)


def test_where_a_word_stands_is_shown_when_the_page_does_not_show_it(phone, host):
    begin(phone, host + "dag/")
    seek(phone, "amsterdam eindhoven")
    assert shown(phone) == ["reos"]
    (excerpt,) = excerpts(phone)
    assert "Amsterdam, Den Haag, Eindhoven" in excerpt
    assert phone.locator("mark").all_inner_texts() == ["Amsterdam", "Eindhoven"]
    seek(phone, "strategie stedelijk")  # the title says so
    assert (shown(phone)[0], excerpts(phone)) == ("reos", [])


def test_an_excerpt_tells_its_language(phone, host):
    begin(phone, host + "2026/en/sessions/")
    seek(phone, "ophogen")
    assert phone.locator(".card-found").get_attribute("lang") == "nl"
    seek(phone, "calculate")
    assert phone.locator(".card-found").first.get_attribute("lang") == "en"


def test_a_part_of_the_day_is_found_by_its_own_name(phone, host):
    begin(phone, host + "dag/")
    seek(phone, "koffie")
    assert "09.30" in parts(phone)
    seek(phone, "lunch")
    assert set(shown(phone)) >= {"lunch-binnenstad", "lunch-economisch", "lunch-stadhuis"}


def test_filters_and_words_together(browser, host):
    with visitor(browser, WIDE) as page:
        begin(page, host + "2026/sessies/")
        page.get_by_label("Thema").select_option("Bestuur")
        assert (shown(page), count(page)) == (["water-en-wet"], "1 resultaat")
        page.get_by_label("Ronde", exact=True).select_option("Ronde 2")
        assert (shown(page), count(page)) == ([], "Niets gevonden")
        page.get_by_label("Thema").select_option("Alle thema’s")
        assert shown(page) == ["stadsgesprek"]
        seek(page, "stad")
        assert shown(page) == ["stadsgesprek"]
        assert page.url.endswith("?ronde=2&q=stad")


def test_what_is_sought_survives_reload_the_way_back_and_sharing(phone, browser, host):
    begin(phone, host + "dag/?van=brief#site-main")
    seek(phone, "wonen")
    phone.get_by_role("button", name="Filter").click()
    phone.get_by_label("Ronde", exact=True).select_option("Ronde 1")
    address = phone.url
    assert address == f"{host}dag/?van=brief&q=wonen&ronde=1#site-main"
    found = ["mooi-nederland", "woningzoekenden"]
    assert shown(phone) == found
    phone.reload()
    phone.get_by_text("2 resultaten").wait_for()
    assert (shown(phone), phone.get_by_label("Ronde", exact=True).is_visible()) == (found, True)
    phone.locator("#site-mooi-nederland-1 .card-title a").click()
    phone.go_back()
    phone.get_by_text("2 resultaten").wait_for()
    assert (shown(phone), phone.url) == (found, address)
    with visitor(browser) as other:
        other.goto(address)
        other.get_by_text("2 resultaten").wait_for()
        assert (shown(other), words(other).input_value()) == (found, "wonen")


def test_a_click_right_after_typing_loses_nothing(phone, host):
    begin(phone, host + "dag/")
    words(phone).fill("reos")
    phone.clock.run_for(100)  # shown, and not yet written in the address
    phone.locator("#site-reos-1 .card-title a").click()
    phone.go_back()
    phone.get_by_text("1 resultaat").wait_for()
    assert words(phone).input_value() == "reos"


def test_an_address_with_odd_words_is_no_problem(phone, host):
    phone.goto(host + "dag/?ronde=99&soort=zang&q=%E0%A4%A<xyzzy>")
    phone.locator(".find-count:not(:empty)").wait_for()
    assert (shown(phone), count(phone)) == ([], "Niets gevonden")
    phone.goto(host + "dag/?ronde=99&taal=nl")
    phone.get_by_text("Alles staat er weer.").wait_for()
    assert (len(shown(phone)), phone.url) == (19, host + "dag/?taal=nl")


def test_the_number_is_told_once_after_a_pause(phone, host):
    begin(phone, host + "dag/")
    assert phone.locator(".find-count").get_attribute("role") == "status"
    phone.evaluate("""
        window.told = [];
        new MutationObserver(() => told.push(document.querySelector(".find-count").textContent))
            .observe(document.querySelector(".find-count"), { childList: true });
    """)
    for letter in "wonen":
        phone.keyboard.press(letter)
        phone.clock.run_for(150)
    assert (shown(phone)[0], phone.evaluate("told")) == ("mooi-nederland", [])
    phone.clock.run_for(PAUSE)
    assert phone.evaluate("told") == ["3 resultaten"]


def test_nothing_found_offers_a_way_on(phone, host):
    begin(phone, host + "2026/")
    seek(phone, "stadsgesprek")  # on another day
    assert (count(phone), shown(phone)) == ("Niets gevonden", [])
    assert "Probeer een korter woord" in phone.locator(".find-none").inner_text()
    links = phone.locator(".find-none a").all_inner_texts()
    assert links == ["Sprekers", "Kernboodschappen", "Bronnen"]
    phone.get_by_role("link", name="Zoek op alle dagen").click()
    phone.get_by_text("1 resultaat").wait_for()
    assert shown(phone) == ["stadsgesprek"]
    phone.get_by_role("button", name="Toon alles weer").click()
    assert phone.evaluate("document.activeElement.textContent") == "Alles staat er weer."
    assert (words(phone).input_value(), phone.url) == ("", host + "2026/sessies/index.html")
    assert phone.get_by_role("button", name="Toon alles weer").is_hidden()


def test_another_day_keeps_the_words(phone, host):
    begin(phone, host + "2026/")
    seek(phone, "wet")
    phone.locator(".days").get_by_role("link", name="zaterdag").click()
    phone.get_by_text("1 resultaat").wait_for()
    assert shown(phone) == ["water-en-wet"]


def test_keyboard_alone(phone, host):
    phone.goto(host + "dag/")
    while phone.evaluate("document.activeElement.id") != "site-find-q":
        phone.keyboard.press("Tab")
    phone.keyboard.type("wonen")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")  # the button that shows the filters
    phone.keyboard.press("Tab")
    phone.keyboard.press("ArrowDown")
    phone.get_by_text("2 resultaten").wait_for()
    assert phone.evaluate("document.activeElement.name") == "ronde"
    phone.keyboard.press("Tab")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")  # the button that shows everything again
    assert (len(shown(phone)), phone.evaluate("document.activeElement.className")) == (
        19,
        "find-count",
    )


def test_enter_puts_the_keyboard_of_a_phone_away(phone, host):
    begin(phone, host + "dag/")
    words(phone).fill("wonen")
    phone.keyboard.press("Enter")
    assert phone.evaluate("document.activeElement === document.body")
    assert (count(phone), phone.url) == ("3 resultaten", host + "dag/?q=wonen")


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
def test_controls_are_as_large_as_a_thumb_and_have_a_name(browser, host, viewport):
    with visitor(browser, viewport) as page:
        begin(page, host + "2026/sessies/")
        seek(page, "wet")
        if viewport is PHONE:
            page.get_by_role("button", name="Filter").click()
        controls = page.locator("#site-find :is(input, select, button):visible").all()
        assert len(controls) == (6 if viewport is PHONE else 5)
        for control in controls:
            box = control.bounding_box()
            assert min(box["width"], box["height"]) >= 44
        for name in ("Zoek in het programma", "Ronde", "Thema", "Soort"):
            assert page.get_by_label(name, exact=True).is_visible()


def test_nothing_is_fetched_before_it_is_used(phone, host):
    asked = []
    phone.on("request", lambda request: asked.append(re.sub(r"\.\w{10}\.", ".", request.url)))
    phone.goto(host + "dag/?van=brief", wait_until="networkidle")
    assert not [url for url in asked if "find" in url or "teksten" in url]
    with phone.expect_request("**/teksten.js"):
        words(phone).focus()
    names = [url.rpartition("/")[2] for url in asked if url.endswith(".js")]
    assert names == ["site.js", "find.js", "teksten.js"]


BROKEN = {
    "not there": lambda route: route.abort(),
    "half": lambda route: route.fulfill(body="site.texts={"),
    "empty": lambda route: route.fulfill(body=""),
    "something else": lambda route: route.fulfill(body='site.texts={"reos":5};'),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_without_the_texts_the_page_itself_is_searched_and_filters_work(browser, host, broken):
    with browser.new_context(viewport=WIDE) as context:
        page = context.new_page()
        page.route("**/teksten.js", BROKEN[broken])
        page.goto(host + "dag/?q=stedelijk")
        page.get_by_text("Er wordt alleen gezocht in wat op deze pagina staat.").wait_for()
        assert shown(page) == ["reos"]
        words(page).fill("amsterdam")
        page.get_by_text("Niets gevonden").wait_for()
        page.get_by_role("button", name="Toon alles weer").click()
        page.get_by_label("Ronde", exact=True).select_option("Ronde 2")
        assert len(shown(page)) == 5


def test_without_the_script_the_programme_stays_and_it_is_tried_again(browser, host):
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.route("**/find.*.js", lambda route: route.abort())
        page.goto(host + "dag/")
        words(page).focus()
        page.get_by_text("Zoeken lukt nu niet. Het programma staat hieronder.").wait_for()
        assert len(shown(page)) == 19
        page.unroute("**/find.*.js")
        words(page).fill("wonen")
        words(page).blur()
        words(page).focus()
        page.get_by_text("3 resultaten").wait_for()
        assert page.locator(".find-note").inner_text() == ""


def test_without_scripting_there_is_no_form(browser, host):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        for path in ("dag/?q=wonen", "2026/sessies/"):
            page.goto(host + path)
            assert page.locator("#site-find").is_hidden()
            assert page.locator(":is(.slot, .group):visible").count() > 5


def test_from_a_folder_on_disk_it_all_works_too(phone, built):
    phone.goto((built / "dag/index.html").as_uri())
    words(phone).focus()
    words(phone).fill("amsterdam")
    phone.get_by_text("1 resultaat").wait_for()
    assert phone.locator("mark").inner_text() == "Amsterdam"
    phone.reload()
    phone.get_by_text("1 resultaat").wait_for()
    assert shown(phone) == ["reos"]


@pytest.fixture(scope="module")
def in_parts(tmp_path_factory):
    """A site of so many sessions that no page has all of them, in a folder."""
    root = tmp_path_factory.mktemp("groot")
    support.write(root, content(400, days=2))
    done, problems = pipeline.build(root, root / "_site")
    assert done is not None, [p for p in problems if p.severity == "error"]
    return root / "_site"


def elsewhere(page):
    """Return the sessions of other pages that are offered: title and address."""
    links = page.locator(".find-others:visible a").all()
    return [(link.inner_text(), link.get_attribute("href")) for link in links]


@pytest.mark.parametrize("path", ["", "dagen/2026-10-23/", "sessies/", "sessies/2/"])
def test_where_no_page_has_all_sessions_words_are_found_on_the_others_too(browser, in_parts, path):
    with hosting(in_parts) as host, visitor(browser, WIDE) as page:
        begin(page, host.address + path)
        seek(page, "bewoner 7")
        here = shown(page)
        there = elsewhere(page)
        assert count(page) == f"{len(here) + len(there)} resultaten"
        # In a key message of sessie-7; other numbers with a 7 are found by what their page tells.
        slugs = [href.split("/")[-2] for _, href in there]
        assert len({*here, *slugs}) == len(here) + len(there)
        assert "sessie-7" in {*here, *slugs}
        assert page.locator(".contents:visible, .hours:visible").count() == 0
        title, href = there[0]
        page.locator(".find-others a").first.click()
        page.get_by_role("heading", level=1, name=title).wait_for()
        assert page.url.endswith(href.lstrip("./"))
        page.go_back()
        page.locator(".find-others:visible").wait_for()
        seek(page, "")
        assert elsewhere(page) == []


def test_a_filter_is_of_this_page_and_leads_to_the_others(browser, in_parts):
    with hosting(in_parts) as host, visitor(browser, WIDE) as page:
        begin(page, host.address)
        page.get_by_label("Thema").select_option("Water")
        assert (elsewhere(page), len(shown(page)) > 20) == ([], True)
        page.get_by_role("link", name="Zoek op alle dagen").click()
        assert page.url.endswith("?thema=Water#site-days")
        seek(page, "onderwerp")
        assert elsewhere(page) == []


ALL_WORDS = """
async (titles) => {
  const words = document.getElementById("site-find-q");
  const lost = [];
  for (const [slug, title] of titles) {
    for (const word of title.split(/\\s+/)) {
      words.value = word;
      words.dispatchEvent(new Event("change", { bubbles: true }));
      await null;
      const found = document.querySelector(`main [data-session="${slug}"]`);
      if (!found.checkVisibility()) lost.push([slug, word]);
    }
  }
  words.value = "";
  return lost;
}
"""


@pytest.mark.parametrize("path", ["dag/sessies/", "dag/en/", "2026/sessies/", "2026/en/sessions/"])
def test_every_word_of_every_title_is_found(phone, host, path):
    begin(phone, host + path)
    titles = phone.evaluate("""
        [...document.querySelectorAll("main [data-session]")].map((item) =>
            [item.dataset.session, item.querySelector("h2 a, h3 a").innerText])
    """)
    assert len(titles) > 5
    assert phone.evaluate(ALL_WORDS, titles) == []


LETTERS = "aeiouxsAEIOUX éèëïöüçñÅØßĳŁ e\u0301 \u00ad ’-–.,&0123½² ΑΩσς ЖЯжя 漢字 ا ﬁ 🎉"


def odd_titles(number):
    """Return titles of odd words, the same every time."""
    chosen = random.Random(number)  # noqa: S311 - no secret
    letters = [letter for letter in LETTERS if letter != " "]
    for _ in range(number):
        lengths = (chosen.randint(1, 9) for _ in range(chosen.randint(1, 6)))
        yield "A" + " ".join("".join(chosen.choices(letters, k=length)) for length in lengths)


def test_every_word_of_any_title_is_found_by_its_text_alone(phone, tmp_path):
    """With titles that nobody would write, and as if the page did not show them."""
    titles = {f"sessie-{n}": title for n, title in enumerate(odd_titles(80))}
    files = {
        f"sessies/{slug}.md": f"---\ntitel: {json.dumps(title, ensure_ascii=False)}\n---\n"
        for slug, title in titles.items()
    }
    slot = 'begin: "12.00"\nsoort: sessies\nsessies: [{}]\n'.format(", ".join(titles))
    root = support.write(support.basis(tmp_path / "site"), {**files, "programma/09.yaml": slot})
    done, problems = pipeline.build(root, tmp_path / "out")
    assert done is not None, [p for p in problems if p.severity == "error"]
    home = tmp_path / "out" / "index.html"
    hidden = re.sub(r'class="card-title"', 'class="title"', home.read_text("utf-8"))
    home.write_text(hidden, "utf-8")
    phone.goto(home.as_uri())
    words(phone).focus()
    seek(phone, "welkom")
    phone.get_by_text("1 resultaat").wait_for()
    assert phone.evaluate(ALL_WORDS, list(titles.items())) == []


@pytest.fixture(scope="module")
def large(tmp_path_factory, chromium):  # noqa: ARG001 - without a browser there is nothing to see
    """Serve the site over several days as if it were large: with Pagefind."""
    folder = tmp_path_factory.mktemp("large")
    root = support.overlay(folder / "root", support.SEVERAL_DAYS)
    with (root / "programma" / "evenement.yaml").open("a", encoding="utf-8") as event:
        event.write("zoeken: pagefind\n")
    done, problems = pipeline.build(root, folder / "host" / "2026")
    assert done is not None, problems
    with hosting(folder / "host", worker=True) as server:
        yield server.address
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("path", "text", "found", "word"),
    [
        ("2026/sessies/", "rekenen", "water-en-wet", "rekenen"),
        ("2026/en/sessions/", "calculate", "water-en-wet", "calculate"),
    ],
)
def test_pagefind_finds_in_the_texts_and_shows_where(browser, large, path, text, found, word):
    asked = []
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: asked.append(message.text))
        page.goto(f"{large}{path}?q={text}")
        page.locator(".card-found mark").first.wait_for()
        assert shown(page) == [found]
        assert word in page.locator(".card-found mark").first.inner_text()
        words(page).fill("xyzzy")
        page.get_by_text("Niets gevonden" if "/en/" not in path else "Nothing found").wait_for()
        words(page).fill(found.partition("-")[0])
        page.locator(f"[data-session={found}]").first.wait_for()
    assert asked
    assert all(url.startswith(large) for url in asked)


def test_pagefind_without_a_worker_is_allowed_too(browser, large):
    with visitor(browser) as page:
        page.add_init_script("delete window.Worker")
        page.goto(f"{large}2026/sessies/?q=rekenen")
        page.get_by_text("1 resultaat").wait_for()


def test_where_pagefind_fails_the_page_itself_is_searched(browser, large):
    with browser.new_context(viewport=WIDE) as context:
        page = context.new_page()
        page.route("**/pagefind.*/**", lambda route: route.abort())
        page.goto(f"{large}2026/sessies/?q=wet")
        page.get_by_text("Er wordt alleen gezocht in wat op deze pagina staat.").wait_for()
        page.get_by_text("1 resultaat").wait_for()
        page.get_by_label("Soort").select_option("Workshop")
        assert shown(page) == ["water-en-wet"]


def test_without_network_the_texts_are_searched_too(browser, built):
    with hosting(built, worker=True) as server, visitor(browser) as page:
        page.goto(f"{server.address}dag/")
        page.evaluate(READY)
        server.fault = lambda _path: "gone"
        page.goto(f"{server.address}dag/?q=amsterdam")
        page.get_by_text("1 resultaat").wait_for()
        assert shown(page) == ["reos"]


def test_without_network_pagefind_searches_what_was_kept(browser, large):
    with visitor(browser) as page:
        page.goto(f"{large}2026/")
        page.evaluate(READY)
        page.context.set_offline(True)
        page.goto(f"{large}2026/sessies/?q=rekenen")
        page.get_by_text("1 resultaat").wait_for()
        assert shown(page) == ["water-en-wet"]

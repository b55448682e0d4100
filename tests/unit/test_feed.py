"""The feed of changes: what RFC 4287 asks for, and ids and moments that last."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest
import support
from test_ics import HERE, changed, site

from site_gen.exports.feed import feeds
from site_gen.model import Change
from site_gen.text import Span, Text

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ADDRESS = "https://stad-en-water.example.nl/2026/"


def change(at: str, words: str, session: str = "") -> Change:
    return Change(at, Text((Span(words, "nl"),)), session, HERE)


def read(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314 - our own


def entries(data: bytes) -> list[tuple[str, str, str, str]]:
    """Return id, title, moment and address of each entry."""
    return [
        (
            *(e.findtext(f"{ATOM}{tag}", "") for tag in ("id", "title", "updated")),
            e.find(f"{ATOM}link").attrib["href"],
        )
        for e in read(data).iter(f"{ATOM}entry")
    ]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return feeds(site())


def test_each_language_has_a_feed(files: Mapping[str, bytes]) -> None:
    assert files.keys() == {"feed.xml", "en/feed.xml"}
    assert [read(data).attrib[LANG] for data in files.values()] == ["nl", "en"]


def test_a_feed_has_what_every_feed_must_have(files: Mapping[str, bytes]) -> None:
    """RFC 4287, sections 4.1.1 and 4.1.2; an entry without content has a link."""
    for path, data in files.items():
        feed = read(data)
        assert re.fullmatch("urn:uuid:[0-9a-f-]{36}", feed.findtext(f"{ATOM}id", ""))
        assert feed.findtext(f"{ATOM}author/{ATOM}name")
        links = {link.attrib["rel"]: link.attrib["href"] for link in feed.findall(f"{ATOM}link")}
        home = ADDRESS + path.removesuffix("feed.xml")
        assert links == {"self": ADDRESS + path, "alternate": home}
        told = [datetime.fromisoformat(row[2]) for row in entries(data)]
        assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated", "")) == max(told)
        assert all(at.tzinfo for at in told)


def test_newest_change_comes_first_and_leads_to_its_session(files: Mapping[str, bytes]) -> None:
    assert [row[1:] for row in entries(files["feed.xml"])] == [
        (
            "De sessie over grondwater gaat niet door.",
            "2026-10-21T00:00:00+02:00",
            f"{ADDRESS}sessies/grondwater/",
        ),
        (
            "Het gesprek over de stad is verplaatst naar de Kapel.",
            "2026-10-20T14:05:00+02:00",
            f"{ADDRESS}sessies/stadsgesprek/",
        ),
    ]


def test_a_change_without_translation_says_in_which_language_it_is(
    files: Mapping[str, bytes],
) -> None:
    found = {e.findtext(f"{ATOM}title"): e for e in read(files["en/feed.xml"]).iter(f"{ATOM}entry")}
    assert found["De sessie over grondwater gaat niet door."].attrib == {LANG: "nl"}
    assert len(found) == 2


def test_a_change_of_no_session_leads_to_the_changes() -> None:
    made = feeds(site(changes=(change("2026-10-20", "De deur is dicht."),)))
    assert entries(made["en/feed.xml"])[0][3] == f"{ADDRESS}en/#site-changes"


def test_the_changes_are_there_where_the_feed_leads() -> None:
    home = support.pages(support.SEVERAL_DAYS)["en/index.html"]
    assert "site-changes" in home.ids


def test_ids_do_not_depend_on_words_address_or_order() -> None:
    first, second = change("2026-10-20", "Fout", "opening"), change("2026-10-20", "Ook", "opening")
    made = site(changes=(first, second))
    mended = (change("2026-10-20", "Goed", "opening"), second, change("2026-10-22", "Nieuw"))
    other = changed(made, changes=mended, address="https://elders.example.nl/")
    before = [row[0] for row in entries(feeds(made)["feed.xml"])]
    after = [row[0] for row in entries(feeds(other)["feed.xml"])]
    assert after[1:] == before
    assert len(set(after)) == 3


def test_before_the_first_change_there_is_a_feed_to_follow() -> None:
    data = feeds(site(changes=()))["feed.xml"]
    assert entries(data) == []
    assert read(data).findtext(f"{ATOM}updated") == "2026-10-23T00:00:00+02:00"


def test_changes_can_be_told_before_there_is_a_date() -> None:
    made = feeds(site(first_day=None, changes=(change("2026-10-20", "Anders"),)))
    assert [row[2] for row in entries(made["feed.xml"])] == ["2026-10-20T00:00:00+02:00"]


@pytest.mark.parametrize("event", [{"address": ""}, {"first_day": None, "changes": ()}])
def test_without_an_address_or_a_moment_there_is_no_feed(event: Mapping[str, object]) -> None:
    assert feeds(site(**event)) == {}


def test_characters_that_xml_cannot_hold_do_not_reach_it() -> None:
    made = feeds(site(changes=(change("2026-10-20", "Zaal\x00 \ud800& <b>"),)))
    assert entries(made["feed.xml"])[0][1] == "Zaal & <b>"


def test_pages_name_the_feed_and_home_names_the_schedule() -> None:
    pages = support.pages(support.SEVERAL_DAYS)

    def named(path: str) -> dict[str, str]:
        links = [e.attributes for e in pages[path].all("link") if "type" in e.attributes]
        return {a["type"]: a["href"] for a in links if a["rel"] == "alternate"}

    assert named("index.html") == {
        "application/atom+xml": "feed.xml",
        "application/vnd.c3voc.schedule+xml": "schedule.xml",
        "application/json": "schedule.json",
    }
    assert named("en/sessions/opening/index.html") == {"application/atom+xml": "../../feed.xml"}
    assert "schedule.xml" in pages["index.html"].values("href")


def test_without_a_date_no_page_names_a_schedule() -> None:
    page = support.pages(support.REAL)["index.html"]
    assert not [e for e in page.all("link") if "schedule" in e.attributes.get("href", "")]

"""What pages say of themselves to machines, read by a JSON-LD processor and held to schema.org."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import html5lib
import pytest
import support
from msgspec.structs import replace
from pyld import jsonld

from site_gen import pipeline

VOCABULARY = "https://schema.org/"
# Of the context that https://schema.org serves: what is no plain text.
CONTEXT = {
    "@vocab": VOCABULARY,
    "endDate": {"@type": "Date"},
    "eventStatus": {"@type": "@id"},
    "image": {"@type": "@id"},
    "startDate": {"@type": "Date"},
    "url": {"@type": "@id"},
}
# From the pages of these types on schema.org: their properties, and what each may be.
THING = {"name": "text", "description": "text", "url": "address", "image": "address"}
TYPES: Mapping[str, Mapping[str, str]] = {
    "Event": {
        **THING,
        "contributor": "Organization Person",
        "endDate": "date",
        "eventStatus": "address",
        "inLanguage": "text",
        "location": "Place",
        "organizer": "Organization Person",
        "performer": "Organization Person",
        "startDate": "date",
        "subEvent": "Event",
        "superEvent": "Event",
    },
    "Person": {**THING, "jobTitle": "text", "worksFor": "Organization"},
    "Organization": THING,
    "Place": {**THING, "address": "text"},
}


def load(address: str, _options: object) -> dict[str, object]:
    """Hand out the vocabulary; nothing is fetched."""
    assert address == "https://schema.org"
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": address,
        "document": {"@context": CONTEXT},
    }


def texts(page: bytes) -> list[str]:
    """Return the data of a page, as a browser's own reading of HTML finds it."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    return [s.text for s in root.iter("script") if s.get("type") == "application/ld+json"]


def nodes(page: bytes) -> list[dict[str, Any]]:
    """Return everything that a page says, node by node, with whole addresses as names."""
    return [node for text in texts(page) for node in said(text)]


def said(text: str) -> list[dict[str, Any]]:
    graph: list[dict[str, Any]] = jsonld.flatten(json.loads(text), options={"documentLoader": load})
    return graph


def without_address() -> dict[str, bytes]:
    """Return the site over several days as it is while its address is not known."""
    content, _ = pipeline.check(support.SEVERAL_DAYS)
    assert content is not None
    event = replace(content.conf.event, address="")
    return pipeline.make(replace(content, conf=replace(content.conf, event=event)))[0]


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    files = support.made(support.SEVERAL_DAYS)
    return {path: data for path, data in files.items() if path.endswith(".html")}


def short(name: str) -> str:
    return name.removeprefix(VOCABULARY)


def faults(graph: list[dict[str, Any]]) -> list[tuple[str, str, object]]:
    """Name what schema.org does not know: a type, a property, or a value where another belongs."""
    kinds = {node["@id"]: short(node["@type"][0]) for node in graph if "@type" in node}
    return [
        (kinds[node["@id"]], short(name), value)
        for node in graph
        for name, values in node.items()
        if not name.startswith("@")
        for value in values
        if not fits(TYPES[kinds[node["@id"]]].get(short(name), ""), value, kinds)
    ]


def fits(asked: str, value: Mapping[str, str], kinds: Mapping[str, str]) -> bool:
    match asked:
        case "text":
            return isinstance(value.get("@value"), str) and value["@value"] != ""
        case "date":
            return datetime.fromisoformat(value["@value"]).tzinfo is not None
        case "address":
            return urlsplit(value["@id"]).scheme == "https"
        case _:
            return kinds.get(value.get("@id", "")) in asked.split()


def test_every_page_keeps_to_the_vocabulary(pages: Mapping[str, bytes]) -> None:
    found = {path: faults(nodes(data)) for path, data in pages.items()}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_every_page_says_what_it_is_about(pages: Mapping[str, bytes]) -> None:
    kinds = {
        path: {short(node["@type"][0]) for node in nodes(data) if "@type" in node}
        for path, data in pages.items()
    }
    assert kinds["index.html"] == {"Event", "Organization", "Place"}
    assert kinds["en/rounds/2026-10-23-1/index.html"] == {"Event", "Organization", "Place"}
    assert kinds["sessies/opening/index.html"] == {"Event", "Organization", "Person", "Place"}
    assert kinds["sprekers/ben-de-wit/index.html"] == {"Person", "Organization"}
    assert kinds["bronnen/index.html"] == kinds["404.html"] == set()


def value(page: bytes, *path: str | int) -> Any:
    found: Any = json.loads(texts(page)[0])
    for step in path:
        found = found[step]
    return found


def test_every_event_has_a_name_a_begin_and_a_place(pages: Mapping[str, bytes]) -> None:
    """What search engines ask of an event."""
    needed = {VOCABULARY + name for name in ("name", "startDate", "location")}
    events = [
        node
        for data in pages.values()
        for node in nodes(data)
        if node.get("@type") == [f"{VOCABULARY}Event"]
    ]
    assert len(events) > 50
    assert [event for event in events if not needed <= event.keys()] == []


def test_home_of_several_days_names_the_days_and_a_day_its_sessions(
    pages: Mapping[str, bytes],
) -> None:
    days = value(pages["en/index.html"], "subEvent")
    sessions = value(pages["dagen/2026-10-25/index.html"], "subEvent")
    assert [day["name"] for day in days] == [
        "City and water, Friday 23 October 2026",
        "City and water, Saturday 24 October 2026",
        "City and water, Sunday 25 October 2026",
    ]
    assert [(s["name"], s["startDate"], "endDate" in s) for s in sessions] == [
        ("Slotwoord", "2026-10-25T16:00:00+01:00", False)
    ]


def test_session_says_each_time_and_where(pages: Mapping[str, bytes]) -> None:
    held = value(pages["sessies/water-en-wet/index.html"], "@graph")
    assert [(h["startDate"], h["endDate"], h["location"]["name"]) for h in held] == [
        ("2026-10-23T11:00:00+02:00", "2026-10-23T12:00:00+02:00", "Kapel, Klooster"),
        ("2026-10-24T09:30:00+02:00", "2026-10-24T10:30:00+02:00", "Zaal 3"),
    ]


def test_cancelled_session_is_a_cancelled_event(pages: Mapping[str, bytes]) -> None:
    status = {
        slug: value(pages[f"sessies/{slug}/index.html"], "eventStatus")
        for slug in ("grondwater", "opening")
    }
    assert status == {
        "grondwater": "https://schema.org/EventCancelled",
        "opening": "https://schema.org/EventScheduled",
    }


def test_languages_speak_of_the_same_thing(pages: Mapping[str, bytes]) -> None:
    dutch, english = pages["sessies/opening/index.html"], pages["en/sessions/opening/index.html"]
    assert value(dutch, "@id") == value(english, "@id")
    assert value(dutch, "url") != value(english, "url")


def test_without_a_date_there_is_no_event_but_there_are_people() -> None:
    """The real day has no date yet."""
    files = support.made(support.REAL)
    assert texts(files["index.html"]) == texts(files["sessies/reos/index.html"]) == []
    assert value(files["sprekers/sofie-dreef/index.html"], "name") == "Sofie Dreef"


def test_without_an_address_nothing_names_one() -> None:
    files = without_address()
    pages = [data for path, data in files.items() if path.endswith(".html")]
    found = "".join(text for page in pages for text in texts(page))
    assert '"startDate"' in found
    assert not re.search('example|"@id"|"url"|"image"', found)


def test_no_text_ends_the_element(tmp_path: Path) -> None:
    title = "</script><script>alert(1)</script> <!-- & 'x' \\"
    root = support.write(
        support.basis(tmp_path / "site"),
        {"sprekers/anna-bos.md": f"---\nnaam: Anna Bos\nfunctie: {json.dumps(title)}\n---\n"},
    )
    page = support.made(root)["sprekers/anna-bos/index.html"]
    assert value(page, "jobTitle") == title
    assert page.count(b"</script>") == 2  # of the data and of the module

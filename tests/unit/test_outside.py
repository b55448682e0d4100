"""Links to other sites: which there are, what each answer tells, and what is remembered."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import support

from site_gen import pipeline
from site_gen.outside import (
    KEPT,
    Known,
    OutsideLink,
    ask_all,
    judge,
    outside_links,
    read_memory,
    write_memory,
)
from site_gen.place import Place
from site_gen.problems import as_text
from site_gen.web import Answer

TODAY = date(2026, 6, 1)
PLACE = Place("a.md", 3, 5)
LINK = OutsideLink("https://a.example/x#deel", PLACE)
LAW = "programma/bronnen/gemeentewet.md"
EUR_LEX = "https://eur-lex.europa.eu/legal-content"
FILES = {
    "programma/evenement.yaml": "titel: {nl: Proef, en: Trial}\nkenmerk: proef\ntalen: [nl, en]\n"
    "toegankelijkheidsverklaring: https://a.example/verklaring\ncontact: info@example.nl\n"
    "beveiliging: {contact: https://a.example/lek, verloopt: 2026-12-01}\n",
    "sessies/welkom.md": "---\ntitel: Welkom\nlinks: [{tekst: A, adres: https://a.example/a}]\n---\n"
    "Zie [een](https://b.example/een), [twee](../sprekers/anna-bos.md) en <mailto:x@y.nl>.\n"
    "En [een](https://b.example/een#twee).\n",
    "sprekers/anna-bos.md": "---\nnaam: Anna\nlinks: [{tekst: B, adres: https://a.example/b}]\n---\n",
    LAW: "---\ntitel: Gemeentewet\nsoort: wet\nbwb: BWBR0005416\n"
    "celex: 32021R1058\nurl: https://a.example/wet\n---\n",
}


def silent(_done: int, _total: int) -> None:
    """Say nothing of progress."""


def test_every_link_to_another_site_is_found_with_its_place(tmp_path: Path) -> None:
    """Addresses of mail and of our own pages are none of them."""
    content, _ = pipeline.check(support.write(support.basis(tmp_path / "site"), FILES))
    assert content is not None
    assert [(str(x.place), x.address, x.typed) for x in outside_links(content.conf)] == [
        (f"{LAW}:4:6", "https://wetten.overheid.nl/BWBR0005416", False),
        (f"{LAW}:5:8", f"{EUR_LEX}/EN/TXT/?uri=CELEX:32021R1058", False),
        (f"{LAW}:5:8", f"{EUR_LEX}/NL/TXT/?uri=CELEX:32021R1058", False),
        (f"{LAW}:6:6", "https://a.example/wet", True),
        ("programma/evenement.yaml:4:30", "https://a.example/verklaring", True),
        ("programma/evenement.yaml:6:24", "https://a.example/lek", True),
        ("sessies/welkom.md:3:27", "https://a.example/a", True),
        ("sessies/welkom.md:5:5", "https://b.example/een", True),
        ("sessies/welkom.md:6:4", "https://b.example/een#twee", True),
        ("sprekers/anna-bos.md:3:27", "https://a.example/b", True),
    ]


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (Answer(200), ""),
        (Answer(204), ""),
        (
            Answer(404),
            "warning[dead-link]: ‘https://a.example/x#deel’ bestaat niet meer (antwoord 404) — "
            "zoek waar de pagina nu staat, of haal de link weg\n",
        ),
        (Answer(410), "warning[dead-link]"),
        (Answer(400), "warning[dead-link]"),
        (
            Answer(0, reason="DNS"),
            "warning[silent-link]: ‘https://a.example/x#deel’ geeft geen goed antwoord (DNS) — "
            "probeer het later nog eens; blijft het zo, zoek dan een ander adres\n",
        ),
        (Answer(503), "warning[silent-link]"),
        (Answer(403), "hint[guarded-link]"),
        (Answer(429), "hint[guarded-link]"),
        (Answer(999), "hint[guarded-link]"),
        (
            Answer(200, "https://a.example/y"),
            "hint[moved-link]: ‘https://a.example/x#deel’ is verhuisd naar https://a.example/y — "
            "neem het nieuwe adres over\n",
        ),
        (Answer(404, "https://a.example/y"), "warning[dead-link]"),
    ],
)
def test_answer_tells_what_is_wrong_with_a_link(answer: Answer, line: str) -> None:
    known = {"https://a.example/x": Known(TODAY, answer)}
    said = as_text(judge([LINK], known), "nl").removeprefix("a.md:3:5: ")
    assert said == line or (line and said.startswith(line))


def test_move_of_an_official_address_is_not_the_editors_affair() -> None:
    link = OutsideLink("https://a.example/x", PLACE, typed=False)
    known = {"https://a.example/x": Known(TODAY, Answer(200, "https://a.example/y"))}
    assert judge([link], known) == []


def asking(answers: dict[str, Answer]) -> tuple[list[str], Callable[[str], Answer]]:
    asked: list[str] = []

    def ask(address: str) -> Answer:
        asked.append(address)
        return answers.get(address, Answer(200))

    return asked, ask


def test_each_address_is_asked_once_and_progress_is_told() -> None:
    addresses = [f"https://{host}.example/{number}" for host in "ab" for number in "01"]
    links = [OutsideLink(f"{a}#{part}", PLACE) for a in addresses for part in "xy"]
    asked, ask = asking({})
    told: list[tuple[int, int]] = []
    found = ask_all(links, {}, ask, TODAY, lambda *count: told.append(count))
    assert sorted(asked) == sorted(found) == addresses
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_what_is_known_is_not_asked() -> None:
    known = {"https://a.example/x": Known(TODAY - timedelta(3), Answer(200))}
    asked, ask = asking({})
    assert ask_all([LINK], known, ask, TODAY, silent) == known
    assert asked == []


def test_interrupted_round_asks_no_more() -> None:
    started = threading.Event()

    def ask(_address: str) -> Answer:
        started.set()
        raise KeyboardInterrupt

    links = [OutsideLink(f"https://{n}.example/", PLACE) for n in range(100)]
    with pytest.raises(KeyboardInterrupt):
        ask_all(links, {}, ask, TODAY, silent)
    assert started.is_set()


def test_only_what_was_good_is_remembered_and_for_a_week() -> None:
    good, moved = Answer(200), Answer(200, "https://a.example/new")
    text = write_memory(
        {
            "https://a.example/good": Known(TODAY, good),
            "https://a.example/moved": Known(TODAY, moved),
            "https://a.example/dead": Known(TODAY, Answer(404)),
            "https://a.example/silent": Known(TODAY, Answer(0, reason="DNS")),
        }
    )
    for day in (TODAY, TODAY + KEPT - timedelta(1)):
        assert {a: known.answer for a, known in read_memory(text, day).items()} == {
            "https://a.example/good": good,
            "https://a.example/moved": moved,
        }
    for day in (TODAY - timedelta(1), TODAY + KEPT):
        assert read_memory(text, day) == {}
    assert write_memory(read_memory(text, TODAY)) == text


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"a": 1}', '{"a": ["x", 200, ""]}', '{"a": [1, 2, 3]}', '{"a": []}'],
)
def test_memory_that_cannot_be_read_holds_nothing(text: str) -> None:
    assert read_memory(text, TODAY) == {}


def test_memory_is_for_people_too() -> None:
    text = write_memory({"https://a.example/": Known(TODAY, Answer(200))})
    assert json.loads(text) == {"https://a.example/": ["2026-06-01", 200, ""]}

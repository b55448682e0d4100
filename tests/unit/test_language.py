"""Advice about plain language: what is said about which words, and what is left alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from site_gen import pipeline
from site_gen.cli import cli
from site_gen.language.lists import FOLDER, Lists, read_lists
from site_gen.language.rules import check_sentences, check_words
from site_gen.language.texts import Passage
from site_gen.place import Place
from site_gen.problems import as_text
from site_gen.status import advise
from tests.support import REAL, basis, write

SESSION, ENGLISH = "sessies/welkom.md", "sessies/welkom.en.md"
EVENT = "titel: Dag\nkenmerk: kennisdag\ntalen: [nl, en]\n"
LISTS = read_lists(
    {f"{FOLDER}{lang}.toml": (REAL / FOLDER / f"{lang}.toml").read_bytes() for lang in ("nl", "en")}
)[0]
LONG = " ".join(["woord"] * 29)


def hints(root: Path, files: dict[str, str]) -> list[str]:
    """Return each hint as ``file:line:column code``."""
    problems = advise(write(basis(root / "site"), files))
    told = [p for p in problems if p.severity == "hint" and p.code != "missing-statement"]
    return [f"{p.place} {p.code}" for p in told]


def body(text: str, front: str = "titel: Welkom") -> dict[str, str]:
    return {SESSION: f"---\n{front}\n---\n{text}\n"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"Kort.\n\n{LONG}.", "7:1 long-sentence"),
        (f"Kort. En {LONG}.", "5:7 long-sentence"),
        (f"- Kort.\n- {LONG}.", "6:3 long-sentence"),
        (f"Eerste regel.\nTweede regel. Dan\n{LONG}.", "6:15 long-sentence"),
        ("Dit is tevens goed.", "5:8 jargon"),
        ("In het kader van de dag.", "5:1 jargon"),
        ("Zie [wat dit in het kader\nvan de dag](welkom.md#x) is.", "5:14 jargon"),
        ("Kom naar het **MFK** vandaag.", "5:16 abbreviation"),
        ("Wat het MFK-verhaal, het MFK is.", "5:26 abbreviation"),
    ],
)
def test_advice_is_given_at_its_place(text: str, said: str, tmp_path: Path) -> None:
    front = "titel: Welkom\nsoort: sessie"
    found = hints(tmp_path, body(text, front))
    assert found == [f"{SESSION}:{said}"]


@pytest.mark.parametrize(
    "text",
    [
        "Een zin. En nog een. " * 20,
        f"Hij zei: ‘{LONG}’.",
        f"```\n{LONG} tevens MFK\n```",
        f"<!-- {LONG} tevens -->",
        f"| {' | '.join(['woord'] * 5)} |\n| --- | --- | --- | --- | --- |\n",
        "Bijv. de heer dr. A. Bos, van nr. 3 e.d.",
        "Dat is ‘tevens’ een woord van de bron.",
        "De gemeente (VNG) en de VNG zelf.",
        "De VNG (vereniging) en meer.",
        "Het programma, afgekort NPDW, begint. Het NPDW loopt.",
        "DG Regio, een onderdeel van de EU, kijkt mee.",
        "Het [MFK](../programma/bronnen/gemeentewet.md) en weer het MFK.",
        "Artikel XII en deel IV.",
        "Lees https://www.example.nl/ABC en `MFK`.",
    ],
)
def test_what_is_fine_is_left_alone(text: str, tmp_path: Path) -> None:
    assert hints(tmp_path, body(text)) == []


def test_titles_of_the_grid_fit_their_cards(tmp_path: Path) -> None:
    files = {
        SESSION: f"---\ntitel: {'lang ' * 17}\n---\n",
        "programma/01-start.yaml": 'begin: "10.00"\nsoort: ronde\nronde: 1\n'
        "titel: {nl: Arbeidsmarktkrapteproblematiek, en: Fine}\nsessies: [welkom]\n",
        "programma/paginas/over.md": f"---\ntitel: {'lang ' * 17}\n---\n",
    }
    assert hints(tmp_path, files) == [
        "programma/01-start.yaml:4:13 long-word",
        f"{SESSION}:2:8 long-title",
    ]


def test_texts_in_fields_are_read_too_each_in_its_language(tmp_path: Path) -> None:
    files = {
        SESSION: "---\ntitel: Welkom\nsamenvatting: Dit is tevens goed.\n"
        "kernboodschappen: [{id: een, tekst: Utilise is hier Nederlands; thans.}]\n---\n",
        ENGLISH: "---\ntitel: Welcome\nsamenvatting: We utilise it, tevens.\n"
        "kernboodschappen: [{id: een, tekst: Fine.}]\n---\nUtilise.\n",
        "programma/01-start.yaml": 'begin: "10.00"\nsoort: sessies\nsessies: [welkom]\n'
        "titel: {nl: Start, en: Start}\ntoelichting: {nl: Reeds nu., en: Prior to now.}\n",
    }
    assert hints(tmp_path, files) == [
        "programma/01-start.yaml:5:19 jargon",
        "programma/01-start.yaml:5:34 jargon",
        f"{ENGLISH}:3:15 jargon",
        f"{SESSION}:3:15 jargon",
        f"{SESSION}:4:37 jargon",
    ]


def test_word_is_named_once_per_page(tmp_path: Path) -> None:
    assert hints(tmp_path, body("Tevens dit. Tevens dat. Het MFK. Het MFK.")) == [
        f"{SESSION}:4:1 jargon",
        f"{SESSION}:4:29 abbreviation",
    ]


def test_sources_are_read_on_one_page(tmp_path: Path) -> None:
    """What one source explains, or is called, another need not."""
    source = "---\ntitel: {}\nsoort: begrip\n---\n{}\n"
    files = {
        "programma/bronnen/a.md": source.format("Het kader (MFK)", "Wat het is."),
        "programma/bronnen/a.en.md": "---\ntitel: A\n---\n",
        "programma/bronnen/b.md": source.format("EFRO", "Het EFRO staat in het MFK. Het RUG ook."),
        "programma/bronnen/b.en.md": "---\ntitel: B\n---\n",
    }
    assert hints(tmp_path, files) == ["programma/bronnen/b.md:5:32 abbreviation"]


def test_abbreviation_of_the_event_itself_or_in_its_list_is_known(tmp_path: Path) -> None:
    event = EVENT.replace("Dag", "{nl: Dag van de G40, en: G40 day}") + "afkortingen: [VNG]\n"
    assert hints(tmp_path, {"programma/evenement.yaml": event, **body("De G40 en de VNG.")}) == []


def test_language_without_lists_gets_no_advice(tmp_path: Path) -> None:
    strings = (REAL / "templates/strings/en.yaml").read_text("utf-8")
    files = {
        "programma/evenement.yaml": EVENT.replace("[nl, en]", "[fr]"),
        "templates/strings/fr.yaml": strings,
        **body("Tevens MFK."),
    }
    assert hints(tmp_path, files) == []


def test_site_may_have_lists_of_its_own(tmp_path: Path) -> None:
    own = (REAL / FOLDER / "nl.toml").read_text("utf-8").replace('"tevens"', '"nieuw woord"')
    found = hints(tmp_path, {f"{FOLDER}nl.toml": own, **body("Tevens een nieuw woord.")})
    assert found == [f"{SESSION}:4:12 jargon"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"[limits\n", "Expected ']'"),
        (b"", "'limits'"),
        (b"limits = 3\n", ""),
        (b"\xff", "utf-8"),
        (b"[limits]\nsentence = 'x'\ntitle = 1\nword = 1\n", "'x' is no number"),
    ],
)
def test_list_that_cannot_be_read_is_named(data: bytes, reason: str) -> None:
    found, (problem,) = read_lists({f"{FOLDER}nl.toml": data, "templates/base.html": b""})
    assert found == {}
    assert (problem.place.path, problem.code) == (f"{FOLDER}nl.toml", "malformed-list")
    assert reason in problem.message("nl")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_list_is_in_order_and_says_nothing_of_its_own_words(lang: str) -> None:
    """A word that is advised is never one that is advised against."""
    data = tomllib.loads((REAL / FOLDER / f"{lang}.toml").read_text("utf-8"))
    passages = [
        Passage("text", plain, Place(word), exact=False) for word, plain in data["plain"].items()
    ]
    assert [found.place.path for found in check_words(passages, LISTS[lang])] == []
    for part in ("known", "explained", "stops"):
        assert data[part]["words"] == sorted(data[part]["words"], key=str.casefold)


@given(st.text(st.sampled_from("ab .!?\n(‘’A1-"), max_size=60))
def test_any_text_is_read(text: str) -> None:
    passage = Passage("text", text, Place("a.md", 3, 1), exact=True)
    lists: Lists = LISTS["nl"]
    for found in check_sentences(passage, lists):
        found.message("nl")


def test_real_texts_are_plain() -> None:
    """The one title that is long is that of the organisers."""
    told = [(p.place.path, p.code) for p in advise(REAL) if p.code != "missing-statement"]
    assert told == [
        ("sessies/dordt-west.en.md", "long-title"),
        ("sessies/dordt-west.md", "long-title"),
    ]


def test_advice_is_given_on_request_and_never_stands_in_the_way(tmp_path: Path) -> None:
    root = write(basis(tmp_path / "site"), body("Tevens dit."))

    def run(*options: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(cli, ["check", "--root", str(root), *options])
        return done.exit_code, done.stdout, done.stderr

    line = "sessies/welkom.md:4:1: hint[jargon]: ‘Tevens’ kan gewoner — schrijf bijvoorbeeld: ook\n"
    assert run()[:2] == (0, "")
    assert run("--taal", "--strict") == (
        0,
        line,
        "Er zijn geen fouten en geen waarschuwingen.\nEr is 1 tip.\n",
    )
    assert run("--taal", "--format", "github")[1].startswith(
        "::notice file=sessies/welkom.md,line=4"
    )


def test_without_a_readable_event_only_that_is_told(tmp_path: Path) -> None:
    root = write(basis(tmp_path / "site"), {"programma/evenement.yaml": "titel: [\n"})
    assert as_text(advise(root), "nl") == as_text(pipeline.check(root)[1], "nl")

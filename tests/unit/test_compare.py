"""What changes for visitors between two versions of the content."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_gen import pipeline
from site_gen.cli import cli
from site_gen.compare import compare
from site_gen.compare.difference import SECTIONS, sayings
from site_gen.messages import LANGUAGES
from tests.support import REAL, basis, write

EVENT, SLOT = "programma/evenement.yaml", "programma/01-start.yaml"
FILES = {
    EVENT: "titel: {nl: Dag, en: Day}\nkenmerk: kennisdag\ntalen: [nl, en]\nzalen: [A, B]\n",
    SLOT: 'begin: "10.00"\neind: "11.00"\nsoort: ronde\nronde: 1\nsessies: [welkom, vragen]\n',
    "programma/02-pauze.yaml": 'begin: "11.00"\neind: "11.15"\nsoort: pauze\n',
    "sessies/vragen.md": "---\ntitel: Vragen\n---\n",
    "sessies/vragen.en.md": "---\ntitel: Questions\n---\n",
}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return write(basis(tmp_path / "oud"), FILES)


def lines(old: Path, files: dict[str, str | None], lang: str = "nl") -> list[str]:
    """Return what is said of a version with ``files``; those that are ``None`` are not there."""
    new = write(basis(old.parent / "nieuw"), FILES)
    write(new, {path: text for path, text in files.items() if text is not None})
    for path in (path for path, text in files.items() if text is None):
        (new / path).unlink()
    contents = [pipeline.check(root)[0] for root in (old, new)]
    assert contents[0] is not None
    assert contents[1] is not None
    words = contents[1].words[lang]
    found = compare(contents[0].conf, contents[1].conf, words, lang)
    return [plain(each.text(lang)) for each in found]


def plain(text: str) -> str:
    """Write the spaces that do not break as others."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_nothing_is_different_where_nothing_is(old: Path) -> None:
    assert lines(old, {SLOT: FILES[SLOT].replace('"', "'") + "# noot\n"}) == []


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({EVENT: FILES[EVENT].replace("Dag", "Feest")}, "De naam was **Dag** en wordt **Feest**"),
        (
            {EVENT: FILES[EVENT] + "datum: 2026-03-26\n"},
            "De datum was niet bekend en wordt **26 maart 2026**",
        ),
        ({EVENT: FILES[EVENT] + "plaats: Dordrecht\n"},
         "De plaats was niet bekend en wordt **Dordrecht**"),
        (
            {EVENT: FILES[EVENT] + "wijzigingen: [{op: 2026-03-26, tekst: {nl: Let op, en: X}}]\n"},
            "Nieuwe melding boven het programma: Let op",
        ),
        ({SLOT: FILES[SLOT].replace("11.00", "11.05")},
         "**Ronde 1** was 10.00 – 11.00 uur en wordt **10.00 – 11.05 uur**"),
        ({SLOT: FILES[SLOT] + "titel: {nl: Kies, en: Choose}\n"}, "**Ronde 1** heet nu **Kies**"),
        ({"programma/02-pauze.yaml": None}, "Weg: **Pauze**, 11.00 – 11.15 uur"),
        ({"programma/03-slot.yaml": "begin: 12.00\nsoort: afsluiting\n"},
         "Nieuw: **Afsluiting**, vanaf 12.00 uur"),
        ({SLOT: FILES[SLOT].replace("vragen", "{sessie: vragen, begin: 10.15}")},
         "**Vragen** was 10.00 – 11.00 uur en wordt **10.15 – 11.00 uur**"),
        ({SLOT: FILES[SLOT].replace("vragen", "{sessie: vragen, zaal: A}")},
         "**Vragen**: de zaal was niet bekend en wordt **A**"),
        ({SLOT: FILES[SLOT].replace("vragen", "{sessie: vragen, status: vervallen}")},
         "**Vragen** vervalt (10.00 – 11.00 uur)"),
        ({"sessies/vragen.md": "---\ntitel: Vragen\nstatus: vol\n---\n"},
         "**Vragen** is vol (10.00 – 11.00 uur)"),
        ({SLOT: FILES[SLOT].replace("vragen", "{sessie: vragen, status: verplaatst, naar: X}")},
         "**Vragen** is verplaatst (10.00 – 11.00 uur): X"),
        ({SLOT: FILES[SLOT].replace(", vragen", "")},
         "**Vragen** is er niet meer 10.00 – 11.00 uur"),
        ({"programma/02-pauze.yaml":
          "begin: 11.00\neind: 11.15\nsoort: pauze\nsessies: [vragen]\n"},
         "**Vragen** is er ook 11.00 – 11.15 uur"),
        ({"sessies/vragen.md": "---\ntitel: Antwoorden\n---\n"},
         "**Vragen** heet nu **Antwoorden**"),
        ({"sessies/vragen.md": "---\ntitel: Vragen\nsprekers: [anna-bos]\n---\n"},
         "**Vragen**: de sprekers zijn nu Anna Bos (was niet bekend)"),
        ({"sessies/vragen.md": "---\ntitel: Vragen\n---\nTekst.\n"},
         "Andere tekst bij de sessie Vragen"),
        ({"sessies/vragen.en.md": "---\ntitel: Questions\nsamenvatting: X\n---\n"},
         "Andere tekst bij de sessie Vragen"),
        ({"sprekers/anna-bos.md": "---\nnaam: Anna Bos\nfunctie: lid\n---\n"},
         "Andere tekst bij de spreker Anna Bos"),
        ({"sprekers/b.md": "---\nnaam: Bo\n---\n"}, "Erbij: de spreker Bo"),
        ({"programma/bronnen/gemeentewet.md": None}, "Weg: de bron Gemeentewet"),
        ({"programma/paginas/route.md": "---\ntitel: '*Route*'\n---\n"},
         r"Erbij: de pagina \*Route\*"),
    ],
)  # fmt: skip
def test_difference_is_said_once(old: Path, files: dict[str, str | None], said: str) -> None:
    assert lines(old, files) == [said]


def test_new_session_and_one_that_is_gone(old: Path) -> None:
    files = {
        "sessies/vragen.md": None,
        "sessies/vragen.en.md": None,
        "sessies/nieuw.md": "---\ntitel: Nieuw\n---\n",
        SLOT: FILES[SLOT].replace("vragen", "nieuw"),
    }
    assert lines(old, files) == [
        "Sessie weg, met haar pagina: **Vragen**, 10.00 – 11.00 uur",
        "Nieuwe sessie: **Nieuw**, 10.00 – 11.00 uur",
    ]


def test_renamed_session_is_the_same_one(old: Path) -> None:
    files = {
        "sessies/vragen.md": None,
        "sessies/vragen.en.md": None,
        "sessies/antwoorden.md": "---\ntitel: Vragen\noude_adressen: [vragen]\n---\n",
        "sessies/antwoorden.en.md": "---\ntitel: Questions\n---\n",
        SLOT: FILES[SLOT].replace("vragen", "antwoorden"),
    }
    assert lines(old, files) == [
        "**Vragen** heeft een ander adres; het oude blijft werken: `vragen` wordt `antwoorden`"
    ]


def test_session_that_moves_to_another_slot_is_at_another_time(old: Path) -> None:
    other = 'begin: "12.00"\neind: "13.00"\nsoort: sessies\nsessies: [vragen]\n'
    files = {SLOT: FILES[SLOT].replace(", vragen", ""), "programma/03-later.yaml": other}
    assert lines(old, files) == ["**Vragen** was 10.00 – 11.00 uur en wordt **12.00 – 13.00 uur**"]


def test_end_that_comes_from_the_slot_is_told_with_the_slot(old: Path) -> None:
    late = FILES[SLOT].replace("vragen", "{sessie: vragen, begin: 10.15}")
    write(old, {SLOT: late})
    assert lines(old, {SLOT: late.replace("11.00", "11.10")}) == [
        "**Ronde 1** was 10.00 – 11.00 uur en wordt **10.00 – 11.10 uur**"
    ]


def test_renamed_timeslot_is_the_same_one(old: Path) -> None:
    assert lines(old, {SLOT: None, "programma/01-ronde.yaml": FILES[SLOT]}) == []


def test_draft_is_no_part_of_the_programme(old: Path) -> None:
    draft = "---\ntitel: Vragen\nstatus: concept\n---\n"
    assert lines(old, {"sessies/vragen.md": draft}) == [
        "Sessie weg, met haar pagina: **Vragen**, 10.00 – 11.00 uur"
    ]


def test_several_days_name_the_day(old: Path) -> None:
    event = FILES[EVENT] + "datum: 2026-03-26\n"
    write(old, {EVENT: event})
    day_two = 'begin: "09.00"\ndatum: 2026-03-27\nsoort: inloop\n'
    assert lines(old, {EVENT: event, "programma/09.yaml": day_two}, "en") == [
        "New: **Arrival**, Friday 27 March 2026, from 09:00"
    ]


def test_session_on_again_is_said(old: Path) -> None:
    write(old, {"sessies/vragen.md": "---\ntitel: Vragen\nstatus: vervallen\n---\n"})
    assert lines(old, {}) == ["**Vragen** gaat door zoals gepland (10.00 – 11.00 uur)"]


def test_every_saying_is_of_a_section_and_has_the_same_fields_in_both_languages() -> None:
    for code, entry in sayings().items():
        assert entry["section"] in SECTIONS, code
        assert (
            len({tuple(sorted(re.findall(r"\{(\w+)\}", entry[lang]))) for lang in LANGUAGES}) == 1
        )


def run(root: Path, *options: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["status", "--root", str(root), *options])
    return done.exit_code, plain(done.stdout)


def test_command_prints_markdown_by_section(old: Path) -> None:
    new = write(basis(old.parent / "nieuw"), FILES)
    write(new, {"sessies/vragen.md": "---\ntitel: Vragen\nstatus: vol\n---\nTekst.\n"})
    assert run(new, "--sinds", str(old)) == (
        0,
        "## Wat er verandert voor bezoekers\n\n### Programma\n\n"
        "- **Vragen** is vol (10.00 – 11.00 uur)\n\n### Teksten\n\n"
        "- Andere tekst bij de sessie Vragen\n",
    )


def test_command_says_that_nothing_changes_and_that_there_are_errors(old: Path) -> None:
    assert run(REAL, "--sinds", str(REAL))[1].endswith("\nVoor bezoekers verandert er niets.\n")
    write(old, {"sessies/stuk.md": "half"})
    assert "\n> Er staan nog fouten in de inhoud." in run(old, "--sinds", str(old))[1]
    write(old, {EVENT: "titel: [\n"})
    code, out = run(old, "--sinds", str(REAL))
    assert (code, out) == (
        0, f"Dit is niet te vergelijken: {old} is niet te lezen. Start daar de controle.\n"
    )  # fmt: skip


def test_command_for_programs(old: Path) -> None:
    new = write(basis(old.parent / "nieuw"), FILES)
    write(new, {SLOT: FILES[SLOT].replace("vragen", "{sessie: vragen, zaal: A}")})
    (row,) = json.loads(run(new, "--sinds", str(old), "--format", "json", "--lang", "en")[1])
    assert row == {
        "section": "programme",
        "code": "session-room",
        "text": "**Questions**: the room was not known and becomes **A**",
        "title": "Questions",
        "old": "not known",
        "new": "A",
    }


def test_folder_without_a_programme_is_wrong_usage(old: Path, tmp_path: Path) -> None:
    assert run(old, "--sinds", str(tmp_path / "weg"))[0] == 2

"""``status``: what is missing, and which translations are behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_gen.cli import cli
from site_gen.problems import as_text
from site_gen.status import status
from tests.support import basis, write
from tests.unit.repository import Repository

SESSION, ENGLISH = "sessies/welkom.md", "sessies/welkom.en.md"
COMPLETE = {
    SESSION: "---\ntitel: Welkom\nsamenvatting: Hoe.\nsprekers: [anna-bos]\n"
    "kernboodschappen: [{id: een, tekst: Een.}]\n---\nTekst.\n",
    ENGLISH: "---\ntitel: Welcome\nsamenvatting: How.\n"
    "kernboodschappen: [{id: een, tekst: One.}]\n---\nText.\n",
    "sprekers/anna-bos.md": "---\nnaam: Anna Bos\n---\nWie dit is.\n",
    "sprekers/anna-bos.en.md": "---\n---\nWho this is.\n",
    "programma/bronnen/gemeentewet.md": "---\ntitel: Gemeentewet\nsoort: wet\nbwb: BWBR0005416\n"
    "stand: {tekst: Geldt nu, datum: '2026'}\n---\nDe wet.\n",
    "programma/bronnen/gemeentewet.en.md": "---\ntitel: Act\nstand: {tekst: In force}\n---\nIt.\n",
}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A complete site, committed."""
    found = Repository(write(basis(tmp_path / "site"), COMPLETE))
    found.commit()
    return found


def codes(root: Path) -> list[str]:
    return [found.code for found in status(root)]


def lines(repository: Repository, files: dict[str, str]) -> str:
    write(repository.root, files)
    return as_text(status(repository.root), "nl")


def test_complete_site_has_nothing_to_do(repository: Repository) -> None:
    assert status(repository.root) == []


@pytest.mark.parametrize(
    ("files", "line"),
    [
        (
            {
                SESSION: COMPLETE[SESSION].replace("samenvatting: Hoe.\n", ""),
                ENGLISH: COMPLETE[ENGLISH].replace("samenvatting: How.\n", ""),
            },
            "sessies/welkom.md:1:1: hint[no-summary]: deze sessie heeft geen samenvatting — zet "
            "bij ‘samenvatting’ in een of twee zinnen wat een bezoeker eraan heeft\n",
        ),
        (
            {
                SESSION: "---\ntitel: Welkom\nsamenvatting: Hoe.\n---\nTekst.\n",
                ENGLISH: "---\ntitel: Welcome\nsamenvatting: How.\n---\nText.\n",
            },
            "sessies/welkom.md:1:1: hint[no-key-message]: deze sessie heeft geen kernboodschap — "
            "zet bij ‘kernboodschappen’ wat een bezoeker moet onthouden\n",
        ),
        (
            {
                "sprekers/anna-bos.md": "---\nnaam: Anna Bos\n---\n",
                "sprekers/anna-bos.en.md": "---\n---\n",
            },
            "sprekers/anna-bos.md:1:1: hint[no-speaker-text]: over deze spreker staat er geen "
            "tekst — schrijf onder de velden in een paar zinnen wie dit is\n",
        ),
        (
            {
                "assets/img/a.svg": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>",
                "sprekers/anna-bos.md": "---\nnaam: Anna Bos\n"
                "foto: {bestand: img/a.svg, alt: Anna}\n---\nWie dit is.\n",
                "sprekers/anna-bos.en.md": "---\nfoto: {alt: Anna}\n---\nWho this is.\n",
            },
            "sprekers/anna-bos.md:3:7: warning[missing-consent]: nergens staat dat Anna Bos "
            "toestemming gaf voor deze foto — vraag het, en schrijf bij ‘toestemming’ hoe en "
            "wanneer die is gegeven; haal de foto weg als die er niet is\n",
        ),
        (
            {
                "programma/bronnen/gemeentewet.md": "---\ntitel: Wet\nsoort: wet\n---\nDe wet.\n",
                "programma/bronnen/gemeentewet.en.md": "---\ntitel: Act\n---\nIt.\n",
            },
            "programma/bronnen/gemeentewet.md:1:1: hint[no-source-status]: van deze bron staat er "
            "niet bij hoe het ervoor staat — zet bij ‘stand’ een tekst en de datum waarop dat zo "
            "was\n",
        ),
        (
            {SESSION: COMPLETE[SESSION].replace("titel", "status: concept\ntitel")},
            "sessies/welkom.md:1:1: hint[draft]: dit is een concept en staat niet op de site — "
            "haal ‘status: concept’ weg als het klaar is\n",
        ),
        (
            {
                "programma/01-start.yaml": 'begin: "10.00"\nsoort: sessies\n'
                "sessies: [{sessie: welkom, status: concept}]\n"
            },
            "programma/01-start.yaml:3:11: hint[draft]: dit is een concept en staat niet op de "
            "site — haal ‘status: concept’ weg als het klaar is\n",
        ),
        (
            {ENGLISH: "---\ntitel: Welcome\n---\n"},
            "sessies/welkom.en.md:1:1: hint[translation-incomplete]: nog niet vertaald: "
            "samenvatting, kernboodschappen, tekst — voeg dit toe aan de vertaling\n",
        ),
        (
            {"programma/bronnen/gemeentewet.en.md": "---\ntitel: Act\n---\n"},
            "programma/bronnen/gemeentewet.en.md:1:1: hint[translation-incomplete]: nog niet "
            "vertaald: stand, tekst — voeg dit toe aan de vertaling\n",
        ),
    ],
    ids=[
        "summary",
        "key message",
        "speaker",
        "consent",
        "source",
        "draft",
        "draft in a timeslot",
        "half a translation",
        "half a source",
    ],
)
def test_what_is_missing_is_told(repository: Repository, files: dict[str, str], line: str) -> None:
    write(repository.root, files)
    repository.commit()
    assert lines(repository, {}) == line


def test_absent_translation_and_errors_are_told_too(repository: Repository) -> None:
    (repository.root / ENGLISH).unlink()
    write(repository.root, {"sessies/los.md": "---\ntitel: [\n"})
    repository.commit()
    assert codes(repository.root) == ["unclosed-front-matter", "missing-translation"]


def test_term_needs_no_status(repository: Repository) -> None:
    source = "---\ntitel: Netcongestie\nsoort: begrip\n---\nWat het is.\n"
    write(repository.root, {"programma/bronnen/gemeentewet.md": source})
    write(repository.root, {"programma/bronnen/gemeentewet.en.md": "---\n---\nWhat it is.\n"})
    assert status(repository.root) == []


BEHIND = (
    "sessies/welkom.en.md:1:1: hint[translation-behind]: het origineel is veranderd na deze "
    "vertaling — vergelijk de twee en werk de vertaling bij\n"
)


@pytest.mark.parametrize(
    ("old", "new"),
    [("Tekst.", "Een andere tekst."), ("tekst: Een.", "tekst: Twee."), ("Hoe.", "Hoezo.")],
    ids=["text", "key message", "summary"],
)
def test_translation_is_behind_a_text_that_changed(
    repository: Repository, old: str, new: str
) -> None:
    changed = {SESSION: COMPLETE[SESSION].replace(old, new)}
    assert lines(repository, changed) == BEHIND  # before it is committed
    repository.commit()
    assert lines(repository, {}) == BEHIND
    repository.commit({ENGLISH: COMPLETE[ENGLISH].replace("Text.", "Another text.")})
    assert lines(repository, {}) == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sprekers: [anna-bos]", "status: vol"),
        ("id: een, tekst", "id: een , tekst"),
        ("\nTekst.", "\n\nTekst.\n"),
        ("titel: Welkom", "titel:   'Welkom' # noot"),
    ],
    ids=["fact", "layout", "lines", "quotes"],
)
def test_translation_is_not_behind_what_needs_none(
    repository: Repository, old: str, new: str
) -> None:
    repository.commit({SESSION: COMPLETE[SESSION].replace(old, new)})
    assert codes(repository.root) == []


def test_translation_that_is_being_written_is_not_behind(repository: Repository) -> None:
    repository.commit({SESSION: COMPLETE[SESSION].replace("Tekst.", "Anders.")})
    assert lines(repository, {ENGLISH: COMPLETE[ENGLISH].replace("Text.", "Other.")}) == ""


def test_original_put_back_as_it_was_leaves_no_translation_behind(repository: Repository) -> None:
    repository.commit({SESSION: COMPLETE[SESSION].replace("Tekst.", "Anders.")})
    repository.commit({SESSION: COMPLETE[SESSION]})
    assert codes(repository.root) == []


def test_both_renamed_in_one_commit_is_not_behind(repository: Repository) -> None:
    for name in (SESSION, ENGLISH):
        (repository.root / name).rename(repository.root / name.replace("welkom", "start"))
    slot = 'begin: "10.00"\nsoort: sessies\nsessies: [start]\n'
    repository.commit({"programma/01-start.yaml": slot})
    assert codes(repository.root) == []


def test_without_a_history_the_rest_is_told(tmp_path: Path) -> None:
    root = write(basis(tmp_path / "site"), COMPLETE)
    write(root, {SESSION: COMPLETE[SESSION].replace("samenvatting: Hoe.\n", "")})
    assert codes(root) == ["no-history", "no-summary"]


def test_site_in_one_language_needs_no_history(tmp_path: Path) -> None:
    root = write(basis(tmp_path / "site"), COMPLETE)
    for path in root.rglob("*.en.md"):
        path.unlink()
    event = "titel: Dag\nkenmerk: kennisdag\ntalen: [nl]\n"
    assert codes(write(root, {"programma/evenement.yaml": event})) == []


def run(root: Path, *options: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(cli, ["status", "--root", str(root), *options])
    return done.exit_code, done.stdout, done.stderr


def test_people_get_a_line_per_file_and_each_remedy_once(repository: Repository) -> None:
    files = {
        ENGLISH: "---\ntitel: Welcome\n---\n",
        "sessies/los.md": "---\ntitel: [\n---\n",
        "sprekers/b.md": "---\nnaam: B\n---\n",
        "sprekers/b.en.md": "---\n---\n",
        "sprekers/c.md": "---\nnaam: C\n---\n",
        "sprekers/c.en.md": "---\n---\n",
    }
    write(repository.root, files)
    assert run(repository.root) == (
        0,
        "sessies/los.md: fout op regel 2: de haak [ wordt niet gesloten\n"
        "sessies/welkom.en.md: nog niet vertaald: samenvatting, kernboodschappen, tekst\n"
        "sprekers/b.md: over deze spreker staat er geen tekst\n"
        "sprekers/c.md: over deze spreker staat er geen tekst\n"
        "\nWat je eraan doet:\n"
        "  - zet ] aan het einde, of aanhalingstekens om tekst die met [ begint\n"
        "  - voeg dit toe aan de vertaling\n"
        "  - schrijf onder de velden in een paar zinnen wie dit is\n",
        "4 dingen te doen in 4 bestanden.\n",
    )


def test_programs_get_what_a_check_gives(repository: Repository) -> None:
    write(repository.root, {ENGLISH: "---\ntitel: Welcome\n---\n"})
    code, out, _ = run(repository.root, "--format", "json", "--lang", "en")
    (row,) = json.loads(out)
    assert (code, row["severity"], row["message"]) == (
        0,
        "hint",
        "not translated yet: samenvatting, kernboodschappen, tekst",
    )
    assert run(repository.root, "--format", "github")[1].startswith("::notice file=sessies/")


def test_nothing_to_do_is_said(repository: Repository) -> None:
    assert run(repository.root, "--strict") == (0, "", "Er is niets te doen.\n")

"""``new`` and ``rename`` at the command line: questions, options, and how they end."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from site_gen.cli import cli
from site_gen.cli.new import KINDS
from site_gen.scaffold.records import FORMS
from tests.support import basis, tree, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return basis(tmp_path / "een map é")


def run(root: Path, *arguments: str, answers: str = "") -> Result:
    return CliRunner().invoke(cli, [*arguments, "--root", str(root)], input=answers)


def test_kinds_are_those_of_the_forms() -> None:
    assert set(KINDS) == set(FORMS)


def test_every_form_has_a_command_with_an_option_per_field() -> None:
    group = cli.get_command(click.Context(cli), "new")
    assert isinstance(group, click.Group)
    names = group.list_commands(click.Context(group))
    assert names == [*KINDS, "congres"]
    for name in KINDS:
        made = group.get_command(click.Context(group), name)
        assert made is not None
        assert set(FORMS[name].required) <= {parameter.name for parameter in made.params}


def test_options_leave_no_question(root: Path) -> None:
    options = ["--titel", "Wonen", "--vertaling", "en", "Living", "--tijdslot", "01-start"]
    done = run(root, "new", "sessie", *options)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == (
        "Aangevuld: programma/01-start.yaml\nGemaakt: sessies/wonen.md\n"
        "Gemaakt: sessies/wonen.en.md\n"
    )


def test_questions_are_asked_until_the_answer_is_good(root: Path) -> None:
    answers = [
        *("", "Wonen in de stad", "Living in the city"),
        *("Hoe dan?", "How?"),
        *("sezzie", "workshop"),
        *("anna-vos, anna-bos", "anna-bos"),
        *("welkom", "Wonen", "wonen"),
        *("start", "01-start"),
    ]
    done = run(root, "new", "sessie", answers="\n".join(answers) + "\n")
    assert done.exit_code == 0
    assert (root / "sessies/wonen.md").read_text("utf-8") == (
        "---\ntitel: Wonen in de stad\nsamenvatting: Hoe dan?\nsoort: workshop\n"
        "sprekers: [anna-bos]\n---\n"
    )
    assert (root / "sessies/wonen.en.md").read_text("utf-8") == (
        "---\ntitel: Living in the city\nsamenvatting: How?\n---\n"
    )
    assert "sessies: [welkom, wonen]" in (root / "programma/01-start.yaml").read_text("utf-8")
    for said in (
        "\n  01-start\n",
        "onbekende waarde ‘sezzie’ — bedoel je ‘sessie’?",
        "spreker ‘anna-vos’ bestaat niet — bedoel je ‘anna-bos’?",
        "dit bestand bestaat al — kies een andere naam, of open dit bestand",
        "noem het bestand ‘wonen’: kleine letters, cijfers en koppeltekens",
        "het tijdslot ‘start’ bestaat niet — bedoel je ‘01-start’?",
    ):
        assert said in done.stderr


def test_name_of_a_file_is_proposed_and_free(root: Path) -> None:
    done = run(root, "new", "pagina", "--lang", "en", answers="Over\nAbout\n\n")
    assert done.exit_code == 0
    assert "Name of the file [over-2]" in done.stderr
    assert (root / "programma/paginas/over-2.en.md").is_file()


def test_question_depends_on_the_kind(root: Path) -> None:
    answers = "Woningwet\nHousing Act\nwet\n12\nBWBR0005181\n\n"
    done = run(root, "new", "bron", answers=answers)
    assert done.exit_code == 0
    assert "‘12’ is geen geldig kenmerk" in done.stderr
    assert "dossier" not in done.stderr
    assert (root / "programma/bronnen/woningwet.md").read_text("utf-8") == (
        "---\ntitel: Woningwet\nsoort: wet\nbwb: BWBR0005181\n---\n"
    )


def test_rooms_are_asked_for_where_there_are_any(root: Path) -> None:
    event = "titel: Dag\nkenmerk: kennisdag\ntalen: [nl, en]\nzalen: [Zaal 1]\n"
    write(root, {"programma/evenement.yaml": event})
    answers = "Wonen\n\n\n\n\nZaal 2\nZaal 1\n\n\n"
    done = run(root, "new", "sessie", answers=answers)
    assert done.exit_code == 0
    assert "zaal ‘Zaal 2’ bestaat niet" in done.stderr
    assert "zaal: Zaal 1\n" in (root / "sessies/wonen.md").read_text("utf-8")


def test_end_of_the_answers_writes_nothing(root: Path) -> None:
    before = tree(root)
    assert run(root, "new", "sessie", answers="Wonen\n").exit_code == 1
    assert tree(root) == before


def test_refusal_is_wrong_usage_and_changes_nothing(root: Path) -> None:
    before = tree(root)
    done = run(root, "new", "sessie", "--titel", "Welkom")
    assert done.exit_code == 2
    assert done.stdout.startswith("sessies/welkom.md:1:1: error[name-taken]: ")
    assert done.stderr == "Er is niets veranderd.\n"
    assert run(root, "rename", "welkom", "con", "-q").stderr == ""
    assert tree(root) == before


def test_warning_is_told_and_with_strict_stands_in_the_way(root: Path) -> None:
    strict = run(root, "new", "sessie", "--titel", "Wonen", "--strict")
    assert (strict.exit_code, "warning[missing-translation]" in strict.stdout) == (2, True)
    assert not (root / "sessies/wonen.md").exists()
    done = run(root, "new", "sessie", "--titel", "Wonen")
    assert (done.exit_code, done.stdout) == (0, strict.stdout)
    assert done.stderr.splitlines()[-1].startswith("De sessie is een concept.")


def test_rename_says_what_it_did(root: Path) -> None:
    done = run(root, "rename", "anna-bos", "anna")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == (
        "sprekers/anna-bos.en.md heet nu sprekers/anna.en.md\n"
        "sprekers/anna-bos.md heet nu sprekers/anna.md\n"
        "Aangepast: sessies/welkom.md\nAangepast: sprekers/anna.md\n"
    )


def test_rename_takes_a_path_as_seen_from_here(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "sprekers")
    assert run(root, "rename", "anna-bos.md", "anna").exit_code == 0
    assert (root / "sprekers/anna.md").is_file()


@pytest.mark.parametrize("name", ["x\0y", "a" * 5000, "", ".", "..", "/", "sessies"])
def test_rename_of_what_is_no_name_is_wrong_usage(root: Path, name: str) -> None:
    assert run(root, "rename", "--", name, "start").exit_code == 2


def test_another_conference_starts_in_an_empty_folder(tmp_path: Path) -> None:
    folder = tmp_path / "mijn congres"
    arguments = ["new", "congres", str(folder), "--titel", "Dag", "--vertaling", "Day"]
    done = CliRunner().invoke(cli, arguments)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.splitlines()[-1] == f'Maak de site: site-gen --root "{folder}"'
    assert run(folder, "check", "--strict").exit_code == 0
    before = tree(folder)
    again = CliRunner().invoke(cli, arguments)
    assert again.exit_code == 2
    assert "is geen lege map" in again.stderr
    assert tree(folder) == before


def test_another_conference_asks_for_its_name(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["new", "congres", str(tmp_path / "x")], input="Dag\nDay\n")
    assert done.exit_code == 0
    assert "titel:\n  nl: Dag\n  en: Day\n" in (
        tmp_path / "x" / "programma" / "evenement.yaml"
    ).read_text("utf-8")

"""Every content and template fault of shared FAULTS.md: the exact lines, and nothing written.

A case is a folder of ``tests/sites/fouten``: ``<number>-<name>`` holds the files that differ from
``tests/sites/basis`` (``x.md.delete`` removes ``x.md``), ``verwacht.txt`` the lines in Dutch and
the exit code (nothing for what is accepted), ``verwacht.en.txt`` the lines in English. What an
editor or git would mangle is written by the code below.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import support

from site_gen import pipeline
from site_gen.problems import as_text, has_errors

FAULTS = support.SITES / "fouten"
FOLDERS = sorted(path.name for path in FAULTS.iterdir())
NUMBERS = {*range(1, 49), 76}
TEMPLATES = "76-"

TITLE = "---\ntitel: {}\nsprekers: [anna-bos]\n---\n"
SESSION, SLOT, EVENT = "sessies/welkom.md", "programma/01-start.yaml", "programma/evenement.yaml"
PAGE = "programma/paginas/over.md"
EMPTY_TRANSLATION = "---\n---\n"

STRINGS = "templates/strings/nl.yaml"
WORDS = (support.REAL / STRINGS).read_text("utf-8")
SKIP = "  skip: Naar de inhoud\n"
TITLE_FORM = '  title_with_site: "{title} – {site}"'
LINE_END = "\n"


@dataclass(frozen=True)
class Made:
    """A case whose files cannot lie in git: its number and name, its files, its lines."""

    id: str
    files: dict[str, str | bytes]
    lines: tuple[str, ...] = ()
    exit_code: int = field(default=1)


def _page(body: str) -> str:
    return f"---\ntitel: Over deze dag\n---\n{body}"


MADE = (
    Made(
        "12-25000-haken",
        {SLOT: "begin: 10.00\nsoort: sessies\nsessies: " + "[" * 25_000},
        (
            "programma/01-start.yaml:3:41: error[deep-nesting]: hier zitten meer dan 32 lijsten en "
            "blokken in elkaar — haal de overbodige haken of streepjes weg",
        ),
    ),
    Made(
        "12-groot-bestand",
        {PAGE: _page("Een regel.\n" * 25_000)},
        (
            "programma/paginas/over.md:1:1: error[large-file]: dit bestand is 268 kB groot, en "
            "256 kB is het meeste — verdeel de tekst over meer bestanden",
        ),
    ),
    Made(
        "15-getal-van-5000-cijfers",
        {SLOT: f"begin: 10.00\nsoort: ronde\nronde: {'9' * 5_000}\nsessies: [welkom]\n"},
        (
            f"programma/01-start.yaml:3:8: error[malformed-number]: ‘{'9' * 39}…’ is geen getal "
            "van 1 tot en met 99 — schrijf alleen cijfers, zoals 1",
        ),
    ),
    Made(
        "15-tijd-van-5000-cijfers",
        {SLOT: f"begin: {'1' * 5_000}:00\nsoort: sessies\nsessies: [welkom]\n"},
        (
            f"programma/01-start.yaml:1:8: error[malformed-time]: ‘{'1' * 39}…’ is geen tijd — "
            "schrijf uren en minuten als 10.45",
        ),
    ),
    Made(
        "17-latin-1",
        {SESSION: TITLE.format("Café").encode("latin-1")},
        (
            "sessies/welkom.md:2:11: error[not-utf-8]: hier staat byte E9, die in UTF-8 niet "
            "bestaat; waarschijnlijk was het een ‘é’ — bewaar het bestand opnieuw en kies als "
            "codering UTF-8",
        ),
    ),
    Made(
        "17-windows-1252",
        {SLOT: 'begin: "10.00"\nsoort: sessies\ntitel: €\nsessies: [welkom]\n'.encode("cp1252")},
        (
            "programma/01-start.yaml:3:8: error[not-utf-8]: hier staat byte 80, die in UTF-8 niet "
            "bestaat; waarschijnlijk was het een ‘€’ — bewaar het bestand opnieuw en kies als "
            "codering UTF-8",
        ),
    ),
    Made("17-bom", {SESSION: "\ufeff" + TITLE.format("Welkom")}, exit_code=0),
    Made("17-crlf", {SESSION: TITLE.format("Welkom").replace("\n", "\r\n")}, exit_code=0),
    Made(
        "18-utf-16-met-merk",
        {SESSION: TITLE.format("Welkom").encode("utf-16")},
        (
            "sessies/welkom.md:1:1: error[utf-16]: dit bestand is als UTF-16 (‘Unicode’) bewaard "
            "— bewaar het opnieuw en kies als codering UTF-8",
        ),
    ),
    Made(
        "18-utf-16-zonder-merk",
        {SLOT: 'begin: "10.00"\n'.encode("utf-16-be")},
        (
            "programma/01-start.yaml:1:1: error[utf-16]: dit bestand is als UTF-16 (‘Unicode’) "
            "bewaard — bewaar het opnieuw en kies als codering UTF-8",
        ),
    ),
    Made(
        "19-nul-en-belletje",
        {SESSION: TITLE.format("Wel\0kom"), PAGE: _page("Hoor de bel:\a\n")},
        (
            "programma/paginas/over.md:4:13: error[unseen-character]: hier staat een onzichtbaar "
            "teken (U+0007) — haal het weg, of typ de regel opnieuw",
            "sessies/welkom.md:2:11: error[unseen-character]: hier staat een onzichtbaar teken "
            "(U+0000) — haal het weg, of typ de regel opnieuw",
        ),
    ),
    Made(
        "19-harde-spatie",
        {SESSION: "---\ntitel:\u00a0Welkom\nsprekers: [anna-bos]\n---\n"},
        (
            "sessies/welkom.md:2:7: error[no-break-space]: hier staat een harde spatie, die YAML "
            "niet als spatie ziet — vervang hem door een gewone spatie, of zet de waarde tussen "
            "aanhalingstekens",
        ),
    ),
    Made(
        "20-half-teken-als-bytes",
        {SESSION: TITLE.format("X").encode().replace(b"X", b"\xed\xa0\x80")},
        (
            "sessies/welkom.md:2:8: error[lone-surrogate]: ‘\\ud800’ is maar een half teken — typ "
            "of plak het teken zelf, zoals é of 😀",
        ),
    ),
    Made(
        "24-zelfde-naam-in-hoofdletters",
        {"sessies/Welkom.md": TITLE.format("Welkom")},
        (
            "sessies/Welkom.md:1:1: error[malformed-file-name]: ‘Welkom’ kan geen adres van een "
            "pagina zijn — noem het bestand ‘welkom’: kleine letters, cijfers en koppeltekens, met "
            "een letter vooraan",
            "sessies/welkom.md:1:1: error[duplicate-file]: dit bestand en ‘sessies/Welkom.md’ "
            "hebben op veel computers dezelfde naam — geef een van de twee een andere naam; "
            "hoofdletters en accenten maken geen verschil",
        ),
    ),
    Made(
        "24-zelfde-naam-in-andere-vorm",
        {f"assets/img/{name}.svg": support.SVG for name in ("caf\u00e9", "cafe\u0301")},
        (
            "assets/img/caf\u00e9.svg:1:1: error[duplicate-file]: dit bestand en "
            "‘assets/img/cafe\u0301.svg’ hebben op veel computers dezelfde naam — geef een van de "
            "twee een andere naam; hoofdletters en accenten maken geen verschil",
        ),
    ),
    Made(
        "25-naam-zonder-letters",
        {"sessies/日本.md": TITLE.format("Japan")},
        (
            "sessies/日本.md:1:1: error[empty-slug]: van de bestandsnaam ‘日本’ blijft geen adres "
            "over — geef het bestand een naam van kleine letters, cijfers en koppeltekens, met een "
            "letter vooraan",
        ),
    ),
    Made(
        "37-con-en-nul",
        {
            "programma/bronnen/nul.md": "---\ntitel: Nul\nsoort: begrip\n---\n",
            "programma/bronnen/nul.en.md": EMPTY_TRANSLATION,
            "programma/paginas/con.md": "---\ntitel: Voor en tegen\n---\n",
            "programma/paginas/con.en.md": EMPTY_TRANSLATION,
            "sprekers/con.md": "---\nnaam: Con Smit\n---\n",
            "sprekers/con.en.md": EMPTY_TRANSLATION,
        },
        tuple(
            f"{path}:1:1: error[reserved-slug]: de naam ‘{name}’ is al in gebruik door de site "
            "zelf of door Windows — geef het bestand een andere naam"
            for path, name in (
                ("programma/bronnen/nul.md", "nul"),
                ("programma/paginas/con.md", "con"),
                ("sprekers/con.md", "con"),
            )
        ),
    ),
    Made(
        "46-3000-haken",
        {PAGE: _page("[" * 3_000 + "\n")},
        (
            "programma/paginas/over.md:4:1: error[many-brackets]: in dit stuk tekst staan meer dan "
            "200 rechte haken — haal haken weg die niet bij een link horen, of begin een nieuwe "
            "alinea",
        ),
    ),
    Made(
        "46-lijst-300-diep",
        {PAGE: _page("".join(f"{'  ' * depth}- {depth}\n" for depth in range(300)))},
        (
            "programma/paginas/over.md:36:1: error[deep-list]: lijsten of citaten staan hier meer "
            "dan 32 niveaus diep in elkaar — haal spaties, opsommingstekens of ‘>’-tekens vooraan "
            "de regel weg",
        ),
    ),
    Made(
        "76-woorden-ontbreken",
        {STRINGS: WORDS.replace(SKIP, "").replace("  concept: Concept\n", "")},
        tuple(
            f"{STRINGS}:1:1: error[missing-string]: woord ‘{key}’ ontbreekt — voeg het toe, zoals "
            "in het bestand van de andere taal"
            for key in ("statuses.concept", "ui.skip")
        ),
    ),
    *(
        Made(
            f"76-{name}-in-woord",
            {STRINGS: WORDS.replace(TITLE_FORM, form)},
            (
                f"{STRINGS}:{WORDS[: WORDS.index(TITLE_FORM)].count(LINE_END) + 1}:20: "
                "error[malformed-string]: woord ‘ui.title_with_site’ heeft tussen accolades iets "
                "anders dan {title}, {site} — schrijf het zoals: {title} – {site}",
            ),
        )
        for name, form in (
            ("verkeerd-veld", '  title_with_site: "{titel} – {site}"'),
            ("accolade", '  title_with_site: "{title – {site}"'),
        )
    ),
)


def _case(tmp_path: Path, name: str) -> Path:
    return support.overlay(support.basis(tmp_path / "site"), FAULTS / name)


def _expected(name: str) -> tuple[str, int]:
    """Return the lines and the exit code of a folder; an accepted fault has neither."""
    text = (FAULTS / name / "verwacht.txt").read_text("utf-8")
    lines, _, code = text.rpartition("exit ")
    return lines, int(code or 0)


def _assert_run(root: Path, tmp_path: Path, lines: str, code: int) -> None:
    """What is accepted, or a warning, is so for a check; an error keeps a build from writing."""
    if code:
        _assert_not_built(root, tmp_path, lines)
    else:
        content, problems = pipeline.check(root)
        assert as_text(problems, "nl") == lines
        assert content is not None
        assert not has_errors(problems)


def _assert_not_built(root: Path, tmp_path: Path, lines: str) -> None:
    out = support.previous_build(tmp_path / "out")
    before = support.tree(tmp_path)
    built, problems = pipeline.build(root, out)
    assert (built, as_text(problems, "nl")) == (None, lines)
    assert support.tree(tmp_path) == before


@pytest.mark.parametrize("name", FOLDERS)
def test_fault_in_a_folder(name: str, tmp_path: Path) -> None:
    root = _case(tmp_path, name)
    _assert_run(root, tmp_path, *_expected(name))


@pytest.mark.parametrize("case", MADE, ids=lambda case: case.id)
def test_fault_in_bytes(case: Made, tmp_path: Path) -> None:
    root = support.basis(tmp_path / "site")
    if case.id.startswith("24-") and not support.tells_names_apart(tmp_path):
        pytest.skip("this file system holds the two names for one")
    support.write(root, case.files)
    lines = "".join(f"{line}\n" for line in case.lines)
    _assert_run(root, tmp_path, lines, case.exit_code)


@pytest.mark.parametrize(
    "name", [name for name in FOLDERS if (FAULTS / name / "verwacht.en.txt").exists()]
)
def test_fault_in_english(name: str, tmp_path: Path) -> None:
    root = _case(tmp_path, name)
    in_template = name.startswith(TEMPLATES)
    run = pipeline.build(root, tmp_path / "out") if in_template else pipeline.check(root)
    assert as_text(run[1], "en") == (FAULTS / name / "verwacht.en.txt").read_text("utf-8")


@pytest.mark.parametrize("name", ["00-vijf-fouten", "34-oud-pad-van-sessie", "47-geen-velden"])
def test_check_finds_all_that_keeps_a_site_from_being_built(name: str, tmp_path: Path) -> None:
    """What only a build found would surprise an editor whose check was good."""
    _, problems = pipeline.check(_case(tmp_path, name))
    assert as_text(problems, "nl") == _expected(name)[0]


def _built(root: Path, out: Path) -> dict[str, bytes]:
    built, problems = pipeline.build(root, out)
    assert built is not None, as_text(problems, "nl")
    return support.tree(out)


def test_accepted_times_are_the_times_that_were_typed(tmp_path: Path) -> None:
    """Fault 1: an unquoted 10:45 is no number in base 60."""
    content, _ = pipeline.check(_case(tmp_path, "01-tijden-zonder-aanhalingstekens"))
    assert content is not None
    (slot,) = content.conf.days[0].slots
    assert (slot.begin, slot.end) == (10 * 60 + 45, 11 * 60)


def test_accepted_words_are_text_as_typed(tmp_path: Path) -> None:
    """Fault 21."""
    content, _ = pipeline.check(_case(tmp_path, "21-tekst-zoals-getypt"))
    assert content is not None
    speaker = content.conf.speakers["anna-bos"]
    texts = (speaker.role, speaker.organisation)
    assert [speaker.name, *(text.of("nl").text for text in texts if text)] == ["no", "on", "010"]


def test_accepted_bytes_give_the_same_site(tmp_path: Path) -> None:
    """Fault 17: a byte order mark or Windows line ends change nothing."""
    plain = {SESSION: TITLE.format("Welkom") + "Tekst.\n\nMeer tekst.\n"}
    forms = {
        "plain": plain[SESSION],
        "bom": "\ufeff" + plain[SESSION],
        "crlf": plain[SESSION].replace("\n", "\r\n"),
    }
    sites = [
        _built(
            support.write(support.basis(tmp_path / name), {SESSION: text}), tmp_path / f"{name}-out"
        )
        for name, text in forms.items()
    ]
    assert sites[0] == sites[1] == sites[2]


def test_renamed_session_answers_at_its_old_addresses(tmp_path: Path) -> None:
    """Fault 34: an old name in every language, an old path in its own."""
    files = _built(_case(tmp_path, "34-hernoemde-sessie"), tmp_path / "out")
    goals = {
        "sessies/start/index.html": "../welkom/index.html",
        "sessies/opening/index.html": "../welkom/index.html",
        "en/sessions/start/index.html": "../welkom/index.html",
        "en/sessions/opening/index.html": "../welkom/index.html",
    }
    for path, goal in goals.items():
        assert f'href="{goal}"'.encode() in files[path]


def test_braces_in_content_are_text(tmp_path: Path) -> None:
    """Fault 40: content is no template."""
    files = _built(_case(tmp_path, "40-accolades"), tmp_path / "out")
    page = files["sessies/welkom/index.html"].decode()
    assert "Tekst {{ 7*7 }} en {% raw %} en {# niets #}." in page
    assert "Welkom {{ 6*9 }}</h1>" in page


def test_list_nested_by_two_spaces_nests(tmp_path: Path) -> None:
    """Fault 41."""
    files = _built(_case(tmp_path, "41-lijst-met-twee-spaties"), tmp_path / "out")
    page = re.sub(r"\s+", "", files["over/index.html"].decode())
    assert "<ul><li>een<ul><li>twee<ul><li>drie</li></ul></li></ul></li><li>vier</li></ul>" in page


@pytest.mark.parametrize(
    "name", ["38-script", "38-script-op-eigen-regel", "38-onerror", "38-onclick"]
)
def test_code_in_content_is_not_run(name: str, tmp_path: Path) -> None:
    """Fault 38: it is reported, and no element or attribute of it is on the page."""
    files = _built(_case(tmp_path, name), tmp_path / "out")
    page = files["over/index.html"].decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert not re.search(r"<(script|img)|<[^>]*\son\w+=", main)


def test_every_fault_has_a_case() -> None:
    ids = [*FOLDERS, *(case.id for case in MADE)]
    found = {int(match[0]) for name in ids if (match := re.match(r"\d+", name))}
    assert NUMBERS - found == set()


NAMED = re.compile(r"Faults? (\d+(?:(?:, | and | to )\d+)*)")


def named_faults(text: str) -> set[int]:
    """Return the numbers in sentences as ``Fault 54.`` and ``faults 26 and 27``, ranges too."""
    found: set[int] = set()
    for sentence in NAMED.findall(text):
        for part in re.split(", | and ", sentence):
            first, _, last = part.partition(" to ")
            found |= set(range(int(first), int(last or first) + 1))
    return found


def test_every_other_fault_is_named_by_a_test_that_tries_it() -> None:
    """Files, command, server and network: what no folder of files can show."""
    docstrings = [
        ast.get_docstring(node) or ""
        for path in support.REAL.joinpath("tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    tried = named_faults("\n".join(docstrings))
    assert set(range(1, 77)) - NUMBERS - tried == set()


def test_the_smallest_site_has_no_problem() -> None:
    assert pipeline.check(support.BASIS)[1] == []


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "site_gen", *arguments, "--root", str(root)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_command_line_with_errors_exits_1_and_prints_problems_only_on_stdout(
    tmp_path: Path,
) -> None:
    """A pipe to another program gets problems and nothing else; the count is for people."""
    name = "00-vijf-fouten"
    root = _case(tmp_path, name)
    done = _run(root, "check", "--lang", "nl")
    lines, code = _expected(name)
    assert (done.stdout, done.returncode) == (lines, code)
    assert done.stderr == "Nog niet goed: 5 fouten, geen waarschuwingen.\n"


def test_command_line_with_warnings_exits_0_and_with_strict_1(tmp_path: Path) -> None:
    name = "33-vertaling-ontbreekt"
    root = _case(tmp_path, name)
    lines, _ = _expected(name)
    for option, code in (("-q", 0), ("--strict", 1)):
        done = _run(root, "check", "--lang", "nl", option)
        assert (done.stdout, done.returncode) == (lines, code)


def test_command_line_with_a_broken_template_writes_nothing(tmp_path: Path) -> None:
    name = "76-onderdeel-ontbreekt"
    root = _case(tmp_path, name)
    done = _run(root, "build", "-q", "--lang", "nl")
    lines, code = _expected(name)
    assert (done.stdout, done.stderr, done.returncode) == (lines, "", code)
    assert not (root / "_site").exists()


def test_command_line_in_an_ascii_terminal_prints_without_a_traceback(tmp_path: Path) -> None:
    """Fault 61, as far as problems are concerned."""
    name = "00-vijf-fouten"
    root = _case(tmp_path, name)
    done = subprocess.run(
        [sys.executable, "-m", "site_gen", "check", "-q", "--lang", "nl", "--root", str(root)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert (done.stdout, done.stderr, done.returncode) == (_expected(name)[0], "", 1)


def test_command_line_in_a_wrong_folder_exits_2(tmp_path: Path) -> None:
    done = _run(tmp_path, "check")
    assert (done.stdout, done.returncode) == ("", 2)

"""``import`` as a command: what it says, what it writes, and that it writes all or nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import support

from site_gen import pipeline

FRAB = support.INPUTS / "frab.xml"


def run(*arguments: object, code: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line; ``code`` goes first."""
    start = f"{code}; " if code else ""
    program = f"{start}from site_gen.cli import main; main()"
    command = [sys.executable, "-c", program, "import", *map(str, arguments)]
    return subprocess.run(
        command, cwd=support.REAL, capture_output=True, encoding="utf-8", check=False
    )


def test_a_programme_in_an_empty_folder_and_what_is_said_of_it(tmp_path: Path) -> None:
    root = tmp_path / "mijn congres"
    done = run(FRAB, "--root", root, "--lang", "nl")
    assert (done.stdout, done.returncode) == ("", 0)
    assert done.stderr == (
        "5 sessies: 5 nieuw, 0 gewijzigd, 0 gelijk gebleven.\n"
        "3 sprekers: 3 nieuw, 0 gewijzigd, 0 gelijk gebleven.\n"
        "4 tijdsloten: 4 nieuw, 0 gewijzigd, 0 gelijk gebleven.\n"
        "6 keer staat een sessie in het programma, in 3 zalen.\n"
        "Niet overgenomen, want daar is geen veld voor: recording (1×).\n"
        f"Kijk het na: site-gen check --root {root}\n"
    )
    assert pipeline.check(root)[0] is not None
    assert sorted(path.name for path in root.iterdir()) == [
        *(".site-gen", "programma", "sessies", "sprekers")
    ]
    again = run(FRAB, "--root", root, "--lang", "en")
    assert "5 sessions: 0 new, 0 changed, 5 unchanged.\n" in again.stderr


def test_a_dry_run_prints_a_diff_and_writes_nothing(tmp_path: Path) -> None:
    root = tmp_path / "site"
    done = run(FRAB, "--root", root, "--dry-run", "-q")
    assert (done.returncode, done.stderr) == (0, "")
    assert not root.exists()
    assert done.stdout.startswith(
        '--- /dev/null\n+++ b/programma/2026-10-23-1000.yaml\n@@ -0,0 +1,12 @@\n+begin: "10.00"\n'
    )
    run(FRAB, "--root", root, "-q")
    before = support.tree(root)
    changed = tmp_path / "nieuw.xml"
    changed.write_text(FRAB.read_text("utf-8").replace("Nachtfilm", "Nachtwake"), "utf-8")
    done = run(changed, "--root", root, "--dry-run", "--lang", "nl")
    assert "\n-titel: Nachtfilm\n+titel: Nachtwake\n" in done.stdout
    assert done.stderr.endswith("Er is niets geschreven.\n")
    assert support.tree(root) == before


def test_the_diff_is_one_that_patch_takes(tmp_path: Path) -> None:
    root, copy = tmp_path / "site", tmp_path / "kopie"
    run(FRAB, "--root", root, "-q")
    run(FRAB, "--root", copy, "-q")
    changed = tmp_path / "nieuw.xml"
    text = FRAB.read_text("utf-8").replace("T23:30:00", "T22:30:00").replace(">23:30<", ">22:30<")
    changed.write_text(text.replace("Zelf meten.", "Zelf peilen."), "utf-8")
    diff = run(changed, "--root", root, "--dry-run", "-q").stdout
    assert diff.count("/dev/null") == 2, "a slot goes and one comes"
    subprocess.run(["git", "init", "-q"], cwd=copy, check=True)
    subprocess.run(["git", "apply"], cwd=copy, input=diff.encode(), check=True)
    run(changed, "--root", root, "-q")
    for folder in ("programma", "sessies", "sprekers"):
        assert support.tree(copy / folder) == support.tree(root / folder)


def test_strict_writes_nothing_with_a_warning(tmp_path: Path) -> None:
    source = tmp_path / "p.csv"
    source.write_text("titel;tijd\nGroen;10.00\nWater;half drie\n", "utf-8")
    done = run(source, "--root", tmp_path / "site", "--strict", "--lang", "nl")
    assert done.stdout.startswith(f"{source.as_posix()}:3:2: warning[import-time]: ‘half drie’")
    assert (done.returncode, (tmp_path / "site").exists()) == (2, False)
    done = run(source, "--root", tmp_path / "site", "--lang", "nl")
    assert "Niet alles kon worden geplaatst: 2 waarschuwingen hierboven.\n" in done.stderr
    assert (tmp_path / "site/sessies/water.md").exists()


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        (
            "p.xml",
            b"<schedule>",
            "p.xml:1:11: error[import-broken]: dit bestand is geen leesbare XML",
        ),
        ("p.json", b"{", "p.json:1:2: error[import-broken]: dit bestand is geen leesbare JSON"),
        ("p.csv", b"Groen;10.00\n", "p.csv:1:1: error[import-no-header]: er is geen rij met namen"),
        (
            "p.xls",
            b"\xd0\xcf\x11\xe0" + b"\0" * 99,
            "p.xls:1:1: error[import-unknown]: dit is geen",
        ),
    ],
)
def test_a_bad_file_is_named_and_nothing_is_written(
    tmp_path: Path, name: str, data: bytes, expected: str
) -> None:
    source = tmp_path / name
    source.write_bytes(data)
    done = run(source, "--root", tmp_path / "site", "--lang", "nl")
    assert done.stdout.startswith(f"{tmp_path.as_posix()}/{expected}")
    assert done.stdout.count("\n") == 1
    assert (done.returncode, (tmp_path / "site").exists()) == (1, False)
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = run(tmp_path / "weg.xml", "--root", tmp_path, "--lang", "en")
    assert "error[import-unreadable]" in done.stdout
    assert done.returncode == 1


def test_a_spreadsheet_without_the_library_ends_with_the_remedy(tmp_path: Path) -> None:
    source = tmp_path / "p.xlsx"
    source.write_bytes(b"PK\x03\x04")
    without = "import sys; sys.modules['openpyxl'] = None"
    done = run(source, "--root", tmp_path / "site", "--lang", "nl", code=without)
    assert done.returncode == 3
    assert done.stdout.startswith(f"{source.as_posix()}:1:1: error[missing-library]: ")
    assert "pip install openpyxl" in done.stdout


def test_content_that_is_not_good_is_left_alone(tmp_path: Path) -> None:
    root = support.basis(tmp_path / "site")
    (root / "sessies/welkom.md").write_text("---\ntitel: [\n---\n", "utf-8")
    before = support.tree(root)
    done = run(FRAB, "--root", root, "--lang", "nl")
    assert "sessies/welkom.md" in done.stdout
    assert (done.returncode, support.tree(root)) == (2, before)
    assert done.stderr == "Er is niets veranderd.\n"


def test_a_read_only_folder_is_left_alone(unprivileged: Path) -> None:
    from site_gen.files import FileIndex
    from site_gen.importers.plan import plan
    from site_gen.importers.reading import read
    from site_gen.machine import MachineError
    from site_gen.scaffold.change import Desk
    from site_gen.scaffold.disk import make

    programme, _ = read(FRAB)
    assert programme is not None
    change = plan(Desk.of(FileIndex(unprivileged, ())), programme).change
    (unprivileged / "sessies").mkdir()
    (unprivileged / "sessies").chmod(0o500)
    with pytest.raises(MachineError):
        make(unprivileged, change)
    left = [
        path for path in unprivileged.rglob("*") if path.is_file() and ".site-gen" not in path.parts
    ]
    assert left == []
    (unprivileged / "sessies").chmod(0o700)

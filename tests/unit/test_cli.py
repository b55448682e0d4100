"""The command line: what is printed where, and how it ends."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_gen.cli import COMMANDS, cli
from site_gen.cli.speech import Speech
from tests.support import BASIS, basis, write

PROJECT = Path(__file__).parents[2]
BROKEN = {"sessies/welkom.md": "---\ntitel: Welkom\nsprekers: [niemand]\n---\n"}
LINE = (
    "sessies/welkom.md:3:12: error[unknown-speaker]: spreker ‘niemand’ bestaat niet — "
    "maak sprekers/niemand.md, of gebruik de naam van een bestand in sprekers/\n"
)


def run(*arguments):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture
def broken(tmp_path):
    return write(basis(tmp_path / "site"), BROKEN)


def loading(*arguments):
    """Return what a command prints, and the names of all modules that it loads."""
    code = (
        f"import sys\nfrom site_gen.cli import main\nsys.argv[1:] = {list(map(str, arguments))!r}\n"
        "try: main()\nfinally: print(*sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout, set(done.stdout.splitlines()[-1].split())


def test_help_names_every_command_and_loads_nothing_but_click():
    printed, loaded = loading("--help")
    assert not loaded & {"jinja2", "markdown", "yaml", "icalendar", "livereload", "nh3"}
    assert all(f"\n  {command} " in printed for command in COMMANDS)


def test_check_loads_no_exporter_and_no_server():
    _, loaded = loading("check", "--root", BASIS)
    assert "site_gen.checks" in loaded
    assert not loaded & {"jinja2", "icalendar", "livereload", "tornado", "watchfiles", "PIL"}
    assert not {name for name in loaded if name.startswith(("site_gen.exports", "site_gen.serve"))}


def test_a_build_that_finds_all_in_the_store_loads_nothing_that_makes_it(tmp_path):
    root = basis(tmp_path / "site")
    with (root / "programma/evenement.yaml").open("a") as event:
        event.write("datum: 2026-11-12\ntijdzone: Europe/Amsterdam\n")  # so there are calendars
    asked = ("build", "--root", root, "--out", tmp_path / "out")
    made = {"markdown", "jinja2", "icalendar", "site_gen.reversion"}
    _, loaded = loading(*asked)
    assert made <= loaded
    shutil.rmtree(tmp_path / "out")
    _, loaded = loading(*asked)
    assert "site_gen.making" in loaded
    assert not sorted(loaded & made)


def test_build_is_what_is_meant_without_a_command(tmp_path):
    done = run("--root", BASIS, "--out", tmp_path / "out")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "pagina’s staan in" in done.stderr
    assert (tmp_path / "out" / "index.html").is_file()


def test_build_in_english(tmp_path):
    done = run("build", "--root", BASIS, "--out", tmp_path / "out", "--lang", "en")
    assert done.stderr.splitlines()[-1] == (
        f"To look at the site, open {tmp_path / 'out' / 'index.html'} in a browser."
    )


@pytest.mark.parametrize(
    "kept",
    [".site-gen/*.pack", ".site-gen/*.run1", "._site.seen"],
    ids=["pack", "record", "output"],
)
def test_what_cannot_be_used_of_an_earlier_build_is_said_once(tmp_path, kept):
    root = basis(tmp_path / "site")
    command = [sys.executable, "-m", "site_gen", "build", "--root", str(root)]

    def said():
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stderr.splitlines()

    while not list(root.glob(kept)):  # a record is of a build that began later than its files
        said()
    for path in root.glob(kept):
        path.write_bytes(path.read_bytes()[:-1])
    text = root / "sessies" / "welkom.md"
    text.write_text(text.read_text("utf-8") + "\nEn meer.\n", "utf-8")
    lines = [line for _ in range(2) for line in said() if "bruikbaar" in line]
    assert lines == [
        "Wat een vorige build bewaarde was niet bruikbaar (damaged) en is opnieuw gemaakt."
    ]


def test_a_build_that_may_not_write_keeps_what_it_made(tmp_path):
    """For when it may; and nothing that is half-way stays behind."""
    root, out = basis(tmp_path / "site"), write(tmp_path / "out", {"photo.jpg": ""})
    command = [sys.executable, "-m", "site_gen", "build", "--root", str(root), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "output-foreign" in done.stdout) == (3, True)
    assert sorted(path.suffix for path in (root / ".site-gen").iterdir()) == ["", ".TAG", ".pack"]


def test_check_prints_problems_and_counts_them(broken):
    done = run("check", "--root", broken)
    assert (done.exit_code, done.stdout) == (1, LINE)
    assert done.stderr == "Nog niet goed: 1 fout, geen waarschuwingen.\n"


def test_check_counts_in_words(tmp_path):
    root = basis(tmp_path / "site")
    assert run("check", "--root", root).stderr == "Er zijn geen fouten en geen waarschuwingen.\n"
    write(root, {f"sessies/{name}.md": "---\ntitel: Los\n---\n" for name in ("een", "twee")})
    done = run("check", "--root", root, "--lang", "en")
    assert done.stderr == "There are no errors and 4 warnings.\n"


def test_check_as_json_prints_nothing_else(broken):
    done = run("check", "--root", broken, "--format", "json")
    assert [found["code"] for found in json.loads(done.stdout)] == ["unknown-speaker"]


def test_quiet_prints_problems_only(broken):
    done = run("check", "-q", "--root", broken)
    assert (done.stdout, done.stderr) == (LINE, "")


EXPIRES = (
    "titel: {nl: Proef, en: Trial}\nkenmerk: proef\ntalen: [nl, en]\n"
    "beveiliging: {contact: beveiliging@example.nl, verloopt: 2026-01-02}\n"
)


@pytest.mark.parametrize(
    ("epoch", "codes"),
    [
        ("1767312000", {"missing-statement", "security-expires"}),  # 2026-01-02, its first second
        ("1767398399", {"missing-statement", "security-expires"}),  # and its last
        ("1767398400", {"missing-statement", "security-expired"}),
        ("1740000000", {"missing-statement"}),
    ],
)
def test_source_date_epoch_is_the_day_that_counts_as_today(tmp_path, monkeypatch, epoch, codes):
    root = write(basis(tmp_path / "site"), {"programma/evenement.yaml": EXPIRES})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    done = run("check", "--root", root, "--format", "json")
    assert {found["code"] for found in json.loads(done.stdout)} == codes


@pytest.mark.parametrize("epoch", ["abc", "-1", "1.5", " 1", "٣", "9" * 30, "1e9"])
@pytest.mark.parametrize("command", ["check", "build"])
def test_source_date_epoch_that_is_no_number_is_wrong_usage(tmp_path, monkeypatch, command, epoch):
    """Fault 75."""
    root = basis(tmp_path / "site")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    done = run(command, "--root", root)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"SOURCE_DATE_EPOCH={epoch}: geef seconden sinds 1970 / give seconds since 1970" in (
        done.stderr
    )
    assert not (root / "_site").exists()


@pytest.mark.skipif(os.name == "nt", reason="users are not numbers there")
def test_user_without_a_home_has_none_to_protect():
    """A container may run as a number that no list of users knows, and without HOME."""
    code = (
        "import os, pwd\n"
        "from site_gen.cli.run import home\n"
        "del os.environ['HOME']\n"
        "if os.getuid() == 0: os.setuid(54321)\n"
        "try: known = [pwd.getpwuid(os.getuid()).pw_dir]\n"
        "except KeyError: known = []\n"
        "assert [str(path) for path in home()] == known"
    )
    environment = {"HOME": "/", **os.environ}
    subprocess.run([sys.executable, "-c", code], cwd=PROJECT, env=environment, check=True)


def test_strict_fails_on_a_warning(tmp_path):
    root = write(basis(tmp_path / "site"), {"sessies/los.md": "---\ntitel: Los\n---\n"})
    assert run("check", "--root", root).exit_code == 0
    assert run("check", "--root", root, "--strict").exit_code == 1
    assert run("build", "--root", root, "--out", tmp_path / "out", "--strict").exit_code == 1
    assert not (tmp_path / "out").exists()


def test_wrong_folder_is_wrong_usage(tmp_path):
    """Fault 62."""
    done = run("check", "--root", tmp_path)
    assert done.exit_code == 2
    assert "heeft geen map ‘programma’" in done.stderr


@pytest.mark.parametrize(
    "address",
    ["congres.nl", "ftp://x.nl", "https://", "javascript:x", "https://[::1", "https://a b/"],
)
def test_address_that_is_none_is_wrong_usage(address, tmp_path):
    done = run("build", "--root", BASIS, "--out", tmp_path / "out", "--adres", address)
    assert done.exit_code == 2
    assert not (tmp_path / "out").exists()


def test_output_that_is_not_ours_is_the_environment(tmp_path):
    """Fault 54."""
    (tmp_path / "foto.jpg").write_bytes(b"x")
    done = run("build", "--root", BASIS, "--out", tmp_path)
    assert done.exit_code == 3
    assert "error[output-foreign]" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["foto.jpg"]


def test_progress_is_told_once_a_second(capsys):
    times = iter([0.0, 1.2, 1.9, 2.3, 60.0, 60.9, 61.0])
    speech = Speech("text", "nl", quiet=False, clock=lambda: next(times))
    for page in (1, 2, 3, 4, 1, 2, 3):
        speech.progress(page, 4)
    assert capsys.readouterr().err == "pagina 2 van 4\npagina 4 van 4\npagina 3 van 4\n"


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
def test_full_disk_under_the_output_is_said_and_exits_3(broken):
    """Fault 55, for who sends the problems to a file."""
    command = [sys.executable, "-m", "site_gen", "check", "--root", str(broken)]
    with FULL.open("w") as output:
        done = subprocess.run(
            command, stdout=output, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 3
    assert done.stderr.startswith("site-gen: lezen of schrijven lukt niet")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a shell that closes an output")
def test_closed_output_is_no_fault(broken):
    command = f'"{sys.executable}" -m site_gen check --root "{broken}" >&-'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "Nog niet goed: 1 fout, geen waarschuwingen.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe that is closed by its reader")
def test_reader_that_stops_reading_is_no_fault(tmp_path):
    """Fault 60: as in ``build.py check | head -1``, with more lines than a pipe holds."""
    lines = "".join(f"veld{number}: x\n" for number in range(3_000))
    root = write(basis(tmp_path / "site"), {"sessies/welkom.md": f"---\ntitel: W\n{lines}---\n"})
    command = [sys.executable, "-m", "site_gen", "check", "--root", str(root)]
    buffered = {name: v for name, v in os.environ.items() if name != "PYTHONUNBUFFERED"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, env=buffered) as child:
        assert child.stdout.readline().startswith(b"sessies/welkom.md:")
        child.stdout.close()
        assert child.stderr.read() == b""
    assert child.returncode == 1

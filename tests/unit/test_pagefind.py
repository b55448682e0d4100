"""Search with Pagefind: only when asked for, the same bytes, and plain words where it fails."""

import json
import sys

import pytest
from click.testing import CliRunner

from site_gen import pipeline
from site_gen.cli import cli
from site_gen.exports import pagefind as index
from site_gen.exports.pagefind import _run
from site_gen.machine import MachineError
from site_gen.place import Place
from site_gen.store import Store
from tests.support import REAL, SEVERAL_DAYS, basis, made, overlay, write

ASKED = "titel: Dag\nkenmerk: dag-van-test\ntalen: [nl, en]\nzoeken: pagefind\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = overlay(tmp_path_factory.mktemp("pagefind"), SEVERAL_DAYS)
    with (root / "programma" / "evenement.yaml").open("a", encoding="utf-8") as event:
        event.write("zoeken: pagefind\n")
    return root


def engine(files):
    """Return the files of Pagefind by their path in its folder."""
    return {
        path.partition("/")[2]: data for path, data in files.items() if path.startswith("pagefind.")
    }


def test_the_same_content_gives_the_same_bytes(root):
    content, _ = pipeline.check(root)
    first = pipeline.make(content)[0]
    assert all(pipeline.make(content)[0] == first for _ in range(5))
    folders = {path.partition("/")[0] for path in first if path.startswith("pagefind.")}
    assert len(folders) == 1


def test_what_a_browser_needs_is_there_and_no_more(root):
    files = engine(made(root))
    fixed = {path for path in files if not path.endswith((".pf_fragment", ".pf_index", ".pf_meta"))}
    assert fixed == {
        "pagefind-entry.json",
        "pagefind-worker.js",
        "pagefind.js",
        "wasm.en.pagefind",
        "wasm.nl.pagefind",
        "wasm.unknown.pagefind",
    }
    assert len([path for path in files if path.startswith("fragment/")]) == 2 * 9


def test_each_session_has_an_id_in_each_language(root):
    files = made(root)
    for lang in ("nl", "en"):
        (data,) = (
            d for path, d in files.items() if path.startswith(f"assets/data/teksten.{lang}.")
        )
        sessions = json.loads(data.removeprefix(b"site.sessions=").removesuffix(b";\n"))
        assert len(sessions) == len({slug for slug, *_ in sessions.values()}) == 9
        assert ["opening", "Opening"] in sessions.values()
        assert all(f"fragment/{name}.pf_fragment" in engine(files) for name in sessions)


def test_an_index_is_made_only_where_a_text_is_another_one(tmp_path, monkeypatch):
    root = overlay(tmp_path / "site", SEVERAL_DAYS)
    store, runs = Store(), []
    monkeypatch.setattr(index, "_run", lambda *given: runs.append(_run(*given)))

    def after(path, old, new):
        file = root / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")
        content, _ = pipeline.check(root)
        found, made_anew = pipeline.make(content, store=store)[0], len(runs)
        assert found == pipeline.make(content)[0]
        runs.clear()
        return made_anew

    event = "programma/evenement.yaml"
    assert after(event, "titel:", "zoeken: pagefind\ntitel:") == 1
    assert after("programma/02-vr-1000-opening.yaml", '"10.00"', '"10.05"') == 0
    assert after("sessies/opening.md", "titel: Opening", "titel: Welkom") == 1
    assert after("sessies/opening.md", "titel: Welkom", "titel: Opening") == 0


def test_webassembly_is_allowed_only_where_it_is_used(root):
    files = made(root)
    allowed = {path for path, data in files.items() if b"wasm-unsafe-eval" in data}
    assert {"index.html", "sessies/index.html", "en/sessions/index.html"} <= allowed
    assert "sessies/opening/index.html" not in allowed
    assert not any(b"wasm-unsafe-eval" in data for data in made(REAL).values())
    assert engine(made(REAL)) == {}


def test_without_sessions_in_the_programme_there_is_nothing_to_search(tmp_path):
    root = write(basis(tmp_path / "site"), {"programma/evenement.yaml": ASKED})
    for slot in (root / "programma").glob("0*.yaml"):
        slot.unlink()
    assert engine(made(root)) == {}


def test_asked_for_and_not_installed_is_said_with_its_remedy(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    root = write(basis(tmp_path / "site"), {"programma/evenement.yaml": ASKED})
    command = ["--root", str(root), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(cli, command)
    assert done.exit_code == 3
    assert done.stdout == (
        "programma/evenement.yaml:4:9: error[missing-library]: hiervoor is pagefind-bin nodig, en "
        f"dat is hier niet geïnstalleerd — installeer het met: {sys.executable} -m pip install "
        "pagefind-bin\n"
    )
    assert not (tmp_path / "out").exists()
    assert CliRunner().invoke(cli, ["check", "--root", str(root)]).exit_code == 0


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ([sys.executable, "-c", "import sys; sys.exit('eerst\\ntoen dit')"], "toen dit"),
        (["./is-er-niet"], "No such file or directory"),
    ],
)
def test_a_program_that_fails_is_named_with_its_reason(command, reason, tmp_path):
    asked = Place("programma/evenement.yaml", 4, 9)
    with pytest.raises(MachineError) as caught:
        _run(command, tmp_path, asked)
    assert caught.value.problem.message("nl") == f"Pagefind kan geen index maken ({reason})"

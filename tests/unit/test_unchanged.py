"""A build that would do the same again is told before anything is loaded, and only then."""

import os
import subprocess
import sys

import pytest

from site_gen import state, unchanged
from site_gen.furniture import FURNITURE, packaged
from site_gen.stamps import stamp
from site_gen.unchanged import Repetition, repetition
from tests.support import REAL, basis, write

SAID = ("printed", "told")
TEXT = "sessies/welkom.md"


def lying(out):
    """Return what a build says that it left."""
    return {str(path): stamp(path.stat()) for path in [out, *out.rglob("*")]}


class Project:
    """A project of which a build is recorded; ``stands`` tells whether the record still does."""

    def __init__(self, folder):
        self.root = basis(folder / "site")
        self.out = write(folder / "out", {"index.html": "x", "a/index.html": "y"})
        self.arguments = ["build", "--root", str(self.root)]
        for path in [*self.root.rglob("*"), *self.out.rglob("*")]:
            os.utime(path, (1, 1))
        while not self.stands:  # the first may begin within the tick in which the files were made
            run = self.run()
            run.begin()
            run.record(lying(self.out), *SAID)

    def run(self):
        return Repetition(self.arguments, str(self.root))

    @property
    def stands(self):
        return self.run().said() == SAID


@pytest.fixture
def project(tmp_path):
    made = Project(tmp_path)
    assert made.stands
    return made


def keep_times(path, change):
    """Change something and put the time of its content back, as careful copying does."""
    before = path.stat()
    change(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def swap_letters(path):
    """Write other content of the same size."""
    path.write_bytes(path.read_bytes().swapcase())


def replace_by_rename(path):
    """Save as many editors do."""
    other = path.with_name("x.tmp")
    other.write_bytes(path.read_bytes().swapcase())
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    other.replace(path)


@pytest.mark.parametrize(
    "change",
    [
        lambda p: (p.root / TEXT).write_text("x"),
        lambda p: keep_times(p.root / TEXT, swap_letters),
        lambda p: keep_times(p.root / TEXT, replace_by_rename),
        lambda p: (p.root / TEXT).unlink(),
        lambda p: (p.root / TEXT).rename(p.root / "sessies" / "anders.md"),
        lambda p: write(p.root, {"sessies/nieuw.md": ""}),
        lambda p: write(p.root, {"templates/pages/text.html": ""}),
        lambda p: os.utime(p.root / TEXT, (0, 0)),
        lambda p: (p.out / "index.html").unlink(),
        lambda p: keep_times(p.out / "a" / "index.html", swap_letters),
        lambda p: write(p.out, {"a/b": ""}),
        lambda p: write(p.out, {"index.html": "y"}),
        lambda p: p.out.rename(p.out.with_name("other")),
    ],
    ids=[
        *("text", "same-size-and-time", "rename-over", "text-gone", "renamed", "new-text"),
        *("new-folder", "clock-back", "page-gone", "page-altered", "page-added", "page-written"),
        "output-gone",
    ],
)
def test_any_change_is_seen(project, change):
    change(project)
    assert not project.stands


def test_a_file_as_young_as_the_build_is_not_trusted(project):
    """It may have changed within the tick of the clock in which it was read."""
    write(project.root, {TEXT: "---\ntitel: Nu\n---\n"})
    run = project.run()
    run.begin()
    write(project.root, {TEXT: "---\ntitel: Nog\n---\n"})
    run.record(lying(project.out), *SAID)
    assert not project.stands


def test_a_file_from_the_future_is_not_trusted(project):
    os.utime(project.root / TEXT, (2**32, 2**32))
    run = project.run()
    run.begin()
    run.record(lying(project.out), *SAID)
    assert not project.stands


@pytest.mark.parametrize("name", unchanged.ENVIRONMENT)
def test_another_environment_is_another_run(project, monkeypatch, name):
    monkeypatch.setenv(name, "x")
    assert not project.stands


def test_other_arguments_are_another_run(project):
    project.arguments.append("--strict")
    assert not project.stands


def test_another_folder_is_another_run(project, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert not project.stands


@pytest.mark.parametrize(
    "damage",
    [lambda _: b"", lambda d: d[: len(d) // 2], lambda d: d[:-1] + bytes([d[-1] ^ 1])],
    ids=["empty", "half", "bit"],
)
def test_a_damaged_record_is_none(project, damage):
    (record,) = (project.root / state.FOLDER).glob(f"*{unchanged.ENDING}")
    record.write_bytes(damage(record.read_bytes()))
    assert not project.stands


def test_records_do_not_pile_up(project):
    for number in range(2 * unchanged.MOST_RECORDS):
        project.arguments = ["build", "--out", str(number)]
        run = project.run()
        run.begin()
        run.record(lying(project.out), *SAID)
    records = list((project.root / state.FOLDER).glob(f"*{unchanged.ENDING}"))
    assert len(records) == unchanged.MOST_RECORDS


@pytest.mark.parametrize(
    "arguments", [["check"], ["--help"], ["-h"], ["--version"], ["serve"], ["build", "--root", "x"]]
)
def test_only_a_build_of_a_project_can_repeat_itself(arguments, monkeypatch):
    monkeypatch.chdir(REAL)
    assert repetition(arguments) is None


def test_the_project_is_found_as_the_command_line_finds_it(tmp_path, monkeypatch):
    root = basis(tmp_path / "site").resolve()
    monkeypatch.chdir(root / "sessies")
    for arguments in ([], ["-q"], [f"--root={root}"], ["build", "--root", ".."]):
        assert repetition(arguments).root == str(root)


def test_the_command_line_reads_no_other_environment():
    sources = (REAL / "site_gen" / "cli").glob("*.py")
    lines = [line for path in sources for line in path.read_text("utf-8").splitlines()]
    read = [line for line in lines if "environ" in line]
    assert read
    assert all(any(name in line for name in unchanged.ENVIRONMENT) for line in read)


def run(root, *options):
    command = [sys.executable, "-m", "site_gen", "build", "--root", str(root), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=REAL)


LOADED = "import sys, runpy\ntry: runpy.run_module('site_gen', run_name='__main__')\nfinally: "
LOADED += "print(*sorted(sys.modules), file=sys.stderr)"


def test_a_run_with_nothing_to_do_says_the_same_and_loads_next_to_nothing(tmp_path):
    root = write(basis(tmp_path / "site"), {"sessies/los.md": "---\ntitel: Los\n---\n"})
    for path in root.rglob("*"):
        os.utime(path, (1, 1))
    first, second = run(root), run(root)
    command = [sys.executable, "-c", LOADED, "build", "--root", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=REAL)
    assert "warning[unscheduled-session]" in first.stdout
    assert (second.stdout, second.returncode) == (first.stdout, 0)
    assert ": 0 nieuw of gewijzigd, " in second.stderr
    *said, loaded = done.stderr.splitlines()
    assert said == second.stderr.splitlines()
    assert not set(loaded.split()) & {"click", "jinja2", "markdown", "yaml", "re", "pathlib"}


@pytest.mark.parametrize("change", [swap_letters, replace_by_rename])
def test_other_code_is_noticed_and_what_python_compiled_is_no_code(tmp_path, monkeypatch, change):
    package = write(tmp_path / "package", {"a.py": "a", "b/c.py": "c"})
    monkeypatch.setattr(unchanged, "_PACKAGE", str(package))
    run = Repetition(["build"], str(basis(tmp_path / "site")))
    run.begin()
    write(package, {"__pycache__/a.pyc": "", "b/__pycache__/c.pyc": ""})
    assert not run.has_other_code()
    keep_times(package / "b" / "c.py", change)
    assert run.has_other_code()


@pytest.mark.parametrize("touched", [True, False])
def test_what_a_build_made_while_the_code_changed_is_not_kept(tmp_path, touched):
    """As by a checkout: a page of the one code would pass for one of the other."""
    root = basis(tmp_path / "site")
    code = f"import site_gen.unchanged as u; u.Repetition.has_other_code = lambda _: {touched}; "
    code += "from site_gen.__main__ import main; main()"
    command = [sys.executable, "-c", code, "build", "--root", str(root)]
    subprocess.run(command, capture_output=True, check=True, cwd=REAL)
    assert any((root / state.FOLDER).glob("*.pack")) != touched


@pytest.mark.parametrize("where", ["site_gen.unchanged.repetition", "site_gen.pipeline.build"])
def test_who_is_stopped_says_nothing_of_the_content(tmp_path, where):
    module, _, name = where.rpartition(".")
    code = f"import {module} as m\ndef stop(*_, **__): raise KeyboardInterrupt\nm.{name} = stop\n"
    code += "from site_gen.__main__ import main; main()"
    root = basis(tmp_path / "site")
    command = [sys.executable, "-c", code, "build", "--root", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REAL)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
    assert not (root / "_site").exists()


def test_strict_still_fails_after_a_build_that_did_not(tmp_path):
    root = write(basis(tmp_path / "site"), {"sessies/los.md": "---\ntitel: Los\n---\n"})
    assert [run(root, *strict).returncode for strict in ([], ["--strict"], [])] == [0, 1, 0]


def test_no_project_gets_a_folder_by_a_mistake(tmp_path):
    done = run(tmp_path)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])


def test_what_a_site_is_furnished_with_is_looked_at(tmp_path):
    """It is looked for here without the module that knows, which takes long to load."""
    looked_at = set(unchanged._inputs(str(tmp_path)))
    assert {str(packaged() / name) for name in FURNITURE} <= looked_at

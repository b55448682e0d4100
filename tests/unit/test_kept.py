"""What commands other than ``build`` print is the same with what builds kept as without.

And none of them adds anything to it, or takes anything away.
"""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_gen import load, pipeline, state
from site_gen.cli import cli
from site_gen.cli.run import Run
from site_gen.edition import edition
from site_gen.files import FileIndex, scan
from site_gen.packs import Pack
from site_gen.prints import fingerprinted
from site_gen.scaffold.change import Change, Desk, Refused, consequences
from site_gen.scaffold.rename import rename
from site_gen.shelf import Shelf
from site_gen.stamps import settled
from site_gen.store import Store
from tests.support import INPUTS, basis, tree, write
from tests.unit.repository import Repository

TEXT = "sessies/welkom.md"
FILES = {
    "sessies/los.md": "---\ntitel: Los\n---\nEen **tekst** met [een link](welkom.md#nergens).\n",
    "sessies/laat.md": "---\ntitel: Laat\n---\nIn het kader van de implementatie.\n",
}
EDIT = {"sessies/laat.md": "---\ntitel: Later\n---\nBetreffende de [implementatie](weg.md).\n"}
READING = {
    "check": ["check"],
    "json": ["check", "--format", "json"],
    "taal": ["check", "--taal"],
    "status": ["status"],
    "sinds": ["status", "--sinds", "{root}"],
    "import": ["import", str(INPUTS / "frab.xml"), "--dry-run"],
}
CHANGING = {
    "new": ["new", "sessie", "--titel", "Wonen", "--tijdslot", "01-start"],
    "refused": ["new", "sessie", "--titel", "Wonen", "--slug", "welkom"],
    "rename": ["rename", "welkom", "begin"],
}
COMMANDS = READING | CHANGING


def run(root: Path, *arguments: str) -> tuple[int, str, str]:
    """Run a command on the content of a root; return how it ended and what it said."""
    given = [each.format(root=root) for each in (*arguments, "--root", "{root}")]
    done = CliRunner().invoke(cli, given)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


@contextmanager
def knowing_nothing():
    """Let commands read what they would read if no build had ever been."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Run, "kept", lambda _: Store())
        yield


def built(root: Path) -> Path:
    """Build a site twice, so that several packs are kept, and stamps that count."""
    state.prepare(root / state.FOLDER)
    for files in (FILES, {"sessies/nog.md": "---\ntitel: Nog\n---\nEn nog een.\n"}):
        write(root, files)
        settled(root / state.FOLDER / "x")
        assert run(root, "build")[0] == 1  # of a link that leads nowhere; texts are kept
    assert len(packs(root)) > 1
    return root


def packs(root: Path) -> list[Path]:
    return sorted((root / state.FOLDER).glob("*.pack"))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    repository = Repository(basis(tmp_path_factory.mktemp("kept") / "site"))
    repository.commit({".gitignore": ".site-gen/\n"})
    return built(repository.root)


@pytest.fixture
def root(site, tmp_path):
    """The same, for one test; all is as it was but where files lie, so stamps do not count."""
    return Path(shutil.copytree(site, tmp_path / "site"))


def told(root: Path, command: str) -> object:
    """Return what a command says, and what it makes of the content."""
    said = run(root, *COMMANDS[command])
    return said, {p: data for p, data in tree(root).items() if not p.startswith((".git/", ".site"))}


def expected(root: Path, command: str) -> object:
    """Return the same of a copy of the content, by a command that knows nothing."""
    copy = root.with_name("copy") / root.name
    shutil.copytree(root, copy, symlinks=True)
    with knowing_nothing():
        said, files = told(copy, command)
    return tuple(str(each).replace(str(copy), str(root)) for each in said), files


def as_text(found):
    said, files = found
    return tuple(map(str, said)), files


def damage_ends(folder):
    for pack in folder.glob("*.pack"):
        pack.write_bytes(pack.read_bytes()[:-1] + b"?")


def damage_results(folder):
    for pack in folder.glob("*.pack"):
        data = bytearray(pack.read_bytes())
        for place in range(60, len(data) - 60, 97):
            data[place] ^= 1
        pack.write_bytes(data)


def half_away(folder):
    for pack in sorted(folder.glob("*.pack"))[::2]:
        pack.unlink()


def other_version(folder):
    for pack in folder.glob("*.pack"):
        pack.write_bytes(pack.read_bytes().replace(edition(), b"x" * 16))


def foreign(folder):
    for pack in folder.glob("*.pack"):
        pack.write_bytes(b"something else")


def no_pack(folder):
    for pack in folder.glob("*.pack"):
        pack.unlink()
        pack.mkdir()


def no_folder(folder):
    shutil.rmtree(folder)
    folder.write_text("in de weg", "utf-8")


STATES = {
    "kept": lambda _: None,
    "ends": damage_ends,
    "results": damage_results,
    "half": half_away,
    "version": other_version,
    "foreign": foreign,
    "directory": no_pack,
    "file": no_folder,
    "deleted": shutil.rmtree,
}


@pytest.mark.parametrize("state_of", STATES)
@pytest.mark.parametrize("command", COMMANDS)
def test_the_same_is_said_whatever_became_of_what_was_kept(root, command, state_of):
    write(root, EDIT)
    STATES[state_of](root / state.FOLDER)
    wanted = expected(root, command)
    assert as_text(told(root, command)) == wanted


@pytest.mark.parametrize("command", COMMANDS)
def test_the_same_is_said_where_stamps_count(tmp_path, command):
    root = built(basis(tmp_path / "site"))
    wanted = expected(root, command)
    assert as_text(told(root, command)) == wanted
    write(root, EDIT)
    shutil.rmtree(tmp_path / "copy")
    wanted = expected(root, command)
    assert as_text(told(root, command)) == wanted


def going(monkeypatch, folder):
    """Let the packs go between the look at the folder and the first that is opened."""
    begin = Pack.__init__

    def late(self, path, version):
        for pack in folder.glob("*.pack"):
            pack.unlink()
        begin(self, path, version)

    monkeypatch.setattr(Pack, "__init__", late)


def gone(monkeypatch, folder):
    """Let the whole folder go once it was opened."""
    load = Shelf._load

    def and_gone(self, where):
        load(self, where)
        shutil.rmtree(folder, ignore_errors=True)

    monkeypatch.setattr(Shelf, "_load", and_gone)


@pytest.mark.parametrize("deletion", [going, gone])
@pytest.mark.parametrize("command", COMMANDS)
def test_what_goes_meanwhile_is_made_again(root, monkeypatch, command, deletion):
    """As where a build beside it tidies, or somebody deletes the folder."""
    write(root, EDIT)
    wanted = expected(root, command)
    deletion(monkeypatch, root / state.FOLDER)
    assert as_text(told(root, command)) == wanted


@pytest.mark.skipif(os.name == "nt", reason="rights are other ones there")
@pytest.mark.parametrize("rights", [0o555, 0o444, 0o000], ids=oct)
@pytest.mark.parametrize("command", READING)
def test_what_may_not_be_written_or_read_is_no_reason_to_say_anything(
    unprivileged, command, rights
):
    root = built(basis(unprivileged / "site"))
    write(root, EDIT)
    with knowing_nothing():
        wanted = told(root, command)[0]
    (root / state.FOLDER).chmod(rights)
    root.chmod(0o555)
    said = run(root, *COMMANDS[command])
    for folder in (root, root / state.FOLDER):
        folder.chmod(0o755)
    assert said == wanted


def seen(folder):
    """Return all there is to know of a folder: a file that came and went changes its time."""
    return {
        path: (path.stat(), path.read_bytes() if path.is_file() else b"") for path in below(folder)
    }


def below(folder):
    return [folder, *sorted(path for path in folder.rglob("*") if ".git" not in path.parts)]


@pytest.mark.parametrize("state_of", ["kept", "results", "version"])
@pytest.mark.parametrize("command", [*READING, "refused"])
def test_what_is_kept_is_left_as_it_is(root, command, state_of):
    write(root, EDIT)
    STATES[state_of](root / state.FOLDER)
    before = seen(root)
    run(root, *COMMANDS[command])
    assert {p: data for p, (_, data) in seen(root).items()} == {
        p: data for p, (_, data) in before.items()
    }
    assert {p: each.st_mtime_ns for p, (each, _) in seen(root).items()} == {
        p: each.st_mtime_ns for p, (each, _) in before.items()
    }


@pytest.mark.parametrize("command", [*READING, "refused"])
def test_where_nothing_is_kept_nothing_is_left(tmp_path, command):
    root = write(basis(tmp_path / "site"), FILES)
    before = below(root)
    run(root, *COMMANDS[command])
    assert below(root) == before


@pytest.mark.parametrize(
    ("command", "texts"),
    [
        *((name, set()) for name in ("check", "json", "taal", "status", "sinds", "refused")),
        ("new", {"sessies/wonen.md"}),
        ("rename", {"sessies/begin.md", "sessies/begin.en.md", "sessies/los.md"}),
    ],
)
def test_only_what_is_new_is_converted(root, monkeypatch, command, texts):
    converted, version = set(), load._version

    def noted(name, path, *rest):
        converted.add(path)
        return version(name, path, *rest)

    monkeypatch.setattr(load, "_version", noted)
    run(root, *COMMANDS[command])
    assert converted <= texts
    assert bool(converted) == bool(texts)


def test_what_is_held_comes_before_what_is_known_of_the_disk(tmp_path):
    """A change is checked as it will be, also where the stamp of what is there counts."""
    root = built(basis(tmp_path / "site"))
    store = Store(root / state.FOLDER, edition(), read_only=True)
    index = fingerprinted(scan(root)[0], store)
    assert index.print_of(TEXT)
    changed = (root / TEXT).read_bytes().replace(b"titel: W", b"titel: V")
    forced = FileIndex(root, index.paths, {TEXT: changed}, index.prints)
    for each in (index.after({TEXT: changed}), forced):
        for held in (each, fingerprinted(each, store)):
            assert held.print_of(TEXT) is None
            assert held.print_of("sessies/los.md")
            content, _ = pipeline.check_files(held, store=store)
            assert content.conf.sessions["welkom"].title.of("nl").text.startswith("V")


def test_a_change_is_checked_as_it_will_be(tmp_path):
    root = built(basis(tmp_path / "site"))
    desk = Desk.at(root, Store(root / state.FOLDER, edition(), read_only=True))
    assert desk.index.print_of(TEXT)
    before = desk.read(TEXT)
    change = Change({TEXT: before}, {TEXT: before.replace(b"titel:", b"titul:")})
    codes = [found.code for found in consequences(desk, change)]
    assert codes == [found.code for found in consequences(Desk.at(root), change)]
    assert "unknown-key" in codes


def test_what_was_changed_after_it_was_known_is_not_edited(tmp_path):
    """Places in a text that was not read are those of what was in it."""
    root = built(basis(tmp_path / "site"))
    desk = Desk.at(root, Store(root / state.FOLDER, edition(), read_only=True))
    write(root, {TEXT: "\n" + (root / TEXT).read_text("utf-8")})
    with pytest.raises(Refused) as caught:
        rename(desk, "welkom", "begin")
    assert [(each.place.path, each.code) for each in caught.value.problems] == [
        (TEXT, "file-changed")
    ]

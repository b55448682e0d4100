"""The site is written whole or not at all: laws 9 and 5, faults 54 to 57."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_locks import start_holder

from site_gen import output
from site_gen.output import OutputError, Report
from site_gen.problems import as_text
from site_gen.twins import MARKER

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
BESIDE = {"_site", "._site.twin", "._site.lock", "._site.seen"}
SITE = {"index.html": b"home", "sessies/reos/index.html": b"reos", "css/site.css": b"body {}"}
POSIX = pytest.mark.skipif(os.name == "nt", reason="the signals and limits of POSIX")


def write(files: Mapping[str, bytes], out: Path, **options: Any) -> Report:
    """Write these files, and return what that did."""
    return output.write(files, out, **options)[0]


def content(out: Path) -> dict[str, bytes]:
    """Return all files, the marker left out; a link or an empty folder would show as a key."""
    found = {}
    for path in sorted(out.rglob("*")):
        if path.is_dir() and not path.is_symlink() and any(path.iterdir()):
            continue
        name = path.relative_to(out).as_posix()
        found[name] = path.read_bytes() if path.is_file() else b""
    assert found.pop(MARKER).startswith(b"Made by site-gen")
    return found


def state(out: Path) -> dict[str, tuple[int, int]]:
    return {str(p): (p.stat().st_ino, p.stat().st_mtime_ns) for p in [out, *out.rglob("*")]}


def refusal(
    files: Mapping[str, bytes], out: Path, *, protected: tuple[Path, ...] = (), lang: str = "nl"
) -> str:
    with pytest.raises(OutputError) as caught:
        write(files, out, protected=protected)
    return as_text([caught.value.problem], lang)


def test_first_write_makes_the_folder_and_its_parents(tmp_path: Path) -> None:
    out = tmp_path / "a" / "b" / "_site"
    assert write(SITE, out, protected=[tmp_path]) == Report(3, 0, 0)
    assert content(out) == SITE


def test_second_write_of_the_same_writes_nothing(tmp_path: Path) -> None:
    write(SITE, tmp_path / "_site", protected=[])
    before = state(tmp_path / "_site")
    assert write(SITE, tmp_path / "_site", protected=[]) == Report(0, 3, 0)
    assert state(tmp_path / "_site") == before


def test_write_after_an_edit_touches_only_what_differs(tmp_path: Path) -> None:
    out = tmp_path / "_site"
    write(SITE, out, protected=[])
    for turn in range(3):
        before = state(out)
        edited = {**SITE, "index.html": b"turn %d" % turn}
        assert write(edited, out, protected=[]) == Report(1, 2, 0)
        assert content(out) == edited
        kept = str(out / "sessies/reos/index.html")
        assert state(out)[kept] == before[kept]


def test_write_prunes_what_is_no_longer_there(tmp_path: Path) -> None:
    out = tmp_path / "_site"
    write(SITE, out, protected=[])
    (out / "kladje").mkdir()
    (out / "kladje" / "leeg").mkdir()
    (out / "naar-buiten").symlink_to(tmp_path)
    (out / "css" / "oud.css").write_text("")
    kept = {"index.html": b"home", "css/site.css": b"body {}"}
    assert write(kept, out, protected=[]) == Report(0, 2, 3)
    assert content(out) == kept
    assert tmp_path.is_dir()


def test_file_becomes_a_folder_and_back(tmp_path: Path) -> None:
    out = tmp_path / "_site"
    for files in ({"a": b"1"}, {"a/b/c": b"2"}, {"a/b": b"3"}, {"a": b"1"}):
        write(files, out, protected=[])
        assert content(out) == files


def test_link_in_the_output_is_replaced_and_its_goal_kept(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("home")
    out = tmp_path / "_site"
    write(SITE, out, protected=[])
    (out / "index.html").unlink()
    (out / "index.html").symlink_to(tmp_path / "kept")
    assert write(SITE, out, protected=[]) == Report(1, 2, 0)
    assert not (out / "index.html").is_symlink()
    assert write({"index.html": b"new"}, out, protected=[]) == Report(1, 0, 2)
    assert (tmp_path / "kept").read_text() == "home"


@pytest.mark.skipif(os.name == "nt", reason="no modes there")
def test_modes_follow_the_umask(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        write(SITE, tmp_path / "_site", protected=[])
    finally:
        os.umask(old)
    assert (tmp_path / "_site").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "_site/sessies/reos").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "_site/index.html").stat().st_mode & 0o777 == 0o644


def test_output_that_is_a_link_keeps_being_one(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "_site").symlink_to(tmp_path / "disk")
    write(SITE, tmp_path / "_site", protected=[])
    write({"index.html": b"new"}, tmp_path / "_site", protected=[])
    assert (tmp_path / "_site").is_symlink()
    assert content(tmp_path / "disk") == {"index.html": b"new"}


@pytest.mark.parametrize("path", ["", "/etc/x", "../x", "a/../../x", "a//b", "./a", "a/", "a\\b"])
def test_path_that_leads_out_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="no path within the output"):
        write({path: b""}, tmp_path / "_site", protected=[])


PROTECTED = (
    "error[output-protected]: hier kan de site niet komen: de bestanden die er al staan zouden"
    " verdwijnen — kies met --out een aparte map, bijvoorbeeld _site\n"
)


@pytest.mark.parametrize("place", [".", "..", "../..", "/"])
def test_output_that_is_or_holds_the_project_is_refused(tmp_path: Path, place: str) -> None:
    """Fault 54."""
    root = tmp_path / "home" / "project"
    root.mkdir(parents=True)
    out = root / place
    line = f"{out.as_posix()}:1:1: {PROTECTED}"
    assert refusal(SITE, out, protected=(root,)) == line
    assert list(root.iterdir()) == []


@pytest.mark.parametrize("place", ["sessies", "sessies/_site", "."])
def test_output_within_the_content_is_refused(tmp_path: Path, place: str) -> None:
    """Fault 54."""
    with pytest.raises(OutputError) as caught:
        write(SITE, tmp_path / place, protected=[tmp_path], inputs=[tmp_path / "sessies"])
    assert caught.value.problem.code == "output-protected"
    assert list(tmp_path.iterdir()) == []


def test_protection_sees_through_links(tmp_path: Path) -> None:
    """Fault 54."""
    (tmp_path / "project").mkdir()
    (tmp_path / "_site").symlink_to("project")
    assert "output-protected" in refusal(
        SITE, tmp_path / "_site", protected=(tmp_path / "project",)
    )


def test_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    """Fault 54."""
    (tmp_path / "fotos").mkdir()
    (tmp_path / "fotos" / "a.jpg").write_bytes(b"photo")
    place = (tmp_path / "fotos").as_posix()
    assert refusal(SITE, tmp_path / "fotos") == (
        f"{place}:1:1: error[output-foreign]: deze map is niet leeg en is niet door site-gen"
        " gemaakt — maak de map zelf leeg, of kies met --out een andere\n"
    )
    assert [p.name for p in (tmp_path / "fotos").iterdir()] == ["a.jpg"]


def test_file_in_the_place_of_the_output_is_refused(tmp_path: Path) -> None:
    """Fault 54."""
    (tmp_path / "_site").write_text("notes")
    assert "error[output-foreign]" in refusal(SITE, tmp_path / "_site", lang="en")
    assert (tmp_path / "_site").read_text() == "notes"


def test_twin_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    """Fault 54."""
    (tmp_path / "._site.twin").mkdir()
    (tmp_path / "._site.twin" / "a.jpg").write_bytes(b"photo")
    assert refusal(SITE, tmp_path / "_site", lang="en") == (
        f"{(tmp_path / '._site.twin').as_posix()}:1:1: error[output-foreign]: this folder is not"
        " empty and was not made by site-gen — empty it yourself, or choose another one with"
        " --out\n"
    )


def test_folder_of_others_in_the_place_of_a_leftover_stays_where_it_is(tmp_path: Path) -> None:
    """Fault 54: it is neither renamed nor removed."""
    (tmp_path / "._site.old").mkdir()
    (tmp_path / "._site.old" / "a.jpg").write_bytes(b"photo")
    assert "._site.old:1:1: error[output-foreign]" in refusal(SITE, tmp_path / "_site")
    assert {p.name for p in tmp_path.iterdir()} == {"._site.old", "._site.lock"}
    assert (tmp_path / "._site.old" / "a.jpg").read_bytes() == b"photo"


def test_leftover_of_a_killed_build_is_removed(tmp_path: Path) -> None:
    """Fault 56: the site, its twin and a third folder, all of ours."""
    for _ in range(3):
        write(SITE, tmp_path / "_site", protected=[])
        write({"index.html": b"new"}, tmp_path / "_site", protected=[])
    shutil.copytree(tmp_path / "_site", tmp_path / "._site.old")
    write(SITE, tmp_path / "_site", protected=[])
    assert content(tmp_path / "_site") == SITE
    assert not (tmp_path / "._site.old").exists()


def test_marker_that_is_a_link_makes_no_folder_ours(tmp_path: Path) -> None:
    """Fault 54: nothing is written through it either."""
    (tmp_path / "_site").mkdir()
    (tmp_path / "kept").write_text("keep")
    (tmp_path / "_site" / MARKER).symlink_to(tmp_path / "kept")
    assert "error[output-foreign]" in refusal(SITE, tmp_path / "_site")
    assert (tmp_path / "kept").read_text() == "keep"


@pytest.mark.parametrize("left", [(), (MARKER,), (MARKER, "index.html", "css/site.css")])
def test_twin_of_a_killed_build_is_made_good(tmp_path: Path, left: tuple[str, ...]) -> None:
    """Fault 56: files that were opened and never written, the marker among them."""
    for path in left:
        (tmp_path / "._site.twin" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "._site.twin" / path).touch()
    assert write(SITE, tmp_path / "_site", protected=[]) == Report(3, 0, 0)
    assert content(tmp_path / "_site") == SITE


def test_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "_site").mkdir()
    assert write(SITE, tmp_path / "_site", protected=[]) == Report(3, 0, 0)
    assert content(tmp_path / "_site") == SITE


@POSIX
def test_parent_that_is_a_file(tmp_path: Path) -> None:
    """Fault 55."""
    (tmp_path / "file").write_text("")
    out = tmp_path / "file" / "_site"
    assert refusal(SITE, out) == (
        f"{out.as_posix()}:1:1: error[output-failed]: schrijven lukt hier niet (EEXIST); de vorige"
        " site staat er nog — kies met --out een gewone map op een gewone schijf\n"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="/proc takes no folders, not even of root")
def test_file_system_that_takes_nothing() -> None:
    """Fault 55."""
    assert refusal(SITE, Path("/proc/_site")).startswith("/proc/_site:1:1: error[output-")


def test_parent_without_permission(unprivileged: Path) -> None:
    """Fault 55."""
    write(SITE, unprivileged / "_site", protected=[])
    unprivileged.chmod(0o500)
    try:
        assert "error[output-denied]" in refusal({}, unprivileged / "_site")
    finally:
        unprivileged.chmod(0o700)
    assert content(unprivileged / "_site") == SITE


# Children: a process that really fails, or is really killed, in the middle of its work.

FULL = """
import resource, signal, sys, pathlib
from site_gen.output import write, OutputError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
files = {f"{i}.html": b"new" * 20_000 * (1 + (i == 50)) for i in range(100)}
try:
    write(files, pathlib.Path(sys.argv[1]), protected=[])
except OutputError as error:
    print(error.problem.code)
"""
BUILD = """
import sys, pathlib
from site_gen.output import write
out, label, count = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
files = {f"{i % 20}/{i}.html": f"{label} {i} ".encode() * 100 for i in range(count)}
print("ready", flush=True)
print(write(files, out, protected=[])[0])
"""


def build(label: str, count: int = 400) -> dict[str, bytes]:
    return {f"{i % 20}/{i}.html": f"{label} {i} ".encode() * 100 for i in range(count)}


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


@POSIX
def test_full_disk_leaves_the_old_site_whole(tmp_path: Path) -> None:
    """Fault 55: a limit on the size of a file stands in for a disk that fills up half-way."""
    out = tmp_path / "_site"
    write(SITE, out, protected=[])
    before = state(out)
    printed, _ = start(FULL, out).communicate()
    assert printed == "output-full\n"
    assert state(out) == before
    assert not (tmp_path / "._site.twin").exists()
    assert write({"index.html": b"new"}, out, protected=[]) == Report(1, 0, 2)


@POSIX
@pytest.mark.parametrize("done", [1, 20, 150, 400])
def test_killed_build_leaves_a_whole_site_and_the_next_one_cleans_up(
    tmp_path: Path, done: int
) -> None:
    """Fault 56: kill -9 once so many files of the twin are there."""
    out, twin = tmp_path / "_site", tmp_path / "._site.twin"
    write(build("old"), out, protected=[])
    with start(BUILD, out, "new", 400) as child:
        while child.poll() is None and sum(len(f) for _, _, f in os.walk(twin)) < done:
            pass
        child.send_signal(signal.SIGKILL)
        child.communicate()
    assert content(out) in (build("old"), build("new"))
    write(build("next"), out, protected=[])
    assert content(out) == build("next")
    assert {p.name for p in tmp_path.iterdir()} == BESIDE


@POSIX
def test_reader_finds_one_whole_build_at_every_instant(tmp_path: Path) -> None:
    """Law 9: whoever looks while builds come and go sees the files of one of them."""
    out = tmp_path / "_site"
    write(build("0", 40), out, protected=[])
    with ThreadPoolExecutor(1) as pool:
        writer = pool.submit(
            lambda: [write(build(str(n), 40), out, protected=[]) for n in range(1, 30)]
        )
        seen = set()
        while not writer.done():
            folder = os.open(out, os.O_RDONLY)  # always there: never a moment without a folder
            with os.scandir(folder) as listing:
                seen.add(sum(1 for _ in listing))
            os.close(folder)
        assert writer.result()[-1] == Report(40, 0, 0)
    assert seen == {21}


@POSIX
def test_second_build_at_once_says_who_holds_the_lock(tmp_path: Path) -> None:
    """Fault 57."""
    out = tmp_path / "_site"
    (tmp_path / "pipe").mkdir()
    with start_holder(tmp_path / "._site.lock") as child:
        line = refusal(SITE, out)
        child.communicate()
    head = (
        f"{out.as_posix()}:1:1: error[output-locked]: een andere build schrijft hier op dit moment"
    )
    assert line.startswith(f"{head} (proces {child.pid} on ")
    assert line.endswith(") — wacht tot die klaar is, of stop hem eerst\n")
    assert not out.exists()


def test_many_builds_at_once_leave_one_of_them(tmp_path: Path) -> None:
    """Fault 57: real processes; each writes the whole site or is told that another does."""
    out = tmp_path / "_site"
    children = [start(BUILD, out, name, 200) for name in "abcdef"]
    for child in children:
        child.communicate()
    assert 0 in {child.returncode for child in children}
    assert content(out) in [build(name, 200) for name in "abcdef"]


NAMES = st.sampled_from(["a", "b", "c/a", "c/b", "c/d/a", "e/a"])
SITES = st.dictionaries(NAMES, st.binary(max_size=2), max_size=6)


@given(st.lists(SITES, min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_any_row_of_builds_ends_as_the_last_alone(
    tmp_path_factory: pytest.TempPathFactory, sites: list[dict[str, bytes]]
) -> None:
    """Law 5: what was there before never shows."""
    out = tmp_path_factory.mktemp("row") / "_site"
    before: dict[str, bytes] = {}
    for files in sites:
        same = {p for p in files.keys() & before.keys() if files[p] == before[p]}
        report = write(files, out, protected=[])
        gone = len(before.keys() - files.keys())
        assert report == Report(len(files) - len(same), len(same), gone)
        assert content(out) == files
        before = files

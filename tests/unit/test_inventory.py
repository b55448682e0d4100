"""What lies in a folder is known without reading it, and never wrongly."""

import errno
import os
from pathlib import Path

import pytest

from site_gen import inventory, output, pipeline, twins
from site_gen.hashes import Kept
from site_gen.inventory import Inventory, as_bytes, read_inventories, survey
from site_gen.output import Means, OutputError, standing, write
from site_gen.stamps import moment, settled
from site_gen.store import Store
from site_gen.twins import MARKER, MARKER_TEXT, GoneError
from tests.support import basis, tree

SITE = {"index.html": b"home", "a/index.html": b"first"}
NEW = SITE | {"index.html": b"Home"}


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "_site"
    write(SITE, folder, protected=[])
    return folder


def alter_in_place(page):
    """Write other content of the same size, and put the time of the content back."""
    before = page.stat()
    page.write_bytes(page.read_bytes().swapcase())
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_what_is_as_it_was_left_is_not_read(out):
    last = standing(out)
    assert {path: type(last(path)) for path in SITE} == dict.fromkeys(SITE, Kept)
    assert last("index.html").size == len(SITE["index.html"])
    assert last("b.html") is None


def test_what_was_touched_is_read(out):
    alter_in_place(out / "index.html")
    last = standing(out)
    assert last("index.html") == b"HOME"
    assert isinstance(last("a/index.html"), Kept)


def test_the_marker_is_put_back(out):
    """Without any, the folder is not ours."""
    alter_in_place(out / MARKER)
    write(SITE, out, protected=[])
    assert (out / MARKER).read_bytes() == MARKER_TEXT


def test_what_is_no_file_is_none(out, tmp_path):
    (out / "index.html").unlink()
    (out / "index.html").symlink_to(tmp_path)
    assert standing(out)("index.html") is None
    assert standing(out)("a") is None


DAMAGE = {
    "empty": lambda _: b"",
    "short": lambda data: data[:-1],
    "other": lambda _: b"x",
    "name": lambda data: data.replace(b"index.html", b"jndex.html"),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_without_a_usable_inventory_all_is_read(out, damage):
    seen = out.with_name("._site.seen")
    seen.write_bytes(damage(seen.read_bytes()))
    assert standing(out)("index.html") == b"home"
    assert write(SITE, out, protected=[])[0].written == 0
    assert isinstance(standing(out)("index.html"), Kept)


@pytest.mark.parametrize("letter", [b"j", b"\0", b"\xff"])
def test_a_damaged_name_in_the_inventory_costs_time_only(out, letter):
    """A file of that name would be looked for, and not be there, at this build and any other."""
    seen = out.with_name("._site.seen")
    seen.write_bytes(seen.read_bytes().replace(b"index.html", letter + b"ndex.html", 1))
    assert standing(out)("index.html") == b"home"
    assert write(SITE, out, protected=[])[0].written == 0


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="links are followed")
@pytest.mark.parametrize("name", ["._site.seen", "._site.seen.now"])
def test_nothing_is_written_where_a_link_leads(tmp_path, name):
    """The output may lie in a folder where others may make files too."""
    (tmp_path / "precious").write_bytes(b"precious")
    (tmp_path / name).symlink_to("precious")
    write(SITE, tmp_path / "_site", protected=[])
    write(NEW, tmp_path / "_site", protected=[])
    assert (tmp_path / "precious").read_bytes() == b"precious"
    assert {path: tree(tmp_path / "_site")[path] for path in NEW} == NEW


def test_a_file_as_young_as_the_look_at_it_does_not_count(tmp_path):
    now = moment(tmp_path / "x")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "young").write_bytes(b"y")
    found = survey(str(tmp_path), Inventory()).inventory({"a/young": b"hash"})
    assert found.complete
    assert found.trusted(now, now) == Inventory()
    now = settled(tmp_path / "x")
    assert found.trusted(now, now) == found


def test_a_name_that_is_no_text_costs_time_only(tmp_path):
    (tmp_path / os.fsdecode(b"\xff")).write_bytes(b"")
    found = survey(str(tmp_path), Inventory()).inventory({})
    (tmp_path / "seen").write_bytes(as_bytes((found, found)))
    assert read_inventories(str(tmp_path / "seen")) == (Inventory(), Inventory())


MEANWHILE = {
    "altered": lambda out: alter_in_place(out / "index.html"),
    "gone": lambda out: (out / "index.html").unlink(),
    "added": lambda out: (out / "a" / "b").write_bytes(b""),
    "another-build": lambda out: write({"index.html": b"other"}, out, protected=[]),
}


@pytest.mark.parametrize("files", [SITE, {**SITE, "new": b"new"}], ids=["same", "edit"])
@pytest.mark.parametrize("harm", MEANWHILE.values(), ids=MEANWHILE)
def test_what_was_touched_since_it_was_looked_at_is_not_kept(out, harm, files):
    write({**SITE, "b": b"b"}, out, protected=[])
    write(SITE, out, protected=[])  # so that there is a twin with the same files
    last = standing(out)
    kept = {path: last(path) or files[path] for path in files}
    harm(out)
    try:
        write(kept, out, protected=[], means=Means(last=last))
    except GoneError:
        write(files, out, protected=[])
    assert {path: data for path, data in tree(out).items() if path in files} == files


def test_where_somebody_goes_on_touching_the_output_the_old_site_stands(tmp_path, monkeypatch):
    root, out, store = basis(tmp_path / "root"), tmp_path / "_site", Store()
    pipeline.build(root, out, store=store)
    whole = tree(out)

    def gone(*_):
        raise GoneError

    monkeypatch.setattr(output, "update", gone)
    (root / "sessies" / "welkom.md").write_text("---\ntitel: Anders\n---\n", "utf-8")
    with pytest.raises(OutputError, match="output-failed"):
        pipeline.build(root, out, store=store)
    assert tree(out) == whole


@pytest.mark.parametrize("page", NEW)
@pytest.mark.parametrize("step", ["settled", "_publish", "survey_again"])
@pytest.mark.parametrize("once_more", [False, True])
def test_what_is_altered_while_a_build_is_published_is_made_again(
    out, page, step, once_more, monkeypatch
):
    """A stamp is taken of each file after it was written, and says nothing of what is in it."""
    if once_more:
        write({**SITE, "index.html": b"hOME"}, out, protected=[])  # so that there is a twin
    do = getattr(output, step)

    def altered(*arguments):
        alter_in_place(out / page)
        return do(*arguments)

    monkeypatch.setattr(output, step, altered)
    write(NEW, out, protected=[])
    monkeypatch.undo()
    write(NEW, out, protected=[])
    assert {path: tree(out)[path] for path in NEW} == NEW


def test_a_file_that_is_touched_while_it_is_shared_is_written(out, monkeypatch):
    """Also where that happens again and again: who has the content needs no other try."""
    share = twins._share

    def touched(source, *others):
        alter_in_place(Path(source))
        return share(source, *others)

    monkeypatch.setattr(twins, "_share", touched)
    assert write(NEW, out, protected=[])[0].written == 2
    assert {path: tree(out)[path] for path in NEW} == NEW


def test_where_the_disk_is_full_the_site_comes_before_the_store(tmp_path, monkeypatch):
    """There is room for the one or the other."""
    root, out = basis(tmp_path / "root"), tmp_path / "_site"
    folder, update = root / ".site-gen", output.update

    def on_a_small_disk(*arguments):
        if [*folder.glob("*.half"), *folder.glob("*.pack")]:
            raise OSError(errno.ENOSPC, "full")
        return update(*arguments)

    monkeypatch.setattr(output, "update", on_a_small_disk)
    for _ in range(2):
        store = Store(folder, b"o" * 16)
        built, _ = pipeline.build(root, out, store=store)
        assert built
        store.save()
        alter_in_place(out / "index.html")
    monkeypatch.undo()
    pipeline.build(root, tmp_path / "clean")
    pipeline.build(root, out)
    assert tree(out) == tree(tmp_path / "clean")


def test_a_build_makes_all_where_somebody_touches_the_output_meanwhile(tmp_path, monkeypatch):
    root, out, store = basis(tmp_path / "root"), tmp_path / "_site", Store()
    pipeline.build(root, out, store=store)
    whole = tree(out)
    looked = output.standing

    def touched(out):
        last = looked(out)
        alter_in_place(out / "index.html")
        return last

    monkeypatch.setattr(pipeline, "standing", touched)
    built, _ = pipeline.build(root, out, store=store)
    assert built.report.written == 1
    assert tree(out) == whole


def test_where_stamps_tell_nothing_nothing_is_kept_and_nothing_is_wrong(out, monkeypatch):
    monkeypatch.setattr(inventory, "SEES_CHANGES", False)
    write(SITE | {"new": b"new"}, out, protected=[])
    last = standing(out)
    assert (last.fault, last("index.html")) == ("", b"home")

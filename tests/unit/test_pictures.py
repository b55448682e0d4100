"""Photos are not read where they are as they were, and never published as what they are no more."""

import os
from pathlib import Path

import pytest

from site_gen import pipeline, state
from site_gen.files import FileIndex, scan
from site_gen.hashes import Kept
from site_gen.machine import MachineError
from site_gen.pictures import read_pictures
from site_gen.stamps import settled
from site_gen.store import Store
from tests.support import basis, tree, write
from tests.unit.image_files import exif, jpeg, png, segment

OURS = b"o" * 16
PHOTO, OTHER = "assets/img/foto.png", "assets/img/Andere.JPG"


@pytest.fixture
def root(tmp_path):
    root = write(basis(tmp_path / "root"), {PHOTO: png(4), OTHER: jpeg()})
    state.prepare(root / state.FOLDER)
    settled(root / state.FOLDER / "x")
    return root


def build(root, out="out"):
    """Build as a process of its own does, and return what was written of the photos."""
    store = Store(root / state.FOLDER, OURS, resident=False)
    built, _ = pipeline.build(root, root.parent / out, store=store)
    store.save()
    assert built
    return published(root.parent / out)


def published(out):
    return {path: data for path, data in tree(out).items() if path.startswith("assets/img/")}


@pytest.fixture
def read(root, monkeypatch):
    """Return the list of photos that are read from now on, after two builds."""
    build(root)
    build(root)
    read, found = Path.read_bytes, []

    def listed(path):
        if path.is_relative_to(root / "assets"):
            found.append(path.name)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", listed)
    return found


def test_a_photo_that_is_as_it_was_is_not_read(root, read):
    before = build(root)
    assert len(before) == 2
    assert read == []
    (root / PHOTO).write_bytes(png(5))
    after = build(root)
    assert set(read) == {"foto.png"}
    assert sorted(before.values()) != sorted(after.values())


def test_a_photo_is_read_where_it_has_to_be_written(root, read):
    assert build(root, "elsewhere") == published(root.parent / "out")
    assert {"foto.png", "Andere.JPG"} <= set(read)


def test_another_photo_of_the_same_size_and_time_is_published(root, read):
    before = (root / PHOTO).stat()
    (root / PHOTO).write_bytes(png(5))
    os.utime(root / PHOTO, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert png(5) in build(root).values()
    assert set(read) == {"foto.png"}


def test_without_a_folder_that_keeps_it_the_site_is_the_same(root, tmp_path):
    found = build(root)
    pipeline.build(root, tmp_path / "clean")
    assert published(tmp_path / "clean") == found


def test_faults_are_told_each_time(root):
    (root / PHOTO).write_bytes(png(4)[:-1])
    for _ in range(3):
        store = Store(root / state.FOLDER, OURS)
        _, problems = pipeline.check(root, store=store)
        store.save()
        assert [p.code for p in problems if p.place.path == PHOTO] == ["image-damaged"]


def test_a_photo_that_vanishes_before_the_look_at_it_is_told(root):
    index = FileIndex(root, ("assets/img/weg.png",))
    found, problems = read_pictures(index, Store())
    assert found == {}
    assert [(p.place.path, p.code) for p in problems] == [("assets/img/weg.png", "file-vanished")]


def test_what_is_to_be_in_a_file_counts_and_not_what_is_there(root):
    store = Store(root / state.FOLDER, OURS)
    for photo in (png(4), png(6), png(4)):
        index = scan(root)[0].after({PHOTO: photo})
        found, _ = read_pictures(index, store)
        assert found[PHOTO].content() == photo
        store.save()


def test_a_photo_that_changes_before_it_is_written_is_not_published_under_its_old_hash(
    root, monkeypatch
):
    build(root)
    whole = tree(root.parent / "out")
    (root / PHOTO).write_bytes(png(5))
    write_site = pipeline.write

    def write_late(*arguments, **named):
        (root / PHOTO).write_bytes(png(6))
        return write_site(*arguments, **named)

    monkeypatch.setattr(pipeline, "write", write_late)
    with pytest.raises(MachineError) as caught:
        build(root)
    found = caught.value.problem
    assert (found.place.path, found.code) == (PHOTO, "file-changed")
    assert tree(root.parent / "out") == whole
    monkeypatch.setattr(pipeline, "write", write_site)
    assert png(6) in build(root).values()


def test_where_a_photo_was_taken_is_never_published(root):
    write(root, {OTHER: jpeg(extra=segment(0xE1, exif(6)))})
    assert all(b"GPS" not in data for data in build(root).values())


def test_a_stylesheet_has_another_name_where_a_picture_in_it_has(root):
    def name(photo):
        css = b"body { background: url(../img/foto.png) }"
        content, _ = pipeline.check(write(root, {"assets/css/eigen.css": css, PHOTO: photo}))
        files, *_ = pipeline.make(content)
        return next(path for path in files if path.startswith("assets/css/eigen"))

    assert name(png(4)) == name(png(4)) != name(png(5))


def test_a_picture_of_the_project_replaces_ours(root):
    icon = "assets/icons/apple-touch.png"
    content, _ = pipeline.check(write(root, {icon: png(180, 180)}))
    assert content.pictures[icon].content() == png(180, 180)


def test_no_photo_stays_in_memory(root):
    content, _ = pipeline.check(root)
    files, *_ = pipeline.make(content, aside=True)
    assert {type(file) for path, file in files.items() if path.startswith("assets/img/")} == {Kept}

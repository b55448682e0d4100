"""What a text came to is known without reading it, and never that of another text."""

import os

import pytest

from site_gen import pipeline, state
from site_gen.files import FileIndex, scan
from site_gen.prints import fingerprinted
from site_gen.stamps import newest, settled
from site_gen.store import Store
from tests.support import basis, write

OURS = b"o" * 16
TEXT = "sessies/welkom.md"


@pytest.fixture
def root(tmp_path):
    root = basis(tmp_path / "root")
    state.prepare(root / state.FOLDER)
    settled(root / state.FOLDER / "x")
    checked(root)
    return root


def checked(root):
    """Check as a process of its own does, and return what it found."""
    store = Store(root / state.FOLDER, OURS)
    content, _ = pipeline.check(root, store=store)
    store.save()
    return content


def title(content):
    return content.conf.sessions["welkom"].title.of("nl").text


def reads(monkeypatch):
    """Return the list of files that are read from now on."""
    read, found = FileIndex.read, []

    def listed(self, path):
        found.append(path)
        return read(self, path)

    monkeypatch.setattr(FileIndex, "read", listed)
    return found


def test_a_text_that_is_as_it_was_is_not_read(root, monkeypatch):
    found = reads(monkeypatch)
    checked(root)
    assert [path for path in found if path.startswith(("sessies/", "sprekers/"))] == []
    write(root, {TEXT: (root / TEXT).read_text("utf-8") + "\nEn meer.\n"})
    checked(root)
    assert {path for path in found if path.startswith(("sessies/", "sprekers/"))} == {TEXT}


def test_other_letters_at_the_same_time_are_read(root):
    before = (root / TEXT).stat()
    (root / TEXT).write_bytes((root / TEXT).read_bytes().replace(b"titel: W", b"titel: V"))
    os.utime(root / TEXT, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert title(checked(root)).startswith("V")


def test_a_file_as_young_as_the_look_at_it_is_read_again(root):
    os.utime(root / TEXT, (4e9, 4e9))  # in the year 2096
    store = Store(root / state.FOLDER, OURS)
    index = fingerprinted(scan(root)[0], store)
    assert TEXT in index.held
    again = fingerprinted(scan(root)[0], store)
    assert (TEXT in again.held, again.prints) == (True, index.prints)


def test_a_file_system_that_counts_in_seconds_may_be_another_than_that_of_the_store():
    """A second look within the same two seconds finds the same times, whatever is in the file."""
    second = 10**9
    assert newest((6 * second, 1, 1, 6 * second)) == 8 * second
    assert newest((6 * second, 1, 1, 6 * second + 1)) == 6 * second + 1


def test_what_a_text_came_to_may_be_lost(root):
    for pack in (root / state.FOLDER).glob("*.pack"):
        pack.write_bytes(pack.read_bytes()[:-1] + b"?")
    assert title(checked(root)) == title(checked(root)) == title(pipeline.check(root)[0])


@pytest.mark.parametrize("lost", range(6))
def test_whichever_result_is_damaged(root, lost):
    """One byte in each part of the pack: no text is taken for an empty one."""
    whole = pipeline.check(root)[0]
    (pack,) = (root / state.FOLDER).glob("*.pack")
    data = bytearray(pack.read_bytes())
    data[-1 - lost * len(data) // 12] ^= 1
    pack.write_bytes(data)
    assert checked(root).conf == whole.conf


def test_what_is_held_is_not_taken_for_what_is_on_disk(root):
    """Neither in this process nor in a later one."""
    text = (root / TEXT).read_bytes().replace(b"titel: W", b"titel: V")
    os.utime(root / TEXT)
    settled(root / state.FOLDER / "x")
    store = Store(root / state.FOLDER, OURS)
    index = fingerprinted(scan(root)[0].after({TEXT: text}), store)
    assert title(pipeline.check_files(index, store=store)[0]).startswith("V")
    store.save()
    assert title(checked(root)).startswith("W")


def test_without_a_folder_to_keep_it_nothing_is_known(root):
    index = scan(root)[0]
    assert fingerprinted(index, Store()) == index

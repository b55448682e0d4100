"""Watching: what is saved is told, whatever an editor does to save it."""

import asyncio
import os
from contextlib import asynccontextmanager

import pytest
from support import write

from site_gen.serve import watch as watching
from site_gen.serve.rhythm import Signal
from site_gen.serve.watch import watch

LONG = 20  # seconds that a slow machine may take; what comes, comes in a fraction of it
SAFE = 1.5  # seconds in which nothing may be told


@asynccontextmanager
async def watched(root, **options):
    """Watch the sessions of a project; yields what tells of changes, once it watches."""
    changes = Signal()
    task = asyncio.create_task(watch([root / "sessies"], changes.tell, **options))
    try:
        assert await changes.within(LONG)
        await asyncio.sleep(0)  # by now it watches: it told just before
        yield changes
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def told(root, *actions, **options):
    """Return for each action whether it was told."""

    async def run():
        found = []
        async with watched(root, **options) as changes:
            for action, expected in actions:
                action()
                found.append(await changes.within(LONG if expected else SAFE))
                while await changes.within(0.2):
                    """Let what belongs to it pass."""
        return found

    assert asyncio.run(run()) == [expected for _, expected in actions]


@pytest.fixture(params=["map", "map met spatie é"])
def root(tmp_path, request):
    return write(tmp_path / request.param, {"sessies/a.md": "a", "sessies/b.md": "b"})


def test_every_way_to_save_is_told(root):
    file, other = root / "sessies" / "a.md", root / "sessies" / ".a.md.swp"

    def renamed():  # as vim, JetBrains and Visual Studio Code may do
        other.write_text("nieuw")
        other.replace(file)

    told(
        root,
        (lambda: file.write_text("in place"), True),
        (renamed, True),
        (file.unlink, True),
        (lambda: file.write_text("terug"), True),
        (lambda: file.chmod(0o400), True),
    )


def test_what_an_editor_leaves_behind_is_not(root):
    names = ("a.md~", ".a.md.swp", "#a.md#", "a.md___jb_tmp___", "a.md.bak")
    for name in names:
        told(root, (lambda name=name: write(root, {f"sessies/{name}": "x"}), False))


def test_folder_that_goes_and_comes_back_is_told_and_watched_again(root):
    folder, away = root / "sessies", root / "weg"

    def another():
        folder.rename(away)
        write(root, {"sessies/c.md": "c"})

    told(
        root,
        (lambda: folder.rename(away), True),
        (lambda: away.rename(folder), True),
        (lambda: (folder / "a.md").write_text("weer"), True),
        (another, True),
        (lambda: (folder / "c.md").write_text("hier"), True),
        (lambda: (away / "a.md").write_text("daar"), False),
    )


def test_folder_that_is_not_there_yet_is_awaited(tmp_path):
    told(
        tmp_path,
        (lambda: write(tmp_path, {"sessies/a.md": "a"}), True),
        (lambda: write(tmp_path, {"sessies/a.md": "b"}), True),
    )


def test_files_can_be_looked_at_instead(root):
    """As on a network drive, where the system tells of nothing; it knows times by the second."""
    os.utime(root / "sessies" / "a.md", (1, 1))
    told(root, (lambda: (root / "sessies" / "a.md").write_text("anders"), True), polling=True)


def test_where_the_system_cannot_tell_the_files_are_looked_at(root, monkeypatch):
    """As where all its watches are taken; said once."""
    said, asked = [], []
    real = watching.awatch

    def awatch(*paths, force_polling, **options):
        asked.append(force_polling)
        if not force_polling:
            raise OSError("OS file watch limit reached")
        return real(*paths, force_polling=True, **options)

    monkeypatch.setattr(watching, "awatch", awatch)
    file = root / "sessies" / "a.md"
    os.utime(file, (1, 1))
    told(root, (lambda: file.write_text("anders"), True), blind=said.append)
    assert (asked, [str(error) for error in said]) == (
        [None, True],
        ["OS file watch limit reached"],
    )

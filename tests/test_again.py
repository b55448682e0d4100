"""Law 5: whatever was there before, a build equals a clean one, byte for byte.

Also by two processes, with what earlier builds left in ``.site-gen``, whole or damaged, and where
the run is skipped because nothing seems to have changed.
"""

import os
import shutil

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from site_gen import pipeline, render, state
from site_gen.store import Store
from site_gen.unchanged import Repetition
from tests.support import BASIS, MARKER, REAL, SEVERAL_DAYS, basis, tree, write
from tests.unit.image_files import png

OURS = b"o" * 16
PHOTO, EXTRA_PHOTO = "assets/img/foto.png", "assets/img/extra.png"
TEXTS = ("sessies/welkom.md", "sprekers/anna-bos.md", "programma/bronnen/gemeentewet.md")
FILES = {
    "sessies/extra.md": "---\ntitel: Extra\n---\n\n## Kop\n\nTekst.\n",
    "sessies/welkom.en.md": "---\ntitel: Welcome\n---\n\nA [link](../sprekers/anna-bos.md).\n",
    "assets/css/site.css": "body { color: black }\n",
    "templates/pages/text.html": "{{ page.title.text }}\n",
    "templates/strings/nl.yaml": "language_name: Nederlands\n",  # most words are missing: an error
    "programma/paginas/extra.md": "---\ntitel: Extra pagina\n---\n\nTekst.\n",
    "programma/bronnen/gemeentewet.md": "---\ntitel: Iets anders\nsoort: wet\n---\n",
    EXTRA_PHOTO: png(6),
    PHOTO: png(7)[:-1],  # damaged: an error
}


class Bench:
    """A project that is built again and again, and what it should give."""

    def __init__(self, folder):
        shutil.rmtree(folder, ignore_errors=True)
        self.root = write(basis(folder / "root"), {PHOTO: png(4)})
        self.out = folder / "out"
        self.original = tree(self.root)
        self.live = Store()

    def put(self, name):
        """Write a file, or put it back as it was where it holds just that."""
        path, text = self.root / name, FILES[name]
        text = text if isinstance(text, bytes) else text.encode()
        if path.is_file() and path.read_bytes() == text:
            path.unlink()
            if name in self.original:
                path.write_bytes(self.original[name])
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)

    def rewrite(self, name):
        """Change letters in place: the same size, and the same time of its content."""
        path = self.root / name
        before = path.stat()
        head, fence, body = path.read_bytes().rpartition(b"---\n")
        path.write_bytes(head + fence + body.swapcase())
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    def repaint(self, _):
        """Change a photo in place, likewise."""
        path = self.root / PHOTO
        before = path.stat()
        path.write_bytes(png(5) if path.read_bytes() == png(4) else png(4))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    def save_by_rename(self, name):
        other = self.root / f"{name}.tmp"
        other.write_bytes((self.root / name).read_bytes() + b"\nEn meer.\n")
        other.replace(self.root / name)

    def rename(self, name):
        path = self.root / name
        path.rename(path.with_name("hernoemd.md"))
        self.build(2)
        path.with_name("hernoemd.md").rename(path)

    def touch(self, name):
        os.utime(self.root / name, (1, 1))

    def lose_page(self, _):
        (self.out / "index.html").unlink(missing_ok=True)

    def alter_page(self, _):
        if self.out.is_dir():
            (self.out / "index.html").write_text("x")

    def alter_page_in_place(self, _):
        page = self.out / "index.html"
        if page.exists():
            before = page.stat()
            page.write_bytes(page.read_bytes().swapcase())
            os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))

    def fill_output(self, _):
        if self.out.exists():
            (self.out / "sessies" / "vreemd").mkdir(parents=True, exist_ok=True)
            (self.out / "sessies" / "vreemd" / "x.html").write_text("x")

    def lose_twin(self, _):
        shutil.rmtree(self.out.with_name(f".{self.out.name}.twin"), ignore_errors=True)

    def alter_twin(self, _):
        twin = self.out.with_name(f".{self.out.name}.twin")
        if twin.exists():
            write(twin, {"index.html": "x", "sessies/vreemd.html": "x"})

    def damage_inventory(self, _):
        seen = self.out.with_name(f".{self.out.name}.seen")
        if seen.exists():
            seen.write_bytes(seen.read_bytes()[:-3])

    def lose_state(self, _):
        shutil.rmtree(self.root / state.FOLDER, ignore_errors=True)

    def damage_state(self, _):
        for path in (self.root / state.FOLDER).glob("*.*"):
            path.write_bytes(path.read_bytes()[:-3])

    def older_state(self, _):
        for path in (self.root / state.FOLDER).glob("*.pack"):
            path.write_bytes(path.read_bytes().replace(OURS, b"x" * 16, 1))

    def build(self, processes):
        """Build as the command line does."""
        run = Repetition([str(self.out)], str(self.root))
        if run.said():
            return
        run.begin()
        store = Store(self.root / state.FOLDER, OURS, resident=False)
        built, _ = pipeline.build(self.root, self.out, store=store, processes=processes)
        store.save()
        if built and built.lying.complete:
            run.record(built.lying.stamps(str(self.out)), "", "")

    def look(self):
        """A check that only reads what is kept finds what one that knows nothing finds."""
        store = Store(self.root / state.FOLDER, OURS, read_only=True)
        content, problems = pipeline.check(self.root, store=store)
        known, found = pipeline.check(self.root)
        assert (content and content.conf, problems) == (known and known.conf, found)

    def check(self):
        """The output is that of a clean build; with an error it stays as it was."""
        content, problems = pipeline.check(self.root)
        files, _, found = pipeline.make(content) if content else ({}, 0, [])
        if any(p.severity == "error" for p in [*problems, *found]):
            return
        written = tree(self.out)
        del written[MARKER]
        assert written == files
        again, _ = pipeline.check(self.root, store=self.live)
        assert pipeline.make(again, store=self.live)[0] == files
        self.live.save()


NAMED = ("put", "rewrite", "save_by_rename", "rename", "touch")
EDITS = st.one_of(
    st.tuples(st.just("put"), st.sampled_from(sorted(FILES))),
    st.tuples(st.sampled_from(NAMED[1:]), st.sampled_from(TEXTS)),
    st.tuples(
        st.sampled_from(
            [
                *("lose_page", "alter_page", "alter_page_in_place", "fill_output"),
                *("lose_state", "damage_state", "older_state"),
                *("lose_twin", "alter_twin", "damage_inventory", "repaint"),
            ]
        ),
        st.just(""),
    ),
)


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(EDITS, st.sampled_from([1, 2])), min_size=1, max_size=6))
def test_a_build_after_anything_equals_a_clean_one(tmp_path, edits):
    bench = Bench(tmp_path / "bench")
    bench.build(1)
    for (edit, name), processes in edits:
        getattr(bench, edit)(name)
        bench.look()
        bench.build(processes)
        bench.check()


def test_the_same_site_by_any_number_of_processes(tmp_path, monkeypatch):
    monkeypatch.setattr("site_gen.making.WORTH_SHARING", 1)
    monkeypatch.setattr("site_gen.store.WORTH_SHARING", 1)
    root = basis(tmp_path / "root")
    trees = []
    for processes in (1, 2, 3):
        pipeline.build(root, tmp_path / str(processes), processes=processes)
        trees.append(tree(tmp_path / str(processes)))
    assert trees[0] == trees[1] == trees[2]


@pytest.mark.parametrize("root", [SEVERAL_DAYS, REAL], ids=lambda root: root.name)
def test_all_that_a_build_keeps_can_be_read_by_the_next(tmp_path, root):
    """Also where there is a date, and with it calendars and schedules."""
    found = []
    for _ in range(2):
        store = Store(tmp_path, OURS)
        content, _ = pipeline.check(root, store=store)
        found.append(pipeline.make(content, store=store)[0])
        new = set(store._new)
        store.save()
    assert found[0] == found[1]
    assert new == set()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process to kill")
def test_a_killed_build_leaves_nothing_that_counts(tmp_path):
    bench = Bench(tmp_path / "bench")
    bench.build(1)
    for stage, step in ((pipeline, "load"), (render, "render"), (pipeline, "write")):
        bench.save_by_rename(TEXTS[0])
        if not (child := os.fork()):
            setattr(stage, step, lambda *_, **__: os._exit(9))
            bench.build(1)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
        bench.build(1)
        bench.check()


def test_a_checkout_during_a_build_is_seen_by_the_next(tmp_path, monkeypatch):
    """A file changes after it was read, and before the build is recorded."""
    bench = Bench(tmp_path / "bench")
    write = pipeline.write

    def write_late(*arguments, **named):
        bench.rewrite(TEXTS[0])
        return write(*arguments, **named)

    monkeypatch.setattr(pipeline, "write", write_late)
    bench.build(1)
    monkeypatch.setattr(pipeline, "write", write)
    bench.build(1)
    bench.check()


def test_names_are_those_of_the_smallest_site():
    assert set(TEXTS) <= tree(BASIS).keys()

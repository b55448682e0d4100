"""Templates are compiled by another process, while the program is loaded and texts are read."""

import os

import pytest

from site_gen import pipeline, state, templating
from site_gen.ahead import compiling
from site_gen.store import Store
from site_gen.unchanged import Repetition
from tests.support import basis, tree, write

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is one process only")
OURS = b"o" * 16
OWN = {"templates/pages/text.html": "{{ page.title.text }}\n", "templates/broken.html": "{% if %}"}


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    return Repetition(["build"], str(basis(tmp_path / "site")))


@pytest.fixture
def compiled_here(monkeypatch):
    """Return the names of the templates that this process compiles."""
    names, dump = [], templating.Compiled.dump_bytecode

    def noted(self, bucket):
        names.append(bucket.key)
        dump(self, bucket)

    monkeypatch.setattr(templating.Compiled, "dump_bytecode", noted)
    return names


@pytest.mark.parametrize("own", [{}, OWN], ids=["ours", "own"])
def test_a_first_build_compiles_nothing_itself(tmp_path, run, compiled_here, own):
    root, plain = write(tmp_path / "site", own), tmp_path / "plain"
    pipeline.build(root, plain)
    assert compiled_here
    compiled_here.clear()
    store = Store()
    with compiling(run):
        store.expect(run.compiled)
        pipeline.build(root, tmp_path / "out", store=store, processes=2)
    assert compiled_here == []
    assert tree(tmp_path / "out") == tree(plain)


def test_where_something_is_kept_nothing_is_begun(tmp_path, run):
    store = Store(tmp_path / "site" / state.FOLDER, OURS)
    store.put(b"key", "kept")
    store.save()
    with compiling(run):
        assert run.compiled is None


def test_with_one_processor_nothing_is_begun(run, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    with compiling(run):
        assert run.compiled is None


def test_without_a_build_nothing_is_begun():
    with compiling(None), pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_what_nobody_asked_for_is_given_up(run):
    with pytest.raises(ZeroDivisionError), compiling(run):
        raise ZeroDivisionError
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)

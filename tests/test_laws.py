"""The laws of the design that no single module can keep; each fails here when it is broken."""

import ast
import os
import shutil
import subprocess
import sys
import typing
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from site_gen import model, pipeline, text
from site_gen.views import contexts, frames, shapes

PROJECT = Path(__file__).parents[1]
BASIS = PROJECT / "tests" / "sites" / "basis"


def is_value(shape):
    """Tell whether this is a class of values."""
    return isinstance(shape, type) and issubclass(shape, msgspec.Struct)


SHAPES = [
    shape
    for module in (contexts, frames, shapes, model, text)
    for shape in vars(module).values()
    if is_value(shape) and shape.__module__ == module.__name__
]


def tree(folder):
    """Return every file below a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def build(root, out):
    """Build a site that is good."""
    built, problems = pipeline.build(root, out)
    assert built is not None, problems
    return tree(out)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_value_is_frozen(shape):
    """Law 2: nothing reaches back."""
    assert shape.__struct_config__.frozen


@pytest.mark.parametrize(
    "shape", [s for s in SHAPES if ".views." in s.__module__], ids=lambda s: s.__name__
)
def test_contexts_are_closed(shape):
    """Law 3: templates see text, numbers and other contexts; no mapping, list or anything else."""

    def leaves(hint):
        arguments = [a for a in typing.get_args(hint) if a is not Ellipsis]
        return {leaf for a in arguments for leaf in leaves(a)} if arguments else {hint}

    allowed = {str, int, bool, type(None)}
    for hint in typing.get_type_hints(shape).values():
        assert typing.get_origin(hint) not in {dict, list, set}
        for leaf in leaves(hint) - allowed:
            assert is_value(leaf)


def test_same_bytes_on_any_machine(tmp_path):
    """Law 4: another folder, time zone, locale, hash seed, user and file order."""
    trees = []
    for name, surroundings in {
        "one": {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0", "LANG": "C"},
        "twee é": {
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "C.UTF-8",
            "PYTHONHASHSEED": "12345",
            "HOME": str(tmp_path),
            "SOURCE_DATE_EPOCH": "1",
        },
    }.items():
        root = tmp_path / name / "site"
        for folder in ("programma", "sessies", "sprekers"):
            shutil.copytree(PROJECT / folder, root / folder)
        os.utime(root / "programma" / "evenement.yaml", (1, 1))
        subprocess.run(
            [sys.executable, "-m", "site_gen", "build", "-q", "--root", root],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT), **surroundings},
            cwd=tmp_path,
            check=True,
        )
        trees.append(tree(root / "_site"))
    assert trees[0] == trees[1]


# What tells one machine or moment from another, by the module or attribute that gives it.
WORLD = {"asyncio", "http", "locale", "random", "secrets", "socket", "ssl", "subprocess", "time"}
WORLD |= {"urllib.request", "urllib.error", "environ", "getenv", "now", "utcnow", "cwd", "getcwd"}
WORLD |= {"platform"}
SAID = {
    "site_gen.stamps": {"time"},  # some hundredths of a second, until the clock has gone on
    "site_gen.locks": {"platform", "time"},  # whom to name as the holder, and a moment of patience
    "site_gen.exchange": {"platform"},  # how two folders change places
    "site_gen.exports.pagefind": {"environ", "subprocess"},  # a program of its own, in a clean room
}


def module(name):
    """Return the file of a module of ours, or nothing where it is a name in one."""
    path = PROJECT.joinpath(*name.split("."))
    files = (path.with_suffix(".py"), path / "__init__.py")
    return next((file for file in files if file.is_file()), None)


def named(tree):
    """Return every module and attribute that a module names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Attribute):
            yield node.attr


def test_nothing_that_makes_a_site_sees_the_machine_it_runs_on():
    """Law 4: neither a clock, nor the network, nor the environment, in all that is imported."""
    queue, seen = ["site_gen.pipeline"], {}
    while queue:
        name = queue.pop()
        names = set(named(ast.parse(module(name).read_text("utf-8"))))
        seen[name] = names & WORLD
        queue += [n for n in names if n.startswith("site_gen.") and n not in seen and module(n)]
    assert {name: found for name, found in seen.items() if found} == SAID
    assert len(seen) > 60


OFFLINE = """
import sys
def refuse(event, _arguments):
    if event.startswith("socket.") and event != "socket.gethostname":
        raise SystemExit(f"the network is asked: {event}")
sys.addaudithook(refuse)
from site_gen.cli import main
main()
"""


def test_without_a_network_a_site_is_the_same(tmp_path):
    """Fault 72: a build that would so much as look for a host ends here."""
    command = [sys.executable, "-c", OFFLINE, "build", "-q", "--root", BASIS]
    subprocess.run([*command, "--out", tmp_path / "offline"], cwd=PROJECT, check=True)
    assert tree(tmp_path / "offline") == build(BASIS, tmp_path / "online")


EDITS = st.sampled_from(
    [
        ("sessies/welkom.md", "---\ntitel: Iets anders\nsprekers: [anna-bos]\n---\n\nKort.\n"),
        ("sessies/extra.md", "---\ntitel: Extra\nstatus: concept\n---\n"),
        ("sessies/extra.md", "---\ntitel: Extra\n---\n\n## Kop\n\nTekst.\n"),
        ("assets/css/site.css", "body { color: black }\n"),
        ("programma/paginas/extra.md", "---\ntitel: Extra pagina\n---\n\nTekst.\n"),
        ("templates/pages/text.html", "{{ page.title.text }}\n"),
    ]
)


def apply(root, edit):
    """Write the file, or put it back as it was where it holds just that."""
    name, content = edit
    path, original = root / name, BASIS / name
    if path.exists() and path.read_text("utf-8") == content:
        path.unlink()
        if original.exists():
            shutil.copy(original, path)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")


@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(EDITS, min_size=1, max_size=5))
def test_a_build_after_edits_equals_a_clean_one(tmp_path, edits):
    """Law 5: byte for byte, whatever was there before."""
    root, out, clean = (tmp_path / name for name in ("root", "out", "clean"))
    for folder in (root, out, clean):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(BASIS, root)
    build(root, out)
    for edit in edits:
        apply(root, edit)
        after_edit = build(root, out)
    assert after_edit == build(root, clean)


def test_a_second_build_writes_nothing(tmp_path):
    """Nothing changed: not a byte is written and no file's time moves."""
    out = tmp_path / "out"
    build(BASIS, out)
    before = {path: path.stat() for path in out.rglob("*") if path.is_file()}
    built, _ = pipeline.build(BASIS, out)
    assert (built.report.written, built.report.removed) == (0, 0)
    assert {p: (s.st_mtime_ns, s.st_ino) for p, s in before.items()} == {
        p: (p.stat().st_mtime_ns, p.stat().st_ino) for p in before
    }


def test_without_an_error_all_is_written_and_with_one_nothing(tmp_path):
    """Law 1: one run reports everything; with one error the old site stays as it was."""
    root, out = tmp_path / "root", tmp_path / "out"
    shutil.copytree(BASIS, root)
    before = build(root, out)
    (root / "sessies" / "kapot.md").write_text("---\ntitle: Kapot\nsoort: zang\n---\n", "utf-8")
    built, problems = pipeline.build(root, out)
    assert built is None
    assert [(p.place.line, p.code) for p in problems] == [
        (1, "missing-translation"),
        (1, "unscheduled-session"),
        (2, "unknown-key"),
        (3, "unknown-choice"),
    ]
    assert tree(out) == before

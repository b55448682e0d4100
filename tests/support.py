"""Whole sites for tests: the smallest valid one, and what a case changes in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

REAL = Path(__file__).parent.parent
SITES = Path(__file__).parent / "sites"
BASIS = SITES / "basis"
MARKER = ".site-gen"
EXPECTATION = "verwacht*.txt"
DELETED = ".delete"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z"/></svg>\n'


def basis(folder: Path) -> Path:
    """Copy the smallest valid site to ``folder``."""
    shutil.copytree(BASIS, folder)
    return folder


def overlay(root: Path, case: Path) -> Path:
    """Lay the files of ``case`` over a site; ``x.md.delete`` removes ``x.md``."""
    for file in sorted(case.rglob("*")):
        if not file.is_file() or file.match(EXPECTATION):
            continue
        target = root / file.relative_to(case)
        if file.suffix == DELETED:
            target.with_suffix("").unlink()
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    return root


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write ``files`` (relative path → content) into a site, byte for byte."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def previous_build(out: Path) -> Path:
    """Make an output folder as an earlier build left it."""
    return write(out, {MARKER: "", "index.html": "<!doctype html>\n<title>Gisteren</title>\n"})


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below ``folder`` by its relative path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in _files(folder)}


def tells_names_apart(folder: Path) -> bool:
    """Tell whether the file system knows ``a`` from ``A`` and ``é`` from ``e`` with an accent."""
    write(folder, {"proef/a": "", "proef/\u00e9": ""})
    other_names = (folder / "proef" / "A", folder / "proef" / "e\u0301")
    return not any(path.exists() for path in other_names)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())

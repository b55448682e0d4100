"""Whole sites for tests: the smallest valid one, a case laid over it, and pages read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from site_gen import pipeline, state
from site_gen.problems import as_text

REAL = Path(__file__).parent.parent
SITES = Path(__file__).parent / "sites"
BASIS = SITES / "basis"
SEVERAL_DAYS = SITES / "meerdaags"
INPUTS = Path(__file__).parent / "inputs"
MARKER = ".site-gen"
EXPECTATION = "verwacht*.txt"
DELETED = ".delete"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z"/></svg>\n'


def basis(folder: Path) -> Path:
    """Copy the smallest valid site to ``folder``, without what somebody's build of it left."""
    shutil.copytree(BASIS, folder, ignore=shutil.ignore_patterns(state.FOLDER))
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


@cache
def made(root: Path) -> Mapping[str, bytes]:
    """Return every file of the site of ``root``, by its path in the output."""
    content, problems = pipeline.check(root)
    assert content is not None, as_text(problems, "nl")
    files, _, found = pipeline.make(content)
    assert found == [], as_text(found, "nl")
    return files


@cache
def pages(root: Path) -> Mapping[str, Page]:
    """Return every page of the site of ``root``, read."""
    return {p: read_page(data) for p, data in made(root).items() if p.endswith(".html")}


@dataclass(frozen=True)
class Element:
    """A tag with its attributes; ``lang`` is the language of what it holds."""

    tag: str
    attributes: Mapping[str, str]
    lang: str


@dataclass(frozen=True)
class Page:
    """A page: its elements in order, and its texts with the language each is in."""

    elements: list[Element] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        """Return the elements of these kinds."""
        return [element for element in self.elements if element.tag in tags]

    def values(self, name: str) -> list[str]:
        """Return the values of an attribute, in order."""
        return [e.attributes[name] for e in self.elements if name in e.attributes]

    @property
    def ids(self) -> list[str]:
        """The ids, in order."""
        return self.values("id")


VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


def read_page(data: bytes) -> Page:
    """Read a page; an end tag without its start tag is an error."""
    reader = _Reader()
    reader.feed(data.decode())
    reader.close()
    assert reader.open == [], f"not closed: {reader.open}"
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        lang = attributes.get("lang", self.open[-1][1] if self.open else "")
        self.page.elements.append(Element(tag, attributes, lang))
        if tag not in VOID:
            self.open.append((tag, lang))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        opened = self.open.pop()[0] if self.open else ""
        assert opened == tag, f"</{tag}> closes <{opened}>, line {self.getpos()[0]}"

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open:
            self.page.texts.append((" ".join(data.split()), self.open[-1][1]))

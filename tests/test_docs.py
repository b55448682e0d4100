"""The documentation says what is so: codes, commands, options, links, names and examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import pytest
import support
from test_layers import ROWS

from site_gen import messages, pipeline
from site_gen.checks import gaps
from site_gen.cli import COMMANDS, cli
from site_gen.place import Place
from site_gen.problems import as_text, problem
from site_gen.scaffold.records import FORMS
from site_gen.status import advise
from site_gen.views import contexts

PROJECT = Path(__file__).parents[1]
DOCS = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", PROJECT / "CHANGELOG.md"]
DOCS += sorted((PROJECT / "docs").glob("*.md"))
NAMES = [path.relative_to(PROJECT).as_posix() for path in DOCS]
SEVERITIES = {"error": "fout", "warning": "waarschuwing", "hint": "tip"}
TODAY = date(2026, 6, 1)
LATE = ("template-", "card-")  # found only when pages are made

_FENCE = re.compile(r"^```[^\n]*\n.*?^```$", re.M | re.S)
_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")
_FILE = re.compile(r"^([^\n]*)`([^`\n]+\.\w+)`:\n\n```\w*\n(.*?)^```$", re.M | re.S)


def text(name: str) -> str:
    return (PROJECT / name).read_text("utf-8")


def slug(heading: str) -> str:
    """Return the id that git web views give to a heading."""
    plain = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return plain.replace(" ", "-")


def anchors(name: str) -> set[str]:
    headings = re.findall(r"^#{1,6} (.+)$", _FENCE.sub("", text(name)), re.M)
    return {slug(heading) for heading in headings}


def files(page: str) -> list[tuple[str, str, str]]:
    """Return the files that a page shows whole: what is said before, the path, the content."""
    return [(before, path, content) for before, path, content in _FILE.findall(page)]


# Problems


def explained() -> dict[str, str]:
    """Return the explanation of each code; a heading within an example is none."""
    page = text("docs/problemen.md")
    visible = _FENCE.sub(lambda fence: " " * len(fence[0]), page)
    heads = [*re.finditer(r"^##(#?) (.+)\n", visible, re.M)]
    ends = [head.start() for head in heads[1:]] + [len(page)]
    pairs = zip(heads, ends, strict=True)
    return {head[2]: page[head.end() : end] for head, end in pairs if head[1]}


def test_every_code_is_explained_and_no_other() -> None:
    known, said = set(messages.table()), set(explained())
    assert (known - said, said - known) == (set(), set())


def test_every_explanation_names_the_severity() -> None:
    said = {code: part.split("\n")[1] for code, part in explained().items()}
    assert said == {code: f"Ernst: {SEVERITIES[messages.table()[code].severity]}." for code in said}


def test_every_explanation_has_a_wrong_and_a_right_example() -> None:
    without = [
        code
        for code, part in explained().items()
        if not re.search(r"^Niet goed\b", part, re.M) or not re.search(r"^Goed\b", part, re.M)
    ]
    assert without == []


def found(root: Path, *, late: bool) -> set[str]:
    content, _ = pipeline.check(root)
    problems = advise(root, TODAY)
    if content is not None:
        problems += gaps(content.conf)
    if late and content is not None:
        problems += pipeline.make(content)[2]
    return {one.code for one in problems}


def shown(code: str, label: str) -> dict[str, str]:
    """Return the files of the examples under ``label``; none where it is said in words."""
    return {path: content for before, path, content in files(explained()[code]) if label in before}


def with_examples(root: Path, code: str, label: str) -> set[str]:
    """Return the codes that the smallest site has with these examples."""
    support.write(support.basis(root), shown(code, label))
    return found(root, late=code.startswith(LATE))


@pytest.mark.parametrize("code", [code for code in explained() if shown(code, "Niet goed")])
def test_wrong_example_is_wrong(code: str, tmp_path: Path) -> None:
    assert code in with_examples(tmp_path / "site", code, "Niet goed")


@pytest.mark.parametrize("code", [code for code in explained() if shown(code, "Goed")])
def test_right_example_is_right(code: str, tmp_path: Path) -> None:
    left = with_examples(tmp_path / "site", code, "Goed")
    assert code not in left
    assert {one for one in left if messages.table()[one].severity == "error"} == set()


# Examples for editors


def test_examples_of_another_conference_make_one(tmp_path: Path) -> None:
    examples = {path: content for _, path, content in files(text("docs/ander-congres.md"))}
    assert sorted(examples) == [
        "programma/01-welkom.yaml",
        "programma/evenement.yaml",
        "sessies/welkom.md",
    ]
    content, problems = pipeline.check(support.write(tmp_path, examples))
    assert content is not None
    assert [problem.code for problem in problems] == ["missing-statement"]
    assert "sessies/welkom/index.html" in pipeline.make(content)[0]


@pytest.mark.parametrize("name", ["README.md", "docs/redactie.md"])
def test_example_of_a_message_is_what_is_printed(name: str) -> None:
    place = Place("sessies/regionaal-samenwerken.md", 5, 12)
    example = problem(place, "unknown-speaker", slug="sofie-dref", nearest="sofie-dreef")
    assert f"```text\n{as_text([example], 'nl')}```" in text(name)


# Commands


def commands(group: click.Group = cli, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every command that does something, by what is typed for it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} ")
        else:
            yield path + name, command


LEAVES = dict(commands())


def options(command: str) -> set[str]:
    """Return the options of a command, help aside; fields are documented as fields."""
    fields = FORMS[command.removeprefix("new ")].table if command.startswith("new ") else ()
    known = {f"--{field.key.replace('_', '-')}" for field in fields}
    parameters = LEAVES[command].params
    return {o for p in parameters if isinstance(p, click.Option) for o in p.opts} - known


def rows() -> list[tuple[str, str]]:
    """Return the rows of the README's table of options: the option, and its commands."""
    cells = [row.split("|") for row in text("README.md").splitlines() if row.startswith("| `-")]
    return [(row[1], row[2].replace("`", "").strip()) for row in cells]


def is_of(command: str, cell: str) -> bool:
    """Tell whether a cell of commands means this one: by name, all, or all but some."""
    if cell.startswith("all"):
        return command not in cell.removeprefix("all but ").split(", ")
    return command in cell.split(", ")


def test_every_command_is_documented_and_no_other() -> None:
    named = re.findall(r"`python3 build\.py ([a-z]+)[ A-Z]*` \|", text("README.md"))
    assert sorted(named) == sorted([*COMMANDS, "test"])


def test_every_kind_of_new_file_is_documented_and_no_other() -> None:
    row = next(row for row in text("README.md").splitlines() if "build.py new`" in row)
    named = re.findall(r"`(?:new )?([a-z]+)(?: DIR)?`", row.partition("` |")[2])
    assert [f"new {name}" for name in named] == [name for name in LEAVES if " " in name]


@pytest.mark.parametrize("command", [name for name in LEAVES if name != "new congres"])
def test_every_option_is_documented_and_no_other(command: str) -> None:
    named = {
        option
        for option_cell, command_cell in rows()
        if is_of(command, command_cell)
        for option in re.findall(r"(?<![\w-])--?[a-z]+(?:-[a-z]+)*", option_cell)
    }
    assert named - {"-h", "--help"} == options(command)


def test_first_code_block_of_the_readme_is_the_two_commands() -> None:
    first = _FENCE.search(text("README.md"))
    assert first is not None
    assert first[0].splitlines()[1:-1] == ["python3 build.py", "python3 build.py test"]


# Names


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_somewhere(name: str) -> None:
    """Links to files, and to headings in them; code is left out."""
    prose = re.sub(r"`[^`\n]*`", "", _FENCE.sub("", text(name)))
    broken = []
    for address in _LINK.findall(prose):
        if address.startswith(("https://", "mailto:")):
            continue
        path, _, fragment = address.partition("#")
        goal = (PROJECT / name).parent / path if path else PROJECT / name
        if not goal.exists() or (
            fragment and fragment not in anchors(goal.resolve().relative_to(PROJECT).as_posix())
        ):
            broken.append(address)
    assert broken == []


def test_layers_are_those_of_the_code() -> None:
    table = text("docs/architecture.md").partition("\n## Layers\n")[2].partition("\n## ")[0]
    rows = [
        tuple(re.findall(r"`(\w+)`", line.split("|")[1]))
        for line in table.splitlines()
        if line.startswith("| `")
    ]
    assert rows == [row for row in ROWS if row != ("__main__",)]


def test_every_test_that_is_named_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text("docs/architecture.md"))
    assert len(named) > 5
    assert [(path, test) for path, test in named if f"def {test}(" not in text(path)] == []


def test_pages_and_contexts_are_those_of_the_code() -> None:
    rows = re.findall(r"^\| `([\w-]+\.html)` \| `(\w+)` \|", text("docs/architecture.md"), re.M)
    templates = (PROJECT / "templates" / "pages").glob("*.html")
    assert sorted(name for name, _ in rows) == sorted(path.name for path in templates)
    assert {context for _, context in rows} == {
        name for name in vars(contexts) if name.endswith("Page")
    }

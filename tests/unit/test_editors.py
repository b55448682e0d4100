"""Schemas and snippets: they accept what is right, refuse what is wrong, propose what there is."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from site_gen import pipeline
from site_gen.editors import FOLDERS, STATE, TABLES, editor_files, names_in, refresh
from site_gen.layout import EVENT, KINDS
from site_gen.nodes import read_yaml
from site_gen.place import Place
from site_gen.problems import as_text, problem
from site_gen.schema import Field, RecordOf, RecordsOf, read
from tests.support import BASIS, REAL, SEVERAL_DAYS, SITES, basis, overlay, tree, write

SETTINGS = REAL / ".vscode" / "settings.json"


class _Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it: ``10.45`` is a number, ``10:45`` and ``no`` are text."""


_Core.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), first)


def parsed(text: str) -> Any:
    return yaml.load(text, _Core)  # noqa: S506 - it is a safe loader


def schemas(root: Path) -> dict[str, Any]:
    """Return the schemas for a site, by kind."""
    files = editor_files(names_in(root))
    return {
        Path(path).name.partition(".")[0]: json.loads(text)
        for path, text in files.items()
        if path.startswith(STATE)
    }


def kind_of(path: str) -> str:
    if path.startswith("programma/") and path.endswith(".yaml"):
        return "evenement" if path == EVENT else "tijdslot"
    folder, _, name = path.rpartition("/")
    kind = next(kind for kind, english in FOLDERS.items() if KINDS[english].folder == folder)
    return f"{kind}-vertaling" if name.count(".") > 1 else kind


def content(root: Path) -> Iterator[tuple[str, Any]]:
    """Yield every content file's path and what an editor reads in its fields."""
    for path in sorted(root.glob("*/**/*")):
        name = path.relative_to(root).as_posix()
        if not name.startswith(("programma/", "sessies/", "sprekers/")) or path.is_dir():
            continue
        text = path.read_text("utf-8")
        yield name, parsed(text.split("---\n")[1] if name.endswith(".md") else text)


def faults(root: Path) -> list[str]:
    """Return the files that a schema refuses."""
    by_kind = {kind: jsonschema.Draft7Validator(schema) for kind, schema in schemas(root).items()}
    return [name for name, data in content(root) if not by_kind[kind_of(name)].is_valid(data)]


@pytest.mark.parametrize("kind", sorted([*TABLES, *(f"{kind}-vertaling" for kind in FOLDERS)]))
def test_schema_is_one(kind: str) -> None:
    jsonschema.Draft7Validator.check_schema(schemas(BASIS)[kind])


@pytest.mark.parametrize("root", [BASIS, SEVERAL_DAYS, REAL], ids=["basis", "meerdaags", "real"])
def test_valid_content_is_valid_to_an_editor(root: Path) -> None:
    assert faults(root) == []


def expected(case: Path) -> str:
    return (case / "verwacht.txt").read_text("utf-8")


CASES = sorted(path for path in (SITES / "fouten").iterdir() if path.is_dir())
SEEN = {
    "fields-expected",
    "list-expected",
    "main-file-only",
    "malformed-number",
    "malformed-time",
    "missing-field",
    "text-expected",
    "unknown-choice",
    "unknown-key",
}
"""What an editor sees as well as a check does."""


@pytest.mark.parametrize(
    "case",
    [
        c
        for c in CASES
        if set(re.findall(r"error\[([\w-]+)\]", expected(c))) <= SEEN and "error[" in expected(c)
    ],
    ids=lambda case: case.name,
)
def test_broken_content_is_broken_to_an_editor(case: Path, tmp_path: Path) -> None:
    root = overlay(basis(tmp_path / "site"), case)
    assert set(faults(root)) == set(re.findall(r"^(\S+?):\d+:\d+: error", expected(case), re.M))


def every(table: tuple[Field, ...]) -> Iterator[Field]:
    for field in table:
        yield field
        if isinstance(field.shape, RecordOf | RecordsOf):
            yield from every(field.shape.fields)


TYPED = st.sampled_from(
    ["", "~", "no", "ja", "x", "10.45", "10:45", "9.5", "24.00", "1", "010", "2026", "2026-03-28",
     "2026-3-1", '"2026-03-28 14.05"', "dordt-west", "Dordt West", "https://a.nl/", "a@b.nl",
     "nl", "true", "1e3", "0x1F", "[a, b]", "[{a: b}]", "{nl: a}", "[]", "{}", "' '", "[~]",
     "concept", "wet", "/a/b/", "[1, x]", "[2026-03-28]", "{tekst: a, datum: 2026}"]
)  # fmt: skip
KEYS = [(kind, field) for kind, table in TABLES.items() for field in table]


@given(st.sampled_from(KEYS), TYPED)
def test_what_a_check_accepts_an_editor_accepts(key: tuple[str, Field], text: str) -> None:
    kind, field = key
    line = f"{field.key}: {text}\n"
    mapping, problems = read_yaml("a.yaml", line.encode())
    if mapping is None or problems or read(mapping, (field,))[1]:
        return
    schema = schemas(BASIS)[kind]["properties"][field.key]
    assert jsonschema.Draft7Validator(schema).is_valid(parsed(line)[field.key]), line


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_example_of_each_field_is_valid(kind: str) -> None:
    schema = schemas(BASIS)[kind]
    for field in TABLES[kind]:
        data = parsed(f"{field.key}: {field.example}\n")
        jsonschema.validate(data[field.key], schema["properties"][field.key])
        shown = schema["properties"][field.key]
        assert shown["description"] == field.nl
        assert f"`{field.key}: {field.example}`" in shown["markdownDescription"]


def proposed(schema: Any) -> set[str]:
    """Return everything that a part of a schema lists."""
    if isinstance(schema, dict):
        found = set(schema.get("enum", ()))
        return found.union(*(proposed(value) for value in schema.values()))
    if isinstance(schema, list):
        return set().union(*(proposed(value) for value in schema))
    return set()


def test_names_that_there_are_are_proposed_and_others_accepted(tmp_path: Path) -> None:
    event = "titel: Dag\nkenmerk: kennisdag\nzalen: [Zaal 1, {naam: Kapel}]\nthemas: [Wonen]\n"
    root = write(basis(tmp_path / "site"), {EVENT: event, "sessies/stuk.md": "half"})
    made = schemas(root)
    of_session, of_slot = made["sessie"]["properties"], made["tijdslot"]["properties"]
    assert proposed(of_session["sprekers"]) == {"anna-bos"}
    assert proposed(of_session["bronnen"]) == {"gemeentewet"}
    assert proposed(of_session["zaal"]) == {"Zaal 1", "Kapel"}
    assert proposed(of_session["themas"]) == {"Wonen"}
    assert proposed(of_slot["sessies"]) >= {"welkom", "stuk", "Zaal 1", "vervallen"}
    jsonschema.validate(["nieuw", {"sessie": "ook-nieuw", "zaal": "Zolder"}], of_slot["sessies"])


def snippets(root: Path) -> dict[str, Any]:
    return json.loads(editor_files(names_in(root))[".vscode/site.code-snippets"])


def test_snippets_are_of_the_files_that_have_the_field() -> None:
    found = snippets(BASIS)
    assert found["sessies: sprekers"] == {
        "prefix": "sprekers",
        "body": ["sprekers: [${1|anna-bos|}]"],
        "description": "De sprekers: de namen van hun bestanden zonder .md",
        "scope": "yaml",
        "include": ["**/sessies/*.md"],
        "exclude": ["**/*.*.md"],
    }
    assert found["sessies: kernboodschappen"]["body"] == [
        "kernboodschappen:",
        "  - id: ${1}",
        "    tekst: ${2}",
    ]
    assert found["sprekers: foto"]["body"][:2] == ["foto:", "  bestand: ${1}"]
    assert "exclude" not in found["sessies: titel"]
    assert found["sessies: speaker anna-bos"]["body"] == "anna-bos"
    assert found["programma/bronnen: soort"]["include"] == ["**/programma/bronnen/*.md"]


def test_snippet_holds_a_name_as_it_is(tmp_path: Path) -> None:
    event = "titel: Dag\nkenmerk: kennisdag\nzalen: ['Zaal $1}', 'A, B|C']\n"
    found = snippets(write(basis(tmp_path / "site"), {EVENT: event}))
    assert found["sessies: zaal"]["body"] == [r"zaal: ${1|Zaal $1},A\, B\|C|}"]
    assert found["sessies: room Zaal $1}"]["body"] == r"Zaal \$1\}"


# Files


def settings() -> Any:
    text = SETTINGS.read_text("utf-8")
    return json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.M))


def test_settings_name_the_schemas_that_are_written() -> None:
    written = {f"./{path}" for path in editor_files({}) if path.startswith(STATE)}
    named = settings()["yaml.schemas"]
    assert named.keys() == {p for p in written if kind_file(p) in {"evenement", "tijdslot"}}
    assert named[f"./{STATE}/evenement.schema.json"] == [f"/{EVENT}"]
    assert named[f"./{STATE}/tijdslot.schema.json"] == ["/programma/*.yaml", f"!/{EVENT}"]


def kind_file(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]


TASKS = json.loads((REAL / ".vscode" / "tasks.json").read_text("utf-8"))["tasks"]


def test_tasks_are_commands_on_every_system() -> None:
    typed = [task["command"] for task in TASKS]
    assert typed == ["python3 build.py", "python3 build.py serve", "python3 build.py check"]
    for task in TASKS:
        assert task["windows"]["command"] == task["command"].replace("python3", "py")


@pytest.mark.parametrize(
    "task", [t for t in TASKS if t["problemMatcher"]], ids=lambda t: t["label"]
)
def test_task_reads_what_a_check_prints(task: dict[str, Any]) -> None:
    pattern = task["problemMatcher"]["pattern"]
    line = as_text([problem(Place("sessies/a b.md", 7, 12), "unknown-speaker", slug="x")], "nl")
    found = re.fullmatch(pattern["regexp"], line.rstrip("\n"))
    assert found is not None
    parts = ("file", "line", "column", "severity", "code")
    values = ["sessies/a b.md", "7", "12", "error", "unknown-speaker"]
    assert [found[pattern[part]] for part in parts] == values


def test_build_keeps_them_up_to_date_and_writes_nothing_twice(tmp_path: Path) -> None:
    root = basis(tmp_path / "site")
    (root / ".vscode").mkdir()
    refresh(root)
    schema, snippet = root / STATE / "tijdslot.schema.json", root / ".vscode/site.code-snippets"
    before = schema.stat().st_mtime_ns
    refresh(root)
    assert schema.stat().st_mtime_ns == before
    write(root, {"sessies/nieuw.md": "---\ntitel: Nieuw\n---\n"})
    refresh(root)
    assert '"nieuw"' in schema.read_text("utf-8")
    assert '"welkom"' not in snippet.read_text("utf-8")  # no field of Markdown names a session


def test_without_settings_that_lead_to_them_nothing_is_written(tmp_path: Path) -> None:
    root = basis(tmp_path / "site")
    before = tree(root)
    refresh(root)
    assert tree(root) == before


def test_folder_that_cannot_be_written_is_no_problem(tmp_path: Path) -> None:
    root = basis(tmp_path / "site")
    (root / ".vscode").mkdir()
    (root / ".site-gen").write_text("in de weg", "utf-8")
    refresh(root)
    shutil.rmtree(root / "programma")
    refresh(root)
    assert pipeline.check(root)[0] is None

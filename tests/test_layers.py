"""Law 6: a module imports from the rows above it and from modules to its left; nothing else."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "site_gen"
ROWS = (
    ("state", "stamps", "unchanged", "progress", "place", "messages", "problems", "machine"),
    ("identifiers", "licences", "text", "model"),
    ("hashes", "workers", "packs", "shelf", "store"),
    ("likeness", "decoding", "syntax", "nodes", "kinds", "schema", "fields"),
    (
        "marked",
        "source",
        "text_checks",
        "nesting",
        "dialect",
        "conversion",
        "escaping",
        "reversion",
        "prose",
    ),
    ("weight", "files", "svg", "images", "prints", "pictures", "furniture", "scripts"),
    ("layout", "records", "load", "names", "language"),
    ("schedule", "urls", "words", "anchors", "facts"),
    ("resolve",),
    ("drafts", "checks", "compare"),
    ("markup",),
    ("assets", "views"),
    ("exports",),
    ("templating", "plan", "remembered", "render"),
    ("seal", "sums", "inventory", "locks", "exchange", "twins", "output"),
    ("making", "pipeline"),
    ("reference", "editors"),
    ("scaffold", "history", "status", "importers"),
    ("connections", "web", "outside", "copies"),
    ("serve",),
    ("edition",),
    ("cli",),
    ("ahead",),
    ("__main__",),
)
ORDER = [name for row in ROWS for name in row]


def imports(path):
    """Return the top-level modules of the package that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "site_gen":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("site_gen."):
            found.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("site_gen.")}
    return found - {"__version__"}


def unit(path):
    """Return the module that a file is, or the package that it is in."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_every_module_has_its_place():
    assert {unit(path) for path in PACKAGE.rglob("*.py")} - {"__init__"} == set(ORDER)


def test_a_module_imports_only_what_stands_above_it_or_to_its_left():
    wrong = [
        (unit(path), other)
        for path in PACKAGE.rglob("*.py")
        if unit(path) != "__init__"
        for other in imports(path) - {unit(path)}
        if ORDER.index(other) > ORDER.index(unit(path))
    ]
    assert wrong == []


def test_files_within_a_package_import_each_other_without_a_circle():
    for package in (path.parent.name for path in PACKAGE.glob("*/__init__.py")):
        files = {path.stem: path for path in (PACKAGE / package).glob("*.py")}
        uses = {
            name: {
                node.module.split(".")[2]
                for node in ast.walk(ast.parse(path.read_text("utf-8")))
                if isinstance(node, ast.ImportFrom)
                and (node.module or "").startswith(f"site_gen.{package}.")
            }
            for name, path in files.items()
        }
        while free := {name for name, needs in uses.items() if not needs & uses.keys()}:
            uses = {name: needs for name, needs in uses.items() if name not in free}
        assert uses == {}

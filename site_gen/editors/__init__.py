"""What a text editor needs to complete fields and names while somebody types.

JSON Schemas serve YAML files. No editor applies them to the front matter of Markdown without code
of its own, so that gets snippets. Both come from the field table and the names in the content, and
are written where git does not look: they follow the content at once and are in nobody's way.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from site_gen import fields
from site_gen.editors.schemas import Names, json_schema
from site_gen.editors.snippets import snippets
from site_gen.files import scan
from site_gen.layout import EVENT, KINDS
from site_gen.names import known_names
from site_gen.nodes import read_yaml
from site_gen.schema import Field, read
from site_gen.state import FOLDER

STATE = f"{FOLDER}/schemas"
SETTINGS = ".vscode"
SNIPPETS = "site.code-snippets"
NAMED = ("session", "speaker", "source", "page", "room", "theme")
TABLES: Mapping[str, tuple[Field, ...]] = {
    "evenement": fields.EVENT,
    "tijdslot": fields.SLOT,
    "sessie": fields.SESSION,
    "spreker": fields.SPEAKER,
    "bron": fields.SOURCE,
    "pagina": fields.PAGE,
}
FOLDERS = {"sessie": "session", "spreker": "speaker", "bron": "source", "pagina": "page"}
"""The kinds of Markdown files, which have translations, by what the code calls them."""


def editor_files(names: Names) -> dict[str, str]:
    """Return the schemas and snippets by their path below the project."""
    schemas = {kind: json_schema(kind, table, names) for kind, table in TABLES.items()}
    for kind in FOLDERS:
        name = f"{kind}-vertaling"
        schemas[name] = json_schema(name, TABLES[kind], names, partial=True)
    files = {f"{STATE}/{name}.schema.json": schema for name, schema in schemas.items()}
    tables = {KINDS[name].folder: KINDS[name].table for name in FOLDERS.values()}
    files[f"{SETTINGS}/{SNIPPETS}"] = snippets(tables, names)
    return {
        path: json.dumps(data, ensure_ascii=False, indent=2) + "\n" for path, data in files.items()
    }


def names_in(root: Path) -> dict[str, tuple[str, ...]]:
    """Return all names that the content below ``root`` may use, by what they name."""
    index, _ = scan(root)
    data, _ = index.read(EVENT) if index.has(EVENT) else (b"", [])
    mapping, _ = read_yaml(EVENT, data or b"")
    event = read(mapping, fields.EVENT)[0] if mapping else None
    return {what: known_names(index, event, what) for what in NAMED}


def refresh(root: Path) -> None:
    """Write what has changed, where there are settings that lead to it.

    Where that cannot be, an editor knows a name less, and that is all.
    """
    if not (root / SETTINGS).is_dir():
        return
    for path, text in editor_files(names_in(root)).items():
        target = root / path
        with suppress(OSError):
            if not target.is_file() or target.read_text("utf-8") != text:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, "utf-8", newline="\n")

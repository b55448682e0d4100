"""Which generator this is: what it worked out before counts for no other."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from site_gen.store import digest

CODE = (".py", ".json", ".toml")
"""What decides how something is worked out; the data that our code reads is part of it."""


def edition() -> bytes:
    """Return a hash of our own code, of Python, and of the names and versions of the libraries."""
    here = Path(__file__).parent
    code = [
        os.path.join(folder, name)
        for folder, _, names in os.walk(here)
        for name in names
        if name.endswith(CODE)
    ]
    libraries = {name for folder in sys.path for name in _listed(folder)}
    return digest(sys.version, *sorted(libraries), *map(_content, sorted(code)))


def _content(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _listed(folder: str) -> list[str]:
    if not os.path.isdir(folder):
        return []
    return [name for name in os.listdir(folder) if name.endswith(".dist-info")]

"""Which generator this is: what it worked out before counts for no other."""

from __future__ import annotations

import sys
from pathlib import Path

from site_gen.store import digest

CODE = {".py", ".json", ".toml"}
"""What decides how something is worked out; the data that our code reads is part of it."""


def edition() -> bytes:
    """Return a hash of our own code, of Python, and of the names and versions of the libraries."""
    here = Path(__file__).parent
    code = [path.read_bytes() for path in sorted(here.rglob("*")) if path.suffix in CODE]
    libraries = sorted(
        {path.name for folder in sys.path for path in Path(folder).glob("*.dist-info")}
    )
    return digest(sys.version, *libraries, *code)

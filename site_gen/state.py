"""The folders of a project: of its content, and ``.site-gen``, which may be lost at any moment.

Imports next to nothing, because a run that has nothing to do begins and ends here.
"""

from __future__ import annotations

import os
from zlib import crc32

CONTENT = ("assets", "programma", "sessies", "sprekers", "templates")
"""The folders from which a site is made."""
FOLDER = ".site-gen"
PACK = ".pack"
"""How the name of a file of results ends."""
_CHECK = 4  # bytes
_LABELS = {
    ".gitignore": b"*\n",
    "CACHEDIR.TAG": b"Signature: 8a477f597d28d172789f06886806bc55\n",  # https://bford.info/cachedir/
}


def prepare(folder: str | os.PathLike[str]) -> None:
    """Make the folder, and tell git and programs for backups to pass it over."""
    if not os.path.isdir(folder):
        os.makedirs(folder, exist_ok=True)
    for name, data in _LABELS.items():
        path = os.path.join(folder, name)
        if not os.path.exists(path):
            write_whole(path, data)


def with_check(data: bytes) -> bytes:
    """Return data with a checksum before it, for :func:`checked`."""
    return crc32(data).to_bytes(_CHECK, "little") + data


def checked(data: bytes) -> bytes | None:
    """Return what bears this checksum; nothing where it is not as it was written."""
    body = data[_CHECK:]
    return body if data[:_CHECK] == crc32(body).to_bytes(_CHECK, "little") else None


def write_whole(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file under its name in one step: a reader finds the old or the new, never a part."""
    half = f"{os.fspath(path)}.{os.getpid()}.half"
    try:
        with open(half, "wb") as file:
            file.write(data)
        os.replace(half, path)
    except OSError:
        if os.path.exists(half):
            os.unlink(half)
        raise

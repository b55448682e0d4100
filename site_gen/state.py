"""The folders of a project: of its content, and ``.site-gen``, which may be lost at any moment.

Imports next to nothing, because a run that has nothing to do begins and ends here.
"""

from __future__ import annotations

import os

CONTENT = ("assets", "programma", "sessies", "sprekers", "templates")
"""The folders from which a site is made."""
FOLDER = ".site-gen"
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

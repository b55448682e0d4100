"""The start of another conference: a small programme that builds at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from site_gen.fields import EVENT
from site_gen.kinds import suggest_slug
from site_gen.layout import EVENT as EVENT_PATH
from site_gen.scaffold.change import Change
from site_gen.scaffold.writing import Answer, fields_as_yaml

START = Path(__file__).with_name("start")
LANGUAGES = ("nl", "en")
HIDDEN = ("gitignore", "vscode/")
"""What gets a dot before its name: with one, it would have a meaning among our own files."""
_SHORTEST = 4


def new_conference(titles: Mapping[str, str]) -> Change:
    """Return the files of a conference with these titles, by language.

    Templates and assets are those of the package, so there are none among them.
    """
    files = {
        f".{path}" if path.startswith(HIDDEN) else path: (START / path).read_bytes()
        for path in sorted(p.relative_to(START).as_posix() for p in START.rglob("*") if p.is_file())
    }
    answers: dict[str, Answer] = {
        "titel": titles,
        "kenmerk": _id(titles[LANGUAGES[0]]),
        "talen": LANGUAGES,
    }
    files[EVENT_PATH] = fields_as_yaml(EVENT, answers).encode()
    return Change(files=files)


def _id(title: str) -> str:
    """Return a lasting short name for the conference, long enough to be one."""
    slug = suggest_slug(title)[:40].strip("-")
    return slug if len(slug) >= _SHORTEST else f"{slug}-congres".strip("-")


def is_free(folder: Path) -> bool:
    """Tell whether a conference may start here: nothing is there, but for the state of git."""
    if not folder.exists():
        return True
    return folder.is_dir() and all(entry.name == ".git" for entry in folder.iterdir())

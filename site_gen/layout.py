"""Where content lies: the folders of a project, and what the names of its files say."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from site_gen import fields
from site_gen.files import FileIndex
from site_gen.kinds import suggest_slug
from site_gen.likeness import nearest
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.schema import Field

EVENT = "programma/evenement.yaml"
DEFAULT_LANGUAGE = "nl"
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Kind(Struct, frozen=True):
    """A kind of Markdown file: the folder in which it lies, and its fields."""

    folder: str
    table: tuple[Field, ...]


KINDS: Mapping[str, Kind] = {
    "session": Kind("sessies", fields.SESSION),
    "speaker": Kind("sprekers", fields.SPEAKER),
    "source": Kind("programma/bronnen", fields.SOURCE),
    "page": Kind("programma/paginas", fields.PAGE),
}


def slot_paths(index: FileIndex) -> list[str]:
    """Return the paths of the timeslots."""
    found = index.under("programma", ".yaml")
    return [path for path in found if path != EVENT and path.count("/") == 1]


def languages_in_use(index: FileIndex) -> tuple[str, ...]:
    """Return what stands for the languages while the event cannot be read: those of the files."""
    names = (stem(path) for kind in KINDS.values() for path in index.under(kind.folder, ".md"))
    endings = {name.partition(".")[2] for name in names} - {"", DEFAULT_LANGUAGE}
    return (DEFAULT_LANGUAGE, *sorted(endings))


def slugs(index: FileIndex, kind: Kind) -> frozenset[str]:
    """Return the slugs of a kind, by the files in the main language."""
    names = (stem(path) for path in index.under(kind.folder, ".md"))
    return frozenset(name for name in names if "." not in name)


def language_of(path: str, languages: tuple[str, ...]) -> tuple[str, list[Problem]]:
    """Return the language in a file's name, or none where the name is not usable."""
    slug, _, lang = stem(path).partition(".")
    if lang == languages[0]:
        return "", [problem(Place(path), "main-language-name", language=lang, slug=slug)]
    if lang and lang not in languages[1:]:
        return "", [unknown_language(Place(path), lang, languages[1:])]
    if not SLUG.fullmatch(slug):
        better = suggest_slug(slug)
        code = "malformed-file-name" if better else "empty-slug"
        return "", [problem(Place(path), code, slug=slug, better=better)]
    return lang or languages[0], []


def slug_of(path: str) -> str:
    """Return the slug in a file's name."""
    return stem(path).partition(".")[0]


def stem(path: str) -> str:
    """Return a file's name without its ending."""
    return path.rpartition("/")[2].rpartition(".")[0]


def unknown_language(place: Place, lang: str, known: tuple[str, ...]) -> Problem:
    """Name a language that the site does not have; ``known`` are those that would do."""
    if not known:
        return problem(place, "single-language", language=lang)
    return problem(place, "unknown-language", language=lang, known=", ".join(known))


def misplaced(index: FileIndex) -> list[Problem]:
    """Name content files that no folder of ours reads: a wrong ending or a folder too deep."""
    read_here = {kind.folder: ".md" for kind in KINDS.values()} | {"programma": ".yaml"}
    problems = []
    for path in index.paths:
        folder, _, name = path.rpartition("/")
        if path.partition("/")[0] not in {"programma", "sessies", "sprekers"}:
            continue
        if folder not in read_here:
            near = nearest(folder, read_here) or "programma"
            problems.append(problem(Place(path), "unknown-folder", folder=folder, nearest=near))
        elif not name.endswith(read_here[folder]):
            problems.append(
                problem(Place(path), "misplaced-file", ending=read_here[folder], folder=folder)
            )
    return problems

"""What a site is made with besides its content: templates, assets, and words.

They come with the generator; a file of the root replaces its namesake.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from site_gen.files import FileIndex, scan
from site_gen.images import check_image
from site_gen.problems import Problem, problem
from site_gen.schema import Record
from site_gen.store import Store, digest
from site_gen.weight import heavy
from site_gen.words import Words, read_words

FOLDERS = ("assets", "templates")
STANDARD = "templates/strings/nl.yaml"


class Furniture(NamedTuple):
    """Templates and assets, path → content, and what is wrong with them."""

    templates: Mapping[str, bytes]
    assets: Mapping[str, bytes]
    problems: list[Problem]


def packaged() -> Path:
    """Return the folder with the templates and assets that come with the generator."""
    here = Path(__file__).parent
    inside = here / "_data"
    return inside if inside.is_dir() else here.parent


def read_furniture(index: FileIndex) -> Furniture:
    """Return the templates and assets of a root."""
    problems: list[Problem] = []
    files: dict[str, dict[str, bytes]] = {folder: {} for folder in FOLDERS}
    indexes = [index]
    if index.root.resolve() != packaged().resolve():
        base, problems = scan(packaged(), FOLDERS)
        indexes.insert(0, base)
    sizes = {path: each for index in indexes for path, each in index.sizes("assets").items()}
    too_heavy = list(heavy(sizes))
    problems += too_heavy
    for each in indexes:
        for folder in ("templates",) if too_heavy else files:
            for path in each.under(folder):
                data, problems_here = each.read(path)
                problems += problems_here
                if data is not None:
                    files[folder][path] = data
    for path, data in files["assets"].items():
        problems += check_image(path, data)
    return Furniture(files["templates"], files["assets"], problems)


def words_of(
    languages: tuple[str, ...], event: Record, templates: Mapping[str, bytes], store: Store
) -> tuple[dict[str, Words], list[Problem]]:
    """Return the words of each language that the ``event`` names, as far as they are there."""
    problems: list[Problem] = []
    words: dict[str, Words] = {}
    source = (packaged() / STANDARD).read_bytes()
    standard, _ = _read_words(STANDARD, source, store)
    places = {value.value: value.place for value in event.many("languages")}
    for lang in languages:
        path = f"templates/strings/{lang}.yaml"
        if path not in templates:
            where = places.get(lang, event.place)
            problems.append(problem(where, "missing-strings", language=lang, file=path))
            continue
        if standard and path == STANDARD and templates[path] == source:
            words[lang] = standard
            continue
        found, more = _read_words(path, templates[path], store, source, standard)
        problems += more
        if found is not None:
            words[lang] = found
    return words, problems


def _read_words(
    path: str, data: bytes, store: Store, source: bytes = b"", standard: Words | None = None
) -> tuple[Words | None, list[Problem]]:
    """Read the strings of a language, held to the ``standard`` that ``source`` gives."""
    key = digest("words", path, data, source)
    return store.recall(key, partial(read_words, path, data, standard))

"""Links in Markdown to what they lead to: a content file, an asset, or an outside address."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import cached_property
from urllib.parse import unquote

from msgspec import Struct

from site_gen.files import FileIndex
from site_gen.images import is_image
from site_gen.likeness import nearest
from site_gen.marked import RawLink
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.records import Raw, RawRecord
from site_gen.text import Body, Link, Prose, Ref

OUTSIDE = ("https:", "http:", "mailto:", "tel:")


class Goals(Struct, frozen=True, dict=True):  # dict: for what it works out once
    """What links may lead to: content files with their record and language, and assets.

    ``paths`` is ``files`` the other way round.
    """

    files: Mapping[str, tuple[Ref, str]]
    paths: Mapping[tuple[Ref, str], str]
    index: FileIndex

    @classmethod
    def of(cls, raw: Raw, index: FileIndex) -> Goals:
        """Gather the goals of all records."""
        files = {
            version.path: (Ref(record.kind, record.slug), version.lang)
            for record, version in raw.versions
        }
        return cls(files, {goal: path for path, goal in files.items()}, index)

    @cached_property
    def images(self) -> Mapping[str, str]:
        """The images by their names without ending."""
        return {_stem(path): path for path in self.index.under("assets") if is_image(path)}

    def named(self, lang: str) -> Mapping[str, str]:
        """Return assets and content files by their names without ending; those of ``lang`` win."""
        if lang not in self._named:
            texts = sorted(self.files, key=lambda path: self.files[path][1] == lang)
            every = (*self.index.under("assets"), *texts)
            self._named[lang] = {_stem(path): path for path in every}
        return self._named[lang]

    @cached_property
    def _named(self) -> dict[str, Mapping[str, str]]:
        return {}


def resolve_prose(raw: RawRecord, goals: Goals, problems: list[Problem]) -> Prose:
    """Return the bodies of a record, every link led to its goal; empty bodies are left out."""
    return Prose(
        tuple(
            Body(
                version.scan.html,
                version.lang,
                Place(version.path, version.line),
                version.scan.headings,
                tuple(
                    Link(link.address, goal, link.place)
                    for link in version.scan.links
                    if (goal := _goal(link, version.path, version.lang, goals, problems))
                ),
            )
            for version in raw.versions
            if version.scan.html
        )
    )


def _goal(link: RawLink, path: str, lang: str, goals: Goals, problems: list[Problem]) -> Ref | None:
    address = link.address
    if not address:
        return None
    if address.lower().startswith(OUTSIDE):
        return Ref("external", address)
    target, _, fragment = address.partition("#")
    goal = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target)))
    if not target:
        goal = path
    if refused := _refused(link, goal, goals):
        problems.append(problem(link.place, refused, address=address))
        return None
    if goal in goals.files:
        ref, goal_lang = goals.files[goal]
        _warn_language(link, lang, ref, goal_lang, goals, problems)
        return Ref(ref.kind, ref.key, unquote(fragment))
    if goal.startswith("assets/") and goals.index.has(goal):
        return Ref("asset", goal)
    if not (goal.endswith(".md") and goals.index.has(goal)):  # else that file has the problem
        problems.append(_broken(link, goal, path, goals))
    return None


def _refused(link: RawLink, goal: str, goals: Goals) -> str:
    """Return the code of what a link may not lead to, or nothing."""
    if link.address.startswith("/") or goal.startswith("../"):
        return "outside-link"
    return "no-image" if link.image and goals.index.has(goal) and not is_image(goal) else ""


def _warn_language(
    link: RawLink, lang: str, ref: Ref, goal_lang: str, goals: Goals, problems: list[Problem]
) -> None:
    """A link leads to the reader's own language where that version exists."""
    if goal_lang == lang:
        return
    better = goals.paths.get((ref, lang), "")
    if better:
        better = posixpath.relpath(better, posixpath.dirname(link.place.path))
        problems.append(problem(link.place, "other-language", address=link.address, better=better))


def _broken(link: RawLink, goal: str, path: str, goals: Goals) -> Problem:
    code = "broken-image" if link.image else "broken-link"
    other_case = goals.index.wrong_case(goal)
    if other_case:
        better = posixpath.relpath(other_case, posixpath.dirname(path))
        return problem(link.place, "wrong-case", address=link.address, better=better)
    near = _near(link, goal, goals.files[path][1], goals)
    better = posixpath.relpath(near, posixpath.dirname(path)) if near else ""
    return problem(link.place, code, address=link.address, nearest=better)


def _near(link: RawLink, goal: str, lang: str, goals: Goals) -> str:
    """Return the file whose name is most like that of ``goal``; its ending does not count."""
    named = goal.removesuffix("/index.html")
    return nearest_image(named, goals) if link.image else _most_like(named, goals.named(lang))


def nearest_image(path: str, goals: Goals) -> str:
    """Return the image whose name is most like that of this file, or nothing."""
    return _most_like(path, goals.images)


def _most_like(path: str, known: Mapping[str, str]) -> str:
    return known.get(nearest(_stem(path), known), "")


def _stem(path: str) -> str:
    return posixpath.basename(path).partition(".")[0]

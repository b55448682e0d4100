"""Speakers, sources and pages: each Markdown record to its value."""

from __future__ import annotations

import posixpath
import re

from site_gen.identifiers import KINDS as IDENTIFIER_KINDS
from site_gen.identifiers import example, parse
from site_gen.images import is_image
from site_gen.model import Address, Origin, Page, Photo, Reference, Source, Speaker, Status
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.records import Raw, RawRecord
from site_gen.resolve.links import Goals, nearest_image, resolve_prose
from site_gen.resolve.texts import (
    languages_of,
    required_text,
    string,
    text,
    versions_text,
    web_links,
)
from site_gen.schema import Record, Value
from site_gen.text import Span, Text
from site_gen.urls import Urls

OLD_ADDRESS = re.compile(r"[a-z0-9]+([/-][a-z0-9]+)*")


def resolve_speakers(raw: Raw, goals: Goals, problems: list[Problem]) -> dict[str, Speaker]:
    """Return the speakers by slug."""
    return {
        slug: Speaker(
            slug=slug,
            place=Place(record.main.path),
            name=string(record.main.record, "name"),
            role=text(record, "role"),
            organisation=text(record, "organisation"),
            photo=_photo(record, goals, problems),
            links=web_links(record),
            old_addresses=old_addresses(record.main.record, problems),
            body=resolve_prose(record, goals, problems),
            languages=languages_of(record),
            origin=origin(record.main.record),
        )
        for slug, record in raw.documents["speaker"].items()
    }


def resolve_sources(raw: Raw, goals: Goals, problems: list[Problem]) -> dict[str, Source]:
    """Return the sources by slug."""
    return {
        slug: Source(
            slug=slug,
            place=Place(record.main.path),
            title=required_text(record, "title"),
            kind=string(record.main.record, "kind"),
            references=_references(record.main.record, problems),
            status=_status(record),
            old_names=_old_names(record.main.record),
            body=resolve_prose(record, goals, problems),
            languages=languages_of(record),
        )
        for slug, record in raw.documents["source"].items()
    }


def resolve_pages(raw: Raw, goals: Goals, urls: Urls, problems: list[Problem]) -> dict[str, Page]:
    """Return the pages of text by slug; a name that the site itself uses is an error."""
    pages = {}
    for slug, record in raw.documents["page"].items():
        if slug in urls.path_words and not urls.introduced(slug):
            problems.append(problem(Place(record.main.path), "reserved-slug", slug=slug))
        pages[slug] = Page(
            slug=slug,
            introduces=urls.introduced(slug),
            place=Place(record.main.path),
            title=required_text(record, "title"),
            old_addresses=old_addresses(record.main.record, problems),
            body=resolve_prose(record, goals, problems),
            languages=languages_of(record),
        )
    return pages


def old_addresses(record: Record, problems: list[Problem]) -> tuple[Address, ...]:
    """An old slug (``oude-naam``), or with a slash an old path (``sessies/oude-naam/``)."""
    found = []
    for value in record.many("old_addresses"):
        if OLD_ADDRESS.fullmatch(value.value.strip("/")):
            found.append(Address(value.value.lstrip("/"), value.place))
        else:
            problems.append(problem(value.place, "malformed-old-address", address=value.value))
    return tuple(found)


def _old_names(record: Record) -> tuple[Address, ...]:
    return tuple(Address(value.value, value.place) for value in record.many("old_names"))


def origin(record: Record) -> Origin | None:
    """Return where an imported record came from."""
    found = record.record("origin")
    if found is None:
        return None
    return Origin(*(string(found, name) for name in ("source", "id", "guid", "hash")))


def _photo(record: RawRecord, goals: Goals, problems: list[Problem]) -> Photo | None:
    photo = record.main.record.record("photo")
    if photo is None:
        return None
    file = photo.one("file")
    if file is None:
        return None
    path = _asset(file.value, record.main.path)
    if not (path.startswith("assets/") and goals.index.has(path)):
        problems.append(_missing_photo(file, path, record.main.path, goals))
        return None
    if not is_image(path):
        problems.append(problem(file.place, "no-image", address=file.value))
        return None
    alt = versions_text(
        (version.lang, found.one("alt"))
        for version in record.versions
        if (found := version.record.record("photo")) is not None
    )
    name = Text((Span(string(record.main.record, "name"), record.main.lang),))
    return Photo(path, alt or name, string(photo, "consent"), photo.place)


def _asset(name: str, path: str) -> str:
    """Return the asset that a name in the file at ``path`` means.

    It is the way from that file, as in a link, or the path in the folder of assets, with or without
    the name of that folder.
    """
    if name.startswith("../"):
        return posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
    return name if name.startswith("assets/") else f"assets/{name}"


def _named_as(name: str, asset: str, path: str) -> str:
    """Return how an asset is named in the way in which ``name`` is written."""
    if name.startswith("../"):
        return posixpath.relpath(asset, posixpath.dirname(path))
    return asset if name.startswith("assets/") else asset.removeprefix("assets/")


def _missing_photo(file: Value[str], photo: str, path: str, goals: Goals) -> Problem:
    if other_case := goals.index.wrong_case(photo):
        better = _named_as(file.value, other_case, path)
        return problem(file.place, "wrong-case", address=file.value, better=better)
    near = nearest_image(photo, goals)
    better = _named_as(file.value, near, path) if near else ""
    return problem(file.place, "missing-photo", file=photo, nearest=better)


def _references(record: Record, problems: list[Problem]) -> tuple[Reference, ...]:
    found = []
    if not record.many("bwb"):
        problems += [problem(a.place, "article-without-law") for a in record.many("article")]
    for kind in IDENTIFIER_KINDS:
        articles = record.many("article") if kind == "bwb" else ()
        for value in record.many(kind):
            whole = parse(kind, value.value)
            if whole is None:
                problems.append(_malformed(value, kind, example(kind)))
            elif not articles:
                found.append(Reference(whole, value.place))
            for article in articles if whole else ():
                part = parse(kind, value.value, article.value)
                if part is None:
                    problems.append(_malformed(article, "artikel", "4"))
                else:
                    found.append(Reference(part, article.place))
    return tuple(found)


def _malformed(value: Value[str], kind: str, good: str) -> Problem:
    values = {"kind": kind, "text": value.value, "example": good}
    return problem(value.place, "malformed-identifier", **values)


def _status(record: RawRecord) -> Status | None:
    main = record.main.record.record("status")
    words = versions_text(
        (version.lang, found.one("text"))
        for version in record.versions
        if (found := version.record.record("status")) is not None
    )
    if main is None or words is None:
        return None
    return Status(words, string(main, "date"))

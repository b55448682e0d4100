"""Speakers, sources and pages: each Markdown record to its value."""

from __future__ import annotations

from site_gen.identifiers import KINDS as IDENTIFIER_KINDS
from site_gen.identifiers import Identifier, parse
from site_gen.load import Raw, RawRecord
from site_gen.model import Origin, Page, Photo, Source, Speaker, Status
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.resolve.links import Goals, resolve_prose
from site_gen.resolve.texts import (
    languages_of,
    required_text,
    string,
    text,
    versions_text,
    web_links,
)
from site_gen.schema import Record
from site_gen.text import Span, Text
from site_gen.urls import Urls


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
            identifiers=_identifiers(record.main.record, problems),
            status=_status(record),
            body=resolve_prose(record, goals, problems),
            languages=languages_of(record),
        )
        for slug, record in raw.documents["source"].items()
    }


def resolve_pages(raw: Raw, goals: Goals, urls: Urls, problems: list[Problem]) -> dict[str, Page]:
    """Return the pages of text by slug; a name that the site itself uses is an error."""
    pages = {}
    for slug, record in raw.documents["page"].items():
        if slug in urls.reserved and not urls.introduced(slug):
            problems.append(problem(Place(record.main.path), "reserved-slug", slug=slug))
        pages[slug] = Page(
            slug=slug,
            introduces=urls.introduced(slug),
            place=Place(record.main.path),
            title=required_text(record, "title"),
            body=resolve_prose(record, goals, problems),
            languages=languages_of(record),
        )
    return pages


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
    path = file.value if file.value.startswith("assets/") else f"assets/{file.value}"
    if not goals.index.has(path):
        problems.append(problem(file.place, "missing-photo", file=path))
        return None
    alt = versions_text(
        (version.lang, found.one("alt"))
        for version in record.versions
        if (found := version.record.record("photo")) is not None
    )
    name = Text((Span(string(record.main.record, "name"), record.main.lang),))
    return Photo(path, alt or name, string(photo, "consent"))


def _identifiers(record: Record, problems: list[Problem]) -> tuple[Identifier, ...]:
    article = string(record, "article")
    found = []
    for kind, example in IDENTIFIER_KINDS.items():
        for value in record.many(kind):
            identifier = parse(kind, value.value, article if kind == "bwb" else "")
            if identifier is None:
                problems.append(
                    problem(
                        value.place,
                        "malformed-identifier",
                        kind=kind,
                        text=value.value,
                        example=example,
                    )
                )
            else:
                found.append(identifier)
    return tuple(found)


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

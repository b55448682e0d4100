"""The languages of a field brought together: files per language, or languages in one field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_gen.layout import unknown_language
from site_gen.model import Address, WebLink
from site_gen.problems import Problem, problem
from site_gen.records import RawRecord
from site_gen.schema import Record, Value
from site_gen.text import Span, Text


def text(raw: RawRecord, name: str) -> Text | None:
    """Return a field of a Markdown record in every language that has it."""
    return versions_text((v.lang, v.record.one(name)) for v in raw.versions)


def required_text(raw: RawRecord, name: str) -> Text:
    """Return a field that the table requires; its absence is reported there, and empty here."""
    return text(raw, name) or Text((Span("", raw.main.lang),))


def versions_text(values: Iterable[tuple[str, Value[str] | None]]) -> Text | None:
    """Return the text of (language, value) pairs, those without a value left out."""
    spans = tuple(Span(value.value, lang) for lang, value in values if value is not None)
    return Text(spans) if spans else None


def yaml_text(
    record: Record, name: str, languages: tuple[str, ...], problems: list[Problem]
) -> Text | None:
    """Return a translatable field of a YAML record: a plain string, or one per language."""
    spans = []
    for code, value in record.texts(name):
        lang = code or languages[0]
        if lang in languages:
            spans.append(Span(value.value, lang))
        else:
            problems.append(unknown_language(value.place, lang, languages[1:]))
    problems += _untranslated(record.texts(name), spans, languages)
    spans.sort(key=lambda span: languages.index(span.lang))
    return Text(tuple(spans)) if spans else None


def _untranslated(
    values: tuple[tuple[str, Value[str]], ...], spans: list[Span], languages: tuple[str, ...]
) -> Iterator[Problem]:
    """Name each language in which a text that is there is missing."""
    there = {span.lang for span in spans}
    for lang in languages if values else ():
        if lang not in there:
            yield problem(values[0][1].place, "untranslated-text", language=lang)


def text_list(raw: RawRecord, name: str, problems: list[Problem]) -> tuple[Text, ...]:
    """Return a list of texts, each with its translations: item by item, in the same order."""
    main = raw.main.record.many(name)
    columns = [[Span(value.value, raw.main.lang)] for value in main]
    for version in raw.versions[1:]:
        values = version.record.many(name)
        if values and len(values) != len(main):
            problems.append(
                problem(values[0].place, "uneven-list", count=len(values), main=len(main))
            )
        for column, value in zip(columns, values, strict=False):
            column.append(Span(value.value, version.lang))
    return tuple(Text(tuple(column)) for column in columns)


def web_links(raw: RawRecord) -> tuple[WebLink, ...]:
    """Return the links beside the text, with their labels in every language."""
    return tuple(
        WebLink(
            versions_text(
                (v.lang, v.record.records("links")[n].one("label"))
                for v in raw.versions
                if n < len(v.record.records("links"))
            )
            or Text((Span(address.value, raw.main.lang),)),
            Address(address.value, address.place),
        )
        for n, link in enumerate(raw.main.record.records("links"))
        if (address := link.one("address")) is not None
    )


def languages_of(raw: RawRecord) -> frozenset[str]:
    """Return the languages in which a record has a file of its own."""
    return frozenset(version.lang for version in raw.versions)


def address(record: Record, name: str) -> Address | None:
    """Return a field that holds an address."""
    value = record.one(name)
    return None if value is None else Address(value.value, value.place)


def string(record: Record, name: str) -> str:
    """Return a field as it stands, or an empty string."""
    value = record.one(name)
    return "" if value is None else str(value.value)

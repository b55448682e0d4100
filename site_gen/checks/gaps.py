"""What is not there yet: nothing is wrong with it, and ``status`` tells it to who asks."""

from __future__ import annotations

from collections.abc import Iterator

from site_gen.drafts import DRAFT
from site_gen.model import Conference, Page, Session, Source, Speaker
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.schedule import entries

TERM = "begrip"
"""A source of this kind has no status: it is no document."""


def check_summaries(conf: Conference) -> list[Problem]:
    """A session has a summary, which cards and search engines show."""
    main = conf.event.languages[0]
    return [
        problem(session.place, "no-summary")
        for session in conf.sessions.values()
        if not session.summary or not session.summary.has(main)
    ]


def check_key_messages(conf: Conference) -> list[Problem]:
    """A session has a key message."""
    sessions = conf.sessions.values()
    return [problem(s.place, "no-key-message") for s in sessions if not s.key_messages]


def check_speaker_texts(conf: Conference) -> list[Problem]:
    """A speaker has a text."""
    speakers = conf.speakers.values()
    return [problem(s.place, "no-speaker-text") for s in speakers if not s.body.bodies]


def check_source_statuses(conf: Conference) -> list[Problem]:
    """Of a source it is said how it stands, and since when."""
    return [
        problem(source.place, "no-source-status")
        for source in conf.sources.values()
        if not source.status and source.kind != TERM
    ]


def check_unpublished(conf: Conference) -> list[Problem]:
    """What is a draft is not on the site."""
    drafts = [problem(s.place, "draft") for s in conf.sessions.values() if s.status == DRAFT]
    return drafts + [
        problem(entry.place, "draft")
        for _, _, entry in entries(conf)
        if entry.status == DRAFT and entry.session.status != DRAFT
    ]


def check_incomplete_translations(conf: Conference) -> list[Problem]:
    """A translation has what its original has: a summary, key messages, a status, a text."""
    found = []
    for records in (conf.sessions, conf.speakers, conf.sources, conf.pages):
        for record in records.values():
            for lang in conf.event.languages[1:]:
                missing = list(_untranslated(record, lang)) if lang in record.languages else []
                if missing:
                    place = Place(record.place.path.removesuffix(".md") + f".{lang}.md")
                    found.append(problem(place, "translation-incomplete", keys=", ".join(missing)))
    return found


def _untranslated(record: Session | Speaker | Source | Page, lang: str) -> Iterator[str]:
    """Yield the Dutch names of what only the original has."""
    if isinstance(record, Session):
        if record.summary and not record.summary.has(lang):
            yield "samenvatting"
        if not all(message.text.has(lang) for message in record.key_messages):
            yield "kernboodschappen"
    if isinstance(record, Source) and record.status and not record.status.text.has(lang):
        yield "stand"
    if record.body.bodies and all(body.lang != lang for body in record.body.bodies):
        yield "tekst"

"""The made-up programme as documents with front matter and one file of data: for the others.

Every page that site-gen writes is a document here, so that all sides write as many. What a page
says of other pages (who speaks, what else is on) its template looks up in the data, by slug.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.programme import (
    LANGUAGES,
    ROOMS,
    SOURCE_LINK,
    SPEAKER_LINK,
    Day,
    Programme,
    Round,
    Session,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

# Sessions, speakers, rounds, days, key messages, sources; the last is my programme.
WORDS = {
    "nl": ("sessies", "sprekers", "rondes", "dagen", "kernboodschappen", "bronnen"),
    "en": ("sessions", "speakers", "rounds", "days", "key-messages", "sources"),
}
MINE = {"nl": "mijn-programma", "en": "my-programme"}
LISTS = ("sessions", "speakers", "", "", "messages", "sources")
LOST, OFFLINE = "404.html", "offline"


@dataclass(frozen=True)
class Document:
    """A page to be: ``path`` is its folder in the output, with a slash at its end, or empty.

    ``key`` is what its template looks up, ``facts`` what it needs besides.
    """

    path: str
    kind: str
    lang: str
    title: str
    key: str = ""
    description: str = ""
    body: str = ""
    facts: dict[str, object] = field(default_factory=dict)

    def fields(self) -> dict[str, object]:
        """Return the front matter."""
        fields = {"kind": self.kind, "lang": self.lang, "title": self.title, "key": self.key}
        more = {"description": self.description, "address": f"/{self.path}"}
        return {**fields, **more, **self.facts}


def front_matter(fields: dict[str, object]) -> str:
    """Write fields between fences, each as JSON, which is YAML too."""
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
    return "\n".join(["---", *lines, "---", ""])


def data(made: Programme) -> dict[str, object]:
    """Return what templates look up."""
    sessions = {session.slug: _session_data(made, *each) for session, *each in _held(made)}
    rounds = {
        _key(made, day, held): {
            "number": held.number,
            "day": day.date.isoformat(),
            "begin": _clock(held.begin),
            "end": _clock(held.end),
            "sessions": [session.slug for session in held.sessions],
        }
        for day in made.days
        for held in day.rounds
    }
    days = {
        day.date.isoformat(): [_key(made, day, held) for held in day.rounds] for day in made.days
    }
    speakers = {each.slug: {"name": each.name, "role": each.role} for each in made.speakers}
    sources = {each.slug: {"title": each.title, "address": each.address} for each in made.sources}
    on: dict[str, list[str]] = {each.slug: [] for each in made.speakers}
    cited: dict[str, list[str]] = {each.slug: [] for each in made.sources}
    for session in made.sessions:
        for speaker in session.speakers:
            on[speaker.slug].append(session.slug)
        for source in session.cited:
            cited[source.slug].append(session.slug)
    return {
        "sessions": sessions,
        "session_keys": [*sessions],
        "speakers": speakers,
        "speaker_keys": [*speakers],
        "sources": sources,
        "source_keys": [*sources],
        "rounds": rounds,
        "round_keys": [*rounds],
        "days": days,
        "on": on,
        "cited": cited,
        "words": WORDS,
    }


def documents(made: Programme) -> Iterator[Document]:
    """Yield every page of the site."""
    for number, lang in enumerate(LANGUAGES):
        base = "" if lang == LANGUAGES[0] else f"{lang}/"
        yield from _lists(base, lang, made)
        yield from _rounds(base, lang, made)
        yield from _sessions(base, number, made)
        for speaker in made.speakers:
            path = f"{base}{WORDS[lang][1]}/{speaker.slug}/"
            about = (speaker.name, speaker.slug, speaker.role, speaker.bodies[number])
            yield Document(path, "speaker", lang, *about, _translations("speakers", speaker.slug))
    yield Document(LOST, "lost", LANGUAGES[0], "404")


def _lists(base: str, lang: str, made: Programme) -> Iterator[Document]:
    first = made.days[0].date.isoformat()
    yield Document(base, "day", lang, "Grote dag", first)
    for kind, word in zip(LISTS, WORDS[lang], strict=True):
        if kind:
            yield Document(f"{base}{word}/", kind, lang, word.title())
    yield Document(f"{base}{MINE[lang]}/", "sessions", lang, MINE[lang])
    yield Document(f"{base}{OFFLINE}/", "lost", lang, "Offline")
    for day in made.days if len(made.days) > 1 else ():
        date = day.date.isoformat()
        yield Document(f"{base}{WORDS[lang][3]}/{date}/", "day", lang, date, date)


def _rounds(base: str, lang: str, made: Programme) -> Iterator[Document]:
    word = WORDS[lang][2]
    keys = [_key(made, day, held) for day in made.days for held in day.rounds]
    for key in keys:
        yield Document(f"{base}{word}/{key}/", "round", lang, f"Ronde {key}", key)
    numbers = {held.number for day in made.days for held in day.rounds}
    for number in sorted(numbers) if len(made.days) > 1 else ():
        yield Document(f"{base}{word}/{number}/", "redirect", lang, f"Ronde {number}")


def _sessions(base: str, number: int, made: Programme) -> Iterator[Document]:
    lang = LANGUAGES[number]
    sessions, speakers, *_, sources = WORDS[lang]
    slugs = ["", *(session.slug for session in made.sessions), ""]
    for place, session in enumerate(made.sessions):
        body = session.bodies[number]
        body = body.replace(SPEAKER_LINK, f"../../{speakers}/{session.speakers[0].slug}/")
        body = body.replace(SOURCE_LINK, f"../../{sources}/#{session.cited[0].slug}")
        title, summary = session.titles[number], session.summaries[number]
        facts = {"previous": slugs[place], "following": slugs[place + 2]}
        facts |= _translations("sessions", session.slug)
        path = f"{base}{sessions}/{session.slug}/"
        yield Document(path, "session", lang, title, session.slug, summary, body, facts)


def _translations(word: str, slug: str) -> dict[str, object]:
    place = ("sessions", "speakers").index(word)
    main, other = LANGUAGES
    return {
        "translations": [
            {"lang": main, "address": f"/{WORDS[main][place]}/{slug}/"},
            {"lang": other, "address": f"/{other}/{WORDS[other][place]}/{slug}/"},
        ]
    }


def _held(made: Programme) -> Iterator[tuple[Session, Day, Round, int]]:
    for day in made.days:
        for held in day.rounds:
            yield from ((session, day, held, n) for n, session in enumerate(held.sessions))


def _session_data(made: Programme, day: Day, held: Round, place: int) -> dict[str, object]:
    session = held.sessions[place]
    return {
        "title": dict(zip(LANGUAGES, session.titles, strict=True)),
        "summary": dict(zip(LANGUAGES, session.summaries, strict=True)),
        "messages": [dict(zip(LANGUAGES, each, strict=True)) for each in session.key_messages],
        "speakers": [speaker.slug for speaker in session.speakers],
        "sources": [source.slug for source in session.cited],
        "round": _key(made, day, held),
        "room": ROOMS[place],
    }


def _key(made: Programme, day: Day, held: Round) -> str:
    """Return what a round is called in addresses."""
    return f"{day.date}-{held.number}" if len(made.days) > 1 else str(held.number)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}.{minute % 60:02}"

"""Sessionize's JSON, as its API gives it in the view "All data".

Times bear no offset: they are those of the event's clock. A service session is a break. What a
category means is told by its title: themes, formats and languages are known, others are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from site_gen.importers.json_tree import Json, items, objects, text
from site_gen.importers.programme import Break, Held, Person, Programme, When
from site_gen.importers.texts import as_line
from site_gen.importers.vocabulary import break_of, guid_of, id_of, kind_of, language_of
from site_gen.importers.zones import span
from site_gen.place import Place
from site_gen.problems import Problem, problem

SOURCE = "sessionize"
TRACKS = ("track", "theme", "topic", "thema", "spoor")
FORMATS = ("format", "type", "vorm", "soort")
LANGUAGES = ("language", "taal")


def is_sessionize(document: Json) -> bool:
    """Tell whether a document is Sessionize's: these lists stand beside each other in no other."""
    return all(isinstance(document.get(name), list) for name in ("sessions", "speakers", "rooms"))


def read_sessionize(path: str, document: Json) -> tuple[Programme | None, list[Problem]]:
    """Return the programme of an "All data" view."""
    reader = _Reader(path, document)
    rooms = sorted(objects(document, "rooms"), key=lambda room: _number(room, "sort"))
    names = {text(room, "id"): as_line(text(room, "name")) for room in rooms}
    every = [(session, reader.when(session)) for session in objects(document, "sessions")]
    order = {number: column for column, number in enumerate(names)}
    every.sort(key=lambda pair: order.get(text(pair[0], "roomId"), len(order)))
    programme = Programme(
        source=SOURCE,
        language="en",
        rooms=dict.fromkeys(names.values(), ""),
        tracks=tuple(reader.named(TRACKS).values()),
        people={person.key: person for person in map(_person, objects(document, "speakers"))},
        held=tuple(
            reader.held(session, when, names)
            for session, when in every
            if not (session.get("isServiceSession") and when)
        ),
        breaks=tuple(
            _break(path, session, when)
            for session, when in every
            if session.get("isServiceSession") and when
        ),
        left_out=Counter(_left_out(document)),
    )
    return programme, reader.problems


class _Reader:
    """Reads one document; ``problems`` are those of its sessions."""

    def __init__(self, path: str, document: Json) -> None:
        self.place = Place(path)
        self.document = document
        self.problems: list[Problem] = []
        self.tracks, self.formats = self.named(TRACKS), self.named(FORMATS)
        self.languages = self.named(LANGUAGES)

    def named(self, words: tuple[str, ...]) -> dict[str, str]:
        """Return the items of the categories whose title has one of these words, by id."""
        return {
            text(item, "id"): as_line(text(item, "name"))
            for category in objects(self.document, "categories")
            if any(word in text(category, "title").casefold() for word in words)
            for item in sorted(objects(category, "items"), key=lambda item: _number(item, "sort"))
        }

    def when(self, session: Json) -> When | None:
        """Return when a session is; say so where that is not told."""
        begin, end = (_moment(text(session, name)) for name in ("startsAt", "endsAt"))
        title = as_line(text(session, "title"))
        if begin is None:
            self.problems.append(problem(self.place, "import-no-time", title=title))
            return None
        if end is None or end <= begin:
            self.problems.append(problem(self.place, "import-no-end", title=title))
        return span(begin, end)

    def held(self, session: Json, when: When | None, rooms: Mapping[str, str]) -> Held:
        """Return a session as it is held."""
        chosen = [str(number) for number in items(session, "categoryItems")]
        number = text(session, "id")
        title = as_line(text(session, "title")) or number or "–"
        links = (("", text(session, name)) for name in ("liveUrl", "recordingUrl"))
        plenary = "plenair" if session.get("isPlenumSession") else ""
        return Held(
            place=self.place,
            title=title,
            id=id_of(number),
            text=text(session, "description"),
            kind=plenary or kind_of(_first(chosen, self.formats)),
            track=_first(chosen, self.tracks),
            language=language_of(_first(chosen, self.languages)),
            room=rooms.get(text(session, "roomId"), ""),
            when=when,
            people=tuple(dict.fromkeys(_keys(session, self.document))),
            links=tuple(link for link in links if link[1]),
        )


def _break(path: str, session: Json, when: When) -> Break:
    title = as_line(text(session, "title")) or "Pauze"
    return Break(Place(path), title, break_of(title) or "pauze", when, id_of(text(session, "id")))


def _person(speaker: Json) -> Person:
    name = text(speaker, "fullName") or f"{text(speaker, 'firstName')} {text(speaker, 'lastName')}"
    number = text(speaker, "id")
    links = ((text(link, "title"), text(link, "url")) for link in objects(speaker, "links"))
    return Person(
        key=number or name,
        name=as_line(name) or number,
        guid=guid_of(number),
        role=as_line(text(speaker, "tagLine")),
        about=text(speaker, "bio"),
        links=tuple(links),
    )


def _keys(session: Json, document: Json) -> Iterator[str]:
    """Yield the keys of who speaks; a view gives ids alone, or objects with an id."""
    known = {text(speaker, "id") for speaker in objects(document, "speakers")}
    for speaker in items(session, "speakers"):
        number = text(speaker, "id") if isinstance(speaker, dict) else str(speaker)
        if number in known:
            yield number


def _left_out(document: Json) -> Iterator[str]:
    known = (*TRACKS, *FORMATS, *LANGUAGES)
    for category in objects(document, "categories"):
        if not any(word in text(category, "title").casefold() for word in known):
            yield as_line(text(category, "title"))
    yield from (as_line(text(question, "question")) for question in objects(document, "questions"))
    yield from ("profilePicture" for s in objects(document, "speakers") if s.get("profilePicture"))


def _first(chosen: list[str], items: Mapping[str, str]) -> str:
    return next((items[number] for number in chosen if number in items), "")


def _number(value: Json, name: str) -> int:
    found = value.get(name)
    return found if isinstance(found, int) else 0


def _moment(told: str) -> datetime | None:
    try:
        return datetime.fromisoformat(told).replace(tzinfo=None) if told else None
    except ValueError:
        return None

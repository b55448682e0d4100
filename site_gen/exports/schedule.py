"""The programme as conference apps read it: days, rooms and what is held in them.

The form is that of c3voc (https://c3voc.de/wiki/schedule), which frab and pretalx write and apps
such as EventFahrplan and Giggity read. It is computed once, in the main language, and written as
XML and as JSON. It has no place for a status: that is said in the title. Breaks are not in it, nor
is what has no end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cached_property, partial
from zoneinfo import ZoneInfo

from msgspec import Struct

from site_gen.escaping import escaped, escaped_start
from site_gen.facts import entry_guid, numbers, room_guid, sayable, speaker_guid
from site_gen.markup import BodyView, HeadingView, LinkView, html
from site_gen.model import Conference, Day, Entry, Event, Session, Speaker
from site_gen.schedule import DAY, entries, local, zone
from site_gen.store import Store, digest
from site_gen.text import Body, Link, Text
from site_gen.urls import address
from site_gen.views.cards import status_label
from site_gen.views.site import Site, Spot

SHORTEST_SLUG = 4


class Person(Struct, frozen=True):
    """Who speaks; ``url`` is that of the page: empty without a public address, as all here."""

    id: int
    guid: str
    name: str
    url: str


class Held(Struct, frozen=True):
    """One time that a session is held; ``links`` are label and address.

    ``abstract`` and ``description`` are Markdown.
    """

    id: int
    guid: str
    slug: str
    title: str
    subtitle: str
    kind: str
    begin: datetime
    end: datetime
    room: str
    abstract: str
    description: str
    track: str
    language: str
    persons: tuple[Person, ...]
    links: tuple[tuple[str, str], ...]
    url: str

    @property
    def start(self) -> str:
        """When it begins by the clock of that day."""
        return f"{self.begin:%H:%M}"

    @property
    def duration(self) -> str:
        """How long it takes, also where the clock is changed meanwhile."""
        minutes = (self.end.astimezone(UTC) - self.begin.astimezone(UTC)) // timedelta(minutes=1)
        return f"{minutes // 60:02}:{minutes % 60:02}"


class Room(Struct, frozen=True, dict=True):  # dict: for what it works out once
    """A room on a day: what is held there, made when asked for; ``key`` is a hash of it."""

    key: bytes
    make: Callable[[], Iterable[Held]]

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """What is held, in time order."""
        return tuple(self.make())

    def in_fives(self) -> bool:
        """Tell whether all begins and ends at a multiple of five minutes."""
        return all(at.minute % 5 == 0 for held in self.held for at in (held.begin, held.end))


class DayPlan(Struct, frozen=True):
    """A day, from one change of the day to the next, and its rooms by name."""

    number: int
    date: date
    begin: datetime
    end: datetime
    rooms: Mapping[str, Room]


class Schedule(Struct, frozen=True):
    """The whole programme; ``rooms`` are guids by name."""

    id: str
    title: str
    time_zone: str
    url: str
    tracks: tuple[str, ...]
    rooms: Mapping[str, str]
    days: tuple[DayPlan, ...]

    def step(self, store: Store) -> str:
        """Return the length that all times are a multiple of."""
        rooms = (room for day in self.days for room in day.rooms.values())
        fives = (store.recall(digest("fives", room.key), room.in_fives) for room in rooms)
        return "00:05" if all(fives) else "00:01"


def schedule(site: Site, store: Store) -> Schedule | None:
    """Return the schedule; none while there is no date or no programme.

    A text that is in the ``store`` is not turned back into Markdown again.
    """
    event = site.conf.event
    tz = zone(event.time_zone)
    if event.first_day is None or tz is None or not site.has_calendars:
        return None
    maker = _maker(site, event.first_day, tz, store)
    days = tuple(maker.day(day) for day in site.conf.days)
    names = dict.fromkeys(name for day in days for name in day.rooms)
    return Schedule(
        id=event.id,
        title=maker.text(event.title),
        time_zone=event.time_zone,
        url=maker.url(site.urls.home(site.urls.main)),
        tracks=_tracks(site.conf),
        rooms={name: room_guid(event, name) for name in names},
        days=days,
    )


def _tracks(conf: Conference) -> tuple[str, ...]:
    """Return the themes of the event, else the first of each session, in time order."""
    used = (theme for _, _, entry in entries(conf) for theme in entry.session.themes[:1])
    return tuple(map(sayable, conf.event.themes or dict.fromkeys(used)))


def _maker(site: Site, first_day: date, tz: ZoneInfo, store: Store) -> _Maker:
    main = site.urls.main
    sessions, people = store.recall(digest("numbers", site.outline), partial(_numbers, site.conf))
    return _Maker(
        spot=Spot(site, main, {main: site.urls.home(main)}, site.address),
        first_day=first_day,
        tz=tz,
        sessions=sessions,
        people=people,
        store=store,
    )


def _numbers(conf: Conference) -> tuple[dict[str, int], dict[str, int]]:
    """Return the number of each time that a session is held, and of each speaker, by guid."""
    event, held = conf.event, [entry for _, _, entry in entries(conf)]
    ids = {entry_guid(event, e): _own_id(e.session) if e.number == 1 else "" for e in held}
    people = {speaker_guid(event, s): _own_id(s) for s in conf.speakers.values()}
    return numbers(ids), numbers(people)


def _own_id(record: Session | Speaker) -> str:
    return record.origin.id if record.origin else ""


class _Maker(Struct, frozen=True):
    """Makes the parts in one language; ``sessions`` and ``people`` are numbers by guid."""

    spot: Spot
    first_day: date
    tz: ZoneInfo
    sessions: Mapping[str, int]
    people: Mapping[str, int]
    store: Store

    @property
    def event(self) -> Event:
        """The conference itself."""
        return self.spot.site.conf.event

    def day(self, day: Day) -> DayPlan:
        """Return a day with the rooms in use; the first day with all, so that their order stays."""
        on = day.date or self.first_day
        start = (on - self.first_day).days * DAY + self.event.day_change
        rooms: dict[str, list[tuple[Entry, int]]] = {room.name: [] for room in self.event.rooms}
        for entry, end, room in _placed(day, self.spot):
            rooms.setdefault(room, []).append((entry, end))
        is_first = day.number == 1
        here = {
            sayable(name): self.room(day, name, held)
            for name, held in rooms.items()
            if held or is_first
        }
        return DayPlan(day.number, on, self.at(start), self.at(start + DAY), here)

    def room(self, day: Day, name: str, placed: Sequence[tuple[Entry, int]]) -> Room:
        """Return a room with what is held there; it is known by the outline and by the texts."""
        site, lang = self.spot.site, self.spot.lang
        texts = [site.text(entry.session.body.of(lang)) for entry, _ in placed]
        key = digest("room", site.outline, str(day.number), name, *texts)
        return Room(key, lambda: (self.held(entry, end, name) for entry, end in placed))

    def held(self, entry: Entry, end: int, room: str) -> Held:
        """Return one time that a session is held."""
        session, guid = entry.session, entry_guid(self.event, entry)
        label = status_label(self.spot, entry.status)
        title = self.text(session.title)
        return Held(
            id=self.sessions[guid],
            guid=guid,
            slug=_slug(self.event, entry),
            title=f"{label}: {title}" if label else title,
            subtitle=self.text(session.subtitle),
            kind=self.spot.words.section("session_kinds")[session.kind],
            begin=self.at(entry.begin),
            end=self.at(end),
            room=sayable(room),
            abstract=self.abstract(entry),
            description=self.description(session.body.of(self.spot.lang)),
            track=sayable(session.themes[0]) if session.themes else "",
            language=session.language,
            persons=tuple(map(self.person, session.speakers)),
            links=tuple((self.text(link.label), link.address.text) for link in session.links),
            url=self.url(self.spot.site.urls.below(self.spot.lang, "sessions", session.slug)),
        )

    def person(self, speaker: Speaker) -> Person:
        """Return somebody who speaks."""
        guid = speaker_guid(self.event, speaker)
        page = self.spot.site.urls.below(self.spot.lang, "speakers", speaker.slug)
        return Person(self.people[guid], guid, sayable(speaker.name), self.url(page))

    def abstract(self, entry: Entry) -> str:
        """Return where a session went that is not where it stands, and what it is about."""
        goal, words = self.text(entry.moved_to), self.spot.words
        moved = f"{words['moved_to_label']}: {goal}" if goal else ""
        parts = filter(None, (moved, self.text(entry.session.summary)))
        return "\n\n".join(escaped_start(escaped(part)) for part in parts)

    def description(self, body: Body | None) -> str:
        """Return a text; without a public address nothing leads to a page of the site."""
        if body is None:
            return ""
        headings = tuple(HeadingView(heading.id) for heading in body.headings)
        links = tuple(LinkView(self._goal(link)) for link in body.links)
        text = html(BodyView(body.html, body.lang, headings, links))
        return self.store.recall_once(digest("reversion", text), partial(_as_markdown, text))

    def _goal(self, link: Link) -> str:
        is_known = self.spot.base or link.goal.kind == "external"
        return self.spot.to_ref(link.goal) if is_known else ""

    def text(self, text: Text | None) -> str:
        """Return a text on one line."""
        return " ".join(sayable(text.of(self.spot.lang).text).split()) if text else ""

    def url(self, path: str) -> str:
        """Return the public address of a page."""
        return address(self.spot.base, path) if self.spot.base else ""

    def at(self, minute: int) -> datetime:
        """Return the moment that a minute of the event is, with its offset: a zone is not kept."""
        at = local(self.first_day, minute).replace(tzinfo=self.tz)
        return at.replace(tzinfo=timezone(at.utcoffset() or timedelta()))


def _as_markdown(text: str) -> str:
    from site_gen.reversion import markdown  # only where a text is new

    return sayable(markdown(text))


def _placed(day: Day, spot: Spot) -> Iterator[tuple[Entry, int, str]]:
    """Yield what has an end, with that and the room, in time order.

    What has no room yet is put side by side in as many rooms without a name as that takes.
    """
    busy: list[int] = []
    found = [(e, e.end) for slot in day.slots for e in slot.entries if e.end is not None]
    for entry, end in sorted(found, key=lambda pair: pair[0].begin):
        if entry.room:
            yield entry, end, entry.room.name
            continue
        free = next((n for n, until in enumerate(busy) if until <= entry.begin), len(busy))
        busy[free : free + 1] = [end]
        yield entry, end, spot.words.fmt("room_unknown", number=free + 1)


def _slug(event: Event, entry: Entry) -> str:
    """Return a name of the form that the schema of c3voc asks for.

    That is the id of the event, a hyphen, and at least four characters. No slug has two hyphens in
    a row, so what is numbered with them is nobody else's.
    """
    slug = entry.session.slug
    numbered = entry.number > 1 or len(slug) < SHORTEST_SLUG
    return f"{event.id.replace('-', '_')}-{slug}" + (f"--{entry.number}" if numbered else "")

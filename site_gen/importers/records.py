"""Sessions, speakers and the event of a programme as the fields of our files, by their keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from site_gen.facts import is_number, made_number
from site_gen.importers.matching import Identity
from site_gen.importers.programme import Held, Person, Programme
from site_gen.importers.texts import as_line, as_markdown, as_summary
from site_gen.importers.yaml_text import Quoted, Value
from site_gen.kinds import is_web_address, suggest_slug
from site_gen.layout import DEFAULT_LANGUAGE
from site_gen.problems import Problem, problem
from site_gen.resolve.event import DAY_CHANGE, TIME_ZONE

SHORTEST_ID = 4
LANGUAGES = ("nl", "en")

Fields = dict[str, Value]
SessionFields = tuple[Fields, str, list[Problem]]
"""The fields of a session, its text, and what could not be kept."""


class Session(Struct, frozen=True):
    """What is held one or more times, in time order."""

    times: tuple[Held, ...]

    @property
    def held(self) -> Held:
        """The first time, which says all but when and where."""
        return self.times[0]

    @property
    def identity(self) -> Identity:
        """By what it is known again."""
        guids = tuple(held.guid for held in self.times if held.guid)
        return Identity(self.held.title, guids, tuple(h.id for h in self.times if h.id))


def sessions(programme: Programme) -> tuple[Session, ...]:
    """Gather what is held again: the same in every word, and by the same people.

    An id that several have is of none of them; a guid is of the first, and of a speaker before.
    """
    found: dict[object, list[Held]] = {}
    for held in sorted(programme.held, key=_time_order):
        words = (held.title, held.subtitle, held.abstract, held.text, held.kind, held.track)
        about = (words, held.language, held.people, held.links)
        found.setdefault(about, []).append(held)
    ids = Counter(number for times in found.values() for number in {held.id for held in times})
    taken = {person.guid for person in programme.people.values()}
    gathered = []
    for times in found.values():
        guids = {held.guid for held in times} - taken
        taken |= guids
        gathered.append(Session(tuple(_known(held, guids, ids) for held in times)))
    return tuple(gathered)


def _known(held: Held, guids: Set[str], ids: Mapping[str, int]) -> Held:
    """Return what is held with only what tells it from all others."""
    guid = held.guid if held.guid in guids else ""
    return replace(held, guid=guid, id=held.id if ids[held.id] == 1 else "")


def _time_order(held: Held) -> tuple[bool, date, int]:
    when = held.when
    return when is None, (when and when.date) or date.min, when.begin if when else 0


def session_fields(session: Session, speakers: Sequence[str]) -> SessionFields:
    """Return the fields and the text of a session; ``speakers`` are the names of their files."""
    held = session.held
    abstract, text = as_markdown(held.abstract), as_markdown(held.text)
    summary = as_summary(abstract)
    body = [] if summary else [abstract]
    links, problems = _links(held)
    for part, read in ((held.abstract, abstract), (held.text, text)):
        if part.strip() and not read:
            problems.append(problem(held.place, "import-text", title=held.title))
    rooms = {each.room for each in session.times}
    statuses = {each.status for each in session.times}
    fields = _filled(
        titel=held.title,
        ondertitel=as_line(held.subtitle),
        samenvatting=summary,
        soort=held.kind if held.kind != "sessie" else "",
        sprekers=tuple(speakers),
        themas=(held.track,) if held.track else (),
        zaal=held.room if len(rooms) == 1 else "",
        taal=held.language,
        status=held.status if len(statuses) == 1 else "",
        links=links,
    )
    body += [text] if text != abstract else []
    return fields, as_markdown("\n\n".join(filter(None, body))), problems


def speaker_fields(person: Person) -> tuple[Fields, str]:
    """Return the fields and the text of a speaker."""
    links = tuple(_link(label, address) for label, address in person.links if _address(address))
    fields = _filled(
        naam=person.name, functie=person.role, organisatie=person.organisation, links=links
    )
    return fields, as_markdown(person.about)


def event_fields(programme: Programme, first_day: date | None) -> Fields:
    """Return the fields of the event, but for its id and its languages."""
    change = programme.day_change
    in_order = sorted(programme.held, key=_time_order)
    used = (held.track for held in in_order if held.track)
    rooms = {**programme.rooms}
    for held in in_order:  # a session may name another room than the one it is listed below
        if held.room:
            rooms.setdefault(held.room, "")
    return _filled(
        titel=programme.title,
        plaats=programme.town,
        datum=first_day.isoformat() if first_day else "",
        tijdzone=programme.zone if programme.zone != TIME_ZONE else "",
        dagwissel=clock(change) if change not in {None, DAY_CHANGE} else "",
        zalen=tuple(_room(name, building) for name, building in rooms.items()),
        themas=tuple(dict.fromkeys([*programme.tracks, *used])),
    )


def new_event_fields(programme: Programme) -> Fields:
    """Return what only a new event needs: an id that will last, and its languages."""
    name = programme.id if _is_event_id(programme.id) else suggest_slug(programme.title)
    name = name[:40].strip("-")
    languages = [held.language.partition("-")[0] for held in programme.held]
    spoken = [code for code in languages if code in LANGUAGES]
    most = max(LANGUAGES, key=spoken.count) if spoken else programme.language
    return {
        "kenmerk": name if len(name) >= SHORTEST_ID else f"{name}-congres".strip("-"),
        "talen": (most or DEFAULT_LANGUAGE,),
    }


def origin(source: str, number: str, guid: str) -> Fields:
    """Return where a record comes from; a number that follows from the guid is not said."""
    follows = guid and is_number(number) and int(number) == made_number(guid)
    return _filled(bron=source, id="" if follows else number, guid=guid)


def clock(minute: int | None) -> Quoted:
    """Return a time of the day; ``24.00`` is the end of it."""
    return Quoted(f"{(minute or 0) // 60:02}.{(minute or 0) % 60:02}")


def _is_event_id(text: str) -> bool:
    return len(text) >= SHORTEST_ID and set(text) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-")


def _room(name: str, building: str) -> Value:
    return {"naam": name, "gebouw": building} if building else name


def _links(held: Held) -> tuple[tuple[Value, ...], list[Problem]]:
    """Return the links that lead somewhere, each once; name those that do not."""
    links: dict[tuple[str, str], Value] = {}
    problems = []
    for label, told in held.links:
        address = _address(told)
        if address:
            links[as_line(label), address] = _link(label, address)
        elif told.strip() not in {"", "http://", "https://"}:
            problems.append(problem(held.place, "import-link", address=told, title=held.title))
    return tuple(links.values()), problems


def _address(told: str) -> str:
    """Return an address in full, or nothing where it is none: ``www.a.nl`` leads somewhere."""
    address = as_line(told)
    if "://" not in address and "." in address.partition("/")[0]:
        address = f"https://{address}"
    return address if is_web_address(address) else ""


def _link(label: str, address: str) -> Mapping[str, Value]:
    return {"tekst": as_line(label) or _address(address), "adres": _address(address)}


def _filled(**values: Value) -> Fields:
    return {key: value for key, value in values.items() if value}

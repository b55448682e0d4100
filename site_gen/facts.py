"""What programs are told alike: lasting ids, when and where, and what can be said at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count
from uuid import NAMESPACE_URL, UUID, uuid5

from site_gen.model import Change, Entry, Event, Session, Slot, Speaker
from site_gen.schedule import moment, zone

LARGEST = 2**31 - 1
_MADE_FROM = 2**30  # the upper half of the range is for what is made here, the lower for sources
# What no XML 1.0 document may hold (its section 2.2), not even as a reference.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def entry_guid(event: Event, entry: Entry) -> str:
    """Return the lasting id of one time that a session is held, the same in every language.

    That of its session; where the session is held again, made of that and the number of the time.
    """
    first = session_guid(event, entry.session)
    return first if entry.number == 1 else made(f"{first}/{entry.number}")


def session_guid(event: Event, session: Session) -> str:
    """Return the lasting id of a session: that of its origin, else made of names that stay."""
    own = session.origin.guid if session.origin else ""
    return own or made(f"{event.id}/{session.slug}")


def slot_guid(event: Event, slot: Slot) -> str:
    """Return the lasting id of a timeslot: made of its file, so never that of a session."""
    return made(f"{event.id}/programma/{slot.key}.yaml")


def speaker_guid(event: Event, speaker: Speaker) -> str:
    """Return the lasting id of somebody: that of the origin, else made of the name of the file."""
    own = speaker.origin.guid if speaker.origin else ""
    return own or made(f"{event.id}/sprekers/{speaker.slug}")


def room_guid(event: Event, room: str) -> str:
    """Return the lasting id of a room: made of its name."""
    return made(f"{event.id}/zalen/{room}")


def change_guid(event: Event, change: Change, number: int, lang: str) -> str:
    """Return the lasting id of a change as told in a language, whatever its words.

    ``number`` counts, from 1, what was told at one moment about one session.
    """
    return made(f"{event.id}/wijzigingen/{lang}/{change.at}/{change.session}/{number}")


def feed_guid(event: Event, lang: str) -> str:
    """Return the lasting id of what tells the changes in a language."""
    return made(f"{event.id}/wijzigingen/{lang}")


@lru_cache(maxsize=32_768)  # each is told in every language, and in several files
def made(name: str) -> str:
    """Return the id that is made of a name: the same everywhere and always."""
    return str(uuid5(NAMESPACE_URL, name))


def numbers(own: Mapping[str, str]) -> dict[str, int]:
    """Return a number for each guid, for programs that know things by number.

    It is the ``own`` id of what was imported, where that is a number and nobody else has it; else
    made of the guid. So what is added or moved changes the number of nothing else.
    """
    times = Counter(own.values())
    found = {g: int(text) for g, text in own.items() if is_number(text) and times[text] == 1}
    taken = set(found.values())
    for guid in sorted(own.keys() - found.keys()):
        found[guid] = _free(made_number(guid), taken)
        taken.add(found[guid])
    return found


def is_number(text: str) -> bool:
    """Tell whether an id can stay what it is: a number from 1 that fits in 31 bits."""
    return bool(re.fullmatch("[1-9][0-9]{0,9}", text)) and int(text) <= LARGEST


def made_number(guid: str) -> int:
    """Return the number that follows from a guid."""
    return _MADE_FROM + UUID(guid).int % _MADE_FROM


def _free(number: int, taken: Iterable[int]) -> int:
    return next(free for free in count(number) if free not in taken)


def moment_of(event: Event, change: Change) -> datetime:
    """Return when a change was told, in the zone of the event; a date alone is its first moment."""
    return datetime.fromisoformat(change.at).replace(tzinfo=zone(event.time_zone))


def stamp(event: Event) -> datetime | None:
    """Return when the programme last changed, in UTC: what was announced last, else the first day.

    Without a date there is no such moment.
    """
    midnight = moment(event, 0)
    if midnight is None:
        return None
    told = (moment_of(event, change) for change in event.changes if change.at)
    return max(told, default=midnight).astimezone(UTC)


def room_of(entry: Entry, lang: str) -> str:
    """Return where an entry is held: where it moved to, else its room and building, or nothing."""
    if entry.moved_to:
        return entry.moved_to.of(lang).text
    room = entry.room
    return ", ".join(part for part in (room.name, room.building) if part) if room else ""


def sayable(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _NO_XML.sub("", text)

"""What every export says alike: lasting ids, and where something is held."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from site_gen.model import Entry, Event, Session, Slot
from site_gen.schedule import moment


def entry_guid(event: Event, entry: Entry) -> str:
    """Return the lasting id of one time that a session is held, the same in every language.

    That of its session; where the session is held again, made of that and the number of the time.
    """
    first = session_guid(event, entry.session)
    return first if entry.number == 1 else _made(f"{first}/{entry.number}")


def session_guid(event: Event, session: Session) -> str:
    """Return the lasting id of a session: that of its origin, else made of names that stay."""
    own = session.origin.guid if session.origin else ""
    return own or _made(f"{event.id}/{session.slug}")


def slot_guid(event: Event, slot: Slot) -> str:
    """Return the lasting id of a timeslot: made of its file, so never that of a session."""
    return _made(f"{event.id}/programma/{slot.key}.yaml")


def _made(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, name))


def stamp(event: Event) -> datetime | None:
    """Return when the programme last changed, in UTC: what was announced last, else the first day.

    Without a date there is no such moment.
    """
    midnight = moment(event, 0)
    if midnight is None:
        return None
    told = [datetime.fromisoformat(change.at) for change in event.changes if change.at]
    moments = (at.replace(tzinfo=midnight.tzinfo) for at in told)
    return max(moments, default=midnight).astimezone(UTC)


def room_of(entry: Entry, lang: str) -> str:
    """Return where an entry is held: where it moved to, else its room and building, or nothing."""
    if entry.moved_to:
        return entry.moved_to.of(lang).text
    room = entry.room
    return ", ".join(part for part in (room.name, room.building) if part) if room else ""

"""Sessions: which are new, gone, at another time, in another room, or in another state."""

from __future__ import annotations

from collections.abc import Iterator

from site_gen.compare.difference import Difference, difference
from site_gen.compare.versions import Versions, same, same_slots
from site_gen.model import Day, Entry, Session, Slot
from site_gen.schedule import Held, Timetable


def compare_sessions(versions: Versions) -> Iterator[Difference]:
    """Yield what is different about sessions, but for their texts."""
    pairs = same(versions.old.sessions, versions.new.sessions)
    kept = {s.slug for s, _ in pairs}, {s.slug for _, s in pairs}
    moved = {(old.key, new.key) for old, new in same_slots(versions.old, versions.new)}
    for slug, session in versions.old.sessions.items():
        if slug not in kept[0]:
            yield _whole(versions, "session-removed", versions.before, session)
    for slug, session in versions.new.sessions.items():
        if slug not in kept[1]:
            yield _whole(versions, "session-added", versions.after, session)
    for old, new in pairs:
        yield from _itself(versions, old, new)
        yield from _held(versions, old, new, moved)


def _whole(versions: Versions, code: str, when: Timetable, session: Session) -> Difference:
    held = [versions.times(day, e.begin, e.end) for day, _, e in when.held(session)]
    times = f", {'; '.join(held)}" if held else ""
    return difference(code, title=_title(versions, session), times=times)


def _itself(versions: Versions, old: Session, new: Session) -> Iterator[Difference]:
    title = _title(versions, new)
    if _title(versions, old) != title:
        yield difference("session-title", old=_title(versions, old), new=title)
    if old.slug != new.slug:
        yield difference("session-address", title=title, old=old.slug, new=new.slug)
    names = [versions.known(", ".join(p.name for p in s.speakers)) for s in (old, new)]
    if names[0] != names[1]:
        yield difference("session-speakers", title=title, old=names[0], new=names[1])


def _held(
    versions: Versions, old: Session, new: Session, moved: set[tuple[str, str]]
) -> Iterator[Difference]:
    """Compare each time that a session is held; those in the same slot belong together first."""
    before, after = versions.before.held(old), [*versions.after.held(new)]
    pairs = []
    for one in before:
        other = next((o for o in after if (one[1].key, o[1].key) in moved), None)
        if other:
            after.remove(other)
            pairs.append((one, other))
    rest = [one for one in before if one not in [pair[0] for pair in pairs]]
    pairs += zip(rest, after, strict=False)
    for one, other in pairs:
        yield from _time(versions, one, other, (one[1].key, other[1].key) in moved)
    for day, _, entry in rest[len(after) :]:
        yield _once(versions, "session-not", day, entry)
    for day, _, entry in after[len(rest) :]:
        yield _once(versions, "session-also", day, entry)


def _time(versions: Versions, old: Held, new: Held, in_slot: bool) -> Iterator[Difference]:
    title = _title(versions, new[2].session)
    if not (_unmoved(old, new) if in_slot else _when(old[2]) == _when(new[2])):
        said = [versions.times(day, e.begin, e.end) for day, _, e in (old, new)]
        yield difference("session-time", title=title, old=said[0], new=said[1])
    rooms = [entry.room.name if entry.room else "" for entry in (old[2], new[2])]
    if rooms[0] != rooms[1]:
        said = [versions.known(room) for room in rooms]
        yield difference("session-room", title=title, old=said[0], new=said[1])
    if (old[2].status, old[2].moved_to) != (new[2].status, new[2].moved_to):
        yield _state(versions, *new)


def _when(of: Slot | Entry) -> tuple[int, int | None]:
    return of.begin, of.end


def _unmoved(old: Held, new: Held) -> bool:
    """Tell whether begin and end are as they were, or are those of the slot, which is told."""
    bounds = zip(_when(old[1]), _when(old[2]), _when(new[1]), _when(new[2]), strict=True)
    return all(
        was == becomes or (was, becomes) == (slot_was, slot_becomes)
        for slot_was, was, slot_becomes, becomes in bounds
    )


def _state(versions: Versions, day: Day, _slot: Slot, entry: Entry) -> Difference:
    where = entry.moved_to.of(versions.words.lang).text if entry.moved_to else ""
    return difference(
        f"session-{entry.status}",
        title=_title(versions, entry.session),
        times=versions.times(day, entry.begin, entry.end),
        where=f": {where}" if where else "",
    )


def _once(versions: Versions, code: str, day: Day, entry: Entry) -> Difference:
    times = versions.times(day, entry.begin, entry.end)
    return difference(code, title=_title(versions, entry.session), times=times)


def _title(versions: Versions, session: Session) -> str:
    return session.title.of(versions.words.lang).text

"""Parts of the day: which are new, gone, at another time or under another name."""

from __future__ import annotations

from collections.abc import Iterator

from site_gen.compare.difference import Difference, difference
from site_gen.compare.versions import Versions, same_slots
from site_gen.model import Conference, Day, Slot


def compare_slots(versions: Versions) -> Iterator[Difference]:
    """Yield what is different in the parts of the day; sessions are told by themselves."""
    pairs = same_slots(versions.old, versions.new)
    kept = {before.key for before, _ in pairs}, {after.key for _, after in pairs}
    days = {slot.key: day for day, slot in _all(versions.new)}
    for before, after in pairs:
        yield from _changed(versions, before, after, days[after.key])
    for day, slot in _all(versions.old):
        if slot.key not in kept[0] and not _is_one_session(slot):
            yield difference("slot-removed", **_told(versions, day, slot))
    for day, slot in _all(versions.new):
        if slot.key not in kept[1] and not _is_one_session(slot):
            yield difference("slot-added", **_told(versions, day, slot))


def slot_title(versions: Versions, slot: Slot) -> str:
    """Return what a part of the day is called, also where it has no title of its own."""
    words = versions.words
    if slot.title:
        return slot.title.of(words.lang).text
    if slot.round is not None:
        return words.fmt("round_title", number=slot.round)
    if len(slot.entries) == 1:
        return slot.entries[0].session.title.of(words.lang).text
    return words.section("slot_kinds")[slot.kind]


def _changed(versions: Versions, old: Slot, new: Slot, day: Day) -> Iterator[Difference]:
    titles = slot_title(versions, old), slot_title(versions, new)
    if titles[0] != titles[1] and (old.title or new.title):
        yield difference("slot-title", old=titles[0], new=titles[1])
    if (old.begin, old.end) != (new.begin, new.end):
        times = [versions.times(day, slot.begin, slot.end) for slot in (old, new)]
        yield difference("slot-time", title=titles[1], old=times[0], new=times[1])


def _told(versions: Versions, day: Day, slot: Slot) -> dict[str, str]:
    return {
        "title": slot_title(versions, slot),
        "times": versions.times(day, slot.begin, slot.end),
    }


def _is_one_session(slot: Slot) -> bool:
    """Tell whether a slot is no more than its one session, which is told already."""
    return len(slot.entries) == 1 and slot.round is None


def _all(conf: Conference) -> Iterator[tuple[Day, Slot]]:
    return ((day, slot) for day in conf.days for slot in day.slots)

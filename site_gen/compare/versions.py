"""Two versions of a conference, and which records of them are the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from msgspec import Struct

from site_gen.model import Conference, Day, Page, Session, Slot, Source, Speaker
from site_gen.schedule import Timetable
from site_gen.words import Words

R = TypeVar("R", Session, Speaker, Source, Page)
NOT_KNOWN = {"nl": "niet bekend", "en": "not known"}


class Versions(Struct, frozen=True):
    """The old and the new one, with the timetable of each.

    ``words`` say how times are written, in the language of titles; ``lang`` is the language in
    which differences are told.
    """

    old: Conference
    new: Conference
    before: Timetable
    after: Timetable
    words: Words
    lang: str

    def times(self, day: Day, begin: int, end: int | None) -> str:
        """Write when something is, with the day where there are several."""
        clock = self.words.times(begin, end)
        if max(len(self.old.days), len(self.new.days)) < 2:
            return clock
        numbered = self.words.fmt("day_number", number=day.number)
        return f"{self.words.date(day.date) if day.date else numbered}, {clock}"

    def known(self, text: str) -> str:
        """Return a text, or say that it is not known."""
        return text or NOT_KNOWN[self.lang]


def same(old: Mapping[str, R], new: Mapping[str, R]) -> list[tuple[R, R]]:
    """Return the records that are in both; one that was renamed bears its old name itself."""
    renamed = {name: record for record in new.values() for name in _old_names(record)}
    pairs = ((record, new.get(slug) or renamed.get(slug)) for slug, record in old.items())
    return [(before, after) for before, after in pairs if after is not None]


def _old_names(record: Session | Speaker | Source | Page) -> list[str]:
    olds = record.old_names if isinstance(record, Source) else record.old_addresses
    return [old.text for old in olds]


def same_slots(old: Conference, new: Conference) -> list[tuple[Slot, Slot]]:
    """Return the timeslots that are in both: by the name of their file, else by what they are."""
    before, after = _slots(old), _slots(new)
    pairs = [(before[key], after[key]) for key in before if key in after]
    left = {_what(slot): slot for key, slot in after.items() if key not in before}
    for key, slot in before.items():
        if key not in after and _what(slot) in left:
            pairs.append((slot, left.pop(_what(slot))))
    return pairs


def _slots(conf: Conference) -> dict[str, Slot]:
    return {slot.key: slot for day in conf.days for slot in day.slots}


def _what(slot: Slot) -> tuple[object, ...]:
    return slot.kind, slot.round, slot.title, tuple(entry.session.slug for entry in slot.entries)

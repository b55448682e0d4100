"""Timeslots to days: when each begins and ends, and what is held in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from site_gen.model import Day, Entry, Event, Session, Slot
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.records import Raw, RawSlot
from site_gen.resolve.sessions import Register, find_room
from site_gen.resolve.texts import yaml_text
from site_gen.schedule import DAY, day_of, exists, is_twofold, local, zone
from site_gen.schema import Record, Value

DRAFT = "concept"
LONGEST = 31


class _Times(Struct, frozen=True):
    """When a slot is: the start of its day, its begin and its end, in minutes of the event."""

    midnight: int
    begin: int
    end: int | None


def resolve_days(
    raw: Raw, event: Event, sessions: Register[Session], problems: list[Problem]
) -> tuple[Day, ...]:
    """Return the days in time order, every entry numbered within its session."""
    slots = [
        slot for rawslot in raw.slots if (slot := _slot(rawslot, event, raw, sessions, problems))
    ]
    slots.sort(key=lambda slot: (slot.begin, slot.key))
    by_day: dict[int, list[Slot]] = {}
    counts: dict[str, int] = {}
    for slot in slots:
        day = day_of(slot.begin, event.day_change)
        by_day.setdefault(day, []).append(_numbered(slot, counts))
    _check_rounds(by_day, problems)
    if raw.slots_whole and not any(found.place.path.endswith(".yaml") for found in problems):
        problems += _unscheduled(by_day, sessions.known)
    return tuple(
        Day(
            number,
            event.first_day + timedelta(days=day) if event.first_day else None,
            tuple(by_day[day]),
        )
        for number, day in enumerate(sorted(by_day), 1)
    )


def _numbered(slot: Slot, counts: dict[str, int]) -> Slot:
    entries = []
    for entry in slot.entries:
        slug = entry.session.slug
        counts[slug] = counts.get(slug, 0) + 1
        entries.append(replace(entry, number=counts[slug]))
    return replace(slot, entries=tuple(entries))


def _slot(
    raw: RawSlot,
    event: Event,
    content: Raw,
    sessions: Register[Session],
    problems: list[Problem],
) -> Slot | None:
    record = raw.record
    times = _times(record, event, problems)
    kind = record.one("kind")
    held = [
        _entry(entry, times, event, content, sessions, problems)
        for entry in record.records("entries")
    ]
    if times is None or kind is None:
        return None
    number = _round(record, kind, content.slots_whole, problems)
    return Slot(
        key=raw.key,
        place=record.place,
        kind=kind.value,
        begin=times.begin,
        end=times.end,
        round=number,
        title=yaml_text(record, "title", event.languages, problems),
        note=yaml_text(record, "note", event.languages, problems),
        entries=tuple(entry for entry in held if entry),
    )


def _round(record: Record, kind: Value[str], whole: bool, problems: list[Problem]) -> int | None:
    number = record.one("round")
    if kind.value == "ronde" and number is None and whole:
        problems.append(problem(kind.place, "unnumbered-round"))
    if kind.value != "ronde" and number is not None:
        problems.append(problem(number.place, "misplaced-round", kind=kind.value))
        return None
    return number.value if number else None


def _times(record: Record, event: Event, problems: list[Problem]) -> _Times | None:
    begin, end, end_day = record.one("begin"), record.one("end"), record.one("end_day")
    if begin is None:
        return None
    midnight = _midnight(record, begin.value, event, problems)
    if midnight is None:
        return None
    start = midnight + begin.value
    _check_clock(begin, start, event, problems)
    if end is None:
        return _Times(midnight, start, None)
    finish = midnight + end.value + DAY * (end_day.value if end_day else 0)
    _check_clock(end, finish, event, problems)
    if finish <= start:
        night = begin.value > end.value and end.value <= event.day_change
        code = "end-after-midnight" if night else "end-not-after-begin"
        problems.append(problem(end.place, code))
        return None
    return _Times(midnight, start, finish)


def _midnight(record: Record, begin: int, event: Event, problems: list[Problem]) -> int | None:
    """Return the start of the slot's calendar day; an undated night slot ends the first day."""
    date = record.one("date")
    if date is None:
        return DAY if begin < event.day_change else 0
    if event.first_day is None:
        problems.append(problem(date.place, "date-without-event-date"))
        return None
    day: int = (date.value - event.first_day).days
    if day > LONGEST or day_of(day * DAY + begin, event.day_change) < 0:
        first = event.first_day.isoformat()
        problems.append(problem(date.place, "day-outside-event", date=date.value, first=first))
        return None
    return day * DAY


def _check_clock(value: Value[int], minute: int, event: Event, problems: list[Problem]) -> None:
    """A date makes a time a moment: it must exist, and exist once."""
    tz = zone(event.time_zone)
    if event.first_day is None or tz is None:
        return
    wall = local(event.first_day, minute)
    shown = {"time": f"{wall:%H.%M}", "date": wall.date().isoformat()}
    if not exists(wall, tz):
        problems.append(problem(value.place, "skipped-time", **shown))
    elif is_twofold(wall, tz):
        problems.append(problem(value.place, "ambiguous-time", **shown))


def _entry(
    record: Record,
    times: _Times | None,
    event: Event,
    content: Raw,
    sessions: Register[Session],
    problems: list[Problem],
) -> Entry | None:
    slug = record.one("session")
    found = sessions.look_up([slug], problems) if slug else []
    room, status = record.one("room"), record.one("status")
    where = find_room(room, event, problems)
    span = _entry_times(record, times, event, problems) if times else None
    if not found or span is None:
        return None
    session = found[0]
    return Entry(
        session=session,
        place=record.place,
        begin=span[0],
        end=span[1],
        room=where if room else session.room,
        status=status.value if status else session.status,
        moved_to=yaml_text(record, "moved_to", content.languages, problems),
        number=0,
    )


def _entry_times(
    record: Record, times: _Times, event: Event, problems: list[Problem]
) -> tuple[int, int | None] | None:
    """What an entry lacks comes from the slot; past midnight its clock runs on."""
    begin, end = record.one("begin"), record.one("end")
    start, finish = times.begin, times.end
    if begin is not None:
        start = _after(times.midnight + begin.value, times.begin, times.end)
        _check_clock(begin, start, event, problems)
        if start < times.begin or (times.end is not None and start >= times.end):
            problems.append(problem(begin.place, "entry-outside-slot"))
            return None
    if end is not None:
        finish = _after(times.midnight + end.value, start, times.end)
        _check_clock(end, finish, event, problems)
        if finish <= start:
            problems.append(problem(end.place, "end-not-after-begin"))
            return None
        if times.end is not None and finish > times.end:
            hours, minutes = divmod(finish % DAY, 60)
            shown = f"{hours:02}.{minutes:02}"
            problems.append(problem(end.place, "entry-after-slot", time=shown))
    return start, finish


def _after(minute: int, begin: int, slot_end: int | None) -> int:
    """Move a time to the next day where the slot runs past midnight and it would be too early."""
    crosses = slot_end is not None and (slot_end - 1) // DAY > begin // DAY
    return minute + DAY if crosses and minute < begin else minute


def _check_rounds(by_day: Mapping[int, list[Slot]], problems: list[Problem]) -> None:
    for slots in by_day.values():
        first: dict[int, Place] = {}
        for slot in slots:
            if slot.round is None:
                continue
            if slot.round in first:
                where = first[slot.round].path
                problems.append(
                    problem(slot.place, "duplicate-round", round=slot.round, other=where)
                )
            first.setdefault(slot.round, slot.place)


def _unscheduled(
    by_day: Mapping[int, list[Slot]], sessions: Mapping[str, Session]
) -> list[Problem]:
    """A session stands in a timeslot, or nobody can go to it."""
    held = {
        entry.session.slug for slots in by_day.values() for slot in slots for entry in slot.entries
    }
    return [
        problem(session.place, "unscheduled-session", slug=slug)
        for slug, session in sessions.items()
        if slug not in held and session.status != DRAFT
    ]

"""Time: days, moments and clashes."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen import pipeline
from site_gen.model import Day, Entry, Room, Slot
from site_gen.place import Place
from site_gen.schedule import (
    DAY,
    day_of,
    entries,
    exists,
    is_twofold,
    local,
    room_clashes,
    timetable,
    zone,
)
from tests.support import SEVERAL_DAYS

AMSTERDAM = zone("Europe/Amsterdam")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Mars/Phobos",
        "../../etc/passwd",
        "/etc/localtime",
        "Europe",
        "Europe/Amsterdam/",
        "a\0b",
    ],
)
def test_zone_that_is_none(name):
    """32: unknown or path-like."""
    assert zone(name) is None


@pytest.mark.parametrize("name", ["Europe/Amsterdam", "UTC", "Etc/GMT+5", "America/Port-au-Prince"])
def test_zone_by_its_name(name):
    assert zone(name).key == name


def test_zone_comes_from_the_package_and_not_from_the_machine(monkeypatch, tmp_path):
    zone.cache_clear()
    monkeypatch.setenv("PYTHONTZPATH", str(tmp_path))
    assert zone("Europe/Amsterdam").utcoffset(datetime(2026, 7, 1)) == timedelta(hours=2)


def test_time_in_the_hour_that_is_skipped():
    """30: the clock goes from 02.00 to 03.00."""
    assert not exists(datetime(2026, 3, 29, 2, 30), AMSTERDAM)
    assert exists(datetime(2026, 3, 29, 1, 59), AMSTERDAM)
    assert exists(datetime(2026, 3, 29, 3, 0), AMSTERDAM)


def test_time_in_the_hour_that_comes_twice():
    """31: the clock goes from 03.00 back to 02.00."""
    assert is_twofold(datetime(2026, 10, 25, 2, 30), AMSTERDAM)
    assert not is_twofold(datetime(2026, 10, 25, 3, 0), AMSTERDAM)
    assert not is_twofold(datetime(2026, 3, 29, 2, 30), AMSTERDAM)


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2037, 1, 1)))
def test_time_is_skipped_or_twofold_as_the_zone_says(wall):
    """A wall-clock time stands for none, one or two moments: count them hour by hour."""
    guesses = (wall.replace(tzinfo=UTC) - timedelta(hours=h) for h in range(4))
    moments = {g for g in guesses if g.astimezone(AMSTERDAM).replace(tzinfo=None) == wall}
    assert len(moments) == exists(wall, AMSTERDAM) + is_twofold(wall, AMSTERDAM)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 40 * DAY))
def test_local_counts_minutes_from_the_first_midnight(first, minute):
    wall = local(first, minute)
    assert (wall.date() - first).days * DAY + wall.hour * 60 + wall.minute == minute


@pytest.mark.parametrize(
    ("minute", "day"), [(0, -1), (239, -1), (240, 0), (1439, 0), (1440 + 239, 0), (1440 + 240, 1)]
)
def test_day_of_a_night_slot_is_the_evening_before(minute, day):
    assert day_of(minute, 4 * 60) == day


def entry(begin, end):
    nowhere = Place("programma/x.yaml")
    session = SimpleNamespace(slug="x", speakers=())
    return Entry(session, nowhere, begin, end, Room("A"), "gepland", None, 1)


def overlap(one, other):
    ends = [each.begin + 1 if each.end is None else each.end for each in (one, other)]
    return one.begin < ends[1] and other.begin < ends[0]


TIMES = st.tuples(st.integers(0, 40), st.one_of(st.none(), st.integers(1, 20)))


@given(st.lists(TIMES, max_size=12))
def test_each_entry_that_overlaps_is_told_once_with_one_that_it_does(times):
    held = [entry(begin, None if length is None else begin + length) for begin, length in times]
    slot = Slot("x", Place("x"), "ronde", 0, None, 1, None, None, tuple(held))
    found = room_clashes(SimpleNamespace(days=[Day(1, None, (slot,))]))
    pairs = [(id(clash.first), id(clash.second)) for clash in found]
    overlapping = {(id(a), id(b)) for a, b in combinations(held, 2) if overlap(a, b)}
    assert len(set(pairs)) == len(pairs) < max(len(held), 1)
    assert set(pairs) <= overlapping  # each in the order of the programme
    assert {each for pair in pairs for each in pair} == {e for pair in overlapping for e in pair}


def test_timetable_looks_up_what_a_page_is_about():
    content, _ = pipeline.check(SEVERAL_DAYS)
    conf = content.conf
    table = timetable(conf)
    held = list(entries(conf))
    for session in conf.sessions.values():
        assert list(table.held(session)) == [e for e in held if e[2].session is session]
    for speaker in conf.speakers.values():
        assert list(table.on(speaker)) == [e for e in held if speaker in e[2].session.speakers]
    order = list(dict.fromkeys(e.session.slug for _, _, e in held))
    first, second = (conf.sessions[slug] for slug in order[:2])
    assert table.beside(first) == (None, second)
    assert table.beside(second)[0] == first
    assert table.beside(conf.sessions[order[-1]])[1] is None

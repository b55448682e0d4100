"""Time zones written for a calendar, read back and compared with the zone itself."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from site_gen.exports.zones import timezone
from site_gen.schedule import zone

ZONES = (
    "Europe/Amsterdam",
    "Europe/Dublin",  # winter time is the exception in its law
    "America/New_York",
    "America/Santiago",  # summer is in January
    "Australia/Lord_Howe",  # half an hour
    "Asia/Kolkata",  # always the same
)


def written(tz: ZoneInfo, year: int) -> str:
    day = datetime(year, 6, 1, tzinfo=tz)
    text = timezone(tz, day, day).to_ical().decode()
    return f"BEGIN:VCALENDAR\r\n{text}END:VCALENDAR\r\n"


@pytest.mark.parametrize("name", ZONES)
def test_zone_is_the_zone_itself_every_half_hour_of_two_years(name: str) -> None:
    """Also in the hours around each change, which a wrong onset would shift."""
    tz = zone(name)
    assert tz is not None
    reader = tzical(io.StringIO(written(tz, 2026))).get()
    moment, end = datetime(2025, 6, 2, tzinfo=UTC), datetime(2027, 5, 31, tzinfo=UTC)
    wrong = []
    while moment < end:
        wall = moment.astimezone(tz)
        if wall.fold == 0 and wall.replace(tzinfo=reader).utcoffset() != wall.utcoffset():
            wrong.append(wall)
        moment += timedelta(minutes=30)
    assert wrong == []


def test_onset_is_told_by_the_clock_before_it() -> None:
    """RFC 5545, section 3.6.5: at 2 o'clock it becomes 3 in spring, and at 3 it becomes 2."""
    tz = zone("Europe/Amsterdam")
    assert tz is not None
    text = written(tz, 2026)
    assert "BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\n" in text
    assert "BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\n" in text

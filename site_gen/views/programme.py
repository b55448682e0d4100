"""Pages that show the programme: the grid, a round, and what is left of them without network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_gen.model import Conference, Day, Slot
from site_gen.schedule import entries, moment, rounds
from site_gen.text import Span
from site_gen.urls import SCHEDULE_XML, address
from site_gen.views.cards import card, day_label, line, slot_id, slot_title, slot_view, times
from site_gen.views.contexts import HomePage, OfflinePage, RoundPage
from site_gen.views.finding import finder
from site_gen.views.frames import NavLink
from site_gen.views.framing import frame
from site_gen.views.parts import FULL_GRID, FULL_LIST, halls, held_in
from site_gen.views.shapes import ChangeView, Code, DayLink, LabelledLink
from site_gen.views.signs import qr_code, title_size
from site_gen.views.site import Spot

UNKNOWN_LENGTH = 60  # minutes that a part without an end counts as on; so in assets/js/site.js


def home_page(spot: Spot, *, day: Day | None, part: int = 0) -> HomePage:
    """Return (part of) the grid of one day: of the first on the home page, of any on its own."""
    conf, words = spot.site.conf, spot.words
    title = conf.event.title.of(spot.lang)
    is_home = spot.path == spot.site.urls.home(spot.lang)
    label = _part_label(spot, day, part) if day else ""
    below = halls(day.slots) if day and held_in(day.slots) > FULL_GRID else None
    shown = spot.site.parts.grids[day.number][part] if day else ()
    slots = tuple(slot_view(spot, day, slot, below) for slot in shown) if day else ()
    page_title = title.text if is_home else label
    return HomePage(
        frame=frame(spot, "home", page_title, _description(spot)),
        title=title if is_home else Span(label, spot.lang),
        subtitle=spot.text(conf.event.subtitle) if is_home else None,
        day_label=label if is_home else "",
        days=_days(spot, day, part),
        by_theme=_by_theme(spot),
        gaps=tuple(words[key] for key in _gaps(conf)) if is_home else (),
        calendar=spot.calendar(spot.site.urls.calendar(spot.lang)),
        subscription=_subscription(spot),
        schedule=spot.calendar(SCHEDULE_XML),
        changes=_changes(spot) if is_home else (),
        feed=spot.to(spot.site.urls.feed(spot.lang)) if spot.site.has_feed else "",
        finder=finder(spot, shown),
        hours=tuple(_hours(spot, shown)) if below else (),
        slots=slots,
        dated=spot.site.has_calendars,
    )


def _description(spot: Spot) -> str:
    event = spot.site.conf.event
    title = event.title.of(spot.lang).text
    key = "home_description_place" if event.location else "home_description"
    return spot.words.fmt(key, title=title, place=event.location)


def _days(spot: Spot, day: Day | None, part: int) -> tuple[DayLink, ...]:
    grids = spot.site.parts.grids
    pages = [(day, part) for day in spot.site.conf.days for part in range(len(grids[day.number]))]
    if len(pages) < 2:
        return ()
    return tuple(_day_link(spot, *page, current=page == (day, part)) for page in pages)


def _day_link(spot: Spot, day: Day, part: int, *, current: bool) -> DayLink:
    event, slots = spot.site.conf.event, spot.site.parts.grids[day.number][part]
    begin = moment(event, min(slot.begin for slot in slots))
    end = moment(event, _end(spot, day, part))
    return DayLink(
        _part_label(spot, day, part),
        spot.to(spot.site.grid_path(spot.lang, day, part)),
        current,
        begin.isoformat(timespec="minutes") if begin else "",
        end.isoformat(timespec="minutes") if end else "",
    )


def _by_theme(spot: Spot) -> str:
    """Return the way to the programme in another order: a list of sessions that is by theme."""
    is_there = spot.site.parts.are_by_theme
    return spot.to(spot.site.urls.own(spot.lang, "sessions")) if is_there else ""


def _end(spot: Spot, day: Day, part: int) -> int:
    """Return when a page of the grid is no longer the one to look at."""
    grid = spot.site.parts.grids[day.number]
    if part + 1 < len(grid):
        return grid[part + 1][0].begin
    return max(slot.end or slot.begin + UNKNOWN_LENGTH for slot in grid[part])


def _part_label(spot: Spot, day: Day, part: int) -> str:
    """Return how a day is called; a part of a large one also by when it begins."""
    label, grid = day_label(spot, day), spot.site.parts.grids[day.number]
    if len(grid) == 1:
        return label
    begin = spot.words.times(grid[part][0].begin, None)
    return f"{label}, {begin}" if label else begin


def _hours(spot: Spot, slots: Sequence[Slot]) -> Iterator[NavLink]:
    """Lead to the first slot in each hour."""
    hour = -1
    for slot in slots:
        if slot.begin // 60 > hour:
            hour = slot.begin // 60
            yield NavLink(Span(spot.words.clock(slot.begin), spot.lang), f"#{slot_id(slot)}")


def _gaps(conf: Conference) -> list[str]:
    """Name what a visitor would look for and the programme does not tell."""
    every = [entry for _, _, entry in entries(conf)]
    held = [entry for entry in every if entry.session.kind != "wandeling"]
    last = conf.days[-1].slots[-1] if conf.days else None
    gaps = {
        "gap_date": conf.event.first_day is None,
        "gap_rooms": bool(held) and all(entry.room is None for entry in held),
        "gap_end": last is not None and last.end is None,
        "gap_schedule": conf.event.first_day is not None and any(e.end is None for e in every),
    }
    return [key for key, missing in gaps.items() if missing]


def _subscription(spot: Spot) -> str:
    """Return the address at which a calendar follows the programme; it needs a public one."""
    site = spot.site
    if not (site.address and site.has_calendars):
        return ""
    return "webcal:" + address(site.address, site.urls.calendar(spot.lang)).partition(":")[2]


def _changes(spot: Spot) -> tuple[ChangeView, ...]:
    conf = spot.site.conf
    return tuple(
        ChangeView(
            spot.words.moment(change.at) if change.at else "",
            change.text.of(spot.lang),
            spot.to(spot.site.urls.below(spot.lang, "sessions", change.session))
            if change.session in conf.sessions
            else "",
        )
        for change in conf.event.changes
    )


def round_page(spot: Spot, *, day: Day, slot: Slot, number: int) -> RoundPage:
    """Return the parallel sessions of one round."""
    title, label = slot_title(spot, slot), day_label(spot, day)
    name = f"{title.text}, {label}" if spot.site.several_days else title.text
    when = times(spot, slot.begin, slot.end)
    description = spot.words.fmt("round_description", number=number, times=when.text)
    previous, following = spot.site.timetable.around_round[slot.key]
    cards = tuple(card(spot, slot, entry) for entry in slot.entries)
    return RoundPage(
        frame=frame(spot, "round", name, description),
        round=number,
        title=title,
        day_label=label,
        note=spot.text(slot.note),
        times=when,
        calendar=_calendar(spot, day, number),
        title_size=title_size(cards),
        code=_code(spot),
        cards=tuple(map(line, cards) if len(slot.entries) > FULL_LIST else cards),
        previous=_round_link(spot, *previous) if previous else None,
        next=_round_link(spot, *following) if following else None,
    )


def _calendar(spot: Spot, day: Day, number: int) -> str:
    key = spot.site.round_key(day, number)
    return spot.calendar(spot.site.urls.round_calendar(spot.lang, key))


def _code(spot: Spot) -> Code | None:
    """Return the QR code that leads to this page: where asked for, and its address is known."""
    asked, base = spot.site.conf.event.qr, spot.site.address
    return qr_code(address(base, spot.path), asked) if asked and base else None


def _round_link(spot: Spot, day: Day, _slot: Slot, number: int) -> LabelledLink:
    site = spot.site
    key = "round_on_day" if site.several_days else "round_number"
    label = spot.words.fmt(key, number=number, day=day_label(spot, day))
    path = site.round_path(spot.lang, day, number)
    return LabelledLink(Span(label, spot.lang), spot.to(path))


def offline_page(spot: Spot) -> OfflinePage:
    """Return what a visitor sees without network of a page that the device has not kept."""
    around = frame(spot, "offline", spot.words["offline_title"], "")
    programme, *lists = (LabelledLink(link.label, link.href) for link in around.navigation)
    days = [LabelledLink(Span(day.label, spot.lang), day.href) for day in _days(spot, None, 0)]
    in_rounds = [_round_link(spot, *each) for each in rounds(spot.site.conf)]
    return OfflinePage(around, (programme, *days, *in_rounds, *lists))

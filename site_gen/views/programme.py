"""Pages that show the programme: the grid, a round, all sessions, my programme."""

from __future__ import annotations

from site_gen.markup import BodyView
from site_gen.model import Conference, Day, Slot
from site_gen.schedule import entries, moment, rounds
from site_gen.text import Span
from site_gen.urls import SCHEDULE_XML, address
from site_gen.views.cards import (
    card,
    day_label,
    slot_path,
    slot_title,
    slot_view,
    times,
)
from site_gen.views.contexts import (
    HomePage,
    MyProgrammePage,
    OfflinePage,
    RoundPage,
    SessionsPage,
)
from site_gen.views.finding import finder
from site_gen.views.frames import Frame
from site_gen.views.records import introduction
from site_gen.views.shapes import ChangeView, Code, DayLink, Group, LabelledLink
from site_gen.views.signs import qr_code, title_size
from site_gen.views.site import Spot, choices_key, frame

UNKNOWN_LENGTH = 60  # minutes that a part without an end counts as on; so in assets/js/site.js


def home_page(spot: Spot, *, day: Day | None) -> HomePage:
    """Return the grid of one day: of the first on the home page, of any on its own page."""
    conf, words = spot.site.conf, spot.words
    title = conf.event.title.of(spot.lang)
    is_home = spot.path == spot.site.urls.home(spot.lang)
    label = day_label(spot, day) if day else ""
    slots = tuple(slot_view(spot, day, slot) for slot in day.slots) if day else ()
    page_title = title.text if is_home else label
    return HomePage(
        frame=frame(spot, "home", page_title, _description(spot)),
        title=title if is_home else Span(label, spot.lang),
        subtitle=spot.text(conf.event.subtitle) if is_home else None,
        day_label=label if is_home else "",
        days=_days(spot, day),
        gaps=tuple(words[key] for key in _gaps(conf)) if is_home else (),
        calendar=spot.calendar(spot.site.urls.calendar(spot.lang)),
        subscription=_subscription(spot),
        schedule=spot.calendar(SCHEDULE_XML),
        changes=_changes(spot) if is_home else (),
        feed=spot.to(spot.site.urls.feed(spot.lang)) if spot.site.has_feed else "",
        finder=finder(spot, day.slots) if day else None,
        slots=slots,
        dated=spot.site.has_calendars,
    )


def _description(spot: Spot) -> str:
    event = spot.site.conf.event
    title = event.title.of(spot.lang).text
    key = "home_description_place" if event.location else "home_description"
    return spot.words.fmt(key, title=title, place=event.location)


def _days(spot: Spot, current: Day | None) -> tuple[DayLink, ...]:
    days = spot.site.conf.days
    if len(days) < 2:
        return ()
    return tuple(_day_link(spot, day, current=day == current) for day in days)


def _day_link(spot: Spot, day: Day, *, current: bool) -> DayLink:
    event = spot.site.conf.event
    begin = moment(event, min(slot.begin for slot in day.slots))
    end = moment(event, max(slot.end or slot.begin + UNKNOWN_LENGTH for slot in day.slots))
    return DayLink(
        day_label(spot, day),
        spot.to(spot.site.day_path(spot.lang, day)),
        current,
        begin.isoformat(timespec="minutes") if begin else "",
        end.isoformat(timespec="minutes") if end else "",
    )


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
        cards=cards,
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


def sessions_page(spot: Spot) -> SessionsPage:
    """Return all sessions in time order, slot by slot."""
    around, title, intro = _listing(spot, "sessions")
    slots = [slot for day in spot.site.conf.days for slot in day.slots]
    return SessionsPage(
        frame=around,
        title=title,
        intro=intro,
        finder=finder(spot, slots),
        groups=_groups(spot),
    )


def my_programme_page(spot: Spot) -> MyProgrammePage:
    """Return the page of a visitor's own choice, with all there is to choose from."""
    site = spot.site
    around, title, intro = _listing(spot, "my_programme")
    return MyProgrammePage(
        frame=around,
        title=title,
        intro=intro,
        groups=_groups(spot),
        data=spot.to(site.assets[choices_key(spot.lang)].path),
        dated=site.has_calendars,
        sessions=spot.to(site.urls.own(spot.lang, "sessions")),
    )


def offline_page(spot: Spot) -> OfflinePage:
    """Return what a visitor sees without network of a page that the device has not kept."""
    around = frame(spot, "offline", spot.words["offline_title"], "")
    programme, *lists = (LabelledLink(link.label, link.href) for link in around.navigation)
    days = [LabelledLink(Span(day.label, spot.lang), day.href) for day in _days(spot, None)]
    in_rounds = [_round_link(spot, *each) for each in rounds(spot.site.conf)]
    return OfflinePage(around, (programme, *days, *in_rounds, *lists))


def _listing(spot: Spot, word: str) -> tuple[Frame, Span, BodyView | None]:
    title = Span(spot.words[f"{word}_title"], spot.lang)
    event_title = spot.site.conf.event.title.of(spot.lang).text
    description = spot.words.fmt(f"{word}_description", title=event_title)
    page_title, intro, untranslated = introduction(spot, word, title)
    around = frame(spot, word, page_title.text, description, untranslated=untranslated)
    return around, page_title, intro


def _groups(spot: Spot) -> tuple[Group, ...]:
    return tuple(
        _group(spot, day, slot) for day in spot.site.conf.days for slot in day.slots if slot.entries
    )


def _group(spot: Spot, day: Day, slot: Slot) -> Group:
    return Group(
        title=slot_title(spot, slot),
        href=spot.to(*slot_path(spot, day, slot)),
        times=times(spot, slot.begin, slot.end),
        day_label=day_label(spot, day) if spot.site.several_days else "",
        round=slot.round or 0,
        cards=tuple(card(spot, slot, entry) for entry in slot.entries),
    )

"""What a page is about, for machines: schema.org as JSON-LD, one text per page.

A page shows it in a ``script`` of type ``application/ld+json``: data, which no browser runs, so the
policy on scripts leaves it be. An ``Event`` must have a ``startDate``: while the event has no date
there is none, and only speakers are described. ``@id`` and ``url`` need a public address; ``@id``
is that of the main language, so that every language speaks of the same thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from msgspec.json import encode

from site_gen.facts import entry_guid, room_of
from site_gen.model import Day, Entry, Session, Slot, Speaker
from site_gen.schedule import moment, span
from site_gen.text import Text
from site_gen.urls import address
from site_gen.views.cards import day_label, slot_path, slot_title
from site_gen.views.frames import ShareImage
from site_gen.views.parts import MOST_DESCRIBED, held_in
from site_gen.views.sharing import event_image, session_image
from site_gen.views.site import Spot

Node = dict[str, object]
CONTEXT = "https://schema.org"
STATUSES = {True: f"{CONTEXT}/EventCancelled", False: f"{CONTEXT}/EventScheduled"}


def conference_data(spot: Spot) -> str:
    """Describe the whole event: its sessions, or its days where there are several."""
    days = spot.site.conf.days
    parts = (
        _days(spot) if spot.site.several_days else _held(spot, [s for d in days for s in d.slots])
    )
    return _text(spot, [_conference(spot) | _known(subEvent=parts)])


def day_data(spot: Spot, *, day: Day) -> str:
    """Describe one of several days, with its sessions."""
    parts = _known(
        superEvent=_conference(spot),
        subEvent=_held(spot, day.slots),
        image=_address(event_image(spot)),
    )
    return _text(spot, [_day(spot, day) | parts])


def round_data(spot: Spot, *, day: Day, slot: Slot) -> str:
    """Describe a round, with its sessions."""
    title, path = slot_title(spot, slot).text, slot_path(spot, day, slot)[0]
    node = _event(spot, title, (slot.begin, slot.end), path)
    parts = _known(
        superEvent=_conference(spot),
        subEvent=_held(spot, [slot]),
        image=_address(event_image(spot)),
    )
    return _text(spot, [node | parts])


def session_data(spot: Spot, *, session: Session) -> str:
    """Describe each time that a session is held."""
    about = _known(
        description=_of(spot, session.summary),
        inLanguage=session.language,
        performer=[_person(spot, speaker) for speaker in session.speakers],
        organizer=[_organisation(spot, text) for text in session.organised_by],
        contributor=[_organisation(spot, text) for text in session.organisations],
        superEvent=_conference(spot),
        image=_address(session_image(spot, session=session)),
    )
    held = spot.site.timetable.held(session)
    return _text(spot, [_entry(spot, entry) | about for _, _, entry in held])


def speaker_data(spot: Spot, *, speaker: Speaker) -> str:
    """Describe a speaker; this needs no date."""
    base, photo = spot.site.address, speaker.photo
    image = spot.asset(photo.asset).path if photo else ""
    about = _known(
        jobTitle=_of(spot, speaker.role),
        worksFor=_organisation(spot, speaker.organisation),
        image=address(base, image) if base and image else "",
    )
    return _written([_person(spot, speaker) | about])


def _text(spot: Spot, events: Sequence[Node]) -> str:
    return _written(events) if spot.site.has_calendars else ""


def _written(nodes: Sequence[Node]) -> str:
    """Return the nodes as one text, or nothing where there are none."""
    if not nodes:
        return ""
    body: Node = nodes[0] if len(nodes) == 1 else {"@graph": nodes}
    return encode({"@context": CONTEXT} | body).decode()


def _known(**values: object) -> Node:
    return {name: value for name, value in values.items() if value}


def _of(spot: Spot, text: Text | None) -> str:
    return text.of(spot.lang).text if text else ""


def _conference(spot: Spot) -> Node:
    return spot.shared("conference", lambda: _whole(spot))


def _whole(spot: Spot) -> Node:
    site = spot.site
    event, home = site.conf.event, site.urls.home(spot.lang)
    node = _event(spot, _of(spot, event.title), site.timetable.span, home)
    about = _known(
        description=_of(spot, event.subtitle),
        organizer=_organisation(spot, event.organiser),
        image=_address(event_image(spot)),
    )
    return _identity(spot, site.urls.home(site.urls.main)) | node | about


def _days(spot: Spot) -> list[Node]:
    return [_day(spot, day) for day in spot.site.conf.days]


def _day(spot: Spot, day: Day) -> Node:
    name = f"{_of(spot, spot.site.conf.event.title)}, {day_label(spot, day)}"
    return _event(spot, name, span(day.slots), spot.site.day_path(spot.lang, day))


def _held(spot: Spot, slots: Sequence[Slot]) -> list[Node]:
    """Describe what is held in these slots; of many, each session has its own page to say it."""
    if held_in(slots) > MOST_DESCRIBED:
        return []
    return [_entry(spot, entry) for slot in slots for entry in slot.entries]


def _event(spot: Spot, name: str, times: tuple[int, int | None], path: str) -> Node:
    return {
        "@type": "Event",
        "name": name,
        **_span(spot, *times),
        **_place(spot, ""),
        **_url(spot, path),
    }


def _entry(spot: Spot, entry: Entry) -> Node:
    session, urls = entry.session, spot.site.urls
    main = urls.below(urls.main, "sessions", session.slug)
    return {
        **_identity(spot, main, entry_guid(spot.site.conf.event, entry)),
        "@type": "Event",
        "name": _of(spot, session.title),
        **_span(spot, entry.begin, entry.end),
        "eventStatus": STATUSES[entry.status == "vervallen"],
        **_place(spot, room_of(entry, spot.lang)),
        **_url(spot, urls.below(spot.lang, "sessions", session.slug)),
    }


def _span(spot: Spot, begin: int, end: int | None) -> Node:
    event = spot.site.conf.event

    def make() -> Node:
        first, last = moment(event, begin), None if end is None else moment(event, end)
        return _known(startDate=first and first.isoformat(), endDate=last and last.isoformat())

    return spot.everywhere(("span", begin, end), make)


def _place(spot: Spot, room: str) -> Node:
    town = spot.site.conf.event.location
    place = _known(name=room or town, address=town)
    return {"location": {"@type": "Place", **place}} if place else {}


def _person(spot: Spot, speaker: Speaker) -> Node:
    urls = spot.site.urls
    return {
        **_identity(spot, urls.below(urls.main, "speakers", speaker.slug)),
        "@type": "Person",
        "name": speaker.name,
        **_url(spot, urls.below(spot.lang, "speakers", speaker.slug)),
    }


def _organisation(spot: Spot, name: Text | None) -> Node:
    return {"@type": "Organization", "name": _of(spot, name)} if name else {}


def _address(image: ShareImage | None) -> str:
    return image.address if image else ""


def _identity(spot: Spot, path: str, fragment: str = "") -> Node:
    base, anchor = spot.site.address, fragment and f"#{quote(fragment)}"
    return {"@id": address(base, path) + anchor} if base else {}


def _url(spot: Spot, path: str) -> Node:
    return {"url": address(spot.site.address, path)} if spot.site.address else {}

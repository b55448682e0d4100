"""The images that stand for pages where a link to them is shared: what is written on each.

A session has one of its own; every other page has that of the event. They are drawn by
:mod:`site_gen.exports.cards`, where the content asks for it and the public address is known.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from site_gen.model import Day, Entry, Session
from site_gen.place import Place
from site_gen.schedule import rounds
from site_gen.text import Text
from site_gen.urls import address
from site_gen.views.cards import day_label, status_label, times
from site_gen.views.frames import ShareImage
from site_gen.views.site import Site, Spot

WIDTH, HEIGHT = 1200, 630  # what the readers of Open Graph show whole


class Writing(Struct, frozen=True):
    """What stands on an image: the name of the event (not on its own), a title, and facts below it.

    ``rounds`` are the numbers of the rounds whose strokes and tones it bears.
    """

    event: str
    title: str
    facts: tuple[str, ...]
    rounds: tuple[int, ...]

    @property
    def alt(self) -> str:
        """The same in words."""
        return ". ".join((self.title, *self.facts))


def event_image(spot: Spot) -> ShareImage | None:
    """Return the image of the event, if there is one."""
    key = _key(spot)
    return _image(spot, key, _event_writing(spot)) if spot.has_asset(key) else None


def session_image(spot: Spot, *, session: Session) -> ShareImage | None:
    """Return the image of a session, else that of the event, if there is one."""
    key = _key(spot, session.slug)
    if not spot.has_asset(key):
        return event_image(spot)
    return _image(spot, key, _session_writing(spot, session))


def _image(spot: Spot, key: str, writing: Writing) -> ShareImage:
    asset = spot.asset(key)
    where = address(spot.site.address, asset.path)
    return ShareImage(where, writing.alt, asset.width, asset.height)


def writings(site: Site) -> Iterator[tuple[str, Writing, Place]]:
    """Yield each image: its key among the assets, what stands on it, and what it is of."""
    for lang in site.languages:
        spot = Spot(site, lang, {lang: site.urls.home(lang)})
        yield _key(spot), _event_writing(spot), site.conf.event.place
        for slug, session in site.conf.sessions.items():
            yield _key(spot, slug), _session_writing(spot, session), session.place


def _key(spot: Spot, slug: str = "") -> str:
    return f"assets/cards/{slug or 'site'}.{spot.lang}.jpg"


def _event_writing(spot: Spot) -> Writing:
    conf = spot.site.conf
    dates = [day_label(spot, day) for day in (*conf.days[:1], *conf.days[-1:]) if day.date]
    return Writing(
        event="",
        title=_of(spot, conf.event.title),
        facts=_known(" – ".join(dict.fromkeys(dates)), conf.event.location),
        rounds=tuple(dict.fromkeys(number for _, _, number in rounds(conf))),
    )


def _session_writing(spot: Spot, session: Session) -> Writing:
    """Write when and where a session is held, as far as that is known."""
    event, held = spot.site.conf.event, spot.site.timetable.held(session)
    when = [_when(spot, day, entry) for day, _, entry in held]
    rooms = [entry.room.name for _, _, entry in held if entry.room]
    where = dict.fromkeys(_known(*rooms, event.location))
    number = held[0][1].round if held else None
    return Writing(
        event=_of(spot, event.title),
        title=_of(spot, session.title),
        facts=_known("; ".join(when), ", ".join(where)),
        rounds=(number,) if number else (),
    )


def _when(spot: Spot, day: Day, entry: Entry) -> str:
    status, date = status_label(spot, entry.status), day_label(spot, day)
    return ", ".join(_known(status, date, times(spot, entry.begin, entry.end).text))


def _known(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _of(spot: Spot, text: Text) -> str:
    return text.of(spot.lang).text

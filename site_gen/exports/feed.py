"""The changes of the programme as an Atom feed (RFC 4287), one per language.

Its ids depend neither on the address of the site nor on the words of a change, and its moments are
those of the content: the newest change, else the first day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from site_gen.facts import change_guid, feed_guid, moment_of, sayable
from site_gen.model import Change
from site_gen.schedule import moment
from site_gen.text import Text
from site_gen.urls import CHANGES, address
from site_gen.views.site import Site, Spot

ATOM = "http://www.w3.org/2005/Atom"


def feeds(site: Site) -> dict[str, bytes]:
    """Return the feed of each language by its path; none without a public address or a moment."""
    if not site.has_feed:
        return {}
    spots = (Spot(site, lang, {lang: site.urls.feed(lang)}) for lang in site.languages)
    return {spot.path: _feed(spot) for spot in spots}


def _feed(spot: Spot) -> bytes:
    site, event = spot.site, spot.site.conf.event
    entries = sorted(_numbered(event.changes), key=lambda each: each[0].at, reverse=True)
    newest = moment_of(event, entries[0][0]) if entries else moment(event, 0)
    root = Element("feed", {"xmlns": ATOM, "xml:lang": spot.lang})
    _add(root, "id", f"urn:uuid:{feed_guid(event, spot.lang)}")
    _add(root, "title", spot.words.fmt("feed_title", title=_text(spot, event.title)))
    _add(root, "updated", _stamp(newest))
    _add(SubElement(root, "author"), "name", _text(spot, event.organiser or event.title))
    _link(root, "self", address(site.address, spot.path))
    _link(root, "alternate", address(site.address, site.urls.home(spot.lang)))
    root.extend(_entry(spot, change, number) for change, number in entries)
    indent(root, "")
    text: bytes = tostring(root, "utf-8", xml_declaration=True)
    return text + b"\n"


def _numbered(changes: Sequence[Change]) -> Iterator[tuple[Change, int]]:
    """Yield each change with its number among those of one moment about one session."""
    seen: dict[tuple[str, str], int] = {}
    for change in changes:
        about = (change.at, change.session)
        seen[about] = seen.get(about, 0) + 1
        yield change, seen[about]


def _entry(spot: Spot, change: Change, number: int) -> Element:
    event, text = spot.site.conf.event, change.text.of(spot.lang)
    element = Element("entry", {} if text.lang == spot.lang else {"xml:lang": text.lang})
    _add(element, "id", f"urn:uuid:{change_guid(event, change, number, spot.lang)}")
    _add(element, "title", text.text)
    _add(element, "updated", _stamp(moment_of(event, change)))
    _link(element, "alternate", _goal(spot, change))
    return element


def _goal(spot: Spot, change: Change) -> str:
    """Return where to read on: the page of the session, else the changes on the home page."""
    site = spot.site
    if change.session in site.conf.sessions:
        return address(site.address, site.urls.below(spot.lang, "sessions", change.session))
    return f"{address(site.address, site.urls.home(spot.lang))}#{CHANGES}"


def _text(spot: Spot, text: Text) -> str:
    return text.of(spot.lang).text


def _stamp(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _add(element: Element, tag: str, text: str) -> None:
    SubElement(element, tag).text = sayable(text)


def _link(element: Element, kind: str, goal: str) -> None:
    SubElement(element, "link", rel=kind, href=goal)

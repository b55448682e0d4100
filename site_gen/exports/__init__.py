"""Everything that is published beside the pages, computed from the conference."""

from __future__ import annotations

from functools import partial

from site_gen.assets import Asset
from site_gen.store import Store, digest
from site_gen.urls import SCHEDULE_JSON, SCHEDULE_XML
from site_gen.views.site import Site


def without_texts(site: Site, store: Store | None = None) -> dict[str, bytes]:
    """Return by path the files that show nothing but the outline of the site: the calendars.

    What writes them is loaded here, and not by a command that only checks.
    """
    from site_gen.exports.ics import calendars

    return calendars(site, store or Store())


def with_texts(site: Site, store: Store | None = None) -> dict[str, bytes]:
    """Return all other files, those with texts among them; see the ``store`` for what is known."""
    from site_gen.exports.feed import feeds
    from site_gen.exports.security import security_txt

    return security_txt(site) | schedules(site, store) | feeds(site)


def schedules(site: Site, store: Store | None = None) -> dict[str, bytes]:
    """Return the schedule in both its forms; none while there is no date or no programme."""
    from site_gen.exports.schedule import schedule
    from site_gen.exports.schedule_json import as_json
    from site_gen.exports.schedule_xml import as_xml

    store = store or Store()
    found = schedule(site, store)
    if found is None:
        return {}
    data, version = as_json(found, store)
    return {SCHEDULE_XML: as_xml(found, version, store), SCHEDULE_JSON: data}


def client_data(site: Site, store: Store | None = None, processes: int = 1) -> dict[str, Asset]:
    """Return what scripts in the browser read, by key among the assets.

    What is in the ``store`` is not made again.
    Raises :class:`site_gen.machine.MachineError` where a library that the content asks for fails.
    """
    from site_gen.exports.choices import choices
    from site_gen.exports.search import texts

    store = store or Store()
    chosen = store.recall(digest("choices", site.outline), partial(choices, site))
    if asked := site.conf.event.pagefind:
        from site_gen.exports.pagefind import pagefind

        return {**chosen, **pagefind(site, asked, store)}
    return {**chosen, **texts(site, store, processes)}

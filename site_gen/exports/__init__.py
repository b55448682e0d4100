"""Everything that is published beside the pages, computed from the conference."""

from __future__ import annotations

from site_gen.views.site import Site


def export(site: Site) -> dict[str, bytes]:
    """Return every file by its path in the output.

    The library for calendars is loaded here, and not by a command that only checks.
    """
    from site_gen.exports.ics import calendars

    return calendars(site)

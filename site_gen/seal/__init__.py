"""What can only be said once all the rest is there, and names it: by its address or its content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from site_gen.hashes import File, Hashes
from site_gen.plan import Planned
from site_gen.seal.manifest import manifests
from site_gen.seal.worker import worker
from site_gen.views.site import Site


def seal(
    site: Site,
    pages: Sequence[Planned],
    files: Mapping[str, File],
    templates: Mapping[str, bytes],
    hashes: Hashes,
) -> dict[str, bytes]:
    """Return the files for installing the site, and for reading it offline.

    ``files`` are all other files of the site.
    """
    return {
        **manifests(site, templates),
        **worker(site, pages, files, templates, hashes),
    }

"""Web app manifests, so that a phone can put the site among its apps.

https://www.w3.org/TR/appmanifest/. There is one per language, because a name is in one. Addresses
in it are relative to its own, so it holds at any base path. It has no ``id``: that would be
resolved against the host, where other sites may be; without one, the address of the start page is
the id.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from site_gen.views.site import ICON, Site, Spot

BASE = "templates/base.html"
# What a system may cut to its own shape has its drawing within the safe zone, and no transparency.
ICONS = {
    "assets/icons/app-192.png": "any",
    "assets/icons/app-512.png": "any",
    "assets/icons/app-maskable-512.png": "maskable",
}
_COLOUR = re.compile(rb'<meta name="theme-color" content="(#[0-9a-f]{6})"')


def manifests(site: Site, templates: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the manifest of each language by path, in the colour that pages name first."""
    found = _COLOUR.search(templates[BASE])
    look = dict.fromkeys(("background_color", "theme_color"), found[1].decode()) if found else {}
    paths = {lang: site.urls.manifest(lang) for lang in site.languages}
    return {path: _manifest(Spot(site, lang, paths), look) for lang, path in paths.items()}


def _manifest(spot: Spot, look: Mapping[str, str]) -> bytes:
    event = spot.site.conf.event
    data = {
        "name": event.title.of(spot.lang).text,
        "lang": spot.lang,
        "start_url": "./",
        "scope": spot.root,
        "display": "standalone",
        **look,
        "icons": [
            {"src": spot.to_asset(ICON), "type": "image/svg+xml", "sizes": "any"},
            *(_icon(spot, key, purpose) for key, purpose in ICONS.items()),
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _icon(spot: Spot, key: str, purpose: str) -> dict[str, str]:
    asset = spot.asset(key)
    size = f"{asset.width}x{asset.height}"
    return {"src": spot.to(asset.path), "type": "image/png", "sizes": size, "purpose": purpose}

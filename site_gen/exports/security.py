"""Where a vulnerability can be reported: ``.well-known/security.txt`` (RFC 9116)."""

from __future__ import annotations

from site_gen.model import Security
from site_gen.urls import address, contact_address
from site_gen.views.site import Site

PATH = ".well-known/security.txt"


def security_txt(site: Site) -> dict[str, bytes]:
    """Return the file by its path, or nothing where the event does not say whom to tell."""
    security = site.conf.event.security
    return {PATH: _text(site, security).encode()} if security else {}


def _text(site: Site, security: Security) -> str:
    fields = {
        "Contact": contact_address(security.contact.text),
        "Expires": f"{security.expires}T23:59:59Z",
        "Preferred-Languages": ", ".join(site.languages),
        "Canonical": address(site.address, PATH) if site.address else "",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items() if value)

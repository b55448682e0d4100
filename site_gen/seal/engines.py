"""For search engines: ``robots.txt``, and with a public address the sitemap that it names."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from site_gen.plan import Planned
from site_gen.urls import address as public
from site_gen.urls import alternates

SITEMAP = "sitemap.xml"
NOT_LISTED = frozenset({"404", "offline", "redirect"})
NAMESPACES = {
    "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
}


def engines(pages: Sequence[Planned], address: str) -> dict[str, bytes]:
    """Return the files by path."""
    if not address:
        return {"robots.txt": _robots("")}
    return {"robots.txt": _robots(public(address, SITEMAP)), SITEMAP: _sitemap(pages, address)}


def _robots(sitemap: str) -> bytes:
    """Nothing is closed to search engines."""
    return ("User-agent: *\nDisallow:\n" + (f"\nSitemap: {sitemap}\n" if sitemap else "")).encode()


def _sitemap(pages: Sequence[Planned], base: str) -> bytes:
    """List every page with its languages; there is no date in it, for no page knows its own."""
    root = Element("urlset", NAMESPACES)
    for page in pages:
        if page.template not in NOT_LISTED:
            url = SubElement(root, "url")
            SubElement(url, "loc").text = public(base, page.path)
            for code, other in alternates(base, page.paths):
                about = {"rel": "alternate", "hreflang": code, "href": other}
                SubElement(url, "xhtml:link", about)
    indent(root, "")
    text: bytes = tostring(root, "utf-8", xml_declaration=True)
    return text + b"\n"

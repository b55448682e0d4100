"""What a preview puts around a page in the answer, and never on disk.

That is a stylesheet of its own, the script that reloads the page, and what is wrong. Both are files
of this very server, so the policy of the page (``Content-Security-Policy``) stays as strict as it
is; it is widened by one address only, that of the socket.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from html import escape, unescape

from site_gen.serve.display import Shown
from site_gen.serve.overlay import alarm, overlay

STYLESHEET = "/serve.css"
SCRIPT = "/livereload.js"

_POLICY = re.compile(
    r"""(<meta[^>]*\bhttp-equiv=["']?content-security-policy["']?[^>]*\bcontent=)"""
    r"""(?:"([^"]*)"|'([^']*)')""",
    re.I,
)
_HEAD_END = re.compile(r"</head\s*>", re.I)
_BODY = re.compile(r"<body\b[^>]*>", re.I)
_TITLE = re.compile(r"<title>", re.I)


def dress(html: bytes, shown: Shown, host: str) -> bytes:
    """Return a page as it is answered to who asked for it at ``host`` (the ``Host`` header)."""
    text = html.decode("utf-8", "replace")
    text = _POLICY.sub(lambda match: f'{match[1]}"{_with_socket(match, host)}"', text)
    text = _put(text, _TITLE, escape(alarm(shown)), after=True)
    text = _put(text, _HEAD_END, _head(version(html, shown), host), after=False)
    return _put(text, _BODY, overlay(shown), after=True).encode()


def version(html: bytes, shown: Shown) -> str:
    """Name a page as it is answered: another name means that there is something else to see."""
    content = b"\0".join([html, alarm(shown).encode(), overlay(shown).encode()])
    return f"v{blake2b(content, digest_size=8).hexdigest()}"  # livereload makes 1e5 a number


def allow(policy: str, directive: str, source: str) -> str:
    """Return a policy in which a directive allows one source more (CSP level 3, section 2.2).

    A directive that is not there would follow ``default-src``; where that is not there either, all
    is allowed already.
    """
    parts = [part.split() for part in policy.split(";") if part.strip()]
    rules = {
        part[0].lower(): part[1:] for part in reversed(parts)
    }  # of equal ones the first counts
    followed = rules.get(directive, rules.get("default-src"))
    if followed is None:
        return policy
    others = [" ".join(part) for part in parts if part[0].lower() != directive]
    allowed = [each for each in followed if each.lower() != "'none'"]
    return "; ".join([*others, " ".join([directive, *allowed, source])])


def _with_socket(match: re.Match[str], host: str) -> str:
    policy = unescape(match[2] or match[3] or "")
    if not host.startswith("["):  # no source can name an IPv6 address; to most browsers 'self' does
        policy = allow(policy, "connect-src", f"ws://{host}")
    return escape(policy, quote=False).replace('"', "&quot;")


def _head(name: str, host: str) -> str:
    """Return the elements that load ours; the script finds its server by its own address."""
    about = f"snipver={name}"
    if host.startswith("["):  # but not an IPv6 address
        address, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "80")
        about += f"&host={address}&port={port}"
    return (
        f'<link rel="stylesheet" href="{STYLESHEET}">\n'
        f'<script src="{SCRIPT}?{escape(about)}" defer></script>\n'
    )


def _put(html: str, mark: re.Pattern[str], text: str, *, after: bool) -> str:
    """Put a text before or after a mark; at the end where a template has no such mark."""
    match = mark.search(html)
    if match is None:
        return html + text
    index = match.end() if after else match.start()
    return html[:index] + text + html[index:]

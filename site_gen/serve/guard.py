"""Who may ask: only who was given the address, whatever a page elsewhere makes a browser do.

A foreign page can point its own name at this computer ("DNS rebinding"); the ``Host`` header then
bears that name (RFC 9110, section 7.4). An IP address in it cannot be forged so.
"""

from __future__ import annotations

import re
from ipaddress import ip_address

from msgspec import Struct

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_HOST = re.compile(r"(?:\[(?P<v6>[0-9a-f:.]+)\]|(?P<name>[^:\[\]/@\s]+))(?::\d{1,5})?", re.I)


class Guard(Struct, frozen=True):
    """The names by which the server may be asked; with ``any_address`` also every IP address."""

    names: frozenset[str]
    any_address: bool = False

    def admits(self, host: str) -> bool:
        """Tell whether this ``Host`` header is meant for us; the port does not matter.

        It is another one where a tunnel or an editor's forwarding stands in between.
        """
        match = _HOST.fullmatch(host)
        if match is None:
            return False
        name = (match["v6"] or match["name"]).lower()
        return name in self.names or (self.any_address and _is_address(name))


def guard(host: str, own_names: frozenset[str]) -> Guard:
    """Return the guard of a server that listens at ``host``; ``own_names`` are the machine's."""
    if is_loopback(host):
        return Guard(LOOPBACK | {host.lower()})
    return Guard(LOOPBACK | own_names | {host.lower()}, any_address=True)


def is_loopback(host: str) -> bool:
    """Tell whether only this computer can reach a server that listens at ``host``."""
    return host.lower() == "localhost" or (_is_address(host) and ip_address(host).is_loopback)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True

"""Licences for texts: the closed list that an event chooses from, each with its official address.

The keys are those of the SPDX licence list; the addresses those of Creative Commons, which gives
each licence in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

_HOME = "https://creativecommons.org"


class Licence(Struct, frozen=True):
    """A licence: how readers know it, and where it can be read."""

    name: str
    address: str


def _by(elements: str) -> Licence:
    return Licence(f"CC {elements.upper()} 4.0", f"{_HOME}/licenses/{elements}/4.0/")


LICENCES: Mapping[str, Licence] = {
    "CC0-1.0": Licence("CC0 1.0", f"{_HOME}/publicdomain/zero/1.0/"),
    "CC-BY-4.0": _by("by"),
    "CC-BY-SA-4.0": _by("by-sa"),
    "CC-BY-NC-4.0": _by("by-nc"),
    "CC-BY-NC-SA-4.0": _by("by-nc-sa"),
    "CC-BY-ND-4.0": _by("by-nd"),
    "CC-BY-NC-ND-4.0": _by("by-nc-nd"),
}

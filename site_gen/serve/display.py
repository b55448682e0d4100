"""What there is to see: the last good site, and what is wrong now."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from site_gen.serve.outcome import Fault, Outcome


class Shown(Struct, frozen=True):
    """What a browser gets.

    ``files`` are those of the last good build, and ``stopped`` tells that there was a later one
    that came to nothing. ``base`` is the path of the public address, ``lang`` the language of who
    edits.
    """

    lang: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    base: str = "/"
    faults: tuple[Fault, ...] = ()
    stopped: bool = False


class Display:
    """Holds what is shown, and tells when that changes."""

    def __init__(self, lang: str, changed: Callable[[], None]) -> None:
        self.shown = Shown(lang)
        self._changed = changed
        self._whole = self.shown.files

    def take(self, outcome: Outcome) -> None:
        """Show this outcome; of one that was stopped, the faults over the last whole site."""
        if not outcome.stopped:
            self._whole = outcome.files
        base = self.shown.base if outcome.stopped else outcome.base
        self._put(self._whole, base, outcome.faults, outcome.stopped)

    def glimpse(self, outcome: Outcome) -> None:
        """Show these pages in the site that is there, where nothing else than they would change.

        What is wrong stays until a whole build proves that it is not.
        """
        seen = self.shown
        if not seen.stopped and seen.faults == outcome.faults:
            self._put({**seen.files, **outcome.files}, outcome.base, seen.faults, seen.stopped)

    def _put(
        self, files: Mapping[str, bytes], base: str, faults: tuple[Fault, ...], stopped: bool
    ) -> None:
        new = replace(self.shown, files=files, base=base, faults=faults, stopped=stopped)
        if new != self.shown:
            self.shown = new
            self._changed()

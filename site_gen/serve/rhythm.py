"""When to build: at once after a save, and not again and again in a burst of them.

What is new shows as soon as it is made, and first the pages that somebody is looking at. An error
waits a moment: a file that is read while an editor writes it is often wrong, and then right a
moment later, which nobody needs to see.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from site_gen.serve.outcome import Outcome, Request, Superseded

MOMENT = 0.01  # seconds of silence that end a save, besides those that watching takes
LULL = 0.4  # seconds of silence that end a burst, and after which an error is no half-written file
LONGEST = 4.0  # seconds after which a build no longer waits for silence
OVERDUE = 60.0  # seconds after which a build is finished, whatever is saved meanwhile

Clock = Callable[[], float]


class Changes(Protocol):
    """Where changes are heard of."""

    def pending(self) -> bool:
        """Tell whether something changed since :meth:`within` was last true; from any thread."""

    async def within(self, seconds: float | None) -> bool:
        """Tell whether something changed since this was last true, or does within ``seconds``."""


class Builder(Protocol):
    """What is done after a change, on another thread; no error leaves it."""

    def build(self, request: Request) -> Outcome:
        """Make the site as it is shown."""

    def keep(self, outcome: Outcome, request: Request) -> Outcome:
        """Bring the disk in step; return the outcome with the problems of that added."""


class Stage(Protocol):
    """Where outcomes are seen."""

    def looked_at(self) -> frozenset[str]:
        """Return the paths of the pages that somebody is looking at."""

    def glimpse(self, outcome: Outcome) -> None:
        """Show these pages; the rest of the site is still being made."""

    def show(self, outcome: Outcome) -> None:
        """Show a whole site, or what is wrong."""

    def tell(self, outcome: Outcome, seconds: float) -> None:
        """Say how it went, when all is done, and how long the build took."""


class Signal:
    """Changes that are told by :meth:`tell`."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def tell(self) -> None:
        """Say that something changed."""
        self._event.set()

    def pending(self) -> bool:
        """See :class:`Changes`."""
        return self._event.is_set()

    async def within(self, seconds: float | None) -> bool:
        """See :class:`Changes`."""
        if not self._event.is_set():
            try:
                await asyncio.wait_for(self._event.wait(), seconds)
            except TimeoutError:
                return False
        self._event.clear()
        return True


class Rhythm:
    """Builds after changes, for ever.

    A burst of saves makes two builds: one at its first pause, or after :data:`LONGEST`, and one
    when it is over. For when saves come before anything of a build could be seen, nobody is waiting
    for it. A save after that supersedes the build at once: somebody saw the first and went on.
    """

    def __init__(self, builder: Builder, changes: Changes, stage: Stage, clock: Clock) -> None:
        self._builder, self._changes, self._stage, self._clock = builder, changes, stage, clock
        self._seen, self._over, self._whole_at = False, False, clock()

    async def run(self) -> None:
        """Build after each change; the first is told when watching begins."""
        try:
            await self._changes.within(None)
            silence = MOMENT
            while True:
                await self._settle(silence)
                again = await self._round()
                silence = LULL if again and not self._seen else MOMENT
                if not again:
                    await self._changes.within(None)
        finally:
            self._over = True

    async def _round(self) -> bool:
        """Build once; tell whether something changed meanwhile, so that it is to be done again."""
        start, self._seen = self._clock(), False
        request = Request(self._stage.looked_at(), self._glimpse_from_thread(), self._stale)
        try:
            outcome = await asyncio.to_thread(self._builder.build, request)
        except Superseded:
            return await self._changes.within(0)
        self._whole_at = self._clock()
        if outcome.stopped and await self._changes.within(LULL):
            return True
        await self._finish(outcome, request, self._whole_at - start)
        return await self._changes.within(0)

    async def _finish(self, outcome: Outcome, request: Request, took: float) -> None:
        """Show it, bring the disk in step, and tell."""
        self._stage.show(outcome)
        self._seen = self._seen or not self._changes.pending()
        try:
            kept = await asyncio.to_thread(self._builder.keep, outcome, request)
        except Superseded:
            kept = outcome
        if kept != outcome:
            self._stage.show(kept)
        self._stage.tell(kept, took)

    def _glimpse_from_thread(self) -> Callable[[Outcome], object]:
        loop = asyncio.get_running_loop()
        return lambda outcome: loop.call_soon_threadsafe(self._glimpse, outcome)

    def _glimpse(self, outcome: Outcome) -> None:
        self._stage.glimpse(outcome)
        self._seen = not self._changes.pending()

    def _stale(self) -> bool:
        overdue = self._clock() - self._whole_at > OVERDUE
        return self._over or (self._changes.pending() and not overdue)

    async def _settle(self, silence: float) -> None:
        """Wait until nothing has changed for so long; not for ever where something always does."""
        end = self._clock() + LONGEST
        while (left := end - self._clock()) > 0:
            if not await self._changes.within(min(silence, left)):
                return

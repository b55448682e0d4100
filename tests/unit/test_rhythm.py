"""When is built: a clock, a builder, changes and a stage are handed in, so no time passes here."""

import asyncio
import threading
from bisect import bisect_right
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from site_gen.place import Place
from site_gen.problems import problem
from site_gen.serve.outcome import Fault, Outcome, Superseded
from site_gen.serve.rhythm import LONGEST, LULL, MOMENT, OVERDUE, Rhythm, Signal

SITE, PAGE = {"index.html": b"x", "a.html": b"x"}, {"a.html": b"x"}
FAULT = Fault(problem(Place("a.md"), "utf-16"))


class OverError(Exception):
    """Nothing changes any more."""


@dataclass
class World:
    """Time that passes only when somebody waits or builds; ``saves`` are seconds from its start.

    A build that starts in one of the stretches of ``broken`` reads something that is wrong.
    """

    saves: list[float]
    check_takes: float = 0.1
    make_takes: float = 0.1
    browser: bool = False
    broken: list[tuple[float, float]] = field(default_factory=list)
    unwritable: bool = False
    now: float = 0.0
    heard: int = 0
    builds: list[float] = field(default_factory=list)
    glimpses: list[float] = field(default_factory=list)
    shown: list[tuple[float, bool]] = field(default_factory=list)
    told: list[tuple[bool, float]] = field(default_factory=list)
    kept: int = 0

    def pending(self):
        return self.heard < len(self.saves) and self.saves[self.heard] <= self.now

    async def within(self, seconds):
        if self.heard < len(self.saves):
            save = self.saves[self.heard]
            if seconds is None or save <= self.now + seconds:
                self.now = max(self.now, save)
                self.heard = bisect_right(self.saves, self.now)
                return True
        elif seconds is None:
            raise OverError
        self.now += seconds
        return False

    def build(self, request):
        self.builds.append(self.now)
        bad = any(begin <= self.now < end for begin, end in self.broken)
        self.now += self.check_takes
        if bad:
            return Outcome({}, (FAULT,))
        if request.first:
            request.show(Outcome(PAGE))
            self.wait_for_the_browser()
        for _ in range(10):
            self.now += self.make_takes / 10
            if request.stale():
                raise Superseded
        return Outcome(SITE)

    def wait_for_the_browser(self):
        done = threading.Event()
        self.loop.call_soon_threadsafe(done.set)
        assert done.wait(60)

    def keep(self, outcome, _request):
        self.kept += not outcome.stopped
        return replace(outcome, faults=(FAULT,)) if self.unwritable else outcome

    def looked_at(self):
        self.loop = asyncio.get_running_loop()
        return frozenset(PAGE) if self.browser else frozenset()

    def glimpse(self, _outcome):
        self.glimpses.append(round(self.now, 3))

    def show(self, outcome):
        self.shown.append((round(self.now, 3), outcome.stopped))

    def tell(self, outcome, seconds):
        self.told.append((bool(outcome.faults), round(seconds, 3)))

    def live(self):
        with pytest.raises(OverError):
            asyncio.run(Rhythm(self, self, self, lambda: self.now).run())
        return self


def test_save_is_seen_a_moment_later():
    world = World([0.0, 5.0]).live()
    assert world.builds == [MOMENT, 5 + MOMENT]
    assert world.shown == [(0.21, False), (5.21, False)]


def test_page_that_is_looked_at_is_seen_before_the_rest_is_made():
    world = World([0.0, 20.0], make_takes=10.0, browser=True).live()
    assert world.glimpses == [0.11, 20.11]
    assert world.shown == [(10.11, False), (30.11, False)]


def test_save_after_what_was_seen_waits_for_nothing():
    assert World([0.0, 0.25, 0.5]).live().builds == pytest.approx([0.01, 0.26, 0.51])
    world = World([0.0, 2.0, 4.0], make_takes=10.0, browser=True).live()
    assert world.glimpses == pytest.approx([0.11, 2.11, 4.11], abs=1)
    assert [stopped for _, stopped in world.shown] == [False]


def test_save_before_anything_was_seen_makes_one_more():
    world = World([0.0, 0.1]).live()
    assert len(world.builds) == 2
    assert world.builds[1] >= 0.1 + LULL
    assert world.shown == [(pytest.approx(world.builds[1] + 0.2), False)]


@given(st.floats(0.001, 0.0101), st.floats(0.02, 2), st.booleans())
def test_hundred_saves_in_a_second_make_at_most_two_builds(interval, takes, browser):
    """Fault 70."""
    world = World([n * interval for n in range(100)], takes, takes, browser).live()
    assert len(world.builds) <= 2
    assert len(world.told) <= 2


@given(st.floats(0.031, 0.29), st.floats(0.3, 2))
def test_burst_with_pauses_makes_at_most_two_builds(pause, takes):
    """Fault 70: also where the machine is slow, and each pause looks like the end."""
    saves = [n * pause for n in range(int(1 / pause))]
    assert len(World(saves, takes, takes).live().builds) <= 2


@given(st.lists(st.floats(0, 10), min_size=1), st.floats(0.01, 3), st.booleans())
def test_nothing_saved_is_missed(times, takes, browser):
    world = World(sorted(times), takes, takes, browser).live()
    assert world.builds[-1] >= max(times)
    assert world.shown[-1] == (pytest.approx(world.now, abs=0.01), False)
    assert world.kept >= 1


def test_file_that_never_rests_is_built_all_the_same():
    world = World([n * MOMENT / 2 for n in range(40_000)], browser=True).live()
    assert world.builds[0] == pytest.approx(LONGEST, abs=0.02)
    assert len(world.glimpses) == pytest.approx(200 / (LONGEST + 0.1), abs=3)
    assert len(world.told) == pytest.approx(200 / OVERDUE, abs=1.1)


def test_error_shows_when_it_lasts():
    world = World([0.0, 3.0], broken=[(3.0, 9.0)]).live()
    assert world.shown == [(0.21, False), (pytest.approx(3 + MOMENT + 0.1 + LULL), True)]


def test_file_that_is_written_in_two_pieces_never_shows_as_wrong():
    world = World([0.0, 3.0, 3.2], broken=[(3.0, 3.2)]).live()
    assert [stopped for _, stopped in world.shown] == [False, False]
    assert len(world.builds) == 3


def test_disk_follows_when_there_is_nothing_newer():
    assert World([0.0, 0.1, 3.0]).live().kept == 2


def test_what_cannot_be_written_is_shown_too():
    world = World([0.0], unwritable=True).live()
    assert len(world.shown) == 2
    assert world.told == [(True, 0.2)]


def test_every_build_that_is_shown_is_told_once_with_the_time_it_took():
    world = World([0.0, 3.0, 6.0], broken=[(6.0, 9.0)]).live()
    assert world.told == [(False, 0.2), (False, 0.2), (True, 0.1)]


def test_build_is_stale_once_the_server_stops():
    class Waiting(World):
        def build(self, request):
            self.request = request
            return super().build(request)

    world = Waiting([0.0]).live()
    assert world.request.stale()


def test_signal_is_heard_once():
    async def heard():
        signal = Signal()
        before = signal.pending(), await signal.within(0)
        signal.tell()
        signal.tell()
        after = signal.pending(), await signal.within(None), signal.pending()
        return before, after, await signal.within(0), await signal.within(0.001)

    assert asyncio.run(heard()) == ((False, False), (True, True, False), False, False)

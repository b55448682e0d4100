"""The display: the last good site stays, and browsers are told when there is something to see."""

from site_gen.place import Place
from site_gen.problems import problem
from site_gen.serve.display import Display
from site_gen.serve.outcome import Fault, Outcome

ONE, TWO = {"index.html": b"1", "a.html": b"1"}, {"index.html": b"2", "a.html": b"2"}
FAULT = Fault(problem(Place("a.md"), "utf-16"))
HALF = Outcome({"a.html": b"2"})


def seen(*steps):
    """Return the files, the faults and whether it was stopped after each, and how often it told."""
    told = []
    display = Display("nl", lambda: told.append(display.shown))
    states = []
    for step in steps:
        display.glimpse(step) if step in (HALF,) else display.take(step)
        states.append((display.shown.files, display.shown.faults, display.shown.stopped))
    return states, len(told)


def test_last_good_site_stays_under_an_error_and_is_replaced_by_the_next():
    """Fault 68."""
    assert seen(Outcome(ONE), Outcome({}, (FAULT,)), Outcome(TWO)) == (
        [(ONE, (), False), (ONE, (FAULT,), True), (TWO, (), False)],
        3,
    )


def test_build_without_a_difference_is_not_told():
    assert seen(Outcome(ONE), Outcome(dict(ONE)), Outcome(ONE, pages=2))[1] == 1


def test_first_build_may_fail():
    assert seen(Outcome({}, (FAULT,)), Outcome(ONE)) == (
        [({}, (FAULT,), True), (ONE, (), False)],
        2,
    )


def test_glimpse_shows_in_the_site_that_is_there():
    states, told = seen(Outcome(ONE), HALF, Outcome(TWO))
    assert [files for files, _, _ in states] == [ONE, {"index.html": b"1", "a.html": b"2"}, TWO]
    assert told == 3


def test_glimpse_is_gone_when_the_build_comes_to_nothing():
    states, _ = seen(Outcome(ONE), HALF, Outcome({}, (FAULT,)))
    assert states[-1] == (ONE, (FAULT,), True)


def test_what_is_wrong_stays_until_a_whole_build_is_good():
    states, told = seen(Outcome(ONE), Outcome({}, (FAULT,)), HALF)
    assert states[-1] == (ONE, (FAULT,), True)
    assert told == 2

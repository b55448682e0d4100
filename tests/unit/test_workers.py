"""Work over several processes gives what one would."""

import os
import signal
from functools import partial
from select import select

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.workers import begun, cut, share_out

HERE = os.getpid()


@given(st.lists(st.integers(), max_size=30), st.integers(1, 5))
def test_cutting_keeps_everything_in_order(items, count):
    parts = cut(items, count)
    assert [item for part in parts for item in part] == items
    assert len(parts) <= count
    assert all(parts)


def test_each_part_is_done_and_the_first_one_here():
    found = share_out([lambda n=n: (n, os.getpid() == HERE) for n in range(3)])
    assert [number for number, _ in found] == [0, 1, 2]
    assert found[0][1]


def test_nothing_to_do():
    assert share_out([]) == []


def test_a_large_result_comes_back_whole():
    assert share_out([lambda: 0, lambda: b"x" * 5_000_000]) == [0, b"x" * 5_000_000]


def elsewhere(do):
    """Do something in a child only."""
    return "here" if os.getpid() == HERE else do()


@pytest.mark.parametrize(
    "end",
    [lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: os._exit(0), lambda: 1 // 0, object],
    ids=["killed", "ended", "failed", "unsendable"],
)
def test_what_a_child_does_not_finish_is_done_here(end):
    send = (lambda: [end(), lambda: None]) if end is object else end
    assert share_out([lambda: "first", lambda: elsewhere(send)]) == ["first", "here"]


def test_an_error_in_a_part_is_raised_and_no_child_stays():
    with pytest.raises(ZeroDivisionError):
        share_out([lambda: 1 // 0, signal.pause])
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.parametrize(
    "end",
    [lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: 1 // 0],
    ids=["killed", "failed"],
)
def test_what_was_begun_and_not_finished_is_done_here(end):
    with begun(lambda: elsewhere(end)) as done:
        assert done() == "here"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is one process only")
def test_what_was_begun_is_done_elsewhere_and_given_up_where_nobody_asks():
    with begun(os.getpid) as done:
        assert done() != HERE
    with pytest.raises(ZeroDivisionError), begun(signal.pause):
        raise ZeroDivisionError
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process to kill")
def test_no_child_outlives_a_parent_that_is_killed():
    """It cannot hand over a large result, and would wait for ever for somebody to take it."""
    alive, until = os.pipe()
    parent = os.fork()
    if not parent:
        large = partial(bytes, 5_000_000)
        share_out([lambda: os.kill(os.getpid(), signal.SIGKILL), large, large])
    os.close(until)
    assert os.waitstatus_to_exitcode(os.waitpid(parent, 0)[1]) == -signal.SIGKILL
    assert select([alive], [], [], 10)[0]
    assert os.read(alive, 1) == b""
    os.close(alive)

"""Results kept by what they were made of: never a wrong one, whatever becomes of the folder."""

import os
import signal
from contextlib import contextmanager
from functools import partial

import pytest

from site_gen import state
from site_gen.shelf import MOST_PACKS
from site_gen.store import Store, digest

OURS, OTHER = b"o" * 16, b"x" * 16
KEY = digest("text", b"abc")
POSIX = pytest.mark.skipif(os.name == "nt", reason="the signals and limits of POSIX")
if os.name != "nt":
    import resource


def fail():
    raise AssertionError("made again")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / state.FOLDER


def packs(folder):
    return sorted(folder.glob("*.pack"))


def filled(folder, *keys):
    store = Store(folder, OURS)
    for key in keys or [KEY]:
        store.recall(key, lambda key=key: [key])
    store.save()
    return store


def test_parts_of_a_key_do_not_run_together():
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("", "abc")}) == 4


def test_a_result_is_made_once_and_stays_the_same_object():
    store = Store()
    made = store.recall(KEY, list)
    assert store.recall(KEY, fail) is made
    store.save()
    assert store.recall(KEY, fail) is made


def test_where_nothing_is_resident_a_result_is_read_each_time(folder):
    filled(folder)
    store = Store(folder, OURS, resident=False)
    found = store.recall(KEY, fail)
    assert found == store.recall(KEY, fail) == [KEY]
    assert found is not store.recall(KEY, fail)


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("resident", [True, False])
def test_of_many_results_only_a_resident_store_keeps_what_was_made(folder, resident, processes):
    store = Store(folder, OURS, resident=resident)
    wanted = [(digest(str(n)), lambda n=n: [n]) for n in range(2)]
    made = store.recall_all(wanted, processes, worth=1)
    again = [store.recall(key, fail) for key, _ in wanted]
    assert made == again
    assert [one is other for one, other in zip(made, again, strict=True)] == [resident] * 2


@pytest.mark.parametrize("resident", [True, False])
def test_what_is_wanted_once_is_made_once(folder, resident):
    store = Store(folder, OURS, resident=resident)
    made = store.recall_once(KEY, lambda: ["made"])
    again = store.recall_once(KEY, fail)
    assert made == again == ["made"]
    assert again is not made
    assert store.recall_once(KEY, fail) is not again
    store.save()
    assert Store(folder, OURS).recall_once(KEY, fail) == ["made"]


def test_what_is_wanted_once_is_kept_where_there_is_no_folder():
    store = Store()
    assert store.recall_once(KEY, lambda: "made") == store.recall_once(KEY, fail) == "made"


def test_a_result_outlives_the_process(folder):
    filled(folder)
    store = Store(folder, OURS)
    assert (store.recall(KEY, fail), store.set_aside) == ([KEY], set())


def test_what_is_only_looked_at_is_not_held(folder):
    filled(folder)
    store = Store(folder, OURS)
    seen = store.fetch(KEY)
    assert seen == [KEY]
    assert store.fetch(KEY) is not seen
    assert store.get(KEY) is store.fetch(KEY)
    assert store.fetch(digest("other")) is None


def test_what_was_not_asked_for_is_forgotten_in_memory():
    store = Store()
    store.recall(KEY, list)
    store.save()
    store.save()
    assert not store.has(KEY)


def test_nothing_is_written_when_nothing_is_new(folder):
    filled(folder)
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    filled(folder)
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


@pytest.mark.parametrize("processes", [1, 2])
def test_of_a_store_that_is_only_read_the_folder_stays_as_it_is(folder, processes):
    filled(folder)
    (folder / "other.pack").write_bytes(b"of another version")
    before = {path: path.stat().st_mtime_ns for path in [folder, *folder.iterdir()]}
    store = Store(folder, OURS, read_only=True)
    assert (store.recall(KEY, fail), store.set_aside, store.folder) == ([KEY], {"version"}, None)
    wanted = [(digest(str(n)), lambda n=n: [n]) for n in range(2)]
    assert store.recall_all(wanted, processes, worth=1) == [[0], [1]]
    assert store.recall_once(digest("once"), lambda: "made") == "made"
    assert {path: path.stat().st_mtime_ns for path in [folder, *folder.iterdir()]} == before
    store.save()
    store.give_way()
    assert {path: path.stat().st_mtime_ns for path in [folder, *folder.iterdir()]} == before
    assert store.recall(digest("once"), fail) == "made"


def test_a_store_that_is_only_read_makes_no_folder(folder):
    store = Store(folder, OURS, read_only=True)
    assert store.recall_once(KEY, lambda: "made") == store.recall(KEY, fail) == "made"
    store.save()
    assert (folder.exists(), store.set_aside) == (False, set())


def test_packs_do_not_pile_up(folder):
    for number in range(3 * MOST_PACKS):
        filled(folder, KEY, digest(str(number)))
    assert len(packs(folder)) <= MOST_PACKS
    assert Store(folder, OURS).recall(KEY, fail) == [KEY]


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda _: b"", "version"),
        (lambda _: b"something else", "version"),
        (lambda data: data[: len(data) // 2], "damaged"),
        (lambda data: data[:-1] + bytes([data[-1] ^ 1]), "damaged"),
        (lambda data: data.replace(OURS, OTHER), "version"),
        (lambda data: data[:40] + bytes(len(data) - 40), "damaged"),  # never came to the disk
    ],
)
def test_a_pack_that_cannot_be_used_is_set_aside_and_replaced(folder, damage, reason):
    filled(folder)
    (pack,) = packs(folder)
    pack.write_bytes(damage(pack.read_bytes()))
    store = Store(folder, OURS)
    assert store.recall(KEY, lambda: "new") == "new"
    assert store.set_aside == {reason}
    store.save()
    again = Store(folder, OURS)
    assert (again.set_aside, again.recall(KEY, fail)) == (set(), "new")


def test_of_a_damaged_result_only_its_pack_is_lost(folder):
    other = digest("other")
    filled(folder, KEY)
    (pack,) = packs(folder)
    filled(folder, KEY, other)
    pack.write_bytes(pack.read_bytes().replace(KEY, b"?" * len(KEY), 1))
    store = Store(folder, OURS)
    assert (store.recall(other, fail), store.set_aside) == ([other], set())
    assert (store.recall(KEY, str), store.set_aside) == ("", {"damaged"})
    store.save()
    assert Store(folder, OURS).recall(KEY, fail) == ""


def test_a_folder_in_the_place_of_a_pack_is_set_aside(folder):
    filled(folder)
    (folder / "x.pack").mkdir()
    store = Store(folder, OURS)
    assert (store.recall(KEY, fail), store.set_aside) == ([KEY], {"unreadable"})
    store.recall(digest("new"), list)
    store.save()
    assert Store(folder, OURS).recall(digest("new"), fail) == []


def test_a_pack_without_permission_is_set_aside(unprivileged):
    folder = unprivileged / state.FOLDER
    filled(folder)
    packs(folder)[0].chmod(0)
    assert Store(folder, OURS).set_aside == {"unreadable"}


def test_what_is_no_file_is_set_aside(folder):
    (folder / "x.pack").mkdir(parents=True)
    assert filled(folder).set_aside == {"unreadable"}
    assert Store(folder, OURS).recall(KEY, fail) == [KEY]


def test_a_folder_that_cannot_be_written_costs_time_only(unprivileged):
    unprivileged.chmod(0o500)
    assert filled(unprivileged / state.FOLDER).recall(KEY, list) == [KEY]
    unprivileged.chmod(0o700)


LARGE = bytes(10_000_000)


@contextmanager
def full_disk():
    """No file grows beyond a page."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


@POSIX
def test_a_full_disk_costs_time_only_and_nothing_is_left_on_it(folder):
    store, other = Store(folder, OURS), digest("other")
    store.put_aside(other, b"in time")
    with full_disk():
        store.put_aside(KEY, LARGE)
        assert (store.get(KEY), store.get(other)) == (LARGE, None)
        assert list(folder.glob("*.half")) == []
        store.put_aside(other, b"small")
        assert list(folder.glob("*.half")) == []
    store.save()
    assert Store(folder, OURS).get(KEY) == LARGE
    assert Store(folder, OURS).set_aside == set()


@POSIX
@pytest.mark.parametrize("size", [100, 100_000])
def test_a_process_that_finds_the_disk_full_leaves_nothing_on_it(folder, size):
    """Also where that shows when what it put aside is finished, or before it is started."""
    store = Store(folder, OURS)
    store.put_aside(digest("before"), bytes(size))

    def fill(name):
        key = digest(name)
        for number in range(60):
            store.put_aside(digest(name, str(number)), bytes(100))
        return key

    with full_disk():
        store.share_out([partial(fill, "one"), partial(fill, "other")], 2)
        store.save()
    assert list(folder.glob("*.half")) == []
    assert Store(folder, OURS).set_aside == set()


def test_a_store_that_gives_way_leaves_no_pack(folder):
    filled(folder)
    store = Store(folder, OURS)
    store.put_aside(digest("aside"), b"aside")
    store.put(digest("live"), "live")
    store.give_way()
    assert list(folder.glob("*.pack")) == list(folder.glob("*.half")) == []
    known = [store.get(key) for key in (KEY, digest("aside"), digest("live"))]
    assert known == [None, None, "live"]
    store.save()
    assert Store(folder, OURS).get(digest("live")) == "live"


def test_a_file_in_the_place_of_the_folder_costs_time_only(folder):
    folder.write_bytes(b"")
    assert Store(folder, OURS).set_aside == {"unreadable"}
    assert filled(folder).recall(KEY, fail) == [KEY]


def test_what_a_copy_did_in_another_process_is_followed(folder):
    filled(folder, KEY, digest("kept"))
    store, copy = Store(folder, OURS), Store(folder, OURS)
    made, trace = copy.during(lambda: (copy.recall(KEY, fail), copy.recall(digest("new"), str)))
    store.follow(trace)
    assert (made, store.recall(digest("new"), fail)) == (([KEY], ""), "")
    store.save()
    assert (store.has(KEY), Store(folder, OURS).recall(digest("new"), fail)) == (True, "")


@POSIX
def test_what_another_process_finds_damaged_is_set_aside_here_too(folder):
    filled(folder)
    (pack,) = packs(folder)
    pack.write_bytes(pack.read_bytes().replace(KEY, b"?" * len(KEY), 1))
    store = Store(folder, OURS)
    store.share_out([lambda: None, partial(store.recall, KEY, str)], 2)
    assert (store.recall(KEY, fail), store.set_aside) == ("", {"damaged"})
    store.save()
    assert not pack.exists()
    assert Store(folder, OURS).recall(KEY, fail) == ""


def test_two_builds_at_once_keep_each_others_results(folder):
    one, other = Store(folder, OURS), Store(folder, OURS)
    one.put(KEY, 1)
    other.put(digest("other"), 2)
    one.save()
    other.save()
    store = Store(folder, OURS)
    assert (store.recall(KEY, fail), store.recall(digest("other"), fail)) == (1, 2)


def test_the_folder_tells_git_and_backups_to_pass_it_over(folder):
    filled(folder)
    assert (folder / ".gitignore").read_text("ascii") == "*\n"
    assert (folder / "CACHEDIR.TAG").read_bytes().startswith(b"Signature: 8a477f597d28d172")


def test_a_half_written_file_is_never_read(folder):
    filled(folder)
    (folder / f"x.pack.{os.getpid()}.half").write_bytes(b"half")
    assert Store(folder, OURS).set_aside == set()


def test_what_is_expected_is_there_once_it_was_waited_for(folder):
    store = Store(folder, OURS, resident=False)
    store.expect(lambda: {KEY: "made elsewhere"})
    assert not store.has(KEY)
    store.catch_up()
    assert store.recall(KEY, fail) == "made elsewhere"
    store.expect(fail)
    store.save()
    assert Store(folder, OURS).recall(KEY, fail) == "made elsewhere"


def test_what_is_expected_is_waited_for_once():
    store = Store()
    store.expect(iter([{KEY: "made"}]).__next__)
    store.catch_up()
    store.catch_up()
    assert store.results == {KEY: "made"}


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_many_results_are_made_by_several_processes(processes):
    store = Store()
    store.put(digest("7"), "known")
    wanted = [(digest(str(n)), lambda n=n: n * n) for n in range(100)]
    made = store.recall_all(wanted, processes)
    assert made == [n * n if n != 7 else "known" for n in range(100)]
    assert store.recall_all(wanted, processes) == made


def test_a_result_that_is_wanted_twice_at_once_is_made_once(folder):
    made = []
    wanted = [(KEY, lambda: made.append("made") or "made")] * 2
    assert Store(folder, OURS).recall_all(wanted) == ["made", "made"]
    assert made == ["made"]


@pytest.mark.parametrize(
    "harm", [lambda data: data[:-1] + b"?", lambda data: data.replace(OURS, OTHER)]
)
def test_a_pack_that_is_made_again_is_not_removed_as_the_one_that_was_of_no_use(folder, harm):
    """It has the same name, which is that of what it holds."""
    for _ in range(2):
        store = Store(folder, OURS)
        store.recall(KEY, lambda: ["same"])
        store.save()
        (pack,) = folder.glob("*.pack")
        assert Store(folder, OURS).get(KEY) == ["same"]
        pack.write_bytes(harm(pack.read_bytes()))


@POSIX
@pytest.mark.parametrize(
    "harm", [lambda data: data[:-1] + b"?", lambda data: data.replace(OURS, OTHER)]
)
def test_what_children_make_again_of_what_was_of_no_use_is_kept(folder, harm):
    keys = [digest(str(number)) for number in range(100)]
    wanted = [(key, partial(bytes, key)) for key in keys]
    for _ in range(3):
        store = Store(folder, OURS)
        for part in (wanted[:50], wanted[50:]):
            store.share_out([lambda: None, partial(store.recall_all, part)], 2)
        store.save()
        kept = Store(folder, OURS)
        assert all(kept.has(key) for key in keys)
        for pack in folder.glob("*.pack"):
            pack.write_bytes(harm(pack.read_bytes()))

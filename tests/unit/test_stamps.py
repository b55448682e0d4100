"""By what a file is known to be as it was, and what time that is."""

import os

from site_gen.stamps import moment, newest, settled, stamp


def test_what_is_written_later_than_a_settled_moment_is_no_older(tmp_path):
    before = settled(tmp_path / "x")
    (tmp_path / "young").write_bytes(b"")
    assert newest(stamp((tmp_path / "young").stat())) >= before
    assert settled(tmp_path / "x") > newest(stamp((tmp_path / "young").stat()))
    assert [path.name for path in tmp_path.iterdir()] == ["young"]


def test_a_time_that_is_put_back_shows(tmp_path):
    (tmp_path / "page").write_bytes(b"one")
    before = (tmp_path / "page").stat()
    settled(tmp_path / "x")
    (tmp_path / "page").write_bytes(b"two")
    os.utime(tmp_path / "page", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert stamp((tmp_path / "page").stat()) != stamp(before)


def test_a_moment_is_known_where_times_are_set_by_name_only(tmp_path, monkeypatch):
    """As on Windows, where the number of an open file is a fault of type."""
    by_name = os.utime
    monkeypatch.setattr(os, "utime", lambda path: by_name(os.fspath(path)))
    assert moment(tmp_path / "x") > 0


def test_without_a_right_to_write_no_moment_is_known(unprivileged):
    unprivileged.chmod(0o500)
    assert (moment(unprivileged / "x"), settled(unprivileged / "x")) == (0, 0)
    unprivileged.chmod(0o700)

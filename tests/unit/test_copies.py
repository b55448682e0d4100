"""A published copy of a site, compared with the build: in a folder and on a web server."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import support
from servers import Reply, Server, garbage, serving, status

from site_gen.copies import Folder, Published, compare
from site_gen.output import write
from site_gen.sums import SUMS, read_sums, sums
from site_gen.twins import MARKER
from site_gen.web import Web

FILES = {
    "index.html": b"<!doctype html>",
    "sessies/reos/index.html": b"reos",
    ".well-known/security.txt": b"Contact: mailto:a@example.nl\n",
    "img/caf\u00e9 1.jpg": b"\xff\xd8",
    "leeg.txt": b"",
}
BUILD = {**FILES, SUMS: sums(FILES)}
EXPECTED = {path: hashlib.sha256(data).hexdigest() for path, data in BUILD.items()}


def silent(_done: int, _total: int) -> None:
    """Say nothing of progress."""


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="no coreutils on this system")
def test_list_of_hashes_is_that_of_coreutils(tmp_path: Path) -> None:
    """``sha256sum -c`` reads what we write, and finds the file that was tampered with."""
    support.write(tmp_path, BUILD)
    command = ["sha256sum", "--check", "--quiet", "--strict", SUMS]
    assert subprocess.run(command, cwd=tmp_path, check=True, capture_output=True).stdout == b""
    (tmp_path / "index.html").write_bytes(b"tampered")
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True)
    assert (done.returncode, done.stdout) == (1, b"index.html: FAILED\n")


def test_list_of_hashes_is_read_back_and_what_is_no_line_of_it_is_not() -> None:
    assert read_sums(sums(FILES)) | {SUMS: EXPECTED[SUMS]} == EXPECTED
    assert read_sums(b"") == {}
    assert read_sums(b"<!doctype html>\n\xff\xfe\n" + b"0" * 63 + b"  a\n") == {}


def test_every_build_has_a_list_of_all_its_files() -> None:
    made = dict(support.made(support.SEVERAL_DAYS))
    assert made.pop(SUMS) == sums(made)


def differences(folder: Path) -> list[tuple[str, str]]:
    found = compare(Folder(folder, MARKER), EXPECTED, silent)
    return [(problem.code, problem.place.path) for problem in found]


def test_folder_that_is_the_same(tmp_path: Path) -> None:
    write(BUILD, tmp_path / "_site", protected=[])
    assert differences(tmp_path / "_site") == []


def test_folder_in_which_something_was_done(tmp_path: Path) -> None:
    support.write(tmp_path, BUILD)
    (tmp_path / "index.html").write_bytes(b"<!doctype html><script>")
    (tmp_path / "leeg.txt").unlink()
    shutil.rmtree(tmp_path / "sessies")
    (tmp_path / "sessies").write_bytes(b"a file in the place of a folder")
    (tmp_path / "upload.php").write_bytes(b"<?php")
    (tmp_path / "elsewhere").symlink_to("/")
    assert differences(tmp_path) == [
        ("copy-extra", "elsewhere"),
        ("copy-changed", "index.html"),
        ("copy-missing", "leeg.txt"),
        ("copy-extra", "sessies"),
        ("copy-missing", "sessies/reos/index.html"),
        ("copy-extra", "upload.php"),
    ]


def test_folder_that_may_not_be_read(unprivileged: Path) -> None:
    support.write(unprivileged, BUILD)
    (unprivileged / "index.html").chmod(0)
    assert differences(unprivileged) == [("copy-unread", "index.html")]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def server() -> Iterator[Server]:
    pages: dict[str, Reply] = {
        f"/dag/{quote(path)}": status(200, data) for path, data in BUILD.items()
    }
    with serving(pages) as found:
        yield found


def published(server: Server) -> list[tuple[str, str]]:
    copy = Published(Web("probe", pause=0, patience=5), f"{server.address}/dag")
    return [(found.code, found.place.path) for found in compare(copy, EXPECTED, silent)]


def test_server_that_has_the_same(server: Server) -> None:
    assert published(server) == []
    assert {path for _, path, _ in server.seen} == set(server.pages)
    assert [path for _, path, _ in server.seen].count("/dag/index.html") == 1


def test_server_that_compresses_and_leads_on_has_the_same(server: Server) -> None:
    packed = gzip.compress(FILES["index.html"])
    server.pages["/dag/"] = status(200, packed, Content_Encoding="gzip")
    server.pages["/dag/index.html"] = status(308, Location="/dag/")
    assert published(server) == []


def test_server_on_which_something_was_done(server: Server) -> None:
    """One changed byte is found, and a page of before that the server's own list still names."""
    server.pages["/dag/index.html"] = status(200, b"<!doctype HTML>")
    server.pages["/dag/oud/index.html"] = status(200, b"old")
    server.pages[f"/dag/{SUMS}"] = status(
        200, sums({**FILES, "oud/index.html": b"old", "weg": b""})
    )
    del server.pages["/dag/leeg.txt"]
    assert published(server) == [
        ("copy-changed", SUMS),
        ("copy-changed", "index.html"),
        ("copy-missing", "leeg.txt"),
        ("copy-extra", "oud/index.html"),
    ]


def test_server_that_does_not_answer_is_no_server_that_has_the_same(server: Server) -> None:
    server.pages["/dag/index.html"] = status(503)
    server.pages["/dag/leeg.txt"] = garbage
    server.pages[f"/dag/{SUMS}"] = status(403)
    assert published(server) == [
        ("copy-unread", SUMS),
        ("copy-unread", "index.html"),
        ("copy-unread", "leeg.txt"),
    ]

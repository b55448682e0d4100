"""The commands that ask other servers: ``links`` and ``verify``, with servers on this machine."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import support
from click.testing import CliRunner, Result
from servers import Server, serving, status

from site_gen.cli import cli

MEMORY = ".site-gen/links.json"


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780272000")  # 1 June 2026


@pytest.fixture
def server() -> Iterator[Server]:
    pages = {"/goed": status(200), "/oud": status(301, Location="/goed")}
    with serving(pages) as found:
        yield found


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def linking(root: Path, *addresses: str) -> Path:
    body = "".join(f"- [Bij nummer {n}]({address})\n" for n, address in enumerate(addresses))
    files = {"programma/paginas/over.md": f"---\ntitel: Over\n---\n{body}"}
    (support.basis(root) / "programma/bronnen/gemeentewet.md").write_text(
        "---\ntitel: Gemeentewet\nsoort: begrip\n---\n", "utf-8"
    )
    event = root / "programma/evenement.yaml"
    event.write_text(event.read_text("utf-8").replace("https://www.", "http://127.0.0.1:1/"))
    return support.write(root, files)


def test_links_reports_and_never_fails_but_when_that_is_asked(
    server: Server, tmp_path: Path
) -> None:
    root = linking(tmp_path / "site", f"{server.address}/goed", f"{server.address}/weg")
    done = run("links", "--root", root, "--format", "json")
    assert [(found["path"], found["line"], found["code"]) for found in json.loads(done.stdout)] == [
        ("programma/evenement.yaml", 6, "silent-link"),
        ("programma/paginas/over.md", 5, "dead-link"),
    ]
    assert done.exit_code == 0
    assert done.stderr.endswith(
        "3 links naar andere sites; 3 adressen gevraagd. Er zijn 2 waarschuwingen.\n"
    )
    assert run("links", "--root", root, "--strict", "-q").exit_code == 1
    assert not (root / "_site").exists()


def test_links_asks_what_was_good_only_once_a_week_or_again(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = linking(tmp_path / "site", f"{server.address}/goed", f"{server.address}/weg")

    def asked(*options: str) -> int:
        server.seen.clear()
        assert run("links", "--root", root, *options).exit_code == 0
        return [path for _, path, _ in server.seen].count("/goed")

    assert [asked(), asked(), asked("--again"), asked()] == [1, 0, 1, 0]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1780272000 + 7 * 86_400))
    assert asked() == 1
    (root / MEMORY).write_bytes(b"\xff{")
    assert asked() == 1


def test_links_without_a_network_says_so_and_blames_no_link(tmp_path: Path) -> None:
    root = linking(tmp_path / "site", "http://127.0.0.1:1/a", "http://127.0.0.1:1/b")
    done = run("links", "--root", root)
    assert (done.exit_code, done.stdout) == (
        3,
        ".:1:1: error[no-network]: geen enkele andere site geeft antwoord — controleer internet en "
        "proxy, en probeer het opnieuw\n",
    )
    assert not (root / MEMORY).exists()


def test_links_of_content_that_cannot_be_read(tmp_path: Path) -> None:
    root = support.write(support.basis(tmp_path / "site"), {"programma/evenement.yaml": "- a\n"})
    done = run("links", "--root", root)
    assert done.exit_code == 1
    assert "error[" in done.stdout
    assert not (root / MEMORY).exists()


@pytest.fixture
def build(tmp_path: Path) -> Path:
    done = run("build", "--root", support.BASIS, "--out", tmp_path / "_site", "-q")
    assert (done.exit_code, done.stdout) == (0, "")
    return tmp_path / "_site"


def test_verify_of_a_folder_that_is_the_same(build: Path, tmp_path: Path) -> None:
    shutil.copytree(build, tmp_path / "copy")
    done = run("verify", tmp_path / "copy", "--out", build, "--root", support.BASIS)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.startswith("De kopie is gelijk aan de build: ")


def test_verify_of_a_folder_that_is_not(build: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(build, tmp_path / "copy")
    (copy / "index.html").write_text("tampered")
    done = run("verify", copy, "--out", build, "--root", support.BASIS, "--lang", "en")
    assert (done.exit_code, done.stdout) == (
        1,
        "index.html:1:1: error[copy-changed]: this file differs between the copy and the build — "
        "find out who or what changed it, and put the build on the server again\n",
    )
    assert done.stderr.endswith("Missing: 0, changed: 1, too many: 0, could not be asked for: 0.\n")


def test_verify_of_a_server(build: Path, server: Server) -> None:
    files = {f"/dag/{quote(path)}": status(200, data) for path, data in support.tree(build).items()}
    server.pages |= files
    address = f"{server.address}/dag"
    assert run("verify", address, "--out", build, "--root", support.BASIS).exit_code == 0
    server.pages["/dag/robots.txt"] = status(200, b"Disallow: /")
    assert run("verify", address, "--out", build, "--root", support.BASIS).exit_code == 1
    server.pages["/dag/robots.txt"] = status(503)
    assert run("verify", address, "--out", build, "--root", support.BASIS).exit_code == 3


def test_verify_of_a_build_for_another_address_says_what_it_may_be(
    build: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    run("build", "--root", support.BASIS, "--out", other, "--adres", "https://example.nl/dag/")
    done = run("verify", build, "--out", other, "--root", support.BASIS)
    assert done.exit_code == 1
    assert done.stderr.endswith("met hetzelfde --adres gemaakt?\n")


@pytest.mark.parametrize("copy", ["nergens", "ftp://example.nl/"])
def test_verify_of_nothing_is_wrong_usage(copy: str, build: Path) -> None:
    done = run("verify", copy, "--out", build, "--root", support.BASIS)
    assert (done.exit_code, done.stdout) == (2, "")


def test_verify_without_a_build_is_wrong_usage(tmp_path: Path) -> None:
    done = run("verify", tmp_path, "--out", tmp_path, "--root", support.BASIS)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "is geen build" in done.stderr

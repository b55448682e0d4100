"""The folder index: what is found, what is passed over, and what is refused."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_gen.files import FOLDERS, FileIndex, scan
from site_gen.problems import as_text

if TYPE_CHECKING:
    from pathlib import Path


def project(root: Path, *paths: str) -> Path:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path)
    return root


def lines(root: Path, lang: str = "nl") -> str:
    return as_text(scan(root)[1], lang)


def test_scan_lists_the_five_folders_in_order(tmp_path: Path) -> None:
    project(
        tmp_path,
        "sessies/reos.md",
        "programma/bronnen/efro.md",
        "programma/evenement.yaml",
        "assets/css/site.css",
        "templates/base.html",
        "sprekers/carlo-post.md",
        "docs/velden.md",
        "_site/index.html",
        "README.md",
    )
    index, problems = scan(tmp_path)
    assert problems == []
    assert index == FileIndex(
        tmp_path,
        (
            "assets/css/site.css",
            "programma/bronnen/efro.md",
            "programma/evenement.yaml",
            "sessies/reos.md",
            "sprekers/carlo-post.md",
            "templates/base.html",
        ),
    )


def test_scan_without_any_folder_is_empty(tmp_path: Path) -> None:
    assert scan(tmp_path) == (FileIndex(tmp_path, ()), [])


def test_scan_of_a_root_that_is_not_there(tmp_path: Path) -> None:
    assert lines(tmp_path / "weg") == (
        ".:1:1: error[folder-unreadable]: deze map kan niet worden gelezen (ENOENT)"
        " — controleer of de map bestaat en of je er rechten op hebt\n"
    )


@pytest.mark.parametrize(
    "name",
    [
        ".env",
        ".git/config",
        ".DS_Store",
        "._reos.md",
        ".reos.md.swp",
        "reos.md___jb_tmp___",
        "reos.md~",
        "#reos.md#",
        "reos.md.bak",
        "reos.md.orig",
        "reos.md.BAK",
        "~$reos.docx",
        "Thumbs.db",
        "desktop.ini",
    ],
)
def test_leftovers_are_passed_over(tmp_path: Path, name: str) -> None:
    """Fault 59."""
    project(tmp_path, "assets/img/foto.jpg", f"assets/{name}")
    assert scan(tmp_path) == (FileIndex(tmp_path, ("assets/img/foto.jpg",)), [])


def test_link_to_a_file_of_the_project_is_accepted(tmp_path: Path) -> None:
    project(tmp_path, "sessies/reos.md")
    (tmp_path / "sessies" / "arbeid.md").symlink_to("reos.md")
    index, problems = scan(tmp_path)
    assert (index.paths, problems) == (("sessies/arbeid.md", "sessies/reos.md"), [])
    assert index.read("sessies/arbeid.md") == (b"sessies/reos.md", [])


LINK = "deze snelkoppeling (symlink) verwijst"
OUTSIDE = (
    f"error[link-outside]: {LINK} naar iets buiten de mappen van de site"
    " — vervang de snelkoppeling door een kopie van het bestand"
)
BROKEN = (
    f"error[link-broken]: {LINK} naar een bestand dat er niet is"
    " — vervang de snelkoppeling door het bestand zelf, of haal haar weg"
)
CIRCULAR = (
    f"error[link-circular]: {LINK} in een kring naar zichzelf"
    " — vervang de snelkoppeling door het bestand zelf"
)
TO_FOLDER = f"error[link-to-folder]: {LINK} naar een map — zet de bestanden zelf in deze map"


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("/etc/passwd", OUTSIDE),
        ("../.env", OUTSIDE),
        (".geheim", OUTSIDE),
        ("..", OUTSIDE),
        ("weg.txt", BROKEN),
        ("kopie.txt", CIRCULAR),
        ("../assets", TO_FOLDER),
    ],
)
def test_link_that_leads_elsewhere_is_refused(tmp_path: Path, target: str, message: str) -> None:
    """Fault 52: out of the project, to a hidden file, to nothing, in a circle, to a folder."""
    project(tmp_path, ".env", "assets/.geheim", "assets/foto.txt")
    (tmp_path / "assets" / "kopie.txt").symlink_to(target)
    assert lines(tmp_path) == f"assets/kopie.txt:1:1: {message}\n"
    assert scan(tmp_path)[0].paths == ("assets/foto.txt",)


def test_a_whole_folder_that_is_a_link_out_of_the_project(tmp_path: Path) -> None:
    """Fault 52."""
    project(tmp_path, "elders/reos.md")
    (tmp_path / "sessies").symlink_to("elders")
    assert lines(tmp_path, "en") == (
        "sessies:1:1: error[link-outside]: this symbolic link leads out of the folders of the site"
        " — replace the link with a copy of the file\n"
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFO on this system")
def test_fifo_is_refused_and_never_opened(tmp_path: Path) -> None:
    """Fault 52: opening a FIFO would wait for ever."""
    project(tmp_path, "sessies/reos.md")
    os.mkfifo(tmp_path / "sessies" / "buis.md")
    (tmp_path / "sessies" / "link.md").symlink_to("buis.md")
    assert lines(tmp_path) == (
        "sessies/buis.md:1:1: error[special-file]: dit is geen gewoon bestand"
        " — haal het weg uit deze map\n"
        "sessies/link.md:1:1: error[special-file]: dit is geen gewoon bestand"
        " — haal het weg uit deze map\n"
    )


def test_name_that_is_too_long(tmp_path: Path) -> None:
    """Fault 53: a file system that allows 255 bytes leaves no room for what the site adds."""
    name = "e" + "é" * 100 + ".md"
    project(tmp_path, f"sessies/{name}")
    assert lines(tmp_path) == (
        f"sessies/{name}:1:1: error[file-name-length]: de bestandsnaam is te lang: 204 bytes,"
        " het maximum is 200 — kies een kortere naam\n"
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"caf\xe9.md", "caf\\xe9.md"),
        (b"regel\nomloop.md", "regel\\x0aomloop.md"),
        (b"a:b.md", "a:b.md"),
        (b"a\\b.md", "a\\b.md"),
        (b"punt.md.", "punt.md."),
    ],
)
def test_name_that_does_not_work_everywhere(tmp_path: Path, name: bytes, shown: str) -> None:
    """Fault 53: bytes that are no UTF-8, control characters, what Windows forbids."""
    project(tmp_path, "sessies/reos.md")
    (tmp_path / "sessies" / os.fsdecode(name)).write_text("")
    assert lines(tmp_path) == (
        f"sessies/{shown}:1:1: error[file-name-characters]: de naam ‘{shown}’ bevat tekens die niet"
        " op elke computer werken — gebruik in de naam alleen letters, cijfers, punten en"
        " streepjes\n"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [("Reos.md", "reos.md"), ("cafe\u0301.md", "café.md"), ("Strasse.md", "straße.md")],
)
def test_names_that_are_one_on_another_system(tmp_path: Path, one: str, other: str) -> None:
    """Fault 24: by case, and by NFC or NFD."""
    project(tmp_path, f"sessies/{one}", f"sessies/{other}")
    assert lines(tmp_path) == (
        f"sessies/{other}:1:1: error[duplicate-file]: dit bestand en ‘sessies/{one}’ hebben op veel"
        " computers dezelfde naam — geef een van de twee een andere naam; hoofdletters en accenten"
        " maken geen verschil\n"
    )


def test_all_problems_are_reported_in_order_of_place(tmp_path: Path) -> None:
    project(tmp_path, "sessies/b:c.md", "assets/a?.css")
    assert [p.place.path for p in scan(tmp_path)[1]] == ["assets/a?.css", "sessies/b:c.md"]


def test_thousand_nested_folders_do_not_crash(tmp_path: Path) -> None:
    deep = tmp_path / "sessies"
    deep.mkdir()
    here = os.open(deep, os.O_RDONLY)
    for _ in range(1100):
        os.mkdir("a", dir_fd=here)
        below = os.open("a", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    found = scan(tmp_path)
    os.removedirs(deep.joinpath(*["a"] * 1100))  # pytest itself cannot remove it
    assert found == (FileIndex(tmp_path, ()), [])


def test_under_takes_a_folder_and_suffixes() -> None:
    paths = ("programma/bronnen/efro.en.md", "programma/bronnen/efro.md", "programma/e.yaml")
    index = FileIndex(None, (*paths, "programma2/x.md"))  # type: ignore[arg-type] # never read
    assert index.under("programma") == paths
    assert index.under("programma/bronnen", ".en.md") == paths[:1]
    assert index.under("programma", ".yaml", ".en.md") == (paths[0], paths[2])
    assert index.under("sessies") == ()


def test_image_in_the_wrong_case_is_found(tmp_path: Path) -> None:
    """Fault 48: what works on a Mac fails on the web server; the spelling decides everywhere."""
    project(tmp_path, "assets/img/Café.jpg")
    index, _ = scan(tmp_path)
    assert index.has("assets/img/Café.jpg")
    assert not index.has("assets/img/café.jpg")
    assert index.wrong_case("assets/img/café.JPG") == "assets/img/Café.jpg"
    assert index.wrong_case("assets/img/Cafe\u0301.jpg") == "assets/img/Café.jpg"
    assert index.wrong_case("assets/img/Café.jpg") == ""
    assert index.wrong_case("assets/img/thee.jpg") == ""


def test_file_that_vanishes_after_the_scan(tmp_path: Path) -> None:
    """Fault 58."""
    index, _ = scan(project(tmp_path, "sessies/reos.md"))
    (tmp_path / "sessies" / "reos.md").unlink()
    data, problems = index.read("sessies/reos.md")
    assert data is None
    assert as_text(problems, "nl") == (
        "sessies/reos.md:1:1: error[file-vanished]: dit bestand is verdwenen terwijl de site werd"
        " gemaakt — zet het terug, of bouw de site nog een keer\n"
    )


def test_file_that_cannot_be_read(tmp_path: Path) -> None:
    """Faults 55 and 58: a folder took its place, which nobody can read, not even root."""
    index, _ = scan(project(tmp_path, "sessies/reos.md"))
    (tmp_path / "sessies" / "reos.md").unlink()
    (tmp_path / "sessies" / "reos.md").mkdir()
    data, problems = index.read("sessies/reos.md")
    assert data is None
    assert as_text(problems, "en") == (
        "sessies/reos.md:1:1: error[file-unreadable]: this file cannot be read (EISDIR)"
        " — give yourself permission to read it, or replace it\n"
    )


def test_file_without_permission(unprivileged: Path) -> None:
    """Fault 55."""
    index, _ = scan(project(unprivileged, "sessies/reos.md"))
    (unprivileged / "sessies" / "reos.md").chmod(0)
    assert [p.code for p in index.read("sessies/reos.md")[1]] == ["file-unreadable"]


@given(st.lists(st.text(st.sampled_from("aAéÉ\u0301/.z"), min_size=1, max_size=6), unique=True))
@settings(max_examples=100, deadline=None)
def test_has_and_wrong_case_agree_with_a_plain_search(names: list[str]) -> None:
    index = FileIndex(None, tuple(sorted(names)))  # type: ignore[arg-type] # never read
    assert all(index.has(name) and index.wrong_case(name) != name for name in names)
    assert index.has("aa") == ("aa" in names)


def test_folders_are_the_five_of_the_design() -> None:
    assert FOLDERS == ("assets", "programma", "sessies", "sprekers", "templates")

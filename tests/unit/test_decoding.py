"""Bytes to text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_gen.decoding import LARGEST, decode, place_at, unseen
from site_gen.place import Place
from site_gen.problems import as_text


def printed(data: bytes, lang: str = "nl") -> str:
    text, problems = decode("a.yaml", data)
    assert text is None
    return as_text(problems, lang)


@pytest.mark.parametrize(
    "data",
    [b"a: b\nc: d\n", b"a: b\r\nc: d\r\n", b"\xef\xbb\xbfa: b\nc: d\n"],
    ids=["plain", "17-crlf", "17-bom"],
)
def test_decode_of_utf_8_gives_text_with_newlines(data: bytes) -> None:
    assert decode("a.yaml", data) == ("a: b\nc: d\n", [])


def test_decode_of_latin_1_names_the_byte_and_its_place() -> None:
    """Fault 17."""
    assert printed("titel: één\nplaats: Café\n".encode("latin-1")) == (
        "a.yaml:1:8: error[not-utf-8]: hier staat byte E9, die in UTF-8 niet bestaat; "
        "waarschijnlijk was het een ‘é’ — "
        "bewaar het bestand opnieuw en kies als codering UTF-8\n"
    )


def test_decode_counts_columns_in_characters() -> None:
    """Fault 17: what comes before is UTF-8 of more than one byte."""
    assert printed("a: b\r\n😀é ".encode() + b"\x93x", "en") == (
        "a.yaml:2:4: error[not-utf-8]: byte 93 here does not exist in UTF-8; "
        "it probably was a ““” — save the file again and choose UTF-8 as its encoding\n"
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_decode_of_utf_16_names_it(encoding: str) -> None:
    """Fault 18."""
    assert printed("titel: x\n".encode(encoding)) == (
        "a.yaml:1:1: error[utf-16]: dit bestand is als UTF-16 (‘Unicode’) bewaard — "
        "bewaar het opnieuw en kies als codering UTF-8\n"
    )


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000"),
        ("\x07", "U+0007"),
        ("\r", "U+000D"),
        ("\x85", "U+0085"),
        ("\u2028", "U+2028"),
        ("\ufeff", "U+FEFF"),
    ],
)
def test_decode_names_a_character_that_does_not_show(character: str, name: str) -> None:
    """Fault 19."""
    assert printed(f"a: b\nc: d{character}e\n".encode()) == (
        f"a.yaml:2:5: error[unseen-character]: hier staat een onzichtbaar teken ({name}) — "
        "haal het weg, of typ de regel opnieuw\n"
    )


def test_decode_names_each_unseen_character_once() -> None:
    """Fault 19: a binary file has thousands."""
    _, problems = decode("a.yaml", b"ab\x01\x02\x01\x02" * 1000)
    assert [(p.place.column, p.values) for p in problems] == [
        (3, (("character", "U+0001"),)),
        (4, (("character", "U+0002"),)),
    ]


def test_decode_names_a_lone_surrogate() -> None:
    """Fault 20, as bytes."""
    assert printed(b"a: \xed\xa0\x80\n") == (
        "a.yaml:1:4: error[lone-surrogate]: ‘\\ud800’ is maar een half teken — "
        "typ of plak het teken zelf, zoals é of 😀\n"
    )


def test_decode_of_a_large_file_refuses_it_unread() -> None:
    """Fault 12."""
    assert decode("a.yaml", b"a" * LARGEST)[1] == []
    assert printed(b"\xff" * (LARGEST + 1)) == (
        "a.yaml:1:1: error[large-file]: dit bestand is 256 kB groot, en 256 kB is het meeste — "
        "verdeel de tekst over meer bestanden\n"
    )


@given(st.binary(max_size=40))
@settings(max_examples=200)
def test_decode_gives_text_or_problems(data: bytes) -> None:
    text, problems = decode("a.yaml", data)
    assert (text is None) == bool(problems)
    assert text is None or not unseen(text)


@given(st.text("ab\n😀"), st.text("ab\n😀"))
@settings(max_examples=50)
def test_place_counts_lines_and_characters(before: str, after: str) -> None:
    lines = before.split("\n")
    place = place_at("a", before + after, len(before))
    assert place == Place("a", len(lines), len(lines[-1]) + 1)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> d\n", [2]),
        ("<<<<<<<\n=======\n>>>>>>>\n<<<<<<< a\n||||||| b\n=======\n=======\n>>>>>>> c", [1, 4]),
        ("<<<<<<< a\n<<<<<<< b\n=======\n>>>>>>> c\n>>>>>>> d\n", [2]),
        ("Kop\n=======\n\n>>>>>>> citaat\n", []),
        ("<<<<<<< a\n>>>>>>> b\n", []),
        ("<<<<<<<< a\n========\n>>>>>>>>\n", []),
        (" <<<<<<< a\n=======\n>>>>>>> b\n", []),
    ],
)
def test_decode_names_two_versions_that_git_left(text: str, lines: list[int]) -> None:
    found, problems = decode("a.md", text.encode())
    assert [(p.code, p.place.line) for p in problems] == [("conflict", line) for line in lines]
    assert (found is None) == bool(lines)

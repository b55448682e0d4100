"""What an editor most likely meant where YAML does not understand the file."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_gen.nodes import Scalar, read_yaml
from site_gen.problems import as_text
from site_gen.syntax import Fault, explain, glued, quoted


def printed(text: str) -> str:
    return as_text(read_yaml("a.yaml", text.encode())[1], "nl")


def hint(text: str) -> tuple[str, str]:
    """The place and code, and the hint."""
    start, _, rest = printed(text).rstrip("\n").partition(": ")
    code, _, remedy = rest.partition(" — ")
    match = re.search(r"\[(.*?)\]", code)
    assert match is not None
    return f"{start.removeprefix('a.yaml:')} {match[1]}", remedy


@pytest.mark.parametrize(
    ("text", "culprit", "remedy"),
    [
        ('a: "b\nc: d\n', "1:4 unclosed-quote", 'zet ook " aan het einde van de waarde'),
        (
            "a: [b, c\nd: e\n",
            "1:4 unclosed-bracket",
            "zet ] aan het einde, of aanhalingstekens om tekst die met [ begint",
        ),
        (
            "a: [b, {c: d}\ne: f\n",
            "1:4 unclosed-bracket",
            "zet ] aan het einde, of aanhalingstekens om tekst die met [ begint",
        ),
        (
            "a: {b: c\n",
            "1:4 unclosed-bracket",
            "zet } aan het einde, of aanhalingstekens om tekst die met { begint",
        ),
        (
            "a: {b: c d: e}\n",
            "1:11 misplaced-comma",
            "zet één komma tussen twee waarden, en aanhalingstekens om een waarde met een "
            "dubbele punt",
        ),
        (
            'a: "Regio" in beeld\n',
            "1:12 text-after-value",
            "haal die weg, of zet de hele waarde tussen aanhalingstekens: '\"Regio\" in beeld'",
        ),
        (
            "a: [Concept] Nieuwe wet\n",
            "1:14 text-after-value",
            'haal die weg, of zet de hele waarde tussen aanhalingstekens: "[Concept] Nieuwe wet"',
        ),
        (
            "a: 'it's'\n",
            "1:8 text-after-value",
            'haal die weg, of zet de hele waarde tussen aanhalingstekens: "it\'s"',
        ),
        ("titel:x\nb: c\n", "1:7 missing-space", "zet een spatie achter ‘titel:’"),
        ("titel:x\n", "1:1 missing-space", "zet een spatie achter ‘titel:’"),
        ("a:\n- b\n-c\n", "3:2 missing-space", "zet een spatie achter ‘-’"),
        (
            "a: b\nTekst die volgt\n",
            "2:1 missing-colon",
            "schrijf ‘naam: waarde’, of zet bij gewone tekst eerst de regel ‘---’ die de velden "
            "afsluit",
        ),
        (
            "a: b\n c: d\n",
            "2:2 wrong-indentation",
            "laat wat bij elkaar hoort op dezelfde kolom beginnen",
        ),
        (
            "a:\n  b: 1\n c: 2\n",
            "3:2 wrong-indentation",
            "laat wat bij elkaar hoort op dezelfde kolom beginnen",
        ),
        (
            "a:\n - b\n  - c\n",
            "3:3 list-in-text",
            "zet alle streepjes van een lijst recht onder elkaar, of de tekst tussen "
            "aanhalingstekens",
        ),
        (
            "a: - b\n",
            "1:4 list-on-line",
            'zet elk streepje op een eigen regel, of aanhalingstekens om gewone tekst: "- b"',
        ),
        (
            "a: {{ b }}\n",
            "1:5 key-not-text",
            "haal de haken weg, of zet aanhalingstekens om tekst die met een haak begint",
        ),
        (
            "a: b\n... c\n",
            "2:5 yaml-syntax",
            "kijk op deze regel en die ervoor naar aanhalingstekens, haken, dubbele punten en "
            "inspringen",
        ),
    ],
)
def test_syntax_error_names_its_likeliest_cause(text: str, culprit: str, remedy: str) -> None:
    assert hint(text) == (culprit, remedy)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("titel:x", "titel:"),
        ("  - titel:x", "titel:"),
        ("-x", "-"),
        ("titel: x", ""),
        ("- x", ""),
        ("---", ""),
        ("https://www.dordrecht.nl", ""),
    ],
)
def test_glued_gives_what_lacks_a_space(line: str, expected: str) -> None:
    assert glued(line) == expected


def test_fault_without_a_known_cause_is_named_where_the_parser_stopped() -> None:
    fault = Fault("a\nbcd", "something new", "", at=3, since=3, last=0)
    assert as_text([explain("a.yaml", fault)], "en") == (
        "a.yaml:2:2: error[yaml-syntax]: from here on it cannot be read what is meant — look at "
        "the quotes, brackets, colons and indentation on this line and the one before\n"
    )


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
@settings(max_examples=100)
def test_quoted_text_reads_as_itself(text: str) -> None:
    mapping, problems = read_yaml("a.yaml", f"a: {quoted(text)}\n".encode())
    assert problems == []
    assert mapping is not None
    value = mapping.items[0][1]
    assert isinstance(value, Scalar)
    assert value.text == text


@pytest.mark.parametrize(
    "text",
    [
        "a: b\n  " + "- " * 100_000 + "'x: y\n",
        "a: b\n" + " " * 200_000 + "c: d\n",
        "a: " + "b: " * 80_000 + "\n",
        "a: [" + "'" * 200_001 + "\n",
        'a: "' + "\\" * 200_001 + "\n",
        "- a #\n" * 35_000,
    ],
    ids=["dashes", "blanks", "colons", "quotes", "escapes", "comments"],
)
def test_large_faulty_file_is_explained_in_time(text: str) -> None:
    """Faults 12 and 46: no rule reads a line again and again."""
    begin = time.process_time()
    _, problems = read_yaml("a.yaml", text.encode())
    assert problems
    assert time.process_time() - begin < 5

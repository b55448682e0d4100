"""Located YAML: what is read, where it stands, and what an editor is told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_gen.nodes import (
    Document,
    Mapping,
    Node,
    Scalar,
    Sequence,
    read_document,
    read_yaml,
)
from site_gen.place import Place
from site_gen.problems import as_text


def at(line: int, column: int) -> Place:
    return Place("a.yaml", line, column)


def plain(line: int, column: int, text: str) -> Scalar:
    return Scalar(at(line, column), text, plain=True)


def read(text: str) -> Mapping:
    mapping, problems = read_yaml("a.yaml", text.encode())
    assert problems == []
    assert mapping is not None
    return mapping


def printed(text: str, lang: str = "nl") -> str:
    return as_text(read_yaml("a.yaml", text.encode())[1], lang)


def test_yaml_gives_every_part_its_place() -> None:
    assert read("a: b\nc:\n  - d\n  - {e: 'f'}\n") == Mapping(
        at(1, 1),
        (
            (plain(1, 1, "a"), plain(1, 4, "b")),
            (
                plain(2, 1, "c"),
                Sequence(
                    at(3, 3),
                    (
                        plain(3, 5, "d"),
                        Mapping(
                            at(4, 5),
                            ((plain(4, 6, "e"), Scalar(at(4, 9), "f", plain=False)),),
                        ),
                    ),
                ),
            ),
        ),
    )


def test_yaml_counts_columns_in_characters() -> None:
    assert read("é😀: [ü, 😀x]\n") == Mapping(
        at(1, 1),
        (
            (
                plain(1, 1, "é😀"),
                Sequence(at(1, 5), (plain(1, 6, "ü"), plain(1, 9, "😀x"))),
            ),
        ),
    )


@pytest.mark.parametrize(
    "typed",
    [
        "10:45",
        "10.00",
        "no",
        "on",
        "010",
        "null",
        "~",
        "2026-03-28",
        "1e3",
        ".inf",
        "<<",
        "=",
        "0x1F",
    ],
)
def test_yaml_reads_every_plain_value_as_text(typed: str) -> None:
    """Faults 1 and 21."""
    assert read(f"a: {typed}\n").items[0][1] == plain(1, 4, typed)


def test_yaml_accepts_a_byte_order_mark_and_windows_lines() -> None:
    """Fault 17."""
    text = b"\xef\xbb\xbfa: b\r\nc: >-\r\n  d\r\n  e\r\n"
    mapping, problems = read_yaml("a.yaml", text)
    assert (mapping, problems) == (
        Mapping(
            at(1, 1),
            (
                (plain(1, 1, "a"), plain(1, 4, "b")),
                (plain(2, 1, "c"), Scalar(at(2, 4), "d e", plain=False)),
            ),
        ),
        [],
    )


def test_duplicate_key_names_both_lines() -> None:
    """Fault 4."""
    assert printed("titel: een\nsoort: ronde\ntitel: twee\n") == (
        "a.yaml:3:1: error[duplicate-key]: veld ‘titel’ staat er twee keer, "
        "de eerste keer op regel 1 — laat een van de twee staan\n"
    )


def test_duplicate_keys_are_all_reported_and_the_first_stays() -> None:
    """Fault 4."""
    mapping, problems = read_yaml("a.yaml", b"a: 1\nb: {c: 1, c: 2}\na: 2\na: 3\n")
    assert mapping is not None
    assert mapping.items[0][1] == plain(1, 4, "1")
    assert [(p.code, p.place) for p in problems] == [
        ("duplicate-key", at(2, 11)),
        ("duplicate-key", at(3, 1)),
        ("duplicate-key", at(4, 1)),
    ]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a:\n\t- b\n", 2, 1),
        ("a: b\n\tc: d\n", 2, 1),
        ("a: b\n  \tc: d\n", 2, 3),
        ("a:\n  b: 1\n\tc: 2\n", 3, 1),
        ("\ta: b\n", 1, 1),
        ("a: |\n\tb\n", 2, 1),
        ("a:\n  -\tb\n", 2, 4),
    ],
)
def test_tab_as_indentation_is_named(text: str, line: int, column: int) -> None:
    """Fault 5."""
    assert printed(text) == (
        f"a.yaml:{line}:{column}: error[tab-indentation]: deze regel springt in met een tab — "
        "gebruik spaties\n"
    )


def test_tab_within_a_line_is_accepted() -> None:
    """Fault 5."""
    assert read('a:\tb\nc: "d\te"\n').items[0][1] == plain(1, 4, "b")


def test_colon_in_a_value_asks_for_quotes() -> None:
    """Fault 6."""
    text = "titel: Wet: artikel 3\n"
    assert printed(text) == (
        "a.yaml:1:11: error[unquoted-colon]: door de dubbele punt en de spatie leest YAML hier een "
        'nieuw veld — zet aanhalingstekens om de waarde: "Wet: artikel 3"\n'
    )
    assert printed(text, "en") == (
        "a.yaml:1:11: error[unquoted-colon]: because of the colon and the space, YAML reads a new "
        'field here — put quotes around the value: "Wet: artikel 3"\n'
    )


@pytest.mark.parametrize(
    ("text", "column", "word", "value"),
    [
        ("a: 't Loo\n", 4, "'t", '"\'t Loo"'),
        ("plaats: 's-Gravenhage\nb: c\n", 9, "'s-Gravenhage", '"\'s-Gravenhage"'),
        ("a: 's-Gravenhage ligt in 't westen\n", 4, "'s-Gravenhage", None),
        ("a: 'n Dag\nb: 'k Zie\n", 4, "'n", '"\'n Dag"'),
        ("a: ['t Loo, b]\n", 5, "'t", '"\'t Loo"'),
    ],
)
def test_apostrophe_at_the_start_is_explained(
    text: str, column: int, word: str, value: str | None
) -> None:
    """Fault 7."""
    value = value or "\"'s-Gravenhage ligt in 't westen\""
    assert printed(text) == (
        f"a.yaml:1:{column}: error[leading-apostrophe]: de apostrof van ‘{word}’ is voor YAML een "
        f"aanhalingsteken — zet dubbele aanhalingstekens om de waarde: {value}\n"
    )


@pytest.mark.parametrize(
    ("text", "column", "lost"),
    [
        ("titel: Sessie #3\n", 15, "#3"),
        ("titel: Sessie #3 en verder\n", 15, "#3 en verder"),
        ("titel: Sessie # 3\n", 15, "# 3"),
        ("titel: Sessie  #3\n", 16, "#3"),
        ("titel: #3\n", 8, "#3"),
        ("titel: [Sessie #3\n  ]\n", 16, "#3"),
    ],
)
def test_text_after_a_hash_is_a_warning(text: str, column: int, lost: str) -> None:
    """Fault 8."""
    assert printed(text) == (
        f"a.yaml:1:{column}: warning[lost-text]: ‘{lost}’ telt niet mee: na een spatie begint met "
        "‘#’ een opmerking — zet de hele waarde tussen aanhalingstekens, of de opmerking op een "
        "eigen regel\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "# opmerking\na: b\n",
        "a: b  # opmerking\n",
        "a: 'b #3' # opmerking\n",
        "a: # opmerking\n  - b\n",
        "a: C#\n",
        "a: |\n  b #3\n",
    ],
)
def test_comment_and_hash_in_text_are_accepted(text: str) -> None:
    """Fault 8."""
    read(text)


@pytest.mark.parametrize(
    "value",
    ["@naam", "%5", "`code`", "& zo", "*nieuw* programma", "**vet**", "> tekst", "| x", "? x"],
)
def test_special_character_at_the_start_asks_for_quotes(value: str) -> None:
    """Fault 9."""
    assert printed(f"titel: {value}\n") == (
        f"a.yaml:1:8: error[special-start]: een waarde mag niet met ‘{value[0]}’ beginnen — "
        f'zet aanhalingstekens om de waarde: "{value}"\n'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a: &anker tekst\n",
            "a.yaml:1:4: error[anchor]: een waarde die met ‘&’ begint, krijgt in YAML een naam, en "
            'dat gebruiken we niet — zet aanhalingstekens om gewone tekst ("&anker tekst"), '
            "of haal de naam weg\n",
        ),
        (
            "a: *anker\n",
            "a.yaml:1:4: error[alias]: een waarde die met ‘*’ begint, is een verwijzing van YAML, "
            'en die gebruiken we niet — zet aanhalingstekens om gewone tekst ("*anker"), '
            "of herhaal de waarde\n",
        ),
        (
            "a: !!python/object/apply:os.system [ls]\n",
            "a.yaml:1:4: error[tag]: een waarde die met ‘!’ begint, krijgt in YAML een type, en "
            "dat gebruiken we niet — zet aanhalingstekens om gewone tekst "
            '("!!python/object/apply:os.system [ls]"), of haal het type weg\n',
        ),
        (
            "a: !belangrijk\n",
            "a.yaml:1:4: error[tag]: een waarde die met ‘!’ begint, krijgt in YAML een type, en "
            'dat gebruiken we niet — zet aanhalingstekens om gewone tekst ("!belangrijk"), '
            "of haal het type weg\n",
        ),
    ],
    ids=["10-anchor", "11-alias", "13-tag", "9-exclamation"],
)
def test_names_of_yaml_are_refused(text: str, expected: str) -> None:
    assert printed(text) == expected


BOMB = "a: &a [x, x]\n" + "".join(f"b{i}: &b{i} [*a, *a]\n" for i in range(9))


@pytest.mark.parametrize("text", [BOMB, "a: &a\n  b: *a\n", "a: &a [*a]\n"])
def test_alias_bomb_and_self_reference_are_refused_at_once(text: str) -> None:
    """Fault 11."""
    mapping, problems = read_yaml("a.yaml", text.encode())
    assert mapping is None
    assert [(p.code, p.place) for p in problems] == [("anchor", at(1, 4))]


@pytest.mark.parametrize(
    "text",
    ["a: " + "[" * 100_000, "a: " + "{a: " * 60_000, "- " * 100_000, "? " * 100_000],
    ids=["lists", "mappings", "dashes", "keys"],
)
def test_deep_nesting_is_refused(text: str) -> None:
    """Fault 12."""
    mapping, problems = read_yaml("a.yaml", text.encode())
    assert mapping is None
    assert [p.code for p in problems] == ["deep-nesting"]


def test_nesting_of_32_is_accepted() -> None:
    """Fault 12: the mapping of the file, and 31 lists."""
    read("a: " + "[" * 31 + "]" * 31)
    assert printed("a: " + "[" * 32 + "]" * 32) == (
        "a.yaml:1:35: error[deep-nesting]: hier zitten meer dan 32 lijsten en blokken in elkaar — "
        "haal de overbodige haken of streepjes weg\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "",
            "a.yaml:1:1: error[empty-file]: dit bestand is leeg — vul het in, bijvoorbeeld met een "
            "regel als ‘titel: Lunch’, of verwijder het\n",
        ),
        (
            "# later\n\n",
            "a.yaml:1:1: error[empty-file]: dit bestand is leeg — vul het in, bijvoorbeeld met een "
            "regel als ‘titel: Lunch’, of verwijder het\n",
        ),
        (
            "---\n",
            "a.yaml:1:1: error[empty-file]: dit bestand is leeg — vul het in, bijvoorbeeld met een "
            "regel als ‘titel: Lunch’, of verwijder het\n",
        ),
        (
            "- a\n- b\n",
            "a.yaml:1:1: error[list-at-root]: dit bestand begint met een lijst — begin met velden: "
            "op elke regel een naam, een dubbele punt, een spatie en de waarde\n",
        ),
        (
            "tekst zonder veld\n",
            "a.yaml:1:1: error[text-at-root]: hier staat tekst waar velden horen — schrijf op elke "
            "regel een naam, een dubbele punt, een spatie en de waarde\n",
        ),
        (
            "a: b\n---\nc: d\n",
            "a.yaml:2:1: error[second-document]: hier begint met ‘---’ een tweede reeks velden — "
            "haal de regel met ‘---’ weg, of maak er twee bestanden van\n",
        ),
    ],
    ids=["empty", "comment", "fence", "list", "text", "two"],
)
def test_file_without_one_block_of_fields_is_an_error(text: str, expected: str) -> None:
    """Fault 16."""
    assert printed(text) == expected


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("begin: x\neind:\u00a0y\nsoort: z\n", 2, 6),
        ("eind:\u00a0y\n", 1, 6),
        ("a: b\n\u00a0\u00a0c: d\n", 2, 1),
        ("a:\n  -\u00a0b\n", 2, 4),
        ("a: b\u00a0\n", 1, 5),
        ("a: \u00a0b\n", 1, 4),
    ],
)
def test_no_break_space_as_separator_is_named(text: str, line: int, column: int) -> None:
    """Fault 19."""
    assert printed(text).splitlines()[0] == (
        f"a.yaml:{line}:{column}: error[no-break-space]: hier staat een harde spatie, die YAML "
        "niet als spatie ziet — vervang hem door een gewone spatie, of zet de waarde tussen "
        "aanhalingstekens"
    )


@pytest.mark.parametrize(
    "text", ["a: zo’n\u00a01.000\n", "a: Vraag:\u00a0wat\n", "a: >-\n  Vraag:\u00a0wat\n"]
)
def test_no_break_space_in_text_is_accepted(text: str) -> None:
    """Fault 19."""
    read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            r'a: "b \ud800"',
            r"a.yaml:1:7: error[lone-surrogate]: ‘\ud800’ is maar een half teken — "
            "typ of plak het teken zelf, zoals é of 😀\n",
        ),
        (
            r'a: "\0"',
            "a.yaml:1:4: error[unseen-escape]: een \\ tussen dubbele aanhalingstekens maakt hier "
            "een onzichtbaar teken (U+0000) — schrijf twee keer \\ voor een gewone \\, of gebruik "
            "enkele aanhalingstekens\n",
        ),
        (
            r'a: "C:\Map"',
            r"a.yaml:1:7: error[unknown-escape]: ‘\M’ betekent niets tussen dubbele "
            r"aanhalingstekens — schrijf twee keer \ voor een gewone \, of gebruik enkele "
            "aanhalingstekens\n",
        ),
    ],
    ids=["20-surrogate", "19-nul", "escape"],
)
def test_escape_in_double_quotes_is_checked(text: str, expected: str) -> None:
    assert printed(text) == expected


def test_document_gives_front_matter_and_text() -> None:
    data = b"---\r\ntitel: Een\r\n---  \r\n\r\nTekst\r\n---\r\n"
    place = Place("a.md", 2, 1)
    front = Mapping(
        place,
        ((Scalar(place, "titel", plain=True), Scalar(Place("a.md", 2, 8), "Een", plain=True)),),
    )
    assert read_document("a.md", data) == (
        Document(front, "\nTekst\n---\n", 4, "---\ntitel: Een\n---  \n"),
        [],
    )


@pytest.mark.parametrize("text", ["---\n---\n", "---\n\n# later\n---\n"])
def test_document_with_empty_front_matter_is_accepted(text: str) -> None:
    document, problems = read_document("a.md", (text + "Tekst").encode())
    expected = Document(Mapping(Place("a.md"), ()), "Tekst", text.count("\n") + 1, text)
    assert (document, problems) == (expected, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "---\ntitel: a\n\nTekst\n",
            "a.md:1:1: error[unclosed-front-matter]: de regel ‘---’ die de velden afsluit "
            "ontbreekt — zet een regel ‘---’ tussen de velden en de tekst\n",
        ),
        (
            "---\ntitel: a\n\nTekst die volgt.\n\n---\n\nMeer\n",
            "a.md:4:1: error[missing-colon]: ‘Tekst die volgt.’ is geen veld: er staat geen "
            "dubbele punt met een spatie in — schrijf ‘naam: waarde’, of zet bij gewone tekst "
            "eerst de regel ‘---’ die de velden afsluit\n",
        ),
        (
            "# Titel\n",
            "a.md:1:1: error[no-front-matter]: het bestand begint niet met ‘---’ — zet bovenaan "
            "een regel ‘---’, dan de velden, en dan weer een regel ‘---’\n",
        ),
        (
            "",
            "a.md:1:1: error[no-front-matter]: het bestand begint niet met ‘---’ — zet bovenaan "
            "een regel ‘---’, dan de velden, en dan weer een regel ‘---’\n",
        ),
    ],
    ids=["never", "rule-in-text", "none", "empty"],
)
def test_document_without_closed_front_matter_is_an_error(text: str, expected: str) -> None:
    """Fault 47."""
    document, problems = read_document("a.md", text.encode())
    assert (document, as_text(problems, "nl")) == (None, expected)


NODES = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abé😀", min_size=1), inner)
    ),
    max_leaves=8,
)


def flow(value: object) -> str:
    """Write a value as YAML on one line, all texts in double quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def value_of(node: Node) -> object:
    if isinstance(node, Mapping):
        return {key.text: value_of(value) for key, value in node.items}
    if isinstance(node, Sequence):
        return [value_of(item) for item in node.items]
    return node.text


def scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Mapping):
        return [s for key, value in node.items for s in (key, *scalars(value))]
    if isinstance(node, Sequence):
        return [s for item in node.items for s in scalars(item)]
    return [node]


@given(st.dictionaries(st.text("abé😀", min_size=1), NODES, min_size=1))
@settings(max_examples=100)
def test_yaml_reads_back_what_was_written_at_its_place(value: dict[str, object]) -> None:
    text = "".join(f"{flow(k)}: {flow(v)}\n" for k, v in value.items())
    mapping = read(text)
    assert value_of(mapping) == value
    lines = text.splitlines()
    for scalar in scalars(mapping):
        typed = lines[scalar.place.line - 1][scalar.place.column - 1 :]
        assert typed.startswith(flow(scalar.text))


SYNTAX = st.lists(
    st.sampled_from([*"ab:#-?,[]{}&*!|>'\"%@` \n\t\\é😀\u00a0", "\n  ", ": ", "\n- ", "'t "])
)


@given(SYNTAX.map("".join))
@settings(max_examples=1000)
def test_yaml_of_any_text_gives_fields_or_an_error(text: str) -> None:
    mapping, problems = read_yaml("a.yaml", text.encode())
    assert mapping is not None or any(p.severity == "error" for p in problems)
    lines = text.split("\n")
    for p in problems:
        assert 1 <= p.place.line <= len(lines)
        assert 1 <= p.place.column <= len(lines[p.place.line - 1]) + 1
    assert "None" not in as_text(problems, "nl")


@given(SYNTAX.map("".join))
@settings(max_examples=200)
def test_document_keeps_the_lines_of_the_file(text: str) -> None:
    whole = f"---\n{text}\n---\nTekst\n"
    document, _ = read_document("a.md", whole.encode())
    if document is not None:
        assert whole.split("\n", document.line - 1)[-1] == document.text

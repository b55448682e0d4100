"""Legal identifiers: grammar, label and official address (fault 36 is about the malformed ones)."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_gen.identifiers import KINDS, Identifier, example, parse

HOSTS = {
    "bwb": {"wetten.overheid.nl"},
    "jci": {"wetten.overheid.nl"},
    "dossier": {"zoek.officielebekendmakingen.nl"},
    "kamerstuk": {"zoek.officielebekendmakingen.nl"},
    "stb": {"zoek.officielebekendmakingen.nl"},
    "stcrt": {"zoek.officielebekendmakingen.nl"},
    "cvdr": {"lokaleregelgeving.overheid.nl"},
    "ecli": {"uitspraken.rechtspraak.nl", "eur-lex.europa.eu", "e-justice.europa.eu"},
    "celex": {"eur-lex.europa.eu"},
    "eli": {"data.europa.eu"},
}

# kind, text, Dutch label, English label, Dutch address, English address ("" = the same as Dutch)
GOOD = [
    (
        "bwb",
        "BWBR0035303",
        "BWBR0035303",
        "",
        "https://wetten.overheid.nl/BWBR0035303",
        "",
    ),
    (
        "jci",
        "jci1.31:c:BWBR0004627&afdeling=II&artikel=P_15&z=2025-02-12&g=2025-02-12",
        "BWBR0004627, artikel P 15",
        "BWBR0004627, article P 15",
        "https://wetten.overheid.nl/"
        "jci1.31:c:BWBR0004627&afdeling=II&artikel=P_15&z=2025-02-12&g=2025-02-12",
        "",
    ),
    (
        "dossier",
        "36512",
        "Kamerstukdossier 36512",
        "Parliamentary file 36512",
        "https://zoek.officielebekendmakingen.nl/dossier/36512",
        "",
    ),
    (
        "dossier",
        "36 600 VII",
        "Kamerstukdossier 36600-VII",
        "Parliamentary file 36600-VII",
        "https://zoek.officielebekendmakingen.nl/dossier/36600-VII",
        "",
    ),
    (
        "kamerstuk",
        "29697-114",
        "Kamerstukken 29697, nr. 114",
        "Parliamentary papers 29697, no. 114",
        "https://zoek.officielebekendmakingen.nl/kst-29697-114.html",
        "",
    ),
    (
        "kamerstuk",
        "36 600 VII, nr. 12",
        "Kamerstukken 36600-VII, nr. 12",
        "Parliamentary papers 36600-VII, no. 12",
        "https://zoek.officielebekendmakingen.nl/kst-36600-VII-12.html",
        "",
    ),
    (
        "kamerstuk",
        "36512, F",
        "Kamerstukken 36512, F",
        "Parliamentary papers 36512, F",
        "https://zoek.officielebekendmakingen.nl/kst-36512-F.html",
        "",
    ),
    (
        "stb",
        "2014-248",
        "Stb. 2014, 248",
        "",
        "https://zoek.officielebekendmakingen.nl/stb-2014-248.html",
        "",
    ),
    (
        "stcrt",
        "2023-17585",
        "Stcrt. 2023, 17585",
        "",
        "https://zoek.officielebekendmakingen.nl/stcrt-2023-17585.html",
        "",
    ),
    (
        "cvdr",
        "CVDR603544_2",
        "CVDR603544/2",
        "",
        "https://lokaleregelgeving.overheid.nl/CVDR603544/2",
        "",
    ),
    (
        "ecli",
        "ECLI:NL:HR:2015:472",
        "ECLI:NL:HR:2015:472",
        "",
        "https://uitspraken.rechtspraak.nl/details?id=ECLI:NL:HR:2015:472",
        "",
    ),
    (
        "ecli",
        "ECLI:EU:C:2014:317",
        "ECLI:EU:C:2014:317",
        "",
        "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=ecli:ECLI:EU:C:2014:317",
        "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=ecli:ECLI:EU:C:2014:317",
    ),
    (
        "ecli",
        "ECLI:FR:CC:2014:2014.432.QPC",
        "ECLI:FR:CC:2014:2014.432.QPC",
        "",
        "https://e-justice.europa.eu/ecli/ECLI:FR:CC:2014:2014.432.QPC",
        "",
    ),
    (
        "celex",
        "32021R1058",
        "CELEX 32021R1058",
        "",
        "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:32021R1058",
        "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32021R1058",
    ),
    (
        "eli",
        "http://data.europa.eu/eli/reg/2021/1058/oj",
        "ELI reg/2021/1058/oj",
        "",
        "https://data.europa.eu/eli/reg/2021/1058/oj",
        "",
    ),
    (
        "url",
        "https://www.rli.nl/publicaties/2023/advies?taal=nl#kern",
        "rli.nl",
        "",
        "https://www.rli.nl/publicaties/2023/advies?taal=nl#kern",
        "",
    ),
    (
        "url",
        "https://nl.wikipedia.org/wiki/Curaçao",
        "nl.wikipedia.org",
        "",
        "https://nl.wikipedia.org/wiki/Cura%C3%A7ao",
        "",
    ),
]


@pytest.mark.parametrize("row", GOOD, ids=[f"{row[0]} {row[1]}" for row in GOOD])
def test_identifier_labels_and_addresses(row: tuple[str, str, str, str, str, str]) -> None:
    kind, text, label_nl, label_en, address_nl, address_en = row
    identifier = parse(kind, text)
    assert identifier is not None
    assert identifier.label("nl") == label_nl
    assert identifier.label("en") == (label_en or label_nl)
    assert identifier.address("nl") == address_nl
    assert identifier.address("en") == (address_en or address_nl)


@pytest.mark.parametrize(
    ("article", "value", "label"),
    [
        ("4", "BWBR0035303&artikel=4", "BWBR0035303, artikel 4"),
        ("artikel 4a", "BWBR0035303&artikel=4a", "BWBR0035303, artikel 4a"),
        ("art. 6:162", "BWBR0035303&artikel=6:162", "BWBR0035303, artikel 6:162"),
        ("P 15", "BWBR0035303&artikel=P_15", "BWBR0035303, artikel P 15"),
    ],
)
def test_law_narrowed_to_an_article(article: str, value: str, label: str) -> None:
    identifier = parse("bwb", "BWBR0035303", article)
    assert identifier == Identifier("bwb", value)
    assert identifier.label("nl") == label
    assert identifier.address("nl") == f"https://wetten.overheid.nl/jci1.3:c:{value}"


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("bwb", " bwbr0035303 ", "BWBR0035303"),
        ("dossier", "36 512", "36512"),
        ("dossier", "kst-36512", "36512"),
        ("kamerstuk", "kst-29697-114", "29697-114"),
        ("kamerstuk", "29 697, nr. 114", "29697-114"),
        ("kamerstuk", "29\u00a0697, nr.\u00a0114", "29697-114"),
        ("kamerstuk", "Kamerstukken II 29697, nr. 114", "29697-114"),
        ("kamerstuk", "kst-36512-f", "36512-F"),
        ("stb", "stb-2014-248", "2014-248"),
        ("stb", "Stb. 2014, 248", "2014-248"),
        ("stb", "Staatsblad 2014, nr. 248", "2014-248"),
        ("stcrt", "stcrt-2023-17585", "2023-17585"),
        ("stcrt", "Staatscourant 2023, 17585", "2023-17585"),
        ("cvdr", "603544", "CVDR603544"),
        ("cvdr", "CVDR603544/1", "CVDR603544/1"),
        ("ecli", "ecli:nl:hr:2015:472", "ECLI:NL:HR:2015:472"),
        ("celex", "CELEX:32021R1058", "32021R1058"),
        ("celex", "celex 62017CJ0311", "62017CJ0311"),
        ("celex", "02013R1303-20230301", "02013R1303-20230301"),
        ("celex", "12016ME/TXT", "12016ME/TXT"),
        ("celex", "22006A1230(03)", "22006A1230(03)"),
        ("eli", "eli/reg_impl/2022/1475", "reg_impl/2022/1475"),
        ("eli", "reg/2021/1060/2024-06-30", "reg/2021/1060/2024-06-30"),
    ],
)
def test_usual_spelling_gives_the_normal_form(kind: str, text: str, value: str) -> None:
    assert parse(kind, text) == Identifier(kind, value)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("bwb", "BWBR35303"),
        ("bwb", "BWBX0035303"),
        ("bwb", "BWBR00353030"),
        ("jci", "jci1.2:c:BWBR0035303&artikel=4"),
        ("jci", "jci1.3:c:BWBR0035303&artikel=<4>"),
        ("dossier", "3651"),
        ("dossier", "36512-3"),
        ("kamerstuk", "36512"),
        ("kamerstuk", "29697/114"),
        ("stb", "248"),
        ("stb", "14-248"),
        ("stcrt", "2023-0"),
        ("cvdr", "CVDR"),
        ("ecli", "NL:HR:2015:472"),
        ("ecli", "ECLI:NL:HOGERAAD:2015:472"),
        ("ecli", "ECLI:NL:HR:2015:47/2"),
        ("celex", "2021R1058"),
        ("celex", "32021R"),
        ("eli", "reg/2021"),
        ("eli", "https://example.org/eli/reg/2021/1058"),
        ("url", "http://example.org"),
        ("url", "https://localhost"),
        ("url", "https://user:secret@example.org"),
        ("url", "https://example.org:99999/"),
        ("url", "https://example.org/a b"),
        ("url", "https://example.org/\x07"),
        ("url", "javascript:alert(1)"),
    ],
)
def test_malformed_identifier_is_refused(kind: str, text: str) -> None:
    """Fault 36."""
    assert parse(kind, text) is None


@pytest.mark.parametrize("kind", KINDS)
def test_example_is_good_and_in_normal_form(kind: str) -> None:
    """Fault 36: the message about a malformed identifier shows one that is right."""
    assert parse(kind, example(kind)) == Identifier(kind, KINDS[kind])


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=60), st.text(max_size=8))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_without_a_crash(kind: str, text: str, article: str) -> None:
    assert parse(kind, text, article) is None or _leads_to_its_publisher(kind, text, article)


@given(
    st.sampled_from(sorted(KINDS)).flatmap(
        lambda kind: st.tuples(st.just(kind), st.sampled_from([r[1] for r in GOOD if r[0] == kind]))
    ),
    st.integers(0, 40),
    st.characters(),
)
@settings(max_examples=200, deadline=None)
def test_one_other_character_is_refused_or_leads_to_the_publisher(
    typed: tuple[str, str], index: int, other: str
) -> None:
    kind, text = typed
    mutated = text[:index] + other + text[index + 1 :]
    assert parse(kind, mutated) is None or _leads_to_its_publisher(kind, mutated)


def _leads_to_its_publisher(kind: str, text: str, article: str = "") -> bool:
    identifier = parse(kind, text, article)
    assert identifier is not None
    assert parse(kind, identifier.value) == identifier, "the normal form reads back as itself"
    for lang in ("nl", "en", "fy"):
        address = identifier.address(lang)
        assert address.isascii()
        assert " " not in address
        assert urlsplit(address).scheme == "https"
        assert urlsplit(address).hostname in HOSTS.get(kind, {urlsplit(address).hostname})
        assert identifier.label(lang)
    return True

"""Texts of other programs: no word is lost, no junk stays, and what comes out has come to rest."""

from __future__ import annotations

import re
from html import escape

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_reversion import HTML, TEXT, words

from site_gen.importers.texts import as_line, as_markdown, as_summary
from site_gen.problems import has_errors
from site_gen.prose import scan


def shown(text: str) -> str:
    """Return the words that a page shows."""
    return words(scan(text, "", 1)[0].html)


def holds(given_text: str, wanted: str) -> None:
    found = as_markdown(given_text)
    assert shown(found) == wanted, found
    assert not has_errors(scan(found, "", 1)[1]), found
    assert as_markdown(found) == found


@given(TEXT)
@settings(max_examples=400)
def test_any_html_text_keeps_its_words(text: str) -> None:
    holds(f"<p>{escape(text)}</p>", words(escape(text)))


@given(HTML)
@settings(max_examples=300)
def test_any_html_keeps_its_words(text: str) -> None:
    holds(f"<div>{text}</div>", words(nh3.clean(text)))


@given(st.text("ab1 \n*_`~#>-+=|[](){}:!&;/\\.@'\"", max_size=60))
@settings(max_examples=400)
def test_any_plain_text_is_accepted_and_comes_to_rest(text: str) -> None:
    found = as_markdown(text)
    assert not has_errors(scan(found, "", 1)[1]), found
    assert as_markdown(found) == found
    assert re.findall("[ab1]", shown(found)) == re.findall("[ab1]", shown(text))


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {x:y}
</style><xml><w:View>Normal</w:View></xml><title>Document1</title></head><body>
<!--[if gte mso 9]><xml>x</xml><![endif]-->
<p class=MsoNormal style='margin:0'><b><span lang=NL>Waarom<o:p></o:p></span></b></p>
<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;
&nbsp;</span></span><![endif]>Wonen</p>
<p class=MsoListParagraph><span>o<span>&nbsp;&nbsp; </span></span>Werken</p>
<p class=MsoNormal>&nbsp;</p><font face="Calibri">Tot dan</font></body></html>"""


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        (WORD, "**Waarom**\n\n- Wonen\n- Werken\n\nTot dan"),
        ("<script>x()</script>Tekst<style>y</style>", "Tekst"),
        ("<div>Een</div><div>Twee</div>", "Een\n\nTwee"),
        ("<h1>Een</h1><h4>Twee</h4><h1>Drie</h1>", "## Een\n\n### Twee\n\n## Drie"),
        ("<h3>Een</h3><p>Tekst</p>", "## Een\n\nTekst"),
        ("Eerste alinea\n\n<b>Vet</b> en verder", "Eerste alinea\n\n**Vet** en verder"),
        ("<p><a href='javascript:x()'>a</a> <a href='/b'>b</a></p>", "a b"),
        ("<p><a href=' https://a.nl/ '>a</a></p>", "[a](https://a.nl/)"),
        (
            "<p><img src='https://a.nl/x.png' alt='Kaart'><img src='y.png'></p>",
            "[Kaart](https://a.nl/x.png)",
        ),
        ("Kop\nRegel twee", "Kop  \nRegel twee"),
        ("- een\n- twee", "- een\n- twee"),
        ("*schuin* en [link](https://a.nl/)", "*schuin* en [link](https://a.nl/)"),
        ("Zie http://[x en http://a.nl:0/", r"Zie http:\//\[x en http:\//a.nl:0/"),
        ("<b>" * 2_000 + "diep", "**diep**"),
        ("lang " * 20_000, ""),
        ("a\x00b\u2028c\ud800", "ab  \nc"),
        ("  \r\n ", ""),
    ],
)
def test_texts(given_text: str, expected: str) -> None:
    assert as_markdown(given_text) == expected


def test_lines_that_are_cut_by_a_program_are_joined_and_others_are_kept() -> None:
    cut = "Een regel die door een programma is afgebroken omdat hij te\nlang werd voor de brief"
    assert as_markdown(cut) == cut.replace("\n", " ")
    meant = "Hoe werkt het?\nWaarom werkt het?\nEen lange zin die heel wat breder is dan de andere"
    assert as_markdown(meant) == meant.replace("\n", "  \n")


def test_a_text_of_any_size_is_read_in_time() -> None:
    """Each of these takes a careless expression minutes."""
    for text in ("\n a" * 2_000, "<p>" * 9_000, "· " * 9_000, "[" * 5_000, "`" * 3_333 + "a"):
        assert shown(as_markdown(text)) is not None


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("Een zin.", "Een zin."),
        (r"4\*3 \[sic]", "4*3 [sic]"),
        ("Een **vette** zin.", ""),
        ("Een.\n\nTwee.", ""),
        ("https://a.nl/", ""),
        ("woord " * 100, ""),
        ("", ""),
    ],
)
def test_a_summary_is_one_plain_paragraph(given_text: str, expected: str) -> None:
    assert as_summary(given_text) == expected


def test_a_line_has_no_breaks_and_nothing_unseen() -> None:
    assert as_line(" een\u00a0 twee\r\n\tdrie\x07\ufeff ") == "een twee drie"

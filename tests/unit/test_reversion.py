"""HTML back to Markdown: what a text says survives, and the way there and back changes nothing."""

from __future__ import annotations

import re
from html import escape, unescape

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_gen.conversion import convert
from site_gen.markup import BodyView, HeadingView, LinkView, html
from site_gen.reversion import markdown


def rendered(text: str) -> str:
    """Return the HTML of a text as a page shows it."""
    made = convert(text)
    links = tuple(LinkView(link.address) for link in made.links)
    headings = tuple(HeadingView(heading.id or "kop") for heading in made.headings)
    return html(BodyView(made.html, "nl", headings, links))


def words(text: str) -> str:
    """Return what stands in HTML, without its blanks."""
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]*>", " ", text)))


@pytest.mark.parametrize(
    ("given_html", "expected"),
    [
        ("<p>Een zin.</p><p>Nog een.</p>", "Een zin.\n\nNog een."),
        ("<p>Regel een<br>regel twee</p>", "Regel een  \nregel twee"),
        ("een<br><br>twee", "een\n\ntwee"),
        ("<p>Dit is <strong>vet </strong>en <em>schuin</em>.</p>", "Dit is **vet** en *schuin*."),
        ("<p><strong>ge</strong><strong>heel</strong></p>", "**geheel**"),
        ("<p><del>weg</del> en <code>a `b`</code></p>", "~~weg~~ en `` a `b` ``"),
        ("<h2>Kop</h2><p>Tekst</p>", "## Kop\n\nTekst"),
        ("<ul><li>een</li><li>twee<ul><li>drie</li></ul></li></ul>", "- een\n- twee\n  - drie"),
        ("<ol start='3'><li>a</li><li>b</li></ol>", "3. a\n4. b"),
        ("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "- a\n\n  b\n\n- c"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<pre><code>x  y\n&lt;z&gt;</code></pre>", "```\nx  y\n<z>\n```"),
        ("<p>a</p><hr><p>b</p>", "a\n\n* * *\n\nb"),
        ("<p><a href='https://a.nl/'>hier</a></p>", "[hier](https://a.nl/)"),
        ("<p><a href='https://a.nl/'>https://a.nl/</a></p>", "https://a.nl/"),
        ("<p><a href='mailto:a@b.nl'>a@b.nl</a></p>", "a@b.nl"),
        ("<p><a href='https://a.nl/x (y)'>z]</a></p>", r"[z\]](https://a.nl/x%20%28y%29)"),
        ("<p><a>geen adres</a></p>", "geen adres"),
        ("<p><img src='https://a.nl/x.png' alt='Kaart'></p>", "[Kaart](https://a.nl/x.png)"),
        ("<p><img src='../x.png' alt='Kaart'></p>", "Kaart"),
        (
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1|2</td></tr></table>",
            "| A | B |\n| --- | --- |\n| 1\\|2 |  |",
        ),
        ("<p>1. een nummer</p>", r"1\. een nummer"),
        ("<p># geen kop</p>", r"\# geen kop"),
        ("<p>4*3*2, snake_case, __init__</p>", r"4\*3\*2, snake_case, \_\_init\_\_"),
        ("<p>[sic] &amp;copy; AT&amp;T &lt;b&gt; 1 &lt; 2</p>", r"\[sic] \&copy; AT&T \<b> 1 < 2"),
        ("<p>https://a.nl/_b_/c_d</p>", "https://a.nl/_b_/c_d"),
        ("", ""),
        ("<p> </p><ul></ul><h2></h2><strong> </strong>", ""),
    ],
)
def test_html_becomes_the_plainest_markdown(given_html: str, expected: str) -> None:
    assert markdown(nh3.clean(given_html)) == expected


# Characters that mean something to Markdown, and some that do not.
TEXT = st.text("ab1.*_`~#>-+=|[](){}:!<&;/\\ é\"'", max_size=30)


@given(TEXT)
@settings(max_examples=500)
def test_any_text_is_shown_as_it_is(text: str) -> None:
    shown = rendered(markdown(f"<p>{escape(text)}</p>"))
    assert words(shown) == words(escape(text))
    assert not re.search(r"<(?!/?p>|a |/a>)", shown), shown


def tags(*names: str, inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return HTML strategies: some parts within one of these elements."""
    parts = st.lists(inner, min_size=1, max_size=3).map("".join)
    return st.tuples(st.sampled_from(names), parts).map(lambda p: f"<{p[0]}>{p[1]}</{p[0]}>")


WORDS = st.sampled_from(["een ", "twee", " drie ", "4. ", "- vijf", "a_b", "C# ", "(zes) "])
SPANS = st.one_of(WORDS, st.just("<br>"), tags("strong", "em", "code", "del", inner=WORDS))
PARAGRAPHS = tags("p", "h2", "h3", inner=SPANS)
ITEMS = tags("li", inner=st.one_of(SPANS, PARAGRAPHS))
LISTS = tags("ul", "ol", inner=ITEMS)
HTML = st.lists(
    st.one_of(PARAGRAPHS, LISTS, tags("blockquote", inner=st.one_of(PARAGRAPHS, LISTS))), max_size=4
).map("".join)


def settled(text: str) -> str:
    """Return what a text becomes when it goes there and back until nothing changes."""
    for _ in range(5):
        again = markdown(rendered(text))
        if again == text:
            return text
        text = again
    raise AssertionError(text)


@given(HTML)
@settings(max_examples=300)
def test_there_and_back_comes_to_rest(text: str) -> None:
    settled(markdown(nh3.clean(text)))

"""A text on one page: the marks filled in."""

from html import escape

from hypothesis import given
from hypothesis import strategies as st

from site_gen.conversion import convert
from site_gen.markup import BodyView, LinkView, blocks, html


def view(markdown, *links, ids=(), shift=0, prefix=""):
    return BodyView(convert(markdown).html, "nl", ids, links, shift, prefix)


def test_headings_have_ids_and_levels():
    text, ids = "# a\n\n## b *c* {#d}\n\n###### e", ("a", "d", "e")
    assert html(view(text, ids=ids)) == (
        '<h2 id="a">a</h2>\n<h2 id="d">b <em>c</em></h2>\n<h6 id="e">e</h6>'
    )
    assert html(view(text, ids=ids, shift=1, prefix="x--")) == (
        '<h3 id="x--a">a</h3>\n<h3 id="x--d">b <em>c</em></h3>\n<h6 id="x--e">e</h6>'
    )


def test_links_and_images_get_what_the_page_decided():
    links = (
        LinkView("../a/index.html#b", "bron-a"),
        LinkView("../c.jpg", "", 4, 3),
        LinkView("https://d.nl/?e=f&g"),
    )
    assert html(view("[A](a.md) ![C](c.jpg) <https://d.nl>", *links)) == (
        '<p><a id="bron-a" href="../a/index.html#b">A</a> '
        '<img alt="C" src="../c.jpg" width="4" height="3" loading="lazy" decoding="async"> '
        '<a class="extern" href="https://d.nl/?e=f&amp;g">https://d.nl</a></p>'
    )


def test_an_address_cannot_leave_its_attribute():
    assert html(view("[a](b)", LinkView('"><script>'))) == (
        '<p><a href="&quot;&gt;&lt;script&gt;">a</a></p>'
    )


def test_text_that_looks_like_a_mark_stays():
    assert html(view("href=mark-0 `mark-1`")) == "<p>href=mark-0 <code>mark-1</code></p>"


def texts(markdown):
    return blocks(convert(markdown).html)


def test_each_block_is_a_text_of_its_own():
    assert texts("## Kop\n\nEen *alinea*\nvan **twee** regels.\n\n- een\n- twee\n  1. drie") == (
        "Kop",
        "Een alinea van twee regels.",
        "een",
        "twee",
        "drie",
    )
    assert texts("| a | b |\n| --- | --- |\n| `c` | d |") == ("a", "b", "c", "d")
    assert texts("regel een  \nregel twee\n\n---\n\n> citaat") == (
        "regel een",
        "regel twee",
        "citaat",
    )


def test_a_text_has_what_a_reader_sees():
    assert texts("[de *Waterwet*](x.md) & <b>meer</b> ![een dijk](y.png)") == (
        "de Waterwet & meer",
    )
    assert texts("1 < 2 &amp; 3 &gt; 2, `a & <b>`, &copy;") == ("1 < 2 & 3 > 2, a & <b>, ©",)


def test_no_text_has_no_blocks():
    assert blocks("") == texts("\n") == ()


WORDS = st.lists(st.text("aébß漢&<>\"'’–", min_size=1), min_size=1).map(" ".join)


@given(st.lists(WORDS, min_size=1))
def test_no_word_is_lost_or_joined_to_another(paragraphs):
    escaped = ("".join(f"<p>{escape(text)}</p>\n" for text in paragraphs)).rstrip()
    assert blocks(escaped) == tuple(paragraphs)

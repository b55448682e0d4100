"""A text on one page: the marks filled in."""

from html import escape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from site_gen.conversion import convert
from site_gen.markup import BodyView, HeadingView, LinkView, blocks, html


def view(markdown, *links, headings=(), shift=0):
    return BodyView(convert(markdown).html, "nl", headings, links, shift)


def headed(level, anchor, content, label):
    return (
        f'<div class="headed"><h{level} id="{anchor}">{content}</h{level}>\n'
        f'<a class="anchor" href="#{anchor}" aria-label="{label}">#</a></div>'
    )


def test_headings_have_levels_ids_and_links_to_themselves():
    text = "# a\n\n## b *c* {#d}\n\n###### e"
    headings = tuple(HeadingView(name, f"Link naar {name} & co") for name in ("a", "d", "e"))
    label = "Link naar {} &amp; co"
    for shift in (0, 1):
        assert html(view(text, headings=headings, shift=shift)) == "\n".join(
            [
                headed(2 + shift, "a", "a", label.format("a")),
                headed(2 + shift, "d", "b <em>c</em>", label.format("d")),
                headed(6, "e", "e", label.format("e")),
            ]
        )


def test_heading_without_a_label_has_no_link():
    assert html(view("## a", headings=(HeadingView("a"),))) == '<h2 id="a">a</h2>'


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


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.texts = [""]

    def handle_starttag(self, tag, attrs):  # noqa: ARG002
        if tag not in {"a", "code", "del", "em", "strong"}:
            self.texts.append("")

    def handle_endtag(self, tag):
        self.handle_starttag(tag, [])

    def handle_data(self, data):
        self.texts[-1] += data


MARKDOWN = st.lists(
    st.sampled_from([*"ab \n\n#-|>*_`[]()!<&;\"'\\", "\n\n", '](x "t>")', "![a>b](c)", "&lt;p&gt;"])
).map("".join)


@given(MARKDOWN)
def test_blocks_are_those_that_a_parser_of_html_reads(markdown):
    found = convert(markdown).html
    reader = Reader()
    reader.feed(found)
    reader.close()
    lines = (" ".join(text.split()) for text in reader.texts)
    assert blocks(found) == tuple(line for line in lines if line)


WORDS = st.lists(st.text("aébß漢&<>\"'’–", min_size=1), min_size=1).map(" ".join)


@given(st.lists(WORDS, min_size=1))
def test_no_word_is_lost_or_joined_to_another(paragraphs):
    escaped = ("".join(f"<p>{escape(text)}</p>\n" for text in paragraphs)).rstrip()
    assert blocks(escaped) == tuple(paragraphs)

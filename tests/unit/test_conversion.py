"""Markdown to HTML with marks: what a text means is what a git web view shows."""

import re
import subprocess
import sys

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_gen import conversion
from site_gen.conversion import convert
from site_gen.dialect import _SIGNS, _is_plain


def shown(markdown):
    return convert(markdown).html.replace("\n", "")


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("- a\n    - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("1. a\n  - b\n  - c\n2. d", "<ol><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ol>"),
        ("- a\n    1. b", "<ul><li>a<ol><li>b</li></ol></li></ul>"),
        ("- a\n\n  b\n- c", "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>"),
        ("- a\n- b\n\n1. c", "<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>"),
        ("- a\n1. b\n2. c", "<ul><li>a</li></ul><ol><li>b</li><li>c</li></ol>"),
        (
            "- a\n\n  ```\n  # b [c](d)\n  ```\n- e",
            "<ul><li><p>a</p><pre><code># b [c](d)</code></pre></li><li><p>e</p></li></ul>",
        ),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("a\n- b\n- c", "<p>a</p><ul><li>b</li><li>c</li></ul>"),
        ("in\n2026. Dan", "<p>in2026. Dan</p>"),
        ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("> a\n>\n> - b", "<blockquote><p>a</p><ul><li>b</li></ul></blockquote>"),
        (
            "- a\n  - b\n    - c\n\n      d\n  - e\n- f",
            "<ul><li><p>a</p><ul><li><p>b</p><ul><li><p>c</p><p>d</p></li></ul></li>"
            "<li><p>e</p></li></ul></li><li><p>f</p></li></ul>",
        ),
    ],
)
def test_lists_nest_by_where_their_text_begins(markdown, expected):
    """Fault 41: two spaces, three or four."""
    assert shown(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("~~a *b*~~ ~c~", "<p><del>a <em>b</em></del> ~c~</p>"),
        ("{{ a }} {% b %}", "<p>{{ a }} {% b %}</p>"),
        ("a `{{ b }}`", "<p>a <code>{{ b }}</code></p>"),
        ("```\n<b> &amp; *c*\n```", "<pre><code>&lt;b&gt; &amp;amp; *c*</code></pre>"),
        ("https://a.nl", '<p><a href="mark-0">https://a.nl</a></p>'),
        ("b@c.nl", '<p><a href="mark-0">b@c.nl</a></p>'),
        ("#3 is geen kop", "<p>#3 is geen kop</p>"),
        ("a\n\n---\n\nb", "<p>a</p><hr><p>b</p>"),
        (
            "- [x] a\n- [ ] b",
            '<ul><li class="task">☑ a</li><li class="task">☐ b</li></ul>',
        ),
    ],
)
def test_text_looks_as_in_a_git_web_view(markdown, expected):
    """Fault 40 for the braces."""
    assert shown(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("## a  b", "a  b"),
        ("## a ##", "a"),
        ("##\ta #\t", "a"),
        ("## a##", "a##"),
        ("## a \\#", "a #"),
        ("## a # b #", "a # b"),
        ("##", ""),
        ("##  ", ""),
        ("## #", "#"),
        ("## a {#b} ", "a"),
    ],
)
def test_heading_ends_before_what_closes_it(markdown, text):
    assert shown(markdown) == f'<h2 id="mark-0">{text}</h2>'


@pytest.mark.parametrize(
    ("markdown", "tags"),
    [
        ("a\n***\n#b\n***\n# c", ["p", "hr", "p", "hr", "h1"]),
        ("a # b\n\n# b", ["p", "h1"]),
        ("a\n--\nb\n==\nc | d\n--|--", ["h2", "h1", "table"]),
        ("a\n--\n\n## b\n|c|\n|-|", ["h2", "h2", "table"]),
        ("a | b", ["p"]),
        ("a\n| b\n|--|", ["p"]),
    ],
)
def test_blocks_within_a_block(markdown, tags):
    assert re.findall(r"<(p|hr|h1|h2|table)\b", convert(markdown).html) == tags


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("a<script>alert(1)</script>b", "<p>ab</p>"),
        ("<script>\n\nalert(1)\n</script>\n\na", "<p>a</p>"),
        ("<img src=x onerror=alert(1)>", ""),
        ("<div>\n\n**a**\n\n</div>", "<p><strong>a</strong></p>"),
        ("a <!-- b --> c", "<p>a  c</p>"),
        ("\\<b>a\\</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>"),
        ("&lt;script>a", "<p>&lt;script&gt;a</p>"),
        ("<svg/onload=a><math><a xlink:href=b>", ""),
        ('<a href="mark-7">x</a>', "<p>x</p>"),
        ("a {: onclick=alert(1)} `{: b}`", "<p>a  <code>{: b}</code></p>"),
        ("`<!-- a --> <b>`", "<p><code>&lt;!-- a --&gt; &lt;b&gt;</code></p>"),
    ],
)
def test_raw_html_is_dropped(markdown, expected):
    """Fault 38."""
    assert shown(markdown) == expected


def test_table_scrolls_under_its_own_name():
    assert shown("| Wet | Jaar |\n|---|--:|\n| [a](b) | 2014 |\n") == (
        '<div aria-label="Wet, Jaar" class="table" role="region" tabindex="0"><table><thead><tr>'
        '<th scope="col">Wet</th><th class="right" scope="col">Jaar</th></tr></thead><tbody><tr>'
        '<td><a href="mark-0">a</a></td><td class="right">2014</td></tr></tbody></table></div>'
    )


LIBRARY = conversion._library(True, True, True)
SOUP = st.lists(
    st.sampled_from(
        [
            *("a", "B c", " ", "  ", "    ", "\n", "\n\n", "\t", "# ", "## ", "- ", "1. ", "> "),
            *("```", "---", "===", "|", "|-|\n", "*", "**", "_", "~~", "`", "``", "\\", "{#id}"),
            *("[", "![", "]", "](u)", "](<v w>)", "][r]", "[x]: y", "\n\n[r]: w 't'\n\n", "<b>"),
            *("&amp;", "&lt;", "&", "<", ">", "https://a.nl/?b=c&d", "www.e.nl", "f@g.nl", "é’"),
            *("<https://h.nl>", "<!--", "-->", "<script>", "{: .z}", "{{ i }}", '<p id="mark-0">'),
        ]
    ),
    max_size=20,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(SOUP)
def test_marks_stand_in_the_order_of_what_was_found(markdown):
    found = convert(markdown)
    tree = html5lib.parseFragment(found.html, namespaceHTMLElements=False)
    elements = [e for e in tree.iter() if isinstance(e.tag, str)]
    headings = [e.get("id") for e in elements if e.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}]
    links = [e.get("href") or e.get("src") for e in elements if e.tag in {"a", "img"}]
    assert headings == [f"mark-{n}" for n in range(len(found.headings))]
    assert links == [f"mark-{n}" for n in range(len(found.links))]
    assert not {e.tag for e in elements} & {"script", "style", "b"}


@settings(max_examples=50, deadline=None)
@given(SOUP, SOUP)
def test_convert_remembers_nothing(first, second):
    alone = convert(second)
    convert(first)
    assert convert(second) == alone


PLAIN = st.lists(
    st.sampled_from(
        [
            *("a", "B c", " ", "  ", "   ", "\n", "\n\n", "# ", "## ", "- ", "1. ", "> ", "  - "),
            *(
                "---",
                "===",
                "|",
                "|-|\n",
                "*",
                "**",
                "_",
                "`",
                "\\",
                "[",
                "](u)",
                "[x]: y",
                "w",
                ".",
            ),
            *("&amp;", "&", "{", "<i>", "<!-- -->", "ww.", "http:", "//", "~", "    ", "é’"),
        ]
    ),
    max_size=30,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(PLAIN)
def test_what_is_not_loaded_for_a_text_would_not_change_it(markdown):
    assert convert(markdown) == conversion._converted(markdown, LIBRARY)


def test_a_plain_text_loads_nothing_for_code_or_addresses():
    code = "import sys\nfrom site_gen.conversion import convert\n"
    code += "convert('# a\\n\\n- *b* [c](d.md)')\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & {"pymdownx", "pygments", "urllib.request"}


@settings(max_examples=300, deadline=None)
@given(SOUP | st.text())
def test_in_a_plain_text_no_pattern_of_the_library_finds_anything(text):
    if _is_plain(text):
        for pattern in LIBRARY.inlinePatterns:
            assert list(pattern.compiled_re.finditer(text, 0)) == []


@settings(max_examples=300, deadline=None)
@given(SOUP | st.text())
def test_without_its_sign_a_pattern_is_nowhere(text):
    for name in _SIGNS:
        signed = LIBRARY.inlinePatterns[name].compiled_re
        assert spans(signed, text) == spans(signed.pattern, text)


def spans(pattern, text):
    return [found.span() for found in pattern.finditer(text, 0)]

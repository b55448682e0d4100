"""What the editor is told about a text, and what the rest of the program learns of it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_gen.marked import RawLink
from site_gen.place import Place
from site_gen.problems import as_text
from site_gen.prose import scan
from site_gen.text import Heading


def printed(markdown, lang="nl"):
    return as_text(scan(markdown, "a.md", 5)[1], lang)


def test_scan_headings_and_links_in_text_order():
    text = (
        "Intro [Wet](w.md).\n\n## *Kop* een {#kop}\n\n- ![Foto](f.jpg) https://g40.nl\n"
        "  - [Plan][p]\n\n| a |\n|---|\n| <x@y.nl> |\n\nOnder\n-----\n\n[p]: p.md#deel\n"
    )
    found, problems = scan(text, "a.md", 8)
    assert problems == []
    assert found.headings == (
        Heading(2, "Kop een", "kop", Place("a.md", 10, 1)),
        Heading(2, "Onder", "onder", Place("a.md", 19, 1)),
    )
    assert found.links == (
        RawLink("w.md", "Wet", Place("a.md", 8, 7), image=False),
        RawLink("f.jpg", "Foto", Place("a.md", 12, 3), image=True),
        RawLink("https://g40.nl", "https://g40.nl", Place("a.md", 12, 18), image=False),
        RawLink("p.md#deel", "Plan", Place("a.md", 13, 5), image=False),
        RawLink("mailto:x@y.nl", "x@y.nl", Place("a.md", 17, 4), image=False),
    )


def test_scan_finds_a_link_after_the_same_text_in_code():
    text = "`[a](b.md)` en\n[a](b.md)\n"
    assert scan(text, "a.md", 1)[0].links == (
        RawLink("b.md", "a", Place("a.md", 2, 1), image=False),
    )


LINKS = {  # and after how many characters each begins
    "[a](b.md)": 0,
    "[a](b.md#c)": 0,
    "[**d** e](f.md?g=1&amp;h=2)": 0,
    "[**d** e](f.md?g=1&h=2)": 0,
    "[&amp; \\*](b.md)": 0,
    "[  i ](  <j k.md> )": 0,
    "![l](m.jpg)": 0,
    "![**l**](m.jpg 'n')": 0,
    "[o][r]": 0,
    "[**p**][r]": 0,
    "[r]": 0,
    "https://q.nl/?s=1&t=2": 0,
    "<https://q.nl/>": 1,
    "<u@v.nl>": 1,
    "u@v.nl": 0,
    "www.q.nl": 0,
    "[z](http://www.q.nl/)": 0,
    "[a](mailto:)": 0,
    "[a]( )": 0,
}
NO_LINKS = ["`[a](b.md)`", "<!-- [o][r] -->", "[s][x]", "\\[s\\](t.md)", "[ ]", "a [^1]"]


@given(st.lists(st.sampled_from([*LINKS, *NO_LINKS]), max_size=12))
@settings(max_examples=300, deadline=None)
def test_each_link_has_the_place_where_it_begins(pieces):
    text = "".join(f"{piece} y\n" for piece in pieces) + "\n[r]: r.md?w=1&amp;x=2"
    found = [(link.place.line, link.place.column) for link in scan(text, "a.md", 1)[0].links]
    assert found == [(n, LINKS[p] + 1) for n, p in enumerate(pieces, 1) if p in LINKS]


def test_scan_knows_no_links_in_code():
    text = "`[a](b)` \\[c](d)\n\n    [e](f)\n\n```\n[g](h)\n```\n\n<!-- [i](j) -->\n"
    assert scan(text, "a.md", 1)[0].links == ()


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("## Café’s & co", ["cafes-co"]),
        ("## Kop\n\n## Kop\n\n## Kop", ["kop", "kop-2", "kop-3"]),
        ("## Een {#twee}\n\n## Twee", ["twee", "twee-2"]),
        ("## A\n\n## A\n\n## A {#a-3}\n\n## A", ["a", "a-2", "a-3", "a-4"]),
        ("## A-2\n\n## A\n\n## A\n\n## A 2", ["a-2", "a", "a-3", "a-2-2"]),
        ("## 2025", ["kop-2025"]),
        ("## 日本", ["kop"]),
        ("## Bron A", ["kop-bron-a"]),
    ],
)
def test_heading_ids(text, ids):
    assert [heading.id for heading in scan(text, "a.md", 1)[0].headings] == ids


@pytest.mark.parametrize(
    "text",
    ["", "\n", "Tekst met {{ jinja }} en {% if %} en een < b > c.", "a[1]", "#3 is geen kop"],
)
def test_plain_text_is_accepted(text):
    """Fault 40."""
    assert printed(text) == ""


def test_html():
    """Fault 38."""
    hint = "gebruik de opmaak van Markdown, of zet er een \\ voor om het als tekst te tonen"
    assert printed("Doe <b>dit</b>\n\n<img src=x onerror='alert(1)'>\n<script>\nx()\n") == (
        f"a.md:5:5: warning[html-tag]: HTML-code ‘<b>’ komt niet op de site — {hint}\n"
        "a.md:7:1: warning[html-tag]: HTML-code ‘<img src=x onerror='alert(1)'>’ komt niet op de"
        f" site — {hint}\n"
        f"a.md:8:1: warning[html-tag]: HTML-code ‘<script>’ komt niet op de site — {hint}\n"
    )
    assert printed("\\<b>dit\\</b> en `<b>`") == ""


def test_html_that_is_no_tag():
    text = "<?a?> \\<?b?> <?c\nd?> <?> <![CDATA[e]]> `<?f?>` <?g <![CDATA[h"
    found = [(p.place.column, dict(p.values)["text"]) for p in scan(text, "a.md", 1)[1]]
    assert found == [(1, "<?a?>"), (14, "<?c\\x0ad?>"), (9, "<![CDATA[e]]>")]


def test_attributes():
    """Fault 38."""
    assert printed("## Kop {: onclick=x}") == (
        "a.md:5:8: warning[attribute-list]: ‘{: onclick=x}’ komt niet op de site — haal het weg;"
        " alleen een vast anker achter een kop mag: {#naam}\n"
    )


def test_comments():
    assert printed("Tekst <!-- notitie\nvoor <b>ons</b> --> hier") == ""
    assert printed("Tekst\n<!-- geheim\n\nmeer") == (
        "a.md:6:1: error[unclosed-html]: ‘<!-- geheim’ wordt nergens afgesloten, en alles erna"
        " valt weg — sluit het af (een opmerking met ‘-->’), of haal het weg\n"
    )


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("javascript:alert", "javascript:"),
        ("JavaScript:x", "JavaScript:"),
        ("data:text/html,x", "data:"),
        ("vbscript:x", "vbscript:"),
        ("&#106;avascript:x", "javascript:"),
        ("java&Tab;script:x", "javascript:"),
        ("<java script:x>", "javascript:"),
        ("\u200bjavascript:x", "javascript:"),
    ],
)
def test_refused_scheme(address, scheme):
    """Fault 39."""
    place, line = (
        scan(f"- [Plan]({address})", "a.md", 5)[1][0].place,
        printed(f"- [Plan]({address})", "en"),
    )
    assert place == Place("a.md", 5, 3)
    assert line.startswith(
        f"a.md:5:3: error[refused-scheme]: an address may not begin with “{scheme}”: “"
    )


def test_other_refused_addresses():
    """Fault 39."""
    assert printed("[a](//g40.nl/x) [b](https:g40.nl)") == (
        "a.md:5:1: error[address-without-scheme]: in het adres ‘//g40.nl/x’ ontbreekt https: — zet"
        " https: voor een andere site, of geef het pad van een bestand zonder ‘//’\n"
        "a.md:5:17: error[malformed-web-address]: ‘https:g40.nl’ is geen geldig webadres — kopieer"
        " het adres uit de adresbalk van je browser, zoals https://www.g40.nl/\n"
    )


def test_second_title_and_skipped_level():
    """Fault 42."""
    assert printed("# Titel\n\n## Ondiep\n\n#### Diep\n") == (
        "a.md:5:1: warning[second-title]: ‘Titel’ is een kop van het hoogste niveau, maar de titel"
        " is dat al — maak er een kop van het tweede niveau van: ‘## Titel’\n"
        "a.md:9:1: warning[skipped-level]: een kop van niveau 4 staat direct onder een kop van"
        " niveau 2 — begin deze kop met ‘###’\n"
    )


def test_image_without_text():
    """Fault 43."""
    assert printed("![](a.jpg)") == (
        "a.md:5:1: error[image-without-text]: deze afbeelding heeft geen beschrijving — schrijf"
        " tussen de rechte haken wat er te zien is\n"
    )


@pytest.mark.parametrize(
    "text", ["klik hier", "Lees meer…", "*hier*", "click here", "Read more", "here.", "Meer"]
)
def test_vague_link(text):
    """Fault 44."""
    shown = text.strip("*")
    assert printed(f"Wil je? [{text}](a.md)") == (
        f"a.md:5:9: warning[vague-link]: de linktekst ‘{shown}’ zegt niet waar de link naartoe"
        " leidt — gebruik woorden die de pagina of het document noemen\n"
    )


@pytest.mark.parametrize("address", ["", "#"])
def test_empty_address(address):
    """Fault 45."""
    assert printed(f"[Plan]({address})") == (
        "a.md:5:1: error[empty-address]: deze link leidt nergens naartoe — vul tussen de ronde"
        " haken een adres of bestand in, of haal de link weg\n"
    )


def test_link_that_cannot_be():
    """Fault 45."""
    assert printed("[](a.md)\n\n[b](c d.md)") == (
        "a.md:5:1: error[link-without-text]: deze link heeft geen tekst — schrijf tussen de rechte"
        " haken waar de link naartoe leidt\n"
        "a.md:7:1: error[unreadable-address]: het adres ‘c d.md’ kan niet worden gelezen —"
        " schrijf een spatie in een adres als %20\n"
    )


def test_footnote_and_label_that_lead_nowhere():
    """Fault 45."""
    assert printed("Tekst[^1] en [wet][w].\n\n[^1]: noot") == (
        "a.md:5:14: error[undefined-label]: het label ‘w’ van deze link is nergens ingevuld — zet"
        " op een eigen regel ‘[w]: adres’, of zet het adres tussen ronde haken\n"
        "a.md:5:6: warning[footnote]: voetnoten werken niet op de site: ‘[^1]’ blijft zo staan —"
        " zet de toelichting in de tekst zelf, tussen haakjes\n"
    )


def test_heading_ids_that_cannot_be():
    assert printed("## a {#bron-x}\n## b {#c--d}\n## e {#É}\n## f {#g}\n## h {#g}") == (
        "a.md:5:1: error[reserved-heading-id]: het anker ‘bron-x’ is voorbehouden aan de site zelf"
        " — kies een ander, zonder ‘--’ en zonder ‘site-’, ‘kernboodschap-’ of ‘bron-’ vooraan\n"
        "a.md:6:1: error[reserved-heading-id]: het anker ‘c--d’ is voorbehouden aan de site zelf —"
        " kies een ander, zonder ‘--’ en zonder ‘site-’, ‘kernboodschap-’ of ‘bron-’ vooraan\n"
        "a.md:7:1: error[malformed-heading-id]: ‘É’ kan geen anker zijn — gebruik kleine letters,"
        " cijfers en streepjes, en begin met een letter\n"
        "a.md:9:1: error[duplicate-heading-id]: het anker ‘g’ staat ook al op regel 8 — geef een"
        " van de twee koppen een ander anker\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "\n".join("  " * n + "- a" for n in range(300)),
        "\n".join("\t" * n + "- a" for n in range(300)),
        "\n".join("> " + "    " * n + "- a" for n in range(300)),
        *(
            sign * 300 + "a"
            for sign in ("> ", ">", "1. ", "* ", "- 1. ", "1. 2. ", "> - > - 1. ", ">- ", "-\t")
        ),
    ],
)
def test_deep_nesting(text):
    """Fault 46."""
    assert [found.code for found in scan(text, "a.md", 1)[1]] == ["deep-list"]


@pytest.mark.parametrize(("depth", "codes"), [(32, []), (33, ["deep-list"])])
@pytest.mark.parametrize(
    ("sign", "tag"),
    [("> ", "<block"), (">", "<block"), ("- ", "<ul"), ("1. ", "<ol"), ("*  ", "<ul")],
)
def test_what_is_nested_to_the_limit_is_shown(sign, tag, depth, codes):
    """Fault 46."""
    found, problems = scan(sign * depth + "a", "a.md", 1)
    assert [problem.code for problem in problems] == codes
    assert found.html.count(tag) == (not codes) * depth


@pytest.mark.parametrize(("depth", "codes"), [(32, []), (33, ["deep-list"])])
@pytest.mark.parametrize("indent", ["  ", "\t"])
def test_list_is_indented_to_the_limit(indent, depth, codes):
    """Fault 46."""
    text = "\n".join(indent * level + "- a" for level in range(depth))
    found, problems = scan(text, "a.md", 1)
    assert [problem.code for problem in problems] == codes
    assert found.html.count("<ul>") == (not codes) * depth


@pytest.mark.parametrize("text", ["- " * 40 + "-", "> " + "* " * 40 + "*", "1. " + "-" * 80])
def test_rule_is_no_nesting(text):
    found, problems = scan(text, "a.md", 1)
    assert (problems, found.html.count("<hr>")) == ([], 1)


@pytest.mark.parametrize("text", [f"`{'a' * 80}` - b", f"<!-- {'a' * 80} -->\n`{'a' * 80}`> b"])
def test_code_at_the_start_of_a_line_is_no_nesting(text):
    assert printed(text) == ""


def test_what_is_too_deep_for_the_library_is_told_at_the_start_of_the_text(monkeypatch):
    """Fault 46: whatever the bounds do not know of, nothing ends in a crash."""
    monkeypatch.setattr("site_gen.prose.bounds", lambda *_: [])
    assert printed("a\n\n" + "1. " * 1_000 + "a", "en") == (
        "a.md:5:1: error[deep-list]: lists or quotations are nested more than 32 levels deep here"
        " — remove spaces, list markers or “>” signs from the start of the line\n"
    )
    assert scan("a", "a.md", 1)[0].html == "<p>a</p>"


@pytest.mark.parametrize("text", ["[" * 3_000, "![" * 2_000 + "a" + "](b)" * 2_000])
def test_many_brackets(text):
    """Fault 46."""
    assert printed(text, "en") == (
        "a.md:5:1: error[many-brackets]: this piece of text has more than 200 square brackets —"
        " remove brackets that belong to no link, or start a new paragraph\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        *("*a **b " * 3_000, "_a ~~b " * 3_000, "`" * 3_000, "*" * 3_000, "<b " * 3_000),
        "| a " * 3_000 + "\n" + "|---" * 3_000,
        "## a\n" * 500,
        "- a\n" * 3_000,
    ],
)
def test_odd_text_ends(text):
    """Fault 46: the test runner's own bound would show what does not end."""
    scan(text, "a.md", 1)


@pytest.mark.parametrize(
    "text",
    [
        "## a" + " " * 20_000 + "b",
        "## a" + " " * 20_000 + "b {#c}" + " " * 20_000,
        *(sign * (250_000 // len(sign)) for sign in ("<? ", "<!--", "<!--\n")),
        "?> --> " + "<!-- <? " * 30_000,
        "<" + "a" * 100_000,
        "<b>a</b>\n\n" * 20_000,
        "## a\n\n" * 20_000,
        "".join(f"[**a** {n}](b.md?c&amp;d={n})\n\n" for n in range(2_999)),
        "".join(f"[**a** {n}](b\\_c.md?d={n})\n\n" for n in range(2_999)) + "e " * 60_000,
        "\n\n".join(["a@b.nl"] * 10_000 + ["[c](d.md)"] * 2_999),
        "".join(f"## a {{#a{n}}}\n\n" for n in range(16_000)),
        "## a\n" * 40_000,
        "a\n--\n" * 30_000,
        "a\n***\n" * 20_000 + "#b",
    ],
    ids=lambda text: f"{text[:10]}…",
)
def test_large_odd_text_is_read_in_time(text):
    """Fault 46: nothing takes the square of the length of a text."""
    begin = time.process_time()
    scan(text, "a.md", 1)
    assert time.process_time() - begin < 2

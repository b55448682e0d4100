"""Content is data: whatever an editor, or whoever sends an editor a text, writes in a field.

A site is made twice, once with a harmless word in every field and once with an attack. A browser's
reading of the two (html5lib follows the same rules) must have the same elements with the same
attributes; only texts may differ. Bodies are Markdown, so there the measure is what is allowed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, fromstring

import html5lib
import pytest
import support
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from site_gen import pipeline
from site_gen.problems import as_text
from site_gen.urls import SCHEDULE_XML

WORD = "Woord"

# Each tries to leave a text, an attribute, a script, a calendar line, or a template's string.
TEXTS = [
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    '"><script src=//evil.example></script>',
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "` onmouseover=`alert(1)",
    '"/><svg onload=alert(1)>',
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "</textarea><img src=x onerror=alert(1)>",
    "</style><style>*{display:none}",
    "<img src=x onerror=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<base href=//evil.example>",
    '<meta http-equiv=refresh content="0;url=//evil.example">',
    "<link rel=stylesheet href=//evil.example>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&quot; onmouseover=&quot;alert(1)",
    "\\u003cscript\\u003ealert(1)",
    '\\"};alert(1);//',
    "'-alert(1)-'",
    "${alert(1)}",
    "{{ 7*7 }}{% raw %}{# x #}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{title} {site} {0} {0.__class__}",
    "%s %(x)s %n",
    "\u202etxt.exe\u202d",
    "<\u212acript>alert(1)",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "=cmd|' /C calc'!A0",
    "a\\nATTACH:https://evil.example/x",
    "BEGIN:VALARM;ACTION=AUDIO:x",
    "; DROP TABLE sessies; --",
    "../../../../etc/passwd",
    "file:///etc/passwd",
    "mark-0",
    '<a href="mark-0">',
    "x" * 5_000,
    "a\u0301" * 200,
]

BODIES = [
    *TEXTS,
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A&#x61vascript&colon;alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](<java script:alert(1)>)",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:x)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](//evil.example)",
    "[x](\\\\evil.example)",
    "[x](https:evil.example)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://evil.example)",
    "![x](https://evil.example/pixel.gif)",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    '![x" onerror="alert(1)](../../assets/img/stip.svg)',
    '![x](../../assets/img/stip.svg "a\\" onerror=\\"alert(1)")',
    '[x](../../sessies/welkom.md "a\\" onmouseover=\\"alert(1)")',
    "<javascript:alert(1)>",
    "<https://evil.example/'onmouseover=alert(1)>",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "[x][y]\n\n[y]: <javascript:alert(1)> 'x'",
    "## Kop {#a onclick=alert(1)}",
    '## Kop {#a"onclick="alert(1)}',
    "## Kop {: onclick=alert(1) }",
    "[x](../../sessies/welkom.md){: onclick=alert(1) style=position:fixed }",
    "<details open ontoggle=alert(1)>x</details>",
    "<x-y z=1>x</x-y>",
    "<p style=position:fixed;inset:0>x</p>",
    "<form action=//evil.example><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<div><script>alert(1)</script",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "```html\n</code></pre><script>alert(1)</script>\n```",
    "``` {onclick=alert(1)}\nx\n```",
    "`</code><script>alert(1)</script>`",
    "    </pre><script>alert(1)</script>",
    "| <img src=x onerror=alert(1)> |\n| --- |\n| <script>alert(1)</script> |",
    "| a |\n|:-:{: onclick=alert(1)}|\n| b |",
    "- [ ] <script>alert(1)</script>",
    "<!-- x --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php system('id') ?>",
    "\x02wzxhzdk:0\x03",
    "\x02amp\x03lt;script>",
    "mark-0 mark-1 `mark-0`",
    '<h2 id="mark-0">x</h2>',
]

REFUSED = [
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)//https://",
    "data:text/html,x",
    "//evil.example",
    "https:evil.example",
    "https:///evil.example",
    "http\\\\evil.example",
    'https://a.example/"onmouseover="alert(1)',
    "https://a.example/><script>alert(1)</script>",
    "https://a.example/ onmouseover=alert(1)",
    "https://a.example/\tx",
    "https://[::1",
    "https://a.example:99999/",
]
AS_TYPED = [
    "https://a.example/'onmouseover='alert(1)",
    "https://a.example/&quot;onmouseover=&quot;",
    "https://a.example/%22onmouseover=%22",
    "https://a.example/{{7*7}}",
    "https://a.example/`${alert(1)}`",
]

SAID = {"content", "alt", "title", "aria-label", "data-text", "data-facets", "value"}
FORBIDDEN = re.compile(r"on.*|style|srcdoc|formaction|action|target|ping|srcset|background")
ALLOWED = {
    *("a", "img", "p", "em", "strong", "del", "code", "pre", "blockquote", "br", "hr", "div"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "h2", "h3", "h4", "h5", "h6"),
}
SCHEMES = {"", "https", "http", "mailto", "tel"}


def quoted(text: str) -> str:
    """Return a text as YAML reads it back; JSON is YAML, where it needs no pair of escapes."""
    return json.dumps(text, ensure_ascii=False)


def event(words: Sequence[str]) -> dict[str, str]:
    """Return the event's file with all texts in each field that takes one, and as a room."""
    w = quoted(" ".join(words)[:3_000])
    rooms = ", ".join(f"{{naam: {quoted(word)}, gebouw: {quoted(word)}}}" for word in words)
    both = f"{{nl: {w}, en: {w}}}"
    return {
        "assets/img/stip.svg": support.SVG,
        "programma/evenement.yaml": f"titel: {both}\nkenmerk: proef\nondertitel: {both}\n"
        f"organisator: {both}\nplaats: {w}\ndatum: 2026-05-01\ntalen: [nl, en]\n"
        "adres: https://a.example/dag/\ntoegankelijkheidsverklaring: https://a.example/t\n"
        f"zalen: [{rooms}]\nwijzigingen: [{{op: 2026-04-01, tekst: {both}, sessie: welkom}}]\n",
    }


def records(number: int, word: str, address: str = "https://a.example/") -> dict[str, str]:
    """Return a timeslot, session, speaker, source and page with a text in every field."""
    w, name = quoted(word), f"nummer-{number}"
    both = f"{{nl: {w}, en: {w}}}"
    links = f"links: [{{tekst: {w}, adres: {quoted(address)}}}]"
    return {
        f"programma/{name}.yaml": f"begin: {8 + number % 12}.00\neind: {9 + number % 12}.00\n"
        f"soort: sessies\ntitel: {both}\ntoelichting: {both}\n"
        f"sessies: [{{sessie: {name}, status: verplaatst, naar: {both}}}]\n",
        f"sessies/{name}.md": f"---\ntitel: {w}\nondertitel: {w}\nsamenvatting: {w}\n"
        f"sprekers: [{name}]\ngeorganiseerd_door: [{w}]\norganisaties: [{w}]\nthemas: [{w}]\n"
        f"zaal: {w}\nkernboodschappen: [{{id: een, tekst: {w}}}]\nbronnen: [{name}]\n"
        f"{links}\n---\n",
        f"sessies/{name}.en.md": f"---\ntitel: {w}\n"
        f"kernboodschappen: [{{id: een, tekst: {w}}}]\n---\n",
        f"sprekers/{name}.md": f"---\nnaam: {w}\nfunctie: {w}\norganisatie: {w}\n"
        f"foto: {{bestand: img/stip.svg, alt: {w}, toestemming: {w}}}\n{links}\n---\n",
        f"programma/bronnen/{name}.md": f"---\ntitel: {w}\nsoort: wet\nbwb: BWBR0005416\n"
        f"stand: {{tekst: {w}, datum: 2026}}\n---\n",
        f"programma/paginas/{name}.md": f"---\ntitel: {w}\n---\n",
    }


def site(words: Sequence[str]) -> dict[str, str]:
    """Return the files of a site with a group of records for each text, and the event for all."""
    files = event(words)
    for number, word in enumerate(words):
        files |= records(number, word)
    return files


def made(root: Path, files: Mapping[str, str]) -> Mapping[str, bytes]:
    """Return what is published of a site, in which nothing is an error."""
    content, problems = pipeline.check(support.write(support.basis(root), files))
    assert content is not None
    assert [found for found in problems if found.severity == "error"] == []
    published, _, found = pipeline.make(content)
    assert found == []
    return published


def accepted(root: Path, files: Mapping[str, str]) -> dict[str, str]:
    """Return the files in which the check finds no error."""
    _, problems = pipeline.check(support.write(support.basis(root), files))
    assert as_text(problems, "nl").count("\n") == len(problems)
    refused = {found.place.path for found in problems if found.severity == "error"}
    return {path: text for path, text in files.items() if path not in refused}


@cache
def parser() -> html5lib.HTMLParser:
    return html5lib.HTMLParser(namespaceHTMLElements=False)


def read(page: bytes) -> Element:
    """Read a page as a browser does."""
    root: Element = parser().parse(page.decode())
    return root


def shape(page: bytes) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the elements of a page with their attributes; of a text only that it is there.

    In the order of their names, because lists on a page are in the order of their texts. A long
    title may be set smaller.
    """
    return sorted((str(e.tag), sorted(_attributes(e))) for e in read(page).iter())


def _attributes(element: Element) -> Iterator[tuple[str, str]]:
    for name, value in element.items():
        if (name, value) != ("class", "long"):
            yield name, "" if name in SAID else value


def skeleton(path: str, data: bytes) -> object:
    """Return what of a file may not depend on the texts in it."""
    text = data.decode()
    if path.endswith(".html"):
        return shape(data), [keys(json.loads(block)) for block in blocks(data)]
    if path.endswith(".ics"):
        lines = text.replace("\r\n ", "").split("\r\n")
        return [re.split("[:;]", line)[0] for line in lines]
    if "/data/" in path:
        return keys(json.loads(text.partition("=")[2].removesuffix(";\n")))
    if path.endswith(("feed.xml", SCHEDULE_XML)):
        return [(e.tag, sorted(e.keys())) for e in fromstring(text).iter()]  # noqa: S314 - our own
    return text if path.endswith((".xml", ".txt")) else None


def blocks(page: bytes) -> Iterator[str]:
    """Yield the data of a page, as a browser finds it."""
    for script in read(page).iter("script"):
        if script.get("type") == "application/ld+json":
            yield script.text or ""


def keys(value: object) -> object:
    """Return a JSON value with its texts left out."""
    if isinstance(value, dict):
        return {name: keys(item) for name, item in value.items()}
    if isinstance(value, list):
        return [keys(item) for item in value]
    return "" if isinstance(value, str) else value


HASH = re.compile(r"\.[0-9a-f]{10}(?=\.)")


def skeletons(published: Mapping[str, bytes]) -> dict[str, object]:
    """Return the skeleton of each file; names without the hash of their content."""
    bare = {HASH.sub("", path): HASH.sub("", data.decode()) for path, data in texts(published)}
    return {path: skeleton(path, data.encode()) for path, data in bare.items()}


def texts(published: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield what is text; of the pages those in English, where half of the words are Dutch."""
    for path, data in published.items():
        is_read = path.startswith("en/") or not path.endswith(".html")
        if is_read and (path.endswith((".html", ".ics", ".xml", ".txt")) or "/data/" in path):
            yield path, data


@cache
def harmless(count: int) -> dict[str, object]:
    """Return the skeletons of a site with as many harmless words."""
    with TemporaryDirectory() as folder:
        words = [f"{WORD} {number}" for number in range(count)]
        return skeletons(made(Path(folder) / "site", site(words)))


def test_no_text_in_a_field_changes_what_a_page_is_made_of(tmp_path: Path) -> None:
    expected = harmless(len(TEXTS))
    attacked = skeletons(made(tmp_path / "site", site(TEXTS)))
    assert [path for path in expected if attacked.get(path) != expected[path]] == []
    assert attacked.keys() == expected.keys()
    assert len(expected) > 3 * len(TEXTS)


SEEN = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1)


@given(st.lists(SEEN.map(str.strip).filter(bool), min_size=6, max_size=6, unique=True))
@settings(max_examples=8, phases=[Phase.generate])
def test_no_text_at_all_does(
    tmp_path_factory: pytest.TempPathFactory, words: Sequence[str]
) -> None:
    attacked = skeletons(made(tmp_path_factory.mktemp("any") / "site", site(words)))
    assert attacked == harmless(6)


def test_address_in_a_field_is_refused_or_is_one_attribute(tmp_path: Path) -> None:
    addresses = [*REFUSED, *AS_TYPED]
    files = {"programma/evenement.yaml": event([WORD])["programma/evenement.yaml"]}
    for number, address in enumerate(addresses):
        files |= records(number, WORD, address)
    good = accepted(tmp_path / "all", files)
    refused = [a for n, a in enumerate(addresses) if f"sessies/nummer-{n}.md" not in good]
    assert refused == REFUSED
    for number, address in enumerate(AS_TYPED):
        found = made(tmp_path / str(number), event([WORD]) | records(0, WORD, address))
        elements = list(read(found["sessies/nummer-0/index.html"]).iter())
        assert address in [element.get("href") for element in elements]
        assert not any(FORBIDDEN.fullmatch(name) for e in elements for name in e.attrib)


def test_body_has_only_what_is_allowed(tmp_path: Path) -> None:
    """What nh3 lets through is a list, and addresses have passed a check of their own."""
    files = {
        f"programma/paginas/nummer-{number}.md": f"---\ntitel: {WORD}\n---\n{body}\n"
        for number, body in enumerate(BODIES)
    }
    files |= {"assets/img/stip.svg": support.SVG}
    good = accepted(tmp_path / "all", files)
    published = made(tmp_path / "good", good)
    pages = [path for path in published if re.fullmatch(r"(en/)?nummer-\d+/index.html", path)]
    assert len(pages) > 2 * len(BODIES) - 60
    assert [(path, *wrong) for path in pages for wrong in _wrong(published[path])] == []


def _wrong(page: bytes) -> Iterator[tuple[str, str, str]]:
    """Yield what stands in a text and may not: an element, an attribute, an address."""
    proses = [e for e in read(page).iter("div") if "prose" in (e.get("class") or "").split()]
    for e in (inner for prose in proses for inner in prose.iter()):
        if e.tag not in ALLOWED:
            yield str(e.tag), "", ""
        for name, value in e.items():
            is_address = name in {"href", "src"}
            scheme = urlsplit(value).scheme if is_address else ""
            outside = scheme not in SCHEMES or value.startswith(("//", "\\"))
            if FORBIDDEN.fullmatch(name) or outside or (name == "src" and scheme):
                yield str(e.tag), name, value

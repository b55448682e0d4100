"""Mentions of sources, each an anchor of its own."""

from site_gen import pipeline
from site_gen.anchors import anchors, mentions
from site_gen.text import Ref
from tests.support import basis, write

LINK = "[wet](../programma/bronnen/gemeentewet.md)"


def test_every_mention_has_an_anchor_and_a_citation_only_where_no_link_is(tmp_path):
    other = "---\ntitel: Ander\nsoort: wet\n---\n"
    files = {
        "programma/bronnen/ander.md": other,
        "sessies/welkom.md": "---\ntitel: Welkom\nbronnen: [gemeentewet, ander]\n"
        f"kernboodschappen: [{{id: een, tekst: Eerst}}]\n---\n{LINK} en {LINK}\n\n## Kop\n",
    }
    content, _ = pipeline.check(write(basis(tmp_path / "site"), files))
    session = content.conf.sessions["welkom"]
    assert mentions(session, "nl") == [
        ("gemeentewet", "bron-gemeentewet", True),
        ("gemeentewet", "bron-gemeentewet--2", True),
        ("ander", "bron-ander", False),
    ]
    assert anchors(content.conf, Ref("session", "welkom"), "nl") == {
        "bron-gemeentewet",
        "bron-gemeentewet--2",
        "bron-ander",
        "kernboodschap-een",
        "kop",
    }

"""Texts in languages, and what is shown where one is missing."""

from site_gen.place import Place
from site_gen.text import Body, Prose, Span, Text

PLACE = Place("a.md")
NL, EN = Span("Welkom", "nl"), Span("Welcome", "en")


def test_text_in_its_own_language():
    assert Text((NL, EN)).of("en") == EN


def test_text_falls_back_to_the_main_language_and_says_so():
    assert Text((NL,)).of("en") == NL
    assert not Text((NL,)).has("en")


def test_prose_falls_back_and_may_be_empty():
    nl = Body("<p>Welkom</p>", "nl", PLACE)
    assert Prose((nl,)).of("en") == nl
    assert Prose().of("en") is None


def test_place_reads_as_editors_know_it():
    assert str(Place("sessies/reos.md", 7, 12)) == "sessies/reos.md:7:12"

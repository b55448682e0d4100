"""The box with what is wrong: what it says, and that nothing in it is taken for HTML."""

import pytest
from support import read_page

from site_gen.place import Place
from site_gen.problems import problem
from site_gen.serve.display import Shown
from site_gen.serve.excerpts import excerpt
from site_gen.serve.outcome import Fault
from site_gen.serve.overlay import MOST, WORDS, alarm, overlay, waiting

ERROR = Fault(
    problem(Place("sessies/a.md", 3, 12), "unknown-speaker", slug="<b>", nearest="anna"),
    excerpt("---\ntitel: x\nsprekers: [<b>, c]\n", 3, 12),
)
WARNING = Fault(problem(Place("sessies/b.md"), "missing-translation", file="b.en.md"))
FILES = {"index.html": b"x"}


def shown(*faults, lang="nl", files=FILES, stopped=False):
    return Shown(lang, files, faults=faults, stopped=stopped)


def texts(each):
    return [text for text, _ in read_page(overlay(each).encode()).texts]


def test_nothing_wrong_is_nothing_said():
    assert (overlay(shown()), alarm(shown())) == ("", "")


def test_error_is_told_with_its_place_source_and_remedy():
    assert texts(shown(ERROR, stopped=True)) == [
        "1 fout",
        "Je ziet de pagina’s van voor deze wijziging.",
        "fout",
        "sessies/a.md:3",
        "spreker ‘<b>’ bestaat niet",
        "2",
        "titel: x",
        "3",
        "sprekers: [",
        "<",
        "b>, c]",
        "4",
        "Wat je doet:",
        "bedoel je ‘anna’?",
    ]


def test_in_the_language_of_the_editor():
    found = texts(shown(ERROR, WARNING, lang="en", stopped=True))
    assert found[:3] == [
        "1 error, 1 warning",
        "You see the pages from before this change.",
        "error",
    ]
    (box,) = read_page(overlay(shown(ERROR, lang="en")).encode()).all("aside")
    assert box.attributes["lang"] == "en"
    assert WORDS["nl"].keys() == WORDS["en"].keys()


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (shown(ERROR, stopped=True), "Je ziet de pagina’s van voor deze wijziging."),
        (shown(ERROR, files={}, stopped=True), "Er is nog geen pagina om te laten zien."),
        (shown(ERROR), "Je ziet je wijziging, maar op de schijf staat zij nog niet."),
        (shown(WARNING), "De site is bijgewerkt."),
    ],
)
def test_says_what_the_page_behind_it_is(state, said):
    assert texts(state)[1] == said


def test_errors_open_the_box_and_sound_the_alarm_and_warnings_do_not():
    states = [shown(ERROR), shown(WARNING), shown(WARNING, stopped=True)]  # as with --strict
    boxes = [read_page(overlay(state).encode()).all("details")[0].attributes for state in states]
    assert ["open" in box for box in boxes] == [True, False, True]
    assert [alarm(state) for state in states] == ["1 fout – ", "", "1 waarschuwing – "]


def test_list_ends_somewhere_and_says_so():
    found = texts(shown(*[WARNING] * (MOST + 7)))
    assert found[0] == f"{MOST + 7} waarschuwingen"
    assert found.count("sessies/b.md:1") == MOST
    assert found[-1] == "En nog 7. De controle noemt ze alle: build.py check."


def test_without_a_site_there_is_a_page_to_put_it_on():
    page = read_page(waiting(shown(ERROR, files={})))
    assert [element.attributes["lang"] for element in page.all("html")] == ["nl"]
    assert ("Voorvertoning", "nl") in page.texts


def test_gravest_is_told_first_and_tips_are_counted_apart():
    tip = Fault(problem(Place("programma/evenement.yaml"), "missing-statement"))
    found = texts(shown(tip, WARNING, ERROR, stopped=True))
    assert found[0] == "1 fout, 1 waarschuwing, 1 tip"
    assert [text for text in found if text in {"fout", "waarschuwing", "tip"}] == [
        "fout",
        "waarschuwing",
        "tip",
    ]

"""A problem in its three forms, and the table of its words."""

import json
import re
import string
from pathlib import Path

import pytest

from site_gen import messages
from site_gen.place import Place
from site_gen.problems import as_github, as_json, as_text, has_errors, problem, stops

SOURCES = Path(messages.__file__).parent
UNKNOWN = problem(Place("sessies/reos.md", 7, 12), "unknown-speaker", slug="sofi", nearest="sofie")


def test_as_text_is_one_line_in_each_language():
    assert as_text([UNKNOWN], "nl") == (
        "sessies/reos.md:7:12: error[unknown-speaker]: "
        "spreker ‘sofi’ bestaat niet — bedoel je ‘sofie’?\n"
    )
    assert as_text([UNKNOWN], "en") == (
        "sessies/reos.md:7:12: error[unknown-speaker]: "
        "speaker “sofi” does not exist — did you mean “sofie”?\n"
    )


def test_as_text_stays_one_line_whatever_was_typed():
    wild = problem(Place("a.md"), "unknown-speaker", slug="x\n\x1b[31m" + "y" * 500)
    assert as_text([wild], "nl").count("\n") == 1
    assert "\x1b" not in as_text([wild], "nl")


def test_as_json_has_the_keys_of_the_contract():
    assert json.loads(as_json([UNKNOWN], "nl")) == [
        {
            "path": "sessies/reos.md",
            "line": 7,
            "column": 12,
            "severity": "error",
            "code": "unknown-speaker",
            "message": "spreker ‘sofi’ bestaat niet",
            "hint": "bedoel je ‘sofie’?",
        }
    ]


def test_as_github_escapes_what_would_end_the_command():
    odd = problem(Place("a,b:c%.md", 2, 3), "unknown-speaker", slug="50%", nearest="x")
    assert as_github([odd], "nl") == (
        "::error file=a%2Cb%3Ac%25.md,line=2,col=3,title=unknown-speaker"
        "::spreker ‘50%25’ bestaat niet — bedoel je ‘x’?\n"
    )


def test_hint_is_a_notice_to_github():
    hint = problem(Place("programma/evenement.yaml"), "missing-statement")
    assert as_github([hint], "nl").startswith("::notice file=programma/evenement.yaml,line=1,")


def test_hint_stops_nothing_and_a_warning_only_where_that_is_asked():
    hint = problem(Place("a.md"), "missing-statement")
    warning = problem(Place("a.md"), "missing-consent", name="Anna")
    failing = [(stops([one], strict=False), stops([one], strict=True)) for one in (hint, warning)]
    assert failing == [(False, False), (False, True)]


def test_has_errors_only_for_errors():
    warning = problem(Place("a.md"), "unscheduled-session", slug="x")
    assert has_errors([warning, UNKNOWN])
    assert not has_errors([warning])


def test_strict_stops_for_warnings_and_nothing_stops_for_hints():
    warning = problem(Place("a.md"), "unscheduled-session", slug="x")
    hint = problem(Place("a.md"), "no-summary")
    stopped = [[stops([one], strict) for one in (UNKNOWN, warning, hint)] for strict in (0, 1)]
    assert stopped == [[True, False, False], [True, True, False]]


def test_as_github_tells_a_hint_as_a_notice():
    hint = problem(Place("a.md"), "no-summary")
    assert as_github([hint], "en").startswith("::notice file=a.md,line=1,col=1,title=no-summary::")


@pytest.mark.parametrize("code", messages.table())
def test_message_has_the_same_fields_in_both_languages(code):
    message = messages.table()[code]
    fields = [
        {name for _, name, _, _ in string.Formatter().parse(texts[lang]) if name}
        for texts in (message.text, message.hint, message.near or message.hint)
        for lang in messages.LANGUAGES
    ]
    assert fields[::2] == fields[1::2]


@pytest.mark.parametrize("code", messages.table())
def test_message_is_a_phrase(code):
    message = messages.table()[code]
    assert message.severity in {"error", "warning", "hint"}
    for text in (*message.text.values(), *message.hint.values(), *message.near.values()):
        assert re.fullmatch(r"\S.*[^\s.]", text)


def test_every_message_is_used():
    code = "\n".join(path.read_text("utf-8") for path in SOURCES.rglob("*.py"))
    assert {c for c in messages.table() if f'"{c}"' not in code} == set()

"""Templates: what they may ask, and how their faults are told."""

import pytest
from msgspec import Struct

from site_gen.markup import BodyView
from site_gen.place import Place
from site_gen.plan import Planned
from site_gen.problems import problem
from site_gen.render import render
from site_gen.store import Store
from site_gen.templating import _Once, compile_all
from site_gen.words import Words


class Page(Struct, frozen=True):
    title: str
    body: BodyView


SHOWN = Page("<b>", BodyView("<p>x</p>", "nl"))
PAGE = Planned({"nl": "a.html"}, "nl", "text", lambda: (SHOWN, ()))
WORDS = {"nl": Words("nl", "Nederlands", {"ui": {"hello": "hallo {name}", "plain": "dag"}})}


def rendered(source, **others):
    templates = {"templates/pages/text.html": source.encode()}
    templates |= {f"templates/{name}.html": text.encode() for name, text in others.items()}
    return render([PAGE], templates, WORDS)


def test_text_is_escaped_and_only_prose_is_html():
    files, problems = rendered("{{ page.title }} {{ page.body|prose }}")
    assert (files, problems) == ({"a.html": b"&lt;b&gt; <p>x</p>"}, [])


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ 1 }}{{ none }}", "1None"),
        ("{% set x %}<{{ page.title }}{% endset %}{{ x }}", "<&lt;b&gt;"),
        ("{% set x = '&' %}{{ x }}{{ x|safe }}{{ x ~ '\"' }}", "&amp;&&amp;&#34;"),
        ("{% autoescape false %}{{ page.title }}{% endautoescape %}", "<b>"),
        (
            "{% macro m() %}<{{ caller(page.title) }}>{% endmacro %}"
            "{% call(x) m() %}{{ x }}{% endcall %}",
            "<&lt;b&gt;>",
        ),
        ("{% for x in [page.title] recursive %}{{ loop.index }}{{ x }}{% endfor %}", "1&lt;b&gt;"),
    ],
)
def test_whatever_is_shown_is_escaped_once(source, shown):
    assert rendered(source) == ({"a.html": shown.encode()}, [])


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        ("m('x', 'y')", "xy"),
        ("m('x')", "xB"),
        ("m(b='y', a='x')", "xy"),
        ("m(page.title, m(1, 2))", "&lt;b&gt;12"),
        ("every(1, 2, z=3)", "123"),
        ("more('x')", "x0"),
        ("named('x')", "x0"),
        ("around('x')", "xFalse"),
    ],
)
def test_a_macro_is_given_what_it_takes_in_any_way(call, shown):
    macros = (
        "{% macro m(a, b='B') %}{{ a }}{{ b }}{% endmacro %}"
        "{% macro every() %}{{ varargs|join }}{{ kwargs.z }}{% endmacro %}"
        "{% macro more(a) %}{{ a }}{{ varargs|length }}{% endmacro %}"
        "{% macro named(a) %}{{ a }}{{ kwargs|length }}{% endmacro %}"
        "{% macro around(a) %}{{ a }}{{ caller is defined }}{% endmacro %}"
    )
    in_all = f"{{% block x %}}{{% for _ in 'ab' %}}{{{{ {call} }}}}{{% endfor %}}{{% endblock %}}"
    source = "{% from 'm.html' import m, every, more, named, around %}" + in_all
    assert rendered(source, m=macros) == ({"a.html": 2 * shown.encode()}, [])


def test_a_macro_is_shown_as_what_it_is():
    """And not by its place in memory, which is another one in each build."""
    macro = "{% macro m(a) %}{% endmacro %}"
    files = {"a.html": b"&lt;Macro &#39;m&#39;&gt; m"}
    assert rendered(macro + "{{ m }} {{ m.name }}") == (files, [])


def test_words_with_and_without_fields():
    files, _ = rendered("{{ t.plain }} {{ t.fmt('hello', name=page.title) }}")
    assert files == {"a.html": b"dag hallo &lt;b&gt;"}


@pytest.mark.parametrize(
    ("source", "code", "values"),
    [
        ("a\n{{ page.titel }}", "template-unknown-name", {"name": "titel"}),
        ("a\n{{ t.nothing }}", "template-unknown-name", {"name": "nothing"}),
        ("a\n{{ range(3) }}", "template-unknown-name", {"name": "range"}),
        ("a\n{% include 'b.html' %}", "template-missing", {"name": "b.html"}),
        ("a\n{{ 1 // 0 }}", "template-failed", {"reason": "integer division or modulo by zero"}),
        (
            "{% macro m(a) %}{% endmacro %}\n{{ m(1, 2) }}",
            "template-failed",
            {"reason": "macro 'm' takes not more than 1 argument(s)"},
        ),
        (
            "{% macro m(a) %}{% endmacro %}\n{{ m(b=1) }}",
            "template-failed",
            {"reason": "macro 'm' takes no keyword argument 'b'"},
        ),
        (
            "{% macro m(a) %}{% endmacro %}\n{{ m(1, b=1) }}",
            "template-failed",
            {"reason": "macro 'm' takes no keyword argument 'b'"},
        ),
    ],
)
def test_fault_is_named_on_its_line(source, code, values):
    """Fault 76."""
    place = Place("templates/pages/text.html", 2)
    assert rendered(source) == ({}, [problem(place, code, **values)])


def test_fault_in_an_included_part_is_named_there():
    """Fault 76."""
    _, problems = rendered("{% include 'b.html' %}", b="\n\n{{ x }}")
    assert [found.place for found in problems] == [Place("templates/b.html", 3)]


def test_templates_in_a_circle_are_named():
    """Fault 76."""
    _, problems = rendered("{% include 'b.html' %}", b="{% include 'pages/text.html' %}")
    assert [found.code for found in problems] == ["template-circle"]


def test_progress_is_told_per_page():
    told = []
    render([PAGE, PAGE], {"templates/pages/text.html": b""}, WORDS, lambda *n: told.append(n))
    assert told == [(1, 2), (2, 2)]


def test_changed_template_is_compiled_again():
    def shown(part):
        return rendered("{% include 'b.html' %}", b=part)[0]

    assert [shown(part) for part in ("een", "{{", "twee", "een")] == [
        {"a.html": b"een"},
        {},
        {"a.html": b"twee"},
        {"a.html": b"een"},
    ]


def test_a_part_is_written_once_for_the_same_item():
    part = "{% macro part(item, end='') %}<i>{{ item.lang }}{{ end }}</i>{% endmacro %}"
    source = (
        "{% from 'part.html' import part %}{% for _ in 'ab' %}{{ page.body|once(part) }}"
        "{{ page.body|once(part, end='!') }}{% endfor %}"
    )
    files, problems = rendered(source, part=part)
    assert (files, problems) == ({"a.html": b"<i>nl</i><i>nl!</i>" * 2}, [])


def test_of_parts_that_were_written_the_newest_are_kept(monkeypatch):
    monkeypatch.setattr("site_gen.templating.MOST_WRITTEN", 2)
    calls = []

    def part(item, more=()):
        calls.append(item)
        return item + "".join(once(each, part) for each in more)

    once = _Once()
    a, b, c, d, e = "abcde"
    assert [once(item, part) for item in (a, b, b, a, b)] == ["a", "b", "b", "a", "b"]
    assert once(c, part, more=(d, e)) == "cde"  # also where one holds others
    assert [once(item, part) for item in (e, a, b)] == ["e", "a", "b"]
    assert "".join(calls) == "abcdeab"
    assert len(once._written) == 2


def test_a_part_of_one_item_is_never_taken_for_that_of_another():
    """Items are told apart by their id, which the next would get if one was let go."""
    once, part = _Once(), "<{}>".format
    assert [once(f"{n}.", part) for n in range(99)] == [f"<{n}.>" for n in range(99)]


def test_words_are_those_of_the_language_of_the_page():
    words = {lang: Words(lang, lang, {"ui": {"plain": f"in {lang}"}}) for lang in ("nl", "en")}
    page = Page("", BodyView("", ""))
    pages = [
        Planned({lang: f"{lang}.html"}, lang, "text", lambda: (page, ()))
        for lang in ("nl", "en", "nl")
    ]
    templates = {
        "templates/pages/text.html": b"{% from 'p.html' import p %}{{ p() }}",
        "templates/p.html": b"{% macro p() %}{{ t.plain }}{% endmacro %}",
    }
    assert render(pages, templates, words)[0] == {"nl.html": b"in nl", "en.html": b"in en"}


def test_a_template_that_was_compiled_is_not_compiled_again():
    templates = {
        "templates/base.html": b"{{ page.title }}",
        "templates/pages/text.html": b"{% extends 'base.html' %}",
        "templates/pages/broken.html": b"{% if %}",
    }
    store = Store()
    compile_all(templates, store)
    before = set(store._live)
    assert render([PAGE], templates, WORDS, store=store)[0] == {"a.html": b"&lt;b&gt;"}
    assert set(store._live) == before

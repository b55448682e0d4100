"""Excerpts: the lines around a place, with what it points at marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.serve.excerpts import WIDTH, Excerpt, Line, excerpt

TEXT = '---\ntitel: Welkom\nsprekers: [niemand, anna-bos]\nzaal: "Zaal 1"\n---'


def test_line_stands_between_its_neighbours():
    assert excerpt(TEXT, 3, 12) == Excerpt(
        (
            Line(2, "titel: Welkom"),
            Line(3, "sprekers: [", "niemand", ", anna-bos]"),
            Line(4, 'zaal: "Zaal 1"'),
        )
    )


@pytest.mark.parametrize(
    ("line", "column", "mark"),
    [
        (3, 21, "anna-bos"),  # a slug, whole
        (3, 11, "["),
        (4, 7, '"Zaal 1"'),  # a value in quotes, whole
        (1, 1, "---"),
        (4, 15, " "),  # after the end of the line: something must show
        (4, 99, " "),
    ],
)
def test_mark_is_what_the_column_points_at(line, column, mark):
    (found,) = (each for each in excerpt(TEXT, line, column).lines if each.mark)
    assert (found.number, found.mark) == (line, mark)


def test_first_line_of_an_empty_file_shows():
    assert excerpt("", 1, 1) == Excerpt((Line(1, "", " "),))


def test_line_that_is_not_there_has_no_excerpt():
    assert (excerpt("a\n", 3, 1), excerpt("a", 0, 1)) == (None, None)


def test_long_line_is_cut_around_the_mark():
    text = "a " * 400 + "FOUT" + " b" * 400
    (line,) = excerpt(text, 1, 801).lines
    assert (line.before[0], line.mark, line.after[-1]) == ("…", "FOUT", "…")
    assert len(line.before + line.after) < 2 * WIDTH


@given(st.text(), st.integers(-1, 5), st.integers(-1, 99))
def test_any_place_in_any_text_has_an_excerpt_or_none(text, line, column):
    found = excerpt(text, line, max(1, column))
    assert (found is None) == (not 1 <= line <= text.count("\n") + 1)
    assert found is None or [each.number for each in found.lines if each.mark] == [line]

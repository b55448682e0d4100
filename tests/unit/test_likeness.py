"""The known name that is most like a mistyped one."""

from difflib import get_close_matches

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.likeness import _most_like, nearest


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("titl", "titel"),
        ("TITEL", "titel"),
        ("ondertietel", "ondertitel"),
        ("zaal 1", "Zaal 1"),
        ("xyz", ""),
        ("", ""),
        ("t" * 100_000, ""),
    ],
)
def test_nearest_gives_a_known_word_or_nothing(word: str, expected: str) -> None:
    assert nearest(word, ["ondertitel", "titel", "Zaal 1"]) == expected


def test_what_has_just_enough_in_common_is_like_it() -> None:
    assert nearest("abcde", ["abcxy"]) == "abcxy"


def test_an_answer_is_one_of_the_names_that_are_known() -> None:
    assert [nearest("titl", names) for names in (["titel"], ["titels"], [])] == [
        "titel",
        "titels",
        "",
    ]


NAMES = st.text("abcd-1", max_size=12)


@given(NAMES, st.lists(NAMES, max_size=30))
def test_it_is_the_name_that_difflib_gives(word: str, names: list[str]) -> None:
    assert [_most_like(word, names)] == (get_close_matches(word, names, n=1) or [""])

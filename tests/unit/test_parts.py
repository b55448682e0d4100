"""Spreading what is too much for one page over several."""

from hypothesis import given
from hypothesis import strategies as st

from site_gen.views.parts import split
from site_gen.words import initial, name_order, plain

SIZES = st.lists(st.integers(1, 40), max_size=60)


@given(SIZES, st.integers(1, 100))
def test_parts_in_order_are_what_was_split(sizes: list[int], most: int) -> None:
    assert [size for part in split(sizes, int, most) for size in part] == sizes


@given(st.lists(st.just(1), max_size=300), st.integers(1, 40))
def test_parts_of_equal_items_hold_no_more_than_they_may(items: list[int], most: int) -> None:
    parts = split(items, int, most)
    assert max(map(len, parts)) <= most
    assert len(parts) == max(1, -(-len(items) // most))


def test_what_fits_is_one_part_and_nothing_is_one_too() -> None:
    assert split([1, 2, 3], int, 6) == [[1, 2, 3]]
    assert split([], int, 6) == [[]]


def test_item_larger_than_a_part_is_one_by_itself() -> None:
    assert split([1, 50, 1], int, 10) == [[1], [50], [1]]


def test_names_stand_under_the_letter_of_their_surname() -> None:
    names = {"Max van Dijk": "D", "Sofie Øst": "O", "Jan Łysek": "L", "Élise": "E", "R2 4": "#"}
    assert {name: initial(name_order(name)[0]) for name in names} == names


def test_letters_of_neighbours_are_sorted_among_ours() -> None:
    assert sorted(["Zorg", "Øvre", "Nu", "Łódź", "Łek"], key=plain) == [
        "Łek",
        "Łódź",
        "Nu",
        "Øvre",
        "Zorg",
    ]

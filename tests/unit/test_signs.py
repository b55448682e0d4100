"""The sign for a door: the size of its titles, and its QR code."""

import subprocess
import sys

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from site_gen.place import Place
from site_gen.text import Span
from site_gen.views.shapes import Card
from site_gen.views.signs import QUIET, SIZES, qr_code, title_size
from tests.support import basis, write

ASKED = Place("programma/evenement.yaml", 7, 5)
ADDRESS = "https://example.nl/dag/rondes/1/"


def cards(*lengths, room=""):
    """Return cards of which only the length of the title and the room matter."""
    rest = dict.fromkeys(Card.__struct_fields__)
    known = {"room": room, "own_time": False}
    return [Card(**rest | known | {"title": Span("x" * length, "nl")}) for length in lengths]


def test_few_short_titles_are_as_large_as_can_be():
    assert title_size(cards(5, 12)) == SIZES[0]


def test_a_column_of_rooms_leaves_less_for_titles():
    assert title_size(cards(*[60] * 4, room="Raadzaal")) < title_size(cards(*[60] * 4))


def test_rooms_with_long_names_count_too():
    room = "Grote vergaderzaal Oost op de eerste verdieping"
    assert title_size(cards(*[10] * 12, room=room)) < title_size(cards(*[10] * 12, room="Oost"))


@given(st.lists(st.integers(1, 300), min_size=1, max_size=20))
def test_more_text_is_never_larger(lengths):
    size = title_size(cards(*lengths))
    assert size in SIZES
    assert title_size(cards(*lengths, 40)) <= size
    assert title_size(cards(lengths[0] + 40, *lengths[1:])) <= size


def test_code_is_drawn_as_it_was_made():
    """Read back: each dark module, and a white border that a camera needs."""
    code = qr_code(ADDRESS, ASKED)
    dark = set()
    for block in code.path.split("M")[1:]:
        (x, y), width = (
            map(int, block.split("h")[0].split()),
            int(block.split("h")[1].split("v")[0]),
        )
        dark |= {(x + step, y) for step in range(width)}
    made = segno.make(ADDRESS, error="m", micro=False)
    expected = {
        (x + QUIET, y + QUIET)
        for y, row in enumerate(made.matrix)
        for x, module in enumerate(row)
        if module
    }
    assert (dark, code.size) == (expected, len(made.matrix) + 2 * QUIET)


def test_an_address_too_long_for_a_code_gets_none():
    assert qr_code("https://example.nl/" + "a" * 2400, ASKED) is None


@pytest.mark.parametrize(
    ("field", "address", "exit_code"),
    [("ja", ADDRESS, 3), ("ja", "", 0), ("nee", ADDRESS, 0)],
)
def test_the_library_is_needed_only_where_a_code_is_drawn(tmp_path, field, address, exit_code):
    root = basis(tmp_path / "site")
    event = root / "programma" / "evenement.yaml"
    slot = "begin: 11.00\neind: 12.00\nsoort: ronde\nronde: 1\nsessies: [welkom]\n"
    write(root, {"programma/02-ronde.yaml": slot})
    event.write_text(event.read_text("utf-8") + f"qr: {field}\n", "utf-8")
    without = "import sys; sys.modules['segno'] = None; from site_gen.cli import main; main()"
    options = ["build", "--root", root, "--out", tmp_path / "out", "-q"]
    options += ["--adres", address] if address else []
    done = subprocess.run(
        [sys.executable, "-c", without, *options], capture_output=True, text=True, check=False
    )
    assert done.returncode == exit_code
    line = len(event.read_text("utf-8").splitlines())
    said = f"programma/evenement.yaml:{line}:5: error[missing-library]: hiervoor is segno nodig"
    assert done.stdout.startswith(said) == (exit_code == 3)
    assert (tmp_path / "out").exists() == (exit_code == 0)

"""What the machine lacks: named at what asks for it, with what to install."""

import sys

import pytest

from site_gen.machine import MachineError, needing
from site_gen.place import Place

ASKED = Place("programma/evenement.yaml", 7, 9)


def test_what_is_installed_is_imported():
    with needing("jinja2", ASKED):
        import jinja2
    assert jinja2.__name__ == "jinja2"


def test_what_is_not_installed_is_named_with_its_remedy():
    with pytest.raises(MachineError) as caught, needing("nergens-te-vinden", ASKED):
        import nergens_te_vinden  # noqa: F401
    found = caught.value.problem
    assert (found.place, found.code) == (ASKED, "missing-library")
    assert found.message("nl") == (
        "hiervoor is nergens-te-vinden nodig, en dat is hier niet geïnstalleerd"
    )
    assert found.hint("en") == (
        f"install it with: {sys.executable} -m pip install nergens-te-vinden"
    )


def test_another_fault_is_not_hidden():
    with pytest.raises(ZeroDivisionError), needing("jinja2", ASKED):
        1 / 0  # noqa: B018

"""What a command needs of the machine it runs on; where that is missing, the command ends.

A problem in the content is a value, told together with all others. This one is not the content's
fault and leaves nothing to go on with: it is raised, and the command line ends with exit code 3.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from site_gen.place import Place
from site_gen.problems import Problem, problem


class MachineError(Exception):
    """The machine is in the way; ``problem`` says how, and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@contextmanager
def needing(packages: str, place: Place) -> Iterator[None]:
    """Import in here what an extra of ours installs: ``packages``, as pip calls them.

    ``place`` is what asks for it, such as the field of an event. Raises :class:`MachineError`
    where one of them is not installed.
    """
    try:
        yield
    except ImportError:
        values = {"packages": packages, "python": sys.executable}
        raise MachineError(problem(place, "missing-library", **values)) from None

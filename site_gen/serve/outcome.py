"""What a build for the preview is asked for, and what it came to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from site_gen.pipeline import Content
from site_gen.problems import Problem
from site_gen.serve.excerpts import Excerpt


class Fault(Struct, frozen=True):
    """A problem, and the lines of the file in which it stands where these can be shown."""

    problem: Problem
    excerpt: Excerpt | None = None


class Outcome(Struct, frozen=True):
    """The files of the site by path (none where a problem stopped it), and what is wrong.

    ``base`` is the path of the site's public address. ``content`` is what the files were made from.
    """

    files: Mapping[str, bytes]
    faults: tuple[Fault, ...] = ()
    pages: int = 0
    base: str = "/"
    content: Content | None = None

    @property
    def stopped(self) -> bool:
        """Whether there is nothing new to see."""
        return not self.files

    @property
    def problems(self) -> list[Problem]:
        """The problems alone."""
        return [fault.problem for fault in self.faults]


class Superseded(BaseException):
    """Nobody wants this build any more: not an error, and caught by nothing that catches errors."""


class Request(Struct, frozen=True):
    """A build that is asked for.

    ``first`` are the paths of the pages that somebody is looking at; ``show`` gets these as soon as
    they are made. Once ``stale``, a build may end with :class:`Superseded`. Both can be called
    from any thread.
    """

    first: frozenset[str]
    show: Callable[[Outcome], object]
    stale: Callable[[], bool]

"""How heavy a site may be, said before it is uploaded: the limits of GitHub.

A file of more than 100 MB is refused when it is pushed ("About large files on GitHub"), a site of
more than 1 GB when it is published ("GitHub Pages limits"). Visitors with bad wifi are served well
long before that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_gen.place import Place
from site_gen.problems import Problem, problem

MB = 1_000_000
HEAVIEST_FILE = 100 * MB
HEAVIEST_SITE = 1_000 * MB


def heavy(sizes: Mapping[str, int]) -> Iterator[Problem]:
    """Name each file (path → bytes) that is too heavy, and the heaviest where all together are."""
    for path, size in sizes.items():
        if size > HEAVIEST_FILE:
            yield problem(Place(path), "heavy-file", size=_mb(size), limit=_mb(HEAVIEST_FILE))
    total = sum(sizes.values())
    if total > HEAVIEST_SITE:
        heaviest = max(sizes, key=lambda path: (sizes[path], path))
        yield problem(Place(heaviest), "heavy-site", size=_mb(total), limit=_mb(HEAVIEST_SITE))


def _mb(size: int) -> int:
    """Return whole megabytes, rounded up: just too much does not look just good."""
    return -(-size // MB)

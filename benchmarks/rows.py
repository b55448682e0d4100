"""A benchmark that measures one size after another: its options, and its table row by row."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def options(about: str | None, sizes: Sequence[int], rounds: int) -> argparse.ArgumentParser:
    """Return a parser for the sizes and rounds; ``about`` is the documentation of the module."""
    parser = argparse.ArgumentParser(description=(about or "").split("\n\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=sizes, metavar="N")
    parser.add_argument("--rounds", type=int, default=rounds)
    return parser


def report(
    names: Sequence[str],
    sizes: Sequence[int],
    row: Callable[[int, Path], str],
    where: Path | None = None,
) -> None:
    """Print a table with these columns; each row is told at once, for a run may be stopped.

    ``row`` measures one size in a folder of its own below ``where``.
    """
    print(f"| {' | '.join(names)} |\n|{' --- |' * len(names)}")
    with tempfile.TemporaryDirectory(prefix="site-gen-bench-", dir=where) as work:
        for size in sizes:
            print(row(size, Path(work)), flush=True)

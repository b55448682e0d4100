"""How long an import takes: ``python3 benchmarks/importing.py``.

A made-up programme is exported as ``schedule.xml``, and that is imported into an empty folder, and
once more into the same one. Each is a run of its own, as somebody at a prompt would see it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import own
from benchmarks.measure import Figures, measure
from benchmarks.programme import programme
from benchmarks.rows import options, report
from benchmarks.sides import ENVIRONMENT
from site_gen import pipeline
from site_gen.files import FileIndex
from site_gen.urls import SCHEDULE_XML


def schedule(size: int) -> bytes:
    """Return a programme of so many sessions as conference apps read it."""
    files = {path: text.encode() for path, text in own.files(programme(size))}
    content, _ = pipeline.check_files(FileIndex(Path("/nowhere"), ()).after(files))
    if content is None:
        raise SystemExit("the made-up programme has errors")
    return pipeline.make(content)[0][SCHEDULE_XML]


def row(size: int, rounds: int, work: Path) -> str:
    """Measure one size: the median of the rounds, by the clock and of the processors."""
    source = work / f"{size}.xml"
    source.write_bytes(schedule(size))
    runs: tuple[list[Figures], list[Figures]] = ([], [])
    for number in range(rounds):
        root = str(work / f"{size}-{number}")
        command = [sys.executable, "-m", "site_gen", "import", str(source), "--root", root, "-q"]
        for figures in runs:
            figures.append(measure(command, work, ENVIRONMENT))
    return f"| {size} | {' | '.join(map(_cell, runs))} |"


def _cell(figures: Sequence[Figures]) -> str:
    wall, cpu = (median(values) for values in zip(*((f.wall, f.cpu) for f in figures), strict=True))
    return f"{wall:.2f} s ({cpu:.2f} s)"


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    given = options(__doc__, (13, 200, 800), 5).parse_args(arguments)
    names = ("sessions", "into an empty folder", "again, unchanged")
    report(names, given.sizes, lambda size, work: row(size, given.rounds, work))


if __name__ == "__main__":
    main(sys.argv[1:])

"""Compare site-gen with other generators on equal sites: ``python3 benchmarks/run.py``.

The sides are run in turn, so that a machine that slows down slows all of them, and what counts is
the ratio to Hugo in the same round. Needs Linux or macOS, PyPI and npm; installs into a folder of
its own. The tables are printed, and with ``--write`` they come into ``docs/performance.md``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import tables
from benchmarks.measure import Figures, measure
from benchmarks.programme import Programme, programme, retitled
from benchmarks.serving import saved, served
from benchmarks.sides import ENVIRONMENT, HUGO, MEMORY, OWN, SIDES, Side, set_up

SIZES = (13, 200, 1_000, 5_000)
ROUNDS = {13: 15, 200: 9, 1_000: 5, 5_000: 3}
SERVED = 1_000  # sessions; nobody edits more of them at once
CASES = ("clean", "cached", "unchanged", "edited", "retitled")


@dataclass
class Comparison:
    """The figures of every round, by size, case and side."""

    tools: Path
    work: Path
    sides: Sequence[Side]
    figures: dict[tuple[int, str, str], list[Figures]] = field(default_factory=dict)
    pages: dict[int, int] = field(default_factory=dict)
    made: dict[int, Programme] = field(default_factory=dict)
    saves: dict[tuple[int, str], list[float]] = field(default_factory=dict)

    def run(self, size: int, rounds: int) -> None:
        """Measure all cases of one size."""
        made = self.made[size] = programme(size)
        for side in self._able(size):
            side.write(made, self._folder(size, side))
            self._build(size, side)
        self._check_pages(size)
        for case in CASES:
            for number in range(rounds):
                self._round(size, case, number)
            print(f"  {size} sessions, {case}: done", file=sys.stderr)
        if size <= SERVED:
            self._serve(size, rounds)

    def _round(self, size: int, case: str, number: int) -> None:
        for side in self._able(size):
            if case != "clean" and side not in (OWN, HUGO):
                continue  # no side but ours skips work: once is enough
            folder = self._folder(size, side)
            if case in ("clean", "cached"):
                side.clean(folder, caches=case == "clean")
            elif case == "edited":
                side.edit(folder, f"Zin nummer {number}.")
            elif case == "retitled":
                side.write(retitled(self.made[size], f"nummer {number}"), folder)
            elif side is OWN:
                self._build(size, side)  # what was just written is not trusted within one tick
            self.figures.setdefault((size, case, side.name), []).append(self._build(size, side))

    def _serve(self, size: int, rounds: int) -> None:
        """Measure how long a page takes from the save to the disk, while every server runs."""
        able = {side: side.server for side in self.sides if side.server}
        with ExitStack() as servers:
            for side, server in able.items():
                folder = self._folder(size, side)
                command = partial(server, self.tools, folder)
                servers.enter_context(served(side, folder, command, ENVIRONMENT))
            for number in range(rounds):
                for side in able:
                    took = saved(side, self._folder(size, side), f"Bewaarde zin {number}.")
                    self.saves.setdefault((size, side.name), []).append(took)
        print(f"  {size} sessions, serving: done", file=sys.stderr)

    def _able(self, size: int) -> list[Side]:
        return [side for side in self.sides if size <= side.most]

    def _build(self, size: int, side: Side) -> Figures:
        folder = self._folder(size, side)
        return measure(side.command(self.tools, folder), folder, ENVIRONMENT)

    def _check_pages(self, size: int) -> None:
        counts = {side.name: side.pages(self._folder(size, side)) for side in self._able(size)}
        if len(set(counts.values())) != 1:
            raise SystemExit(f"the sites are not equal: {counts}")
        self.pages[size] = counts[OWN.name]

    def _folder(self, size: int, side: Side) -> Path:
        return self.work / f"{side.name.lower()}-{size}"


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument("--rounds", type=int, help="of each case; default: fewer for large sites")
    parser.add_argument("--alone", action="store_true", help="without the other generators")
    parser.add_argument("--tools", type=Path, default=Path(tempfile.gettempdir(), "site-gen-bench"))
    parser.add_argument("--write", action="store_true", help="write docs/performance.md too")
    given = parser.parse_args(arguments)
    if not given.alone:
        given.tools.mkdir(exist_ok=True)
        set_up(given.tools)
    with tempfile.TemporaryDirectory(prefix="site-gen-bench-", dir=MEMORY) as work:
        compared = Comparison(given.tools, Path(work), (OWN,) if given.alone else SIDES)
        for size in given.sizes:
            compared.run(size, given.rounds or ROUNDS.get(size, 3))
            text = tables.tables(
                compared.figures, compared.saves, compared.pages, compared.sides, given.tools
            )
            if given.write:  # after each size, for the large ones take long
                tables.write(text)
    print(text)


if __name__ == "__main__":
    main(sys.argv[1:])

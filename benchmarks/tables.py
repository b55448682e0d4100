"""The figures as tables, with the goals beside them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from math import log
from pathlib import Path
from statistics import median

from benchmarks.measure import Figures
from benchmarks.sides import HUGO, OWN, PROJECT, Side

REPORT = PROJECT / "docs" / "performance.md"
START, END = "<!-- measured -->\n", "<!-- end -->\n"
SIZES = (13, 200, 1_000, 5_000)
NAMES = {
    "clean": "clean build, no cache",
    "cached": "clean output, text cache kept",
    "unchanged": "nothing changed",
    "edited": "one session's text edited",
    "retitled": "one session's title edited",
}
GOALS = {
    "clean": (2.3, 2.1, 1.9, 1.7),
    "cached": (1.6, 0.9, 0.7, 0.55),
    "unchanged": (0.3, 0.1, 0.05, 0.035),
    "edited": (1.5, 0.55, 0.22, 0.12),
    "retitled": (1.5, 0.55, 0.22, 0.12),
}
SAVE_GOALS = {200: 0.05, 1_000: 0.15}
MEMORY_GOALS = (0.5, 0.4, 0.3, 0.25)
Measured = Mapping[tuple[int, str, str], Sequence[Figures]]


def tables(
    measured: Measured,
    saves: Mapping[tuple[int, str], Sequence[float]],
    pages: Mapping[int, int],
    sides: Sequence[Side],
    tools: Path,
) -> str:
    """Return all tables as Markdown."""
    sizes = sorted(pages)
    parts = [_versions(sides, tools)]
    if HUGO in sides:
        parts += [_against(measured, sizes, sides), _cases(measured, sizes, pages)]
    parts += [_seconds(measured, sizes, sides), _served(saves), _exponent(measured, sizes)]
    return "\n".join(part for part in parts if part)


def write(text: str) -> None:
    """Put the tables in their place in the report."""
    before, _, rest = REPORT.read_text("utf-8").partition(START)
    REPORT.write_text(before + START + "\n" + text + "\n" + END + rest.partition(END)[2], "utf-8")


def _versions(sides: Sequence[Side], tools: Path) -> str:
    named = "; ".join(f"{side.name} {side.version(tools)}" for side in sides)
    return f"Versions: {named}. Processors: {os.cpu_count()}.\n"


def _against(measured: Measured, sizes: Sequence[int], sides: Sequence[Side]) -> str:
    rows = [["Hugo, seconds", *(f"{_wall(measured, size, 'clean', HUGO):.2f}" for size in sizes)]]
    for side in sides:
        if side is not HUGO:
            able = [size for size in sizes if (size, "clean", side.name) in measured]
            ratios = {size: _ratio(measured, size, "clean", side, "wall") for size in able}
            shown = (f"{ratios[size]:.2f}" if size in ratios else "–" for size in sizes)
            rows.append([side.name, *shown])
    return _table(["clean build, ratio to Hugo", *map(str, sizes)], rows)


def _cases(measured: Measured, sizes: Sequence[int], pages: Mapping[int, int]) -> str:
    rows = [["pages", *(f"{pages[size]}" for size in sizes)]]
    for case, goals in GOALS.items():
        for what in ("wall", "cpu"):
            ratios = [_ratio(measured, size, case, OWN, what) for size in sizes]
            shown = [_shown(r, _goal(goals, s), what) for r, s in zip(ratios, sizes, strict=True)]
            rows.append([f"{NAMES[case]}, {'time' if what == 'wall' else 'processor'}", *shown])
    memory = [_ratio(measured, size, "clean", OWN, "memory") for size in sizes]
    goals = [_goal(MEMORY_GOALS, size) for size in sizes]
    shown = [_shown(r, g, "memory") for r, g in zip(memory, goals, strict=True)]
    rows.append(["peak memory, largest process", *shown])
    return _table(["site-gen, ratio to Hugo (goal)", *map(str, sizes)], rows)


def _seconds(measured: Measured, sizes: Sequence[int], sides: Sequence[Side]) -> str:
    rows = []
    for case, name in NAMES.items():
        for side in sides:
            found = [measured.get((size, case, side.name), ()) for size in sizes]
            if any(found):
                shown = [_three(figures) if figures else "–" for figures in found]
                rows.append([f"{name}: {side.name}", *shown])
    return _table(["seconds / processor seconds / MB, medians", *map(str, sizes)], rows)


def _served(saves: Mapping[tuple[int, str], Sequence[float]]) -> str:
    sizes = sorted({size for size, _ in saves})
    names = dict.fromkeys(name for _, name in saves)
    rows = []
    for name in names:
        goals = (SAVE_GOALS.get(size) if name == OWN.name else None for size in sizes)
        shown = (
            f"{median(saves[size, name]):.2f}" + (f" ({goal})" if goal else "")
            for size, goal in zip(sizes, goals, strict=True)
        )
        rows.append([name, *shown])
    return _table(
        ["serving: seconds from a save to its page on disk (goal)", *map(str, sizes)], rows
    )


def _exponent(measured: Measured, sizes: Sequence[int]) -> str:
    """Say how the cost grows: with N to the power of this."""
    small, large = sizes[0] if len(sizes) < 3 else sizes[1], sizes[-1]
    if small == large:
        return ""
    found = {}
    for case in ("clean", "cached", "edited", "retitled"):
        costs = [median(f.cpu for f in measured[size, case, OWN.name]) for size in (small, large)]
        found[case] = log(costs[1] / costs[0]) / log(large / small)
    told = ", ".join(f"{NAMES[case]} {value:.2f}" for case, value in found.items())
    return (
        f"Cost grows with the sessions to the power of ({small} to {large}): {told}. Goal: < 1.1.\n"
    )


def _wall(measured: Measured, size: int, case: str, side: Side) -> float:
    return median(figures.wall for figures in measured[size, case, side.name])


def _ratio(measured: Measured, size: int, case: str, side: Side, what: str) -> float:
    """Return the median of the ratios round by round."""
    rounds = zip(measured[size, case, side.name], measured[size, case, HUGO.name], strict=True)
    return median(getattr(ours, what) / getattr(theirs, what) for ours, theirs in rounds)


def _goal(goals: Sequence[float], size: int) -> float | None:
    return goals[SIZES.index(size)] if size in SIZES else None


def _shown(ratio: float, goal: float | None, what: str) -> str:
    digits = 3 if ratio < 0.1 else 2
    return f"{ratio:.{digits}f}" + (f" ({goal})" if goal and what != "cpu" else "")


def _three(figures: Sequence[Figures]) -> str:
    wall, cpu, memory = (
        median(getattr(f, what) for f in figures) for what in ("wall", "cpu", "memory")
    )
    return f"{wall:.2f} / {cpu:.2f} / {memory:.0f}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)

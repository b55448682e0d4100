"""Where the time of a build goes: ``python3 benchmarks/shares.py N``, for N sessions.

By one process under a profiler, so that shares count and seconds do not; loading comes on top.
"""

from __future__ import annotations

import sys
from cProfile import Profile
from pathlib import Path
from pstats import Stats
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import own
from benchmarks.programme import programme
from site_gen.pipeline import build
from site_gen.store import Store

STAGES = {
    "all": ("pipeline.py", "build"),
    "reading": ("load.py", "load"),
    "of which Markdown": ("conversion.py", "convert"),
    "resolving": ("resolve/__init__.py", "resolve"),
    "checking": ("checks/__init__.py", "check"),
    "contexts of pages": ("plan.py", "_context"),
    "templates": ("jinja2/environment.py", "render"),
    "data for scripts": ("exports/__init__.py", "client_data"),
    "calendars, schedules, feed": ("making.py", "_exported"),
    "worker, manifest": ("seal/__init__.py", "seal"),
    "writing": ("output.py", "write"),
}


def shares(root: Path, store: Store) -> dict[str, float]:
    """Build, and return what part of the time went to each stage."""
    profile = Profile()
    profile.enable()
    build(root, root / "_site", store=store)
    profile.disable()
    found: dict[str, float] = {}
    for (file, _, function), (_, _, _, seconds, _) in Stats(profile).stats.items():  # type: ignore[attr-defined]
        for stage, (ending, name) in STAGES.items():
            if function == name and file.endswith(f"/{ending}"):
                found[stage] = found.get(stage, 0) + seconds
    whole = found.pop("all")
    return {stage: seconds / whole for stage, seconds in found.items()}


def main(size: int) -> None:
    """Print the shares of a clean build, and of one that has its cache."""
    with TemporaryDirectory() as folder:
        root, store = Path(folder), Store()
        own.write(programme(size), root)
        clean, again = shares(root, store), shares(root, store)
    print(f"| {size} sessions, share of the time | clean | again |\n| --- | --- | --- |")
    for stage in STAGES:
        if stage in clean:
            print(f"| {stage} | {clean[stage]:.0%} | {again.get(stage, 0):.0%} |")


if __name__ == "__main__":
    main(int(sys.argv[1]))

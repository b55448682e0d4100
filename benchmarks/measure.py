"""One command as a whole process: how long, how much of the processors, how much memory."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Figures:
    """Seconds by the clock and of the processors, and the memory of the largest process in MB."""

    wall: float
    cpu: float
    memory: float


def measure(command: list[str], folder: Path, environment: dict[str, str]) -> Figures:
    """Run a command in ``folder`` and return its figures; one that fails is an error."""
    program = shutil.which(command[0]) or command[0]
    script = 'cd "$0" && exec "$@" >/dev/null'
    begin = perf_counter()
    child = os.posix_spawn(
        "/bin/sh", ["sh", "-c", script, str(folder), program, *command[1:]], environment
    )
    _, status, used = os.wait4(child, 0)
    wall = perf_counter() - begin
    if status:
        raise RuntimeError(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return Figures(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)

"""Run the command line as ``python -m site_gen``, or say at once that there is nothing to do."""

from __future__ import annotations

import gc
import os
import sys

from site_gen.ahead import compiling
from site_gen.unchanged import repetition

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and exit; what it needs is loaded only where there is work to do."""
    try:
        _run()
    except KeyboardInterrupt:
        from signal import SIGINT

        sys.exit(128 + SIGINT)  # as a shell tells of who was stopped


def _run() -> NoReturn:
    run = repetition(sys.argv[1:])
    said = run.said() if run else None
    if said and _told(*said):
        sys.exit(0)
    gc.disable()  # a command ends before there is much to collect, but for the preview, which does
    if run:
        run.begin()
    try:
        with compiling(run):
            from site_gen.cli import main

            main(run)
    except SystemExit as end:
        if run and end.code == 0:
            _end()
        raise


def _end() -> None:
    """End a good build at once: to take apart what lies in memory takes long for nothing.

    Another may leave a pack half-way, which is removed as Python ends. So it also ends by itself
    where what was printed cannot be written.
    """
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except (AttributeError, OSError):
        return
    os._exit(0)


def _told(printed: str, told: str) -> bool:
    """Say it all again; where that fails, the command line knows better what to do."""
    try:
        for stream, text in ((sys.stdout, printed), (sys.stderr, told)):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
            stream.write(text)
            stream.flush()
    except (AttributeError, OSError):
        return False
    return True


if __name__ == "__main__":
    main()

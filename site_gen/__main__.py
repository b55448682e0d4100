"""Run the command line as ``python -m site_gen``, or say at once that there is nothing to do."""

from __future__ import annotations

import gc
import os
import sys

from site_gen.unchanged import repetition

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and exit; what it needs is loaded only where there is work to do."""
    run = repetition(sys.argv[1:])
    said = run.said() if run else None
    if said and _told(*said):
        sys.exit(0)
    if run:
        gc.disable()  # a build ends before there is much to collect
        run.begin()
    from site_gen.cli import main

    try:
        main(run)
    except SystemExit as end:
        if run:
            _end(end.code)
        raise


def _end(status: str | int | None) -> None:
    """End at once: to take apart what lies in memory takes long, and the system does it anyway.

    Where what was printed cannot be written, Python ends as it does.
    """
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except (AttributeError, OSError):
        return
    if isinstance(status, int):
        os._exit(status)


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

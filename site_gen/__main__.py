"""Run the command line as ``python -m site_gen``, or say at once that there is nothing to do."""

from __future__ import annotations

import gc
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

    main(run)


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

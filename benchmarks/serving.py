"""While serving: how long it takes from a save until the page on disk has what was saved."""

from __future__ import annotations

import socket
import subprocess
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.sides import Side

PAGE = Path("sessies", "sessie-0", "index.html")
PATIENCE = 600.0
TICK = 0.001


@contextmanager
def served(
    side: Side,
    folder: Path,
    command: Callable[[int], list[str]],
    environment: dict[str, str],
) -> Iterator[None]:
    """Have a side serve ``folder``, from when its first build is done.

    ``command`` returns what serves at a port.
    """
    side.clean(folder, caches=False)
    port = _free_port()
    with subprocess.Popen(
        command(port),
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            _wait(lambda: _answers(port) and (folder / side.output / PAGE).exists())
            saved(side, folder, "Zin vooraf.")  # the first edit finds nothing at hand
            yield
        finally:
            server.terminate()


def saved(side: Side, folder: Path, sentence: str) -> float:
    """Edit one session, and return the seconds until its page has the sentence."""
    page, wanted = folder / side.output / PAGE, sentence.encode()
    begin = perf_counter()
    side.edit(folder, sentence)
    _wait(lambda: wanted in _read(page))
    return perf_counter() - begin


def _wait(done: Callable[[], bool]) -> None:
    begin = perf_counter()
    while not done():
        if perf_counter() - begin > PATIENCE:
            raise TimeoutError("a server does not do what it should")
        sleep(TICK)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:  # between two folders
        return b""


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True

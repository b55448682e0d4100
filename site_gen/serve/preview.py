"""One run of the preview: everything put together, until it is asked to stop."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from socket import socket
from typing import Any

from msgspec import Struct
from tornado.httpserver import HTTPServer

from site_gen.serve.display import Display
from site_gen.serve.guard import Guard
from site_gen.serve.outcome import Outcome
from site_gen.serve.project import Project
from site_gen.serve.rhythm import Clock, Rhythm, Signal
from site_gen.serve.server import looked_at, refresh, server
from site_gen.serve.watch import watch

TURN = 0.001  # seconds that a build keeps the interpreter to itself while a browser waits


class Settings(Struct, frozen=True):
    """How to preview.

    ``lang`` is that of the editor. ``tell`` gets each outcome with the seconds it took, and
    ``blind`` why the system cannot tell of changes.
    """

    project: Project
    guard: Guard
    lang: str
    clock: Clock
    tell: Callable[[Outcome, float], None]
    blind: Callable[[OSError], None]
    polling: bool = False


def preview(settings: Settings, sockets: Sequence[socket]) -> None:
    """Serve the project at these sockets, until the process is told to stop (SIGINT, SIGTERM).

    The first answer is given after the first build. What ends this otherwise is raised.
    """
    sys.setswitchinterval(TURN)
    try:
        asyncio.run(_preview(settings, sockets))
    except BaseExceptionGroup as group:
        raise group.exceptions[0] from None
    except KeyboardInterrupt:  # how Windows tells
        pass


async def _preview(settings: Settings, sockets: Sequence[socket]) -> None:
    project, changes = settings.project, Signal()
    display = Display(settings.lang, refresh)
    serving = server(display, settings.guard)
    stage = _Stage(display, serving, sockets, settings.tell)
    watching = watch(project.folders, changes.tell, polling=settings.polling, blind=settings.blind)
    building = Rhythm(project, changes, stage, settings.clock).run()
    await _until_told([watching, building])
    serving.stop()
    await serving.close_all_connections()


class _Stage:
    """Browsers and the terminal; visitors are let in when there is something to see."""

    def __init__(
        self,
        display: Display,
        serving: HTTPServer,
        sockets: Sequence[socket],
        tell: Callable[[Outcome, float], None],
    ) -> None:
        self._display, self._serving, self._waiting = display, serving, sockets
        self.looked_at, self.glimpse, self.tell = looked_at, display.glimpse, tell

    def show(self, outcome: Outcome) -> None:
        self._display.take(outcome)
        self._serving.add_sockets(self._waiting)
        self._waiting = ()


async def _until_told(work: Sequence[Coroutine[Any, Any, None]]) -> None:
    """Do the work until the process is told to stop; told again, it ends on the spot."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stop() -> None:
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(each)
            signal.signal(each, signal.SIG_DFL)
        told.set()

    try:
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, stop)
    except NotImplementedError:
        pass  # Windows: asyncio turns Ctrl-C into a cancellation
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(each) for each in work]
        await told.wait()
        for task in tasks:
            task.cancel()

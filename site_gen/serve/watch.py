"""Notices what is saved, moved or removed in the folders that a site is made from."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import aclosing
from pathlib import Path

from watchfiles import awatch

from site_gen.files import is_leftover

LOOK = 0.5  # seconds between two looks at whether the folders are still the same ones

Identity = tuple[int, int]


async def watch(
    folders: Iterable[Path],
    tell: Callable[[], None],
    *,
    polling: bool = False,
    blind: Callable[[OSError], None] = lambda _error: None,
) -> None:
    """Tell of every change below ``folders``, for ever, and first that they are watched.

    A folder that is moved away takes its watch along, so what bears its name is looked at twice a
    second. Where the system cannot tell of changes (``blind`` is told why), or with ``polling``,
    the files themselves are looked at.
    """
    folders = [Path(os.path.realpath(folder.parent), folder.name) for folder in folders]
    watched: Mapping[Path, Identity] | None = None
    while True:
        found = _identities(folders)
        if found != watched:
            watched = found
            tell()
        try:
            await _watch(found, folders, tell, polling)
        except FileNotFoundError:
            await asyncio.sleep(LOOK)  # gone between the look and the watch
        except OSError as error:
            if polling:
                raise
            polling = True
            blind(error)


async def _watch(
    found: Mapping[Path, Identity], folders: Iterable[Path], tell: Callable[[], None], polling: bool
) -> None:
    """Tell of changes until one of the folders is another one."""
    if not found:
        await asyncio.sleep(LOOK)
        return
    events = awatch(
        *found,
        watch_filter=None,
        debounce=20,
        step=10,
        rust_timeout=int(LOOK * 1000),
        yield_on_timeout=True,
        force_polling=polling or None,
        ignore_permission_denied=True,
    )
    async with aclosing(events):
        async for changes in events:
            if any(_counts(Path(path), found) for _, path in changes):
                tell()
            if _identities(folders) != found:
                return


def _counts(path: Path, folders: Iterable[Path]) -> bool:
    """Tell whether a change is to a file that counts: not what an editor leaves behind."""
    folder = next((folder for folder in folders if path.is_relative_to(folder)), None)
    return folder is not None and not any(map(is_leftover, path.relative_to(folder).parts))


def _identities(folders: Iterable[Path]) -> dict[Path, Identity]:
    """Return the folders that are there, each with what tells it from another of its name."""
    found = {}
    for folder in folders:
        try:
            about = folder.stat()
        except OSError:
            continue
        found[folder] = (about.st_dev, about.st_ino)
    return found

"""Assets: every file under a name that bears its content's hash, so that a browser may keep it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath, relpath

from site_gen.images import image_info, strip_metadata

_CSS_URL = re.compile(r"""url\((["']?)([^"')]+)\1\)""")


@dataclass(frozen=True, slots=True)
class Asset:
    """A file to publish: its path in the output, its bytes, and its size in pixels if an image."""

    path: str
    data: bytes
    width: int = 0
    height: int = 0


def publish(files: Mapping[str, bytes]) -> dict[str, Asset]:
    """Return what is published for each file below ``assets/``, by its path in the project.

    Stylesheets come last: they name the others by their hashed names.
    """
    assets: dict[str, Asset] = {}
    for path in sorted(files, key=lambda path: (path.endswith(".css"), path)):
        data = strip_metadata(files[path])
        if path.endswith(".css"):
            data = _rewritten(path, data, assets)
        info = image_info(data)
        size = (info.width, info.height) if info else (0, 0)
        assets[path] = Asset(_hashed(path, data), data, *size)
    return assets


def _hashed(path: str, data: bytes) -> str:
    stem, _, ending = path.rpartition(".")
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:10]}.{ending}"


def _rewritten(path: str, data: bytes, assets: Mapping[str, Asset]) -> bytes:
    def replaced(match: re.Match[str]) -> str:
        target = assets.get(normpath(join(dirname(path), match[2])))
        return f'url("{relpath(target.path, dirname(path))}")' if target else match[0]

    return _CSS_URL.sub(replaced, data.decode()).encode()

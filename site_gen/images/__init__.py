"""Images: what they are by their own bytes, whether they are fit to publish, and without metadata.

Only headers are read; nothing is decoded or coded again. What can be published is in
:data:`SUFFIXES`. AVIF and HEIC are not: their metadata (where a photo was taken) cannot be taken
out without rewriting the whole file. Each format is a module here with the same three functions.
"""

from __future__ import annotations

import struct
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from site_gen.images import gif, jpeg, png, webp
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.svg import svg_problems, svg_size

if TYPE_CHECKING:
    from collections.abc import Mapping

SUFFIXES = {
    ".gif": "gif",
    ".jpeg": "jpeg",
    ".jpg": "jpeg",
    ".png": "png",
    ".svg": "svg",
    ".webp": "webp",
}
UNFIT = frozenset({".avif", ".bmp", ".heic", ".heif", ".jxl", ".psd", ".svgz", ".tif", ".tiff"})
MAX_PIXELS = 50_000_000  # a phone that decodes more runs out of memory


class _Format(Protocol):
    """What a module of this package knows; ``data`` begins as the format does."""

    def size(self, data: bytes) -> tuple[int, int] | None:
        """Return width and height in pixels as shown; may raise where the header is cut off."""

    def is_complete(self, data: bytes) -> bool:
        """Tell whether there is a picture, and its last part."""

    def strip(self, data: bytes) -> bytes:
        """Return a complete image with nothing in it but what makes the picture."""


_FORMATS: Mapping[str, _Format] = {"gif": gif, "jpeg": jpeg, "png": png, "webp": webp}


class ImageInfo(Struct, frozen=True):
    """What an image says of itself; width and height in pixels, as it is shown."""

    format: str
    width: int
    height: int


def is_image(path: str) -> bool:
    """Tell whether the name of a file is that of an image that can be published."""
    return PurePosixPath(path).suffix.lower() in SUFFIXES


def is_picture(path: str) -> bool:
    """Tell whether that image is one of pixels."""
    return is_image(path) and SUFFIXES[PurePosixPath(path).suffix.lower()] != "svg"


def image_info(data: bytes) -> ImageInfo | None:
    """Read format and size; ``None`` for anything but a readable image of a known format."""
    kind = _signed(data)
    try:
        size = _FORMATS[kind].size(data) if kind else svg_size(data)
    except (struct.error, IndexError):
        return None
    return ImageInfo(kind or "svg", *size) if size and min(size) > 0 else None


def check_image(path: str, data: bytes) -> list[Problem]:
    """Say what keeps the image at ``path`` from being published; other files pass."""
    suffix = PurePosixPath(path).suffix.lower()
    place = Place(path)
    if suffix in UNFIT:
        return [problem(place, "image-format", suffix=suffix)]
    if not is_image(path):
        return []
    kind = _signed(data)
    if not kind and SUFFIXES[suffix] == "svg":
        return svg_problems(path, data)
    if not kind and svg_size(data):
        kind = "svg"
    if kind and kind != SUFFIXES[suffix]:
        return [problem(place, "image-type", suffix=suffix, kind=kind)]
    info = image_info(data)
    if info is None or not _FORMATS[kind].is_complete(data):
        return [problem(place, "image-damaged")]
    if info.width * info.height > MAX_PIXELS:
        return [problem(place, "image-pixels", width=info.width, height=info.height)]
    return []


def strip_metadata(data: bytes) -> bytes:
    """Return the same picture without what tells about its maker (place, time, camera, text).

    Of a JPEG the orientation stays, which a photo needs to stand upright. Other data, and an image
    that :func:`check_image` calls damaged, is returned as it is.
    """
    known = _FORMATS.get(_signed(data))
    return known.strip(data) if known and image_info(data) and known.is_complete(data) else data


def _signed(data: bytes) -> str:
    """Return the format that the first bytes are those of; a drawing has none and must be read."""
    if data.startswith(png.SIGNATURE):
        return "png"
    if data.startswith(jpeg.SIGNATURE):
        return "jpeg"
    if data.startswith(gif.SIGNATURES):
        return "gif"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    return ""

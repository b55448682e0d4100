"""Images: what they are by their own bytes, whether they are fit to publish, and without metadata.

Only headers are read; nothing is decoded or coded again. What can be published is in
:data:`SUFFIXES`. AVIF and HEIC are not: their metadata (where a photo was taken) cannot be taken
out without rewriting the whole file.

Sources: PNG (W3C, third edition), JPEG (ITU T.81, JFIF, Exif 2.32), GIF89a, WebP (RFC 9649).
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.svg import svg_problems, svg_size

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIXES = {
    ".gif": "gif",
    ".jpeg": "jpeg",
    ".jpg": "jpeg",
    ".png": "png",
    ".svg": "svg",
    ".webp": "webp",
}
UNFIT = frozenset({".avif", ".bmp", ".heic", ".heif", ".jxl", ".psd", ".tif", ".tiff"})
MAX_PIXELS = 50_000_000  # a phone that decodes more runs out of memory

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(  # what changes the picture; the rest is text, time, Exif or unknown
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs acTL fcTL fdAT cICP".split()
)
_EOI, _SOS, _APP1, _COM = 0xD9, 0xDA, 0xE1, 0xFE
_SOF = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_APP = range(0xE0, 0xF0)
_APP_KEPT = (b"JFIF\0", b"ICC_PROFILE\0", b"Adobe\0")
_MARKER = re.compile(rb"\xff+([^\xff\x00\xd0-\xd7])", re.DOTALL)  # not a stuffed byte, no restart
_ORIENTATION = 0x0112


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """What an image says of itself; width and height in pixels, as it is shown."""

    format: str
    width: int
    height: int


def image_info(data: bytes) -> ImageInfo | None:
    """Read format and size; ``None`` for anything but a readable image of a known format."""
    kind = _format(data)
    try:
        size = _SIZES[kind](data) if kind else None
    except (struct.error, IndexError):
        return None
    return ImageInfo(kind, *size) if size and min(size) > 0 else None


def check_image(path: str, data: bytes) -> list[Problem]:
    """Say what keeps the image at ``path`` from being published; other files pass."""
    suffix = PurePosixPath(path).suffix.lower()
    place = Place(path)
    if suffix in UNFIT:
        return [problem(place, "image-format", suffix=suffix)]
    if suffix not in SUFFIXES:
        return []
    kind = _format(data)
    if kind and kind != SUFFIXES[suffix]:
        return [problem(place, "image-type", suffix=suffix, kind=kind)]
    if SUFFIXES[suffix] == "svg":
        return svg_problems(path, data)
    info = image_info(data)
    if info is None or not _complete(kind, data):
        return [problem(place, "image-damaged")]
    if info.width * info.height > MAX_PIXELS:
        return [problem(place, "image-pixels", width=info.width, height=info.height)]
    return []


def strip_metadata(data: bytes) -> bytes:
    """Return the same picture without what tells about its maker (place, time, camera, text).

    Of a JPEG the orientation stays, which a photo needs to stand upright. Other data, and an image
    that :func:`check_image` calls damaged, is returned as it is.
    """
    kind = _format(data)
    strip = {"jpeg": _strip_jpeg, "png": _strip_png, "webp": _strip_webp}.get(kind)
    return strip(data) if strip and image_info(data) and _complete(kind, data) else data


def _format(data: bytes) -> str:
    if data.startswith(_PNG):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    return "svg" if svg_size(data) else ""


def _complete(kind: str, data: bytes) -> bool:
    """Tell whether the last part of the image is there."""
    if kind == "png":
        return any(name == b"IEND" for name, _ in _png_chunks(data))
    if kind == "jpeg":
        return any(marker == _EOI for marker, _ in _jpeg_segments(data))
    return kind != "webp" or len(data) >= 8 + int.from_bytes(data[4:8], "little")


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and bytes (with length and checksum) of every whole chunk, up to the end."""
    start, name = len(_PNG), b""
    while name != b"IEND" and start + 12 <= len(data):
        end = start + 12 + int.from_bytes(data[start : start + 4])
        name = data[start + 4 : start + 8]
        if end > len(data):
            return
        yield name, data[start:end]
        start = end


def _png_size(data: bytes) -> tuple[int, int] | None:
    if data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _strip_png(data: bytes) -> bytes:
    return _PNG + b"".join(chunk for name, chunk in _png_chunks(data) if name in _PNG_KEPT)


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and bytes of every segment after SOI up to EOI; scans with their coded data."""
    start = 2
    while found := _MARKER.match(data, start):
        marker, body = found[1][0], found.end()
        if marker == _EOI:
            yield marker, b"\xff\xd9"
            return
        end = body + int.from_bytes(data[body : body + 2])
        if marker == _SOS:
            following = _MARKER.search(data, end)
            end = following.start() if following else len(data) + 1
        if end > len(data) or end < body + 2:
            return
        yield marker, b"\xff" + data[body - 1 : end]
        start = end


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Return the size as shown: a phone held upright stores the picture lying on its side."""
    for marker, segment in _jpeg_segments(data):
        if marker in _SOF:
            height, width = struct.unpack_from(">HH", segment, 5)
            return (height, width) if _jpeg_orientation(data) > 4 else (width, height)
    return None


def _jpeg_orientation(data: bytes) -> int:
    """Return the Exif orientation, 1 (upright) to 8."""
    for marker, segment in _jpeg_segments(data):
        if marker == _APP1 and segment[4:10] == b"Exif\0\0":
            return _exif_orientation(segment[10:])
    return 1


def _exif_orientation(tiff: bytes) -> int:
    """Look the orientation up in the first directory of a TIFF header."""
    order = "<" if tiff[:2] == b"II" else ">"
    try:
        (directory,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, directory)
        for index in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, directory + 2 + 12 * index)
            if tag == _ORIENTATION:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1


def _orientation_segment(orientation: int) -> bytes:
    """Build an Exif segment that says nothing but how the picture is turned."""
    directory = struct.pack(">HHHIHHI", 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    body = b"Exif\0\0" + b"MM\0*" + struct.pack(">I", 8) + directory
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _strip_jpeg(data: bytes) -> bytes:
    orientation = _jpeg_orientation(data)
    turned = _orientation_segment(orientation) if orientation > 1 else b""
    segments = [segment for marker, segment in _jpeg_segments(data) if _kept(marker, segment)]
    # JFIF, where it is there, has to come first.
    first = 1 if segments and segments[0].startswith(b"\xff\xe0") else 0
    return b"\xff\xd8" + b"".join([*segments[:first], turned, *segments[first:]])


def _kept(marker: int, segment: bytes) -> bool:
    """Keep what makes the picture, and of the application's segments only those about colour."""
    return segment[4:].startswith(_APP_KEPT) if marker in _APP else marker != _COM


def _gif_size(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<HH", data, 6)
    return width, height


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and content of every chunk; what follows the container is no part of it."""
    data = data[: 8 + int.from_bytes(data[4:8], "little")]
    start = 12
    while start + 8 <= len(data):
        size = int.from_bytes(data[start + 4 : start + 8], "little")
        yield data[start : start + 4], data[start + 8 : start + 8 + size]
        start += 8 + size + size % 2


def _webp_size(data: bytes) -> tuple[int, int] | None:
    name, content = next(_webp_chunks(data), (b"", b""))
    if name == b"VP8X":
        return _uint24(content, 4) + 1, _uint24(content, 7) + 1
    if name == b"VP8L":
        (bits,) = struct.unpack_from("<I", content, 1)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if name == b"VP8 ":
        width, height = struct.unpack_from("<HH", content, 6)
        return width & 0x3FFF, height & 0x3FFF
    return None


def _uint24(data: bytes, offset: int) -> int:
    low, high = struct.unpack_from("<HB", data, offset)
    return int(low | high << 16)


def _strip_webp(data: bytes) -> bytes:
    chunks = b"".join(
        name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
        for name, content in (_without_flags(*chunk) for chunk in _webp_chunks(data))
        if name not in {b"EXIF", b"XMP "}
    )
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks


def _without_flags(name: bytes, content: bytes) -> tuple[bytes, bytes]:
    """Take back what the extended header promises: Exif (bit 3) and XMP (bit 2)."""
    return name, bytes([content[0] & ~0x0C]) + content[1:] if name == b"VP8X" else content


_SIZES = {
    "gif": _gif_size,
    "jpeg": _jpeg_size,
    "png": _png_size,
    "svg": svg_size,
    "webp": _webp_size,
}

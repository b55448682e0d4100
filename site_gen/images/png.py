"""PNG: a signature and chunks (W3C, Portable Network Graphics, third edition)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING
from zlib import crc32

from site_gen.images import exif

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT = frozenset(  # what changes the picture; the rest is text, time, Exif or unknown
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs acTL fcTL fdAT cICP".split()
)


def size(data: bytes) -> tuple[int, int] | None:
    """Return the size as shown: browsers turn a PNG as its Exif says, as they do a JPEG."""
    if data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack_from(">II", data, 16)
    return exif.turned(_orientation(data), (width, height))


def is_complete(data: bytes) -> bool:
    """Tell whether there are pixels, and the end."""
    return {b"IDAT", b"IEND"} <= {name for name, _ in _chunks(data)}


def strip(data: bytes) -> bytes:
    """Keep the chunks that make the picture, and how it is turned."""
    orientation = _orientation(data)
    turned = _chunk(b"eXIf", exif.saying_only(orientation)) if orientation > 1 else b""
    header, *others = (chunk for name, chunk in _chunks(data) if name in _KEPT)
    return SIGNATURE + header + turned + b"".join(others)


def _orientation(data: bytes) -> int:
    """Return the Exif orientation, 1 (upright) to 8."""
    found = (chunk[8:-4] for name, chunk in _chunks(data) if name == b"eXIf")
    return exif.orientation(next(found, b""))


def _chunk(name: bytes, content: bytes) -> bytes:
    head, tail = struct.pack(">I", len(content)), struct.pack(">I", crc32(name + content))
    return head + name + content + tail


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and bytes (with length and checksum) of every whole chunk, up to the end."""
    start, name = len(SIGNATURE), b""
    while name != b"IEND" and start + 12 <= len(data):
        end = start + 12 + int.from_bytes(data[start : start + 4])
        name = data[start + 4 : start + 8]
        if end > len(data):
            return
        yield name, data[start:end]
        start = end

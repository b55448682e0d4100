"""JPEG: a row of segments (ITU T.81; JFIF 1.02)."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

from site_gen.images import exif

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATURE = b"\xff\xd8\xff"
_EOI, _SOS, _APP0, _APP1 = 0xD9, 0xDA, 0xE0, 0xE1
_SOF = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_PICTURE = frozenset({*range(0xC0, 0xD0), *range(0xD9, 0xDE)} - {0xC8})  # frames, tables, scans
_COLOUR = {0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe\0"}
_JFIF = b"JFIF\0"
_JFIF_FACTS = 16  # bytes of a JFIF segment before its two sizes of a thumbnail
# Not a stuffed byte, no restart; to begin with one byte alone makes it ten times as fast to find.
_MARKER = re.compile(rb"\xff\xff*([^\xff\x00\xd0-\xd7])", re.DOTALL)


def size(data: bytes) -> tuple[int, int] | None:
    """Return the size as shown: a phone held upright stores the picture lying on its side."""
    for marker, segment in _segments(data, scans=False):
        if marker in _SOF:
            height, width = struct.unpack_from(">HH", segment, 5)
            return exif.turned(_orientation(data), (width, height))
    return None


def is_complete(data: bytes) -> bool:
    """Tell whether there is a scan, and the end."""
    return {_SOS, _EOI} <= {marker for marker, _ in _segments(data)}


def strip(data: bytes) -> bytes:
    """Keep what makes the picture, its colours, and how it is turned.

    What follows the end goes too: a film, or the further pictures of a multi-picture file (CIPA
    DC-007), each with metadata of its own.
    """
    orientation = _orientation(data)
    turned = _exif_segment(orientation) if orientation > 1 else b""
    segments = [kept for found in _segments(data) if (kept := _kept(*found))]
    # JFIF, where it is there, has to come first.
    first = 1 if segments and segments[0].startswith(b"\xff\xe0") else 0
    return b"\xff\xd8" + b"".join([*segments[:first], turned, *segments[first:]])


def _kept(marker: int, segment: bytes) -> bytes:
    """Return what stays of a segment; of JFIF all but its thumbnail."""
    if marker == _APP0 and segment[4:].startswith(_JFIF):
        return b"\xff\xe0\x00\x10" + segment[4:_JFIF_FACTS].ljust(12, b"\0") + b"\0\0"
    is_colour = marker in _COLOUR and segment[4:].startswith(_COLOUR[marker])
    return segment if marker in _PICTURE or is_colour else b""


def _segments(data: bytes, *, scans: bool = True) -> Iterator[tuple[int, bytes]]:
    """Yield marker and bytes of every segment after SOI up to EOI; scans with their coded data.

    Without ``scans`` only of what stands before the first of these, which takes little time.
    """
    start = 2
    while found := _MARKER.match(data, start):
        marker, body = found[1][0], found.end()
        if marker == _EOI:
            yield marker, b"\xff\xd9"
            return
        end = body + int.from_bytes(data[body : body + 2])
        if marker == _SOS and not scans:
            return
        if marker == _SOS:
            following = _MARKER.search(data, end)
            end = following.start() if following else len(data) + 1
        if end > len(data) or end < body + 2:
            return
        yield marker, b"\xff" + data[body - 1 : end]
        start = end


def _orientation(data: bytes) -> int:
    """Return the Exif orientation, 1 (upright) to 8."""
    for marker, segment in _segments(data, scans=False):
        if marker == _APP1 and segment[4:10] == b"Exif\0\0":
            return exif.orientation(segment[10:])
    return 1


def _exif_segment(orientation: int) -> bytes:
    body = b"Exif\0\0" + exif.saying_only(orientation)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body

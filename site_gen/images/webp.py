"""WebP: a RIFF container of chunks (RFC 9649)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PICTURE = frozenset({b"VP8 ", b"VP8L", b"ANMF"})
_KEPT = _PICTURE | {b"VP8X", b"ICCP", b"ANIM", b"ALPH"}
_EXIF_AND_XMP = 0x0C  # two flags of the extended header


def size(data: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels."""
    name, content = next(_chunks(data), (b"", b""))
    if name == b"VP8X":
        return _uint24(content, 4) + 1, _uint24(content, 7) + 1
    if name == b"VP8L":
        (bits,) = struct.unpack_from("<I", content, 1)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if name == b"VP8 ":
        width, height = struct.unpack_from("<HH", content, 6)
        return width & 0x3FFF, height & 0x3FFF
    return None


def is_complete(data: bytes) -> bool:
    """Tell whether there is a picture, and as much of the container as it announces."""
    whole = len(data) >= 8 + int.from_bytes(data[4:8], "little")
    return whole and any(name in _PICTURE for name, _ in _chunks(data))


def strip(data: bytes) -> bytes:
    """Keep the chunks that make the picture."""
    chunks = b"".join(
        name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
        for name, content in (_without_flags(*chunk) for chunk in _chunks(data))
        if name in _KEPT
    )
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and content of every chunk; what follows the container is no part of it."""
    data = data[: 8 + int.from_bytes(data[4:8], "little")]
    start = 12
    while start + 8 <= len(data):
        size = int.from_bytes(data[start + 4 : start + 8], "little")
        yield data[start : start + 4], data[start + 8 : start + 8 + size]
        start += 8 + size + size % 2


def _without_flags(name: bytes, content: bytes) -> tuple[bytes, bytes]:
    """Take back what the extended header promises of what is dropped."""
    if name != b"VP8X":
        return name, content
    return name, bytes([content[0] & ~_EXIF_AND_XMP]) + content[1:]


def _uint24(data: bytes, offset: int) -> int:
    low, high = struct.unpack_from("<HB", data, offset)
    return int(low | high << 16)

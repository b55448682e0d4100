"""GIF: a header, a table of colours and blocks (CompuServe, GIF89a specification, 1990)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATURES = (b"GIF87a", b"GIF89a")
_IMAGE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B
_COMMENT, _APPLICATION = 0xFE, 0xFF
_APPLICATIONS_KEPT = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")  # how often, and colour
_HEADER = 13


def size(data: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels."""
    width, height = struct.unpack_from("<HH", data, 6)
    return width, height


def is_complete(data: bytes) -> bool:
    """Tell whether there is an image, and the trailer."""
    kinds = {block[0] for block in _blocks(data)}
    return {_IMAGE, _TRAILER} <= kinds


def strip(data: bytes) -> bytes:
    """Drop comments and what an application added: XMP is one of those."""
    start = _after_colours(data, 10, _HEADER)
    return data[:start] + b"".join(block for block in _blocks(data) if _is_kept(block))


def _is_kept(block: bytes) -> bool:
    if block[0] != _EXTENSION:
        return True
    if block[1] == _APPLICATION:
        return block[3:14] in _APPLICATIONS_KEPT
    return block[1] != _COMMENT


def _blocks(data: bytes) -> Iterator[bytes]:
    """Yield every whole block, up to and with the trailer."""
    start = _after_colours(data, 10, _HEADER) if len(data) >= _HEADER else len(data)
    while start < len(data):
        end = _block_end(data, start)
        if end > len(data):
            return
        yield data[start:end]
        start = end if data[start] != _TRAILER else len(data)


def _block_end(data: bytes, start: int) -> int:
    """Return where a block ends; beyond the data where it is cut off or no block at all."""
    beyond = len(data) + 1
    match data[start]:
        case 0x3B:
            return start + 1
        case 0x21:
            return _after_parts(data, start + 2)
        case 0x2C if start + 10 < len(data):
            return _after_parts(data, _after_colours(data, start + 9, start + 10) + 1)
    return beyond


def _after_colours(data: bytes, flags: int, start: int) -> int:
    """Return where the table of colours ends that the byte at ``flags`` announces."""
    announced = data[flags] & 0x80
    return start + 3 * 2 ** ((data[flags] & 7) + 1) if announced else start


def _after_parts(data: bytes, start: int) -> int:
    """Return where a row of parts ends: each begins with its length, the last has none."""
    while start < len(data) and data[start]:
        start += 1 + data[start]
    return start + 1

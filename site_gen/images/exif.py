"""Exif: the one fact that a picture needs to stand upright (CIPA DC-008, Exif 2.32)."""

from __future__ import annotations

import struct

_ORIENTATION = 0x0112
_LYING = 5  # from here on the picture is stored on its side


def orientation(tiff: bytes) -> int:
    """Look the orientation up in the first directory of a TIFF header: 1 (upright) to 8."""
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


def turned(orientation: int, size: tuple[int, int]) -> tuple[int, int]:
    """Return a size (width, height) as it is shown."""
    return size if orientation < _LYING else (size[1], size[0])


def saying_only(orientation: int) -> bytes:
    """Build a TIFF header that says nothing but how the picture is turned."""
    directory = struct.pack(">HHHIHHI", 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    return b"MM\0*" + struct.pack(">I", 8) + directory

"""Small images for tests, made from nothing: only their headers are true to the formats."""

from __future__ import annotations

import struct
import zlib

GPS = b"GPSLatitude 51.81"


def png(width: int = 4, height: int = 3, extra: bytes = b"") -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * (4 * 4))
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + extra
        + png_chunk(b"IDAT", pixels)
        + png_chunk(b"IEND", b"")
    )


def png_chunk(name: bytes, content: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + checksum


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


JFIF = segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\0\0")


def jpeg(width: int = 4, height: int = 3, extra: bytes = b"", start: bytes = JFIF) -> bytes:
    frame = segment(0xC2, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0")
    scan = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"
    tables = segment(0xC4, b"\0" + bytes(16))
    return b"\xff\xd8" + start + extra + frame + scan + tables + scan + b"\xff\xd9"


def exif(orientation: int, order: str = "<") -> bytes:
    """Exif of a phone: the orientation, and where the photo was taken."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    entries = struct.pack(f"{order}HHHIHH", 2, 0x0112, 3, 1, orientation, 0)
    entries += struct.pack(f"{order}HHII", 0x8825, 4, 1, 38)
    return b"Exif\0\0" + head + entries + struct.pack(f"{order}I", 0) + GPS


def gif(width: int = 4, height: int = 3, extra: bytes = b"", colours: int = 0) -> bytes:
    """``colours`` is the byte of flags: 0x80 announces a table of two colours."""
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, colours, 0, 0)
    table = b"\0\0\0\xff\xff\xff" if colours else b""
    image = b"," + struct.pack("<HHHHB", 0, 0, width, height, colours) + table
    return head + table + extra + image + b"\2" + gif_parts(b"\x84\x51") + b";"


def gif_parts(*parts: bytes) -> bytes:
    return b"".join(bytes([len(part)]) + part for part in parts) + b"\0"


def gif_application(name: bytes, *parts: bytes) -> bytes:
    return b"!\xff" + gif_parts(name, *parts)


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"".join(
        name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
        for name, content in chunks
    )
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def vp8(width: int, height: int) -> tuple[bytes, bytes]:
    return b"VP8 ", b"\x30\1\0\x9d\1\x2a" + struct.pack("<HH", width, height)


def vp8l(width: int, height: int) -> tuple[bytes, bytes]:
    return b"VP8L", b"\x2f" + struct.pack("<I", width - 1 | (height - 1) << 14)


def vp8x(width: int, height: int, flags: int) -> tuple[bytes, bytes]:
    size = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    return b"VP8X", bytes([flags, 0, 0, 0]) + size


def svg(attributes: str = 'viewBox="0 0 40 30"', content: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{content}</svg>'.encode()

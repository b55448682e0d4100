"""A content file as it is typed, and edits at places in it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from msgspec import Struct

from site_gen.place import Place

_FENCE = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)


class Edit(Struct, frozen=True, order=True):
    """The characters from ``start`` to ``end`` of a text, and what takes their place."""

    start: int
    end: int
    text: str

    def shifted(self, by: int) -> Edit:
        """Return the edit in a text that has ``by`` more characters before it."""
        return Edit(self.start + by, self.end + by, self.text)


class Typed(Struct, frozen=True):
    """The text of a file with its own line ends; ``mark`` is its byte order mark, if any."""

    text: str
    mark: bytes

    @classmethod
    def of(cls, data: bytes) -> Typed:
        """Take the bytes of a content file that the checks could read."""
        mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        return cls(data.removeprefix(mark).decode(), mark)

    @property
    def newline(self) -> str:
        """How its lines end."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def offset(self, place: Place) -> int:
        """Return the index of the character at a place that a reader gave; at most the end."""
        lines = self.text.split("\n", place.line - 1)
        start = len(self.text) - len(lines[-1]) if len(lines) == place.line else len(self.text)
        return start + place.column - 1

    def front(self) -> tuple[int, int]:
        """Return where the front matter of a Markdown file begins and ends, without its fences."""
        opening, closing = list(_FENCE.finditer(self.text))[:2]
        return self.text.index("\n", opening.end() - 1) + 1, closing.start()

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """Return the bytes of the file after the edits, which do not overlap."""
        parts, done = [], 0
        for edit in sorted(edits):
            parts += [self.text[done : edit.start], edit.text]
            done = edit.end
        return self.mark + "".join([*parts, self.text[done:]]).encode()

"""SVG: its size, and whether it can do more than be looked at.

A drawing that is published may hold no script and fetch nothing: it is opened by visitors as a page
of the site itself. It is read with expat, which ends at the first declaration of an entity, so that
none is ever expanded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from site_gen.place import Place
from site_gen.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMESPACE = "http://www.w3.org/2000/svg"
_DEFAULT_SIZE = (300, 150)  # CSS 2.2, section 10.3.2: a replaced element without a size of its own
_ACTIVE = frozenset(
    {
        "script",
        "foreignobject",
        "handler",
        "listener",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
    }
)
_LENGTH = re.compile(r"\s*(\d{1,6}(?:\.\d+)?)(?:px)?\s*")
_VIEW_BOX = re.compile(
    r"\s*[-\d.e]+[\s,]+[-\d.e]+[\s,]+(\d{1,6}(?:\.\d+)?)[\s,]+(\d{1,6}(?:\.\d+)?)\s*"
)
_INNER = re.compile(r"\s*(#.*|data:image/(png|jpeg|gif|webp)[;,].*)?", re.DOTALL)
_OUTWARD = re.compile(
    r"@import|image-set\(|src\(|url\(\s*+[\"']?+\s*+(?!#|data:image/(png|jpeg|gif|webp)[;,])", re.I
)
_STYLED = frozenset(  # attributes that are read as CSS (SVG 2, 6.6), where an escape hides a word
    {
        *("style", "fill", "stroke", "filter", "mask", "clip-path", "cursor"),
        *("marker", "marker-start", "marker-mid", "marker-end"),
    }
)


class _EntityError(Exception):
    """An entity is declared: the reading ends here."""


class _Reader:
    """One pass over a drawing, for its size; of what is within, only that it is well-formed."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._root
        self.parser.EntityDeclHandler = self._entity
        self.size: tuple[int, int] | None = None

    def read(self, data: bytes) -> bool:
        """Read the whole drawing; ``False`` where it is not well-formed."""
        try:
            self.parser.Parse(data, True)
        except _EntityError:
            return True
        except (expat.ExpatError, ValueError, LookupError):
            return False
        return True

    def _root(self, name: str, attributes: Mapping[str, str]) -> None:
        self.size = _size(attributes) if name == f"{_NAMESPACE} svg" else None
        self.parser.StartElementHandler = None

    def _entity(self, *_: object) -> None:
        raise _EntityError


class _Search(_Reader):
    """A pass that also collects what does more than be looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.parser.buffer_text = True
        self.parser.CharacterDataHandler = self._text
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.EndElementHandler = self._end
        self.found: list[tuple[int, int, str]] = []
        self._styles = 0
        self._css: list[str] = []

    def _root(self, name: str, attributes: Mapping[str, str]) -> None:
        super()._root(name, attributes)
        self.parser.StartElementHandler = self._element
        self._element(name, attributes)

    def _element(self, name: str, attributes: Mapping[str, str]) -> None:
        local = _local(name)
        if local in _ACTIVE:
            self._note(f"<{local}>")
        if local == "style" or self._styles:
            self._styles += 1
        for key, value in attributes.items():
            if _is_active(_local(key), value):
                self._note(f"{_local(key)}=…")

    def _end(self, _name: str) -> None:
        """Read a style where it ends: an element or a comment within it divides its text."""
        if self._styles == 1:
            css = "".join(self._css)
            self._css.clear()
            if _leads_out(css) or "\\" in css:
                self._note("url(…)")
        self._styles = max(0, self._styles - 1)

    def _text(self, text: str) -> None:
        if self._styles:
            self._css.append(text)
        elif _leads_out(text):
            self._note("url(…)")

    def _instruction(self, target: str, _data: str) -> None:
        self._note(f"<?{target}?>")

    def _entity(self, *declared: object) -> None:
        self._note(f"<!ENTITY {declared[0]}>")
        super()._entity(*declared)

    def _note(self, what: str) -> None:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        self.found.append((line, column, what))


def svg_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels; ``None`` when the data is no SVG."""
    reader = _Reader()
    return reader.size if reader.read(data) else None


def svg_problems(path: str, data: bytes) -> list[Problem]:
    """Name everything in the drawing that runs, or fetches something from elsewhere."""
    reader = _Search()
    sound = reader.read(data)
    found = [
        problem(Place(path, line, column), "svg-active", what=what)
        for line, column, what in reader.found
    ]
    return found if found or (sound and reader.size) else [problem(Place(path), "image-damaged")]


def _size(attributes: Mapping[str, str]) -> tuple[int, int]:
    """Take the size in pixels, else that of the view box (its ratio is what a page needs)."""
    given = [_LENGTH.fullmatch(attributes.get(name, "")) for name in ("width", "height")]
    box = _VIEW_BOX.fullmatch(attributes.get("viewBox", ""))
    if given[0] and given[1]:
        return _pixels(given[0][1]), _pixels(given[1][1])
    return (_pixels(box[1]), _pixels(box[2])) if box else _DEFAULT_SIZE


def _pixels(number: str) -> int:
    return max(1, round(float(number)))


def _local(name: str) -> str:
    """Return a name without its namespace, in lower case as a browser reads it inside HTML."""
    return name.rpartition(" ")[2].lower()


def _is_active(key: str, value: str) -> bool:
    if key.startswith("on") or key == "base":  # xml:base turns `#x` into an outside address
        return True
    if key in {"href", "src"}:
        return _INNER.fullmatch(value) is None
    if key == "attributename":
        return _is_active(_local(value.replace(":", " ")), "!")
    return _leads_out(value) or (key in _STYLED and "\\" in value)


def _leads_out(text: str) -> bool:
    """Tell whether a text fetches something; most of a drawing is numbers, without either sign."""
    return ("(" in text or "@" in text) and _OUTWARD.search(text) is not None

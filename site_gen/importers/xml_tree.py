"""XML as elements that know their place, read by expat.

Nothing outside the file is ever fetched, and reading ends at the first declaration of an entity or
of a document type that lies elsewhere: both are ways to read what was not given, or to fill memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.parsers import expat

from msgspec import Struct, field

from site_gen.place import Place
from site_gen.problems import Problem, problem

DEEPEST = 64


class Element(Struct, frozen=True):
    """An element with its attributes, its children, and the pieces of its own text."""

    tag: str
    attributes: Mapping[str, str]
    place: Place
    children: list[Element] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    def all(self, tag: str) -> Iterator[Element]:
        """Yield the children with this tag."""
        return (child for child in self.children if child.tag == tag)

    def first(self, tag: str) -> Element | None:
        """Return the first child with this tag."""
        return next(self.all(tag), None)

    def text(self, tag: str) -> str:
        """Return the text of the first child with this tag, or nothing."""
        found = self.first(tag)
        return "".join(found.pieces).strip() if found else ""

    @property
    def own_text(self) -> str:
        """The text that stands in the element itself."""
        return "".join(self.pieces).strip()

    def get(self, name: str) -> str:
        """Return an attribute, or nothing."""
        return self.attributes.get(name, "").strip()


class _Refused(Exception):
    def __init__(self, found: Problem) -> None:
        super().__init__(found.code)
        self.problem = found


def read_xml(path: str, data: bytes) -> tuple[Element | None, list[Problem]]:
    """Return the root of a document, or what keeps it from being read."""
    builder = _Builder(path)
    try:
        builder.parser.Parse(data, True)
    except _Refused as refusal:
        return None, [refusal.problem]
    except (expat.ExpatError, ValueError, LookupError) as error:
        reason = (
            expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else str(error)
        )
        return None, [problem(builder.place(), "import-broken", format="XML", reason=reason)]
    return builder.root.children[0], []


class _Builder:
    """Collects the elements of one document."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._entity
        parser.StartDoctypeDeclHandler = self._doctype
        self.root = Element("", {}, Place(path))
        self.open = [self.root]

    def place(self) -> Place:
        """Return where the reading is."""
        parser = self.parser
        return Place(self.path, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self.open) > DEEPEST:
            raise _Refused(problem(self.place(), "import-too-deep", limit=DEEPEST))
        element = Element(tag, attributes, self.place())
        self.open[-1].children.append(element)
        self.open.append(element)

    def _end(self, _tag: str) -> None:
        self.open.pop()

    def _text(self, text: str) -> None:
        self.open[-1].pieces.append(text)

    def _entity(self, name: str, *_: object) -> None:
        raise _Refused(problem(self.place(), "import-entity", name=name))

    def _doctype(self, name: str, system: str | None, public: str | None, _internal: int) -> None:
        if system or public:
            raise _Refused(problem(self.place(), "import-entity", name=system or public or name))

"""Located YAML: what an editor typed, with the line and column of every part of it.

Nothing is resolved: every scalar is the text as typed, whatever it looks like. The nodes are built
from the parser's events, so that depth and aliases are refused before anything can grow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

import yaml
from msgspec import Struct

from site_gen.decoding import decode, place_at, unseen
from site_gen.place import Place
from site_gen.problems import Problem, has_errors, problem
from site_gen.syntax import LIST_ITEM, NO_BREAK_SPACE, Fault, explain, glued, quoted

DEEPEST = 32
"""How many lists and mappings may stand in one another."""

# Two blanks before and one after make it a comment, as style guides for YAML ask; in any other
# form it may as well be text (``Sessie #3``), which YAML would drop without a word.
_COMMENT = re.compile(r"(?!  +# )[ \t]+(#.*)")
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)


class Scalar(Struct, frozen=True):
    """A text; ``plain`` tells that it stands without quotes and not in a block."""

    place: Place
    text: str
    plain: bool


class Sequence(Struct, frozen=True):
    """A list."""

    place: Place
    items: tuple[Node, ...]


class Mapping(Struct, frozen=True):
    """Fields in the order of the file; no key stands twice."""

    place: Place
    items: tuple[tuple[Scalar, Node], ...]


Node = Scalar | Sequence | Mapping


class Document(Struct, frozen=True):
    """A Markdown file: its front matter, and the text that begins on ``line`` (from 1).

    ``head`` is the front matter as it was typed.
    """

    front: Mapping
    text: str
    line: int
    head: str


def read_yaml(path: str, data: bytes) -> tuple[Mapping | None, list[Problem]]:
    """Read a YAML file of fields; ``None`` if it cannot be read."""
    text, problems = decode(path, data)
    if text is None:
        return None, problems
    root, problems = _parse(path, text)
    if root is None and not has_errors(problems):
        problems.append(problem(Place(path), "empty-file"))
    return _fields(root, problems)


def read_document(path: str, data: bytes) -> tuple[Document | None, list[Problem]]:
    """Read a Markdown file: front matter between ``---`` lines, then text; or ``None``."""
    text, problems = decode(path, data)
    if text is None:
        return None, problems
    opening = _FENCE.match(text)
    if opening is None:
        return None, [problem(Place(path), "no-front-matter")]
    closing = _FENCE.search(text, opening.end())
    if closing is None:
        return None, [problem(Place(path), "unclosed-front-matter")]
    # An empty line stands in for the opening fence, so that lines keep their numbers.
    root, problems = _parse(path, "\n" + text[opening.end() + 1 : closing.start()])
    if root is None and not has_errors(problems):
        root = Mapping(Place(path), ())
    front, problems = _fields(root, problems)
    if front is None:
        return None, problems
    line = text.count("\n", 0, closing.end()) + 2
    end = closing.end() + 1
    return Document(front, text[end:], line, text[:end]), problems


def _fields(root: Node | None, problems: list[Problem]) -> tuple[Mapping | None, list[Problem]]:
    if root is None or isinstance(root, Mapping):
        return root, problems
    if isinstance(root, Sequence):
        return None, [*problems, problem(root.place, "list-at-root")]
    if has_errors(problems):  # what was told is why the fields became a text
        return None, problems
    if key := glued(root.text):
        return None, [*problems, problem(root.place, "missing-space", key=key)]
    return None, [*problems, problem(root.place, "text-at-root")]


def _parse(path: str, text: str) -> tuple[Node | None, list[Problem]]:
    builder = _Builder(path, text)
    try:
        root = builder.document()
    except yaml.YAMLError as error:
        return None, [*builder.problems, explain(path, _fault(text, error, builder.last))]
    except _Refused as refusal:
        return None, [*builder.problems, refusal.problem]
    return root, builder.problems


def _fault(text: str, error: yaml.YAMLError, last: int) -> Fault:
    marked = error if isinstance(error, yaml.MarkedYAMLError) else yaml.MarkedYAMLError()
    at = marked.problem_mark.index if marked.problem_mark else last
    since = marked.context_mark.index if marked.context_mark else at
    return Fault(text, marked.problem or "", marked.context or "", at, since, last)


class _Refused(Exception):
    """What keeps the file from being read any further."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.code)
        self.problem = found


class _Builder:
    """Builds nodes from the events of one file; ``last`` is where the latest text begins."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.last = 0
        self.problems: list[Problem] = []
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.CSafeLoader)

    def document(self) -> Node | None:
        """Return the root of the only document, or ``None`` where nothing is typed."""
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                raise _Refused(problem(self._place(event), "second-document"))
            if isinstance(event, yaml.NodeEvent):
                root = self._node(event, 1)
        is_nothing = isinstance(root, Scalar) and root.plain and not root.text
        return None if is_nothing else root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if depth > DEEPEST:
            raise _Refused(problem(self._place(event), "deep-nesting", limit=DEEPEST))
        if name := _name_of(event):
            value = self.text[_start(event).index :].partition("\n")[0].rstrip()
            raise _Refused(problem(self._place(event), name, value=quoted(value)))
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items = (self._node(item, depth + 1) for item in self._until(yaml.SequenceEndEvent))
            return Sequence(self._place(event), tuple(items))
        return Mapping(self._place(event), self._pairs(depth + 1))

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        while not isinstance(event := next(self._events), end):
            yield event

    def _pairs(self, depth: int) -> tuple[tuple[Scalar, Node], ...]:
        pairs: dict[str, tuple[Scalar, Node]] = {}
        for event in self._until(yaml.MappingEndEvent):
            key, value = self._node(event, depth), self._node(next(self._events), depth)
            if not isinstance(key, Scalar):
                self._report(key.place, "key-not-text")
            elif key.text in pairs:
                line = pairs[key.text][0].place.line
                self._report(key.place, "duplicate-key", key=key.text, line=line)
            else:
                pairs[key.text] = key, value
        return tuple(pairs.values())

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        place = self._place(event)
        self.last = _start(event).index
        if not event.style:
            self._check_plain(self.last, _end(event))
        elif character := unseen(event.value):
            self._report(place, "unseen-escape", character=character)
        return Scalar(place, self._meant(event), plain=not event.style)

    def _meant(self, event: yaml.ScalarEvent) -> str:
        """Return the text without the items of a list that YAML took for a part of it."""
        typed = self.text[_start(event).index : _end(event).index]
        item = None if event.style else LIST_ITEM.search(typed)
        return " ".join(typed[: item.start()].split()) if item else event.value

    def _check_plain(self, start: int, stop: yaml.Mark) -> None:
        """Report what YAML reads in another way than it was meant, without a word."""
        end = stop.index
        if comment := _COMMENT.match(self.text, end):
            place = Place(self.path, stop.line + 1, stop.column + 1 + comment.start(1) - end)
            self._report(place, "lost-text", text=comment[1])
        if item := LIST_ITEM.search(self.text, start, end):
            self._report(place_at(self.path, self.text, item.start(1)), "list-in-text")
        if (index := self._no_break_space(start, end)) >= 0:
            self._report(place_at(self.path, self.text, index), "no-break-space")

    def _no_break_space(self, start: int, end: int) -> int:
        """Return the index of a no-break space that separates or indents, or -1."""
        if "\u00a0" not in self.text[start:end]:
            return -1
        line = self.text.rfind("\n", 0, start) + 1
        if match := NO_BREAK_SPACE.search(self.text, line, end):
            return match.start(1)
        return next((i for i in (start, end - 1) if self.text[i] == "\u00a0"), -1)

    def _place(self, event: yaml.Event) -> Place:
        return Place(self.path, _start(event).line + 1, _start(event).column + 1)

    def _report(self, place: Place, code: str, **values: object) -> None:
        self.problems.append(problem(place, code, **values))


def _name_of(event: yaml.Event) -> str:
    """Return what YAML does with the value beside reading it: a reference, a name or a type."""
    if isinstance(event, yaml.AliasEvent):
        return "alias"
    if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
        return "anchor"
    return "tag" if getattr(event, "tag", None) is not None else ""


def _start(event: yaml.Event) -> yaml.Mark:
    return cast("yaml.Mark", event.start_mark)  # the parser marks every event


def _end(event: yaml.Event) -> yaml.Mark:
    return cast("yaml.Mark", event.end_mark)

"""What an editor most likely meant where YAML does not understand the file.

The parser's own messages never reach the user: they name what the parser expected, not what went
wrong. Each rule looks at the text around the error and knows one cause.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from site_gen.decoding import place_at
from site_gen.problems import Problem, problem

_TAB = re.compile(r"^ *(?:- *)?(\t)[ \t]*\S", re.MULTILINE)
NO_BREAK_SPACE = re.compile(r"^ *(?:- +)?(?:[\w-]+:|-)?(\u00a0)", re.MULTILINE)
"""A no-break space (group 1) where a plain one belongs: before a key, after its colon or dash."""
LIST_ITEM = re.compile(r"\n *(- )")
"""A line of a text that was meant as an item of a list (group 1)."""
# Possessive (``*+``), so that a long line costs no more than reading it once. A group is put in
# ``(?>…)`` instead: up to Python 3.11.4 a possessive group that stops halfway forgets where it was.
_VALUE = re.compile(r""" *+(?>(?:- +)*)(?:[^\s:#'"][^:#'"]*+|'[^']*'|"[^"]*"): +""")
_GLUED = re.compile(r" *+(?>(?:- +)*)(?:(\w[\w-]*+:)(?!//)|(-))[^\s-]")
_APOSTROPHE = re.compile(r"'(?:[tnskmr]|er|ie|ns|em)\b(?!')", re.IGNORECASE)
_BEGUN = re.compile("anchor|alias|tag|block scalar|directive")
_CLOSING = {"[": "]", "{": "}"}


class Fault(Struct, frozen=True):
    """Where the parser stopped: what it said, and three indices into the text.

    ``at`` is where it noticed, ``since`` where the part began that it was reading, ``last`` where
    the last text that it understood begins.
    """

    text: str
    said: str
    reading: str
    at: int
    since: int
    last: int

    @property
    def line_start(self) -> int:
        """The index of the first character on the line of ``at``."""
        return self.text.rfind("\n", 0, self.at) + 1

    def rest(self, index: int) -> str:
        """Return the text from ``index`` to the end of its line."""
        return self.text[index:].partition("\n")[0].rstrip()

    def value(self, index: int) -> str:
        """Return the value that was meant to begin at ``index``, in quotes."""
        before = self.text[self.text.rfind("\n", 0, index) + 1 : index]
        value = self.rest(index)
        if "[" in before or "{" in before:
            value = re.split(r"[,\]}]", value)[0]
        return quoted(_unquoted(value))


Finding = tuple[str, int, dict[str, str]]
"""A code, the index of the culprit, and what the message needs."""


def explain(path: str, fault: Fault) -> Problem:
    """Return the problem that is the likeliest cause of ``fault``."""
    findings = (rule(fault) for rule in _RULES)
    known = next((finding for finding in findings if finding), None)
    code, index, values = known or ("yaml-syntax", fault.at, {})
    return problem(place_at(path, fault.text, index), code, **values)


def quoted(text: str) -> str:
    """Return ``text`` in quotes, as it can be put in the file."""
    if '"' in text and "'" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def glued(line: str) -> str:
    """Return the ``key:`` or ``-`` on ``line`` that lacks a space behind it, or nothing."""
    match = _GLUED.match(line)
    return match[1] or match[2] if match else ""


def _escape(fault: Fault) -> Finding | None:
    if "quoted" not in fault.reading or not re.search("escape|hex", fault.said):
        return None
    index = fault.text.rfind("\\", 0, fault.at + 1)
    code = re.match(r"\\(?:u\w{0,4}|x\w{0,2}|U\w{0,8}|.)?", fault.text[index:])
    typed = code[0] if code else "\\"
    is_half = re.fullmatch(r"\\u[dD][89a-fA-F]\w\w", typed)
    return ("lone-surrogate" if is_half else "unknown-escape"), index, {"character": typed}


def _quote(fault: Fault) -> Finding | None:
    if "quoted" in fault.reading:
        start = fault.since
    elif fault.text[fault.last : fault.last + 1] == "'" and fault.said.startswith("did not find"):
        start = fault.last
    else:
        return None
    if _APOSTROPHE.match(fault.text, start):
        word = fault.rest(start).split()[0].rstrip(",]}")
        return "leading-apostrophe", start, {"word": word, "value": fault.value(start)}
    if "quoted" in fault.reading:
        return "unclosed-quote", start, {"quote": fault.text[start]}
    return None


def _tab(fault: Fault) -> Finding | None:
    match = _TAB.search(fault.text, fault.text.rfind("\n", 0, fault.last) + 1)
    at_fault = match and match.start(1) <= fault.at + len(fault.rest(fault.at))
    return ("tab-indentation", match.start(1), {}) if match and at_fault else None


def _no_break_space(fault: Fault) -> Finding | None:
    match = NO_BREAK_SPACE.search(fault.text, fault.text.rfind("\n", 0, fault.last) + 1)
    at_fault = match and match.start(1) <= fault.at
    return ("no-break-space", match.start(1), {}) if match and at_fault else None


def _text_after_value(fault: Fault) -> Finding | None:
    before = fault.text[fault.line_start : fault.at].rstrip()
    if not before.endswith(("'", '"', "]", "}")) or not fault.rest(fault.at):
        return None
    if not fault.said.startswith("did not find expected key"):
        return None
    match = _VALUE.match(before)
    value = fault.value(fault.line_start + (match.end() if match else 0))
    return "text-after-value", fault.at, {"end": before[-1], "value": value}


def _unquoted(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1] if is_quoted else value


def _special_start(fault: Fault) -> Finding | None:
    start = fault.since if _BEGUN.search(fault.reading) else fault.at
    character = fault.text[start : start + 1]
    if fault.said.startswith("block sequence"):
        return "list-on-line", start, {"value": fault.value(start)}
    if not character or character not in "@`%*&!|>,]}?:" or "flow" in fault.reading:
        return None
    return "special-start", start, {"character": character, "value": fault.value(start)}


def _colon(fault: Fault) -> Finding | None:
    if not fault.said.startswith("mapping values"):
        return None
    line = fault.text[fault.line_start :].partition("\n")[0]
    match = _VALUE.match(line)
    start = fault.line_start + (match.end() if match else 0)
    if match and start <= fault.at:
        return "unquoted-colon", fault.at, {"value": fault.value(start)}
    if finding := _line_without_colon(fault, fault.last):
        return finding
    return "wrong-indentation", fault.line_start + len(line) - len(line.lstrip()), {}


def _line_without_colon(fault: Fault, index: int) -> Finding | None:
    """Find a line that should have been ``key: value`` but lacks the colon or the space."""
    start = fault.text.rfind("\n", 0, index) + 1
    line = fault.rest(start)
    indent = len(line) - len(line.lstrip())
    if key := glued(line):
        return "missing-space", start + line.index(key) + len(key), {"key": key}
    if ": " in f"{line} ":
        return None
    return "missing-colon", start + indent, {"text": line.strip()}


def _bracket(fault: Fault) -> Finding | None:
    if "flow" not in fault.reading:
        return None
    start = fault.since
    if fault.text[start : start + 1] not in _CLOSING:
        start = max(fault.text.rfind(opening, 0, fault.at) for opening in _CLOSING)
    opening = fault.text[start]
    closing = _CLOSING[opening]
    if closing in fault.rest(fault.at) and "\n" not in fault.text[start : fault.at]:
        return "misplaced-comma", fault.at, {}
    return "unclosed-bracket", start, {"opening": opening, "closing": closing}


def _no_colon(fault: Fault) -> Finding | None:
    if not fault.said.startswith("could not find expected ':'"):
        return None
    return _line_without_colon(fault, fault.since)


def _indentation(fault: Fault) -> Finding | None:
    is_block = fault.said.startswith(("did not find expected key", "did not find expected '-'"))
    return ("wrong-indentation", fault.at, {}) if is_block else None


Rule = Callable[[Fault], Finding | None]
_RULES: tuple[Rule, ...] = (
    _escape,
    _quote,
    _tab,
    _no_break_space,
    _text_after_value,
    _colon,
    _special_start,
    _bracket,
    _no_colon,
    _indentation,
)

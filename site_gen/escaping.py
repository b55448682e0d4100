"""Plain text to Markdown that shows it: what would be read as markup gets a backslash.

As little as possible is escaped, because people read and edit what comes of it. Addresses stay as
they are: a bare address is a link, and a backslash would become a part of it.
"""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\[\]`*]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SIGN = re.compile(r"[\\`\[*_<&{~]")  # what all markup begins with
_MARKUP = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])"  # before punctuation: the backslash would go
    r"|[`\[]"
    r"|\*(?!\s)|(?<!\s)\*"  # a star alone between blanks is no emphasis
    r"|(?<![a-zA-Z0-9])_(?!\s)|(?<!\s)_(?![a-zA-Z0-9])"  # nor is snake_case
    r"|<(?=[a-zA-Z/!?])"
    r"|&(?=#?\w+;)"
    r"|\{(?=[:#])"
    r"|~(?=~)|(?<=~)~"
)
_LINE_START = re.compile(
    r"(?P<before>\d{1,9})(?=[.)](?:\s|$))|(?=[-+*](?:\s|$)|#{1,6}(?:\s|$)|>|[=-]{2,}\s*$|[ |:-]+$)",
)


def escaped(text: str) -> str:
    """Return ``text``, without line breaks, so that none of it is markup within a line."""
    if not _SIGN.search(text):
        return text
    out, end = [], 0
    for address in _ADDRESS.finditer(text):
        out += [_MARKUP.sub(r"\\\g<0>", text[end : address.start()]), address[0]]
        end = address.end()
    return "".join([*out, _MARKUP.sub(r"\\\g<0>", text[end:])])


def escaped_start(line: str) -> str:
    """Return a line of Markdown that begins no heading, list, quotation, rule or table."""
    found = _LINE_START.match(line)
    if found is None or not line:
        return line
    return f"{found['before'] or ''}\\{line[found.end() :]}"

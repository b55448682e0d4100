"""The words of every problem: a code and its texts in Dutch and English, from ``messages.toml``.

The table is read when the first problem is printed: a run without problems does not pay for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

LANGUAGES = ("nl", "en")


class Message(Struct, frozen=True):
    """What a code says: its severity, and per language the message and the remedy.

    ``near`` is the remedy when something known is very like what was typed; most have none.
    """

    severity: str
    text: Mapping[str, str]
    hint: Mapping[str, str]
    near: Mapping[str, str]


@cache
def table() -> Mapping[str, Message]:
    """Return every message by its code."""
    import tomllib  # also this is for a run with problems only

    data = tomllib.loads(Path(__file__).with_name("messages.toml").read_text("utf-8"))
    return {
        code: Message(
            entry["severity"],
            {lang: entry[lang] for lang in LANGUAGES},
            {lang: entry[f"{lang}_hint"] for lang in LANGUAGES},
            {lang: entry[f"{lang}_near"] for lang in LANGUAGES if f"{lang}_near" in entry},
        )
        for code, entry in data.items()
    }

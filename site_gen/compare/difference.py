"""One thing that is different for visitors, and how it is said."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

from site_gen.messages import LANGUAGES

SECTIONS = ("event", "programme", "text")
_MARKS = re.compile(r"[\\`*_\[\]<>#|~]")


class Difference(Struct, frozen=True):
    """What is different: its code in ``sayings.toml``, and what fills the sentence."""

    code: str
    values: tuple[tuple[str, str], ...]

    @property
    def section(self) -> str:
        """The part of the site that it is about: one of :data:`SECTIONS`."""
        return sayings()[self.code]["section"]

    def text(self, lang: str) -> str:
        """Say it in ``lang`` (``nl`` or ``en``), as Markdown in which content is text."""
        values = {name: _MARKS.sub(r"\\\g<0>", value) for name, value in self.values}
        return sayings()[self.code][lang].format_map(values)


def difference(code: str, **values: str) -> Difference:
    """Make a difference; ``values`` are ready to read."""
    return Difference(code, tuple(values.items()))


@cache
def sayings() -> Mapping[str, Mapping[str, str]]:
    """Return the section and the sentence per language of every code."""
    text = Path(__file__).with_name("sayings.toml").read_text("utf-8")
    table: dict[str, dict[str, str]] = tomllib.loads(text)
    assert all(set(entry) == {"section", *LANGUAGES} for entry in table.values())  # noqa: S101
    return table

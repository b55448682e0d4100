"""The interface's words per language, and how dates, times and names are written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from site_gen.model import SESSION_KINDS, SLOT_KINDS, SOURCE_KINDS, STATUSES
from site_gen.nodes import Mapping as MappingNode
from site_gen.nodes import Scalar, read_yaml
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.urls import PATH_WORDS

# What code asks of a strings file by name; what only templates ask for is found out by them.
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "ui": (),
    "paths": PATH_WORDS,
    "slot_kinds": SLOT_KINDS,
    "session_kinds": SESSION_KINDS,
    "source_kind": SOURCE_KINDS,
    "source_kinds": SOURCE_KINDS,
    "statuses": STATUSES,
    "formats": ("separator", "time", "time_range", "time_from", "date", "date_of_day"),
    "months": tuple(str(n) for n in range(1, 13)),
    "weekdays": tuple(str(n) for n in range(1, 8)),
}


@dataclass(frozen=True, slots=True)
class Words:
    """The strings of one language, by section; templates ask for those of ``ui`` by name."""

    lang: str
    name: str
    sections: Mapping[str, Mapping[str, str]]

    def __getitem__(self, key: str) -> str:
        return self.sections["ui"][key]

    def fmt(self, key: str, **values: object) -> str:
        """Return a string of ``ui`` with its fields filled in."""
        return self[key].format_map(values)

    def section(self, name: str) -> Mapping[str, str]:
        """Return the strings of one section."""
        return self.sections[name]

    def clock(self, minute: int) -> str:
        """Write a time of the day: minutes since any midnight."""
        hours, minutes = divmod(minute % (24 * 60), 60)
        return f"{hours:02}{self.sections['formats']['separator']}{minutes:02}"

    def times(self, begin: int, end: int | None) -> str:
        """Write a stretch of time: "10.00 – 10.45 uur", or "vanaf 16.30 uur" without an end."""
        form = self.sections["formats"]["time_from" if end is None else "time_range"]
        return form.format(begin=self.clock(begin), end="" if end is None else self.clock(end))

    def date(self, day: date, form: str = "date_of_day") -> str:
        """Write a date with its month in full, and its weekday where ``form`` has one."""
        return self.sections["formats"][form].format(
            weekday=self.sections["weekdays"][str(day.isoweekday())],
            day=day.day,
            month=self.sections["months"][str(day.month)],
            year=day.year,
        )

    def partial_date(self, text: str) -> str:
        """Write ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` as in running text."""
        year, *rest = text.split("-")
        if not rest:
            return year
        month = self.sections["months"][str(int(rest[0]))]
        return f"{month} {year}" if len(rest) == 1 else self.date(date.fromisoformat(text), "date")


def read_words(path: str, data: bytes) -> tuple[Words | None, list[Problem]]:
    """Read a strings file; the language is the name of the file."""
    mapping, problems = read_yaml(path, data)
    if mapping is None:
        return None, problems
    sections: dict[str, dict[str, str]] = {}
    name = ""
    for key, value in mapping.items:
        if isinstance(value, MappingNode):
            sections[key.text] = {k.text: v.text for k, v in value.items if isinstance(v, Scalar)}
        elif isinstance(value, Scalar) and key.text == "language_name":
            name = value.text
    missing = [problem(Place(path), "missing-string", key=key) for key in _missing(sections)]
    problems += missing
    if missing:
        return None, problems
    return Words(path.rpartition("/")[2].partition(".")[0], name, sections), problems


def _missing(sections: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for section, words in SECTIONS.items():
        if section not in sections:
            yield section
        else:
            yield from (f"{section}.{word}" for word in words if word not in sections[section])


def initials(name: str) -> str:
    """Return the first letters of the first and the last word that begin with a capital."""
    capitals = [word[0] for word in name.split() if word[0].isupper()] or [name[:1].upper()]
    return capitals[0] + (capitals[-1] if len(capitals) > 1 else "")


def name_order(name: str) -> tuple[str, str]:
    """Return a key that sorts by surname: "Max van Dijk" stands under D, accents aside."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    first, _, last = plain.casefold().rpartition(" ")
    return last, first

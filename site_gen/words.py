"""The interface's words per language, and how dates, times and names are written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from string import Formatter

from msgspec import Struct

from site_gen.furniture import packaged
from site_gen.kinds import latin
from site_gen.nodes import Mapping as MappingNode
from site_gen.nodes import Scalar, read_yaml
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.schema import Record
from site_gen.store import Store, digest

STANDARD = "templates/strings/nl.yaml"


class Words(Struct, frozen=True, dict=True):  # dict: for the strings of ``ui``
    """The strings of one language, by section; templates ask for those of ``ui`` by name."""

    lang: str
    name: str
    sections: Mapping[str, Mapping[str, str]]

    def __getitem__(self, key: str) -> str:
        return self.sections["ui"][key]

    def __post_init__(self) -> None:
        texts = self.sections.get("ui", {})  # a template finds an attribute soonest
        vars(self).update((key, text) for key, text in texts.items() if key not in vars(Words))

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

    def count(self, sessions: int) -> str:
        """Write a number of sessions."""
        return self["count_one"] if sessions == 1 else self.fmt("count_many", count=sessions)

    def date(self, day: date, form: str = "date_of_day") -> str:
        """Write a date with its month in full, and its weekday where ``form`` has one."""
        return self.sections["formats"][form].format(
            weekday=self.sections["weekdays"][str(day.isoweekday())],
            day=day.day,
            month=self.sections["months"][str(day.month)],
            year=day.year,
        )

    def moment(self, text: str) -> str:
        """Write ``YYYY-MM-DD``, or ``YYYY-MM-DDTHH:MM`` with its time."""
        day, _, clock = text.partition("T")
        if not clock:
            return self.partial_date(day)
        hours, minutes = clock.split(":")[:2]
        time = self.sections["formats"]["time"].format(
            time=self.clock(int(hours) * 60 + int(minutes))
        )
        return f"{self.partial_date(day)}, {time}"

    def partial_date(self, text: str) -> str:
        """Write ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` as in running text."""
        year, *rest = text.split("-")
        if not rest:
            return year
        month = self.sections["months"][str(int(rest[0]))]
        return f"{month} {year}" if len(rest) == 1 else self.date(date.fromisoformat(text), "date")


def words_of(
    languages: tuple[str, ...], event: Record, templates: Mapping[str, bytes], store: Store
) -> tuple[dict[str, Words], list[Problem]]:
    """Return the words of each language that the ``event`` names, as far as they are there."""
    problems: list[Problem] = []
    words: dict[str, Words] = {}
    source = (packaged() / STANDARD).read_bytes()
    standard, _ = _read(STANDARD, source, store)
    places = {value.value: value.place for value in event.many("languages")}
    for lang in languages:
        path = f"templates/strings/{lang}.yaml"
        if path not in templates:
            where = places.get(lang, event.place)
            problems.append(problem(where, "missing-strings", language=lang, file=path))
            continue
        if standard and path == STANDARD and templates[path] == source:
            words[lang] = standard
            continue
        found, more = _read(path, templates[path], store, source, standard)
        problems += more
        if found is not None:
            words[lang] = found
    return words, problems


def _read(
    path: str, data: bytes, store: Store, source: bytes = b"", standard: Words | None = None
) -> tuple[Words | None, list[Problem]]:
    """Read the strings of a language, held to the ``standard`` that ``source`` gives."""
    key = digest("words", path, data, source)
    return store.recall(key, partial(read_words, path, data, standard))


def read_words(
    path: str, data: bytes, standard: Words | None = None
) -> tuple[Words | None, list[Problem]]:
    """Read a strings file; the language is the name of the file.

    With a ``standard`` it must have the same words, and no other fields in braces.
    """
    mapping, problems = read_yaml(path, data)
    if mapping is None:
        return None, problems
    name, sections = "", {}
    for key, node in mapping.items:
        if isinstance(node, MappingNode):
            scalars = ((k.text, v) for k, v in node.items if isinstance(v, Scalar))
            sections[key.text] = dict(scalars)
        elif isinstance(node, Scalar) and key.text == "language_name":
            name = node.text
    if standard:
        problems += _compared(Place(path), sections, standard)
    texts = {key: {word: v.text for word, v in values.items()} for key, values in sections.items()}
    lang = path.rpartition("/")[2].partition(".")[0]
    return (None if problems else Words(lang, name, texts)), problems


def _compared(
    place: Place, sections: Mapping[str, Mapping[str, Scalar]], standard: Words
) -> Iterator[Problem]:
    for section, words in standard.sections.items():
        for word, good in words.items():
            key, found = f"{section}.{word}", sections.get(section, {}).get(word)
            if found is None:
                yield problem(place, "missing-string", key=key)
            elif not _fields(found.text).keys() <= _fields(good).keys():
                known = ", ".join(_fields(good)) or "–"
                values = {"key": key, "known": known, "example": good}
                yield problem(found.place, "malformed-string", **values)


def _fields(text: str) -> dict[str, None]:
    """Return the fields in braces, in order; what cannot be read is a field that nobody has."""
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        names = [text]
    return dict.fromkeys(f"{{{name}}}" for name in names)


def initials(name: str) -> str:
    """Return the first letters of the first and the last word that begin with a capital."""
    capitals = [word[0] for word in name.split() if word[0].isupper()] or [name[:1].upper()]
    return capitals[0] + (capitals[-1] if len(capitals) > 1 else "")


def name_order(name: str) -> tuple[str, str]:
    """Return a key that sorts by surname: "Max van Dijk" stands under D, accents aside."""
    first, _, last = plain(name).rpartition(" ")
    return last, first


def plain(text: str) -> str:
    """Return a text as it is sorted: without capitals and accents."""
    if text.isascii():
        return text.casefold()
    letters = unicodedata.normalize("NFKD", latin(text))
    return "".join(c for c in letters if not unicodedata.combining(c)).casefold()


def initial(text: str) -> str:
    """Return the letter under which a text stands, or ``#`` where it begins with something else."""
    first = plain(text)[:1].upper()
    return first if first.isalpha() else "#"

"""New sessions, speakers, sources, pages and timeslots."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field

from site_gen import fields
from site_gen.kinds import TIME, suggest_slug
from site_gen.layout import SLUG
from site_gen.likeness import nearest
from site_gen.nodes import Scalar, read_yaml
from site_gen.place import Place
from site_gen.problems import Problem, has_errors, problem
from site_gen.scaffold.change import Change, Desk, Refused, consequences
from site_gen.scaffold.lists import add_to_list
from site_gen.scaffold.targets import SLOT_NAME, SLOTS
from site_gen.scaffold.typed import Typed
from site_gen.scaffold.writing import Answer, document, fields_as_yaml
from site_gen.schema import Field, Record
from site_gen.urls import RESERVED

LONGEST = 60
"""The most characters of a name that is made of a title."""
_NUMBER = re.compile(r"[0-9]+")


class Form(Struct, frozen=True):
    """A kind of file that can be made: where, with which fields, and which of them are asked for.

    ``title`` is the field that the file is named after. A field in ``when`` is asked for if
    ``soort`` is one of those values.
    """

    folder: str
    table: tuple[Field, ...]
    title: str
    asked: tuple[str, ...]
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def field(self, key: str) -> Field:
        """Return a field by its key."""
        return next(found for found in self.table if found.key == key)

    @property
    def required(self) -> tuple[str, ...]:
        """The keys of the fields that a file cannot do without."""
        return tuple(found.key for found in self.table if found.required)


_IDENTIFIED = {
    "bwb": ("wet",),
    "dossier": ("wetsvoorstel",),
    "kamerstuk": ("kamerstuk",),
    "stcrt": ("bekendmaking",),
    "cvdr": ("verordening",),
    "celex": ("eu-verordening", "eu-richtlijn"),
    "ecli": ("rechtspraak",),
    "url": ("beleid", "programma", "overeenkomst", "onderzoek", "publicatie", "bijeenkomst"),
}

FORMS: Mapping[str, Form] = {
    "sessie": Form(
        "sessies", fields.SESSION, "titel", ("titel", "samenvatting", "soort", "sprekers", "zaal")
    ),
    "spreker": Form("sprekers", fields.SPEAKER, "naam", ("naam", "functie", "organisatie")),
    "tijdslot": Form(
        SLOTS,
        fields.SLOT,
        "titel",
        ("begin", "eind", "soort", "ronde", "titel"),
        {"ronde": ("ronde",)},
    ),
    "bron": Form(
        "programma/bronnen", fields.SOURCE, "titel", ("titel", "soort", *_IDENTIFIED), _IDENTIFIED
    ),
    "pagina": Form("programma/paginas", fields.PAGE, "titel", ("titel",)),
}


class Request(Struct, frozen=True):
    """What is asked for: a form, its answers by key, and per other language the texts of its own.

    ``slug`` is the name of the file, where it is not made of the title; ``slot`` the timeslot that
    a session is put into.
    """

    form: str
    answers: Mapping[str, Answer]
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    slug: str = ""
    slot: str = ""


def new_record(desk: Desk, request: Request) -> tuple[Change, list[Problem]]:
    """Return the files that ``request`` asks for, and the warnings that come with them.

    Raises :class:`Refused` where that would give an error, or a file that is there already.
    """
    form = FORMS[request.form]
    if request.form == "tijdslot":
        change = _slot(desk, request)
    else:
        slug = free_name(desk, form.folder, request.slug or proposed(form, request.answers))
        change = _document(desk, form, slug, request)
    caused = consequences(desk, change)
    if has_errors(caused):
        raise Refused([found for found in caused if found.severity == "error"])
    return change, caused


def proposed(form: Form, answers: Mapping[str, Answer]) -> str:
    """Return the name of the file that fits its title, cut at a hyphen; it may be empty."""
    slug = suggest_slug(str(answers.get(form.title, "")))
    return (
        slug if len(slug) <= LONGEST else slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
    )


def free_name(desk: Desk, folder: str, slug: str) -> str:
    """Return a name that is one, and that no file has, whatever its case or language."""
    place = Place(f"{folder}/{slug}.md")
    if not SLUG.fullmatch(slug):
        better = suggest_slug(slug)
        code = "malformed-file-name" if better else "empty-slug"
        raise Refused([problem(place, code, slug=slug, better=better)])
    if slug in RESERVED:
        raise Refused([problem(place, "reserved-slug", slug=slug)])
    for path in desk.index.under(folder):
        stem = path.removeprefix(f"{folder}/").partition(".")[0]
        if stem.casefold() == slug:
            taken = place if desk.index.has(place.path) else Place(path)
            raise Refused([problem(taken, "name-taken")])
    return slug


def _document(desk: Desk, form: Form, slug: str, request: Request) -> Change:
    before: dict[str, bytes] = {}
    answers = dict(request.answers)
    files = {}
    if request.slot:
        path, old, new = _held(desk, request.slot, slug)
        before[path], files[path] = old, new
    elif request.form == "sessie":
        answers.setdefault("status", "concept")
    files[f"{form.folder}/{slug}.md"] = document(form.table, answers)
    for lang in desk.languages[1:]:
        texts = request.translations.get(lang, {})
        if _is_translated(form, texts):
            files[f"{form.folder}/{slug}.{lang}.md"] = document(form.table, texts)
    return Change(before, files)


def _is_translated(form: Form, texts: Mapping[str, str]) -> bool:
    """Tell whether a translation has every text that it must give itself.

    Without those no file is made: it would say that the page is translated.
    """
    own = (f.key for f in form.table if f.required and f.translation == "own")
    return all(texts.get(key) for key in own)


def _held(desk: Desk, slot: str, slug: str) -> tuple[str, bytes, bytes]:
    """Return the file of a timeslot, as it is and with a session added to it."""
    path = slot_path(desk, slot)
    data = desk.read(path)
    mapping, problems = read_yaml(path, data)
    if mapping is None:
        raise Refused(problems)
    typed = Typed.of(data)
    edit = add_to_list(typed.text, "sessies", slug, typed.newline)
    if edit is None:
        raise Refused([problem(mapping.place, "list-expected", key="sessies", example=f"[{slug}]")])
    return path, data, typed.edited([edit])


def slot_keys(desk: Desk) -> tuple[str, ...]:
    """Return the names of the timeslots: of their files, without the ending."""
    paths = desk.index.under(SLOTS, ".yaml")
    keys = (path.removeprefix(f"{SLOTS}/").removesuffix(".yaml") for path in paths)
    return tuple(key for key in keys if "/" not in key and key != "evenement")


def slot_path(desk: Desk, name: str) -> str:
    """Return the file of a timeslot, by the name of that file or its path."""
    key = name.rpartition("/")[2].removesuffix(".yaml")
    known = slot_keys(desk)
    if key not in known:
        place = Place(f"{SLOTS}/{key}.yaml")
        raise Refused([problem(place, "unknown-slot", name=key, nearest=nearest(key, known))])
    return f"{SLOTS}/{key}.yaml"


def _slot(desk: Desk, request: Request) -> Change:
    form, answers = FORMS["tijdslot"], dict(request.answers)
    title = answers.get("titel")
    texts = {lang: of["titel"] for lang, of in request.translations.items() if of.get("titel")}
    if isinstance(title, str) and texts:
        answers["titel"] = {desk.languages[0]: title, **texts}
    key = request.slug or _slot_key(desk, request)
    path = f"{SLOTS}/{key}.yaml"
    if not SLOT_NAME.fullmatch(key):
        better = suggest_slug(key) or "tijdslot"
        raise Refused([problem(Place(path), "malformed-file-name", slug=key, better=better)])
    if desk.index.has(path) or desk.index.wrong_case(path):
        raise Refused([problem(Place(path), "name-taken")])
    return Change(files={path: fields_as_yaml(form.table, answers).encode()})


def _slot_key(desk: Desk, request: Request) -> str:
    """Name a timeslot as the others are: the number of the one before it, its begin, its title."""
    begin, kind = str(request.answers.get("begin", "")), str(request.answers.get("soort", ""))
    clock = "".join(_NUMBER.findall(begin)).zfill(4)
    title = proposed(FORMS["tijdslot"], request.answers) or suggest_slug(kind)
    return "-".join(part for part in (_number(desk, request), clock, title) if part)


def _number(desk: Desk, request: Request) -> str:
    """Return the number that sorts the file after the timeslot before it; one more at the end."""
    if desk.raw is None:
        return ""
    first = desk.raw.event.one("date")
    first_day = first.value.isoformat() if first else ""
    numbers = sorted(
        (_when(slot.record, first_day), found[0])
        for slot in desk.raw.slots
        if (found := _NUMBER.match(slot.key))
    )
    begin = TIME.read(Scalar(Place(""), str(request.answers.get("begin", "")), plain=True))
    if not numbers or not isinstance(begin, int):
        return ""
    when = (str(request.answers.get("datum") or first_day), begin)
    earlier = [number for other, number in numbers if other <= when]
    if len(earlier) < len(numbers):
        return earlier[-1] if earlier else "0" * len(numbers[0][1])
    return str(int(earlier[-1]) + 1).zfill(len(earlier[-1]))


def _when(record: Record, first_day: str) -> tuple[str, int]:
    day, begin = record.one("date"), record.one("begin")
    return (day.value.isoformat() if day else first_day), (begin.value if begin else 0)

"""The field table as a page of reference for editors: ``docs/velden.md``, in Dutch.

``python -m site_gen.reference`` writes the page again after a change of :mod:`site_gen.fields`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from site_gen import fields
from site_gen.kinds import Kind
from site_gen.schema import Field, ListOf, RecordOf, RecordsOf, Shape, Translatable

PAGE = Path(__file__).parents[1] / "docs" / "velden.md"

# Read and checked, and of no influence on the site: what uses them is not built yet.
WITHOUT_EFFECT = frozenset({"navigatie"})

INTRODUCTION = """\
# Velden

Dit zijn alle velden die je kunt invullen, per soort bestand. Hoe je een taak aanpakt staat in de
[handleiding voor de redactie](redactie.md). Wat een melding betekent staat bij de
[problemen](problemen.md).

- Een veld met een \\* is verplicht. Alle andere velden mag je weglaten.
- Elk voorbeeld kun je zo overnemen.
- Tijden en jaartallen mogen met of zonder aanhalingstekens.
- Zet aanhalingstekens om een waarde met een dubbele punt en een spatie erin, of met ` #`.
- ‘Nog zonder gevolg’ betekent: de controle leest het veld, maar de site doet er nog niets mee.
- In een vertaling (zoals `dordt-west.en.md`) staan alleen velden met ‘eigen tekst’. Laat je zo’n
  veld weg, dan geldt het hoofdbestand. ‘Herhalen’ betekent: neem de waarde over uit het
  hoofdbestand, want daaraan ziet de site om welk blok het gaat.

Deze pagina is gemaakt uit `site_gen/fields.py`. Verander haar niet met de hand.
"""

SHAPES = {
    "address": "heel webadres, met `https://`",
    "contact": "e-mailadres of heel webadres",
    "date": "datum: jaar, maand, dag",
    "end-time": "tijd, tot en met `24.00`",
    "event-id": "vier of meer kleine letters, cijfers en streepjes",
    "guid": "UUID: 32 cijfers en letters van a tot en met f, met streepjes",
    "integer": "heel getal",
    "language": "taalcode",
    "line": "tekst op één regel",
    "moment": "datum, of datum en tijd",
    "partial-date": "jaar, jaar en maand, of hele datum",
    "path": "adres binnen de site",
    "secure-contact": "e-mailadres of heel webadres, met `https://`",
    "slug": "korte naam van kleine letters, cijfers en streepjes",
    "text": "tekst",
    "time": "tijd, tot en met `23.59`",
    "yes-no": "`ja` of `nee`",
}

TRANSLATIONS = {"no": "nee", "own": "eigen tekst", "key": "herhalen"}


class Chapter(Struct, frozen=True):
    """One kind of file: where it is, what is special about it, and its fields."""

    title: str
    files: str
    note: str
    table: tuple[Field, ...]
    translated: bool


CHAPTERS = (
    Chapter(
        "Evenement",
        "`programma/evenement.yaml`",
        "Er is één zo’n bestand.",
        fields.EVENT,
        translated=False,
    ),
    Chapter(
        "Tijdslot",
        "elk ander `.yaml`-bestand in `programma/`",
        "De naam van het bestand is vrij; de site sorteert op tijd.",
        fields.SLOT,
        translated=False,
    ),
    Chapter(
        "Sessie",
        "`sessies/<naam>.md`, vertaling `sessies/<naam>.en.md`",
        "Onder de tweede regel `---` staat de tekst van de sessie.",
        fields.SESSION,
        translated=True,
    ),
    Chapter(
        "Spreker",
        "`sprekers/<naam>.md`, vertaling `sprekers/<naam>.en.md`",
        "Onder de tweede regel `---` staat de tekst over de spreker.",
        fields.SPEAKER,
        translated=True,
    ),
    Chapter(
        "Bron",
        "`programma/bronnen/<naam>.md`, vertaling `programma/bronnen/<naam>.en.md`",
        "Onder de tweede regel `---` staat in gewone woorden wat de bron is. De link naar de "
        "officiële plek maakt de site zelf uit het kenmerk.",
        fields.SOURCE,
        translated=True,
    ),
    Chapter(
        "Pagina",
        "`programma/paginas/<naam>.md`, vertaling `programma/paginas/<naam>.en.md`",
        "Onder de tweede regel `---` staat de tekst van de pagina.",
        fields.PAGE,
        translated=True,
    ),
)


def reference(chapters: tuple[Chapter, ...] = CHAPTERS) -> str:
    """Return the page as Markdown."""
    return "\n".join([INTRODUCTION, *(line for chapter in chapters for line in _chapter(chapter))])


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield f"## {chapter.title}\n\nBestand: {chapter.files}. {chapter.note}\n"
    yield from _table(chapter.table, chapter.translated)
    for field, table in _blocks(chapter.table):
        yield f"### Blok `{field.key}` van {chapter.title.lower()}\n"
        yield from _table(table, chapter.translated)


def _blocks(table: tuple[Field, ...]) -> Iterator[tuple[Field, tuple[Field, ...]]]:
    for field in table:
        if isinstance(field.shape, RecordOf | RecordsOf):
            yield field, field.shape.fields
            yield from _blocks(field.shape.fields)


def _table(table: tuple[Field, ...], translated: bool) -> Iterator[str]:
    heads = ["Veld", "Wat", "Vorm", "Voorbeeld", *(["In een vertaling"] if translated else [])]
    yield _row(heads)
    yield _row(["---"] * len(heads))
    for field in table:
        cells = [_name(field), _meaning(field), _shape(field.shape), f"`{field.example}`"]
        yield _row(cells + ([TRANSLATIONS[field.translation]] if translated else []))
    yield ""


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def _name(field: Field) -> str:
    return f"`{field.key}`" + (r" \*" if field.required else "")


def _meaning(field: Field) -> str:
    return f"{field.nl} (nog zonder gevolg)" if field.key in WITHOUT_EFFECT else field.nl


def _shape(shape: Shape) -> str:
    match shape:
        case Kind(choices=()):
            return SHAPES[shape.name]
        case Kind():
            return f"een van: {', '.join(f'`{choice}`' for choice in shape.choices)}"
        case ListOf(kind, single):
            return f"{_shape(kind)}, of een lijst daarvan" if single else f"lijst: {_shape(kind)}"
        case Translatable(kind):
            return f"{_shape(kind)}; mag per taal"
        case RecordOf():
            return "blok, zie hieronder"
        case RecordsOf(table, short):
            return f"lijst van blokken, zie hieronder{_instead(table, short)}"


def _instead(table: tuple[Field, ...], short: str) -> str:
    """Say which field may stand alone for a whole block."""
    return next((f"; of alleen `{field.key}`" for field in table if field.name == short), "")


if __name__ == "__main__":
    PAGE.write_text(reference(), "utf-8", newline="\n")

"""Which column of a table holds what, by the name above it, in Dutch or English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from site_gen.importers.cells import Cell, text

NAMES: Mapping[str, tuple[str, str]] = {
    "begin": (
        "aanvang begin begintijd start starttijd tijd_begin van vanaf",
        "begins from starts start_time time_start",
    ),
    "end": ("eind einde eindtijd tijd_eind tot tot_en_met", "end ends end_time time_end to until"),
    "times": ("tijd tijden tijdslot tijdstip", "hours time times time_slot timeslot when"),
    "day": ("dag datum", "date day"),
    "round": ("blok ronde rondenummer sessieronde", "block round round_number slot"),
    "title": (
        "activiteit naam_sessie onderdeel onderwerp programma programmaonderdeel sessie "
        "sessietitel titel titel_sessie",
        "activity session session_title subject title topic",
    ),
    "subtitle": ("ondertitel", "subtitle"),
    "summary": ("intro korte_tekst korte_beschrijving samenvatting", "abstract short summary"),
    "text": (
        "beschrijving inhoud omschrijving tekst toelichting",
        "content description details text",
    ),
    "people": (
        "begeleider begeleiders door inleider inleiders naam_spreker presentator presentatoren "
        "spreker sprekers wie workshopleider workshopleiders",
        "by facilitator facilitators presenter presenters speaker speakers who",
    ),
    "room": ("locatie plaats ruimte waar zaal zaalnaam", "location place room venue where"),
    "building": ("gebouw pand", "building"),
    "track": ("spoor thema themas", "stream theme themes track"),
    "language": ("taal voertaal", "language"),
    "kind": ("soort type_sessie vorm werkvorm", "format kind session_type type"),
    "status": ("stand", "state status"),
    "link": ("adres link url website", "web webpage"),
    "id": ("code id kenmerk nr nummer sessienummer volgnummer", "number ref session_id"),
}
"""The names that a column may have, Dutch and English, by what it holds."""
_KNOWN = {
    name.replace("_", " "): (what, english)
    for what, languages in NAMES.items()
    for english, names in enumerate(languages)
    for name in names.split()
}
_LATEST_HEADER = 25
_FEWEST = 2


class Columns(Struct, frozen=True):
    """The header of a table: its row, the column of each thing, and the columns of nothing known.

    Rows and columns count from 0.
    """

    row: int
    known: Mapping[str, int]
    unknown: Mapping[str, int]
    language: str


def find_columns(rows: Sequence[Sequence[Cell]]) -> Columns | None:
    """Return the header: the row, of the first ones, in which most names are known."""
    found = [_columns(number, row) for number, row in enumerate(rows[:_LATEST_HEADER])]
    best = max(found, key=lambda columns: len(columns.known), default=None)
    return best if best and len(best.known) >= _FEWEST and "title" in best.known else None


def _columns(number: int, row: Sequence[Cell]) -> Columns:
    known: dict[str, int] = {}
    unknown: dict[str, int] = {}
    english = 0
    for column, cell in enumerate(row):
        name = text(cell)
        what, is_english = _KNOWN.get(_plain(name), ("", 0))
        if what and what not in known:
            known[what] = column
            english += is_english
        elif name:
            unknown.setdefault(name, column)
    return Columns(number, known, unknown, "en" if english * 2 > len(known) else "nl")


def _plain(name: str) -> str:
    """Return a name in small letters, without signs or what stands in brackets after it."""
    words = re.sub(r"\([^()]*\)", " ", name.casefold())
    return " ".join(re.sub(r"['’]", "", re.sub(r"[^\w'’]+", " ", words)).split())

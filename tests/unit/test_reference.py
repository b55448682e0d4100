"""The page of fields is that of the field table, and honest about what a field does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from site_gen import fields
from site_gen.kinds import TEXT, choice
from site_gen.pipeline import check, make
from site_gen.reference import CHAPTERS, PAGE, SHAPES, WITHOUT_EFFECT, Chapter, reference
from site_gen.schema import Field, ListOf, RecordOf, RecordsOf

BASIS = Path(__file__).parents[1] / "sites" / "basis"
OF_EVENT = {field.key for field in fields.EVENT} & WITHOUT_EFFECT


def every(table: tuple[Field, ...]) -> Iterator[Field]:
    """The fields of a table and of its blocks."""
    for field in table:
        yield field
        if isinstance(field.shape, RecordOf | RecordsOf):
            yield from every(field.shape.fields)


def test_page_is_up_to_date() -> None:
    """After a change of site_gen/fields.py: python -m site_gen.reference."""
    assert PAGE.read_text("utf-8") == reference()


def test_row_says_all_that_the_table_knows() -> None:
    table = (
        Field("soort", "kind", choice("a", "b"), "De soort", "The kind", "a", required=True),
        Field("teksten", "texts", ListOf(TEXT), "Twee | drie", "Two", "[x]", translation="own"),
    )
    page = reference((Chapter("Proef", "`proef.md`", "Een proef.", table, translated=True),))
    assert page.partition("## ")[2].splitlines() == [
        "Proef",
        "",
        "Bestand: `proef.md`. Een proef.",
        "",
        "| Veld | Wat | Vorm | Voorbeeld | In een vertaling |",
        "| --- | --- | --- | --- | --- |",
        r"| `soort` \* | De soort | een van: `a`, `b` | `a` | nee |",
        r"| `teksten` | Twee \| drie | lijst: tekst | `[x]` | eigen tekst |",
    ]


def test_every_kind_of_value_that_is_described_is_used() -> None:
    page = reference()
    assert [words for words in SHAPES.values() if words not in page] == []


def test_field_without_effect_exists() -> None:
    known = {field.key for chapter in CHAPTERS for field in every(chapter.table)}
    assert WITHOUT_EFFECT - known == set()


def example(table: tuple[Field, ...], key: str) -> str:
    return next(f"{field.key}: {field.example}\n" for field in table if field.key == key)


def site(root: Path, event: str, speaker: str) -> dict[str, bytes]:
    (root / "programma" / "evenement.yaml").write_text(event, "utf-8")
    (root / "sprekers" / "anna-bos.md").write_text(f"---\n{speaker}---\n", "utf-8")
    content, problems = check(root)
    assert content is not None
    assert [found.code for found in problems] == ["missing-statement"]
    return make(content)[0]


def test_field_without_effect_has_none(tmp_path: Path) -> None:
    """When this fails a field does something by now: take it out of WITHOUT_EFFECT."""
    root = Path(shutil.copytree(BASIS, tmp_path / "site"))
    session = root / "sessies" / "welkom.md"
    session.write_text(session.read_text("utf-8").replace("titel", "zaal: A\ntitel", 1), "utf-8")
    event, speaker = (
        "titel: {nl: Kennisdag, en: Knowledge day}\ntalen: [nl, en]\n",
        "naam: Anna Bos\n",
    )
    unused = "".join(example(fields.EVENT, key) for key in sorted(OF_EVENT))
    assert site(
        root,
        event + "kenmerk: kennisdag\nzalen: [A]\n",
        speaker,
    ) == site(
        root,
        event + "kenmerk: kennisdag\nzalen: [{naam: A, gebouw: Stadhuis}]\n" + unused,
        speaker + example(fields.SPEAKER, "herkomst"),
    )

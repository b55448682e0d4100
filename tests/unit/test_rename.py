"""Another name for a file: all that refers to it follows, and all else stays byte for byte."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from site_gen import pipeline
from site_gen.problems import as_text, has_errors
from site_gen.scaffold.change import Desk, Refused
from site_gen.scaffold.disk import make
from site_gen.scaffold.rename import rename
from tests.support import REAL, basis, tells_names_apart, tree, write

EVENT = "titel: Kennisdag\nkenmerk: kennisdag\ntalen: [nl, en]\n"
SLOT = "programma/01-start.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return basis(tmp_path / "een map é")


def renamed(root: Path, old: str, new: str) -> dict[str, str]:
    """Rename and return every file that differs from before, with its text."""
    before = tree(root)
    make(root, rename(Desk.at(root), old, new)[0])
    shutil.rmtree(root / ".site-gen")
    assert not has_errors(pipeline.check(root)[1]), as_text(pipeline.check(root)[1], "nl")
    after = tree(root)
    gone = dict.fromkeys(before.keys() - after.keys(), "")
    changed = {p: data.decode() for p, data in after.items() if before.get(p) != data}
    return gone | changed


def refusal(root: Path, old: str, new: str) -> str:
    before = tree(root)
    with pytest.raises(Refused) as caught:
        rename(Desk.at(root), old, new)
    assert tree(root) == before
    return as_text(caught.value.problems, "nl")


def test_session_is_renamed_in_timeslots_changes_and_links(root: Path) -> None:
    write(
        root,
        {
            "programma/evenement.yaml": EVENT
            + "wijzigingen: [{op: 2026-03-26, tekst: Later, sessie: welkom}]\n",
            SLOT: 'begin: "10.00"\nsoort: sessies\nsessies:\n'
            '  - sessie: \'welkom\' # welkom blijft hier\n    begin: "10.05"\n  - "welkom"\n',
            "programma/paginas/over.md": "---\ntitel: welkom\n---\n"
            "[welkom](../../sessies/welkom.md#kop), [a][b] en `[c](../../sessies/welkom.md)`\n"
            "<!-- [d](../../sessies/welkom.md) -->\n\n[b]: <../../sessies/welkom.md> 'welkom'\n",
            "sessies/welkom.md": "---\ntitel: Welkom\n---\n\n## Kop\n\n"
            "[x](#kop) [y](welkom.md#kop)\n",
        },
    )
    assert renamed(root, "welkom", "start") == {
        "sessies/welkom.md": "",
        "sessies/welkom.en.md": "",
        "sessies/start.en.md": (root / "sessies/start.en.md").read_text("utf-8"),
        "sessies/start.md": "---\ntitel: Welkom\noude_adressen: [welkom]\n---\n\n## Kop\n\n"
        "[x](#kop) [y](start.md#kop)\n",
        "programma/evenement.yaml": EVENT
        + "wijzigingen: [{op: 2026-03-26, tekst: Later, sessie: start}]\n",
        SLOT: 'begin: "10.00"\nsoort: sessies\nsessies:\n'
        '  - sessie: \'start\' # welkom blijft hier\n    begin: "10.05"\n  - "start"\n',
        "programma/paginas/over.md": "---\ntitel: welkom\n---\n"
        "[welkom](../../sessies/start.md#kop), [a][b] en `[c](../../sessies/welkom.md)`\n"
        "<!-- [d](../../sessies/welkom.md) -->\n\n[b]: <../../sessies/start.md> 'welkom'\n",
    }


def test_speaker_is_renamed_in_sessions_and_links_of_every_language(root: Path) -> None:
    write(
        root,
        {
            "sessies/welkom.md": "---\ntitel: Welkom\nsprekers: [anna-bos]\n---\n"
            "[Anna](../sprekers/anna-bos.md)\n",
            "sessies/welkom.en.md": "---\ntitel: Welcome\n---\n"
            "[Anna](../sprekers/anna-bos.en.md)\n",
        },
    )
    changed = renamed(root, "sprekers/anna-bos.md", "anna-de-bos.md")
    assert changed["sessies/welkom.md"] == (
        "---\ntitel: Welkom\nsprekers: [anna-de-bos]\n---\n[Anna](../sprekers/anna-de-bos.md)\n"
    )
    assert changed["sessies/welkom.en.md"] == (
        "---\ntitel: Welcome\n---\n[Anna](../sprekers/anna-de-bos.en.md)\n"
    )
    assert "oude_adressen: [anna-bos]\n" in changed["sprekers/anna-de-bos.md"]


def test_source_is_renamed_in_sessions_links_and_anchors(root: Path) -> None:
    """Anchors that are made of its name: its own, those of its headings and of its mentions."""
    source = "---\ntitel: Gemeentewet\nsoort: wet\nbwb: BWBR0005416\n---\n\n## Kop\n"
    over = (
        "[a](bronnen.md#{0}) [b](../../sessies/welkom.md#bron-{0}--2) [c](../bronnen/{0}.md#kop)\n"
    )
    write(
        root,
        {
            "programma/bronnen/gemeentewet.md": source,
            "programma/paginas/bronnen.md": "---\ntitel: Bronnen\n---\n",
            "programma/paginas/bronnen.en.md": "---\n---\n",
            "programma/paginas/over.md": "---\ntitel: Over\n---\n" + over.format("gemeentewet"),
            "sessies/welkom.md": "---\ntitel: Welkom\nbronnen: [gemeentewet]\n---\n"
            "[w](../programma/bronnen/gemeentewet.md) [w](../programma/bronnen/gemeentewet.md)\n",
        },
    )
    changed = renamed(root, "gemeentewet", "gem-wet")
    assert changed["programma/paginas/over.md"].endswith(over.format("gem-wet"))
    assert changed["sessies/welkom.md"] == (
        "---\ntitel: Welkom\nbronnen: [gem-wet]\n---\n"
        "[w](../programma/bronnen/gem-wet.md) [w](../programma/bronnen/gem-wet.md)\n"
    )
    assert "oude_adressen: [gemeentewet]\n" in changed["programma/bronnen/gem-wet.md"]


def test_session_is_renamed_in_anchors_of_its_key_messages(root: Path) -> None:
    session = "---\ntitel: Welkom\nkernboodschappen: [{id: een, tekst: Een.}]\n---\n"
    write(
        root,
        {
            "sessies/welkom.md": session,
            "programma/paginas/kernboodschappen.md": "---\ntitel: Kern\n---\n[x](#welkom--een)\n",
            "programma/paginas/kernboodschappen.en.md": "---\n---\n",
        },
    )
    changed = renamed(root, "welkom", "start")
    assert changed["programma/paginas/kernboodschappen.md"].endswith("[x](#start--een)\n")


def test_page_is_renamed_in_links_and_in_the_menu(root: Path) -> None:
    write(
        root,
        {
            "programma/evenement.yaml": EVENT + "navigatie: [over, sessies]\n",
            "sessies/welkom.md": "---\ntitel: Welkom\n---\n[o](../programma/paginas/over.md)\n",
        },
    )
    changed = renamed(root, "over", "wat-is-dit")
    assert changed["programma/evenement.yaml"] == EVENT + "navigatie: [wat-is-dit, sessies]\n"
    assert changed["sessies/welkom.md"].endswith("[o](../programma/paginas/wat-is-dit.md)\n")
    assert "oude_adressen: [over]\n" in changed["programma/paginas/wat-is-dit.md"]


def test_timeslot_gets_another_name_and_nothing_else_changes(root: Path) -> None:
    text = (root / SLOT).read_text("utf-8")
    assert renamed(root, "01-start", "01-1000-begin.yaml") == {
        SLOT: "",
        "programma/01-1000-begin.yaml": text,
    }


def test_byte_order_mark_and_line_ends_stay(root: Path) -> None:
    text = b"\xef\xbb\xbf---\r\ntitel: Welkom\r\n# noot\r\n---\r\n\r\n[x](welkom.md)  \r\n\r\n"
    make(write(root, {"sessies/welkom.md": text}), rename(Desk.at(root), "welkom", "start")[0])
    assert (root / "sessies/start.md").read_bytes() == (
        b"\xef\xbb\xbf---\r\ntitel: Welkom\r\noude_adressen: [welkom]\r\n# noot\r\n---\r\n\r\n"
        b"[x](start.md)  \r\n\r\n"
    )


def test_back_to_the_old_name_the_other_name_is_the_old_one(root: Path) -> None:
    session = "---\ntitel: Welkom\noude_adressen:\n  - opening\n  - begin # oudst\n---\n"
    write(root, {"sessies/welkom.md": session})
    changed = renamed(root, "welkom", "opening")
    assert changed["sessies/opening.md"] == session.replace("opening", "welkom")


def test_id_in_calendars_stays_once_there_is_a_date(root: Path) -> None:
    write(root, {"programma/evenement.yaml": EVENT + "datum: 2026-03-26\n"})
    write(root, {SLOT: 'begin: "10.00"\nsoort: sessies\nsessies: [welkom, welkom]\n'})

    def ids() -> list[bytes]:
        content, _ = pipeline.check(root)
        assert content is not None
        assert content.conf.event.first_day == date(2026, 3, 26)
        files = pipeline.make(content)[0]
        return [row for row in files["programma.ics"].splitlines() if row.startswith(b"UID")]

    before = ids()
    make(root, rename(Desk.at(root), "welkom", "start")[0])
    assert ids() == before
    assert "herkomst: {guid: " in (root / "sessies/start.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["Dordt West.md", "Opening.md", "2026.md", "réunie.md"])
def test_name_that_is_none_can_be_mended(root: Path, name: str) -> None:
    write(
        root,
        {
            f"sessies/{name}": "---\ntitel: Welkom\n---\n",
            f"sessies/{name[:-3]}.en.md": "---\n---\n",
            "programma/paginas/over.md": f"---\ntitel: Over\n---\n[x](<../../sessies/{name}>)\n",
        },
    )
    make(root, rename(Desk.at(root), f"sessies/{name}", "nieuw")[0])
    assert {"sessies/nieuw.md", "sessies/nieuw.en.md"} <= tree(root).keys()
    assert "[x](<../../sessies/nieuw.md>)" in (root / "programma/paginas/over.md").read_text(
        "utf-8"
    )
    assert not has_errors(pipeline.check(root)[1])


def test_name_of_another_unicode_form_is_found(root: Path) -> None:
    if not tells_names_apart(root.parent):
        pytest.skip("this file system holds the two names for one")
    write(root, {"sessies/re\u0301unie.md": "---\ntitel: Welkom\n---\n"})
    change, _ = rename(Desk.at(root), "sessies/r\u00e9unie.md", "reunie")
    assert change.moves == {"sessies/re\u0301unie.md": "sessies/reunie.md"}


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "welkom",
            "vragen",
            "sessies/vragen.md:1:1: error[name-taken]: dit bestand bestaat al — kies een andere "
            "naam, of open dit bestand\n",
        ),
        (
            "welkom",
            "welkom",
            "sessies/welkom.md:1:1: error[name-taken]: dit bestand bestaat al — kies een andere "
            "naam, of open dit bestand\n",
        ),
        (
            "welkm",
            "start",
            "welkm:1:1: error[unknown-name]: er is geen bestand met de naam ‘welkm’ — bedoel je "
            "‘welkom’?\n",
        ),
        (
            "over",
            "nul",
            "programma/paginas/nul.md:1:1: error[reserved-slug]: de naam ‘nul’ is al in gebruik "
            "door de site zelf of door Windows — geef het bestand een andere naam\n",
        ),
        (
            "over",
            "rondes",
            "programma/paginas/rondes.md:1:1: error[reserved-slug]: de naam ‘rondes’ is al in "
            "gebruik door de site zelf of door Windows — geef het bestand een andere naam\n",
        ),
        (
            "welkom",
            "De Start",
            "sessies/De Start.md:1:1: error[malformed-file-name]: ‘De Start’ kan geen adres van "
            "een pagina zijn — noem het bestand ‘de-start’: kleine letters, cijfers en "
            "koppeltekens, met een letter vooraan\n",
        ),
        (
            "welkom",
            "sprekers/welkom",
            "sprekers/welkom:1:1: error[other-folder]: een nieuwe naam verplaatst niets naar een "
            "andere map — geef alleen de nieuwe naam, of een naam in sessies/\n",
        ),
        (
            "anna-bos",
            "anna",
            "anna-bos:1:1: error[ambiguous-name]: meer dan één bestand heet zo: "
            "sessies/anna-bos.md, sprekers/anna-bos.md — noem de map erbij, zoals "
            "sessies/anna-bos.md\n",
        ),
        (
            "anna-vos",
            "opening",
            "sprekers/opening.md:5:17: error[live-old-address]: het oude adres sprekers/opening/ "
            "is nu van sprekers/opening.md — haal het weg bij oude_adressen\n",
        ),
    ],
    ids=[
        "taken",
        "same",
        "unknown",
        "reserved",
        "path word",
        "malformed",
        "other folder",
        "ambiguous",
        "its own old path",
    ],
)
def test_what_is_not_renamed_is_explained(root: Path, old: str, new: str, line: str) -> None:
    speaker = "---\nnaam: Anna Vos\nfunctie: lid\n\noude_adressen: [sprekers/opening/]\n---\n"
    write(
        root,
        {
            "sessies/vragen.md": "---\ntitel: Vragen\n---\n",
            "sessies/anna-bos.md": "---\ntitel: Anna Bos\n---\n",
            "sprekers/anna-vos.md": speaker,
        },
    )
    assert refusal(root, old, new) == line


def test_file_that_cannot_be_read_and_may_name_it_is_mended_first(root: Path) -> None:
    write(root, {"programma/02-half.yaml": "begin: 10.00\nsessies: [welkom\n"})
    assert refusal(root, "welkom", "start") == (
        "programma/02-half.yaml:1:1: error[unread-reference]: dit bestand is niet te lezen, en "
        "noemt misschien ‘welkom’ — verhelp eerst wat er mis is met dit bestand, en hernoem dan\n"
    )
    assert renamed_paths(root, "over", "info")


def renamed_paths(root: Path, old: str, new: str) -> dict[str, str]:
    return dict(rename(Desk.at(root), old, new)[0].moves)


def test_without_a_readable_event_nothing_is_renamed(root: Path) -> None:
    write(root, {"programma/evenement.yaml": "titel: [\n"})
    assert refusal(root, "welkom", "start").startswith("programma/evenement.yaml:1:8: error[")


def test_errors_elsewhere_stay_as_they_are(root: Path) -> None:
    write(root, {"sessies/los.md": "---\ntitel: Los\nsprekers: [niemand]\n---\n[x](weg.md)\n"})
    before = [found.code for found in pipeline.check(root)[1]]
    make(root, rename(Desk.at(root), "anna-bos", "anna")[0])
    assert [found.code for found in pipeline.check(root)[1]] == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("dordt-west", "npdw"),
        ("sofie-dreef", "s-dreef"),
        ("wet-versterking-regie-volkshuisvesting", "wet-regie"),
        ("programma/paginas/over.md", "verantwoording"),
    ],
)
def test_real_site_has_the_same_problems_after_it(old: str, new: str, tmp_path: Path) -> None:
    for folder in ("programma", "sessies", "sprekers"):
        shutil.copytree(REAL / folder, tmp_path / folder)
    before = [found.code for found in pipeline.check(tmp_path)[1]]
    name = old.rpartition("/")[2].removesuffix(".md")
    mentions = sum(data.count(name.encode()) for data in tree(tmp_path).values())
    make(tmp_path, rename(Desk.at(tmp_path), old, new)[0])
    assert [found.code for found in pipeline.check(tmp_path)[1]] == before
    left = [
        data for path, data in tree(tmp_path).items() if path.startswith(("sess", "spr", "pro"))
    ]
    assert mentions > 0
    assert sum(data.count(f"/{name}.".encode()) for data in left) == 0

"""New files: what is in them, what they are called, and when they are not made."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_gen import pipeline
from site_gen.problems import as_text, has_errors
from site_gen.scaffold.change import Change, Desk, Refused
from site_gen.scaffold.disk import make
from site_gen.scaffold.records import FORMS, Request, new_record, proposed
from tests.support import BASIS, basis, tree, write

EVENT = "titel: Kennisdag\nkenmerk: kennisdag\ntalen: [nl, en]\n"
SLOT = "programma/01-start.yaml"
ENGLISH = {"en": {"titel": "Living"}}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return basis(tmp_path / "een map é")


def planned(root: Path, form: str, *, slug: str = "", slot: str = "", **answers: object) -> Change:
    request = Request(form, answers, ENGLISH, slug, slot)
    return new_record(Desk.at(root), request)[0]


def refusal(root: Path, form: str, *, slug: str = "", slot: str = "", **answers: object) -> str:
    before = tree(root)
    with pytest.raises(Refused) as caught:
        planned(root, form, slug=slug, slot=slot, **answers)
    assert tree(root) == before
    return as_text(caught.value.problems, "nl")


@pytest.mark.parametrize(
    ("form", "answers", "paths"),
    [
        ("sessie", {"titel": "Wonen: nu"}, ["sessies/wonen-nu.en.md", "sessies/wonen-nu.md"]),
        ("spreker", {"naam": "Åsa Öberg"}, ["sprekers/asa-oberg.en.md", "sprekers/asa-oberg.md"]),
        ("tijdslot", {"begin": "12.00", "soort": "lunch"}, ["programma/02-1200-lunch.yaml"]),
        (
            "bron",
            {"titel": "Woningwet", "soort": "wet", "bwb": ("BWBR0005181",)},
            ["programma/bronnen/woningwet.en.md", "programma/bronnen/woningwet.md"],
        ),
        (
            "pagina",
            {"titel": "Route"},
            ["programma/paginas/route.en.md", "programma/paginas/route.md"],
        ),
    ],
)
def test_new_file_passes_the_checks_also_strict(
    root: Path, form: str, answers: dict[str, str], paths: list[str]
) -> None:
    change = planned(root, form, **answers)
    make(root, change)
    assert sorted(change.files) == paths
    assert as_text(pipeline.check(root)[1], "nl") == ""


def test_session_is_put_into_a_timeslot_and_nothing_else_of_it_changes(root: Path) -> None:
    slot = '# ochtend\nbegin:   "10.00"   # vroeg\nsoort: sessies\nsessies:\n- welkom # eerst\n'
    write(root, {SLOT: b"\xef\xbb\xbf" + slot.replace("\n", "\r\n").encode()})
    change = planned(root, "sessie", titel="Wonen", slot="01-start")
    assert change.files[SLOT] == change.before[SLOT] + b"- wonen\r\n"
    assert change.files["sessies/wonen.md"] == b"---\ntitel: Wonen\n---\n"


@pytest.mark.parametrize("name", ["01-start", "01-start.yaml", "programma/01-start.yaml"])
def test_timeslot_is_named_by_its_file(root: Path, name: str) -> None:
    assert SLOT in planned(root, "sessie", titel="Wonen", slot=name).files


def test_session_without_a_timeslot_is_a_draft(root: Path) -> None:
    change = planned(root, "sessie", titel="Wonen")
    assert change.files["sessies/wonen.md"] == b"---\ntitel: Wonen\nstatus: concept\n---\n"


def test_translation_is_made_with_its_title_and_not_without(root: Path) -> None:
    desk = Desk.at(root)
    change, warnings = new_record(desk, Request("sessie", {"titel": "Wonen"}, {"en": {}}))
    assert list(change.files) == ["sessies/wonen.md"]
    assert [found.code for found in warnings] == ["missing-translation"]


def test_site_in_one_language_gets_no_translation(root: Path) -> None:
    for path in root.rglob("*.en.md"):
        path.unlink()
    write(root, {"programma/evenement.yaml": EVENT.replace(", en", "")})
    change, warnings = new_record(Desk.at(root), Request("sessie", {"titel": "Wonen"}))
    assert (list(change.files), warnings) == (["sessies/wonen.md"], [])


@pytest.mark.parametrize(
    "broken",
    [
        {"sessies/stuk.md": "---\ntitel: half"},
        {"programma/evenement.yaml": "titel: [\n"},
        {SLOT: 'begin: "10.00\n'},
        {"sprekers/anna-bos.md": b"---\nnaam: \xff\n---\n"},
    ],
    ids=["half a file", "event", "timeslot", "bytes"],
)
def test_errors_elsewhere_do_not_stand_in_the_way(
    root: Path, broken: dict[str, str | bytes]
) -> None:
    change = planned(write(root, broken), "sessie", titel="Wonen")
    assert "sessies/wonen.en.md" in change.files


def test_timeslot_that_cannot_be_read_takes_no_session(root: Path) -> None:
    write(root, {SLOT: 'begin: "10.00\n'})
    assert refusal(root, "sessie", titel="Wonen", slot="01-start").startswith(f"{SLOT}:1:8: error[")


def test_timeslot_without_a_list_takes_no_session(root: Path) -> None:
    write(root, {SLOT: 'begin: "10.00"\nsoort: sessies\nsessies: welkom\n'})
    assert refusal(root, "sessie", titel="Wonen", slot="01-start") == (
        "programma/01-start.yaml:1:1: error[list-expected]: bij ‘sessies’ hoort een lijst — "
        "schrijf bijvoorbeeld: sessies: [wonen]\n"
    )


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            {"titel": "Welkom"},
            "sessies/welkom.md:1:1: error[name-taken]: dit bestand bestaat al — kies een andere "
            "naam, of open dit bestand\n",
        ),
        (
            {"titel": "Wonen", "slug": "Wonen In"},
            "sessies/Wonen In.md:1:1: error[malformed-file-name]: ‘Wonen In’ kan geen adres van "
            "een pagina zijn — noem het bestand ‘wonen-in’: kleine letters, cijfers en "
            "koppeltekens, met een letter vooraan\n",
        ),
        (
            {"titel": "2026"},
            "sessies/.md:1:1: error[empty-slug]: van de bestandsnaam ‘’ blijft geen adres over — "
            "geef het bestand een naam van kleine letters, cijfers en koppeltekens, met een "
            "letter vooraan\n",
        ),
        (
            {"titel": "Index"},
            "sessies/index.md:1:1: error[reserved-slug]: de naam ‘index’ is al in gebruik door de "
            "site zelf of door Windows — geef het bestand een andere naam\n",
        ),
        (
            {"titel": "Wonen", "sprekers": ("anna-bosch",)},
            "sessies/wonen.md:3:12: error[unknown-speaker]: spreker ‘anna-bosch’ bestaat niet — "
            "bedoel je ‘anna-bos’?\n",
        ),
        (
            {"titel": "Wonen", "slot": "start"},
            "programma/start.yaml:1:1: error[unknown-slot]: het tijdslot ‘start’ bestaat niet — "
            "bedoel je ‘01-start’?\n",
        ),
    ],
    ids=["taken", "malformed", "nothing left", "reserved", "speaker", "timeslot"],
)
def test_what_is_not_made_is_explained(root: Path, arguments: dict[str, str], line: str) -> None:
    assert refusal(root, "sessie", **arguments) == line


def test_name_is_taken_whatever_its_case_and_by_a_translation_too(root: Path) -> None:
    write(root, {"sessies/Wonen.md": "---\ntitel: X\n---\n", "sessies/los.en.md": "---\n---\n"})
    assert "sessies/Wonen.md:1:1: error[name-taken]" in refusal(root, "sessie", titel="wonen")
    assert "sessies/los.en.md:1:1: error[name-taken]" in refusal(root, "sessie", titel="los")


def test_old_address_of_another_session_is_taken_too(root: Path) -> None:
    write(root, {"sessies/welkom.md": "---\ntitel: Welkom\noude_adressen: [start]\n---\n"})
    assert "error[live-old-address]" in refusal(root, "sessie", titel="Start", slot="01-start")


def test_long_title_makes_a_name_that_ends_with_a_word() -> None:
    title = "Samen groeien naar een veilig, gezond en kansrijk Dordt West, een alliantie"
    name = "samen-groeien-naar-een-veilig-gezond-en-kansrijk-dordt-west"
    assert proposed(FORMS["sessie"], {"titel": title}) == name
    assert proposed(FORMS["sessie"], {"titel": "a" * 99}) == "a" * 60


@pytest.mark.parametrize(
    ("begin", "day", "key"),
    [
        ("09.00", "", "00-0900-pauze"),
        ("10.30", "", "01-1030-pauze"),
        ("9:45", "2026-03-27", "02-0945-pauze"),
        ("12.00", "2026-03-27", "03-1200-pauze"),
    ],
)
def test_timeslot_is_named_in_the_order_of_the_others(
    root: Path, begin: str, day: str, key: str
) -> None:
    rest = "soort: pauze\n"
    write(
        root,
        {
            "programma/evenement.yaml": EVENT + "datum: 2026-03-26\n",
            "programma/02-1200-lunch.yaml": f"begin: 12.00\n{rest}",
            "programma/02-later.yaml": f"begin: 10.00\ndatum: 2026-03-27\n{rest}",
        },
    )
    change = planned(root, "tijdslot", begin=begin, soort="pauze", datum=day)
    assert list(change.files) == [f"programma/{key}.yaml"]


def test_timeslot_is_named_after_its_title_in_every_language(root: Path) -> None:
    change = planned(root, "tijdslot", begin="12.00", soort="lunch", titel="Samen eten")
    assert change.files == {
        "programma/02-1200-samen-eten.yaml": (
            b'begin: "12.00"\nsoort: lunch\ntitel:\n  nl: Samen eten\n  en: Living\n'
        )
    }


TYPED = st.text(min_size=1, max_size=40)


@given(TYPED, TYPED, st.sampled_from(sorted(FORMS)))
@settings(max_examples=60)
def test_whatever_is_typed_is_made_well_or_refused(title: str, text: str, form: str) -> None:
    desk = Desk.at(BASIS)
    answers = {
        "sessie": {"titel": title, "samenvatting": text},
        "spreker": {"naam": title, "functie": text},
        "tijdslot": {"begin": text, "soort": "lunch", "titel": title},
        "bron": {"titel": title, "soort": "wet", "url": (text,)},
        "pagina": {"titel": title},
    }
    try:
        change, problems = new_record(desk, Request(form, answers[form], {"en": {"titel": title}}))
    except Refused as refusal:
        problems = refusal.problems
        assert has_errors(problems)
    else:
        assert change.files.keys() == set(change.new)
        assert not has_errors(problems)
    as_text(problems, "nl")

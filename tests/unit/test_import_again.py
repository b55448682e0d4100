"""A second import: what the source changed comes in, what an editor changed stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from site_gen.files import FileIndex
from site_gen.importers.merging import Told, digest, merged, new_file
from site_gen.importers.plan import Plan, plan
from site_gen.importers.programme import Break, Held, Person, Programme, When
from site_gen.importers.yaml_text import Quoted, Value, field_text, value_of
from site_gen.nodes import read_yaml
from site_gen.pipeline import check_files
from site_gen.place import Place
from site_gen.problems import as_text, has_errors
from site_gen.scaffold.change import Desk, Refused

DAY = date(2026, 3, 26)
HERE = Place("bron")
ANNA = Person("1", "Anna Bos", "1")

Files = dict[str, bytes]


def held(number: str, title: str, begin: int, room: str = "Zaal 1", **more: object) -> Held:
    when = When(DAY, begin * 60, begin * 60 + 60)
    return replace(Held(HERE, title, id=number, room=room, when=when), **more)


GREEN = held("10", "Groen", 11, people=("1",), text="Over bomen.")
WATER = held("11", "Water", 11, "Zaal 2")
LATER = held("12", "Later", 13)


def told(*sessions: Held, **more: object) -> Programme:
    rooms = dict.fromkeys((each.room for each in sessions if each.room), "")
    found = Programme("schedule", "Kennisdag", "kennisdag", language="nl", rooms=rooms)
    return replace(found, held=sessions, people={"1": ANNA}, **more)


def imported(programme: Programme, files: Mapping[str, bytes] = {}) -> tuple[Files, Plan]:
    """Return the content after an import into ``files``; it has no error."""
    found = plan(Desk.of(FileIndex(Path("/nergens"), ()).after(files)), programme)
    after = {**files, **found.change.files}
    for path in found.change.gone:
        del after[path]
    _, problems = check_files(FileIndex(Path("/nergens"), ()).after(after))
    assert not has_errors(problems), as_text(problems, "nl")
    return after, found


def edited(files: Files, path: str, old: str, new: str) -> Files:
    text = files[path].decode()
    assert old in text
    return {**files, path: text.replace(old, new).encode()}


def codes(found: Plan) -> list[str]:
    return [f"{problem.place.path} {problem.code}" for problem in found.problems]


FIRST, _ = imported(told(GREEN, WATER, LATER))
GROEN, ELEVEN, ONE = "sessies/groen.md", "programma/1100.yaml", "programma/1300.yaml"


def test_the_files_of_a_first_import() -> None:
    assert sorted(FIRST) == [
        *(ELEVEN, ONE, "programma/evenement.yaml"),
        *(GROEN, "sessies/later.md", "sessies/water.md", "sprekers/anna-bos.md"),
    ]
    assert (
        FIRST[ELEVEN]
        .decode()
        .startswith(
            'begin: "11.00"\neind: "12.00"\nsoort: sessies\nsessies: [groen, water]\nherkomst:\n'
        )
    )
    assert (
        FIRST["programma/evenement.yaml"]
        .decode()
        .startswith(
            "titel: Kennisdag\nkenmerk: kennisdag\ntalen: [nl]\ndatum: 2026-03-26\n"
            "zalen: [Zaal 1, Zaal 2]\n"
        )
    )


def test_the_same_again_changes_nothing() -> None:
    files, found = imported(told(GREEN, WATER, LATER), FIRST)
    assert (files, codes(found)) == (FIRST, [])


def test_what_the_source_changed_comes_in() -> None:
    after, found = imported(
        told(replace(GREEN, title="Groener", text="Over gras."), WATER, LATER), FIRST
    )
    text = after[GROEN].decode()
    assert "titel: Groener\n" in text
    assert text.endswith("---\nOver gras.\n")
    assert (list(found.change.files), codes(found)) == ([GROEN], [])


def test_what_an_editor_changed_stays_with_comments_and_order() -> None:
    files = edited(
        FIRST,
        GROEN,
        "titel: Groen\n",
        "# let op\nsamenvatting: Kort.\ntitel: 'Veel groen'  # mooi\n",
    )
    after, found = imported(told(replace(GREEN, subtitle="Nieuw"), WATER, LATER), files)
    assert (
        after[GROEN]
        .decode()
        .startswith(
            "---\n# let op\nsamenvatting: Kort.\ntitel: 'Veel groen'  # mooi\n"
            "sprekers: [anna-bos]\n"
        )
    )
    assert "ondertitel: Nieuw\n" in after[GROEN].decode()
    assert codes(found) == []


def test_what_both_changed_is_named_and_not_written_over() -> None:
    files = edited(FIRST, GROEN, "titel: Groen", "titel: Veel groen")
    source = told(replace(GREEN, title="Weinig groen"), WATER, LATER)
    after, found = imported(source, files)
    assert (after, codes(found)) == (files, [f"{GROEN} import-conflict"])
    (problem,) = found.problems
    assert (problem.place.line, dict(problem.values)) == (
        2,
        {"key": "titel", "value": "Weinig groen"},
    )
    _, again = imported(source, after)
    assert codes(again) == codes(found), "it is told until they agree"
    agreed, last = imported(source, edited(after, GROEN, "Veel groen", "Weinig groen"))
    assert codes(last) == []
    assert imported(source, agreed)[1].change.files == {}


def test_a_text_that_both_changed_is_a_conflict_too() -> None:
    files = edited(FIRST, GROEN, "Over bomen.", "Over struiken.")
    after, found = imported(told(replace(GREEN, text="Over gras."), WATER, LATER), files)
    assert (after[GROEN], codes(found)) == (files[GROEN], [f"{GROEN} import-conflict"])


def test_what_the_source_no_longer_says_goes_unless_an_editor_changed_it() -> None:
    named = replace(GREEN, subtitle="Onder", track="Wonen")
    files, _ = imported(told(named, WATER))
    files = edited(files, GROEN, "ondertitel: Onder", "ondertitel: Boven")
    after, found = imported(told(GREEN, WATER), files)
    assert "themas" not in after[GROEN].decode()
    assert "ondertitel: Boven" in after[GROEN].decode()
    assert codes(found) == [f"{GROEN} import-conflict"]


def test_a_session_that_the_source_moves_is_moved_with_what_is_said_of_it() -> None:
    files = edited(
        FIRST,
        ELEVEN,
        "sessies: [groen, water]",
        "sessies:\n  - sessie: groen\n    status: vol\n  - water",
    )
    moved = replace(GREEN, when=When(DAY, 13 * 60, 14 * 60))
    after, found = imported(told(WATER, LATER, moved), files)
    assert "sessies: [water]" in after[ELEVEN].decode()
    assert "sessies: [later, groen]" in after[ONE].decode()
    assert codes(found) == []


def test_a_new_end_keeps_what_an_editor_says_of_the_session() -> None:
    files = edited(
        FIRST,
        ELEVEN,
        "sessies: [groen, water]",
        "sessies:\n  - sessie: groen\n    status: vol\n  - water",
    )
    shorter = replace(GREEN, when=When(DAY, 11 * 60, 11 * 60 + 30))
    after, _ = imported(told(shorter, WATER, LATER), files)
    assert (
        '  - sessie: groen\n    eind: "11.30"\n    status: vol\n  - water\n'
        in after[ELEVEN].decode()
    )


def test_a_session_that_an_editor_moved_stays_there() -> None:
    files = edited(FIRST, ELEVEN, "[groen, water]", "[water]")
    files = edited(files, ONE, "[later]", "[later, groen]")
    after, found = imported(told(GREEN, WATER, LATER), files)
    assert (after, codes(found)) == (files, [])
    moved = replace(GREEN, when=When(DAY, 15 * 60, 16 * 60))
    after, found = imported(told(moved, WATER, LATER), files)
    assert "sessies: [later, groen]" in after[ONE].decode()
    assert codes(found) == [f"{GROEN} import-moved"]


def test_a_slot_goes_when_its_last_session_moves_unless_somebody_wrote_in_it() -> None:
    moved = replace(LATER, when=When(DAY, 15 * 60, 16 * 60))
    after, found = imported(told(GREEN, WATER, moved), FIRST)
    assert found.change.gone == (ONE,)
    assert "programma/1500.yaml" in after
    touched = edited(FIRST, ONE, "soort: sessies", "soort: sessies\ntitel: Na de lunch")
    after, found = imported(told(GREEN, WATER, moved), touched)
    assert found.change.gone == ()
    assert "sessies" not in after[ONE].decode().replace("soort: sessies", "")


def test_what_is_no_longer_in_the_source_is_named_and_stays() -> None:
    after, found = imported(told(GREEN), FIRST)
    assert codes(found) == ["sessies/later.md import-gone", "sessies/water.md import-gone"]
    assert "sessies/water.md" in after
    assert "[groen, water]" in after[ELEVEN].decode()


def test_a_file_that_is_renamed_is_still_known() -> None:
    files = dict(FIRST)
    files["sessies/bomen.md"] = files.pop(GROEN)
    files = edited(files, ELEVEN, "[groen, water]", "[bomen, water]")
    after, found = imported(told(replace(GREEN, subtitle="Nieuw"), WATER, LATER), files)
    assert list(found.change.files) == ["sessies/bomen.md"]
    assert GROEN not in after


def test_a_slot_file_that_is_renamed_is_still_known() -> None:
    files = dict(FIRST)
    files["programma/04-ochtend.yaml"] = files.pop(ELEVEN)
    assert imported(told(GREEN, WATER, LATER), files)[1].change.files == {}


def test_rooms_are_added_and_never_taken_away() -> None:
    files = edited(
        FIRST,
        "programma/evenement.yaml",
        "[Zaal 1, Zaal 2]",
        "[{naam: Zaal 1, gebouw: Stadhuis}, Tuin]",
    )
    files = edited(files, "sessies/water.md", "zaal: Zaal 2", "zaal: Tuin")
    after, found = imported(told(GREEN, WATER, replace(LATER, room="Zaal 3")), files)
    assert (
        "zalen:\n  - naam: Zaal 1\n    gebouw: Stadhuis\n  - Tuin\n  - Zaal 2\n  - Zaal 3\n"
        in after["programma/evenement.yaml"].decode()
    )
    assert codes(found) == []


def test_the_name_of_the_event_and_its_languages_are_the_editors() -> None:
    files = edited(
        FIRST,
        "programma/evenement.yaml",
        "kenmerk: kennisdag\ntalen: [nl]",
        "kenmerk: dag-2026\ntalen: [nl, en]",
    )
    after, _ = imported(told(GREEN, WATER, LATER), files)
    assert "kenmerk: dag-2026\ntalen: [nl, en]\n" in after["programma/evenement.yaml"].decode()


# What is there already


OWN = {
    "programma/evenement.yaml": b"titel: Onze dag\nkenmerk: onze-dag\ntalen: [nl]\n"
    b"zalen: [Zaal 1]\n",
    "sessies/groen.md": b"---\ntitel: Groen\nsamenvatting: Zelf geschreven.\n---\nOnze tekst.\n",
    "sessies/water.md": b"---\ntitel: Iets anders\n---\n",
    "sprekers/anna-bos.md": b"---\nnaam: Anna Bos\nfunctie: wethouder\n---\n",
    "programma/01.yaml": b'begin: "9.00"\neind: "9.30"\nsoort: sessies\nsessies: [water]\n',
}


def test_a_file_with_the_same_title_is_adopted_and_another_is_left_alone() -> None:
    after, found = imported(told(GREEN, WATER), OWN)
    assert after["sessies/water.md"] == OWN["sessies/water.md"]
    assert after["sessies/water-2.md"].decode().startswith("---\ntitel: Water\n")
    text = after[GROEN].decode()
    assert text.startswith(
        "---\ntitel: Groen\nsamenvatting: Zelf geschreven.\nsprekers: [anna-bos]\n"
    )
    assert text.endswith("---\nOnze tekst.\n")
    assert "functie: wethouder" in after["sprekers/anna-bos.md"].decode()
    assert codes(found) == ["programma/evenement.yaml import-conflict", f"{GROEN} import-conflict"]


def test_content_that_cannot_be_read_is_left_alone() -> None:
    files = {**FIRST, GROEN: b"---\ntitel: [\n---\n"}
    with pytest.raises(Refused) as refusal:
        plan(Desk.of(FileIndex(Path("/nergens"), ()).after(files)), told(GREEN))
    assert {problem.place.path for problem in refusal.value.problems} == {GROEN}


# Clashes


def test_titles_that_repeat_get_names_of_their_own_that_last() -> None:
    first = [held(str(n), "Vragen!", 11 + n, text=f"Deel {n}") for n in range(3)]
    files, _ = imported(told(*first))
    assert sorted(path for path in files if path.startswith("sessies/")) == [
        *("sessies/vragen-2.md", "sessies/vragen-3.md", "sessies/vragen.md"),
    ]
    assert imported(told(*reversed(first)), files)[1].change.files == {}


def test_what_has_no_id_is_known_by_its_name_and_order() -> None:
    first = [held("", "Vragen", 11 + n, text=f"Deel {n}") for n in range(3)]
    files, _ = imported(told(*first))
    assert imported(told(*first), files)[1].change.files == {}


def test_the_same_session_again_is_one_session_of_two_times() -> None:
    files, found = imported(
        told(GREEN, replace(GREEN, id="99", room="Zaal 2", when=When(DAY, 900, 960)))
    )
    assert found.entries == 2
    assert [path for path in files if path.startswith("sessies/")] == [GROEN]
    assert "zaal" not in files[GROEN].decode()
    assert "  - sessie: groen\n    zaal: Zaal 2\n" in files["programma/1500.yaml"].decode()


def test_an_event_that_the_source_has_no_title_for_keeps_the_one_it_got() -> None:
    nameless = replace(told(GREEN), title="", id="")
    first, found = imported(nameless)
    assert "programma/evenement.yaml import-untitled" in codes(found)
    assert first["programma/evenement.yaml"].startswith(b"titel: congres\nkenmerk: congres\n")
    again, found = imported(nameless, first)
    assert (again, codes(found)) == (first, [])
    named = edited(first, "programma/evenement.yaml", "titel: congres", "titel: Kennisdag")
    assert imported(nameless, named)[0] == named


def test_the_same_session_twice_at_once_is_kept() -> None:
    files, found = imported(told(GREEN, replace(GREEN, id="99", room="Zaal 2")))
    assert found.entries == 2
    assert files[ELEVEN].decode().count("sessie: groen") == 2
    again = told(GREEN, replace(GREEN, id="99", room="Zaal 2"))
    assert imported(again, files)[1].change.files == {}


def test_ids_that_two_have_are_of_neither() -> None:
    guid = "0b6ce3b4-92b5-4f5c-8a41-0d6f7f3a9a51"
    files, _ = imported(told(replace(GREEN, guid=guid), replace(WATER, id="10", guid=guid)))
    assert files["sessies/groen.md"].decode().count(guid) == 1
    assert guid not in files["sessies/water.md"].decode()


@pytest.mark.parametrize("title", ["", "…", "日本語", "123", "con", "index", "a" * 300, "CON"])
def test_any_title_gives_a_name(title: str) -> None:
    files, _ = imported(
        told(held("7", title or "–", 11), held("8", title or "–", 11, "Zaal 2", text="x"))
    )
    assert len([path for path in files if path.startswith("sessies/")]) == 2


# Times


def test_rounds_breaks_and_nights() -> None:
    programme = told(
        replace(GREEN, round=1),
        replace(WATER, round=1, when=When(DAY, 675, 735)),
        held("12", "Nachtfilm", 23, when=When(DAY, 1380, 1470)),
        held("13", "Sterren", 0, when=When(date(2026, 3, 27), 60, 90)),
        held("14", "Opening", 9, kind="plenair"),
        breaks=(Break(HERE, "Lunch", "lunch", When(DAY, 735, 780)),),
    )
    files, found = imported(programme)
    slots = {
        p: d.decode().partition("herkomst")[0] for p, d in files.items() if p.endswith(".yaml")
    }
    del slots["programma/evenement.yaml"]
    assert slots == {
        "programma/0900.yaml": 'begin: "09.00"\neind: "10.00"\nsoort: plenair\n'
        "sessies: [opening]\n",
        "programma/1100-ronde-1.yaml": 'begin: "11.00"\neind: "12.15"\nsoort: ronde\nronde: 1\n'
        'sessies:\n  - sessie: groen\n    eind: "12.00"\n  - sessie: water\n    begin: "11.15"\n',
        "programma/1215-lunch.yaml": 'begin: "12.15"\neind: "13.00"\nsoort: lunch\ntitel: Lunch\n',
        "programma/2300.yaml": 'begin: "23.00"\neind: "00.30"\neind_dag: 1\nsoort: sessies\n'
        "sessies: [nachtfilm]\n",
        "programma/0100.yaml": 'begin: "01.00"\neind: "01.30"\nsoort: sessies\n'
        "sessies: [sterren]\n",
    }
    assert codes(found) == []
    later = replace(
        programme,
        held=tuple(
            replace(h, when=replace(h.when, begin=h.when.begin + 30)) if h.round else h
            for h in programme.held
        ),
    )
    after, found = imported(later, files)
    assert 'begin: "11.30"' in after["programma/1100-ronde-1.yaml"].decode()
    moved = ["programma/1100-ronde-1.yaml", "sessies/water.md"]  # which has a time of its own
    assert sorted(found.change.files) == moved
    assert codes(found) == []


@pytest.mark.parametrize(
    ("when", "code"),
    [
        (When(date(2026, 3, 29), 150, 210), "import-clock"),
        (When(date(2026, 3, 28), 1380, 1440 + 150), "import-clock"),
        (When(DAY, 600, 600 + 3000), "import-long"),
        (When(date(2026, 6, 1), 600, 660), "import-day-outside"),
    ],
)
def test_a_time_that_a_slot_cannot_have_is_named(when: When, code: str) -> None:
    _, found = imported(told(GREEN, replace(LATER, when=when)))
    assert [problem.code for problem in found.problems] == [code]


def test_without_dates_there_is_a_programme_without_dates() -> None:
    files, found = imported(told(replace(GREEN, when=When(None, 660, 720))))
    assert "datum" not in files["programma/evenement.yaml"].decode()
    assert codes(found) == []


# The parts


ITEMS = st.text("ab:,é#'", min_size=1, max_size=5).map(lambda t: " ".join(t.split()) or "x")
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.text("ab:#'\"-[]{}, .é\n1", max_size=12).map(lambda t: " ".join(t.split()) or "x"),
    st.lists(ITEMS, min_size=1, max_size=3).map(tuple),
    st.lists(st.fixed_dictionaries({"a": ITEMS, "b": ITEMS}), min_size=1, max_size=2).map(tuple),
    st.dictionaries(st.sampled_from(["nl", "en"]), ITEMS, min_size=1),
)


@given(st.dictionaries(st.sampled_from(["titel", "sprekers", "themas"]), VALUES, min_size=1))
def test_what_is_written_is_what_is_read(fields: dict[str, Value]) -> None:
    text = "".join(f"{field_text(key, value)}\n" for key, value in fields.items())
    mapping, problems = read_yaml("x.yaml", text.encode())
    assert problems == []
    assert mapping is not None
    assert {key.text: value_of(node) for key, node in mapping.items} == fields


def test_a_time_is_the_same_however_it_is_written() -> None:
    assert len({digest(Quoted("09.30")), digest("9:30"), digest("9.30")}) == 1
    assert digest("9.30") != digest("9.31")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_keeps_its_line_ends_and_its_mark(newline: str) -> None:
    old = new_file(Told({"titel": "Een"}, {"bron": "x"}, "Tekst.")).decode().replace("\n", newline)
    told = Told({"titel": "Twee", "taal": "nl"}, {"bron": "x"}, "Meer.\n\nTekst.")
    data, problems = merged("sessies/x.md", b"\xef\xbb\xbf" + old.encode(), told)
    assert data.startswith(b"\xef\xbb\xbf---")
    text = data.decode("utf-8-sig")
    assert text.count("\n") == text.count(newline)
    assert "titel: Twee" in text
    assert text.endswith(f"Meer.{newline}{newline}Tekst.{newline}")
    assert problems == []


def test_fields_on_one_line_are_written_anew() -> None:
    told = Told({"titel": "Twee"}, {"bron": "x"}, "")
    data, _ = merged("sessies/x.md", b"---\n{samenvatting: Kort}\n---\n", told)
    assert data.decode().startswith("---\nsamenvatting: Kort\ntitel: Twee\nherkomst:\n")

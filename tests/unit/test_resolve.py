"""Records to the Conference: times, references and translations brought together."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_gen import pipeline
from site_gen.drafts import published
from site_gen.schedule import DAY, rounds, timetable
from tests.support import basis, write

EVENT = "titel: {nl: Proef, en: Trial}\nkenmerk: proef\ntalen: [nl, en]\n"
SLOT = "programma/01-start.yaml"


@pytest.fixture
def site(tmp_path):
    """Return a function that lays files over the smallest site and gives its conference."""

    def conference(files, *, codes=()):
        root = tmp_path / "site"
        if not root.exists():
            basis(root)
        content, problems = pipeline.check(write(root, files))
        assert {found.code for found in problems} <= {
            *codes,
            "missing-translation",
            "missing-statement",
        }
        return content.conf

    return conference


def slots(conf):
    return [slot for day in conf.days for slot in day.slots]


def test_entry_takes_from_the_slot_and_then_from_the_session(site):
    conf = site(
        {
            "programma/evenement.yaml": EVENT + "zalen: [Zaal 1, Zaal 2]\n",
            "sessies/welkom.md": "---\ntitel: Welkom\nzaal: Zaal 1\nstatus: vol\n---\n",
            SLOT: "begin: 10.00\neind: 11.00\nsoort: sessies\nsessies:\n"
            "  - welkom\n  - {sessie: welkom, begin: 10.15, zaal: Zaal 2, status: gepland}\n",
        }
    )
    first, second = (entry for _, _, entry in timetable(conf).held(conf.sessions["welkom"]))
    assert (first.begin, first.end, first.room.name, first.status) == (600, 660, "Zaal 1", "vol")
    assert (second.begin, second.end, second.room.name) == (615, 660, "Zaal 2")
    assert (second.status, first.number, second.number) == ("gepland", 1, 2)


def test_slot_past_midnight_belongs_to_its_evening(site):
    conf = site(
        {
            "programma/evenement.yaml": EVENT + "datum: 2026-05-01\n",
            SLOT: "begin: 23.00\neind: 01.30\neind_dag: 1\nsoort: sessies\n"
            "sessies: [{sessie: welkom, begin: 00.30}]\n",
            "programma/02-later.yaml": "datum: 2026-05-02\nbegin: 02.00\neind: 03.00\n"
            "soort: pauze\n",
        }
    )
    night, later = slots(conf)
    assert [day.date for day in conf.days] == [datetime.date(2026, 5, 1)]
    assert (night.begin, night.end, night.entries[0].begin) == (1380, 1530, DAY + 30)
    assert later.begin == DAY + 120


def test_days_are_numbered_by_date_whatever_the_files_are_called(site):
    conf = site(
        {
            "programma/evenement.yaml": EVENT + "datum: 2026-05-01\n",
            SLOT: "datum: 2026-05-03\nbegin: 10.00\nsoort: ronde\nronde: 1\nsessies: [welkom]\n",
            "programma/09-eerst.yaml": "begin: 10.00\nsoort: ronde\nronde: 1\n",
        }
    )
    assert [(day.number, day.date.day) for day in conf.days] == [(1, 1), (2, 3)]
    assert [(day.number, number) for day, _, number in rounds(conf)] == [(1, 1), (2, 1)]


CLOCK = st.integers(0, DAY - 1).map(lambda minute: (minute, f"{minute // 60:02}.{minute % 60:02}"))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CLOCK, CLOCK, st.booleans())
def test_times_of_a_slot_are_those_typed(site, begin, end, next_day):
    """A slot is read as typed, or its end is told to be wrong: nothing in between."""
    text = f"begin: {begin[1]}\neind: {end[1]}\nsoort: pauze\n" + "eind_dag: 1\n" * next_day
    conf = site(
        {"programma/09-tijd.yaml": text}, codes={"end-not-after-begin", "end-after-midnight"}
    )
    offset = DAY if begin[0] < 4 * 60 else 0
    finish = end[0] + DAY * next_day
    found = [(slot.begin, slot.end) for slot in slots(conf) if slot.key == "09-tijd"]
    assert found == ([(begin[0] + offset, finish + offset)] if finish > begin[0] else [])


def test_translation_falls_back_field_by_field(site):
    conf = site(
        {
            "sessies/welkom.md": "---\ntitel: Welkom\nsamenvatting: Kort\nkernboodschappen:\n"
            "  - {id: een, tekst: Eerst}\n  - {id: twee, tekst: Dan}\n---\nTekst.\n",
            "sessies/welkom.en.md": "---\ntitel: Welcome\nkernboodschappen:\n"
            "  - {id: twee, tekst: Then}\n---\n",
        }
    )
    session = conf.sessions["welkom"]
    texts = [session.title, session.summary, *(m.text for m in session.key_messages)]
    assert [(text.of("en").text, text.of("en").lang) for text in texts] == [
        ("Welcome", "en"),
        ("Kort", "nl"),
        ("Eerst", "nl"),
        ("Then", "en"),
    ]
    assert session.body.of("en").lang == "nl"


def test_draft_is_checked_and_not_published(site):
    conf = site(
        {
            "sessies/welkom.md": "---\ntitel: Welkom\nstatus: concept\n---\n",
            SLOT: "begin: 10.00\nsoort: sessies\nsessies: [welkom]\n",
        }
    )
    assert list(conf.sessions) == ["welkom"]
    assert (list(published(conf).sessions), slots(published(conf))[0].entries) == ([], ())


@pytest.mark.parametrize("name", ["../assets/img/anna.svg", "assets/img/anna.svg", "img/anna.svg"])
def test_a_photo_is_named_as_in_a_link_or_by_its_path_in_assets(name, site):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    text = f"---\nnaam: Anna Bos\nfoto: {{bestand: {name}, alt: Anna}}\n---\n"
    files = {"sprekers/anna-bos.md": text, "assets/img/anna.svg": svg}
    conf = site(files, codes={"missing-consent"})
    assert conf.speakers["anna-bos"].photo.asset == "assets/img/anna.svg"


def test_the_nearest_file_is_that_of_the_language_of_the_text(tmp_path):
    link = "---\ntitel: Over\n---\nZie [wat](../../sessies/welkon.md).\n"
    texts = {"programma/paginas/over.md": link, "programma/paginas/over.en.md": link}
    _, problems = pipeline.check(write(basis(tmp_path / "site"), texts))
    assert {
        p.place.path: dict(p.values)["nearest"] for p in problems if p.code == "broken-link"
    } == {
        "programma/paginas/over.md": "../../sessies/welkom.md",
        "programma/paginas/over.en.md": "../../sessies/welkom.en.md",
    }

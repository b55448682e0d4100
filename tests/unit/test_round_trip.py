"""In, out and in again: what is imported, built, exported and imported is the same once more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import support
from hypothesis import given, settings
from hypothesis import strategies as st

from site_gen import pipeline
from site_gen.assets import publish
from site_gen.exports import schedules
from site_gen.files import FileIndex
from site_gen.importers.plan import Plan, plan
from site_gen.importers.programme import Held, Person, Programme, When
from site_gen.importers.reading import read_data
from site_gen.place import Place
from site_gen.problems import as_text, has_errors
from site_gen.scaffold.change import Desk

# Programmes of others, which stay beside the project, and how often there is a session in how many
# rooms. A small one of ours is always there.
SHARED = next((d for p in Path(__file__).parents if (d := p / "shared" / "inputs").is_dir()), None)
OURS = support.INPUTS / "frab.xml"
THEIRS = {"31c3.xml": (138, 4), "fosdem_2021.xml": (773, 108)}
INPUTS = [
    pytest.param(OURS, id=OURS.name),
    *(
        pytest.param(
            SHARED / name if SHARED else None,
            id=name,
            marks=pytest.mark.skipif(not SHARED, reason=f"no shared/inputs/{name} here"),
        )
        for name in THEIRS
    ),
]
NOWHERE = Path("/nowhere")
LONG_WORD = re.compile(r"[^\W_]{3,}")


def imported(programme: Programme | None, files: Mapping[str, bytes] = {}) -> Plan:
    """Plan an import into content that is held in memory."""
    assert programme is not None
    return plan(Desk.of(FileIndex(NOWHERE, ()).after(files)), programme)


def built(files: Mapping[str, bytes], address: str = "") -> dict[str, bytes]:
    """Build the schedules of content, which has no error."""
    content, problems = pipeline.check_files(FileIndex(NOWHERE, ()).after(files))
    assert not has_errors(problems), as_text(problems, "en")
    assert content is not None
    return schedules(pipeline._site(content, publish(content.assets, content.pictures), address))


@cache
def journey(path: Path) -> tuple[Plan, Mapping[str, bytes]]:
    """Return what an import of a file comes to, and the schedules of its site."""
    found = imported(read_data(path.name, path.read_bytes())[0])
    return found, built(found.change.files)


def again(files: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """Return what an import of our own export makes of nothing."""
    programme, problems = read_data(name, files[name])
    assert problems == []
    return dict(imported(programme).change.files)


@pytest.mark.parametrize("path", INPUTS)
def test_import_build_export_import_gives_the_same_content(path: Path) -> None:
    first, files = journey(path)
    for name in ("schedule.xml", "schedule.json"):
        assert again(files, name) == first.change.files, name


def test_a_public_address_changes_nothing_of_it() -> None:
    first, _ = journey(OURS)
    files = built(first.change.files, "https://oevers.example.nl/2026/")
    assert again(files, "schedule.xml") == first.change.files


def test_our_own_export_into_the_same_content_changes_nothing() -> None:
    first, files = journey(OURS)
    programme, _ = read_data("schedule.xml", files["schedule.xml"])
    assert imported(programme, first.change.files).change.files == {}


def told(data: bytes) -> dict[str, Counter[str]]:
    """Return what a schedule.xml tells, read without us: counts of names, times and words.

    What is held again, the same in all that is said of it, is said once.
    """
    root = ET.fromstring(data)  # noqa: S314 - a test may trust its inputs
    events = list(root.iter("event"))
    texts = {(e.findtext("title"), said(e)) for e in events}
    return {
        "people": Counter({p.get("id") or p.text for p in root.iter("person")}),
        "rooms": Counter({e.findtext("room") for e in events}),
        "held": Counter(
            (
                " ".join(e.findtext("title", "").split()),
                e.findtext("start"),
                length(e),
                e.findtext("room"),
            )
            for e in events
        ),
        "words": Counter(word for _, held in texts for text in held for word in words(text)),
    }


def said(event: ET.Element) -> frozenset[str]:
    """Return what is said of an event: real programmes have one text in both places."""
    return frozenset(event.findtext(tag) or "" for tag in ("abstract", "description"))


def length(event: ET.Element) -> str:
    return event.findtext("duration", "")[:5]


def words(text: str) -> list[str]:
    """Return the words of a text, without its tags."""
    return LONG_WORD.findall(unescape(unescape(re.sub(r"<[^<>]*>", " ", text))))


@pytest.mark.parametrize("path", INPUTS)
def test_nothing_is_lost_on_the_way(path: Path) -> None:
    source, (plan, files) = told(path.read_bytes()), journey(path)
    shown = told(files["schedule.xml"])
    assert shown["held"] == source["held"]
    assert shown["rooms"] == source["rooms"]
    assert len(shown["people"]) == plan.counts["speaker"].new == len(source["people"])
    assert plan.entries == source["held"].total()
    assert (plan.entries, plan.rooms) == THEIRS.get(path.name, (plan.entries, plan.rooms))
    sessions = [d for p, d in plan.change.files.items() if p.startswith("sessies/")]
    kept = Counter(LONG_WORD.findall(unescape(b"\n".join(sessions).decode().replace("\\", ""))))
    assert {word: n for word, n in source["words"].items() if n > kept[word]} == {}


# Any programme

DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 1))
LINES = st.text("Ab é&<>'\"#:*_,.–1[]{}@%!-ß", min_size=1, max_size=25).filter(str.strip)
TEXTS = st.text("ab \n*_`#>-1.<&[]()éß", max_size=60)
ROOMS = ("", "Zaal 1", "Zaal: 2", "'t Loo")
NUMBERS = st.one_of(st.just(""), st.integers(1, 10**6).map(str))
PEOPLE = st.lists(
    st.builds(
        lambda name, number: Person(number or name, " ".join(name.split()), number), LINES, NUMBERS
    ),
    max_size=4,
    unique_by=lambda person: person.key,
)


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    """Draw a programme as a schedule can tell it."""
    first, people = draw(DAYS), {person.key: person for person in draw(PEOPLE)}
    begins = st.integers(60, 285).map(lambda n: n * 5)
    held = []
    for n in range(draw(st.integers(1, 6))):
        begin = draw(begins)
        on = first + timedelta(days=draw(st.integers(0, 3)))
        held.append(
            Held(
                Place("x", n + 1),
                title=" ".join(draw(LINES).split()),
                id=draw(NUMBERS),
                guid=draw(st.just("") | st.uuids().map(str)),
                subtitle=" ".join(draw(st.just("") | LINES).split()),
                abstract=draw(TEXTS),
                text=draw(TEXTS),
                kind=draw(st.sampled_from(["", "workshop", "plenair", "lezing"])),
                track=draw(st.sampled_from(["", "Wonen", "Water & wet"])),
                language=draw(st.sampled_from(["", "nl", "en", "pt-BR"])),
                status=draw(st.sampled_from(["", "", "vervallen", "vol"])),
                room=draw(st.sampled_from(ROOMS)),
                when=When(on, begin, begin + draw(st.integers(1, 100)) * 5),
                people=tuple(
                    draw(st.lists(st.sampled_from(sorted(people)), max_size=2, unique=True))
                )
                if people
                else (),
                links=draw(
                    st.sampled_from([(), (("Meer: weten", "https://a.example.nl/?b=1&c"),)])
                ),
            )
        )
    columns = {name: n for n, name in enumerate(ROOMS)}
    held.sort(key=lambda each: columns[each.room] or 9)
    return Programme(
        source="schedule",
        title=" ".join(draw(LINES).split()),
        id=draw(st.sampled_from(["", "dagen-2026", "dag_1"])),
        language="en",
        rooms=dict.fromkeys(dict.fromkeys(each.room for each in held if each.room), ""),
        people={key: people[key] for each in held for key in each.people},
        held=tuple(held),
    )


@settings(max_examples=60)
@given(programmes())
def test_any_programme_comes_back_the_same(programme: Programme) -> None:
    first = imported(programme)
    files = built(first.change.files)
    assert again(files, "schedule.xml") == first.change.files
    assert again(files, "schedule.json") == first.change.files
    held = told(files["schedule.xml"])["held"]
    assert held.total() == len(programme.held) == first.entries

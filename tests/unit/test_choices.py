"""What my programme chooses from, per language."""

import json
from posixpath import normpath

from tests.support import REAL, SEVERAL_DAYS, basis, made, write


def programme(root, lang="nl"):
    (data,) = (
        d for path, d in made(root).items() if path.startswith(f"assets/data/programma.{lang}.")
    )
    return json.loads(data.removeprefix(b"site.programme=").removesuffix(b";\n"))


def slots(root, lang="nl"):
    return [slot for day in programme(root, lang)["days"] for slot in day["slots"]]


def test_every_part_of_the_day_is_there_with_its_sessions():
    found = slots(REAL)
    assert len(found) == 12
    assert sum(len(slot.get("entries", [])) for slot in found) == 19
    assert [slot["round"] for slot in found if slot.get("choice")] == [1, 2, 3]
    assert [slot["title"] for slot in found if slot.get("only")] == [
        "Plenaire start: welkom en samenwerken met het Rijk",
        "Rijnlands organiseren",
        "Wrap-up",
    ]


def test_links_are_those_of_the_page():
    for root in (REAL, SEVERAL_DAYS):
        for lang, page in (("nl", "mijn-programma"), ("en", "en/my-programme")):
            for slot in slots(root, lang):
                for item in [slot, *slot.get("entries", [])]:
                    path = item["href"].partition("#")[0]
                    assert normpath(f"{page}/{path}") in made(root)


def test_without_a_date_there_are_no_moments():
    assert "stamp" not in programme(REAL)
    assert not any("starts" in slot for slot in slots(REAL))


def test_moments_are_in_utc_on_either_side_of_the_change_of_clocks():
    ends = {slot["title"]: (slot["starts"], slot.get("ends")) for slot in slots(SEVERAL_DAYS)}
    assert ends["Lunch"] == ("20261023T100000Z", "20261023T113000Z")
    assert ends["In de nacht"] == ("20261023T210000Z", "20261023T233000Z")
    assert ends["Slotwoord"] == ("20261025T150000Z", None)


def test_what_is_different_about_an_entry_is_said_and_in_which_language():
    entries = [e for slot in slots(SEVERAL_DAYS, "en") for e in slot.get("entries", [])]
    moved = next(e for e in entries if e.get("status") == "verplaatst")
    assert (moved["label"], moved["moved"], moved["where"]) == (
        "Moved",
        "Round 2, Kapel",
        "Round 2, Kapel",
    )
    assert {e["slug"] for e in entries if e.get("lang") == "nl"} == {"dijk-en-dorp"}


def test_old_slugs_are_known_and_drafts_are_not():
    assert programme(SEVERAL_DAYS)["old"] == {"recht-en-water": "water-en-wet"}
    assert "proeftuin" not in json.dumps(programme(SEVERAL_DAYS))


def test_text_is_text_whatever_it_holds(tmp_path):
    title = "</script> \u2028 & een"
    files = {"sessies/welkom.md": f"---\ntitel: {json.dumps(title)}\nsprekers: [anna-bos]\n---\n"}
    (entry,) = slots(write(basis(tmp_path / "site"), files))[0]["entries"]
    assert entry["title"] == title

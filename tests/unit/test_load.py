"""Folders to records: which file is what, and in which language."""

from site_gen.files import scan
from site_gen.load import load, main_language
from site_gen.problems import as_text
from tests.support import basis, write


def loaded(tmp_path, files):
    index, problems = scan(write(basis(tmp_path / "site"), files))
    raw, found = load(index)
    return raw, as_text(problems + found, "nl")


def test_versions_of_a_record_stand_main_language_first(tmp_path):
    raw, printed = loaded(tmp_path, {})
    assert printed == ""
    assert [v.path for v in raw.documents["session"]["welkom"].versions] == [
        "sessies/welkom.md",
        "sessies/welkom.en.md",
    ]
    assert [slot.key for slot in raw.slots] == ["01-start"]


def test_unreadable_record_is_known_to_be_there(tmp_path):
    raw, printed = loaded(tmp_path, {"sessies/stuk.md": "geen front matter\n"})
    assert raw.unread["session"] == {"stuk"}
    assert printed.startswith("sessies/stuk.md:1:1: error[no-front-matter]: ")


def test_translation_without_its_original_is_told(tmp_path):
    _, printed = loaded(tmp_path, {"sessies/los.en.md": "---\ntitel: Alone\n---\n"})
    assert printed == (
        "sessies/los.en.md:1:1: error[orphan-translation]: dit is een vertaling, maar het "
        "origineel ontbreekt — maak los.md ernaast, of hernoem dit bestand\n"
    )


def test_main_language_is_found_whatever_else_is_wrong():
    assert main_language(b"talen: [en, nl]\nonzin: 1\n") == "en"
    assert main_language(b"talen: [\n") == "nl"

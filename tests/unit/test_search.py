"""The texts in which words are found, per language."""

import json
import re

import pytest

from site_gen import pipeline
from tests.support import BASIS, REAL, SEVERAL_DAYS, basis, made, write


def texts(root, lang="nl"):
    data = made(root)["teksten.js" if lang == "nl" else f"{lang}/teksten.js"]
    return json.loads(data.removeprefix(b"site.texts=").removesuffix(b";\n"))


def words(text):
    return set(re.findall(r"\w+", text))


def test_a_session_is_found_by_all_that_is_told_about_it():
    assert texts(SEVERAL_DAYS)["dijk-en-dorp"] == [
        "Dijk en dorp",
        "Wonen achter de dijk",
        "Wat een dijk betekent voor wie erachter woont.",
        "Noor van Dam, dijkgraaf, waterschap",
        "themagroep Wonen",
        "waterschap",
        "gemeente Zutphen",
        "Een dijk ophogen lukt alleen samen met wie erachter woont.",
        "Wonen",
        "Water",
        "Dossier water",
        "Wie achter een dijk woont, kijkt er anders naar.",
        "Van wie is de dijk?",
        "Zie ook water en wet en de foto.",
    ]


def test_a_text_without_translation_names_its_language():
    found = texts(SEVERAL_DAYS, "en")["dijk-en-dorp"]
    assert found[0] == ["Dijk en dorp", "nl"]
    assert found[3] == "Noor van Dam, dike warden, water board"
    assert texts(SEVERAL_DAYS, "en")["opening"][0] == "Opening"


def test_every_session_in_the_programme_is_there_and_no_other():
    assert len(texts(REAL)) == 19
    assert texts(SEVERAL_DAYS).keys() == texts(SEVERAL_DAYS, "en").keys()
    assert "proeftuin" not in texts(SEVERAL_DAYS)


def test_a_session_held_twice_is_there_once():
    assert json.dumps(texts(SEVERAL_DAYS)).count("De wet helpt wie op tijd begint.") == 1


@pytest.mark.parametrize("root", [REAL, SEVERAL_DAYS], ids=["real", "several days"])
def test_every_word_of_every_title_is_there(root):
    content, _ = pipeline.check(root)
    for lang in content.conf.event.languages:
        for slug, found in texts(root, lang).items():
            title = content.conf.sessions[slug].title.of(lang).text
            assert words(title) <= words(json.dumps(found, ensure_ascii=False))


def test_a_body_without_words_adds_nothing(tmp_path):
    welcome = "---\ntitel: Welkom\n---\n\n***\n"
    files = {"sessies/welkom.md": welcome, "sessies/welkom.en.md": "---\ntitel: Welcome\n---\n"}
    root = write(basis(tmp_path / "site"), files)
    assert texts(root)["welkom"] == ["Welkom"]
    assert texts(root, "en")["welkom"] == ["Welcome"]


def test_the_same_body_names_its_language_where_that_is_not_the_one_of_the_page(tmp_path):
    """Bodies are kept by what they are: also by their language, and that of who looks for words."""
    body = "---\ntitel: Intro\n---\n\nInformatie.\n"
    slot = (BASIS / "programma/01-start.yaml").read_text().replace("[welkom]", "[welkom, intro]")
    files = {"sessies/welkom.md": body, "sessies/welkom.en.md": body, "sessies/intro.md": body}
    root = write(basis(tmp_path / "site"), {**files, "programma/01-start.yaml": slot})
    dutch, english = texts(root), texts(root, "en")
    assert dutch["welkom"] == dutch["intro"] == english["welkom"] == ["Intro", "Informatie."]
    assert english["intro"] == [["Intro", "nl"], ["Informatie.", "nl"]]

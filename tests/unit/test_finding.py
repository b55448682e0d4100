"""What sessions on a page can be found by."""

import pytest

from tests.support import BASIS, REAL, SEVERAL_DAYS, basis, pages, write


def options(page):
    """Return the values of each filter on a page, by its name."""
    found, name = {}, ""
    for element in page.all("select", "option"):
        if element.tag == "select":
            name = element.attributes["name"]
        else:
            found.setdefault(name, []).append(element.attributes["value"])
    return found


def facets(page):
    """Return what each session on a page is found by."""
    return {
        element.attributes["data-session"]: element.attributes["data-facets"]
        for element in page.elements
        if "data-facets" in element.attributes
    }


def test_the_real_site_has_rounds_and_kinds_to_filter_by():
    for path, names in {
        "index.html": ["ronde", "soort"],
        "sessies/index.html": ["ronde", "soort"],
        "en/index.html": ["round", "type"],
    }.items():
        found = options(pages(REAL)[path])
        assert list(found) == names
        assert found[names[0]] == ["", "1", "2", "3"]


def test_filters_are_those_of_the_sessions_on_the_page():
    """What there is only one of is no filter: a round, a theme, a language."""
    assert options(pages(SEVERAL_DAYS)["sessies/index.html"]) == {
        "ronde": ["", "1", "2"],
        "thema": ["", "Bestuur", "Water", "Wonen"],
        "soort": [
            *("", "lezing", "paneldiscussie", "plenair"),
            *("rondleiding", "sessie", "wandeling", "workshop"),
        ],
    }
    assert list(options(pages(SEVERAL_DAYS)["dagen/2026-10-24/index.html"])) == ["ronde", "soort"]
    assert options(pages(BASIS)["index.html"]) == {}


def test_a_session_tells_what_it_is_found_by_in_the_words_of_the_address():
    home = facets(pages(SEVERAL_DAYS)["index.html"])
    assert home["dijk-en-dorp"] == "ronde:1 thema:Wonen thema:Water soort:lezing taal:nl"
    assert home["opening"] == "soort:plenair"
    english = facets(pages(SEVERAL_DAYS)["en/index.html"])
    assert english["dijk-en-dorp"] == "round:1 theme:Wonen theme:Water type:lezing language:nl"


def test_themes_that_look_alike_stay_apart(tmp_path):
    session = "---\ntitel: {0}\nthemas: [{0}]\n---\n"
    names = {"een": "C", "twee": "C++", "drie": "C en meer"}
    slot = 'begin: "12.00"\nsoort: sessies\nsessies: [een, twee, drie]\n'
    files = {f"sessies/{slug}.md": session.format(name) for slug, name in names.items()}
    root = write(basis(tmp_path / "site"), {**files, "programma/09.yaml": slot})
    page = pages(root)["index.html"]
    assert options(page)["thema"] == ["", "C", "C_en_meer", "C++"]
    assert facets(page)["drie"] == "thema:C_en_meer soort:sessie"


@pytest.mark.parametrize("root", [REAL, SEVERAL_DAYS], ids=["real", "several days"])
def test_every_choice_finds_a_session(root):
    for page in pages(root).values():
        said = {facet for some in facets(page).values() for facet in some.split(" ")}
        for name, values in options(page).items():
            assert {f"{name}:{value}" for value in values if value} <= said


def test_no_other_page_has_the_form_or_what_it_needs():
    with_form = {path for path, page in pages(REAL).items() if "site-find" in page.ids}
    assert sorted(with_form) == [
        "en/index.html",
        "en/sessions/index.html",
        "index.html",
        "sessies/index.html",
    ]
    assert {path for path, page in pages(REAL).items() if facets(page)} == with_form


def test_a_page_of_one_day_leads_to_all_days():
    def elsewhere(path):
        page = pages(SEVERAL_DAYS)[path]
        return [
            e.attributes["href"]
            for e in page.all("a")
            if e.attributes.get("class") == "find-elsewhere"
        ]

    assert elsewhere("dagen/2026-10-24/index.html") == ["../../sessies/index.html"]
    assert elsewhere("sessies/index.html") == []

"""Pages that would come out as they did: what they saw is all that they depend on."""

import re

import image_files as make
import pytest

from site_gen import pipeline, render
from site_gen.exports import with_texts, without_texts
from site_gen.files import scan
from site_gen.furniture import packaged
from site_gen.making import Making
from site_gen.output import standing
from site_gen.plan import plan
from site_gen.store import Store, digest
from tests.support import BASIS, SEVERAL_DAYS, basis, tree, write

PROJECT = packaged()

READ = Store()
SENTENCE = "\n\nEen zin die er nog niet stond.\n"


def site_of(index):
    """Return the site of these files, as a preview has it."""
    content, problems = pipeline.check_files(index, store=READ)
    assert content is not None, problems
    return pipeline.furnish(content, drafts=True)


def edited(index):
    """Return every content file that holds a text, with a sentence more, by its path."""
    return {
        path: index.read(path)[0] + SENTENCE.encode()
        for path, text in site_of(index).texts.items()
        if text != digest("")
    }


def contexts(site):
    """Return of every page what its template sees, and what it saw itself."""
    return {page.path: page.make() for page in plan(site)}


@pytest.mark.parametrize("root", [BASIS, SEVERAL_DAYS, PROJECT], ids=lambda root: root.name)
def test_a_page_is_another_only_where_what_it_saw_is(root):
    """For each text of the site in turn, and for the stylesheet."""
    index, _ = scan(root)
    before = site_of(index)
    was = contexts(before)
    edits = edited(index)
    edits["assets/css/site.css"] = b"body { color: black }\n"
    for path, data in edits.items():
        after = site_of(index.after({path: data}))
        assert after.outline == before.outline or path.startswith("assets")
        now = contexts(after)
        assert now.keys() == was.keys()
        others = {page for page in now if now[page][0] != was[page][0]}
        assert others, path
        for page in others:
            seen = was[page][1]
            assert any(before.fact(name) != after.fact(name) for name in seen), (path, page)


@pytest.mark.parametrize("root", [SEVERAL_DAYS, PROJECT], ids=lambda root: root.name)
def test_what_is_kept_by_the_outline_shows_no_text(root):
    index, _ = scan(root)
    texts = edited(index)
    found = []
    for site in (site_of(index), site_of(index.after(texts))):
        templates = {path: index.read(path)[0] for path in index.under("templates")}
        files = Making(site, templates).complete()[0]
        files |= (
            without_texts(site)
            | with_texts(site)
            | {asset.path: asset.data for asset in site.assets.values()}
        )
        found.append({p: d for p, d in files.items() if p.endswith((".ics", "sitemap.xml"))})
        found[-1] |= {p: d for p, d in files.items() if "/programma." in p}
    assert found[0] == found[1] != {}


def rendered(monkeypatch):
    """Return a list that gets the path of each page that is rendered from now on."""
    paths = []
    fill = render._filled

    def noted(environment, name, context):
        paths.append(context.frame.canonical or name)
        return fill(environment, name, context)

    monkeypatch.setattr(render, "_filled", noted)
    return paths


def test_only_the_pages_of_an_edit_are_rendered(tmp_path, monkeypatch):
    root, out, store = basis(tmp_path / "root"), tmp_path / "out", Store()
    paths = rendered(monkeypatch)

    def build():
        paths.clear()
        pipeline.build(root, out, "https://voorbeeld.nl/", store=store)
        return sorted(path.removeprefix("https://voorbeeld.nl/") for path in paths)

    everything = build()
    assert len(everything) > 10
    assert build() == []
    write(root, {"sprekers/anna-bos.md": (root / "sprekers/anna-bos.md").read_text() + SENTENCE})
    assert build() == ["en/speakers/anna-bos/", "sprekers/anna-bos/"]
    title = (root / "sessies/welkom.md").read_text().replace("titel: Welkom", "titel: Ontvangst")
    write(root, {"sessies/welkom.md": title})
    touched = build()
    assert "sessies/welkom/" in touched
    assert "offline/" not in touched
    assert "offline/" in everything


def test_a_text_changes_its_own_pages_and_what_holds_all_texts():
    """No page with the form to search does, for the texts have a name that stays."""
    index, _ = scan(SEVERAL_DAYS)
    edit = {OPENING: index.read(OPENING)[0] + SENTENCE.encode()}
    before, after = (
        pipeline.make(pipeline.check_files(each, store=READ)[0], "https://voorbeeld.nl/dag/")[0]
        for each in (index, index.after(edit))
    )
    assert before.keys() == after.keys()
    assert {path for path in after if after[path] != before[path]} == {
        *("sessies/opening/index.html", "teksten.js", "schedule.xml", "schedule.json"),
        *("sw.js", "SHA256SUMS"),
    }


def test_a_page_that_somebody_altered_is_put_back(tmp_path, monkeypatch):
    root, out, store = basis(tmp_path / "root"), tmp_path / "out", Store()
    pipeline.build(root, out, store=store)
    whole = tree(out)
    (out / "sessies/index.html").write_text("x")
    (out / "sprekers/index.html").unlink()
    paths = rendered(monkeypatch)
    pipeline.build(root, out, store=store)
    assert (paths, tree(out)) == ([], whole)


def test_without_the_last_build_pages_are_in_the_store(tmp_path, monkeypatch):
    root, folder = basis(tmp_path / "root"), tmp_path / "state"
    for out in ("one", "other"):
        store = Store(folder, b"o" * 16)
        paths = rendered(monkeypatch)
        pipeline.build(root, tmp_path / out, store=store)
        store.save()
    assert (paths, tree(tmp_path / "one")) == ([], tree(tmp_path / "other"))


def test_a_folder_without_a_build_has_no_page(tmp_path):
    last = standing(tmp_path)
    assert last("index.html") is None
    (tmp_path / "index.html").mkdir()
    assert last("index.html") is None


OPENING, EVENT, PLAN = (
    "sessies/opening.md",
    "programma/evenement.yaml",
    "assets/img/plattegrond.png",
)


def other_zone(index):
    """Return the same moments by the clocks of London."""
    slots = [path for path in index.under("programma", ".yaml") if path != EVENT]
    hour = re.compile(rb"((?:begin|eind): \"?)(\d\d)\.")
    files = {
        path: hour.sub(lambda m: m[1] + b"%02d." % ((int(m[2]) - 1) % 24), index.read(path)[0])
        for path in slots
    }
    return files | {EVENT: index.read(EVENT)[0].replace(b"Amsterdam", b"London")}


def test_what_is_kept_is_what_would_be_made():
    """Where a file that a text leads to changes, a zone, an address, a heading, two contents."""
    index, _ = scan(SEVERAL_DAYS)
    opening, other = index.read(OPENING)[0], index.read("sessies/grondwater.md")[0]
    linked = opening + b"\n\n## Kaart\n\nZie de [kaart](../assets/img/plattegrond.png).\n"
    edits = [
        {OPENING: linked},
        {OPENING: linked, PLAN: make.png(20)},
        {OPENING: linked, PLAN: make.png(30)},
        {OPENING: linked.replace(b"## Kaart", b"## Kaart {#kaart}")},
        {OPENING: linked.replace(b"../assets/img/plattegrond.png", b"https://voorbeeld.nl/")},
        {OPENING: other, "sessies/grondwater.md": opening},
        other_zone(index),
        {EVENT: index.read(EVENT)[0].replace(b"Zutphen", b"Deventer")},
        {},
    ]
    store, shown = Store(), {}
    for address in ("", "https://voorbeeld.nl/dag/"):
        for files in edits:
            content, problems = pipeline.check_files(index.after(files), store=store)
            assert content is not None, problems
            kept, _, _ = pipeline.make(content, address, store=store, last=shown.get)
            clean, _, _ = pipeline.make(pipeline.check_files(index.after(files))[0], address)
            assert kept == clean, files.keys()
            shown = kept


def test_many_edits_later_a_title_still_touches_few_pages(tmp_path, monkeypatch):
    """Packs are put together after some edits, and what is known of pages is among what stays."""
    root, out = basis(tmp_path / "root"), tmp_path / "out"
    paths = rendered(monkeypatch)

    def build():
        paths.clear()
        store = Store(tmp_path / "store", b"o" * 16)
        pipeline.build(root, out, store=store)
        store.save()
        return len(paths)

    every, speaker, session = build(), root / "sprekers/anna-bos.md", root / "sessies/welkom.md"
    for number in range(9):
        speaker.write_text(f"{speaker.read_text()}\nZin {number}.\n")
        assert 0 < build() < 4
        assert build() == 0
    session.write_text(session.read_text().replace("titel: Welkom", "titel: Ontvangst"))
    assert build() < every / 2


def test_the_list_for_search_engines_follows_what_a_page_is(tmp_path):
    """An address that leads on is not listed, and is once a session stands there."""
    root, out, store = basis(tmp_path / "root"), tmp_path / "out", Store()
    text = (root / "sessies/welkom.md").read_text("utf-8")
    moved = text.replace("---\n", "---\noude_adressen: [begin]\n", 1)
    listed = []
    for files in (
        {"sessies/welkom.md": moved},
        {"sessies/welkom.md": text, "sessies/begin.md": text},
    ):
        write(root, files)
        built, problems = pipeline.build(root, out, "https://voorbeeld.nl/", store=store)
        assert built, problems
        listed.append(b"nl/sessies/begin/" in (out / "sitemap.xml").read_bytes())
    assert listed == [False, True]


def test_what_begins_at_one_time_may_end_at_several(tmp_path):
    """What is made once of a stretch of time is that of its end too."""
    slot = 'begin: "10.00"\neind: "10.45"\nsoort: sessies\nsessies:\n  - welkom\n'
    slot += '  - {sessie: los, eind: "10.30"}\n'
    root = write(basis(tmp_path / "site"), {"programma/01-start.yaml": slot})
    write(root, {"sessies/los.md": "---\ntitel: Los\n---\n"})
    content, _ = pipeline.check(root)
    files, *_ = pipeline.make(content)
    for slug, end in (("welkom", "10.45"), ("los", "10.30")):
        assert end in files[f"sessies/{slug}/index.html"].decode().partition("</header>")[0]

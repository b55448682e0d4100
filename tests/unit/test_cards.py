"""Images for who shares a link: which page has which, what stands on it, and that it fits."""

import hashlib
import io
import subprocess
import sys
from functools import cache

import pytest
import support
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image

from site_gen import pipeline
from site_gen.exports import drawing
from site_gen.exports.drawing import INNER, SIZES, drawn
from site_gen.exports.lettering import Face, LettersMissingError
from site_gen.problems import as_text
from site_gen.store import Store
from site_gen.views.sharing import Writing

ADDRESS = "https://example.nl/dag/"
FONTS = support.REAL / "assets/css/fonts"
SERIF, SANS = ((FONTS / f"{name}.woff2").read_bytes() for name in ("serif", "sans"))
LONG = "Hoe gemeenten met het Rijk werken aan woningen voor wie er nu geen vindt"
SESSION = Writing("Kennisdag", "Één ‘geïnd’ – Vertrouwen", ("10.00 – 10.45 uur", "Zaal 1"), (2,))
EVENT = "titel: {nl: Kennisdag, en: Knowledge day}\nkenmerk: kennisdag\ntalen: [nl, en]\n"
EVENT += "plaats: Zutphen\nkaarten: ja\n"
ROUND = "begin: 11.00\neind: 12.00\nsoort: ronde\nronde: 2\nsessies: [dijk]\n"
FILES = {
    "programma/evenement.yaml": EVENT,
    "programma/02-ronde.yaml": ROUND,
    "sessies/dijk.md": "---\ntitel: Dijk en dorp\n---\n",
    "sessies/dijk.en.md": "---\ntitel: Dyke and village\n---\n",
}


def site(folder, files=FILES):
    return support.write(support.basis(folder), files)


def made(root, address=ADDRESS):
    content, problems = pipeline.check(root)
    assert content is not None, problems
    return pipeline.make(content, address)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    found, _, problems = made(site(tmp_path_factory.mktemp("cards") / "site"))
    assert problems == []
    return found


def meta(data):
    """Return what a page says of its image: name or property, and content."""
    page = support.read_page(data)
    said = [(e.attributes.get("property"), e.attributes.get("name"), e) for e in page.all("meta")]
    return {
        prop or name: " ".join(e.attributes["content"].split())
        for prop, name, e in said
        if (prop or name or "").startswith(("og:image", "twitter:"))
    }


def test_a_session_has_an_image_of_its_own_in_each_language(files):
    nl, en = (meta(files[f"{path}/dijk/index.html"]) for path in ("sessies", "en/sessions"))
    assert (nl["og:image:alt"], en["og:image:alt"]) == (
        "Dijk en dorp. 11.00 – 12.00 uur. Zutphen",
        "Dyke and village. 11:00 – 12:00. Zutphen",
    )
    assert nl["og:image"] != en["og:image"]
    assert nl["twitter:card"] == "summary_large_image"


def test_every_other_page_has_that_of_the_event(files):
    others = {
        meta(data).get("og:image:alt")
        for path, data in files.items()
        if path.endswith(".html") and "/sess" not in f"/{path}" and path != "404.html"
    }
    assert others == {"Kennisdag. Zutphen", "Knowledge day. Zutphen"}


def test_every_image_that_is_named_is_there_and_of_the_size_that_is_said(files):
    named = {
        (said["og:image"], int(said["og:image:width"]), int(said["og:image:height"]))
        for path, data in files.items()
        if path.endswith(".html") and (said := meta(data))
    }
    there = {
        (ADDRESS + path, *Image.open(io.BytesIO(data)).size)
        for path, data in files.items()
        if path.startswith("assets/cards/")
    }
    assert named == there
    assert {(width, height) for _, width, height in there} == {(1200, 630)}
    assert len(there) == 6


def test_what_machines_are_told_names_the_image_too(tmp_path):
    dated = FILES | {"programma/evenement.yaml": EVENT + "datum: 2026-05-01\n"}
    found, _, _ = made(site(tmp_path / "site", dated))
    for path in ("index.html", "rondes/2/index.html", "sessies/dijk/index.html"):
        assert f'"image":"{meta(found[path])["og:image"]}"'.encode() in found[path]


def test_not_asked_for_or_without_an_address_there_is_none(tmp_path):
    plain = {"programma/evenement.yaml": EVENT.replace("kaarten: ja", "kaarten: nee")}
    for root, address in (
        (site(tmp_path / "asked"), ""),
        (site(tmp_path / "not", FILES | plain), ADDRESS),
    ):
        found, _, _ = made(root, address)
        assert meta(found["sessies/dijk/index.html"]) == {}
        assert [path for path in found if "cards" in path] == []


@pytest.mark.parametrize(("address", "code"), [(ADDRESS, 3), ("", 0)])
def test_the_library_is_needed_only_where_an_image_is_made(tmp_path, address, code):
    root = site(tmp_path / "site")
    without = "import sys; sys.modules['PIL'] = None; from site_gen.cli import main; main()"
    options = ["build", "--root", root, "--out", tmp_path / "out", "-q"]
    options += ["--adres", address] if address else []
    command = [sys.executable, "-c", without, *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = "programma/evenement.yaml:5:10: error[missing-library]: hiervoor is pillow nodig"
    assert (done.returncode, done.stdout.startswith(said)) == (code, code == 3)


def test_letters_that_the_font_has_not_are_named_and_the_image_of_the_event_stands_in(tmp_path):
    odd = {"sessies/dijk.md": "---\ntitel: Dijk 👋 łąka\n---\n"}
    found, _, problems = made(site(tmp_path / "site", FILES | odd))
    assert as_text(problems, "nl") == (
        "sessies/dijk.md:1:1: warning[card-letters]: het lettertype van de kaarten heeft geen "
        "👋łą; deze pagina krijgt geen eigen kaart — schrijf de titel zonder dit teken, of vervang "
        "assets/css/fonts/ door een lettertype dat het wel heeft\n"
    )
    pages = (found[path] for path in ("sessies/dijk/index.html", "index.html"))
    assert len({meta(page)["og:image"] for page in pages}) == 1


def test_a_font_that_is_none_is_an_error(tmp_path):
    root = site(tmp_path / "site", FILES | {"assets/css/fonts/serif.woff2": "geen lettertype"})
    built, problems = pipeline.build(root, tmp_path / "out", ADDRESS)
    errors = [(p.place.path, p.code) for p in problems if p.severity == "error"]
    assert (built, errors) == (None, [("assets/css/fonts/serif.woff2", "card-font")])


def test_an_image_is_drawn_once_and_by_two_processes_alike(tmp_path):
    more = {f"sessies/s{n}.md": f"---\ntitel: Sessie {n}\n---\n" for n in range(4)}
    root, store = site(tmp_path / "site", FILES | more), Store()
    content, _ = pipeline.check(root)
    first, _, _ = pipeline.make(content, ADDRESS, store=store, processes=2)
    again, _, _ = pipeline.make(content, ADDRESS, store=store)
    images = [path for path in first if path.startswith("assets/cards/")]
    assert len(images) == 14
    assert all(first[path] is again[path] for path in images)
    assert first == made(root)[0]


# The drawing


@cache
def face(size):
    return Face(SERIF, size)


def rows(writing):
    """Return the image as rows of pixels, without the noise of its compression."""
    image = Image.open(io.BytesIO(drawn(writing, SERIF, SANS))).convert("L")
    return [image.crop((0, y, image.width, y + 1)).getextrema() for y in range(image.height)]


def test_the_same_bytes_on_every_machine_with_this_pillow():
    """Renew the hash with a new Pillow in the lock, when the image still looks right."""
    digest = hashlib.sha256(drawn(SESSION, SERIF, SANS)).hexdigest()
    assert digest == "103ce773af4d7ad5bfd90426a347b55054d68a3365dcf25e21448543cf5fe69b"


def test_number_of_strokes_is_that_of_the_round():
    for number in range(1, 8):
        image = Image.open(io.BytesIO(drawn(replace(SESSION, rounds=(number,)), SERIF, SANS)))
        column = [sum(image.getpixel((1190, y))) for y in range(112, 260)]
        dark = [value < 400 for value in column]
        strokes = sum(now and not before for before, now in zip([False, *dark], dark, strict=False))
        assert strokes == (number - 1) % 6 + 1


TEXTS = st.text("aeéiïjkmnrtvwAVW-’ ", max_size=220).filter(str.strip)


@given(TEXTS, st.sampled_from(SIZES))
def test_lines_are_no_wider_than_they_may_be_and_lose_nothing(text, size):
    lines = face(size).lines(text, INNER)
    assert all(face(size).width(line) <= INNER for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "title",
    [
        "Wonen",
        LONG,
        f"{LONG}, {LONG.lower()}",
        "Volkshuisvestingsbeleid" * 5,
        "W" * 300,
        "é " * 150,
    ],
)
@pytest.mark.parametrize("rounds", [(), (1,), (6,)])
@pytest.mark.parametrize("event", ["", "Kennisdag"])
def test_a_title_stays_clear_of_the_facts_and_the_edges(title, rounds, event):
    image = Image.open(io.BytesIO(drawn(Writing(event, title, ("A", "B"), rounds), SERIF, SANS)))
    below, right = image.crop((0, 466, 1200, 484)), image.crop((1200 - 60, 300, 1200, 630))
    for part in (below.convert("L"), right.convert("L")):
        lightest, darkest = part.getextrema()[1], part.getextrema()[0]
        assert lightest - darkest < 16  # nothing but paper, and what compression leaves on it


def test_a_title_that_never_fits_ends_in_an_ellipsis():
    small = face(SIZES[-1])
    lines = drawing._lines(small, f"{LONG} " * 8, 200)
    assert len(lines) == drawing._rows(small, 200)
    assert lines[-1].endswith("…")
    assert small.width(lines[-1]) <= INNER


def test_letters_that_are_missing_are_named_once():
    with pytest.raises(LettersMissingError) as caught:
        drawn(replace(SESSION, title="Łódź Łąka"), SERIF, SANS)
    assert caught.value.letters == "Łźą"

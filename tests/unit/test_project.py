"""The project that is previewed: with its drafts in the browser, as ``build`` makes it on disk."""

import pytest
import support
from msgspec.structs import replace
from support import tree, write

from site_gen import pipeline
from site_gen.editors import STATE
from site_gen.furniture import FURNITURE, packaged
from site_gen.serve.outcome import Request, Superseded
from site_gen.serve.project import Project, internal
from site_gen.twins import MARKER
from tests.unit.image_files import png

DRAFT = {
    "sessies/plan.md": "---\ntitel: Plan\nstatus: concept\n---\n",
    "sessies/plan.en.md": "---\ntitel: Plan\n---\n",
}
WRONG = "---\ntitel: Welkom\nsprekers: [niemand]\n---\n"
ANY = Request(frozenset(), lambda _outcome: None, lambda: False)
LOOSE = {"sessies/los.md": "---\ntitel: Los\n---\n", "sessies/los.en.md": "---\n---\n"}


@pytest.fixture
def root(tmp_path):
    return support.basis(tmp_path / "site")


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def codes(outcome):
    return [problem.code for problem in outcome.problems]


def kept(folder):
    return {path: data for path, data in tree(folder).items() if path != MARKER}


def test_drafts_are_shown_and_not_written(root, out, tmp_path):
    project = Project(write(root, DRAFT), out)
    outcome = project.build(ANY)
    assert "sessies/plan/index.html" in outcome.files
    assert project.keep(outcome, ANY) == outcome
    built, _ = pipeline.build(root, tmp_path / "clean")
    assert built is not None
    assert kept(out) == kept(tmp_path / "clean")
    assert not (out / "sessies" / "plan").exists()


def test_images_to_share_are_written_and_not_shown(root, out, tmp_path):
    event = (root / "programma/evenement.yaml").read_text("utf-8")
    write(root, {"programma/evenement.yaml": event + "kaarten: ja\n"})
    project = Project(root, out, "https://voorbeeld.nl/")
    outcome = project.build(ANY)
    project.keep(outcome, ANY)
    pipeline.build(root, tmp_path / "clean", "https://voorbeeld.nl/")
    assert (out / "assets" / "cards").is_dir()
    assert kept(out) == kept(tmp_path / "clean")
    assert not [path for path in outcome.files if "cards" in path]


def test_an_index_of_the_texts_is_written_and_not_shown(root, out, tmp_path):
    """It takes seconds to make; in the preview words are found in the texts themselves."""
    event = (root / "programma/evenement.yaml").read_text("utf-8")
    write(root, {"programma/evenement.yaml": event + "zoeken: pagefind\n"})
    project = Project(root, out)
    outcome = project.build(ANY)
    assert "teksten.js" in outcome.files
    assert not [path for path in outcome.files if path.startswith("pagefind")]
    assert project.keep(outcome, ANY) == outcome
    pipeline.build(root, tmp_path / "clean")
    assert list(out.glob("pagefind.*/pagefind.js"))
    assert kept(out) == kept(tmp_path / "clean")


def test_a_photo_that_changes_before_it_is_held_stops_the_build(root, out, monkeypatch):
    """What names it has its old hash: nothing is shown or written without it."""
    photo = root / "assets/img/foto.png"
    write(root, {"assets/img/foto.png": png(4)})
    project = Project(root, out)
    project.keep(project.build(ANY), ANY)
    whole = tree(out)
    photo.write_bytes(png(5))

    def furnish(*arguments, **named):
        photo.write_bytes(png(6))
        return pipeline.furnish(*arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr("site_gen.serve.project.furnish", furnish)
        outcome = project.build(ANY)
    assert outcome.stopped
    assert [(each.place.path, each.code) for each in outcome.problems] == [
        ("assets/img/foto.png", "file-changed")
    ]
    assert project.keep(outcome, ANY) == outcome
    assert tree(out) == whole
    project.keep(project.build(ANY), ANY)
    assert png(6) in tree(out).values()


def test_without_drafts_what_is_shown_is_written(root, out):
    project = Project(root, out)
    outcome = project.build(ANY)
    project.keep(outcome, ANY)
    assert kept(out) == outcome.files


def test_editors_know_a_name_as_soon_as_it_is_saved(root, out):
    (root / ".vscode").mkdir()
    project = Project(root, out)
    project.keep(project.build(ANY), ANY)
    write(root, LOOSE)
    project.keep(project.build(ANY), ANY)
    assert '"los"' in (root / STATE / "tijdslot.schema.json").read_text("utf-8")


def test_error_is_shown_with_its_source_and_nothing_is_written(root, out):
    project = Project(write(root, {"sessies/welkom.md": WRONG}), out)
    outcome = project.build(ANY)
    assert (outcome.files, codes(outcome)) == ({}, ["unknown-speaker"])
    assert [line.mark for line in outcome.faults[0].excerpt.lines] == ["", "niemand", ""]
    assert project.keep(outcome, ANY) == outcome
    assert not out.exists()


def test_fault_of_a_template_is_shown_with_its_source(root, out):
    write(root, {"templates/pages/text.html": "<p>\n{{ page.titel }}\n"})
    (fault,) = Project(root, out).build(ANY).faults
    assert fault.problem.code == "template-unknown-name"
    assert [line.before for line in fault.excerpt.lines][:1] == ["<p>"]


def test_warning_stops_only_when_strict(root, out):
    write(root, LOOSE)
    shown = [Project(root, out, strict=strict).build(ANY) for strict in (False, True)]
    assert [codes(outcome) for outcome in shown] == [["unscheduled-session"]] * 2
    assert [outcome.stopped for outcome in shown] == [False, True]


def test_output_that_is_in_the_way_is_told_over_the_new_pages(root, out):
    """Fault 54."""
    write(out, {"foto.jpg": "van iemand anders"})
    project = Project(root, out)
    outcome = project.keep(project.build(ANY), ANY)
    assert codes(outcome) == ["output-foreign"]
    assert outcome.files
    assert kept(out) == {"foto.jpg": b"van iemand anders"}


@pytest.mark.parametrize("error", [SystemExit(3), RecursionError("te diep"), ZeroDivisionError()])
def test_error_of_the_program_itself_is_a_problem(root, out, error):
    """Fault 69."""
    reported = []

    def progress(_done, _total):
        raise error

    project = Project(root, out, progress=progress, report=reported.append)
    outcome = project.build(ANY)
    assert (outcome.stopped, codes(outcome), reported) == (True, ["internal-error"], [error])


def test_error_of_the_program_while_writing_is_a_problem(root, out):
    reported = []
    project = Project(root, out, report=reported.append)
    outcome = project.keep(replace(project.build(ANY), files={"../x": b""}), ANY)
    assert (codes(outcome), len(reported)) == (["internal-error"], 1)


def test_error_of_the_program_names_its_line():
    with pytest.raises(ValueError, match="no path") as caught:
        pipeline.keep({"../x": b""}, support.BASIS, support.BASIS / "out")
    found = internal(caught.value)
    assert (found.place.path, found.place.line > 1) == ("site_gen/output.py", True)
    assert dict(found.values)["reason"] == "ValueError: no path within the output: '../x'"
    assert internal(KeyError()).place.path == "site_gen"


def test_file_that_may_not_be_read_is_not_shown(root, out, tmp_path):
    """Fault 52: a link that leads out of the project is named, and what it leads to stays there."""
    (tmp_path / "geheim.md").write_text("geheim")
    (root / "sessies" / "x.md").symlink_to(tmp_path / "geheim.md")
    (fault,) = Project(root, out).build(ANY).faults
    assert (fault.problem.code, fault.excerpt) == ("link-outside", None)


def test_public_address_is_known_by_its_path(root, out):
    given = Project(root, out, "https://voorbeeld.nl/2026/congres").build(ANY)
    assert (given.base, Project(root, out).build(ANY).base) == ("/2026/congres/", "/")


def test_everything_that_a_site_is_made_from_is_watched(root, out):
    ours = {packaged() / name for name in FURNITURE}
    own = {root / name for name in ("assets", "programma", "sessies", "sprekers", "templates")}
    assert set(Project(root, out).folders) == own | ours
    assert len(Project(packaged(), out).folders) == 5


def test_pages_that_are_looked_at_are_made_first_as_they_will_be(root, out):
    early = []
    request = Request(frozenset({"sessies/plan/index.html"}), early.append, lambda: False)
    outcome = Project(write(root, DRAFT), out).build(request)
    (seen,) = early
    pages = {path for path in seen.files if path.endswith(".html")}
    assert pages == {"sessies/plan/index.html"}
    assert seen.files.items() <= outcome.files.items()
    assert (seen.faults, seen.base) == (outcome.faults, outcome.base)


def test_fault_of_a_template_is_no_glimpse(root, out):
    early = []
    write(root, {"templates/pages/text.html": "{{ page.titel }}"})
    request = Request(frozenset({"over/index.html"}), early.append, lambda: False)
    assert Project(root, out).build(request).stopped
    assert early == []


def test_build_that_nobody_wants_any_more_ends(root, out):
    project = Project(write(root, DRAFT), out)
    stale = Request(frozenset(), lambda _outcome: None, lambda: True)
    with pytest.raises(Superseded):
        project.build(stale)
    with pytest.raises(Superseded):
        project.keep(project.build(ANY), stale)
    assert not out.exists()

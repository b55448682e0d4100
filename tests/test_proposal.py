"""The workflow of a pull request, and the forms with which something is reported."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.support import basis, write
from tests.unit.repository import Repository

PROJECT = Path(__file__).parents[1]
GITHUB = PROJECT / ".github"
WORKFLOW = yaml.safe_load((GITHUB / "workflows" / "voorstel.yml").read_text("utf-8"))
STEPS = [step for job in WORKFLOW["jobs"].values() for step in job["steps"]]
KNOWN_ACTIONS = PROJECT.parent / "shared" / "actions.md"
FORMS = sorted(GITHUB.glob("ISSUE_TEMPLATE/[0-9]*.yml"))


def test_action_is_named_by_commit() -> None:
    uses = [step["uses"] for step in STEPS if "uses" in step]
    assert len(uses) == 3
    for use in uses:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", use)
        if KNOWN_ACTIONS.is_file():
            assert use.partition("@")[2] in KNOWN_ACTIONS.read_text("utf-8")


def test_a_proposal_may_only_read() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert [job["permissions"] for job in WORKFLOW["jobs"].values()] == [{"contents": "read"}]


def run(repository: Repository, name: str) -> tuple[int, str, str]:
    """Run a step in a checkout; return how it ended, what it printed and the summary."""
    command = next(step["run"] for step in STEPS if step.get("name") == name)
    command = command.replace("python3 build.py", f"{sys.executable} -m site_gen")
    summary = repository.top.parent / "summary.md"
    environment = {**os.environ, "GITHUB_STEP_SUMMARY": str(summary), "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        ["bash", "-e", "-c", command],
        cwd=repository.top,
        env=environment,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    return done.returncode, done.stdout, summary.read_text("utf-8") if summary.exists() else ""


@pytest.fixture
def proposal(tmp_path: Path) -> Repository:
    """A proposal as it is checked out: the merge of a branch into what became of the main one."""
    repository = Repository(basis(tmp_path / "een map"))
    write(repository.root, {".gitignore": ".site-gen/\n_site/\n._site*\n.basis/\n"})
    repository.commit()
    repository.git("checkout", "-q", "-b", "voorstel")
    repository.commit({"sessies/welkom.md": "---\ntitel: Hallo\nsprekers: [anna-bos]\n---\n"})
    repository.git("checkout", "-q", "main")
    repository.commit({"sprekers/anna-bos.md": "---\nnaam: Anna de Bos\n---\n"})
    repository.git("merge", "-q", "--no-edit", "voorstel")
    return repository


def test_summary_says_what_the_proposal_changes_and_nothing_else(proposal: Repository) -> None:
    assert run(proposal, "Check the content")[0] == 0
    code, _, summary = run(proposal, "Say what changes for visitors")
    assert code == 0
    assert summary.startswith("## Wat er verandert voor bezoekers\n")
    assert re.findall(r"^- .*$", summary, re.M) == [
        "- **Welkom** heet nu **Hallo**",
        "- Andere tekst bij de sessie Hallo",
    ]
    assert run(proposal, "Build")[0] == 0
    assert (proposal.root / "_site" / "index.html").is_file()
    assert "index.html" in run(proposal, "Say where the site is")[2]


def test_summary_is_there_too_when_the_content_is_wrong(proposal: Repository) -> None:
    proposal.commit({"sessies/stuk.md": "---\ntitel: half\n"})
    code, out, _ = run(proposal, "Check the content")
    assert (code, out.partition(" ")[0]) == (1, "::error")
    assert "Er staan nog fouten" in run(proposal, "Say what changes for visitors")[2]
    step = next(s for s in STEPS if s.get("name") == "Say what changes for visitors")
    assert step["if"] == "${{ !cancelled() }}"


def test_checkout_has_the_parent_that_is_compared_with() -> None:
    checkout = next(step for step in STEPS if step.get("uses", "").startswith("actions/checkout"))
    assert checkout["with"] == {"persist-credentials": False, "fetch-depth": 2}


def test_preview_is_whole() -> None:
    upload = next(step for step in STEPS if "upload-artifact" in step.get("uses", ""))
    assert upload["with"] == {"name": "voorbeeld", "path": "_site", "include-hidden-files": True}


ATTRIBUTES = {
    "markdown": {"value"},
    "input": {"label", "description", "placeholder"},
    "textarea": {"label", "description", "placeholder", "render"},
    "dropdown": {"label", "description", "options"},
}


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
def test_form_is_one_that_github_reads(form: Path) -> None:
    """GitHub's "Syntax for issue forms": what it does not know makes the whole form disappear."""
    data = yaml.safe_load(form.read_text("utf-8"))
    assert data.keys() == {"name", "description", "body"}
    ids = [field["id"] for field in data["body"] if field["type"] != "markdown"]
    assert len(ids) == len(set(ids)) > 0
    for field in data["body"]:
        assert field.keys() <= {"type", "id", "attributes", "validations"}
        assert field["attributes"].keys() <= ATTRIBUTES[field["type"]]
        assert {"label", "value"} & field["attributes"].keys()
        assert field.get("validations", {"required": True}) == {"required": True}


def test_there_is_a_form_for_each_occasion() -> None:
    assert [path.name for path in FORMS] == [
        "1-fout-op-de-site.yml",
        "2-wijziging.yml",
        "3-generator.yml",
    ]

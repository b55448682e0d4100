"""The workflow on GitHub: what it may do, what it runs, and that nothing in it can move."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).parents[1]
WORKFLOW = PROJECT / ".github" / "workflows" / "site.yml"
KNOWN = PROJECT.parent / "shared" / "actions.md"
JOBS = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]
STEPS = [step for job in JOBS.values() for step in job["steps"]]


def step(name):
    """Return the step of that name."""
    return next(found for found in STEPS if found.get("name") == name)


@pytest.mark.parametrize("action", [s["uses"] for s in STEPS if "uses" in s])
def test_action_is_named_by_commit(action):
    assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action)
    if KNOWN.is_file():
        name, _, commit = action.partition("@")
        assert f"| {name} |" in KNOWN.read_text("utf-8")
        assert commit in KNOWN.read_text("utf-8")


def test_only_the_publication_may_write():
    top = yaml.safe_load(WORKFLOW.read_text("utf-8"))["permissions"]
    assert top == {"contents": "read"}
    assert {name: job["permissions"] for name, job in JOBS.items()} == {
        "audit": {"contents": "read"},
        "build": {"contents": "read", "pages": "read"},
        "publish": {"pages": "write", "id-token": "write"},
    }


def test_publication_is_one_at_a_time_and_never_cut_off():
    """The weekly audit has a row of its own: in one row it would push a waiting publication out."""
    concurrency = yaml.safe_load(WORKFLOW.read_text("utf-8"))["concurrency"]
    assert concurrency == {
        "group": "site-${{ github.event_name == 'schedule' && 'audit' || github.ref }}",
        "cancel-in-progress": False,
    }
    assert JOBS["build"]["if"] == "github.event_name != 'schedule'"
    assert JOBS["publish"]["if"] == (
        "github.event_name != 'pull_request' && github.ref == 'refs/heads/main'"
    )


def test_audit_fails_its_run_and_keeps_no_publication_back():
    assert JOBS["publish"]["needs"] == "build"
    assert [s["run"] for s in JOBS["audit"]["steps"] if "run" in s] == ["python3 .ci/audit.py"]
    assert "continue-on-error" not in WORKFLOW.read_text("utf-8")


def test_hidden_files_are_published():
    uploads = [s for s in STEPS if "upload" in s.get("uses", "")]
    assert [s["with"]["include-hidden-files"] for s in uploads] == [True]


@pytest.mark.parametrize(
    "address",
    ["", "https://stad.github.io", "https://stad.github.io/congres", "https://congres.example.nl"],
)
def test_build_step_works_for_each_kind_of_address(address, tmp_path):
    """An organisation's page, a project's page below a path, an own domain, and none yet."""
    command = step("Build")["run"].replace("_site", shlex.quote(str(tmp_path / "site")))
    command = command.replace("python3 build.py", f"{shlex.quote(sys.executable)} -m site_gen")
    environment = {**os.environ, "ADDRESS": address, "PYTHONPATH": str(PROJECT)}
    subprocess.run(["bash", "-ec", command], cwd=PROJECT, env=environment, check=True)
    home = (tmp_path / "site" / "index.html").read_text("utf-8")
    canonical = re.findall(r'<link rel="canonical" href="([^"]*)"', home)
    assert canonical == ([f"{address}/"] if address else [])
    lost = (tmp_path / "site" / "404.html").read_text("utf-8")
    path = "/congres/" if address.endswith("congres") else "/"
    assert f'href="{path}en/"' in lost or f'href="{path}en/index.html"' in lost


def test_check_step_names_problems_the_way_github_reads_them():
    command = step("Check the content")["run"].split()
    assert command[:2] == ["python3", "build.py"]
    done = subprocess.run(
        [sys.executable, "-m", "site_gen", *command[2:]],
        cwd=PROJECT,
        check=True,
        capture_output=True,
        text=True,
    )
    forms = ("::warning file=", "::notice file=")
    assert all(line.startswith(forms) for line in done.stdout.splitlines())

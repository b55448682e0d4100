"""The audit of libraries: what its report tells, and that no answer is never taken for a good one.

What asks and answers is tried by hand, with servers on this machine: docs/veiligheid.md says how.
"""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
AUDIT = runpy.run_path(str(PROJECT / ".ci" / "audit.py"))
vulnerable = AUDIT["vulnerable"]

GOOD = {"name": "click", "version": "8.2.1", "vulns": []}
FLAW = {"id": "GHSA-1", "fix_versions": ["3.2", "2.9"], "aliases": [], "description": "…"}
BAD = {"name": "jinja2", "version": "3.1.6", "vulns": [FLAW, {**FLAW, "fix_versions": []}]}


def report(*libraries: object) -> str:
    return json.dumps({"dependencies": libraries, "fixes": []})


def test_report_of_which_nothing_is_vulnerable() -> None:
    assert vulnerable(report(GOOD, GOOD)) == []


def test_report_names_each_flaw_and_what_mends_it() -> None:
    assert vulnerable(report(GOOD, BAD)) == [
        "jinja2 3.1.6: GHSA-1 (mended in 3.2, 2.9)",
        "jinja2 3.1.6: GHSA-1 (mended in no version yet)",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Traceback (most recent call last):",
        "[]",
        "null",
        "{}",
        report(),
        report(GOOD, {"name": "anyio", "skip_reason": "Dependency not found"}),
        report(GOOD, {"name": "anyio", "version": "4"}),
    ],
)
def test_report_that_does_not_tell_of_all_is_no_good_one(text: str) -> None:
    assert vulnerable(text) is None


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock", AUDIT["TOOL"]])
def test_every_locked_library_has_its_hashes(name: str) -> None:
    text = (PROJECT / name).read_text("utf-8")
    libraries = re.findall(
        r"^[a-z0-9][^\n]*==[^\n]*\\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)+)", text, re.M
    )
    assert len(libraries) == len(re.findall(r"^[a-z0-9].*==", text, re.M)) > 5


def test_what_a_site_is_made_with_is_audited_too() -> None:
    """The lock that is asked about holds the other, in the same versions."""
    pins = {
        name: set(
            re.findall(r"^([a-z0-9][a-z0-9._-]*==\S+)", (PROJECT / name).read_text("utf-8"), re.M)
        )
        for name in ("requirements.lock", AUDIT["AUDITED"])
    }
    assert pins["requirements.lock"] <= pins[AUDIT["AUDITED"]]

#!/usr/bin/env python3
"""Ask whether a locked library is known to be vulnerable.

    python3 .ci/audit.py [pip-audit options]

Ends with 0 where none is, 1 where one is, and 3 where nobody could say: an audit that could not be
done is none that was passed. The tool is installed by hash, in a place of its own, and asks the
database of Open Source Vulnerabilities (OSV), which needs no account.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
TOOL = "requirements-audit.lock"
AUDITED = "requirements-test.lock"  # holds what a site is made with too
FOUND, UNKNOWN = 1, 3


def main(options: list[str]) -> int:
    """Audit, and say how that went."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        audit(Path(folder, "venv"), report, options)
        text = report.read_text("utf-8") if report.exists() else ""
    found = vulnerable(text)
    if found is None:
        say("error", f"nobody could say whether a library of {AUDITED} is vulnerable; run it again")
        return UNKNOWN
    for line in found:
        say("error", line)
    print(f"{AUDITED}: {len(found)} known vulnerabilities")
    return FOUND if found else 0


def audit(place: Path, report: Path, options: list[str]) -> None:
    """Install the tool and let it write its report, if it can."""
    venv.create(place, with_pip=True)
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    install = ["--quiet", "--require-hashes", "--only-binary=:all:", "-r", PROJECT / TOOL]
    if run(python, "pip", "install", *install) == 0:
        output = ["--format=json", f"--output={report}", "--progress-spinner=off"]
        source = ["--require-hashes", "--disable-pip", "-r", PROJECT / AUDITED]
        run(python, "pip_audit", "--strict", "-s", "osv", *output, *source, *options)


def run(python: Path, *arguments: str | Path) -> int:
    """Run a module of the tool's place; of what it complains about, print the last line."""
    done = subprocess.run(
        [python, "-m", *arguments], stderr=subprocess.PIPE, text=True, check=False
    )
    print(*done.stderr.splitlines()[-1:], sep="\n")
    return done.returncode


def vulnerable(text: str) -> list[str] | None:
    """Return what a report (JSON of pip-audit) found, or nothing where it does not tell of all."""
    try:
        libraries = json.loads(text)["dependencies"]
        if not libraries or any("skip_reason" in library for library in libraries):
            return None
        return [
            f"{library['name']} {library['version']}: {flaw['id']}"
            f" (mended in {', '.join(flaw['fix_versions']) or 'no version yet'})"
            for library in libraries
            for flaw in library["vulns"]
        ]
    except (ValueError, KeyError, TypeError):
        return None


def say(level: str, text: str) -> None:
    """Print a line, to GitHub as one that shows on the page of the run."""
    print(f"::{level} file={AUDITED}::{text}" if "GITHUB_ACTIONS" in os.environ else text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

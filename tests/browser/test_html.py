"""Every page is valid HTML: the Nu validator, in one call for all pages of two sites."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from site_gen import pipeline

PROJECT = Path(__file__).parents[2]
SITES = {"real": PROJECT, "several days": PROJECT / "tests" / "sites" / "meerdaags"}
# On file: addresses the validator itself warns that the policy blocks our own stylesheet.
NOT_A_FAULT = ".*Content Security Policy.*"


@pytest.fixture(scope="module")
def validator():
    """Return the validator's command; in CI it must be there."""
    jar = Path(os.environ.get("SITE_GEN_NODE_MODULES", "")) / "vnu-jar/build/dist/vnu.jar"
    if shutil.which("java") and jar.is_file():
        return ["java", "-Xss4m", "-jar", jar, "--filterpattern", NOT_A_FAULT]
    if os.environ.get("CI"):
        pytest.fail("CI has to have Java and the Nu validator: see .ci/run")
    pytest.skip("HTML is not validated: Java or the Nu validator is not here, see .ci/run")


@pytest.mark.browser
@pytest.mark.parametrize("site", SITES)
def test_every_page_is_valid(site, validator, tmp_path):
    built, _ = pipeline.build(SITES[site], tmp_path / "out")
    assert built is not None
    done = subprocess.run(
        [*validator, "--format", "json", "--skip-non-html", tmp_path / "out"],
        check=False,
        capture_output=True,
        text=True,
    )
    messages = json.loads(done.stderr)["messages"]
    assert [(m["url"], m.get("lastLine"), m["message"]) for m in messages] == []

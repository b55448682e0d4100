"""``pip install .`` gives a generator that works away from this checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.support import basis

PROJECT = Path(__file__).parents[1]


def test_wheel_builds_a_site_anywhere(tmp_path):
    wheels, installed = tmp_path / "wheels", tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", wheels, PROJECT], cwd=tmp_path, check=True)
    zipfile.ZipFile(next(wheels.glob("*.whl"))).extractall(installed)
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(installed)}
    root = basis(tmp_path / "site")
    (root / "sessies" / "diep").mkdir()
    subprocess.run(
        [sys.executable, "-P", "-m", "site_gen", "build", "-q"],
        cwd=root / "sessies" / "diep",
        env=environment,
        check=True,
    )
    assert (root / "_site" / "sessies" / "welkom" / "index.html").is_file()
    assert list((root / "_site" / "assets" / "css").glob("site.*.css"))
    start = ["new", "congres", "anders", "--titel", "Dag", "--vertaling", "Day", "-q"]
    for arguments in (start, ["build", "--root", "anders", "--strict", "-q"]):
        command = [sys.executable, "-P", "-m", "site_gen", *arguments]
        subprocess.run(command, cwd=tmp_path, env=environment, check=True)
    assert (tmp_path / "anders" / "_site" / "en" / "index.html").is_file()

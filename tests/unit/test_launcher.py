"""build.py is run for real, in projects of its own, with pip and wheels but without a network."""

import ast
import base64
import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
LAUNCHER = ROOT / "build.py"
PYTHON = getattr(sys, "_base_executable", sys.executable)  # no .venv of ours around it
BIN = Path("Scripts" if os.name == "nt" else "bin")
TIMEOUT = 120

posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")

# Stands in for the generator: says where it is and what it sees, or does what it is told.
SITE_GEN = """
import json, os, sys, time, tinydep
match sys.argv[1:]:
    case ["exit", code]:
        sys.exit(int(code))
    case ["wait"]:
        try:
            print("waiting", flush=True)
            time.sleep(60)
        except KeyboardInterrupt:
            sys.exit(42)
print(json.dumps({
    "arguments": sys.argv[1:],
    "cwd": os.getcwd(),
    "default_root": os.environ.get("SITE_GEN_DEFAULT_ROOT"),
    "version": tinydep.VERSION,
    "dependency": tinydep.__file__,
    "site_gen": __file__,
}))
"""

# Stands in for pytest, which the real lock installs.
PYTEST = """
import json, os, sys
print(json.dumps({"arguments": sys.argv[1:], "cwd": os.getcwd(),
                  "default_root": os.environ.get("SITE_GEN_DEFAULT_ROOT")}))
"""


@dataclass(frozen=True)
class Project:
    """A checkout with a launcher, a generator of a few lines and a lock of one small wheel."""

    folder: Path
    wheels: Path

    @property
    def venv(self) -> Path:
        return self.folder / ".venv"

    @property
    def stamp(self) -> Path:
        return self.venv / "site-gen-stamp"

    def command(self, *arguments: str, python: str | Path = PYTHON) -> list[str]:
        return [str(python), str(self.folder / "build.py"), *arguments]

    def environment(self, **extra: str) -> dict[str, str]:
        own = ("PIP_", "PYTHON", "SITE_GEN", "VIRTUAL_ENV")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels)}
        return kept | offline | {"PIP_CONFIG_FILE": os.devnull} | extra

    def run(
        self,
        *arguments: str,
        cwd: Path | None = None,
        python: str | Path = PYTHON,
        **extra: str,
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments, python=python),
            cwd=cwd or self.folder,
            env=self.environment(**extra),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=TIMEOUT,
            check=False,
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )

    def lock(self, **versions: str) -> None:
        """Lock the dependency, and for the tests the stand-in of pytest too."""
        run = {"tinydep": versions.get("tinydep", "1.0")}
        self.write_lock("requirements.lock", run)
        self.write_lock("requirements-test.lock", run | {"pytest": "0.1"})

    def write_lock(self, name: str, pins: dict[str, str]) -> None:
        lines = (
            f"{package}=={version} --hash=sha256:{sha256(self.wheels, package, version)}\n"
            for package, version in pins.items()
        )
        (self.folder / name).write_text("".join(lines), "utf-8")


def sha256(wheels: Path, package: str, version: str) -> str:
    wheel = wheels / f"{package}-{version}-py3-none-any.whl"
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def make_wheel(folder: Path, package: str, version: str, source: str) -> None:
    info = f"{package}-{version}.dist-info"
    files = {
        f"{package}.py": source,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\n"
        "Tag: py3-none-any\n",
    }
    record = "".join(f"{name},{record_hash(text)},{len(text)}\n" for name, text in files.items())
    with zipfile.ZipFile(folder / f"{package}-{version}-py3-none-any.whl", "w") as wheel:
        for name, text in (files | {f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}).items():
            wheel.writestr(name, text)


def record_hash(text: str) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
    return f"sha256={digest.rstrip(b'=').decode()}"


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheels")
    for version in ("1.0", "2.0"):
        make_wheel(folder, "tinydep", version, f"VERSION = {version!r}\n")
    make_wheel(folder, "pytest", "0.1", PYTEST)
    return folder


def make_project(folder: Path, wheels: Path) -> Project:
    (folder / "site_gen").mkdir(parents=True)
    (folder / "site_gen" / "__main__.py").write_text(SITE_GEN, "utf-8")
    (folder / "pyproject.toml").touch()
    shutil.copy(LAUNCHER, folder)
    project = Project(folder, wheels)
    project.lock()
    return project


@pytest.fixture
def project(tmp_path: Path, wheels: Path) -> Project:
    return make_project(tmp_path / "project", wheels)


@dataclass(frozen=True)
class Ready:
    """A project that has been set up, and what that looked like."""

    project: Project
    first: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, wheels: Path) -> Ready:
    """Tests that change nothing share one; spaces and accents come free."""
    project = make_project(tmp_path_factory.mktemp("ready") / "Dé netwerk dag", wheels)
    return Ready(project, project.run("check", "--lang", "nl"))


@pytest.fixture
def foreign(project: Project) -> Project:
    """A project with a .venv that its user made. It borrows our pip, which saves two seconds."""
    venv.create(project.venv, symlinks=os.name != "nt")
    pip = importlib.util.find_spec("pip")
    assert pip
    assert pip.origin
    (site_packages(project.venv) / "pip").symlink_to(Path(pip.origin).parent)
    return project


def site_packages(folder: Path) -> Path:
    return next(folder.rglob("site-packages"))


def seen(done: subprocess.CompletedProcess[str]) -> dict[str, object]:
    """Read what the stand-in printed: it alone may write to standard output."""
    assert done.returncode == 0, done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def assert_refused(done: subprocess.CompletedProcess[str], *remedies: str) -> None:
    assert done.returncode == 3
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    last_two = done.stderr.splitlines()[-2:]
    assert [line.startswith("site-gen: ") for line in last_two] == [True, True]
    for remedy, line in zip(remedies, last_two, strict=True):
        assert remedy in line


def tree(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path): (path.lstat().st_mtime_ns, path.lstat().st_size) for path in folder.rglob("*")
    }


# The first start, and those after it


def test_the_first_start_sets_up_and_runs_the_checkout(ready: Ready) -> None:
    folder = ready.project.folder
    answer = seen(ready.first)
    assert answer["arguments"] == ["check", "--lang", "nl"]
    assert answer["default_root"] == str(folder)
    assert answer["site_gen"] == str(folder / "site_gen" / "__main__.py")
    assert Path(str(answer["dependency"])).is_relative_to(folder / ".venv")
    assert ready.first.stderr == (
        f"site-gen: Zet {folder / '.venv'} klaar; dat duurt even.\n"
        f"site-gen: Preparing {folder / '.venv'}; this takes a moment.\n"
    )


def test_a_later_start_needs_no_pip_no_network_and_writes_nothing(ready: Ready) -> None:
    before = tree(ready.project.folder)
    done = ready.project.run(PIP_FIND_LINKS="/nowhere", PYTHONDONTWRITEBYTECODE="1")
    assert seen(done)["arguments"] == []
    assert done.stderr == ""
    assert tree(ready.project.folder) == before


def test_it_runs_from_any_folder_and_leaves_it_current(ready: Ready, tmp_path: Path) -> None:
    answer = seen(ready.project.run(cwd=tmp_path))
    assert answer["cwd"] == str(tmp_path.resolve())
    assert answer["default_root"] == str(ready.project.folder)


def test_it_runs_through_a_link_to_it(ready: Ready, tmp_path: Path) -> None:
    link = tmp_path / "site"
    link.symlink_to(ready.project.folder / "build.py")
    done = subprocess.run(
        [PYTHON, link], env=ready.project.environment(), capture_output=True, text=True, check=False
    )
    assert seen(done)["default_root"] == str(ready.project.folder)


def test_nothing_of_the_user_stands_in_for_our_code(ready: Ready, tmp_path: Path) -> None:
    (tmp_path / "tinydep.py").write_text("VERSION = 'of the user'", "utf-8")
    (tmp_path / "json.py").write_text("raise SystemExit('json of the user')", "utf-8")
    done = ready.project.run(
        cwd=tmp_path,
        PYTHONPATH=str(tmp_path),
        PYTHONSAFEPATH="1",
        SITE_GEN_DEFAULT_ROOT="/nowhere",
        VIRTUAL_ENV="/nowhere",
    )
    answer = seen(done)
    assert answer["version"] == "1.0"
    assert answer["default_root"] == str(ready.project.folder)


def test_it_runs_with_the_python_of_its_own_venv(ready: Ready) -> None:
    python = ready.project.venv / BIN / "python"
    assert seen(ready.project.run(python=python))["version"] == "1.0"


@pytest.mark.parametrize("code", [0, 1, 2, 7])
def test_the_exit_code_is_that_of_the_command(ready: Ready, code: int) -> None:
    assert ready.project.run("exit", str(code)).returncode == code


@posix_only
def test_an_interrupt_reaches_the_command_alone(ready: Ready) -> None:
    running = ready.project.start("wait")
    assert running.stdout
    assert running.stdout.readline() == "waiting\n"
    os.killpg(running.pid, signal.SIGINT)
    _, errors = running.communicate(timeout=TIMEOUT)
    assert (running.returncode, errors) == (42, "")


# What does not fit any more is made again


def test_a_moved_or_outdated_venv_is_made_again(ready: Ready, tmp_path: Path) -> None:
    moved = Project(tmp_path / "moved", ready.project.wheels)
    shutil.copytree(ready.project.folder, moved.folder, symlinks=True)
    answer = seen(moved.run())
    assert Path(str(answer["dependency"])).is_relative_to(moved.folder)

    moved.lock(tinydep="2.0")
    leftover = site_packages(moved.venv) / "dropped.py"
    leftover.touch()
    assert seen(moved.run())["version"] == "2.0"
    assert not leftover.exists()


@posix_only
def test_a_killed_set_up_is_made_again_and_holds_nobody_up(project: Project) -> None:
    killed = project.start()
    wait_for_set_up(killed)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate(timeout=TIMEOUT)
    assert project.stamp.read_text("utf-8") == ""

    done = project.run()
    assert seen(done)["version"] == "1.0"
    assert "Preparing" in done.stderr


@posix_only
def test_an_interrupted_set_up_says_so_in_one_line(project: Project) -> None:
    running = project.start()
    wait_for_set_up(running)
    os.killpg(running.pid, signal.SIGINT)
    output, errors = running.communicate(timeout=TIMEOUT)
    assert (running.returncode, output) == (130, "")
    assert errors.splitlines()[-1] == "site-gen: Stopped; a new start begins anew."
    assert "Traceback" not in errors


def wait_for_set_up(running: subprocess.Popen[str]) -> None:
    assert running.stderr
    while "Preparing" not in (line := running.stderr.readline()):
        assert line, "it ended before it set up"


def test_two_starts_at_once_set_up_once(project: Project) -> None:
    first = project.start()
    wait_for_set_up(first)
    second = project.run()
    first_output, _ = first.communicate(timeout=TIMEOUT)
    assert json.loads(first_output)["version"] == seen(second)["version"] == "1.0"
    assert second.stderr == (
        "site-gen: Wacht op een andere start van site-gen.\n"
        "site-gen: Waiting for another start of site-gen.\n"
    )


# A .venv that somebody else made


def test_a_foreign_venv_is_used_and_kept(foreign: Project) -> None:
    theirs = site_packages(foreign.venv) / "theirs.py"
    theirs.touch()
    assert Path(str(seen(foreign.run())["dependency"])).is_relative_to(foreign.venv)
    assert seen(foreign.run(PIP_FIND_LINKS="/nowhere"))["version"] == "1.0"

    foreign.lock(tinydep="2.0")
    assert seen(foreign.run())["version"] == "2.0"
    assert theirs.exists()
    assert not foreign.stamp.exists()


def test_pip_settings_for_elsewhere_do_not_count(foreign: Project, tmp_path: Path) -> None:
    config = tmp_path / "pip.conf"
    config.write_text(f"[install]\nuser = true\ntarget = {tmp_path / 'target'}\n", "utf-8")
    done = foreign.run(
        PIP_CONFIG_FILE=str(config),
        PIP_USER="1",
        PIP_PREFIX=str(tmp_path / "prefix"),
        PIP_REQUIRE_VIRTUALENV="1",
        PIP_NO_BINARY=":all:",
        PIP_DRY_RUN="1",
    )
    assert Path(str(seen(done)["dependency"])).is_relative_to(foreign.venv)


# `test`


def test_the_tests_run_in_the_project_with_their_own_group(foreign: Project) -> None:
    project, elsewhere = foreign, foreign.folder.parent
    assert seen(project.run())["version"] == "1.0"
    assert not list(site_packages(project.venv).glob("pytest*"))

    answer = seen(project.run("test", "-k", "urls", cwd=elsewhere))
    assert answer["cwd"] == str(project.folder)
    assert answer["arguments"] == ["-c", "pyproject.toml", "-k", "urls"]
    assert answer["default_root"] is None

    for arguments in ([], ["test"]):
        assert project.run(*arguments, PIP_FIND_LINKS="/nowhere").stderr == ""


# What can fail, fails plainly


def test_an_older_python_is_told_so(tmp_path: Path) -> None:
    pretend = (
        "import sys; sys.version_info = (3, 8, 10, 'final', 0)\n"
        f"exec(compile(open({str(LAUNCHER)!r}).read(), 'build.py', 'exec'))"
    )
    done = subprocess.run(
        [PYTHON, "-c", pretend], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert_refused(done, "dit is Python 3.8.10; er is 3.11", "this is Python 3.8.10; 3.11")


def test_an_older_python_can_read_it() -> None:
    source = LAUNCHER.read_bytes().decode("ascii")
    ast.parse(source, feature_version=(3, 6))
    annotation = re.search(r"^\w+: .*$", source, re.MULTILINE)
    assert annotation
    assert "needs Python 3.11" in annotation[0]  # the line that Python 2 shows when it gives up


def test_a_python_without_ensurepip_is_explained(project: Project) -> None:
    venv.create(project.venv, symlinks=os.name != "nt")
    folder = site_packages(project.venv)
    (folder / "debian.pth").write_text("import debian\n", "utf-8")
    (folder / "debian.py").write_text(
        "import sys\n"
        "class Debian:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'ensurepip':\n"
        "            raise ModuleNotFoundError(\"No module named 'ensurepip'\", name=name)\n"
        "sys.meta_path.insert(0, Debian())\n",
        "utf-8",
    )
    assert_refused(project.run(), "apt install python3-venv", "apt install python3-venv")


def test_a_package_with_another_hash_is_refused(foreign: Project) -> None:
    lock = foreign.folder / "requirements.lock"
    lock.write_text(f"tinydep==1.0 --hash=sha256:{'0' * 64}\n", "utf-8")
    assert_refused(foreign.run(), "meld het de beheerder", "tell the maintainer")


def test_a_package_that_nobody_has_is_named(foreign: Project) -> None:
    done = foreign.run(PIP_FIND_LINKS="/nowhere")
    assert_refused(done, "gebruik Python 3.11-3.14", "use Python 3.11-3.14")
    assert "tinydep==1.0" in done.stderr


def test_no_network_is_explained(foreign: Project) -> None:
    done = foreign.run(
        PIP_NO_INDEX="0",
        PIP_FIND_LINKS="/nowhere",
        PIP_INDEX_URL="http://127.0.0.1:9/",  # nobody listens there
        PIP_RETRIES="1",
    )
    assert_refused(done, "Controleer internet", "Check internet")


def test_a_file_for_a_venv_is_not_deleted(project: Project) -> None:
    project.venv.write_text("mine", "utf-8")
    assert_refused(project.run(), "hernoem of verwijder", "rename or delete")
    assert project.venv.read_text("utf-8") == "mine"


@posix_only
def test_a_folder_name_that_python_cannot_handle_is_explained(tmp_path: Path, wheels: Path) -> None:
    done = make_project(tmp_path / "10:45", wheels).run()
    assert_refused(done, "andere naam", "another name")


@pytest.fixture(scope="module")
def launcher() -> ModuleType:
    spec = importlib.util.spec_from_file_location("launcher", LAUNCHER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("output", "remedy"),
    [
        ("ERROR: Could not install: [Errno 28] No space left on device", "Free 200 MB"),
        ("[WinError 112] Er is onvoldoende ruimte op de schijf", "Free 200 MB"),
        ("[Errno 30] Read-only file system: '/srv/site/.venv'", "permission to write"),
        ("[Errno 13] Permission denied: '/srv/site/.venv.lock'", "permission to write"),
        ("[WinError 32] in gebruik: 'python.exe'", ".venv is in use"),
        ("WARNING: Retrying after connection broken by 'NewConnectionError'", "Check internet"),
        ("SSLError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]')", "Check internet"),
        ("The Python in .venv is older than 3.11", "rename or delete"),
        ("", "rename or delete"),
    ],
)
def test_every_failure_has_a_remedy(
    launcher: ModuleType, capsys: pytest.CaptureFixture[str], output: str, remedy: str
) -> None:
    launcher.explain(output)
    said = capsys.readouterr()
    assert said.out == ""
    assert remedy in said.err.splitlines()[-1]


# The locks


@pytest.fixture(scope="module", params=["requirements.lock", "requirements-test.lock"])
def lock(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return (ROOT / name).read_text("utf-8")


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", lock, re.MULTILINE))


def test_a_lock_serves_every_platform_and_names_no_index(lock: str) -> None:
    assert "://" not in lock
    assert "--index" not in lock
    assert "--find-links" not in lock
    pyyaml = re.search(r"^pyyaml==.*?(?=^\S)", lock, re.MULTILINE | re.DOTALL)
    assert pyyaml
    assert pyyaml[0].count("--hash") > 40


def test_a_lock_holds_what_the_project_asks(lock: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = project["project"]["dependencies"]
    if "pytest" in pins(lock):
        asked = asked + project["dependency-groups"]["test"]
    assert {re.split(r"[<>=\[; ]", one)[0] for one in asked} <= pins(lock).keys()


def test_the_tests_use_the_versions_that_the_site_uses() -> None:
    run, test = (
        pins((ROOT / name).read_text("utf-8"))
        for name in ("requirements.lock", "requirements-test.lock")
    )
    assert run.items() <= test.items()

"""The guide for editors, followed to the letter as a new user would, on a copy of the real site.

What the guide says is done in its order: "In `file`:" is a whole file, "Zet in `file`:" sets the
fields that follow, "Zet onderaan in `file`:" adds to the text, and a block of commands is typed.
After each task the site has no error, and shows what the task was for.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from site_gen import pipeline
from site_gen.problems import as_text, has_errors
from tests.support import REAL, SEVERAL_DAYS, read_page
from tests.unit.repository import Repository

GUIDE = (REAL / "docs" / "redactie.md").read_text("utf-8")
IMAGES = REAL / "docs" / "img"
LARGEST = 60_000
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(REAL)}
STEP = re.compile(
    r"(?P<how>In|Zet in|Zet onderaan in)\s`(?P<file>[^`\n]+\.\w+)`:\n\n```\w+\n(?P<text>.*?)^```$"
    r"|^```sh\n(?P<commands>.*?)^```$",
    re.M | re.S,
)
PICTURE = re.compile(r"!\[([^\]]*)\]\(img/([\w-]+\.webp)\)")

# What a task is for: the page that shows it, and what is on it then.
SHOWN = {
    "Een tijd veranderen": ("index.html", "09.15"),
    "Een sessie toevoegen": ("sessies/wonen-in-de-stad/index.html", "drie steden hun aanpak"),
    "Een sessie laten vervallen": ("sessies/reos/index.html", "Vervallen"),
    "Een sessie als vol melden": ("sessies/woningzoekenden/index.html", "Vol"),
    "Een sessie verplaatsen": ("rondes/2/index.html", "Dordt West"),
    "Een wijziging melden aan bezoekers": ("index.html", "is nu in ronde 2"),
    "De datum of een zaal invullen": ("index.html", "26 maart 2026"),
    "Een spreker toevoegen, met foto": ("sprekers/sam-voorbeeld/index.html", "adviseert over"),
    "Een kernboodschap toevoegen": ("kernboodschappen/index.html", "wat bij hen werkt"),
    "Vertalen": ("en/sessions/wonen-in-de-stad/index.html", "Living in the city"),
    "Naar een wet of ander stuk verwijzen": ("bronnen/index.html", "BWBR0005181"),
    "Een pagina toevoegen": ("bereikbaarheid/index.html", "loopafstand"),
    "Een bestand een andere naam geven": ("sessies/npdw/index.html", "Dordt West"),
    "De controle starten": ("index.html", "Dordrecht"),
    "De site bekijken terwijl je schrijft": ("index.html", "Dordrecht"),
    "Zien wat er nog ontbreekt": ("index.html", "Dordrecht"),
    "Gewone taal": ("index.html", "Dordrecht"),
}


def tasks() -> dict[str, str]:
    """Return the text of every chapter of the guide by its title; those of examples are none."""
    titles = re.findall(r"^- \[(.+?)\]\(#", GUIDE, re.M)
    starts = [GUIDE.index(f"\n## {title}\n") for title in titles]
    ends = [*starts[1:], len(GUIDE)]
    return {t: GUIDE[a:b] for t, a, b in zip(titles, starts, ends, strict=True)}


def test_every_task_with_steps_is_one_that_is_followed() -> None:
    with_steps = [title for title, text in tasks().items() if STEP.search(text)]
    assert with_steps == [title for title in SHOWN if title in with_steps]


class Editor:
    """Follows the guide in a copy of the site."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("programma", "sessies", "sprekers"):
            shutil.copytree(REAL / folder, root / folder)
        Repository(root).commit()
        photo = SEVERAL_DAYS / "assets" / "img" / "noor-van-dam.jpg"
        (root / "assets" / "img").mkdir(parents=True)
        shutil.copyfile(photo, root / "assets" / "img" / "sam-voorbeeld.jpg")

    def follow(self, text: str) -> None:
        """Do every step of a task."""
        for step in STEP.finditer(text):
            if step["commands"]:
                for line in step["commands"].splitlines():
                    self.type(line)
            elif step["how"] == "In":
                self.write(step["file"], step["text"])
            elif step["how"] == "Zet in":
                self.set(step["file"], step["text"])
            else:
                before = (self.root / step["file"]).read_text("utf-8")
                self.write(step["file"], f"{before}\n{step['text']}")

    def write(self, path: str, text: str) -> None:
        (self.root / path).write_text(text, "utf-8", newline="\n")

    def set(self, path: str, fields: str) -> None:
        """Put fields into a file, in the place of those of the same name."""
        text = (self.root / path).read_text("utf-8")
        front, fence, body = text[4:].partition("---\n") if path.endswith(".md") else (text, "", "")
        for field in re.findall(r"^\w.*\n(?:[ -].*\n)*", fields, re.M):
            key = field.partition(":")[0]
            front = re.sub(rf"^{key}:.*\n(?:[ -].*\n)*", "", front, flags=re.M) + field
        self.write(path, f"---\n{front}{fence}{body}" if fence else front)

    def type(self, line: str) -> None:
        """Run a command as it is written, in the folder of the site."""
        program, script, *arguments = shlex.split(line)
        assert (program, script) == ("python3", "build.py")
        command = [sys.executable, "-P", "-m", "site_gen", *arguments]
        if arguments[:1] == ["serve"]:
            self.look(command)
            return
        done = subprocess.run(
            command, cwd=self.root, env=ENVIRONMENT, capture_output=True, check=False, text=True
        )
        assert done.returncode == 0, line + done.stdout + done.stderr

    def look(self, command: list[str]) -> None:
        """Start the preview, look at it, and end it with Ctrl-C."""
        command = [*command, "--port", "0"]
        with subprocess.Popen(
            command, cwd=self.root, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stderr is not None
            said = (re.search(r"http://\S+/", line) for line in process.stderr)
            with urlopen(next(found[0] for found in said if found)) as answer:  # noqa: S310 - http
                assert b"Dordrecht" in answer.read()
            process.send_signal(signal.SIGINT)
            process.stderr.read()
        assert process.returncode == 0

    def page(self, path: str) -> str:
        """Return what is read on a page of the site; there must be no error."""
        content, problems = pipeline.check(self.root)
        assert not has_errors(problems), as_text(problems, "nl")
        assert content is not None
        page = read_page(pipeline.make(content)[0][path])
        return " ".join(text for text, _ in page.texts)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent in another way there")
def test_guide_followed_to_the_letter(tmp_path: Path) -> None:
    editor = Editor(tmp_path / "mijn site é")
    for title, text in tasks().items():
        editor.follow(text)
        if title in SHOWN:
            path, said = SHOWN[title]
            assert said in editor.page(path), title
    assert (editor.root / "_site" / "sessies" / "npdw" / "index.html").is_file()


# Pictures


def test_every_picture_is_shown_and_says_what_is_on_it() -> None:
    shown = PICTURE.findall(GUIDE)
    assert len(shown) == GUIDE.count("![") - GUIDE.count("`![")
    assert {name for _, name in shown} == {path.name for path in IMAGES.iterdir()}
    assert [name for alt, name in shown if len(alt) < 60] == []


def test_every_picture_can_be_made_again_and_is_small() -> None:
    script = (REAL / "docs" / "pictures.py").read_text("utf-8")
    made = re.findall(r'^    "([\w-]+)": \w+,$', script.partition("PICTURES")[2], re.M)
    assert sorted(f"{name}.webp" for name in made) == sorted(p.name for p in IMAGES.iterdir())
    for path in IMAGES.iterdir():
        data = path.read_bytes()
        assert (data[:4], data[8:12]) == (b"RIFF", b"WEBP")
        assert len(data) <= LARGEST, path.name

"""The pictures of the guide: taken in Chromium, of the real site and of what commands say.

    .venv/bin/python docs/pictures.py [NAME ...]

makes docs/img/NAME.webp again, or all of them. Look at the result before it is committed.
"""

from __future__ import annotations

import base64
import html
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from markdown import markdown
from playwright.sync_api import Page, sync_playwright

PROJECT = Path(__file__).resolve().parents[1]
SEVERAL_DAYS = PROJECT / "tests" / "sites" / "meerdaags"
IMAGES = PROJECT / "docs" / "img"
WIDTH, SCALE, QUALITY, MARGIN = 900, 1.5, 80, 16
Edits = Mapping[str, tuple[str, str]]
"""By file: a text in it, and what takes its place."""

# A box around each element, with the name of its field: drawn by script, because the policy of the
# site refuses a style that stands in a page.
LABELS = """
labels => {
  const draw = (css, text = "") => {
    const mark = document.createElement("div");
    mark.textContent = text;
    mark.style.cssText = `position: absolute; box-sizing: border-box; z-index: 99; ${css}`;
    document.body.append(mark);
  };
  for (const [selector, label, beside] of labels) {
    const found = document.querySelector(selector);
    if (!found) throw new Error(`nothing is ${selector}`);
    const box = found.getBoundingClientRect();
    const [left, top, right] = [box.left + scrollX - 6, box.top + scrollY - 4, box.right + 6];
    draw(`left: ${left}px; top: ${top}px; width: ${box.width + 12}px; height: ${box.height + 8}px;
      border: 2px solid #b3261e; border-radius: 4px`);
    const corner = `left: ${right}px; translate: -100%; top: ${top - 11}px`;
    const middle = `left: ${right - 1}px; top: ${top + box.height / 2 - 6}px`;
    draw(`${beside ? middle : corner}; padding: 1px 6px; border-radius: 3px;
      white-space: nowrap; background: #b3261e; color: #fff;
      font: 600 13px/18px ui-monospace, monospace`, label);
  }
}
"""
TERMINAL = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 16px; background: #fff; font: 14px/1.55 ui-monospace, monospace; }
pre { margin: 0; padding: 18px 22px; border-radius: 8px; background: #14202b; color: #e6edf3;
  white-space: pre-wrap; overflow-wrap: break-word; }
b { color: #ffb86b; font-weight: 600; }
i { color: #ff8f87; font-style: normal; }
u { color: #8ecdf5; text-decoration: none; }
</style><pre>"""
SUMMARY = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 16px; background: #fff; }
main { padding: 6px 26px 16px; border: 1px solid #d0d7de; border-radius: 8px; color: #1f2328;
  font: 16px/1.5 system-ui, sans-serif; }
h2 { padding-bottom: .3em; border-bottom: 1px solid #d0d7de; }
</style><main>"""


class Desk:
    """A browser, and copies of the real content to take pictures of."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page, self.folder = page, folder
        self.count = 0

    def content(self, edits: Edits) -> Path:
        """Return a copy of the real content with these edits."""
        self.count += 1
        root = self.folder / f"site-{self.count}"
        for name in ("programma", "sessies", "sprekers"):
            shutil.copytree(PROJECT / name, root / name)
        for path, (old, new) in edits.items():
            text = (root / path).read_text("utf-8")
            if text.count(old) != 1:
                raise ValueError(f"{path}: not once: {old!r}")
            (root / path).write_text(text.replace(old, new), "utf-8", newline="\n")
        return root

    def open(self, path: str, edits: Edits = {}, root: Path | None = None) -> None:  # noqa: B006
        """Build a site and show one of its pages."""
        root = root or self.content(edits)
        run("build", "-q", "--root", root, "--out", self.folder / f"out-{self.count}")
        self.page.goto((self.folder / f"out-{self.count}" / path).as_uri())

    def label(self, labels: Sequence[tuple[str, ...]]) -> None:
        """Draw a box around elements, with a word each."""
        self.page.evaluate(LABELS, [list(label) for label in labels])

    def take(self, name: str, *selectors: str, top: int = MARGIN, height: int = 0) -> None:
        """Take a picture of what the elements span, or of the whole page without any."""
        boxes = [self.page.locator(s).first.bounding_box() for s in selectors or ("body",)]
        known = [box for box in boxes if box]
        first = min(box["y"] for box in known)
        last = max(box["y"] + box["height"] for box in known)
        y = max(0, first - top)
        size = min(height, last + MARGIN - y) if height else last + MARGIN - y
        clip = {
            "x": 0,
            "y": y,
            "width": self.page.viewport_size["width"],
            "height": size,
            "scale": 1,
        }
        session = self.page.context.new_cdp_session(self.page)
        taken = session.send(
            "Page.captureScreenshot",
            {"format": "webp", "quality": QUALITY, "clip": clip, "captureBeyondViewport": True},
        )
        (IMAGES / f"{name}.webp").write_bytes(base64.b64decode(taken["data"]))


def run(*arguments: object) -> str:
    """Run a command and return what it says on its two outputs, in that order."""
    command = [sys.executable, "-m", "site_gen", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=PROJECT, check=False)
    return done.stdout + done.stderr


def session(desk: Desk) -> None:
    """A session, and which field each part of it comes from."""
    desk.open("sessies/woningzoekenden/index.html")
    desk.label(
        [
            ("h1", "titel"),
            (".lead", "samenvatting"),
            (".people", "sprekers"),
            (".notes-messages ul", "kernboodschappen"),
            (".prose > p", "tekst onder de velden"),
            (".notes-sources ul", "bronnen en links in de tekst"),
        ]
    )
    desk.take("sessie", "main", top=0, height=880)


def timeslot(desk: Desk) -> None:
    """A timeslot in the programme, and what in it comes from where."""
    edits = {
        "programma/05-1200-lunch.yaml": (
            '  - sessie: lunch-binnenstad\n    begin: "12.15"\n',
            '  - sessie: lunch-binnenstad\n    begin: "12.15"\n    eind: "12.50"\n',
        )
    }
    desk.open("index.html", edits)
    slot = "#site-05-1200-lunch"
    desk.label(
        [
            (f"{slot} .clock-begin", "begin", "beside"),
            (f"{slot} .clock-end", "eind", "beside"),
            (f"{slot} .slot-title", "titel"),
            (f"{slot} .slot-note", "toelichting"),
            (f"{slot} .cards", "sessies, in de volgorde van de lijst"),
            (f"{slot} .card:first-child .card-facts > *", "eigen tijd", "beside"),
        ]
    )
    desk.take("tijdslot", slot, top=40)


def states(desk: Desk) -> None:
    """A session that is cancelled, one that is full and one that has moved."""
    edits = {
        "programma/04-1100-ronde-1.yaml": (
            "  - g40-overleg\n  - dordt-west\n  - mooi-nederland\n",
            "  - {sessie: g40-overleg, status: vol}\n  - {sessie: dordt-west, status: verplaatst, "
            "naar: {nl: ronde 2, en: round 2}}\n  - {sessie: mooi-nederland, status: vervallen}\n",
        )
    }
    desk.open("index.html", edits)
    desk.take("status", "#site-04-1100-ronde-1", top=0)


def change(desk: Desk) -> None:
    """A change that is told above the programme."""
    told = (
        'wijzigingen:\n  - op: "2026-03-26"\n    tekst:\n'
        "      nl: De sessie over Dordt West is nu in ronde 2.\n      en: Later.\n"
        "    sessie: dordt-west\ntalen: [nl, en]"
    )
    desk.open("index.html", {"programma/evenement.yaml": ("talen: [nl, en]", told)})
    desk.take("wijziging", "h1", ".changes")


def speakers(desk: Desk) -> None:
    """A speaker with a photo and one without; these two do not exist."""
    desk.open("sprekers/index.html", root=SEVERAL_DAYS)
    desk.take("spreker", "main")


def source(desk: Desk) -> None:
    """A source, with the official address that is made from its identifier."""
    desk.open("bronnen/index.html")
    desk.label(
        [
            ("#huisvestingswet-2014 h3", "titel"),
            ("#huisvestingswet-2014 .prose", "tekst onder de velden"),
            ("#huisvestingswet-2014 .facts > :nth-child(1)", "stand"),
            ("#huisvestingswet-2014 .facts > :nth-child(2)", "bwb"),
        ]
    )
    desk.take("bron", "#huisvestingswet-2014", top=32)


def translation(desk: Desk) -> None:
    """A page in English of a session that is not translated."""
    root = desk.content({})
    (root / "sessies" / "mooi-nederland.en.md").unlink()
    desk.open("en/sessions/mooi-nederland/index.html", root=root)
    desk.take("vertaling", "body", height=620)


def check(desk: Desk) -> None:
    """What the check says at the terminal."""
    root = desk.content(
        {
            "sessies/regionaal-samenwerken.md": ("[sofie-dreef]", "[sofie-dref]"),
            "programma/04-1100-ronde-1.yaml": ('eind: "12.00"', 'eind: "10.30"'),
        }
    )
    said = html.escape(run("check", "--root", root), quote=False)
    said = re.sub(r"^(\S+:\d+:\d+):", r"<b>\1</b>:", said, flags=re.M)
    said = re.sub(r"(error)\[(\S+?)\]", r"<i>\1</i>[<u>\2</u>]", said)
    desk.page.set_content(f"{TERMINAL}$ python3 build.py check\n{said}</pre>")
    desk.take("controle", "pre")


def proposal(desk: Desk) -> None:
    """What a pull request says about visitors."""
    root = desk.content(
        {
            "programma/05-1200-lunch.yaml": ('eind: "13.00"', 'eind: "13.15"'),
            "programma/06-1300-rijnlands-organiseren.yaml": ('begin: "13.00"', 'begin: "13.15"'),
            "programma/10-1500-ronde-3.yaml": (
                "  - europa",
                "  - sessie: europa\n    status: vervallen",
            ),
        }
    )
    said = markdown(run("status", "-q", "--root", root, "--sinds", PROJECT))
    desk.page.set_content(SUMMARY + said)
    desk.take("voorstel", "main")


def preview(desk: Desk) -> None:
    """What the preview shows while something is wrong."""
    root = desk.content({})
    with served(root) as address:
        desk.page.goto(f"{address}sessies/regionaal-samenwerken/")
        file = root / "sessies" / "regionaal-samenwerken.md"
        text = file.read_text("utf-8").replace("[sofie-dreef]", "[sofie-dref]")
        file.write_text(text, "utf-8", newline="\n")
        desk.page.wait_for_selector(".serve-fault")
        desk.page.wait_for_load_state()
        desk.take("bekijken", "body", height=640)


@contextmanager
def served(root: Path) -> Iterator[str]:
    """Serve a preview, and yield its address."""
    command = [sys.executable, "-m", "site_gen", "serve", "--port", "0", "--root", str(root)]
    command += ["--out", str(root.with_name("preview"))]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, encoding="utf-8", cwd=PROJECT
    ) as process:
        try:
            said = (re.search(r"http://\S+/", line) for line in process.stderr or ())
            yield next(found[0] for found in said if found)
        finally:
            process.send_signal(signal.SIGINT)


PICTURES: Mapping[str, Callable[[Desk], None]] = {
    "bekijken": preview,
    "bron": source,
    "controle": check,
    "sessie": session,
    "spreker": speakers,
    "status": states,
    "tijdslot": timeslot,
    "vertaling": translation,
    "voorstel": proposal,
    "wijziging": change,
}


def main(names: Sequence[str]) -> None:
    """Make the pictures of these names, or all."""
    IMAGES.mkdir(exist_ok=True)
    chromium = next(
        p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))
    )
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name in names or PICTURES:
            page = browser.new_page(
                viewport={"width": WIDTH, "height": 700}, device_scale_factor=SCALE, locale="nl-NL"
            )
            PICTURES[name](Desk(page, Path(folder, name)))
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])

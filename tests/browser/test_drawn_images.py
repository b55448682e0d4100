"""The images that are drawn without a browser agree with one: colours, kerning, widths."""

from __future__ import annotations

import hashlib
import json
import re
from string import ascii_letters, digits

import pytest
import support

from site_gen.exports import lettering
from site_gen.exports.drawing import INK, PAPER, TONES
from site_gen.exports.lettering import Face

pytestmark = pytest.mark.browser

SERIF = support.REAL / "assets/css/fonts/serif.woff2"
TABLE = support.REAL / "site_gen/exports/kerning.json"
LETTERS = ascii_letters + digits + " .,:;-!?()'‘’“”–—…"
LEAST = 15  # thousandths of the size: less is not seen

COLOURS = """
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const hex = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
    return "#" + [r, g, b].map((part) => part.toString(16).padStart(2, "0")).join("");
  };
  const shown = (name, colour) => {
    const element = document.createElement("i");
    element.className = name;
    document.body.append(element);
    element.style.color = `var(${colour})`;
    return hex(getComputedStyle(element).color);
  };
  const rounds = [1, 2, 3, 4, 5, 6].map((n) => `round-${n}`);
  return [rounds.map((name) => [shown(name, "--accent"), shown(name, "--wash")]),
    shown("", "--paper"), shown("", "--ink")];
}
"""
MEASURE = """
async (texts) => {
  await document.fonts.load("2000px 'Site Serif'");
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.font = "2000px 'Site Serif'";
  canvas.letterSpacing = "1px"; // no ligatures, which the images have not either
  return texts.map((text) => (canvas.measureText(text).width - [...text].length) / 2000);
}
"""


@pytest.fixture
def page(browser, host):
    page = browser.new_page(color_scheme="light")
    page.goto(host + "dag/")
    yield page
    page.close()


def test_colours_are_those_of_the_stylesheet(page):
    rounds, paper, ink = page.evaluate(COLOURS)
    assert [tuple(tones) for tones in rounds] == list(TONES)
    assert (paper, ink) == (PAPER, INK)


def kerning(page):
    """Return what each pair of letters is moved by in a browser, in thousandths of the size."""
    pairs = [left + right for left in LETTERS for right in LETTERS]
    single = dict(zip(LETTERS, page.evaluate(MEASURE, list(LETTERS)), strict=True))
    widths = page.evaluate(MEASURE, pairs)
    moved = {
        pair: round(1000 * (width - single[pair[0]] - single[pair[1]]))
        for pair, width in zip(pairs, widths, strict=True)
    }
    return {pair: by for pair, by in moved.items() if abs(by) >= LEAST}


def test_kerning_is_that_of_the_font(page, rewrite):
    """A new font on the site needs a new table: ``pytest --rewrite``."""
    found = {
        "sha256": hashlib.sha256(SERIF.read_bytes()).hexdigest(),
        "pairs": kerning(page),
    }
    if rewrite:
        TABLE.write_text(
            json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8"
        )
    assert json.loads(TABLE.read_text("utf-8")) == found


def test_titles_are_as_wide_as_in_a_browser(page):
    serif, size = SERIF.read_bytes(), 96
    titles = re.findall("^titel: (.*)$", "\n".join(p.read_text() for p in sessions()), re.M)
    widths = page.evaluate(MEASURE, titles)
    face = Face(serif, size)
    assert lettering.kerning(serif)
    assert [face.width(title) / size for title in titles] == pytest.approx(widths, rel=0.01)


def sessions():
    return (support.REAL / "sessies").glob("*.md")

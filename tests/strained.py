"""A site on which everything is too much: words, titles, speakers, sessions."""

from __future__ import annotations

import io
from pathlib import Path

import support
from PIL import Image, ImageDraw

WORD = (
    "Hottentottententententoonstellingsvoorbereidingscommissievergaderingsnotulenarchief"
    "beheerdersopleidingscertificeringsaanvraagformulieren"
)
LONG = (
    "Hoe gemeenten, provincies, waterschappen en het Rijk samen met bewoners, ondernemers en "
    "maatschappelijke organisaties werken aan een leefomgeving waarin iedereen een plek vindt, ook "
    "wie daar zelf niet om vraagt, en wat dat van alle betrokkenen vergt"
)
CROWD = [f"spreker-{number:02}" for number in range(1, 21)]
PHOTOS = {"staand": (240, 400, ".jpg"), "liggend": (480, 240, ".jpg"), "los": (240, 240, ".png")}

EVENT = f"""\
titel: {{nl: "Landelijke bijeenkomst over leefomgevingsvraagstukken: {LONG[:60]}", en: Meeting}}
kenmerk: lastig
ondertitel: {{nl: "{LONG}", en: How to live together}}
organisator: {WORD}
plaats: Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch
datum: 2026-05-20
talen: [nl, en]
zalen:
  - {{naam: Grote vergaderzaal Oost op de eerste verdieping, gebouw: {WORD}}}
  - A
wijzigingen:
  - {{op: "2026-05-19 23.59", tekst: {{nl: "{LONG}.", en: It has moved.}}, sessie: lang}}
"""
FULL = f"""\
---
titel: "{LONG}"
ondertitel: "{LONG}"
samenvatting: "{LONG}."
sprekers: [woord, {", ".join([*PHOTOS, *CROWD])}]
georganiseerd_door: [{WORD}, "{LONG}"]
organisaties: [{WORD}, "{LONG}"]
themas: [{WORD}]
taal: nl
zaal: Grote vergaderzaal Oost op de eerste verdieping
kernboodschappen:
  - {{id: een, tekst: "{LONG}."}}
  - {{id: twee, tekst: {WORD}}}
bronnen: [lang]
links: [{{tekst: {WORD}, adres: "https://example.nl/{"a" * 200}"}}]
---

## {LONG}

{WORD} is een woord. Zie [{WORD}](../programma/bronnen/lang.md), en nog eens
[de bron](../programma/bronnen/lang.md).

### {WORD}

- een
    - twee
        - drie
            - {WORD}

> {WORD}
"""
ROUND = """\
begin: "09.00"
eind: "10.00"
soort: ronde
ronde: 12
sessies:
  - lang
  - woord
  - {sessie: i, begin: "09.15", eind: "09.30", zaal: A, status: vol}
"""
MOVED = f"""\
begin: "10.00"
eind: "11.00"
soort: plenair
titel: {WORD}
sessies: [{{sessie: i, status: verplaatst, naar: "{WORD}, {LONG}"}}]
"""
SOURCE = f"""\
---
titel: "{LONG}"
soort: wet
bwb: BWBR0035303
url: https://example.nl/{"b" * 300}
stand: {{tekst: {WORD}, datum: "2026-05-01"}}
---

{LONG}. {WORD}.
"""
PAGE = f"""\
---
titel: {WORD}
---

## {WORD}

| Kolom | {WORD[:60]} | Derde | Vierde | Vijfde |
| --- | --- | ---: | :---: | --- |
| a | {LONG} | 1 | {WORD} | {LONG} |

```
{"een regel code die niet ophoudt " * 12}
```

Een adres: <https://example.nl/{"c" * 180}>.

![Een liggende foto](../../assets/img/liggend.jpg)
"""


def strained(root: Path) -> Path:
    """Write the site below ``root``, in two languages; most of it is not translated."""
    choices = "".join(f"  - keuze-{number}\n" for number in range(1, 7))
    files: dict[str, str | bytes] = {
        "programma/evenement.yaml": EVENT,
        "programma/01-open.yaml": f'begin: "08.00"\nsoort: inloop\ntoelichting: "{LONG}."\n',
        "programma/02-ronde.yaml": ROUND + choices,
        "programma/03-lang.yaml": MOVED,
        "programma/04-eind.yaml": 'begin: "23.30"\nsoort: afsluiting\n',
        "programma/bronnen/lang.md": SOURCE,
        "programma/paginas/over.md": PAGE,
        "sessies/lang.md": FULL,
        "sessies/woord.md": f"---\ntitel: {WORD}\nstatus: vervallen\nsprekers: [woord]\n---\n",
        "sessies/i.md": "---\ntitel: I\n---\n",
        "sprekers/woord.md": f"---\nnaam: {WORD}\nfunctie: {WORD}\norganisatie: {LONG}\n---\n",
    }
    for number in range(1, 7):
        title = f"Keuze {number} over de {'energietransitie en ' * number}wonen"
        three = ", ".join(CROWD[number::7])
        files[f"sessies/keuze-{number}.md"] = f"---\ntitel: {title}\nsprekers: [{three}]\n---\n"
    for number, slug in enumerate(CROWD):
        files[f"sprekers/{slug}.md"] = f"---\nnaam: Naam{number} van der Eerste-Tweede\n---\n"
    for slug, (width, height, suffix) in PHOTOS.items():
        files[f"assets/img/{slug}{suffix}"] = _portrait(width, height, suffix)
        photo = f"foto: {{bestand: img/{slug}{suffix}, alt: Portret}}"
        files[f"sprekers/{slug}.md"] = f"---\nnaam: Iemand {slug}\n{photo}\n---\n"
    return support.write(root, files)


def _portrait(width: int, height: int, suffix: str) -> bytes:
    """Draw somebody; without a background where the format can do without."""
    mode, ground = ("RGBA", (0, 0, 0, 0)) if suffix == ".png" else ("RGB", (143, 182, 165))
    image = Image.new(mode, (width, height), ground)
    x, y, r = width // 2, int(height * 0.38), int(min(width, height) * 0.22)
    ImageDraw.Draw(image).ellipse((x - 2 * r, y + r, x + 2 * r, y + 5 * r), "#37506b")
    ImageDraw.Draw(image).ellipse((x - r, y - r, x + r, y + r), "#d9a679")
    file = io.BytesIO()
    image.save(file, "PNG" if suffix == ".png" else "JPEG")
    return file.getvalue()

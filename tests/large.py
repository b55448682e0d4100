"""A made-up conference of a hundred rooms, for tests of what many sessions do to the pages."""

from __future__ import annotations

BUILDINGS = ("Augustijnenkerk", "Energiehuis", "Grote Kerk", "Kunstmin", "Stadhuis")
ROOMS = [(f"{name[:2]} {number}", name) for name in BUILDINGS for number in range(1, 21)]
THEMES = ("Bestuur", "Data", "Klimaat", "Mobiliteit", "Water", "Wonen", "Zorg")
ADDRESS = "https://example.nl/groot/"


def content(
    sessions: int, *, days: int = 1, themes: tuple[str, ...] = THEMES, buildings: bool = True
) -> dict[str, bytes]:
    """Return a programme in which a hundred rooms are used at once, ten times a day."""
    rooms = "".join(
        f"  - {{naam: {room}, gebouw: {place}}}\n" if buildings else f"  - {room}\n"
        for room, place in ROOMS
    )
    files = {
        "programma/evenement.yaml": f"titel: {{nl: Groot, en: Large}}\nkenmerk: groot\ntalen: "
        f"[nl, en]\ndatum: 2026-10-22\nadres: {ADDRESS}\nzalen:\n{rooms}"
    }
    for number in range(sessions):
        files[f"sprekers/spreker-{number}.md"] = (
            f"---\nnaam: Kim {chr(65 + number % 26)}{number}\n---\n"
        )
        themed = f"themas: [{themes[number % len(themes)]}]\n" if themes else ""
        files[f"sessies/sessie-{number}.md"] = (
            f"---\ntitel: Onderwerp {number * 7919 % 1000} van de wijk, de straat en het water\n"
            f"samenvatting: Wat wij in {number} dagen leerden van bewoners en van elkaar.\n{themed}"
            f"sprekers: [spreker-{number}]\nzaal: {ROOMS[number % 100][0]}\nkernboodschappen:\n"
            f"  - {{id: een, tekst: Begin bij de bewoner {number}.}}\n---\nEen tekst.\n"
        )
    hours = [(day, hour) for day in range(days) for hour in range(8, 18)]
    for place, (day, hour) in enumerate(hours):
        held = ", ".join(f"sessie-{n}" for n in range(sessions) if n % len(hours) == place)
        files[f"programma/{day}-{hour:02}.yaml"] = (
            f'datum: 2026-10-{22 + day}\nbegin: "{hour:02}.00"\neind: "{hour:02}.45"\n'
            f"soort: sessies\nsessies: [{held}]\n"
        )
    return {path: text.encode() for path, text in files.items()}

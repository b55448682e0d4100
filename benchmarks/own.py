"""The made-up programme as content of site-gen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.programme import (
    FIRST_DAY,
    LANGUAGES,
    PARALLEL,
    ROOMS,
    SOURCE_LINK,
    SPEAKER_LINK,
    Day,
    Programme,
    Round,
    Session,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EVENT = f"""\
titel: {{nl: Grote dag, en: Big day}}
kenmerk: grote-dag
plaats: Dordrecht
toegankelijkheidsverklaring: https://voorbeeld.nl/toegankelijkheid
datum: {FIRST_DAY}
talen: [{", ".join(LANGUAGES)}]
adres: https://voorbeeld.nl/congres/
zalen: [{", ".join(ROOMS)}]
"""
ENDINGS = ("", *(f".{lang}" for lang in LANGUAGES[1:]))


def write(programme: Programme, folder: Path) -> None:
    """Write the content folders of a project."""
    for path, text in files(programme):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_text("utf-8") != text:
            target.write_text(text, "utf-8")


def files(programme: Programme) -> Iterator[tuple[str, str]]:
    """Yield every content file by its path."""
    yield "programma/evenement.yaml", EVENT
    for day in programme.days:
        for held in day.rounds:
            yield f"programma/{day.date}-{held.number:02}.yaml", _slot(day, held)
    for session in programme.sessions:
        for number, ending in enumerate(ENDINGS):
            yield f"sessies/{session.slug}{ending}.md", _session(session, number, ending)
    yield from _records(programme)


def _records(programme: Programme) -> Iterator[tuple[str, str]]:
    for speaker in programme.speakers:
        facts = f"naam: {speaker.name}\nfunctie: {speaker.role}\n"
        for front, ending, body in zip((facts, ""), ENDINGS, speaker.bodies, strict=True):
            yield f"sprekers/{speaker.slug}{ending}.md", f"---\n{front}---\n{body}\n"
    for source in programme.sources:
        facts = f"titel: {source.title}\nsoort: publicatie\nurl: {source.address}\n"
        for front, ending, body in zip((facts, ""), ENDINGS, source.bodies, strict=True):
            yield f"programma/bronnen/{source.slug}{ending}.md", f"---\n{front}---\n{body}\n"


def _slot(day: Day, held: Round) -> str:
    entries = "".join(
        f"  - {{sessie: {session.slug}, zaal: {ROOMS[place % PARALLEL]}}}\n"
        for place, session in enumerate(held.sessions)
    )
    begin, end = (f"{minute // 60:02}.{minute % 60:02}" for minute in (held.begin, held.end))
    return (
        f"datum: {day.date}\nbegin: {begin}\neind: {end}\n"
        f"soort: ronde\nronde: {held.number}\nsessies:\n{entries}"
    )


def _session(session: Session, number: int, ending: str) -> str:
    messages = "".join(
        f"  - id: boodschap-{place}\n    tekst: {texts[number]}\n"
        for place, texts in enumerate(session.key_messages)
    )
    facts = (
        f"sprekers: [{', '.join(speaker.slug for speaker in session.speakers)}]\n"
        f"bronnen: [{session.cited[1].slug}]\n"
    )
    body = session.bodies[number]
    body = body.replace(SPEAKER_LINK, f"../sprekers/{session.speakers[0].slug}{ending}.md")
    body = body.replace(SOURCE_LINK, f"../programma/bronnen/{session.cited[0].slug}{ending}.md")
    return (
        f"---\ntitel: {session.titles[number]}\nsamenvatting: {session.summaries[number]}\n"
        f"{'' if ending else facts}kernboodschappen:\n{messages}---\n{body}"
    )

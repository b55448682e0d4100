"""A made-up programme of any size: the same for every generator, and in every run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LANGUAGES = ("nl", "en")
FIRST_DAY = date(2026, 10, 5)
PARALLEL = 10  # sessions in a round
ROUNDS = 20  # in a day, half an hour each from 08.00
ROOMS = tuple(f"Zaal {number}" for number in range(1, PARALLEL + 1))
SOURCES = 40
SPEAKER_LINK, SOURCE_LINK = "SPREKER", "BRON"
SYLLABLES = "ba be da de dro ga ge ka ko la lij ma mo na noor ra ri sta sche ta tij va voor wa wij"


@dataclass(frozen=True)
class Speaker:
    """Somebody with a text of about 40 words, per language."""

    slug: str
    name: str
    role: str
    bodies: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """A document that sessions refer to."""

    slug: str
    title: str
    address: str
    bodies: tuple[str, ...]


@dataclass(frozen=True)
class Session:
    """A session with a title, a summary and about 250 words, per language."""

    slug: str
    titles: tuple[str, ...]
    summaries: tuple[str, ...]
    key_messages: tuple[tuple[str, ...], ...]
    bodies: tuple[str, ...]
    speakers: tuple[Speaker, ...]
    cited: tuple[Source, ...]


@dataclass(frozen=True)
class Round:
    """Sessions at the same time, each in a room; times are minutes since midnight."""

    number: int
    begin: int
    end: int
    sessions: tuple[Session, ...]


@dataclass(frozen=True)
class Day:
    """The rounds of one date."""

    date: date
    rounds: tuple[Round, ...]


@dataclass(frozen=True)
class Programme:
    """All of it."""

    days: tuple[Day, ...]
    sessions: tuple[Session, ...]
    speakers: tuple[Speaker, ...]
    sources: tuple[Source, ...]


def programme(size: int, seed: int = 7) -> Programme:
    """Make a programme of ``size`` sessions with as many speakers."""
    random = Random(seed)  # noqa: S311 - made-up text, no secret
    words = _vocabulary(random)
    writer = _Writer(random, words)
    sources = tuple(writer.source(number) for number in range(SOURCES))
    speakers = tuple(writer.speaker(number) for number in range(size))
    sessions = tuple(writer.session(number, speakers, sources) for number in range(size))
    return Programme(_days(sessions), sessions, speakers, sources)


def retitled(made: Programme, word: str) -> Programme:
    """Return the programme with a word more in the title of the first session."""
    first = made.sessions[0]
    changed = replace(first, titles=tuple(f"{title} {word}" for title in first.titles))
    sessions = (changed, *made.sessions[1:])
    return replace(made, days=_days(sessions), sessions=sessions)


def _days(sessions: tuple[Session, ...]) -> tuple[Day, ...]:
    in_rounds = [sessions[n : n + PARALLEL] for n in range(0, len(sessions), PARALLEL)]
    by_day = [in_rounds[n : n + ROUNDS] for n in range(0, len(in_rounds), ROUNDS)]
    return tuple(
        Day(
            FIRST_DAY + timedelta(days=number),
            tuple(
                Round(place + 1, 480 + 30 * place, 510 + 30 * place, held)
                for place, held in enumerate(rounds)
            ),
        )
        for number, rounds in enumerate(by_day)
    )


def _vocabulary(random: Random) -> list[str]:
    syllables = SYLLABLES.split()
    return ["".join(random.choices(syllables, k=random.randint(1, 4))) for _ in range(2_000)]


@dataclass(frozen=True)
class _Writer:
    random: Random
    words: list[str]

    def source(self, number: int) -> Source:
        slug = f"bron-{number}x"
        address = f"https://voorbeeld.nl/{slug}"
        return Source(f"stuk-{number}", self.title(), address, self.both(self.sentence))

    def speaker(self, number: int) -> Speaker:
        name = f"{self.word().title()} {self.word().title()}-{number}"
        bodies = tuple(self.paragraph(3) for _ in LANGUAGES)
        return Speaker(f"spreker-{number}", name, self.title(), bodies)

    def session(
        self, number: int, speakers: tuple[Speaker, ...], sources: tuple[Source, ...]
    ) -> Session:
        """Every other session has a second speaker, whose own session is a round later."""
        on = (speakers[number], *speakers[number + PARALLEL :][: number % 2])
        cited = tuple(self.random.sample(sources, 2))
        return Session(
            slug=f"sessie-{number}",
            titles=self.both(self.title),
            summaries=self.both(self.sentence),
            key_messages=tuple(self.both(self.sentence) for _ in range(2)),
            bodies=self.both(self.body),
            speakers=on,
            cited=cited,
        )

    def both(self, make: Callable[[], str]) -> tuple[str, ...]:
        return tuple(make() for _ in LANGUAGES)

    def word(self) -> str:
        return self.words[min(int(self.random.paretovariate(0.6)), len(self.words)) - 1]

    def title(self) -> str:
        return " ".join(self.word() for _ in range(5)).capitalize()

    def sentence(self) -> str:
        return " ".join(self.word() for _ in range(13)).capitalize() + "."

    def paragraph(self, sentences: int) -> str:
        return " ".join(self.sentence() for _ in range(sentences))

    def body(self) -> str:
        """Return a text with headings, a list and two links; where they lead is filled in later."""
        items = "\n".join(f"- {self.sentence()}" for _ in range(3))
        heading, word, link = self.title(), self.word(), self.title()
        return (
            f"{self.paragraph(4)}\n\n## {heading}\n\n{self.paragraph(3)} *{word}* en **{link}**: "
            f"[{self.word()}]({SPEAKER_LINK}).\n\n{items}\n\n## {self.title()}\n\n"
            f"{self.paragraph(4)} [{self.title()}]({SOURCE_LINK}).\n\n{self.paragraph(3)}\n"
        )

"""What commands say: problems on standard output, all else on standard error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from site_gen.problems import Problem

Saying = Mapping[str, str]
"""One sentence per language (``nl``, ``en``), with fields in braces."""

PROGRESS: Saying = {"nl": "pagina {done} van {total}", "en": "page {done} of {total}"}
ERRORS = {
    "nl": ("geen fouten", "1 fout", "{count} fouten"),
    "en": ("no errors", "1 error", "{count} errors"),
}
WARNINGS = {
    "nl": ("geen waarschuwingen", "1 waarschuwing", "{count} waarschuwingen"),
    "en": ("no warnings", "1 warning", "{count} warnings"),
}


class Speech:
    """The voice of one run: in which form, in which language, and whether it is to be quiet."""

    def __init__(
        self, form: str, lang: str, quiet: bool, clock: Callable[[], float] = monotonic
    ) -> None:
        self.form, self.lang, self.quiet, self.clock = form, lang, quiet, clock
        self._next_progress = 0.0

    def problems(self, problems: Sequence[Problem]) -> str:
        """Print the problems in the form that was asked for, and return what was printed."""
        from site_gen.problems import FORMATS

        printed = FORMATS[self.form](problems, self.lang)
        click.echo(printed, nl=False)
        return printed

    def count(self, saying: Saying, problems: Sequence[Problem], **values: object) -> None:
        """Say how it went, and how many problems there are."""
        found = Counter(problem.severity for problem in problems)
        self.say(
            saying,
            errors=self.counted(ERRORS, found["error"]),
            warnings=self.counted(WARNINGS, found["warning"]),
            **values,
        )

    def counted(self, forms: Mapping[str, tuple[str, str, str]], count: int) -> str:
        """Return how to say that there are none, one, or more."""
        return forms[self.lang][min(count, 2)].format(count=count)

    def say(self, saying: Saying, **values: object) -> None:
        """Say something, unless asked to be quiet."""
        click.echo(self.sentence(saying, **values), err=True, nl=False)

    def sentence(self, saying: Saying, **values: object) -> str:
        """Return what is said, with the end of its line: nothing where asked to be quiet."""
        return "" if self.quiet else saying[self.lang].format(**values) + "\n"

    def progress(self, done: int, total: int, saying: Saying = PROGRESS) -> None:
        """Say how far a long command is, once a second."""
        now = self.clock()
        if done == 1:
            self._next_progress = now + 1
        elif now >= self._next_progress:
            self._next_progress = now + 1
            self.say(saying, done=done, total=total)

"""The command line: options, exit codes and printing; nothing else."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NoReturn

import click

from site_gen import __version__

if TYPE_CHECKING:
    from site_gen.problems import Problem

EVENT = Path("programma", "evenement.yaml")
CONTENT_ERROR, USAGE_ERROR, ENVIRONMENT_ERROR = 1, 2, 3

SAYINGS = {
    "nl": {
        "built": "{pages} pagina’s staan in {out}: {written} nieuw of gewijzigd, "
        "{unchanged} gelijk gebleven, {removed} opgeruimd.\n"
        "Bekijk de site: open {index} in een browser.",
        "failed": "Er is niets geschreven: {errors}, {warnings}.",
        "bad": "Nog niet goed: {errors}, {warnings}.",
        "good": "Er zijn {errors} en {warnings}.",
        "progress": "pagina {done} van {total}",
    },
    "en": {
        "built": "{pages} pages are in {out}: {written} new or changed, "
        "{unchanged} unchanged, {removed} removed.\n"
        "To look at the site, open {index} in a browser.",
        "failed": "Nothing was written: {errors}, {warnings}.",
        "bad": "Not right yet: {errors}, {warnings}.",
        "good": "There are {errors} and {warnings}.",
        "progress": "page {done} of {total}",
    },
}

COUNTS = {
    "nl": {
        "errors": ("geen fouten", "1 fout", "{count} fouten"),
        "warnings": ("geen waarschuwingen", "1 waarschuwing", "{count} waarschuwingen"),
    },
    "en": {
        "errors": ("no errors", "1 error", "{count} errors"),
        "warnings": ("no warnings", "1 warning", "{count} warnings"),
    },
}
"""How to say that there are none, one, and more."""


class _DefaultToBuild(click.Group):
    """Without a command, ``build`` is meant."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in {"--help", "--version"}):
            args = ["build", *args]
        return super().parse_args(ctx, args)


def _shared(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that every command has."""
    options = (
        click.option("--root", type=click.Path(path_type=Path), help="The project's folder."),
        click.option(
            "--format",
            "form",
            type=click.Choice(["text", "json", "github"]),
            default="text",
            show_default=True,
            help="How problems are printed.",
        ),
        click.option(
            "--lang",
            type=click.Choice(["nl", "en"]),
            help="Language of the messages.  [default: the site's main language]",
        ),
        click.option("--strict", is_flag=True, help="Warnings fail too."),
        click.option("-q", "--quiet", is_flag=True, help="Print problems only."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(
    cls=_DefaultToBuild,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Without a command: build. 'python3 build.py test' runs all tests.",
)
@click.version_option(__version__, prog_name="site-gen")
def cli() -> None:
    """Make the website of a conference day from YAML and Markdown."""


@cli.command()
@_shared
@click.option("--out", type=click.Path(path_type=Path), help="Where to write.  [default: _site]")
@click.option("--adres", "address", default="", help="Public address of the site (https://…).")
def build(
    root: Path | None,
    form: str,
    lang: str | None,
    strict: bool,
    quiet: bool,
    out: Path | None,
    address: str,
) -> None:
    """Check the content and write the site."""
    from site_gen.output import OutputError
    from site_gen.pipeline import build as run

    where = _root(root)
    target = out if out is not None else where / "_site"
    _check_address(address)
    speech = Speech(form, lang or _main_language(where), quiet)
    try:
        built, problems = run(where, target, address, strict=strict, progress=speech.progress)
    except OutputError as error:
        speech.problems([error.problem])
        raise SystemExit(ENVIRONMENT_ERROR) from None
    speech.problems(problems)
    if built is None:
        speech.count("failed", problems)
        raise SystemExit(CONTENT_ERROR)
    report = built.report
    speech.say(
        "built",
        pages=built.pages,
        out=target,
        written=report.written,
        unchanged=report.unchanged,
        removed=report.removed,
        index=target / "index.html",
    )


@cli.command()
@_shared
def check(root: Path | None, form: str, lang: str | None, strict: bool, quiet: bool) -> None:
    """Name every problem in the content; write nothing."""
    from site_gen.pipeline import check as run
    from site_gen.problems import has_errors

    where = _root(root)
    speech = Speech(form, lang or _main_language(where), quiet)
    _, problems = run(where)
    speech.problems(problems)
    if has_errors(problems) or (strict and problems):
        speech.count("bad", problems)
        raise SystemExit(CONTENT_ERROR)
    speech.count("good", problems)


def main() -> NoReturn:
    """Run the command line and exit; a reader that stops reading (``head``) is no fault."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # as it is where the one who starts us has closed it
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        cli(prog_name="build.py" if "SITE_GEN_DEFAULT_ROOT" in os.environ else "site-gen")
    except BrokenPipeError:
        _drop_output()
        raise SystemExit(1) from None
    except OSError as error:
        _drop_output()
        said = "site-gen: lezen of schrijven lukt niet / reading or writing fails"
        click.echo(f"{said}: {error}", err=True)
        raise SystemExit(ENVIRONMENT_ERROR) from None
    raise SystemExit(0)


def _drop_output() -> None:
    """Keep Python from writing at its end what could not be written now."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Speech:
    """What a command prints: problems on standard output, all else on standard error."""

    def __init__(
        self, form: str, lang: str, quiet: bool, clock: Callable[[], float] = monotonic
    ) -> None:
        self.form, self.lang, self.quiet, self.clock = form, lang, quiet, clock
        self._next_progress = clock() + 1

    def problems(self, problems: Sequence[Problem]) -> None:
        """Print the problems in the form that was asked for."""
        from site_gen.problems import FORMATS

        click.echo(FORMATS[self.form](problems, self.lang), nl=False)

    def count(self, key: str, problems: Sequence[Problem]) -> None:
        """Say how it went, and how many problems there are."""
        errors = sum(found.severity == "error" for found in problems)
        warnings = len(problems) - errors
        self.say(
            key,
            errors=self._counted("errors", errors),
            warnings=self._counted("warnings", warnings),
        )

    def _counted(self, key: str, count: int) -> str:
        return COUNTS[self.lang][key][min(count, 2)].format(count=count)

    def say(self, key: str, **values: object) -> None:
        """Say something, unless asked to be quiet."""
        if not self.quiet:
            click.echo(SAYINGS[self.lang][key].format(**values), err=True)

    def progress(self, done: int, total: int) -> None:
        """Say how far a long build is, once a second."""
        if not self.quiet and self.clock() >= self._next_progress:
            self._next_progress = self.clock() + 1
            self.say("progress", done=done, total=total)


def _root(given: Path | None) -> Path:
    """Return the project's folder: as given, the launcher's, or the nearest with an event."""
    if given is not None:
        root = given
    elif default := os.environ.get("SITE_GEN_DEFAULT_ROOT"):
        root = Path(default)
    else:
        here = Path.cwd()
        root = next((p for p in (here, *here.parents) if (p / EVENT).is_file()), here)
    if not (root / EVENT.parent).is_dir():
        raise click.UsageError(
            f"{root} heeft geen map ‘programma’; noem de map van de site met --root / "
            f"{root} has no folder “programma”; name the site's folder with --root"
        )
    return root


def _check_address(address: str) -> None:
    from site_gen.kinds import is_web_address

    if address and not is_web_address(address):
        raise click.UsageError(
            f"--adres {address}: begin met https:// / start with https://, "
            "zoals / like https://voorbeeld.nl/congres/"
        )


def _main_language(root: Path) -> str:
    """Return the language for messages: the site's main one where we speak it, else English."""
    from site_gen.load import main_language
    from site_gen.messages import LANGUAGES

    try:
        lang = main_language((root / EVENT).read_bytes())
    except OSError:
        return LANGUAGES[0]
    return lang if lang in LANGUAGES else "en"

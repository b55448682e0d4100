"""What every command shares: its options, the project's folder, and the exit codes."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import click
from msgspec import Struct

from site_gen.cli.speech import Speech
from site_gen.unchanged import default_root

if TYPE_CHECKING:
    from site_gen.store import Store

CONTENT_ERROR, USAGE_ERROR, ENVIRONMENT_ERROR = 1, 2, 3
EVENT = Path("programma", "evenement.yaml")

P = ParamSpec("P")
F = TypeVar("F", bound=Callable[..., None])

_OPTIONS = (
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


class Run(Struct, frozen=True):
    """One run of a command: the project, how to speak, whether warnings fail, what day it is."""

    root: Path
    speech: Speech
    strict: bool
    today: date

    def kept(self) -> Store:
        """Return what builds kept, for a command that is none and leaves all of it as it is.

        What cannot be used is passed over in silence: the build that replaces it tells.
        """
        from site_gen.edition import edition
        from site_gen.state import FOLDER
        from site_gen.store import Store

        return Store(self.root / FOLDER, edition(), read_only=True)


def shared(command: Callable[Concatenate[Run, P], None]) -> Callable[..., None]:
    """Give a command the options that all have; it gets them as its :class:`Run`."""
    return _with_options(command, _root)


def starting(command: Callable[Concatenate[Run, P], None]) -> Callable[..., None]:
    """As :func:`shared`, for a command that may also begin with an empty folder."""
    return _with_options(command, _folder)


def _with_options(
    command: Callable[Concatenate[Run, P], None], folder: Callable[[Path | None], Path]
) -> Callable[..., None]:
    @wraps(command)
    def with_run(
        root: Path | None,
        form: str,
        lang: str | None,
        strict: bool,
        quiet: bool,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        where = folder(root)
        speech = Speech(form, lang or _main_language(where), quiet)
        with machine_told(speech):
            command(Run(where, speech, strict, today()), *args, **kwargs)

    result: Callable[..., None] = with_run
    for option in reversed(_OPTIONS):
        result = option(result)
    return result


@contextmanager
def machine_told(speech: Speech) -> Iterator[None]:
    """Where the machine lacks something, say so and end."""
    from site_gen.machine import MachineError

    try:
        yield
    except MachineError as error:
        speech.problems([error.problem])
        raise SystemExit(ENVIRONMENT_ERROR) from None


def output_options(command: F) -> F:
    """Give a command that writes the site the options ``--out`` and ``--adres``."""
    out = click.option(
        "--out", type=click.Path(path_type=Path), help="Where to write.  [default: _site]"
    )
    address = click.option(
        "--adres",
        "address",
        default="",
        callback=_address,
        help="Public address of the site (https://…).",
    )
    return out(address(command))


def _address(_ctx: click.Context, _option: click.Parameter, address: str) -> str:
    from site_gen.kinds import is_web_address

    if address and not is_web_address(address):
        raise click.UsageError(
            f"--adres {address}: begin met https:// / start with https://, "
            "zoals / like https://voorbeeld.nl/congres/"
        )
    return address


def home() -> list[Path]:
    """Return the home folder, where there is one: a user without a name may have none."""
    try:
        return [Path.home()]
    except RuntimeError:
        return []


def _folder(given: Path | None) -> Path:
    return Path(default_root()) if given is None else given


def _root(given: Path | None) -> Path:
    """Return the project's folder, which has content."""
    root = _folder(given)
    if not (root / EVENT.parent).is_dir():
        raise click.UsageError(
            f"{root} heeft geen map ‘programma’; noem de map van de site met --root / "
            f"{root} has no folder “programma”; name the site's folder with --root"
        )
    return root


def today() -> date:
    """Return the day that counts as today: of ``SOURCE_DATE_EPOCH`` where set, else of the clock.

    The variable is that of reproducible-builds.org: seconds since 1970, in place of the clock.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        return datetime.now(UTC).date()
    try:
        if not re.fullmatch("[0-9]+", given):
            raise ValueError
        return datetime.fromtimestamp(int(given), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(
            f"SOURCE_DATE_EPOCH={given[:40]}: geef seconden sinds 1970 / give seconds since 1970, "
            "zoals / like 1767225600"
        ) from None


def _main_language(root: Path) -> str:
    """Return the language for messages: the site's main one where we speak it, else English."""
    from site_gen.load import main_language
    from site_gen.messages import LANGUAGES

    try:
        lang = main_language((root / EVENT).read_bytes())
    except OSError:
        return LANGUAGES[0]
    return lang if lang in LANGUAGES else "en"

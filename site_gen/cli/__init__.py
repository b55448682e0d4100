"""The command line: options, exit codes and printing; nothing else.

A command is a module here with a ``command``; what it needs beyond click is imported when it runs.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from signal import SIGINT
from typing import TYPE_CHECKING, NoReturn

import click

from site_gen import __version__
from site_gen.cli.run import ENVIRONMENT_ERROR

if TYPE_CHECKING:
    from site_gen.unchanged import Repetition

COMMANDS = {
    "build": "site_gen.cli.build",
    "check": "site_gen.cli.check",
    "serve": "site_gen.cli.serve",
    "new": "site_gen.cli.new",
    "rename": "site_gen.cli.rename",
    "status": "site_gen.cli.status",
    "links": "site_gen.cli.links",
    "verify": "site_gen.cli.verify",
    "import": "site_gen.cli.import_",
}
"""Every command and its module, in the order of ``--help``."""


class _Commands(click.Group):
    """Loads a command when it is asked for; without one, ``build`` is meant."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name]).command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in {"--help", "-h", "--version"}):
            args = ["build", *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; where click ends with 1 after Ctrl-C, that means faulty content here."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise SystemExit(128 + SIGINT) from None


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Without a command: build. 'python3 build.py test' runs all tests.",
)
@click.version_option(__version__, prog_name="site-gen")
def cli() -> None:
    """Make the website of a conference day from YAML and Markdown."""


def main(run: Repetition | None = None) -> NoReturn:
    """Run the command line and exit; a reader that stops reading (``head``) is no fault.

    ``run`` is where a good build leaves what it says when nothing has changed.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # as it is where the one who starts us has closed it
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        cli(obj=run, prog_name="build.py" if "SITE_GEN_DEFAULT_ROOT" in os.environ else "site-gen")
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

"""``new``: a new file that passes the checks, or the start of another conference."""

from __future__ import annotations

from pathlib import Path

import click

from site_gen.cli.changing import refusal_told
from site_gen.cli.run import machine_told
from site_gen.cli.speech import Speech

KINDS = ("sessie", "spreker", "tijdslot", "bron", "pagina")
STARTED = {
    "nl": "{count} bestanden staan in {folder}.\nMaak de site: {program} --root {folder}",
    "en": "{count} files are in {folder}.\nTo make the site: {program} --root {folder}",
}
NOT_EMPTY = {
    "nl": "{folder} is geen lege map; noem een map die er nog niet is",
    "en": "{folder} is not an empty folder; name one that is not there yet",
}
TITLE = {"nl": "Naam van het congres", "en": "Name of the conference in Dutch"}
TRANSLATION = {"nl": "Naam in het Engels", "en": "Name in English"}


class _Kinds(click.Group):
    """Makes the command of a kind of file when it is asked for: its options are the field table."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*KINDS, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from site_gen.cli.forms import record_command

        if cmd_name in KINDS:
            return record_command(cmd_name)
        return super().get_command(ctx, cmd_name)


@click.group("new", cls=_Kinds)
def command() -> None:
    """Make a new file, or start another conference."""


@command.command("congres")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--titel", "title", default="", help="Name of the conference, in Dutch.")
@click.option("--vertaling", "translation", default="", help="Name of the conference, in English.")
@click.option("--lang", type=click.Choice(["nl", "en"]), default="nl", help="Language of messages.")
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
@click.pass_context
def conference(
    ctx: click.Context, folder: Path, title: str, translation: str, lang: str, quiet: bool
) -> None:
    """Start another conference in DIR: a small programme that builds at once."""
    from site_gen.scaffold.conference import is_free, new_conference
    from site_gen.scaffold.disk import make

    if not is_free(folder):
        raise click.UsageError(NOT_EMPTY[lang].format(folder=folder))
    if not title:
        title = click.prompt(TITLE[lang], err=True)
        translation = translation or click.prompt(TRANSLATION[lang], default=title, err=True)
    speech = Speech("text", lang, quiet)
    change = new_conference({"nl": title, "en": translation or title})
    with machine_told(speech), refusal_told(speech):
        make(folder, change)
    program = "python3 build.py" if ctx.find_root().info_name == "build.py" else "site-gen"
    where = f'"{folder}"' if " " in str(folder) else folder
    speech.say(STARTED, count=len(change.files), folder=where, program=program)

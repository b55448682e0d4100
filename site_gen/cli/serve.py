"""``serve``: show the site in a browser while it is edited."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from site_gen.cli.run import Run, home, output_options, shared, today
from site_gen.cli.speech import Saying

if TYPE_CHECKING:
    from site_gen.serve.outcome import Outcome

# Seconds that a build may hold the interpreter while a browser asks for the page it waits for.
SHARE = 0.0005
SERVING: Saying = {
    "nl": "Bekijk de site: {address}\nBewaar een bestand en de pagina ververst. Stop met Ctrl-C.",
    "en": "Look at the site: {address}\nSave a file and the page reloads. Stop with Ctrl-C.",
}
BUILT: Saying = {
    "nl": "{pages} pagina’s in {seconds} s: {errors}, {warnings}.",
    "en": "{pages} pages in {seconds} s: {errors}, {warnings}.",
}
STOPPED: Saying = {
    "nl": "Niet bijgewerkt, na {seconds} s: {errors}, {warnings}.",
    "en": "Not updated, after {seconds} s: {errors}, {warnings}.",
}
OPEN: Saying = {
    "nl": "Let op: iedereen in dit netwerk kan nu de site zien, ook de concepten.",
    "en": "Mind: everybody in this network can see the site now, drafts too.",
}
BLIND: Saying = {
    "nl": "Dit systeem meldt wijzigingen niet ({reason}); de bestanden worden nu zelf bekeken, "
    "en dat is trager.",
    "en": "This system does not tell of changes ({reason}); the files are looked at instead, "
    "which is slower.",
}
ENDED: Saying = {"nl": "Gestopt.", "en": "Stopped."}
FOREIGN = {
    "nl": "--host {host} is geen adres van deze computer; laat --host weg, of kies 0.0.0.0",
    "en": "--host {host} is no address of this computer; leave --host out, or choose 0.0.0.0",
}


def _port(_ctx: click.Context, _option: click.Parameter, text: str) -> int:
    if text.isascii() and text.isdecimal() and int(text[:6]) <= 65535:
        return int(text)
    raise click.UsageError(
        f"--port {text}: kies een getal van 0 tot en met 65535 / choose a number from 0 to 65535"
    )


@click.command("serve")
@shared
@output_options
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port", default="8000", show_default=True, callback=_port, help="Port; 0 takes a free one."
)
@click.option("--poll", is_flag=True, help="Look for changes oneself, as on a network drive.")
def command(run: Run, out: Path | None, address: str, host: str, port: int, poll: bool) -> None:
    """Show the site while it is edited: drafts too, and what is wrong.

    The site is also written, as by build.
    """
    from site_gen.edition import edition
    from site_gen.serve.guard import guard, is_loopback
    from site_gen.serve.listen import ForeignHostError, listen, web_address
    from site_gen.serve.preview import Settings, preview
    from site_gen.serve.project import Project
    from site_gen.state import FOLDER
    from site_gen.store import Store

    sys.setswitchinterval(SHARE)
    speech = run.speech
    try:
        sockets = listen(host, port)
    except ForeignHostError:
        raise click.UsageError(FOREIGN[speech.lang].format(host=host)) from None
    if not is_loopback(host):
        click.echo(OPEN[speech.lang], err=True)  # also to who wants to hear of problems only
    target = out if out is not None else run.root / "_site"
    own_name = socket.gethostname().lower()
    settings = Settings(
        Project(
            run.root,
            target,
            address,
            strict=run.strict,
            today=today,
            protected=home(),
            progress=speech.progress,
            store=Store(run.root / FOLDER, edition()),
        ),
        guard(host, frozenset({own_name, f"{own_name}.local"})),
        lang=speech.lang,
        clock=monotonic,
        tell=_Teller(run, web_address(host, sockets)),
        blind=lambda error: speech.say(BLIND, reason=error),
        polling=poll,
    )
    preview(settings, sockets)
    speech.say(ENDED)


class _Teller:
    """Says how each build went, and after the first where to look."""

    def __init__(self, run: Run, address: str) -> None:
        self._run, self._address = run, address

    def __call__(self, outcome: Outcome, seconds: float) -> None:
        speech = self._run.speech
        speech.problems(outcome.problems)
        took = f"{seconds:.2f}".replace(".", "," if speech.lang == "nl" else ".")
        saying = STOPPED if outcome.stopped else BUILT
        speech.count(saying, outcome.problems, pages=outcome.pages, seconds=took)
        if self._address:
            speech.say(SERVING, address=self._address)
            self._address = ""

"""``links``: ask of every link to another site whether it still leads somewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_gen.cli.run import CONTENT_ERROR, Run, shared
from site_gen.state import FOLDER

if TYPE_CHECKING:
    from site_gen.model import Conference

MEMORY = Path(FOLDER, "links.json")
PROGRESS = {"nl": "link {done} van {total}", "en": "link {done} of {total}"}
DONE = {
    "nl": "{links} links naar andere sites; {asked} adressen gevraagd. Er zijn {warnings}.",
    "en": "{links} links to other sites; {asked} addresses asked. There are {warnings}.",
}
UNREAD = {
    "nl": "De inhoud is niet te lezen; verhelp eerst deze fouten.",
    "en": "The content cannot be read; mend these errors first.",
}


@click.command("links")
@shared
@click.option("--again", is_flag=True, help="Ask also what was good in the last seven days.")
def command(run: Run, again: bool) -> None:
    """Ask of every link to another site whether it leads somewhere; needs the network."""
    from site_gen.outside import ask_all, judge, outside_links, read_memory, write_memory
    from site_gen.problems import stops
    from site_gen.web import Web, agent

    speech, conf = run.speech, _conference(run)
    links, web = outside_links(conf), Web(agent(conf.event.address))
    known = {} if again else read_memory(_memory(run.root), run.today)
    found = ask_all(
        links, known, web.ask, run.today, lambda done, total: speech.progress(done, total, PROGRESS)
    )
    problems = judge(links, found)
    speech.problems(problems)
    speech.count(DONE, problems, links=len(links), asked=len(found.keys() - known.keys()))
    (run.root / MEMORY).parent.mkdir(exist_ok=True)
    (run.root / MEMORY).write_text(write_memory(found), "utf-8")
    if stops(problems, run.strict):
        raise SystemExit(CONTENT_ERROR)


def _conference(run: Run) -> Conference:
    """Return the conference; where its content cannot be read, the command ends here."""
    from site_gen.pipeline import check

    content, problems = check(run.root, store=run.kept())
    if content is None:
        run.speech.problems(problems)
        run.speech.say(UNREAD)
        raise SystemExit(CONTENT_ERROR)
    return content.conf


def _memory(root: Path) -> str:
    try:
        return (root / MEMORY).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""

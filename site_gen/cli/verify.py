"""``verify``: compare a published copy with the build."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_gen.cli.run import CONTENT_ERROR, ENVIRONMENT_ERROR, Run, shared

if TYPE_CHECKING:
    from site_gen.copies import Copy
    from site_gen.problems import Problem

PROGRESS = {"nl": "bestand {done} van {total}", "en": "file {done} of {total}"}
SAME = {
    "nl": "De kopie is gelijk aan de build: {files} bestanden.",
    "en": "The copy is the same as the build: {files} files.",
}
OTHER = {
    "nl": "De kopie wijkt af van de build ({files} bestanden). "
    "Ontbreekt: {missing}, anders: {changed}, te veel: {extra}, niet op te vragen: {unread}.",
    "en": "The copy differs from the build ({files} files). "
    "Missing: {missing}, changed: {changed}, too many: {extra}, could not be asked for: {unread}.",
}
MOST = {
    "nl": "Is deze kopie van dezelfde versie, en met hetzelfde --adres gemaakt?",
    "en": "Is this copy of the same version, and made with the same --adres?",
}


@click.command("verify")
@shared
@click.option("--out", type=click.Path(path_type=Path), help="The build.  [default: _site]")
@click.argument("copy")
def command(run: Run, out: Path | None, copy: str) -> None:
    """Compare a published COPY, an address or a folder, with the build."""
    from site_gen.copies import compare

    expected = _expected(out if out is not None else run.root / "_site")
    speech = run.speech
    problems = compare(
        _copy(copy), expected, lambda done, total: speech.progress(done, total, PROGRESS)
    )
    speech.problems(problems)
    if not problems:
        speech.say(SAME, files=len(expected))
        return
    found = Counter(problem.code.removeprefix("copy-") for problem in problems)
    counts = {name: found[name] for name in ("missing", "changed", "extra", "unread")}
    speech.say(OTHER, files=len(expected), **counts)
    if _most_pages(problems, expected):
        speech.say(MOST)
    raise SystemExit(ENVIRONMENT_ERROR if found.keys() == {"unread"} else CONTENT_ERROR)


def _most_pages(problems: Sequence[Problem], expected: Mapping[str, str]) -> bool:
    """Tell whether most pages are others: each names its address, other files seldom do."""
    changed = {problem.place.path for problem in problems if problem.code == "copy-changed"}
    pages = {path for path in expected if path.endswith(".html")}
    return len(changed & pages) > len(pages) / 2


def _expected(out: Path) -> dict[str, str]:
    """Return the hash of every file of a build, the list of hashes too."""
    from site_gen.sums import SUMS, read_sums

    try:
        data = (out / SUMS).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise click.UsageError(
            f"{out} is geen build; maak die eerst, met hetzelfde --adres als de kopie / "
            f"{out} is no build; make one first, with the same --adres as the copy"
        ) from None
    return read_sums(data) | {SUMS: hashlib.sha256(data).hexdigest()}


def _copy(copy: str) -> Copy:
    from site_gen.copies import Folder, Published
    from site_gen.twins import MARKER
    from site_gen.web import Web, agent

    if copy.startswith(("https://", "http://")):
        return Published(Web(agent(""), pause=0), copy)
    if not Path(copy).is_dir():
        raise click.UsageError(
            f"{copy} is geen map en geen adres met https:// / "
            f"{copy} is no folder and no address with https://"
        )
    return Folder(Path(copy), MARKER)

"""``import``: content files from a programme that was made elsewhere."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_gen.cli.changing import refusal_told
from site_gen.cli.run import CONTENT_ERROR, Run, starting

if TYPE_CHECKING:
    from site_gen.importers.plan import Plan
    from site_gen.problems import Problem
    from site_gen.scaffold.change import Change, Desk

KINDS = {
    "nl": {
        "session": ("sessie", "sessies"),
        "speaker": ("spreker", "sprekers"),
        "slot": ("tijdslot", "tijdsloten"),
    },
    "en": {
        "session": ("session", "sessions"),
        "speaker": ("speaker", "speakers"),
        "slot": ("timeslot", "timeslots"),
    },
}
COUNT = {
    "nl": "{count} {kind}: {new} nieuw, {changed} gewijzigd, {same} gelijk gebleven.",
    "en": "{count} {kind}: {new} new, {changed} changed, {same} unchanged.",
}
REST = {
    "nl": "{entries} keer staat een sessie in het programma, in {rooms} zalen.",
    "en": "A session is in the programme {entries} times, in {rooms} rooms.",
}
LEFT_OUT = {
    "nl": "Niet overgenomen, want daar is geen veld voor: {names}.",
    "en": "Not taken over, for want of a field: {names}.",
}
UNPLACED = {
    "nl": "Niet alles kon worden geplaatst: {warnings} hierboven.",
    "en": "Not everything could be placed: {warnings} above.",
}
NEXT = {
    "nl": "Kijk het na: {program} check --root {root}",
    "en": "To check it: {program} check --root {root}",
}
DRY = {"nl": "Er is niets geschreven.", "en": "Nothing was written."}


@click.command("import")
@starting
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Print what would change as a diff; write nothing.")
@click.pass_context
def command(ctx: click.Context, run: Run, file: Path, dry_run: bool) -> None:
    """Make content files of a programme that was made elsewhere.

    FILE is a schedule.xml or schedule.json (frab, pretalx), Sessionize's "All data", iCalendar, CSV
    or Excel. A second import updates what came from the source and keeps what was edited here.
    """
    from site_gen.importers.plan import plan
    from site_gen.importers.reading import read
    from site_gen.problems import has_errors
    from site_gen.scaffold.change import Refused
    from site_gen.scaffold.disk import make
    from site_gen.workers import processes

    programme, problems = read(file)
    if programme is None or has_errors(problems):
        run.speech.problems(sorted(problems))
        raise SystemExit(CONTENT_ERROR)
    with refusal_told(run.speech):
        desk = _desk(run)
        found = plan(desk, programme, processes())
        warnings = sorted({*problems, *found.problems})
        _check(desk, found.change)
        if dry_run:
            click.echo(_diff(found.change), nl=False)
        elif run.strict and warnings:
            raise Refused(warnings)
        else:
            make(run.root, found.change)
    run.speech.problems(warnings)
    _report(run, found, warnings)
    if dry_run:
        run.speech.say(DRY)
    else:
        program = "python3 build.py" if ctx.find_root().info_name == "build.py" else "site-gen"
        run.speech.say(NEXT, program=program, root=run.root)


def _desk(run: Run) -> Desk:
    """Return the content of the project, also where there is no such folder yet."""
    from site_gen.files import FileIndex
    from site_gen.scaffold.change import Desk

    if run.root.is_dir():
        return Desk.at(run.root, run.kept())
    return Desk.of(FileIndex(run.root, ()))


def _check(desk: Desk, change: Change) -> None:
    """Refuse a change after which the content would have an error that it has not now."""
    from site_gen.scaffold.change import Refused, consequences
    from site_gen.workers import processes

    caused = consequences(desk, change, processes())
    errors = [found for found in caused if found.severity == "error"]
    if errors:
        raise Refused(errors)


def _report(run: Run, found: Plan, warnings: list[Problem]) -> None:
    speech = run.speech
    for kind, words in KINDS[speech.lang].items():
        count = found.counts.get(kind)
        if count:
            values = {"new": count.new, "changed": count.changed, "same": count.same}
            speech.say(COUNT, count=count.all, kind=words[count.all != 1], **values)
    speech.say(REST, entries=found.entries, rooms=found.rooms)
    if found.left_out:
        names = ", ".join(f"{name} ({n}×)" for name, n in sorted(found.left_out.items()))
        speech.say(LEFT_OUT, names=names)
    if warnings:
        speech.count(UNPLACED, warnings)


def _diff(change: Change) -> str:
    """Return what a change comes to, as a unified diff."""
    after: dict[str, bytes] = {**dict.fromkeys(change.gone, b""), **change.files}
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for path, data in sorted(after.items())
        for line in difflib.unified_diff(
            change.before.get(path, b"").decode().splitlines(keepends=True),
            data.decode().splitlines(keepends=True),
            f"a/{path}" if path in change.before else "/dev/null",
            "/dev/null" if path in change.gone else f"b/{path}",
        )
    )

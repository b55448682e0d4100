"""The rules, one by one, on small conferences."""

from datetime import date

import pytest

from site_gen import pipeline
from site_gen.checks import CHECKS
from site_gen.problems import as_text
from tests.support import basis, write

EVENT = "titel: Proef\nkenmerk: proef\ntalen: [nl, en]\nzalen: [Zaal 1]\n"
EVENT += "toegankelijkheidsverklaring: https://www.example.nl/verklaring\n"
TWO = {
    "programma/evenement.yaml": EVENT,
    "sessies/welkom.md": "---\ntitel: Welkom\nsprekers: [anna-bos]\n---\n",
    "sessies/vragen.md": "---\ntitel: Vragen\nsprekers: [anna-bos]\n---\n",
    "sessies/vragen.en.md": "---\n---\n",
}


def printed(tmp_path, files):
    content, problems = pipeline.check(write(basis(tmp_path / "site"), TWO | files))
    found = {problem for rule in CHECKS for problem in rule(content.conf)}
    assert found <= set(problems)
    return as_text(sorted(found), "nl")


def slot(begin, end, session, extra=""):
    return f"begin: {begin}\neind: {end}\nsoort: sessies\nsessies:\n  - sessie: {session}\n{extra}"


def test_room_and_speaker_twice_at_once_name_both_places(tmp_path):
    """Faults 26 and 27."""
    files = {
        "programma/01-start.yaml": slot("10.00", "11.00", "welkom", "    zaal: Zaal 1\n"),
        "programma/02-samen.yaml": slot("10.30", "11.30", "vragen", "    zaal: Zaal 1\n"),
    }
    assert printed(tmp_path, files) == (
        "programma/02-samen.yaml:5:5: warning[room-clash]: zaal ‘Zaal 1’ is dan ook nodig voor "
        "‘welkom’ (programma/01-start.yaml:5:5), tegelijk met ‘vragen’ — kies een andere zaal of "
        "tijd voor een van de twee\n"
        "programma/02-samen.yaml:5:5: warning[speaker-clash]: Anna Bos is dan ook bij ‘welkom’ "
        "(programma/01-start.yaml:5:5), tegelijk met ‘vragen’ — kies een andere tijd of spreker "
        "voor een van de twee\n"
    )


@pytest.mark.parametrize(
    ("begin", "extra"), [("11.00", ""), ("10.30", "    status: vervallen\n")], ids=str
)
def test_touching_or_cancelled_is_no_clash(tmp_path, begin, extra):
    """Faults 26 and 27."""
    files = {
        "programma/01-start.yaml": slot("10.00", "11.00", "welkom"),
        "programma/02-samen.yaml": slot(begin, "11.30", "vragen", extra),
    }
    assert printed(tmp_path, files) == ""


def test_missing_translation_is_told_once_per_file(tmp_path):
    """Fault 33."""
    files = {
        "sessies/vragen.en.md": "",
        "programma/02-samen.yaml": slot("12.00", "13.00", "vragen"),
    }
    root = write(basis(tmp_path / "site"), TWO | files)
    (root / "sessies" / "vragen.en.md").unlink()
    content, _ = pipeline.check(root)
    found = [problem for rule in CHECKS for problem in rule(content.conf)]
    assert as_text(found, "en") == (
        "sessies/vragen.md:1:1: warning[missing-translation]: the translation vragen.en.md is "
        "missing; the page shows the main language — make vragen.en.md; without differences it "
        "may be empty but for two lines of ---\n"
    )


def test_draft_is_not_linked_to(tmp_path):
    files = {
        "sessies/vragen.md": "---\ntitel: Vragen\nstatus: concept\n---\n",
        "programma/paginas/over.md": "---\ntitel: Over\n---\n[vragen](../../sessies/vragen.md)\n",
    }
    assert printed(tmp_path, files) == (
        "programma/paginas/over.md:4:1: error[draft-link]: de link naar ‘../../sessies/vragen.md’ "
        "leidt naar een concept, dat niet op de site komt — haal de link weg, of haal status: "
        "concept weg bij die sessie\n"
    )


SECURE = {
    "programma/evenement.yaml": EVENT
    + "beveiliging: {contact: beveiliging@example.nl, verloopt: 2027-01-31}\n"
}


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 1, 1), "security-far 2027-01-02"),
        (date(2026, 1, 30), ""),
        (date(2026, 12, 31), ""),
        (date(2027, 1, 1), "security-expires 2027-01-31"),
        (date(2027, 1, 31), "security-expires 2027-01-31"),
        (date(2027, 2, 1), "security-expired 2027-01-31"),
        (None, ""),
    ],
    ids=str,
)
def test_security_file_warns_before_and_after_its_last_day(tmp_path, today, said):
    root = write(basis(tmp_path / "site"), SECURE)
    _, problems = pipeline.check(root, today)
    found = [p for p in problems if p.code.startswith("security-")]
    assert " ".join(f"{p.code} {dict(p.values)['date']}" for p in found) == said
    assert {(p.place.line, p.place.column, p.severity) for p in found} <= {(6, 58, "warning")}


def test_day_on_which_a_site_is_made_changes_no_byte_of_it(tmp_path):
    """Law 4: an expiry that comes near is said to people, and to nobody else."""
    root = write(basis(tmp_path / "site"), SECURE)
    sites = [pipeline.make(pipeline.check(root, day)[0])[0] for day in (None, date(2027, 2, 1))]
    assert sites[0] == sites[1]

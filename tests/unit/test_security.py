"""Where a vulnerability can be reported: security.txt of RFC 9116."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import support

from site_gen.exports.security import PATH

EVENT = "titel: Proef\nkenmerk: proef\ntalen: [nl, en]\n"
# The grammar of RFC 9116, section 4, for the fields that are written here.
LINE = re.compile(
    r"Contact: (https://[!-~]+|mailto:[!-~]+@[!-~]+)"
    r"|Expires: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
    r"|Preferred-Languages: [a-z-]+(, [a-z-]+)*"
    r"|Canonical: https://[!-~]+"
)


def published(tmp_path: Path, extra: str) -> str | None:
    root = support.write(
        support.basis(tmp_path / "site"), {"programma/evenement.yaml": EVENT + extra}
    )
    data = support.made(root).get(PATH)
    return data.decode() if data else None


def test_file_says_whom_to_tell_until_when_and_in_which_languages() -> None:
    assert support.made(support.SEVERAL_DAYS)[PATH].decode() == (
        "Contact: mailto:beveiliging@example.nl\n"
        "Expires: 2027-10-01T23:59:59Z\n"
        "Preferred-Languages: nl, en\n"
        "Canonical: https://stad-en-water.example.nl/2026/.well-known/security.txt\n"
    )


@pytest.mark.parametrize(
    ("contact", "field"),
    [
        ("beveiliging@example.nl", "Contact: mailto:beveiliging@example.nl"),
        ("https://example.nl/lek?taal=nl", "Contact: https://example.nl/lek?taal=nl"),
        ("lek?&%@example.nl", "Contact: mailto:lek%3F%26%25@example.nl"),
        ("süß@example.nl", "Contact: mailto:s%C3%BC%C3%9F@example.nl"),
    ],
)
def test_every_line_has_the_form_of_the_standard(tmp_path: Path, contact: str, field: str) -> None:
    text = published(tmp_path, f'beveiliging: {{contact: "{contact}", verloopt: 2027-01-01}}\n')
    assert text is not None
    lines = text.splitlines()
    assert lines[0] == field
    assert [line for line in lines if not LINE.fullmatch(line)] == []


def test_without_an_address_it_does_not_say_where_it_stands(tmp_path: Path) -> None:
    text = published(tmp_path, "beveiliging: {contact: a@example.nl, verloopt: 2027-01-01}\n")
    assert text is not None
    assert "Canonical" not in text


def test_nobody_to_tell_is_no_file(tmp_path: Path) -> None:
    assert published(tmp_path, "") is None

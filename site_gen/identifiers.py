"""Legal identifiers: their grammar, how a reader sees them, and the official address they lead to.

An address is always built from an identifier, never typed, so that it cannot rot by a typing error.
Every kind has one normal form; what people usually write (``29 697, nr. 114``) is accepted.

Sources of the grammars and addresses:

- ``bwb``, ``jci``: Juriconnect, "Standaard logische links naar wetgeving" 1.3.1; wetten.overheid.nl
- ``dossier``, ``kamerstuk``, ``stb``, ``stcrt``: the names of zoek.officielebekendmakingen.nl
- ``cvdr``: the names of lokaleregelgeving.overheid.nl
- ``ecli``: Council conclusions 2011/C 127/01; rechtspraak.nl for Dutch courts, EUR-Lex ("Linking to
  documents in EUR-Lex") for courts of the Union, the e-Justice search engine for the rest
- ``celex``: EUR-Lex, "How CELEX numbers are composed"
- ``eli``: Publications Office, "URI templates for European Union legislation"
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_EUR_LEX_LANGUAGES = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv"
_FLAGS = re.ASCII | re.IGNORECASE | re.VERBOSE
_URL_SYNTAX = ":/?#[]@!$&'()*+,;=%"  # RFC 3986; everything else outside ASCII is percent-encoded


class Identifier(Struct, frozen=True):
    """An identifier in its normal form; made with :func:`parse`."""

    kind: str
    value: str

    def label(self, lang: str) -> str:
        """Return the citation for a reader, in ``lang`` (Dutch for ``nl``, else English)."""
        return _KINDS[self.kind].label(self.value, lang)

    def address(self, lang: str) -> str:
        """Return the official ``https`` address, in ``lang`` where the publisher has the choice."""
        return _KINDS[self.kind].address(self.value, lang)


def parse(kind: str, text: str, article: str = "") -> Identifier | None:
    """Read an identifier of ``kind`` (a key of :data:`KINDS`); ``None`` when it is malformed.

    ``article`` (``4``, ``3:305a``, ``artikel 4``) narrows a ``bwb`` to one article.
    """
    text = " ".join(text.split())
    if article:
        text += f"&artikel={_article(article)}"
    match = re.fullmatch(_KINDS[kind].pattern, text, _FLAGS)
    if match is None or not text.isprintable():
        return None
    value = _KINDS[kind].normal(match)
    return Identifier(kind, value) if value else None


def example(kind: str) -> str:
    """Return a good example of ``kind``, for a message about a malformed one."""
    return _KINDS[kind].example


def _article(text: str) -> str:
    """Return an article as Juriconnect writes it: without the word, spaces as underscores."""
    bare = re.sub(r"^(artikel|art\.?)\s*", "", text.strip(), flags=re.IGNORECASE)
    return "_".join(bare.split())


class _Kind(Struct, frozen=True):
    example: str
    pattern: str
    normal: Callable[[re.Match[str]], str]
    label: Callable[[str, str], str]
    address: Callable[[str, str], str]


def _joined(match: re.Match[str]) -> str:
    """Join the groups that are there with hyphens: ``29 697`` and ``114`` give ``29697-114``."""
    return "-".join(g.replace(" ", "") for g in match.groups() if g).upper()


def _upper(match: re.Match[str]) -> str:
    return match[1].upper()


def _law(match: re.Match[str]) -> str:
    return match["id"].upper() + (f"&artikel={match['article']}" if match["article"] else "")


def _jci(match: re.Match[str]) -> str:
    return f"jci{match['version']}:{match['type'].lower()}:{match['id'].upper()}{match['location']}"


def _regulation(match: re.Match[str]) -> str:
    return f"CVDR{match['id']}" + (f"/{match['version']}" if match["version"] else "")


def _url(match: re.Match[str]) -> str:
    """Return the address as typed, or nothing where it cannot be taken apart."""
    try:
        parts = urlsplit(match[0])
        valid = parts.port is None or parts.port > 0
    except ValueError:
        return ""
    return match[0] if valid and parts.hostname else ""


def _law_label(value: str, lang: str) -> str:
    """Name the law and its article: ``BWBR0035303, artikel 4``; a jci says no more either."""
    law, *location = value.split("&")
    law = law.rpartition(":")[2]
    article = next((p.partition("=")[2] for p in location if p.startswith("artikel=")), "")
    word = "artikel" if lang == "nl" else "article"
    return f"{law}, {word} {article.replace('_', ' ')}" if article else law


def _dossier_label(value: str, lang: str) -> str:
    return f"{'Kamerstukdossier' if lang == 'nl' else 'Parliamentary file'} {value}"


def _paper_label(value: str, lang: str) -> str:
    """Cite a paper; those of the Senate bear a letter and no "nr."."""
    dossier, _, number = value.rpartition("-")
    papers, no = ("Kamerstukken", "nr.") if lang == "nl" else ("Parliamentary papers", "no.")
    return (
        f"{papers} {dossier}, {no} {number}"
        if number.isdigit()
        else f"{papers} {dossier}, {number}"
    )


def _gazette(name: str) -> Callable[[str, str], str]:
    def label(value: str, _lang: str) -> str:
        year, _, number = value.partition("-")
        return f"{name} {year}, {number}"

    return label


def _named(name: str) -> Callable[[str, str], str]:
    return lambda value, _lang: f"{name} {value}"


def _bare(value: str, _lang: str) -> str:
    return value


def _host(value: str, _lang: str) -> str:
    return (urlsplit(value).hostname or value).removeprefix("www.")


def _at(template: str) -> Callable[[str, str], str]:
    return lambda value, _lang: template.format(value)


def _law_address(value: str, _lang: str) -> str:
    return f"https://wetten.overheid.nl/{'jci1.3:c:' if '&' in value else ''}{value}"


def _eur_lex(value: str, lang: str) -> str:
    code = lang if lang in _EUR_LEX_LANGUAGES.split() else "en"
    return f"https://eur-lex.europa.eu/legal-content/{code.upper()}/TXT/?uri={value}"


def _judgment_address(value: str, lang: str) -> str:
    if value.startswith("ECLI:NL:"):
        return f"https://uitspraken.rechtspraak.nl/details?id={value}"
    if value.startswith("ECLI:EU:"):
        return _eur_lex(f"ecli:{value}", lang)
    return f"https://e-justice.europa.eu/ecli/{value}"


def _celex_address(value: str, lang: str) -> str:
    return _eur_lex(f"CELEX:{value}", lang)


def _url_address(value: str, _lang: str) -> str:
    return quote(value, safe=_URL_SYNTAX)


_ARTICLE = r"[a-z0-9]+(?:[.:_-][a-z0-9]+)*"
_DOSSIER = r"([1-9]\d\ ?\d{3}) (?:[ -]([IVXLC]+|[A-Z])(?![A-Z]))?"
_YEAR_NUMBER = r"((?:18|19|20)\d\d) (?:-|,\ ?(?:nr\.\ ?)?) ([1-9]\d{0,5})"
_PUBLICATIONS = "https://zoek.officielebekendmakingen.nl"

_KINDS: Mapping[str, _Kind] = {
    "bwb": _Kind(
        "BWBR0035303",
        rf"(?P<id>BWB[RV]\d{{7}}) (?:&artikel=(?P<article>{_ARTICLE}))?",
        _law,
        _law_label,
        _law_address,
    ),
    "jci": _Kind(
        "jci1.3:c:BWBR0035303&artikel=4",
        r"jci(?P<version>1\.31?) : (?P<type>[cv]) : (?P<id>BWB[RV]\d{7})"
        r"(?P<location>(?:&[a-z]+=[a-z0-9._:-]+)*)",
        _jci,
        _law_label,
        _at("https://wetten.overheid.nl/{}"),
    ),
    "dossier": _Kind(
        "36512",
        rf"(?:kst-)? {_DOSSIER}",
        _joined,
        _dossier_label,
        _at(_PUBLICATIONS + "/dossier/{}"),
    ),
    "kamerstuk": _Kind(
        "29697-114",
        rf"(?:kst-|kamerstuk(?:ken)?\ (?:I{{1,2}}\ )?)? {_DOSSIER}"
        r"(?:-|,\ ?(?:nr\.\ ?)?) ([1-9]\d{0,3}|[A-Z]{1,2})",
        _joined,
        _paper_label,
        _at(_PUBLICATIONS + "/kst-{}.html"),
    ),
    "stb": _Kind(
        "2014-248",
        rf"(?:stb-|stb\.?\ |staatsblad\ )? {_YEAR_NUMBER}",
        _joined,
        _gazette("Stb."),
        _at(_PUBLICATIONS + "/stb-{}.html"),
    ),
    "stcrt": _Kind(
        "2023-17585",
        rf"(?:stcrt-|stcrt\.?\ |staatscourant\ )? {_YEAR_NUMBER}",
        _joined,
        _gazette("Stcrt."),
        _at(_PUBLICATIONS + "/stcrt-{}.html"),
    ),
    "cvdr": _Kind(
        "CVDR603544",
        r"(?:CVDR)? (?P<id>[1-9]\d{2,6}) (?:[/_](?P<version>[1-9]\d{0,3}))?",
        _regulation,
        _bare,
        _at("https://lokaleregelgeving.overheid.nl/{}"),
    ),
    "ecli": _Kind(
        "ECLI:NL:HR:2015:472",
        r"(ECLI : [A-Z]{2} : [A-Z][A-Z0-9]{0,6} : [12]\d{3} : [A-Z0-9.]{1,25})",
        _upper,
        _bare,
        _judgment_address,
    ),
    "celex": _Kind(
        "32021R1058",
        r"(?:celex[:\ ]\ ?)? ([0-9CE] [12]\d{3} [A-Z]{1,2}"
        r"(?:\d{3,5} | (?:/[A-Z]{2,3}){1,2}(?:/\d\d)?)"
        r"(?:\(\d\d\))? (?:R\(\d\d\))? (?:-[12]\d{7})?)",
        _upper,
        _named("CELEX"),
        _celex_address,
    ),
    "eli": _Kind(
        "reg/2021/1058/oj",
        r"(?:https?://data\.europa\.eu/)? (?:eli/)?"
        r"([a-z]+(?:_[a-z]+)* / [12]\d{3} / [1-9]\d{0,4}(?:\(\d\d\))?"
        r"(?:/corrigendum)? (?:/[12]\d{3}-[01]\d-[0-3]\d)? (?:/oj)?)",
        lambda match: match[1].lower(),
        _named("ELI"),
        _at("https://data.europa.eu/eli/{}"),
    ),
    "url": _Kind(
        "https://doi.org/10.7480/knob.88.1989.1.549",
        r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+ (?::\d{1,5})? (?:[/?\#][^\s<>\"\\^`{|}]*)?",
        _url,
        _host,
        _url_address,
    ),
}

KINDS: Mapping[str, str] = {kind: grammar.example for kind, grammar in _KINDS.items()}

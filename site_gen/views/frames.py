"""The frozen shapes of what stands around every page: head, menu, language switch, footer."""

from __future__ import annotations

from dataclasses import dataclass

from site_gen.text import Span


@dataclass(frozen=True, slots=True)
class NavLink:
    """A link of the navigation; ``current`` where it leads to the page itself."""

    label: Span
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class LicenceLink:
    """The licence of the texts, by its name in every language."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Language:
    """The same page in a language; ``name`` is written in that language."""

    code: str
    name: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Alternate:
    """A ``link rel=alternate``: a language (or ``x-default``) and an absolute address."""

    code: str
    address: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A ``link rel=alternate`` to what programs read: its media type, its address, its name."""

    type: str
    href: str
    title: str


@dataclass(frozen=True, slots=True)
class ShareImage:
    """What stands for a page where its link is shared: an absolute address, and pixels."""

    address: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page.

    ``event`` and ``root`` (the folder of the site) name the place where a browser keeps a choice of
    sessions; ``my_programme`` leads to it. ``script`` is empty on pages that lead elsewhere.
    ``time_zone`` is that of the event, an IANA name. ``manifest`` is fetched by a script, once
    the page is there.
    ``title`` is that of the window, ``heading`` the page's own. ``locale`` and ``locales`` (of the
    other languages) are for Open Graph, such as ``nl_NL``. ``canonical`` and ``alternates`` are
    empty without a public address. ``untranslated`` tells that the page's own text is shown in the
    main language, because a translation is missing. ``image`` and ``data``, JSON-LD, may be absent;
    see :mod:`site_gen.views.sharing` and :mod:`site_gen.exports.jsonld`.
    """

    lang: str
    kind: str
    title: str
    heading: str
    locale: str
    locales: tuple[str, ...]
    description: str
    site_title: Span
    site_facts: tuple[str, ...]
    event: str
    root: str
    home: str
    my_programme: str
    time_zone: str
    stylesheet: str
    icon: str
    touch_icon: str
    manifest: str
    script: str
    navigation: tuple[NavLink, ...]
    footer: tuple[NavLink, ...]
    licence: LicenceLink | None
    languages: tuple[Language, ...]
    canonical: str
    alternates: tuple[Alternate, ...]
    feeds: tuple[Feed, ...]
    untranslated: bool
    image: ShareImage | None = None
    data: str = ""

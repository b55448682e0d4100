"""The frozen shapes of what stands around every page: head, menu, language switch, footer."""

from __future__ import annotations

from msgspec import Struct

from site_gen.text import Span


class NavLink(Struct, frozen=True):
    """A link of the navigation; ``current`` where it leads to the page itself."""

    label: Span
    href: str
    current: bool = False


class LicenceLink(Struct, frozen=True):
    """The licence of the texts, by its name in every language."""

    name: str
    href: str


class Language(Struct, frozen=True):
    """The same page in a language; ``name`` is written in that language."""

    code: str
    name: str
    href: str
    current: bool


class Alternate(Struct, frozen=True):
    """A ``link rel=alternate``: a language (or ``x-default``) and an absolute address."""

    code: str
    address: str


class Feed(Struct, frozen=True):
    """A ``link rel=alternate`` to what programs read: its media type, its address, its name."""

    type: str
    href: str
    title: str


class ShareImage(Struct, frozen=True):
    """What stands for a page where its link is shared: an absolute address, and pixels."""

    address: str
    alt: str
    width: int
    height: int


class Frame(Struct, frozen=True):
    """What stands around every page.

    ``event`` and ``root`` (the folder of the site) name the place where a browser keeps a choice of
    sessions; ``my_programme`` leads to it. ``script`` is empty on pages that lead elsewhere.
    ``time_zone`` is that of the event, an IANA name. ``manifest`` is fetched by a script, once
    the page is there.
    ``title`` is that of the window, ``heading`` the page's own. ``locale`` and ``locales`` (of the
    other languages) are for Open Graph, such as ``nl_NL``. ``canonical`` and ``alternates`` are
    empty without a public address. ``untranslated`` tells that the page's own text is shown in the
    main language, because a translation is missing. ``image`` and ``data``, JSON-LD, may be absent;
    see :mod:`site_gen.views.sharing` and :mod:`site_gen.views.jsonld`.
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

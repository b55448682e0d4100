"""The fields of every kind of content: the one place where Dutch keys meet English names."""

from __future__ import annotations

from site_gen.kinds import (
    ADDRESS,
    CONTACT,
    DATE,
    END_TIME,
    EVENT_ID,
    GUID,
    LANGUAGE,
    LINE,
    MOMENT,
    PARTIAL_DATE,
    PATH,
    SECURE_CONTACT,
    SLUG,
    TEXT,
    TIME,
    YES_NO,
    choice,
    integer,
    name_of,
)
from site_gen.licences import LICENCES
from site_gen.model import SESSION_KINDS, SLOT_KINDS, SOURCE_KINDS, STATUSES
from site_gen.schema import Field, ListOf, RecordOf, RecordsOf, Translatable

_SESSION_NAME = name_of("session", SLUG)
_SPEAKER_NAME = name_of("speaker", SLUG)
_SOURCE_NAME = name_of("source", SLUG)
_PAGE_NAME = name_of("page", SLUG)
_ROOM_NAME = name_of("room", LINE)
_THEME_NAME = name_of("theme", LINE)


def _identifier(key: str, name: str, nl: str, en: str, example: str) -> Field:
    """Return a field of identifiers; their grammar is that of :mod:`site_gen.identifiers`."""
    return Field(key, name, ListOf(LINE, single=True), nl, en, example)


# A table reads best by the row.
# fmt: off
_LINK: tuple[Field, ...] = (
    Field("tekst", "label", LINE, "Wat de lezer ziet", "What the reader sees",
          "Programma Mooi Nederland", required=True, translation="own"),
    Field("adres", "address", ADDRESS, "Het hele adres", "The whole address",
          "https://www.dordrecht.nl/", required=True, translation="key"),
)

_LINKS = Field("links", "links", RecordsOf(_LINK),
               "Links bij de tekst, naast die in de tekst zelf",
               "Links that go with the text, beside those in it",
               "[{tekst: Gemeente Dordrecht, adres: https://www.dordrecht.nl/}]", translation="own")

_ORIGIN_FIELDS: tuple[Field, ...] = (
    Field("bron", "source", LINE, "Waar het vandaan komt", "Where it is from", "pretalx"),
    Field("id", "id", LINE, "Het kenmerk daar", "Its id there", "ABC123"),
    Field("guid", "guid", GUID, "Het vaste kenmerk in agenda’s en exports",
          "The lasting id in calendars and exports", "0b6ce3b4-92b5-5f4c-8a41-0d6f7f3a9a51"),
    Field("hash", "hash", LINE, "Hoe het was bij de laatste import",
          "What it was at the last import", "9f86d081884c7d65"),
)

_ORIGIN = Field("herkomst", "origin", RecordOf(_ORIGIN_FIELDS),
                "Waar dit vandaan komt; wordt geschreven door ‘import’",
                "Where this came from; written by “import”", "{bron: pretalx, id: ABC123}")

_OLD_ADDRESSES = Field("oude_adressen", "old_addresses", ListOf(PATH),
                       "Waar de pagina eerder stond; die adressen blijven werken",
                       "Where the page was before; those addresses keep working",
                       "[oude-naam]")

_ROOM: tuple[Field, ...] = (
    Field("naam", "name", LINE, "De zaal", "The room", "Zaal 1", required=True),
    Field("gebouw", "building", LINE, "Het gebouw", "The building", "Stadhuis"),
)

_CHANGE: tuple[Field, ...] = (
    Field("op", "at", MOMENT, "Wanneer het bekend werd", "When it became known",
          '"2026-03-26 14.05"', required=True),
    Field("tekst", "text", Translatable(TEXT), "Wat er anders is", "What is different",
          "De sessie begint een kwartier later", required=True),
    Field("sessie", "session", _SESSION_NAME, "De sessie waar het om gaat",
          "The session in question", "dordt-west"),
)

_SECURITY: tuple[Field, ...] = (
    Field("contact", "contact", SECURE_CONTACT, "Waar een lek gemeld kan worden",
          "Where a vulnerability can be reported", "beveiliging@example.nl", required=True),
    Field("verloopt", "expires", DATE, "Tot en met wanneer dat geldt, hooguit een jaar vooruit",
          "Until when that holds, a year ahead at most", "2027-01-01", required=True),
)

EVENT: tuple[Field, ...] = (
    Field("titel", "title", Translatable(LINE), "De naam van de bijeenkomst",
          "The name of the event", "Ambtelijke netwerkdag G40 in Dordrecht", required=True),
    Field("kenmerk", "id", EVENT_ID,
          "Vaste korte naam in exports en agenda’s; verander hem niet meer",
          "Lasting short name in exports and calendars; do not change it", "g40-dordrecht",
          required=True),
    Field("ondertitel", "subtitle", Translatable(LINE), "Een regel onder de naam",
          "A line below the name", "Een dag over samenwerken met het Rijk"),
    Field("organisator", "organiser", Translatable(LINE), "Wie de bijeenkomst organiseert",
          "Who organises the event", "G40-stedennetwerk"),
    Field("plaats", "location", LINE, "De plaats", "The town", "Dordrecht"),
    Field("datum", "date", DATE, "De eerste dag; mag ontbreken zolang hij niet bekend is",
          "The first day; may be absent while it is not known", "2026-03-26"),
    Field("tijdzone", "time_zone", LINE, "De tijdzone van alle tijden",
          "The time zone of all times", "Europe/Amsterdam"),
    Field("dagwissel", "day_change", TIME,
          "Een tijdslot in de nacht vóór deze tijd hoort bij de vorige dag",
          "A night slot before this time belongs to the day before", '"04.00"'),
    Field("talen", "languages", ListOf(LANGUAGE),
          "De talen van de site; de eerste is de hoofdtaal",
          "The languages of the site; the first is the main one", "[nl, en]"),
    Field("adres", "address", ADDRESS, "Het adres waarop de site te vinden is",
          "The address at which the site is found", "https://netwerkdag.example.nl/"),
    Field("zalen", "rooms", RecordsOf(_ROOM, short="name"),
          "De zalen: namen, of blokken met naam en gebouw",
          "The rooms: names, or blocks with a name and a building",
          "[Zaal 1, {naam: Raadzaal, gebouw: Stadhuis}]"),
    Field("themas", "themes", ListOf(LINE),
          "De thema’s waaruit sessies kiezen; zonder deze lijst is elk thema goed",
          "The themes that sessions choose from; without this list any theme will do",
          "[Wonen, Economie]"),
    Field("afkortingen", "abbreviations", ListOf(LINE),
          "Afkortingen die elke bezoeker kent; ‘check --taal’ vraagt niet om uitleg",
          "Abbreviations that every visitor knows; “check --taal” asks for no explanation",
          "[VNG, BZK]"),
    Field("wijzigingen", "changes", RecordsOf(_CHANGE),
          "Wijzigingen van het programma die bezoekers moeten weten",
          "Changes of the programme that visitors should know of",
          '[{op: "2026-03-26", tekst: De wandeling vervalt, sessie: lunch-economisch}]'),
    Field("toegankelijkheidsverklaring", "accessibility_statement", ADDRESS,
          "Het adres van de toegankelijkheidsverklaring",
          "The address of the accessibility statement",
          "https://www.toegankelijkheidsverklaring.nl/register/1234"),
    Field("beveiliging", "security", RecordOf(_SECURITY),
          "Waar een lek in de beveiliging gemeld kan worden (security.txt)",
          "Where a vulnerability can be reported (security.txt)",
          "{contact: beveiliging@example.nl, verloopt: 2027-01-01}"),
    Field("licentie", "licence", choice(*LICENCES),
          "Onder welke licentie de teksten gebruikt mogen worden",
          "Under which licence the texts may be used", "CC-BY-4.0"),
    Field("contact", "contact", CONTACT, "Waar vragen heen kunnen: een e-mailadres of een pagina",
          "Where questions can go: an e-mail address or a page", "netwerkdag@example.nl"),
    Field("navigatie", "navigation", ListOf(_PAGE_NAME), "De pagina’s in het menu, op volgorde",
          "The pages in the menu, in order", "[sessies, sprekers, over]"),
    Field("zoeken", "search", choice("eenvoudig", "pagefind"),
          "Hoe bezoekers woorden vinden; voor honderden sessies met ‘pagefind’, een extra pakket",
          "How visitors find words; for hundreds of sessions with “pagefind”, an extra package",
          "pagefind"),
    Field("kaarten", "cards", YES_NO,
          "Maak afbeeldingen voor wie een link deelt; nodig zijn het adres en het pakket pillow",
          "Make images for those who share a link; needs the address and the package pillow", "ja"),
    Field("qr", "qr", YES_NO,
          "Zet een QR-code op het bord dat een ronde wordt als je haar pagina afdrukt; nodig zijn "
          "het adres en het pakket segno",
          "Put a QR code on the sign that a round becomes when its page is printed; needs the "
          "address and the package segno", "ja"),
    _ORIGIN,
)

_ENTRY: tuple[Field, ...] = (
    Field("sessie", "session", _SESSION_NAME, "De sessie", "The session", "dordt-west",
          required=True),
    Field("begin", "begin", TIME, "De begintijd, als die afwijkt van het tijdslot",
          "The begin, where it differs from the slot’s", '"12.15"'),
    Field("eind", "end", END_TIME, "De eindtijd, als die afwijkt van het tijdslot",
          "The end, where it differs from the slot’s", '"12.45"'),
    Field("zaal", "room", _ROOM_NAME, "De zaal, als die afwijkt van de sessie",
          "The room, where it differs from the session’s", "Zaal 1"),
    Field("status", "status", choice(*STATUSES), "De status van deze keer",
          "The status of this time", "vol"),
    Field("naar", "moved_to", Translatable(LINE), "Waarheen of wanneer, bij status ‘verplaatst’",
          "Where or when to, with status “verplaatst” (moved)", "Ronde 3, Zaal 2"),
)

SLOT: tuple[Field, ...] = (
    Field("begin", "begin", TIME, "De begintijd", "The begin", '"10.00"', required=True),
    Field("eind", "end", END_TIME, "De eindtijd; mag ontbreken als hij niet bekend is",
          "The end; may be absent where it is not known", '"10.45"'),
    Field("eind_dag", "end_day", integer(0, 1), "1 als het einde na middernacht valt",
          "1 if the end falls after midnight", "1"),
    Field("datum", "date", DATE, "De dag; zonder datum is het de eerste dag",
          "The day; without a date it is the first day", "2026-03-26"),
    Field("soort", "kind", choice(*SLOT_KINDS), "De soort tijdslot", "The kind of slot", "ronde",
          required=True),
    Field("ronde", "round", integer(1, 99),
          "Het nummer van de ronde; alleen een ronde heeft een eigen pagina",
          "The number of the round; only a round has a page of its own", "1"),
    Field("titel", "title", Translatable(LINE), "De naam van het tijdslot", "The name of the slot",
          "Lunch in het stadhuis"),
    Field("toelichting", "note", Translatable(TEXT), "Wat er gebeurt, in een paar zinnen",
          "What happens, in a few sentences", "Neem de tijd om van zaal te wisselen."),
    Field("sessies", "entries", RecordsOf(_ENTRY, short="session"),
          "De sessies, in de volgorde van de kolommen: slugs, of blokken met wat afwijkt",
          "The sessions, in the order of the columns: slugs, or blocks with what differs",
          "[dordt-west, {sessie: reos, zaal: Zaal 1}]"),
    _ORIGIN,
)

_KEY_MESSAGE: tuple[Field, ...] = (
    Field("id", "id", SLUG, "Het vaste anker van de boodschap",
          "The lasting anchor of the message", "elke-gemeente", required=True, translation="key"),
    Field("tekst", "text", TEXT, "De boodschap", "The message",
          "Elke gemeente krijgt een urgentieregeling.", required=True, translation="own"),
)

SESSION: tuple[Field, ...] = (
    Field("titel", "title", LINE, "De titel", "The title", "Rijnlands organiseren", required=True,
          translation="own"),
    Field("ondertitel", "subtitle", LINE, "Een regel onder de titel", "A line below the title",
          "Vertrouwen in vakmanschap", translation="own"),
    Field("samenvatting", "summary", TEXT, "Wat een bezoeker eraan heeft, in een of twee zinnen",
          "What a visitor gets from it, in one or two sentences",
          "Wat verandert er voor gemeenten?", translation="own"),
    Field("soort", "kind", choice(*SESSION_KINDS), "De soort sessie", "The kind of session",
          "werkbijeenkomst"),
    Field("sprekers", "speakers", ListOf(_SPEAKER_NAME),
          "De sprekers: de namen van hun bestanden zonder .md",
          "The speakers: the names of their files without .md", "[sofie-dreef]"),
    Field("georganiseerd_door", "organised_by", ListOf(LINE),
          "De themagroepen en pijlers die de sessie organiseren",
          "The thematic groups and pillars that organise the session", "[themagroep Duurzaamheid]",
          translation="own"),
    Field("organisaties", "organisations", ListOf(LINE), "De organisaties die eraan bijdragen",
          "The organisations that contribute", "[VNG, gemeente Utrecht]", translation="own"),
    Field("themas", "themes", ListOf(_THEME_NAME), "De thema’s", "The themes", "[Wonen]"),
    Field("zaal", "room", _ROOM_NAME, "De zaal", "The room", "Zaal 1"),
    Field("taal", "language", LANGUAGE, "De voertaal", "The language spoken", "nl"),
    Field("status", "status", choice(*STATUSES),
          "Hoe het ervoor staat; een concept komt niet op de site",
          "How it stands; a draft (concept) is not published", "gepland"),
    Field("kernboodschappen", "key_messages", RecordsOf(_KEY_MESSAGE),
          "Wat een bezoeker moet onthouden, in een of twee zinnen per boodschap",
          "What a visitor should remember, in one or two sentences per message",
          "[{id: elke-gemeente, tekst: Elke gemeente krijgt een urgentieregeling.}]",
          translation="own"),
    Field("bronnen", "cited", ListOf(_SOURCE_NAME),
          "De bronnen die erbij horen en waar de tekst niet naar linkt",
          "The sources that belong to it and that the text does not link to",
          "[huisvestingswet-2014]"),
    _LINKS,
    _OLD_ADDRESSES,
    _ORIGIN,
)

_PHOTO: tuple[Field, ...] = (
    Field("bestand", "file", LINE, "Het bestand in de map assets", "The file in the folder assets",
          "img/sofie-dreef.jpg", required=True),
    Field("alt", "alt", LINE, "Wat er op de foto te zien is", "What the photo shows",
          "Portret van Sofie Dreef", required=True, translation="own"),
    Field("toestemming", "consent", LINE, "Hoe en wanneer toestemming is gegeven",
          "How and when consent was given", "per e-mail op 3 maart 2026"),
)

SPEAKER: tuple[Field, ...] = (
    Field("naam", "name", LINE, "De naam", "The name", "Sofie Dreef", required=True),
    Field("functie", "role", LINE, "De functie", "The role", "adviseur", translation="own"),
    Field("organisatie", "organisation", LINE, "De organisatie", "The organisation",
          "gemeente Dordrecht", translation="own"),
    Field("foto", "photo", RecordOf(_PHOTO), "Een portret", "A portrait",
          "{bestand: img/sofie-dreef.jpg, alt: Portret van Sofie Dreef}", translation="own"),
    _LINKS,
    _OLD_ADDRESSES,
    _ORIGIN,
)

_STATE: tuple[Field, ...] = (
    Field("tekst", "text", TEXT, "Hoe het ervoor staat", "How it stands",
          "Aangenomen door de Tweede Kamer", required=True, translation="own"),
    Field("datum", "date", PARTIAL_DATE, "Wanneer dat zo was: jaar, maand of dag",
          "When that was so: year, month or day", '"2025-07-03"', required=True),
)

SOURCE: tuple[Field, ...] = (
    Field("titel", "title", LINE, "De naam van de bron", "The name of the source",
          "Huisvestingswet 2014", required=True, translation="own"),
    Field("soort", "kind", choice(*SOURCE_KINDS), "De soort bron", "The kind of source", "wet",
          required=True),
    _identifier("bwb", "bwb", "Wet op wetten.overheid.nl", "Law at wetten.overheid.nl",
                "BWBR0035303"),
    _identifier("artikel", "article", "Artikel van die wet", "Article of that law", '"4"'),
    _identifier("jci", "jci", "Verwijzing naar een deel van een wet",
                "Reference to a part of a law", "jci1.3:c:BWBR0035303&artikel=4"),
    _identifier("dossier", "dossier", "Kamerdossier", "Parliamentary file", '"36512"'),
    _identifier("kamerstuk", "kamerstuk", "Kamerstuk", "Parliamentary paper", "36512-3"),
    _identifier("stb", "stb", "Staatsblad", "Bulletin of Acts and Decrees", "2014-248"),
    _identifier("stcrt", "stcrt", "Staatscourant", "Government Gazette", "2023-17585"),
    _identifier("cvdr", "cvdr", "Lokale regeling", "Local regulation", "CVDR603917"),
    _identifier("ecli", "ecli", "Uitspraak", "Judgment", "ECLI:NL:RVS:2019:1603"),
    _identifier("celex", "celex", "Document van de EU", "Document of the EU", "32021R1058"),
    _identifier("eli", "eli", "Europese wet (ELI)", "European law (ELI)", "reg/2021/1058"),
    _identifier("url", "url", "Adres, als er geen officieel kenmerk is",
                "Address, where there is no official identifier",
                "https://doi.org/10.7480/knob.88.1989.1.549"),
    Field("stand", "status", RecordOf(_STATE), "Hoe het ervoor staat, met de datum",
          "How it stands, with the date",
          '{tekst: Aangenomen door de Tweede Kamer, datum: "2025-07-03"}', translation="own"),
    Field("oude_adressen", "old_names", ListOf(SLUG),
          "Hoe het bestand eerder heette; links naar die naam blijven werken",
          "What the file was called before; links to that name keep working", "[oude-naam]"),
)

PAGE: tuple[Field, ...] = (
    Field("titel", "title", LINE, "De titel", "The title", "Over dit programma", required=True,
          translation="own"),
    _OLD_ADDRESSES,
)

"""What changes for visitors between two versions of the content, for who reviews a change."""

from __future__ import annotations

from site_gen.compare.difference import SECTIONS, Difference
from site_gen.compare.sessions import compare_sessions
from site_gen.compare.slots import compare_slots
from site_gen.compare.texts import compare_event, compare_texts
from site_gen.compare.versions import Versions
from site_gen.drafts import published
from site_gen.model import Conference
from site_gen.schedule import timetable
from site_gen.words import Words


def compare(old: Conference, new: Conference, words: Words, lang: str) -> tuple[Difference, ...]:
    """Return every difference that a visitor meets, in the order of the site.

    ``words`` write times and give the language of titles, ``lang`` is that of the sentences. Drafts
    are no part of either version.
    """
    old, new = published(old), published(new)
    versions = Versions(old, new, timetable(old), timetable(new), words, lang)
    found = [
        *compare_event(versions),
        *compare_slots(versions),
        *compare_sessions(versions),
        *compare_texts(versions),
    ]
    return tuple(sorted(found, key=lambda each: SECTIONS.index(each.section)))

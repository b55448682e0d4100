"""Every text in every language of the site."""

from __future__ import annotations

from site_gen.model import Conference
from site_gen.problems import Problem, problem


def check_translations(conf: Conference) -> list[Problem]:
    """A record has a file in each language; without one its page shows the main language."""
    found = []
    for records in (conf.sessions, conf.speakers, conf.sources, conf.pages):
        for slug, record in records.items():
            for lang in conf.event.languages[1:]:
                if lang not in record.languages:
                    name = f"{slug}.{lang}.md"
                    found.append(problem(record.place, "missing-translation", file=name))
    return found

"""What a public body owes its visitors: a statement, a way to report, and a speaker's consent.

The generator cannot know which of these duties an organiser has, so nothing here stops a build.
"""

from __future__ import annotations

from datetime import date, timedelta

from site_gen.model import Conference
from site_gen.problems import Problem, problem

SOON = timedelta(days=30)
FAR = timedelta(days=366)
"""RFC 9116, section 2.5.5: less than a year ahead, or what it says grows stale."""


def check_statement(conf: Conference) -> list[Problem]:
    """The site links to its accessibility statement; who need not have one is only reminded."""
    event = conf.event
    return [] if event.accessibility_statement else [problem(event.place, "missing-statement")]


def check_consent(conf: Conference) -> list[Problem]:
    """It is on record how a speaker agreed to a photo (GDPR, article 7, paragraph 1)."""
    return [
        problem(speaker.photo.place, "missing-consent", name=speaker.name)
        for speaker in conf.speakers.values()
        if speaker.photo and not speaker.photo.consent
    ]


def check_expiry(conf: Conference, today: date) -> list[Problem]:
    """What security.txt says holds today, for some time to come, and not for ever."""
    security = conf.event.security
    if security is None:
        return []
    left = security.expires - today
    if left < timedelta(0):
        return [problem(security.place, "security-expired", date=security.expires)]
    if left <= SOON:
        return [problem(security.place, "security-expires", date=security.expires)]
    if left > FAR:
        return [problem(security.place, "security-far", date=today + FAR)]
    return []

"""Links to other sites: all of them gathered, each address asked once, and what that tells.

Nothing here is part of a build. Who asks is handed in, and so is the day; what was good is
remembered for a week, so that a report can be had often without asking others often.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import date, timedelta
from itertools import zip_longest
from urllib.parse import urldefrag, urlsplit

from msgspec import Struct

from site_gen.machine import MachineError
from site_gen.model import Address, Conference
from site_gen.place import Place
from site_gen.problems import Problem, problem
from site_gen.web import Answer

AT_ONCE = 8
KEPT = timedelta(days=7)
_GUARDED = frozenset({401, 403, 406, 407, 429, 451, 999})  # the last is LinkedIn's own
_FAILING, _BROKEN = 400, 500


class OutsideLink(Struct, frozen=True):
    """A link to another site; ``typed`` by an editor, or else built from an identifier."""

    address: str
    place: Place
    typed: bool = True


def outside_links(conf: Conference) -> tuple[OutsideLink, ...]:
    """Return every link to a page of another site, by place; addresses of mail are none."""
    found = (*_of_event(conf), *_of_records(conf), *_of_sources(conf))
    web = {link for link in found if link.address.lower().startswith(("http:", "https:"))}
    return tuple(sorted(web, key=lambda link: (link.place, link.address)))


def _of_event(conf: Conference) -> Iterator[OutsideLink]:
    event = conf.event
    security = event.security.contact if event.security else None
    for address in (event.accessibility_statement, event.contact, security):
        if address:
            yield _typed(address)


def _of_records(conf: Conference) -> Iterator[OutsideLink]:
    for records in (conf.sessions, conf.speakers, conf.sources, conf.pages):
        for record in records.values():
            for body in record.body.bodies:
                for link in body.links:
                    if link.goal.kind == "external":
                        yield OutsideLink(link.goal.key, link.place)
    for session in conf.sessions.values():
        yield from (_typed(link.address) for link in session.links)
    for speaker in conf.speakers.values():
        yield from (_typed(link.address) for link in speaker.links)


def _of_sources(conf: Conference) -> Iterator[OutsideLink]:
    for source in conf.sources.values():
        for reference in source.references:
            typed = reference.identifier.kind == "url"
            for lang in conf.event.languages:
                yield OutsideLink(reference.identifier.address(lang), reference.place, typed)


def _typed(address: Address) -> OutsideLink:
    return OutsideLink(address.text, address.place)


class Known(Struct, frozen=True):
    """An answer, and the day on which it was given."""

    day: date
    answer: Answer


def ask_all(
    links: Sequence[OutsideLink],
    known: Mapping[str, Known],
    ask: Callable[[str], Answer],
    today: date,
    progress: Callable[[int, int], None],
) -> dict[str, Known]:
    """Return what is known of every address after asking for those that were not ``known``.

    Raises :class:`MachineError` where not one answers: then it is not the links that are wrong.
    """
    found = dict(known)
    unknown = _in_turn({_page(link.address) for link in links} - known.keys())
    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = {pool.submit(ask, address): address for address in unknown}
        try:
            for done, answer in enumerate(as_completed(waiting), 1):
                found[waiting[answer]] = Known(today, answer.result())
                progress(done, len(waiting))
        except BaseException:  # Ctrl-C too: what has not begun need not be waited for
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    if len(unknown) > 1 and all(found[address].answer.reason for address in unknown):
        raise MachineError(problem(Place("."), "no-network"))
    return found


def _page(address: str) -> str:
    """Return an address without its fragment, of which a server is never told."""
    return urldefrag(address)[0]


def _in_turn(addresses: set[str]) -> list[str]:
    """Order addresses so that each host has its turn, and none keeps all threads waiting."""
    hosts = defaultdict(list)
    for address in sorted(addresses):
        hosts[urlsplit(address).netloc].append(address)
    return [address for turn in zip_longest(*hosts.values()) for address in turn if address]


def judge(links: Sequence[OutsideLink], known: Mapping[str, Known]) -> list[Problem]:
    """Say what is wrong with which link."""
    found = (_judged(link, known[_page(link.address)].answer) for link in links)
    return sorted({wrong for wrong in found if wrong})


def _judged(link: OutsideLink, answer: Answer) -> Problem | None:
    values = {"address": link.address, "reason": answer.reason or answer.status}
    if answer.status in _GUARDED:
        return problem(link.place, "guarded-link", **values)
    if answer.reason or answer.status >= _BROKEN:
        return problem(link.place, "silent-link", **values)
    if answer.status >= _FAILING:
        return problem(link.place, "dead-link", **values)
    if answer.moved and link.typed:
        return problem(link.place, "moved-link", address=link.address, goal=answer.moved)
    return None


def read_memory(text: str, today: date) -> dict[str, Known]:
    """Return the answers of the last days; a memory that cannot be read holds nothing."""
    try:
        rows = {
            address: Known(date.fromisoformat(day), Answer(status, moved))
            for address, (day, status, moved) in json.loads(text).items()
        }
    except (ValueError, TypeError, AttributeError):
        return {}
    return {a: known for a, known in rows.items() if timedelta(0) <= today - known.day < KEPT}


def write_memory(known: Mapping[str, Known]) -> str:
    """Return what to remember: the good answers. All others are asked for again."""
    rows = {
        address: [one.day.isoformat(), one.answer.status, one.answer.moved]
        for address, one in sorted(known.items())
        if not one.answer.reason and one.answer.status < _FAILING
    }
    return json.dumps(rows, indent=1) + "\n"

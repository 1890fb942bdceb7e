"""Links that do not open."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from govspider.checks.common import clip, host, page_key, site_finding, visit_gap
from govspider.facts import Fetch, Finding, LinkCheck, Outcome, SiteFacts

# The server answered with something: the link opens, whatever became of the body.
ALIVE = frozenset({Fetch.OK, Fetch.NOT_HTML, Fetch.TOO_LARGE})
# Answers that only a name that was resolved can bring.
_NUMBERS = re.compile(r"[\d.]+(?::\d+)?$|\[")
RESOLVED = ALIVE | {Fetch.HTTP_ERROR, Fetch.REFUSED, Fetch.TLS, Fetch.BLOCKED, Fetch.ROBOTS, Fetch.OFF_HOST}


@dataclass(frozen=True, slots=True)
class DeadSigns:
    """Which answers prove a link dead. Every other failure may be ours, or passing. ``home_points``: what a dead link on
    the home page costs a portal; elsewhere it costs what the rule says."""

    statuses: tuple[int, ...]
    fetches: tuple[Fetch, ...]
    home_points: float


def link_dead(facts: SiteFacts, params: DeadSigns) -> Iterator[Finding]:
    """Each link that was tried, once for each address; the home page's mention goes first.

    That a name does not exist is believed only when another foreign name was found: otherwise the inspector's own
    network may know none at all.
    """
    links: dict[str, LinkCheck] = {}
    for link in sorted(facts.links, key=lambda one: not one.home):
        links.setdefault(page_key(link.url), link)
    if not links:
        yield site_finding(Outcome.UNKNOWN, facts, reason="本次没有检查链接")
    fetches = frozenset(params.fetches) - (frozenset() if names_resolve(links.values()) else {Fetch.DNS})
    for link in links.values():
        yield _finding(facts, link, fetches, params)
    for url in facts.links_gone:
        if page_key(url) not in links:
            yield Finding(rule="", outcome=Outcome.PASS, subject=url, url=url, evidence={"result": "页面已没有该链接"})


def names_resolve(links: Iterable[LinkCheck]) -> bool:
    """Whether any foreign name was found; an address in numbers is none."""
    return any(link.external and link.visit.fetch in RESOLVED and not _NUMBERS.match(host(link.url)) for link in links)


def _finding(facts: SiteFacts, link: LinkCheck, fetches: frozenset[Fetch], params: DeadSigns) -> Finding:
    visit = link.visit
    dead = visit.fetch in fetches or (visit.fetch is Fetch.HTTP_ERROR and visit.status in params.statuses)
    outcome = Outcome.VIOLATION if dead else Outcome.PASS if visit.fetch in ALIVE else Outcome.UNKNOWN
    evidence: dict[str, Any] = {
        "name": clip(link.text) or "（无文字链接）",
        "kind": link.kind,
        "home": link.home,
        "place": "首页" if link.home else "其他页面",
        "external": link.external,
        "status": visit.status,
        "fetch": visit.fetch.value,
        "result": visit_gap(visit),
    }
    if link.home:
        evidence["points"] = params.home_points
    if outcome is not Outcome.PASS and link.pages:
        evidence |= {"linked_from": list(link.pages), "linked_pages": link.page_count}
        if link.page_count > len(link.pages):
            evidence["linked_more"] = link.page_count - len(link.pages)
        if facts.links_read:
            evidence |= {"looked_through": facts.links_read, "known_pages": facts.links_known}
    if outcome is Outcome.UNKNOWN:
        evidence["reason"] = visit_gap(visit)
    return Finding(rule="", outcome=outcome, subject=link.url, url=link.url, where=link.found_on, evidence=evidence)

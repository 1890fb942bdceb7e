"""Where the site is not what the register says."""

from collections.abc import Iterator
from dataclasses import dataclass

from govspider.checks.common import clip, host, visit_gap
from govspider.facts import Fetch, Finding, Outcome, SiteFacts, SiteStatus

RUNNING = "运行状态"


@dataclass(frozen=True, slots=True)
class Running:
    """A home page with ``links`` to further pages is one of a site in operation."""

    links: int


def register_drift(facts: SiteFacts, params: Running) -> Iterator[Finding]:
    """Three subjects: the home page's host, the site code that the home page shows, and whether the site is in operation.

    Of a site that is registered as closed or as an exception only the last; an exception may well be in operation.
    """
    if facts.site.status is not SiteStatus.NORMAL:
        yield _outside(facts, params)
        return
    visit = facts.home.visit
    answered = visit.fetch in (Fetch.OK, Fetch.OFF_HOST) and visit.final_url
    expected, found = host(facts.site.url), host(visit.final_url)
    if not answered:
        yield _finding(facts, Outcome.UNKNOWN, "首页网址", expected, "", visit_gap(visit))
    else:
        moved = expected != found
        yield _finding(facts, Outcome.VIOLATION if moved else Outcome.PASS, "首页网址", expected, found)
    code = clip(facts.home.site_id_code or "")
    if visit.fetch is not Fetch.OK:
        yield _finding(facts, Outcome.UNKNOWN, "网站标识码", facts.site.code, "", visit_gap(visit))
    elif not code:
        yield _finding(facts, Outcome.UNKNOWN, "网站标识码", facts.site.code, "", "首页未识别到网站标识码")
    else:
        wrong = code.lower() != facts.site.code.lower()
        yield _finding(facts, Outcome.VIOLATION if wrong else Outcome.PASS, "网站标识码", facts.site.code, code)
    if facts.home.closed:
        yield _finding(facts, Outcome.VIOLATION, RUNNING, "正常", f"首页为“{clip(facts.home.closed)}”")
    elif visit.fetch is not Fetch.OK:
        yield _finding(facts, Outcome.UNKNOWN, RUNNING, "正常", "", visit_gap(visit))
    else:
        yield _finding(facts, Outcome.PASS, RUNNING, "正常", "正常")


def _outside(facts: SiteFacts, params: Running) -> Finding:
    home, visit = facts.home, facts.home.visit
    closed = facts.site.status is SiteStatus.CLOSED
    expected = "关停" if closed else "例外"
    if home.closed:
        return _finding(facts, Outcome.PASS, RUNNING, expected, f"首页为“{clip(home.closed)}”")
    if visit.fetch in (Fetch.OK, Fetch.OFF_HOST) and host(visit.final_url) != host(facts.site.url):
        return _finding(facts, Outcome.PASS, RUNNING, expected, f"首页跳转到{clip(host(visit.final_url))}")
    if visit.fetch is not Fetch.OK:
        return _finding(facts, Outcome.UNKNOWN, RUNNING, expected, "", f"首页未能打开（{visit_gap(visit)}）")
    if home.links < params.links:
        why = f"首页可以打开，但只有{home.links}个链接，是否仍在运行请人工核对"
        return _finding(facts, Outcome.UNKNOWN, RUNNING, expected, "", why)
    found = f"首页可以正常访问，有{home.links}个链接"
    return _finding(facts, Outcome.VIOLATION if closed else Outcome.PASS, RUNNING, expected, found)


def _finding(facts: SiteFacts, outcome: Outcome, item: str, expected: str, found: str, reason: str = "") -> Finding:
    evidence = {"item": item, "expected": expected, "found": found}
    if reason:
        evidence["reason"] = reason
    return Finding(rule="", outcome=outcome, subject=item, url=facts.home.visit.final_url, evidence=evidence)

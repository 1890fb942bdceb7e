"""Where the site is not what the register says."""

from collections.abc import Iterator

from govspider.checks.columns import NoParams
from govspider.checks.common import clip, host, visit_gap
from govspider.facts import Fetch, Finding, Outcome, SiteFacts


def register_drift(facts: SiteFacts, params: NoParams) -> Iterator[Finding]:
    """Three subjects: the home page's host, the site code that the home page shows, and whether the site is in operation."""
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
        yield _finding(facts, Outcome.VIOLATION, "运行状态", "正常", f"首页为“{clip(facts.home.closed)}”")
    elif visit.fetch is not Fetch.OK:
        yield _finding(facts, Outcome.UNKNOWN, "运行状态", "正常", "", visit_gap(visit))
    else:
        yield _finding(facts, Outcome.PASS, "运行状态", "正常", "正常")


def _finding(facts: SiteFacts, outcome: Outcome, item: str, expected: str, found: str, reason: str = "") -> Finding:
    evidence = {"item": item, "expected": expected, "found": found}
    if reason:
        evidence["reason"] = reason
    return Finding(rule="", outcome=outcome, subject=item, url=facts.home.visit.final_url, evidence=evidence)

"""站内搜索: is there one, and does it find what the site has published."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from govspider.checks.columns import NoParams
from govspider.checks.common import clip, drawn_with, site_finding, visit_gap
from govspider.facts import Finding, Outcome, SearchTry, SiteFacts

NOT_TRIED = "没有试搜"


@dataclass(frozen=True, slots=True)
class Titles:
    """``titles`` that are asked for; with fewer, nothing is said of the search as a whole."""

    titles: int


def search_absent(facts: SiteFacts, params: NoParams) -> Iterator[Finding]:
    """No search on the home page, or one whose address does not exist."""
    search = facts.samples.search
    if search is None:
        yield site_finding(Outcome.UNKNOWN, facts, reason=NOT_TRIED)
    elif search.offered is False:
        yield site_finding(Outcome.VIOLATION, facts, state="首页没有搜索功能", address=search.url)
    elif search.dead is not None:
        state = f"搜索结果页打不开（{visit_gap(search.dead)}）"
        yield site_finding(Outcome.VIOLATION, facts, state=state, address=search.dead.url)
    elif any(one.found is not None for one in search.tries):
        yield site_finding(Outcome.PASS, facts, address=search.url)
    else:
        why = next((one.reason for one in search.tries if one.reason), search.reason)
        yield site_finding(Outcome.UNKNOWN, facts, reason=clip(why) or NOT_TRIED, address=search.url)


def search_misses(facts: SiteFacts, params: Titles) -> Iterator[Finding]:
    """Each published title that the first page of results does not show."""
    search = facts.samples.search
    tries = search.tries if search is not None else ()
    if search is not None and (search.offered is False or search.dead is not None):
        yield site_finding(Outcome.NOT_APPLICABLE, facts, reason="没有可用的站内搜索，由“未提供站内搜索”一项判定")
        return
    if not tries:
        yield site_finding(Outcome.UNKNOWN, facts, reason=clip(search.reason if search else "") or NOT_TRIED)
    for one in tries[: params.titles]:
        yield _tried(facts, one)


def _tried(facts: SiteFacts, one: SearchTry) -> Finding:
    evidence: dict[str, Any] = {
        "title": clip(one.title),
        "query": one.asked,
        "results": one.results,
        **drawn_with(facts, "search"),
    }
    outcome = {True: Outcome.PASS, False: Outcome.VIOLATION, None: Outcome.UNKNOWN}[one.found]
    if outcome is Outcome.UNKNOWN:
        evidence["reason"] = clip(one.reason) or NOT_TRIED
    return Finding(rule="", outcome=outcome, subject=one.url, url=one.url, where=one.asked, evidence=evidence)


def search_unclassified(facts: SiteFacts, params: NoParams) -> Iterator[Finding]:
    """Whether results stand in classes: what is not recognised is left to a person."""
    search = facts.samples.search
    if search is None or not search.tries:
        yield site_finding(Outcome.UNKNOWN, facts, reason=clip(search.reason if search else "") or NOT_TRIED)
    elif search.classified is None:
        yield site_finding(Outcome.UNKNOWN, facts, reason="未能辨认搜索结果是否分类，请人工核对", address=search.url)
    else:
        outcome = Outcome.PASS if search.classified else Outcome.VIOLATION
        yield site_finding(outcome, facts, address=search.url)

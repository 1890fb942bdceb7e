"""Clues of tampering. A person decides; equal traces on many pages are one clue."""

from collections.abc import Iterator

from govspider.checks.columns import NoParams
from govspider.checks.common import clip, page_key, site_finding, walk_gap
from govspider.facts import Finding, Foreign, Outcome, SiteFacts

PLACES = {"title": "页面标题", "meta": "网页标签", "link": "链接", "hidden": "隐藏内容", "text": "正文"}
PAGES_KEPT = 50


def content_tampered(facts: SiteFacts, params: NoParams) -> Iterator[Finding]:
    """One clue for each set of pages that carry the same traces."""
    pages: dict[str, list[Foreign]] = {}
    for trace in facts.tampering:
        pages.setdefault(trace.url, []).append(trace.foreign)
    if not pages:
        gaps = (*walk_gap(facts), *(clip(reason) for reason in facts.tampering_unread))
        outcome = Outcome.UNKNOWN if gaps else Outcome.PASS
        yield site_finding(outcome, facts, **({"reason": "；".join(gaps)} if gaps else {}))
    alike: dict[frozenset[tuple[str, str]], list[str]] = {}
    for url, traces in pages.items():
        alike.setdefault(frozenset((trace.term, trace.where) for trace in traces), []).append(url)
    home = page_key(facts.home.visit.final_url)
    for urls in alike.values():
        urls.sort(key=lambda url: (page_key(url) != home, url))
        yield _clue(urls, pages[urls[0]])


def _clue(urls: list[str], traces: list[Foreign]) -> Finding:
    terms = list(dict.fromkeys(clip(trace.term) for trace in traces))
    return Finding(
        rule="",
        outcome=Outcome.VIOLATION,
        subject=urls[0],
        url=urls[0],
        where=urls[0],
        evidence={
            "count": len(urls),
            "pages": urls[:PAGES_KEPT],
            "terms": terms,
            "places": list(dict.fromkeys(PLACES.get(trace.where, trace.where) for trace in traces)),
            "traces": [
                {"term": clip(t.term), "where": t.where, "family": t.family, "snippet": clip(t.snippet)} for t in traces
            ],
        },
    )

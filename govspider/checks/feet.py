"""页面底部功能区: the items that it must list, and the entrance for reporting errors (我为政府网站找错)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from govspider.checks.common import clip, drawn_with, site_finding
from govspider.facts import FOOT_ITEMS, Finding, Outcome, PageSample, SiteFacts

ENTRANCE = FOOT_ITEMS[-2]


@dataclass(frozen=True, slots=True)
class FootItems:
    """``items``: what must be listed, by the names of FOOT_ITEMS."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entrances:
    """``home_points``: what it costs that the home page has none; on another page it costs what the rule says."""

    home_points: float


def footer_item_missing(facts: SiteFacts, params: FootItems) -> Iterator[Finding]:
    """Each item: it must stand on the home page and on every sampled page."""
    for item in params.items:
        lacking = [page for page in facts.samples.pages if _sure_to_lack(page, item)]
        unsure = [page for page in facts.samples.pages if item in page.foot_unsure]
        evidence: dict[str, Any] = {
            "element": item,
            "count": len(lacking),
            "checked": len(facts.samples.pages),
            "pages": [{"name": clip(page.name), "url": page.url} for page in lacking],
            **drawn_with(facts, "page-content"),
        }
        outcome = Outcome.VIOLATION if lacking else Outcome.UNKNOWN if unsure else Outcome.PASS
        if not facts.samples.pages:
            outcome, evidence["reason"] = Outcome.UNKNOWN, "没有抽查页面底部"
        elif outcome is Outcome.UNKNOWN:
            evidence["reason"] = _doubt(unsure)
        url = (lacking or unsure or [PageSample(facts.site.url, "home")])[0].url
        yield Finding(rule="", outcome=outcome, subject=item, url=url, evidence=evidence)


def error_entry_missing(facts: SiteFacts, params: Entrances) -> Iterator[Finding]:
    """Each page looked at."""
    if not facts.samples.pages:
        yield site_finding(Outcome.UNKNOWN, facts, reason="没有抽查页面底部")
    for page in facts.samples.pages:
        evidence: dict[str, Any] = {"name": clip(page.name), **drawn_with(facts, f"page-{page.kind}")}
        if page.kind == "home":
            evidence["points"] = params.home_points
        outcome = Outcome.PASS
        if _sure_to_lack(page, ENTRANCE):
            outcome = Outcome.VIOLATION
        elif ENTRANCE in page.foot_unsure:
            outcome, evidence["reason"] = Outcome.UNKNOWN, _doubt([page])
        yield Finding(rule="", outcome=outcome, subject=page.url, url=page.url, evidence=evidence)


def _sure_to_lack(page: PageSample, item: str) -> bool:
    return item not in page.foot and item not in page.foot_unsure


def _doubt(pages: list[PageSample]) -> str:
    why = next((page.reason for page in pages if page.reason), "可能在图片或内嵌框架中")
    return f"“{clip(pages[0].name)}”等{len(pages)}个页面{clip(why)}"

"""网页标签: do the sampled pages carry the official tags of their kind.

Tags are for machines and stand in what the server sends; only of an empty shell is the browser asked what it adds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from govspider.checks.common import clip, drawn_with, site_finding
from govspider.facts import Finding, Outcome, PageSample, SiteFacts

KINDS = {"column": "栏目页", "content": "内容页"}


@dataclass(frozen=True, slots=True)
class NeededTags:
    """The tags that a column page and a content page must hold a value for."""

    column: tuple[str, ...]
    content: tuple[str, ...]


def page_tags_missing(facts: SiteFacts, params: NeededTags) -> Iterator[Finding]:
    """Each sampled page."""
    pages = [page for page in facts.samples.pages if page.kind in KINDS]
    if not pages:
        yield site_finding(Outcome.UNKNOWN, facts, reason="没有可供抽查的栏目页和内容页")
    for page in pages:
        needed = params.column if page.kind == "column" else params.content
        yield _finding(facts, page, [tag for tag in needed if tag not in page.tags])


def _finding(facts: SiteFacts, page: PageSample, missing: list[str]) -> Finding:
    evidence: dict[str, Any] = {
        "name": clip(page.name),
        "kind": KINDS[page.kind],
        "missing": missing,
        "count": len(missing),
        **drawn_with(facts, f"page-{page.kind}"),
    }
    reason = page.reason if page.scripted else ""
    outcome = Outcome.PASS if not missing else Outcome.UNKNOWN if reason else Outcome.VIOLATION
    if outcome is Outcome.UNKNOWN:
        evidence["reason"] = f"{evidence['kind']}“{evidence['name']}”{clip(reason)}"
    return Finding(rule="", outcome=outcome, subject=page.url, url=page.url, evidence=evidence)

"""Articles of which the date that visitors see is not the one in the official tag. Told, never held against a site."""

from collections.abc import Iterator
from dataclasses import dataclass

from govspider.checks.common import clip, iso, site_finding, walk_gap
from govspider.facts import Finding, Outcome, SiteFacts

_ROWS = 20


@dataclass(frozen=True, slots=True)
class DateGap:
    """Dates that are more than so many days apart disagree: time zones and late tagging explain a day or two."""

    days: int


def dates_disagree(facts: SiteFacts, params: DateGap) -> Iterator[Finding]:
    """One finding on the site, by the articles that were read and have both dates."""
    both = [(one, one.shown, one.tagged) for one in facts.articles if one.shown and one.tagged]
    apart = [(one, shown, tagged) for one, shown, tagged in both if abs((shown - tagged).days) > params.days]
    rows = [
        {"title": clip(one.title), "url": one.url, "visible": iso(shown), "tagged": iso(tagged)}
        for one, shown, tagged in apart[:_ROWS]
    ]
    if rows:
        evidence = {"count": len(apart), "judged": len(both), "days": params.days, "articles": rows}
        yield site_finding(Outcome.VIOLATION, facts, **evidence)
    elif gaps := walk_gap(facts):
        yield site_finding(Outcome.UNKNOWN, facts, reason="；".join(gaps))
    elif both:
        yield site_finding(Outcome.PASS, facts, judged=len(both))
    else:
        yield site_finding(Outcome.NOT_APPLICABLE, facts, reason="没有读到既显示日期又有发布时间标签的文章")

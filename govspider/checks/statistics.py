"""办事统计 and 留言受理反馈统计: are they published, and how old are they."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from govspider.checks.common import clip, host, iso, months_before, site_finding, walk_gap
from govspider.checks.services import NO_SERVICES
from govspider.facts import Finding, Outcome, SiteFacts, Statistic


@dataclass(frozen=True, slots=True)
class Unpublished:
    """``kind``: service or messages."""

    kind: str


@dataclass(frozen=True, slots=True)
class Aged:
    """Updated within ``months`` is fresh; what was not updated within ``long_months`` either costs ``long_points``."""

    kind: str
    months: int
    long_months: int
    long_points: float


def _statistic(facts: SiteFacts, kind: str) -> Statistic:
    """That there are none is believed only where the walk has read all that the site offers of its kind, and where nobody
    else may publish them for the site."""
    found = next((one for one in facts.samples.statistics if one.kind == kind), Statistic(kind, reason="没有查找"))
    if found.published is False and (gaps := [*walk_gap(facts), *_elsewhere(facts, kind)]):
        return replace(found, published=None, reason="；".join(map(clip, gaps)))
    return found


def _elsewhere(facts: SiteFacts, kind: str) -> Iterator[str]:
    """Why statistics that were not found may be published all the same."""
    if kind == "service":
        yield from facts.services_unread[:1]
        if any(service.external for service in facts.services):
            yield "部分事项在其他平台办理，办事统计可能由该平台公布，请人工核对"
        return
    own = host(facts.home.visit.final_url)
    yield from facts.messages_unread[:1]
    if not facts.messages:
        yield "没有读到公开的留言，请人工核对"
    if any(channel.kind == "consultation" and host(channel.url) != own for channel in facts.channels):
        yield "留言由其他平台受理，统计数据可能由该平台公布，请人工核对"


def _not_asked(facts: SiteFacts, kind: str) -> bool:
    return kind == "service" and facts.site.public_services is False


def statistics_absent(facts: SiteFacts, params: Unpublished) -> Iterator[Finding]:
    """No statistics at all."""
    found = _statistic(facts, params.kind)
    evidence: dict[str, Any] = {"name": clip(found.name), "address": found.url}
    if _not_asked(facts, params.kind):
        yield site_finding(Outcome.NOT_APPLICABLE, facts, reason=NO_SERVICES)
    elif found.published is None:
        yield site_finding(Outcome.UNKNOWN, facts, **evidence, reason=clip(found.reason) or "未能核对")
    else:
        yield site_finding(Outcome.PASS if found.published else Outcome.VIOLATION, facts, **evidence)


def statistics_stale(facts: SiteFacts, params: Aged) -> Iterator[Finding]:
    """Published statistics whose newest date is before the window."""
    found, checkpoint = _statistic(facts, params.kind), facts.checkpoint
    long = found.newest is not None and found.newest < months_before(checkpoint, params.long_months)
    evidence: dict[str, Any] = {
        "name": clip(found.name),
        "address": found.url,
        "newest": iso(found.newest),
        "months": params.long_months if long else params.months,
    }
    if long or found.newest is None:
        evidence["points"] = params.long_points
    outcome, reason = _age(found, checkpoint, params)
    if _not_asked(facts, params.kind):
        outcome, reason = Outcome.NOT_APPLICABLE, NO_SERVICES
    yield site_finding(outcome, facts, **evidence, **({"reason": reason} if reason else {}))


def _age(found: Statistic, checkpoint: dt.date, params: Aged) -> tuple[Outcome, str]:
    if found.newest is not None and found.newest >= months_before(checkpoint, params.months):
        return Outcome.PASS, ""
    if found.published is False:
        return Outcome.NOT_APPLICABLE, "没有公开统计数据，由“未公开统计数据”一项判定"
    if found.published is None or found.reason or found.newest is None:
        return Outcome.UNKNOWN, clip(found.reason) or "更新时间未能读取"
    return Outcome.VIOLATION, ""

"""Whether a site was rebuilt since its last inspection. Told, never held against it: rebuilding is lawful when reported."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from govspider.checks.common import iso, site_finding, walk_gap
from govspider.facts import BEIJING, Earlier, Finding, Outcome, SiteFacts


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Rebuilt is a site whose home page has at most the share ``similar`` of its blocks in common with before, and of
    whose columns at least the share ``moved`` are gone or new. Fewer than ``blocks`` or ``columns`` tell nothing."""

    similar: float
    moved: float
    blocks: int
    columns: int


def site_redesigned(facts: SiteFacts, params: Rebuilt) -> Iterator[Finding]:
    """Compared with the last inspection of another round."""
    earlier = facts.past.earlier
    if earlier is None or not _enough(earlier, params):
        yield site_finding(Outcome.NOT_APPLICABLE, facts, reason="没有可比的早前检查")
        return
    now, then = facts.layout, earlier.layout
    gaps = [*walk_gap(facts)]
    if len(now.home) < params.blocks or len(now.columns) < params.columns:
        gaps.append("本次读到的首页模板或栏目太少，不能比较")
    if gaps:
        yield site_finding(Outcome.UNKNOWN, facts, reason="；".join(gaps))
        return
    similar = _shared(then.home, now.home) / len({*then.home, *now.home})
    stayed = _shared(then.columns, now.columns)
    gone, new = 1 - stayed / len(then.columns), 1 - stayed / len(now.columns)
    rebuilt = similar <= params.similar and max(gone, new) >= params.moved
    told = {"similar": round(similar, 4), "gone": round(gone, 4), "new": round(new, 4), "seen": iso(earlier.seen)}
    told |= {"had": len(then.columns), "has": len(now.columns)}
    if not rebuilt:
        yield site_finding(Outcome.PASS, facts, **told)
    elif reason := _declared(facts, earlier.seen):
        yield site_finding(Outcome.PASS, facts, **told, announced=reason)
    else:
        yield site_finding(Outcome.VIOLATION, facts, **told)


def _enough(earlier: Earlier, params: Rebuilt) -> bool:
    return len(earlier.layout.home) >= params.blocks and len(earlier.layout.columns) >= params.columns


def _shared(one: Collection[object], other: Collection[object]) -> int:
    return len(set(one) & set(other))


def _declared(facts: SiteFacts, since: dt.date) -> str:
    """The reason of an announcement that fell between the two inspections; "" when there was none."""
    for outage in facts.outages:
        if (
            since <= outage.until.astimezone(BEIJING).date()
            and outage.since.astimezone(BEIJING).date() <= facts.checkpoint
        ):
            return outage.reason or "已报备"
    return ""

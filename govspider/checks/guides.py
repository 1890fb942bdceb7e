"""办事指南: which of the ten key elements each guide lacks.

An element that may stand in a picture or attachment is not missing: only what is certainly absent accuses, and an
element that may be absent keeps from acquitting.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from govspider.checks.columns import NoParams
from govspider.checks.common import clip, page_key, settle, site_finding, unread_reason, visit_gap, walk_gap
from govspider.checks.services import NO_SERVICES
from govspider.facts import Finding, Outcome, Service, SiteFacts

# 重点要素, all of which a guide that was not read may lack.
ELEMENTS = (
    "事项名称", "设定依据", "申请条件", "办理材料", "办理地点", "办理机构", "收费标准", "办理时间", "联系电话", "办理流程",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ManyGuides:
    missing: int
    items: int


@dataclass(frozen=True, slots=True)
class Guides:
    """The site's own service items, one for each page, by what is known of their guides."""

    bad: tuple[Service, ...]
    open: tuple[tuple[Service, str], ...]  # with the reason
    good: tuple[Service, ...]
    external: int
    unrecognised: int  # pages that were read and hold no guide, hubs left out


def sorted_guides(facts: SiteFacts, missing: int) -> Guides:
    hubs = {page_key(column.url) for column in facts.columns}
    items = {page_key(service.url): service for service in facts.services if not service.external}
    bad, unknown, good, unrecognised = [], [], [], 0
    for key, service in items.items():
        if service.guide is None:
            if service.visit is not None and (reason := visit_gap(service.visit)):
                unknown.append((service, reason))
            elif key not in hubs:
                unrecognised += 1
        elif len(service.guide.missing) >= missing:
            bad.append(service)
        elif len(service.guide.missing) + len(service.guide.unreadable) >= missing:
            unknown.append((service, "部分要素在图片或附件中"))
        else:
            good.append(service)
    external = sum(1 for service in facts.services if service.external)
    return Guides(tuple(bad), tuple(unknown), tuple(good), external, unrecognised)


def _gaps(facts: SiteFacts) -> tuple[str, ...]:
    return (*walk_gap(facts), *(clip(reason) for reason in facts.services_unread))


def _rows(guides: Guides) -> dict[str, Any]:
    return {
        "count": len(guides.bad),
        "items": len(guides.bad) + len(guides.open) + len(guides.good),
        "guides": [
            {"name": clip(s.name), "url": s.url, "missing": [clip(name) for name in s.guide.missing]}
            for s in guides.bad
            if s.guide is not None
        ],
        "unread": [{"name": clip(s.name), "url": s.url, "reason": reason} for s, reason in guides.open],
    }


def _nothing_to_judge(facts: SiteFacts, guides: Guides) -> Finding | None:
    """The finding of a site without guides of its own; None when there are some."""
    if facts.site.public_services is False:
        return site_finding(Outcome.NOT_APPLICABLE, facts, reason=NO_SERVICES)
    if guides.bad or guides.open or guides.good:
        return None
    if gaps := _gaps(facts):
        return site_finding(Outcome.UNKNOWN, facts, reason="；".join(gaps))
    if guides.external:
        return site_finding(Outcome.NOT_APPLICABLE, facts, reason="办事服务由站外平台提供")
    if not facts.services:
        return site_finding(Outcome.NOT_APPLICABLE, facts, reason="没有办事事项，由“未提供办事服务”一项判定")
    return site_finding(Outcome.UNKNOWN, facts, reason="未能识别出办事指南")


def guides_incomplete(facts: SiteFacts, params: ManyGuides) -> Iterator[Finding]:
    """Too many service items whose guide lacks too many elements."""
    guides = sorted_guides(facts, params.missing)
    if nothing := _nothing_to_judge(facts, guides):
        yield nothing
        return
    rows, gaps = _rows(guides), _gaps(facts)
    outcome = settle(len(guides.bad), len(guides.open), params.items, gaps)
    evidence = {**rows, "limit": params.items, "missing": params.missing}
    if outcome is Outcome.UNKNOWN:
        evidence["reason"] = unread_reason("办事指南", rows["unread"], gaps)
    yield site_finding(outcome, facts, **evidence)


def guides_all_incomplete(facts: SiteFacts, params: ManyGuides) -> Iterator[Finding]:
    """Few service items, and not one of them with a guide that is complete enough."""
    guides = sorted_guides(facts, params.missing)
    if nothing := _nothing_to_judge(facts, guides):
        yield nothing
        return
    rows, gaps = _rows(guides), list(_gaps(facts))
    evidence = {**rows, "limit": params.items, "missing": params.missing}
    if guides.unrecognised:
        gaps.append(f"{guides.unrecognised}个办事页面未能识别出办事指南")
    if guides.good or guides.external:
        yield site_finding(Outcome.PASS, facts, **evidence)
    elif rows["items"] >= params.items:
        reason = f"事项不少于{params.items}个，由“办事指南要素缺失”一项判定"
        yield site_finding(Outcome.NOT_APPLICABLE, facts, **evidence, reason=reason)
    elif guides.open or gaps:
        yield site_finding(Outcome.UNKNOWN, facts, **evidence, reason=unread_reason("办事指南", rows["unread"], gaps))
    else:
        yield site_finding(Outcome.VIOLATION, facts, **evidence)


def guide_element_missing(facts: SiteFacts, params: NoParams) -> Iterator[Finding]:
    """Each guide that lacks any element."""
    items = {page_key(service.url): service for service in facts.services if not service.external}
    if facts.site.public_services is False:
        yield site_finding(Outcome.NOT_APPLICABLE, facts, reason=NO_SERVICES)
        return
    judged = [service for service in items.values() if service.guide or visit_gap(service.visit)]
    if not judged:
        yield site_finding(Outcome.UNKNOWN, facts, reason="未读到办事指南")
    drawn = {page_key(sample.url) for sample in facts.samples.guides}
    for service in judged:
        yield _element_finding(service, counts=not drawn or page_key(service.url) in drawn)


def _element_finding(service: Service, *, counts: bool) -> Finding:
    """``counts``: the guide was drawn for the sample, so what it lacks costs points."""
    guide, name = service.guide, clip(service.name)
    if guide is None:
        places = len(ELEMENTS) * counts
        return _finding(service, Outcome.UNKNOWN, name=name, places=places, reason=visit_gap(service.visit))
    if guide.missing:
        missing = [clip(element) for element in guide.missing]
        places = len(missing) * counts
        return _finding(service, Outcome.VIOLATION, name=name, count=len(missing), missing=missing, places=places)
    if guide.unreadable:
        reason = "、".join(clip(element) for element in guide.unreadable) + "可能在图片或附件中"
        places = len(guide.unreadable) * counts
        return _finding(service, Outcome.UNKNOWN, name=name, places=places, reason=reason)
    return _finding(service, Outcome.PASS, name=name)


def _finding(service: Service, outcome: Outcome, **evidence: Any) -> Finding:
    return Finding(rule="", outcome=outcome, subject=service.url, url=service.url, evidence=evidence)

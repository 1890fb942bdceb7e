"""Whether the site offers services at all."""

from collections.abc import Iterator

from govspider.checks.columns import NoParams, blankness, own_columns, unopened, unread, unread_below
from govspider.checks.common import clip, page_key, site_finding, visit_gap, walk_gap
from govspider.facts import Category, Column, Finding, Outcome, Service, SiteFacts

NO_SERVICES = "名册注明没有对外服务职能"


def offered(facts: SiteFacts) -> tuple[Service, ...]:
    """Services but for empty hubs and pages that could not be read; a link to a service platform is one."""
    gaps = unread_below(facts)
    blank = {page_key(c.url) for c in own_columns(facts) if blankness(c, gaps)[0] is Outcome.VIOLATION}
    return tuple(
        service
        for service in facts.services
        if service.external or (page_key(service.url) not in blank and not (service.visit and visit_gap(service.visit)))
    )


def service_gaps(facts: SiteFacts) -> tuple[str, ...]:
    """Why there may be services that the facts do not hold."""
    gaps = [*walk_gap(facts), *(clip(reason) for reason in facts.services_unread)]
    if not own_columns(facts):
        gaps.append("未识别出任何栏目")
    gaps += [
        f"办事页面“{clip(s.name)}”未能读取（{visit_gap(s.visit)}）" for s in facts.services if s.visit and _failed(s)
    ]
    gaps += [reason for column in facts.columns if column.category is Category.SERVICE and (reason := _gap(column))]
    gaps += unopened(facts)
    return tuple(dict.fromkeys(gaps))


def _failed(service: Service) -> bool:
    return not service.external and bool(visit_gap(service.visit))


def _gap(column: Column) -> str:
    """A service column that may offer something, though no service was recognised in it."""
    name = clip(column.name)
    if column.external:
        return f"栏目“{name}”指向站外，未能核实"
    if column.url and (reason := unread(column)):
        return f"栏目“{name}”未能读取（{reason}）"
    return f"栏目“{name}”有内容，但未识别出办事事项" if column.entry_count else ""


def service_absent(facts: SiteFacts, params: NoParams) -> Iterator[Finding]:
    """No service item, no guide, no link to a service platform, though the body serves the public."""
    count = len(offered(facts))
    if facts.site.public_services is False:
        yield site_finding(Outcome.NOT_APPLICABLE, facts, reason=NO_SERVICES)
    elif count:
        yield site_finding(Outcome.PASS, facts, services=count)
    elif gaps := service_gaps(facts):
        yield site_finding(Outcome.UNKNOWN, facts, services=0, reason="；".join(gaps))
    elif facts.site.public_services is None:
        yield site_finding(Outcome.UNKNOWN, facts, services=0, reason="未见办事服务，但名册未填写对外服务职能")
    else:
        yield site_finding(Outcome.VIOLATION, facts, services=0)

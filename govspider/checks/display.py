"""兼容性 and IPv6改造: what the inspector's own machine can say of them, which is not all."""

from collections.abc import Iterator

from govspider.checks.columns import NoParams
from govspider.checks.common import clip, site_finding
from govspider.facts import Finding, Outcome, SiteFacts


def display_broken(facts: SiteFacts, params: NoParams) -> Iterator[Finding]:
    """Whether pages look right is for eyes to say: what was opened, and in which browser, is prepared."""
    opened = f"已用 Chromium 打开{facts.rendered}个页面，显示是否正常请人工查看" if facts.rendered else "未用浏览器打开"
    reason = f"{opened}；其他主流浏览器请人工核对"
    yield site_finding(Outcome.UNKNOWN, facts, browser="Chromium" if facts.rendered else "", reason=reason)


def ipv_unready(facts: SiteFacts, params: NoParams) -> Iterator[Finding]:
    """No address for IPv6. Whether one that is published answers can be said only where the inspector has IPv6."""
    found = facts.ipv6
    addresses = list(found.addresses) if found is not None else []
    if found is None or (not found.asked):
        reason = clip(found.reason) if found is not None else ""
        yield site_finding(Outcome.UNKNOWN, facts, addresses=addresses, reason=reason or "本次没有检测IPv6")
    elif not addresses:
        yield site_finding(Outcome.VIOLATION, facts, addresses=addresses)
    elif found.answered:
        yield site_finding(Outcome.PASS, facts, addresses=addresses)
    else:
        reason = clip(found.reason) or "IPv6地址未能访问，请人工核对"
        yield site_finding(Outcome.UNKNOWN, facts, addresses=addresses, reason=reason)

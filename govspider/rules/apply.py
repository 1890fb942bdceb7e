"""Applying one rule to the facts of one site."""

import hashlib
from dataclasses import replace

from govspider.checks.common import site_finding, visit_gap
from govspider.facts import Fetch, Finding, Outcome, SiteFacts
from govspider.rules.model import Rule


def apply_rule(rule: Rule, facts: SiteFacts) -> tuple[Finding, ...]:
    """At least one finding, always. Whatever was not read is UNKNOWN, for every check alike."""
    if facts.site.kind not in rule.kinds:
        found: tuple[Finding, ...] = (site_finding(Outcome.NOT_APPLICABLE, facts, reason="本项不检查此类网站"),)
    elif facts.crashed:
        found = (site_finding(Outcome.UNKNOWN, facts, reason="检查程序出错中断，待重新检查"),)
    elif rule.check.needs_home and facts.home.visit.fetch is not Fetch.OK:
        found = (site_finding(Outcome.UNKNOWN, facts, reason=f"首页未能读取（{visit_gap(facts.home.visit)}）"),)
    else:
        found = tuple(rule.check.run(facts, rule.limits))
    return tuple(replace(finding, rule=rule.id) for finding in found)


def finding_key(code: str, rule_id: str, subject: str) -> str:
    """The identity of a finding across inspections: site, rule and subject."""
    return hashlib.sha256(f"{code}\n{rule_id}\n{subject}".encode("utf-8", "surrogatepass")).hexdigest()[:24]

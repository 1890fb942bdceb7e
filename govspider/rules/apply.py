"""Applying one rule to the facts of one site or account."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from govspider.checks.common import clip, is_ministry, subject_finding, visit_gap
from govspider.facts import AccountFacts, Fetch, Finding, ItemAnswer, Outcome, SiteFacts
from govspider.rules.model import Rule

UNNAMED, NO_NOTE = "未署名", "未附说明"
NOT_ENABLED = "本轮未启用此项检查"
REASONS: Mapping[Outcome, str] = {Outcome.UNKNOWN: "人工查看后未能判断", Outcome.NOT_APPLICABLE: "人工填报为不适用"}


def apply_rule(rule: Rule, facts: SiteFacts | AccountFacts) -> tuple[Finding, ...]:
    """At least one finding, always. Whatever was not read is UNKNOWN, for every check alike; what a person answered
    takes the place of what the machine would say of a scored or manual rule, and of UNKNOWN where people are asked."""
    if not rule.enabled:
        found: tuple[Finding, ...] = (subject_finding(Outcome.UNKNOWN, facts, reason=NOT_ENABLED),)
    elif reason := _inapplicable(rule, facts):
        found = (subject_finding(Outcome.NOT_APPLICABLE, facts, reason=reason),)
    else:
        answer = _answer(rule, facts) if rule.answerable else None
        found = () if answer and rule.overruled else _by_machine(rule, facts)
        if answer and all(finding.outcome is Outcome.UNKNOWN for finding in found):
            found = (_answered(answer, facts),)
    return tuple(replace(finding, rule=rule.id) for finding in found)


def _by_machine(rule: Rule, facts: SiteFacts | AccountFacts) -> tuple[Finding, ...]:
    if facts.crashed:
        return (subject_finding(Outcome.UNKNOWN, facts, reason="检查程序出错中断，待重新检查"),)
    if rule.check.needs_home and isinstance(facts, SiteFacts) and facts.home.visit.fetch is not Fetch.OK:
        closed = facts.home.closed and f"首页为“{clip(facts.home.closed)}”，没有可以检查的内容"
        reason = closed or f"首页未能读取（{visit_gap(facts.home.visit)}）"
        return (subject_finding(Outcome.UNKNOWN, facts, reason=reason),)
    return tuple(rule.check.run(facts, rule.limits))


def _inapplicable(rule: Rule, facts: SiteFacts | AccountFacts) -> str:
    if isinstance(facts, AccountFacts):
        return "" if facts.account.kind.group in rule.kinds else "本项不检查此类账号"
    if facts.site.kind not in rule.kinds:
        return "本项不检查此类网站"
    if rule.points is not None and is_ministry(facts.site) and rule.points.of(ministry=True) == 0:
        return "国务院部门门户网站不检查本项"
    return ""


def _answer(rule: Rule, facts: SiteFacts | AccountFacts) -> ItemAnswer | None:
    return next((answer for answer in facts.answers if answer.rule == rule.id), None)


def _answered(answer: ItemAnswer, facts: SiteFacts | AccountFacts) -> Finding:
    said: dict[str, Any] = {"places": answer.places, "note": answer.note or NO_NOTE, "who": answer.who or UNNAMED}
    if answer.value in REASONS:
        said["reason"] = f"{REASONS[answer.value]}：{answer.note}" if answer.note else REASONS[answer.value]
    return subject_finding(answer.value, facts, **said)


def finding_key(code: str, rule_id: str, subject: str) -> str:
    """The identity of a finding across inspections: site, rule and subject."""
    return hashlib.sha256(f"{code}\n{rule_id}\n{subject}".encode("utf-8", "surrogatepass")).hexdigest()[:24]

"""All rules on the facts of one site or account, where no pipeline does it; and the facts that come later than the walk."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import sqlalchemy as sa

from govspider.accounts.merging import bare as bare_account
from govspider.checks.common import subject_finding
from govspider.facts import AccountFacts, Finding, Outcome, SiteFacts
from govspider.rules import Rule, apply_rule
from govspider.store.accounts import complete_account, unlisted_of
from govspider.store.answers import answers_of
from govspider.store.probes import outages_of, own_visits, probes_until

logger = logging.getLogger(__name__)
Facts = TypeVar("Facts", SiteFacts, AccountFacts)


def completed(connection: sa.Connection, round_id: str, facts: Facts) -> Facts:
    """The facts of one inspection with what came later and is kept in tables of its own, as of now. Rules are applied
    to nothing else; stored facts hold none of it (``bare``)."""
    answers = answers_of(connection, round_id, facts)
    if isinstance(facts, AccountFacts):
        return replace(complete_account(connection, facts), answers=answers)
    outages, probes = outages_of(connection, facts.site.code), probes_until(connection, facts)
    visits = own_visits(connection, facts) if probes else ()
    missing = unlisted_of(connection, round_id, facts)
    return replace(facts, probes=probes, outages=outages, own_visits=visits, answers=answers, unlisted=missing)


def bare(facts: SiteFacts | AccountFacts) -> SiteFacts | AccountFacts:
    """The facts as the walk left them."""
    if isinstance(facts, AccountFacts):
        return replace(bare_account(facts), answers=())
    return replace(facts, probes=(), outages=(), own_visits=(), answers=(), unlisted=None)


def findings_of(rules: Sequence[Rule], facts: SiteFacts | AccountFacts) -> list[Finding]:
    """Those of the rules for such a subject. A rule with a bug is unknown on this one and stops no other."""
    found: list[Finding] = []
    for rule in rules:
        if rule.subject != facts.subject:
            continue
        try:
            found += apply_rule(rule, facts)
        except Exception as error:
            logger.exception("%s 的规则 %s 出错", facts.code, rule.id)
            failed = subject_finding(Outcome.UNKNOWN, facts, reason=f"检查程序出错（{type(error).__name__}）")
            found.append(replace(failed, rule=rule.id))
    return found


def with_fresh(old: Sequence[Finding], fresh: Sequence[Finding]) -> list[Finding]:
    """The findings in which some rules' are replaced by fresh ones, each where the rule's first one stood."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in fresh:
        by_rule.setdefault(finding.rule, []).append(finding)
    told = set(by_rule)
    found: list[Finding] = []
    for finding in old:
        found += by_rule.pop(finding.rule, []) if finding.rule in told else [finding]
    return [*found, *(finding for rest in by_rule.values() for finding in rest)]

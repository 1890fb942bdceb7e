"""All rules on the facts of one site, where no pipeline does it; and the facts that come later than the walk."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import sqlalchemy as sa

from govspider.facts import AccountFacts, Finding, Outcome, SiteFacts
from govspider.rules import Rule, apply_rule
from govspider.store.probes import outages_of, own_visits, probes_until

logger = logging.getLogger(__name__)
Facts = TypeVar("Facts", bound=SiteFacts | AccountFacts)


def completed(connection: sa.Connection, round_id: str, facts: Facts) -> Facts:
    """The facts of one inspection with what came later and is kept in tables of its own, as of now. Rules are applied
    to nothing else; stored facts hold none of it (``bare``)."""
    if not isinstance(facts, SiteFacts):
        return facts
    probes = probes_until(connection, facts)
    if not probes:
        return bare(facts)
    outages, visits = outages_of(connection, facts.site.code), own_visits(connection, facts)
    return replace(facts, probes=probes, outages=outages, own_visits=visits)


def bare(facts: Facts) -> Facts:
    """The facts as the walk left them."""
    if not isinstance(facts, SiteFacts):
        return facts
    return replace(facts, probes=(), outages=(), own_visits=())


def findings_of(rules: Sequence[Rule], facts: SiteFacts) -> list[Finding]:
    """A rule with a bug is unknown on this site and stops no other."""
    found: list[Finding] = []
    for rule in rules:
        try:
            found += apply_rule(rule, facts)
        except Exception as error:
            logger.exception("%s 的规则 %s 出错", facts.site.code, rule.id)
            reason = {"reason": f"检查程序出错（{type(error).__name__}）"}
            found.append(Finding(rule.id, Outcome.UNKNOWN, url=facts.site.url, evidence=reason))
    return found

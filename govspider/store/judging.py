"""All rules on the facts of one site, where no pipeline does it."""

import logging
from collections.abc import Sequence

from govspider.facts import Finding, Outcome, SiteFacts
from govspider.rules import Rule, apply_rule

logger = logging.getLogger(__name__)


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

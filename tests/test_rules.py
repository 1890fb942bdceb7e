"""The rule files: every case in them, and what every one of them must have."""

from pathlib import Path

import pytest

from govspider.rules import Case, Rule, apply_rule, load_rules

RULES = Path(__file__).parent.parent / "rules"
ALL = load_rules(RULES, "2019")


@pytest.mark.parametrize(
    ("rule", "case"), [pytest.param(rule, case, id=f"{rule.id}: {case.name}") for rule in ALL for case in rule.cases]
)
def test_case(rule: Rule, case: Case) -> None:
    findings = {finding.subject: finding for finding in apply_rule(rule, case.facts)}
    outcomes = {subject: finding.outcome for subject, finding in findings.items() if subject in case.expect}
    assert outcomes == case.expect

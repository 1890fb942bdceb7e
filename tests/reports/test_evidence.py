"""Evidence as reports show it: every name in Chinese."""

from collections.abc import Iterator
from typing import Any

import pytest

from govspider.facts import Outcome
from govspider.reports.evidence import evidence_line
from govspider.rounds import rules_of
from govspider.rules import CHECKS, Rule, apply_rule

RULES = rules_of("2019", "")


def names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from names(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from names(inner)


def shown(name: str) -> str:
    return evidence_line({name: "甲"}).partition("：")[0]


@pytest.mark.parametrize("check", sorted(CHECKS))
def test_what_a_check_may_say_has_a_chinese_name(check: str) -> None:
    assert [name for name in CHECKS[check].evidence if shown(name).isascii()] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_what_a_violation_says_has_a_chinese_name(rule: Rule) -> None:
    found = [one for case in rule.cases for one in apply_rule(rule, case.facts) if one.outcome is Outcome.VIOLATION]
    said = {name for one in found for name in names(dict(one.evidence))}
    assert [name for name in said if shown(name).isascii()] == []


def test_the_grade_of_a_source_is_told_in_words() -> None:
    assert evidence_line({"trust": "stated"}) == "可信程度：单位填报"
    gap = {"since": "2026-05-01", "until": "2026-06-15", "length": 45}
    assert evidence_line({"gap": gap}) == "最长断更：起：2026-05-01，止：2026-06-15，天数：45"

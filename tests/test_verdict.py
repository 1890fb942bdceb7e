"""Verdicts: four kinds, and nothing that was not looked at decides one."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from govspider.facts import (
    ColumnState,
    Decides,
    Finding,
    Outcome,
    Review,
    SiteFacts,
    SiteStatus,
    Verdict,
    VerdictKind,
)
from govspider.rules import apply_rule, finding_key, load_rules
from govspider.rules.cases import build_case
from govspider.verdict import column_states, judge

RULES = load_rules(Path(__file__).parent.parent / "rules", "2019")
VETOES = [rule.id for rule in RULES.of("site") if rule.decides is Decides.VETO]
SOUND: Mapping[str, Any] = {
    "columns": [
        {"name": "工作动态", "category": "news", "newest": "2026-06-29"},
        {"name": "通知公告", "category": "notice", "newest": "2026-06-01"},
    ],
    "services": [{"guide": {}}],
    "channels": [{}],
    "home": {"newest": "2026-06-29", "site_id_code": "1234567890"},
}


def facts_of(**tables: Any) -> SiteFacts:
    return build_case({"name": "x", "expect": "pass", **SOUND, **tables}).facts


def judged(
    facts: SiteFacts, reviews: Mapping[str, Review] | None = None, findings: list[Finding] | None = None
) -> Verdict:
    found = findings if findings is not None else [f for rule in RULES for f in apply_rule(rule, facts)]
    return judge(facts.site, RULES, found, facts, reviews=reviews or {})


def made(**outcomes: Outcome) -> list[Finding]:
    """One finding of each veto rule: a pass, unless told otherwise (with _ for -)."""
    named = {name.replace("_", "-"): outcome for name, outcome in outcomes.items()}
    ids = dict.fromkeys([*VETOES, *named])
    return [Finding(rule, named.get(rule, Outcome.PASS), evidence={"reason": "未读"}) for rule in ids]


def test_a_sound_site_is_qualified() -> None:
    verdict = judged(facts_of())
    assert verdict.verdict is VerdictKind.QUALIFIED
    assert (verdict.vetoes, verdict.problems, verdict.unknown, verdict.score) == ((), (), (), None)
    assert (verdict.subject, verdict.code, verdict.coverage.columns, verdict.coverage.columns_read) == (
        "site",
        "1234567890",
        2,
        2,
    )


def test_annex_phrases_in_their_order() -> None:
    blank = [*SOUND["columns"], {"repeat": 5, "blank": True}]
    both = judged(facts_of(services=[], columns=blank))
    assert both.verdict is VerdictKind.UNQUALIFIED
    assert both.vetoes == ("service-absent", "columns-blank")
    assert "、".join(both.problems) == "未提供办事服务、多个栏目存在空白"
    assert "、".join(judged(facts_of(services=[])).problems) == "未提供办事服务"
    assert "、".join(judged(facts_of(columns=blank)).problems) == "多个栏目存在空白"


def test_equal_phrases_are_told_once() -> None:
    findings = made(guides_incomplete=Outcome.VIOLATION, guides_all_incomplete=Outcome.VIOLATION)
    verdict = judged(facts_of(), findings=findings)
    assert verdict.vetoes == ("guides-incomplete", "guides-all-incomplete")
    assert verdict.problems == ("办事指南重点要素缺失",)


@pytest.mark.parametrize("status", [SiteStatus.EXCEPTION, SiteStatus.CLOSED])
def test_only_normal_sites_are_judged(status: SiteStatus) -> None:
    facts = facts_of(services=[])
    site = replace(facts.site, status=status)
    findings = [f for rule in RULES for f in apply_rule(rule, facts)]
    assert judge(site, RULES, findings, facts, reviews={}).verdict is VerdictKind.EXCLUDED
    assert judge(site, RULES, [], None, reviews={}).verdict is VerdictKind.EXCLUDED


def test_a_site_that_was_not_inspected() -> None:
    verdict = judge(facts_of().site, RULES, [], None, reviews={}, inspection="recheck")
    assert verdict.verdict is VerdictKind.UNDETERMINED
    assert [one.reason for one in verdict.unknown] == ["尚未检查"]
    assert verdict.inspection == "recheck"


def test_an_unread_home_page_leaves_every_veto_open() -> None:
    verdict = judged(facts_of(home={"fetch": "blocked"}))
    assert verdict.verdict is VerdictKind.UNDETERMINED
    assert {one.rule for one in verdict.unknown} == set(VETOES) - {"site-unreachable"}
    assert {one.reason for one in verdict.unknown} == {"首页未能读取（被访问验证拦截）"}


def test_a_crashed_inspection_decides_nothing() -> None:
    verdict = judged(replace(facts_of(services=[]), crashed=True))
    assert verdict.verdict is VerdictKind.UNDETERMINED
    assert verdict.vetoes == ()


@pytest.mark.parametrize("missing", VETOES)
def test_a_rule_that_was_not_applied_is_unknown(missing: str) -> None:
    verdict = judged(facts_of(), findings=[f for f in made() if f.rule != missing])
    assert verdict.verdict is VerdictKind.UNDETERMINED
    assert [(one.rule, one.reason) for one in verdict.unknown] == [(missing, "本项未判定")]


def test_without_veto_rules_nobody_is_qualified() -> None:
    facts = facts_of()
    assert judge(facts.site, replace(RULES, listed=()), made(), facts, reviews={}).verdict is VerdictKind.UNDETERMINED


def test_a_violation_outweighs_what_is_unknown() -> None:
    verdict = judged(facts_of(), findings=made(columns_blank=Outcome.VIOLATION, home_stale=Outcome.UNKNOWN))
    assert verdict.verdict is VerdictKind.UNQUALIFIED
    assert [one.rule for one in verdict.unknown] == ["home-stale"]


@pytest.mark.parametrize(
    ("review", "kind"),
    [
        (Review.PENDING, VerdictKind.UNQUALIFIED),
        (Review.CONFIRMED, VerdictKind.UNQUALIFIED),
        (Review.REJECTED, VerdictKind.QUALIFIED),
    ],
)
def test_a_rejected_violation_is_none(review: Review, kind: VerdictKind) -> None:
    facts = facts_of(services=[])
    verdict = judged(facts, {finding_key(facts.site.code, "service-absent", ""): review})
    assert verdict.verdict is kind
    assert bool(verdict.problems) is (kind is VerdictKind.UNQUALIFIED)


@pytest.mark.parametrize(
    ("review", "kind"),
    [
        (None, VerdictKind.UNDETERMINED),
        (Review.PENDING, VerdictKind.UNDETERMINED),
        (Review.REJECTED, VerdictKind.QUALIFIED),
        (Review.CONFIRMED, VerdictKind.UNQUALIFIED),
    ],
)
def test_a_clue_waits_for_a_person(review: Review | None, kind: VerdictKind) -> None:
    facts = facts_of(tampering=[{}])
    subject = facts.tampering[0].url
    reviews = {finding_key(facts.site.code, "content-tampered", subject): review} if review else {}
    verdict = judged(facts, reviews)
    assert verdict.verdict is kind
    if kind is VerdictKind.UNDETERMINED:
        assert [(one.rule, one.reason) for one in verdict.unknown] == [("content-tampered", "线索待人工核实")]
    if kind is VerdictKind.UNQUALIFIED:
        assert verdict.problems == ("网站内容被篡改",)


@pytest.mark.parametrize("clue", ["dates-forged", "public-outcry"])
def test_a_clue_that_is_not_of_safety_is_not_called_one(clue: str) -> None:
    verdict = judged(facts_of(), findings=made(**{clue: Outcome.VIOLATION}))
    assert [(one.rule, one.reason) for one in verdict.unknown] == [(clue, "线索待人工核实")]


def test_one_rejected_clue_does_not_settle_another() -> None:
    facts = facts_of(tampering=[{}, {"foreign": {"term": "彩票"}}])
    reviews = {finding_key(facts.site.code, "content-tampered", facts.tampering[0].url): Review.REJECTED}
    assert judged(facts, reviews).verdict is VerdictKind.UNDETERMINED


def test_deductions_and_notices_decide_nothing() -> None:
    facts = facts_of(
        links=[{"fetch": "http_error", "status": 404}],
        home={"newest": "2026-06-29", "site_id_code": "6000000000"},
        columns=[*SOUND["columns"], {"repeat": 4, "blank": True}],
    )
    assert judged(facts).verdict is VerdictKind.QUALIFIED


@pytest.mark.parametrize(("first", "second"), list(product(Outcome, repeat=2)))
def test_the_verdict_follows_from_the_outcomes(first: Outcome, second: Outcome) -> None:
    verdict = judged(facts_of(), findings=made(columns_blank=first, home_stale=second)).verdict
    if Outcome.VIOLATION in (first, second):
        assert verdict is VerdictKind.UNQUALIFIED
    elif Outcome.UNKNOWN in (first, second):
        assert verdict is VerdictKind.UNDETERMINED
    else:
        assert verdict is VerdictKind.QUALIFIED


@pytest.mark.parametrize(
    ("column", "state"),
    [
        ({"category": "news", "newest": "2026-06-16"}, ColumnState.UPDATED),
        ({"category": "news", "newest": "2026-06-15"}, ColumnState.STALE),
        ({"category": "news", "undated": True}, ColumnState.STALE),
        ({"category": "overview", "newest": "2015-01-01"}, ColumnState.UPDATED),
        ({"single_page": True, "blank": False}, ColumnState.UPDATED),
        ({"newest": "2026-05-30", "max_days": 30}, ColumnState.STALE),
        ({"blank": True}, ColumnState.BLANK),
        ({"blank": True, "external": True}, ColumnState.EXTERNAL),
        ({"fetch": "blocked"}, ColumnState.BLOCKED),
        ({"fetch": "http_error", "status": 404}, ColumnState.FAILED),
        ({"fetch": "timeout"}, ColumnState.FAILED),
        ({"fetch": "robots"}, ColumnState.UNREADABLE),
        ({"fetch": "none"}, ColumnState.UNREADABLE),
        ({"reason": "列表由脚本生成"}, ColumnState.UNREADABLE),
        ({"category": "service", "entry_count": 6, "reason": "列表未注明发布时间"}, ColumnState.UPDATED),
        ({"category": "service", "reason": "列表由脚本生成"}, ColumnState.UNREADABLE),
        ({"category": "news", "entry_count": 6, "reason": "列表未注明发布时间"}, ColumnState.UNREADABLE),
        ({"blank": True, "reason": "不能确认是否空白"}, ColumnState.UNREADABLE),
        ({"category": "news", "newest": "2026-07-01"}, ColumnState.UNREADABLE),
        ({"blank": True, "earlier": {"entries": 1}}, ColumnState.WITHDRAWN),
        ({"fetch": "http_error", "status": 404, "earlier": {"entries": 9}, "gone": True}, ColumnState.WITHDRAWN),
        ({"fetch": "http_error", "status": 404, "earlier": {"entries": 9}}, ColumnState.FAILED),
        ({"fetch": "blocked", "earlier": {"entries": 9}}, ColumnState.BLOCKED),
        ({"reason": "列表由脚本生成", "earlier": {"entries": 9}}, ColumnState.UNREADABLE),
        ({"blank": True, "external": True, "earlier": {"entries": 9}}, ColumnState.EXTERNAL),
    ],
)
def test_column_states(column: dict[str, Any], state: ColumnState) -> None:
    assert column_states(facts_of(columns=[column]), RULES) == (state,)


def test_a_withdrawn_column_is_counted_as_what_it_is_now() -> None:
    emptied = {"repeat": 5, "blank": True, "earlier": {"entries": 20}}
    closed = {"repeat": 9, "fetch": "http_error", "status": 404, "gone": True, "earlier": {"entries": 20}}
    assert judged(facts_of(columns=[*SOUND["columns"], emptied])).vetoes == ("columns-blank",)
    verdict = judged(facts_of(columns=[*SOUND["columns"], closed]))
    assert (verdict.verdict, verdict.coverage.columns) == (VerdictKind.QUALIFIED, 2)

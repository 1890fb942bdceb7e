"""Scores: caps, bonus, ministries, ranges; every point is traced to what it is made of, and none is made up."""

import re
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from govspider.checks.columns import NoParams
from govspider.facts import Finding, Outcome, Review, ScoreItem, SiteFacts, SiteKind, Verdict, VerdictKind
from govspider.rules import RuleError, Rules, apply_rule, finding_key, load_rules
from govspider.rules.cases import build_case
from govspider.rules.score import official_points
from govspider.verdict import SCORE, judge

FOLDER = Path(__file__).parent.parent / "rules"
RULES = load_rules(FOLDER, "2019").of("site")
SCORED = [rule for rule in RULES if rule.points]
VIOLATION, PASS, UNKNOWN = Outcome.VIOLATION, Outcome.PASS, Outcome.UNKNOWN
CODE = "1234567890"


def portal(**table: Any) -> SiteFacts:
    site = {"kind": "portal", **table.pop("site", {})}
    facts: SiteFacts = build_case({"name": "x", "expect": "pass", "site": site, **table}).facts
    return facts


def said(*more: Finding, bonus: Outcome = VIOLATION, **outcomes: Outcome) -> list[Finding]:
    """Every rule content, no bonus earned; but for the named rules (with _ for -) and findings."""
    named = {name.replace("_", "-"): outcome for name, outcome in outcomes.items()}
    own = {finding.rule for finding in more}
    usual = {rule.id: bonus if rule.decides == "bonus" else PASS for rule in RULES if rule.id not in own}
    answered = {"who": "张某", "reason": "未读"}
    return [*(Finding(rule, outcome, evidence=answered) for rule, outcome in {**usual, **named}.items()), *more]


def judged(
    findings: Iterable[Finding],
    facts: SiteFacts | None = None,
    rules: Rules = RULES,
    reviews: dict[str, Review] | None = None,
) -> Verdict:
    facts = facts or portal()
    return judge(facts.site, rules, list(findings), facts, reviews=reviews or {})


def item(verdict: Verdict, name: str, *, bonus: bool = False) -> ScoreItem:
    (found,) = [one for one in verdict.score_items if one.item == name and one.bonus is bonus]
    return found


def broken(rule: str, subject: str = "", **evidence: Any) -> Finding:
    return Finding(rule, VIOLATION, subject, evidence=evidence)


def test_the_table_of_points_is_the_official_one() -> None:
    table = RULES.scoring
    assert list(table.deduction.values()) == [31, 25, 23, 21]
    assert list(table.bonus.values()) == [7, 6, 8, 6, 3]
    assert (sum(table.items.values()), sum(table.bonus_items.values())) == (100, 30)
    assert sum({**table.items, **table.ministry}.values()) == 100
    assert (table.pass_at, table.bonus_above) == (60, 80)


def test_every_item_has_rules_and_every_scored_rule_has_an_item() -> None:
    for decides, items in (("deduction", RULES.scoring.items), ("bonus", RULES.scoring.bonus_items)):
        assert {rule.item for rule in SCORED if rule.decides == decides} == set(items)


def test_nothing_wrong_is_a_hundred_and_every_bonus_a_hundred_and_thirty() -> None:
    verdict = judged(said())
    assert (verdict.score, verdict.score_low, verdict.score_high, verdict.verdict) == (
        100,
        100,
        100,
        VerdictKind.QUALIFIED,
    )
    earned = [
        Finding(r.id, PASS, evidence={"points": r.points.item, "who": "x"}) for r in SCORED if r.decides == "bonus"
    ]
    verdict = judged(said(*earned))
    assert verdict.score == 130


def test_a_rule_costs_at_most_its_item_and_rules_share_it() -> None:
    many = [broken("link-dead", f"https://x.example/{n}") for n in range(30)]
    verdict = judged(said(*many))
    assert item(verdict, "功能设计/可用性").low == 0
    assert verdict.score == 99
    guides = [broken("guide-element-missing", f"https://x.example/{n}", places=4) for n in range(3)]
    verdict = judged(said(*guides, guide_absent=VIOLATION))
    assert (item(verdict, "办事服务/办事指南").low, verdict.score) == (0, 92)


def test_a_dead_link_costs_twice_as_much_on_the_home_page() -> None:
    links = [{"fetch": "http_error", "status": 404}, {"fetch": "http_error", "status": 404, "home": False}, {}]
    rule = next(rule for rule in RULES if rule.id == "link-dead")
    verdict = judged(said(*apply_rule(rule, portal(links=links))))
    assert verdict.score == 99.7


def test_points_are_exact_whatever_their_number() -> None:
    for count in range(1, 11):
        dead = [broken("link-dead", f"https://x.example/{n}") for n in range(count)]
        assert judged(said(*dead)).score == round(100 - count / 10, 1)


def test_what_a_person_rejected_costs_nothing_and_stays_to_be_seen() -> None:
    finding = broken("letters-stale")
    key = finding_key(CODE, "letters-stale", "")
    verdict = judged(said(finding), reviews={key: Review.REJECTED})
    (part,) = item(verdict, "互动交流/留言公开").parts
    assert (verdict.score, part.key, part.low, part.high, part.reason) == (100, key, 0, 0, "经核实为误报")


def test_what_the_machine_only_prepares_is_a_range_until_a_person_says_so() -> None:
    finding = broken("news-absent")
    key = finding_key(CODE, "news-absent", "")
    verdict = judged(said(finding))
    assert (verdict.score, verdict.score_low, verdict.score_high, verdict.unanswered) == (
        None,
        95,
        100,
        ("news-absent",),
    )
    assert judged(said(finding), reviews={key: Review.CONFIRMED}).score == 95
    assert judged(said(finding), reviews={key: Review.REJECTED}).score == 100


def test_every_lost_point_leads_to_findings() -> None:
    findings = said(
        broken("link-dead", "https://x.example/1"),
        broken("guide-element-missing", "https://x.example/g", places=3),
        reply_late=VIOLATION,
        search_absent=UNKNOWN,
    )
    keys = {finding_key(CODE, one.rule, one.subject) for one in findings}
    for one in judged(findings).score_items:
        lost = sum(part.low for part in one.parts), sum(part.high for part in one.parts)
        assert {part.key for part in one.parts} <= keys
        assert (one.points + lost[0], one.points + lost[1]) == (one.low, one.high) or one.bonus


# ------------------------------------------------------------------------------------------------------------ ranges


def test_open_answers_make_a_provisional_range_that_decides_nothing() -> None:
    facts = portal()
    found = [one for rule in RULES for one in (said_of(rule, facts))]
    verdict = judged(found, facts)
    assert verdict.verdict is VerdictKind.QUALIFIED
    assert verdict.score is None
    assert verdict.score_low is not None
    assert verdict.score_high is not None
    assert verdict.score_low < 60 < verdict.score_high
    assert set(verdict.unanswered) <= {rule.id for rule in SCORED if rule.decided != "automatic"}


def said_of(rule: Any, facts: SiteFacts) -> Iterable[Finding]:
    """Machines content, people silent."""
    if rule.decided == "manual":
        return apply_rule(rule, facts)
    return (Finding(rule.id, PASS),)


def lost_forty(*kept: str) -> list[Finding]:
    """40 points gone for sure, without the rules that are kept out."""
    costs = {"news-stale": 5, "policies-stale": 5, "interpretations-stale": 5, "submission-unavailable": 7}
    costs |= {"reply-late": 7, "registration-unavailable": 5, "login-not-unified": 3, "letters-stale": 3}
    places = {"reply-late": 2}
    return [broken(rule, who="x", places=places.get(rule, 1)) for rule in costs if rule not in kept]


def test_a_range_that_pages_leave_open_is_undetermined() -> None:
    verdict = judged(said(*lost_forty(), search_absent=UNKNOWN))
    assert (verdict.score_low, verdict.score_high, verdict.unanswered) == (56, 60, ())
    assert (verdict.verdict, verdict.problems) == (VerdictKind.UNDETERMINED, ())
    assert [(one.rule, one.reason) for one in verdict.unknown] == [
        (SCORE, "部分指标未能核查，得分在56至60之间，不能确定是否达到60分")
    ]


def test_a_range_that_an_answer_may_narrow_is_provisional() -> None:
    verdict = judged(said(*lost_forty("login-not-unified"), search_absent=UNKNOWN, login_not_unified=UNKNOWN))
    assert (verdict.score_low, verdict.score_high, verdict.unanswered) == (56, 63, ("login-not-unified",))
    assert (verdict.verdict, verdict.unknown) == (VerdictKind.QUALIFIED, ())


def test_a_range_on_one_side_of_sixty_decides() -> None:
    above = judged(said(*lost_forty("letters-stale", "news-stale"), search_absent=UNKNOWN))
    assert (above.score_low, above.score_high, above.verdict) == (64, 68, VerdictKind.QUALIFIED)
    below = judged(said(*lost_forty(), broken("link-dead", "https://x.example/"), search_absent=UNKNOWN))
    assert (below.score_low, below.score_high, below.verdict) == (55.9, 59.9, VerdictKind.UNQUALIFIED)


def test_a_score_below_sixty_fails_with_its_phrase() -> None:
    lost = {rule.id.replace("-", "_"): VIOLATION for rule in SCORED if rule.decides == "deduction"}
    verdict = judged(said(**lost))
    assert verdict.verdict is VerdictKind.UNQUALIFIED
    assert (verdict.vetoes, verdict.problems) == ((), ("扣分指标得分低于60分",))
    assert verdict.score is not None
    assert 0 <= verdict.score < 60
    assert not any(one.bonus for one in verdict.score_items)


@pytest.mark.parametrize(
    ("unread", "low"),
    [(("reply-late",), 98), (("reply-late", "submission-unavailable", "news-absent", "application-unavailable"), 76)],
)
def test_the_items_add_up_to_both_ends_of_the_score(unread: tuple[str, ...], low: float) -> None:
    """Where only the best case is above eighty, the worst one holds no bonus, nor does any item show some."""
    earned = [Finding("data-fresh", PASS, evidence={"who": "x"}), Finding("innovation", PASS, evidence={"who": "x"})]
    verdict = judged(said(*earned, *(Finding(rule, UNKNOWN, evidence={"reason": "未读"}) for rule in unread)))
    assert (verdict.score_low, verdict.score_high) == (low, 105)
    for end in ("low", "high"):
        assert sum(getattr(one, end) for one in verdict.score_items) == getattr(verdict, f"score_{end}")
    bonus = item(verdict, "创新发展/创新发展", bonus=True)
    told = (bonus.low, bonus.parts[0].low, bonus.parts[0].reason)
    assert told == ((3, 3, "") if low > 80 else (0, 0, "扣分指标得分须高于80分"))
    assert set(verdict.unanswered) <= set(unread)


def test_even_the_best_case_below_sixty_fails_though_answers_are_open() -> None:
    lost = {rule.id.replace("-", "_"): VIOLATION for rule in SCORED if rule.decides == "deduction"}
    verdict = judged(said(**{**lost, "reply_late": UNKNOWN}))
    assert verdict.unanswered == ("reply-late",)
    assert verdict.verdict is VerdictKind.UNQUALIFIED


def test_exactly_sixty_passes_and_exactly_eighty_earns_no_bonus() -> None:
    earned = Finding("innovation", PASS, evidence={"who": "x"})
    twenty = [one for one in lost_forty() if one.rule in ("submission-unavailable", "reply-late", "letters-stale")]
    twenty.append(broken("login-not-unified", who="x"))  # 7 + 7 + 3 + 3
    verdict = judged(said(earned, *twenty))
    assert (verdict.score, verdict.verdict) == (80, VerdictKind.QUALIFIED)
    assert judged(said(earned, *twenty[:-1])).score == 86
    verdict = judged(said(*lost_forty()))
    assert (verdict.score, verdict.verdict) == (60, VerdictKind.QUALIFIED)
    verdict = judged(said(*lost_forty(), broken("link-dead", "https://x.example/")))
    assert (verdict.score, verdict.verdict) == (59.9, VerdictKind.UNQUALIFIED)


def test_bonus_counts_only_where_the_deductions_surely_leave_more_than_eighty() -> None:
    earned = Finding("innovation", PASS, evidence={"who": "x"})
    open_rules = {"submission_unavailable": UNKNOWN, "reply_late": UNKNOWN, "guide_absent": UNKNOWN}
    verdict = judged(said(earned, **open_rules))
    assert (verdict.score_low, verdict.score_high) == (78, 103)


def test_an_unfinished_walk_may_have_missed_more() -> None:
    seen = broken("link-dead", "https://x.example/")
    facts = replace(portal(), complete=False, stopped="检查页数达到上限")
    verdict = judged(said(seen), facts)
    assert (verdict.score, verdict.score_low, verdict.score_high) == (None, 99, 99.9)


def test_rules_that_were_not_applied_are_open() -> None:
    verdict = judged([one for one in said() if one.rule != "domain-irregular"])
    assert (verdict.score_low, verdict.score_high, verdict.score) == (99, 100, None)
    bare = replace(RULES, listed=tuple(rule for rule in RULES if rule.item != "功能设计/一号登录"))
    verdict = judged(said(), rules=bare)
    assert (verdict.score_low, verdict.score_high, verdict.unanswered) == (98, 100, ("功能设计/一号登录",))


# ----------------------------------------------------------------------------------------------- who is scored, and how


def test_a_veto_leaves_no_score() -> None:
    verdict = judged(said(broken("columns-blank", count=5)))
    assert verdict.verdict is VerdictKind.UNQUALIFIED
    assert (verdict.score, verdict.score_low, verdict.score_items) == (None, None, ())


@pytest.mark.parametrize("kind", [SiteKind.DEPARTMENT, SiteKind.TOPIC])
def test_only_portals_are_scored(kind: SiteKind) -> None:
    facts = portal(site={"kind": kind.value})
    lost = {rule.id.replace("-", "_"): VIOLATION for rule in SCORED if rule.decides == "deduction"}
    verdict = judged(said(**lost), facts)
    assert (verdict.verdict, verdict.score, verdict.score_high) == (VerdictKind.QUALIFIED, None, None)


def test_a_crashed_inspection_has_no_score() -> None:
    assert judged(said(), replace(portal(), crashed=True)).score is None


def test_ministries_without_services_are_scored_by_four_thirds() -> None:
    ministry = portal(site={"code": "bm12000001", "public_services": False})
    items, factor = official_points(ministry.site, RULES.scoring)
    assert (sum(items.values()), factor) == (75, items["发布解读/机构职能"] / 3)
    assert "发布解读/概况信息" not in items
    verdict = judged(said(broken("letters-stale"), guide_absent=VIOLATION), ministry)
    assert verdict.score == 96
    verdict = judged(said(broken("link-dead", "https://x.example/")), ministry)
    assert verdict.score == 99.87


def test_a_ministry_loses_four_points_for_lack_of_its_functions() -> None:
    ministry = portal(site={"code": "bm12000001", "public_services": True})
    verdict = judged(said(broken("functions-absent", who="x")), ministry)
    assert (verdict.score, item(verdict, "发布解读/机构职能").points) == (96, 4)


def test_local_portals_keep_the_service_items() -> None:
    facts = portal(site={"public_services": False})
    assert sum(official_points(facts.site, RULES.scoring)[0].values()) == 100


def test_an_overlay_may_share_the_service_points_out() -> None:
    local = load_rules(FOLDER, "2019", "zhaoqing").of("site")
    facts = portal(site={"public_services": False})
    items, factor = official_points(facts.site, local.scoring)
    assert (sum(items.values()), factor, len(items)) == (100, 1, 23)
    assert not any(item.startswith("办事服务/") for item in items)
    assert float(items["功能设计/可用性"] - 1) == pytest.approx(25 / 23)
    verdict = judged(said(broken("letters-stale")), facts, rules=local)
    assert (verdict.score, item(verdict, "互动交流/留言公开").points) == (97, 7.09)
    assert sum(official_points(portal().site, local.scoring)[0].values()) == 100


def test_an_overlay_may_change_points(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    overlay = (FOLDER / "overlays" / "zhaoqing.toml").read_text("utf-8").partition("[no_services]")[0]
    (tmp_path / "overlays" / "local.toml").write_text(overlay + "[points.letters-stale]\neach = 2\ncap = 2\n", "utf-8")
    assert judged(said(broken("letters-stale")), rules=load_rules(tmp_path, "2019", "local")).score == 98
    for bad in (
        "[points.home-stale]\neach = 1\n",
        "[points.letters-stale]\neach = 9\n",
        "[points.letters-stale]\nx = 1\n",
    ):
        (tmp_path / "overlays" / "local.toml").write_text(overlay + bad, "utf-8")
        with pytest.raises(RuleError, match=r"overlays/local.toml"):
            load_rules(tmp_path, "2019", "local")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('"概况信息" = 2', '"概况信息" = 3'), "“发布解读”各项合计 32 分，应为 31 分"),
        (('"机构职能" = 4', '"机构职能" = 5'), "“发布解读”各项合计 32 分"),
        (('[bonus_items."创新发展"]', '[bonus_items."别的"]'), "不属于任何一级指标"),
        (("pass_at = 60", "pass_at = 'x'"), "分值表写法有误"),
        (('sites = "ministry"', 'sites = "all"'), "no_services.sites 应为 ministry、portal 之一"),
        (("[no_services]", "[no_service]"), "不认识的键 no_service"),
        (('problem = "', 'colour = "'), "不认识的键 colour"),
    ],
)
def test_a_bad_table_of_points_is_refused(tmp_path: Path, change: tuple[str, str], words: str) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "scoring" / "2019.toml"
    text = file.read_text("utf-8")
    assert change[0] in text
    file.write_text(text.replace(*change), "utf-8")
    with pytest.raises(RuleError, match=re.escape(words)) as caught:
        load_rules(tmp_path, "2019")
    assert str(caught.value).startswith("scoring/2019.toml：")


def test_local_variants_of_accounts() -> None:
    base, gansu, baoji = (
        {rule.id: rule for rule in load_rules(FOLDER, "2019", name)} for name in ("", "gansu", "baoji")
    )
    assert [rules["account-stale"].params["days"] for rules in (base, gansu)] == [14, 7]
    assert [rules["account-advertising"].decides.value for rules in (base, baoji)] == ["notice", "clue"]
    assert baoji["account-advertising"].overlay == "宝鸡口径"


# ---------------------------------------------------------------------------------------------- nothing is taken twice


def test_a_column_that_cost_points_already_costs_none_among_the_others() -> None:
    facts = portal(
        columns=[
            {"name": "要闻", "category": "news", "newest": "2026-01-01"},
            {"name": "动态", "category": "news", "blank": True},
            {"name": "统计", "category": "data", "newest": "2020-01-01"},
        ]
    )
    names = ("news-stale", "column-blank", "column-stale")
    found = [one for rule in RULES if rule.id in names for one in apply_rule(rule, facts)]
    verdict = judged(said(*found), facts)
    assert verdict.score == 94
    others = item(verdict, "发布解读/其他栏目")
    assert (others.low, sorted(part.high for part in others.parts)) == (3, [-1, 0, 0])
    key = finding_key(facts.site.code, "news-stale", "")
    assert judged(said(*found), facts, reviews={key: Review.REJECTED}).score == 96


def test_the_check_of_manual_rules_takes_nothing() -> None:
    assert all(isinstance(rule.limits, NoParams) for rule in RULES if rule.decided == "manual")

"""Answers of people: kept for ever, the last one counts, and what they are about is judged again at once."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from govspider.facts import (
    Account,
    AccountFacts,
    AccountKind,
    Answer,
    Finding,
    GivenAnswer,
    Inspection,
    Outcome,
    Site,
    SiteFacts,
    SiteKind,
)
from govspider.rules import Rules, apply_rule
from govspider.rules.cases import CHECKPOINT, build_case
from govspider.store import Store, StoreError

CODE, ROUND = "1234567890", "2026Q2"
SITE = Site(CODE, "某市政府", "https://www.city.example/", kind=SiteKind.PORTAL)
VIOLATION, PASS, UNKNOWN = Outcome.VIOLATION, Outcome.PASS, Outcome.UNKNOWN


def read(**table: Any) -> SiteFacts:
    facts: SiteFacts = build_case({"name": "x", "expect": "pass", "site": {"kind": "portal"}, **table}).facts
    return facts


@pytest.fixture
def begun(store: Store, rules: Rules) -> Store:
    store.start_round(ROUND, CHECKPOINT, "2019", "", (SITE,))
    facts = read()
    store.save(Inspection(ROUND, facts, [one for rule in rules.of("site") for one in apply_rule(rule, facts)]))
    return store


def said(store: Store, rule: str) -> list[Finding]:
    (saved,) = store.latest(ROUND, CODE)
    return [one for one in saved.findings if one.rule == rule]


def test_an_answer_takes_the_place_of_the_open_question(begun: Store, rules: Rules) -> None:
    before = [one.rule for one in next(begun.latest(ROUND, CODE)).findings]
    begun.answer(ROUND, [GivenAnswer(CODE, "reply-late", VIOLATION, 2, "两次均未答复", "张某")], rules)
    (found,) = said(begun, "reply-late")
    assert (found.outcome, found.evidence) == (VIOLATION, {"places": 2, "note": "两次均未答复", "who": "张某"})
    assert [one.rule for one in next(begun.latest(ROUND, CODE)).findings] == before
    (site,) = begun.results(ROUND, rules).sites
    (shown,) = [one for one in site.findings if one.rule == "reply-late"]
    assert (shown.outcome, shown.review, shown.message) == (
        "violation",
        "confirmed",
        "2次简单常见咨询没有在时限内收到网上答复：两次均未答复",
    )


def test_the_last_answer_counts_and_all_are_kept(begun: Store, rules: Rules) -> None:
    for value in (VIOLATION, PASS, None):
        begun.answer(ROUND, [GivenAnswer(CODE, "reply-late", value, who="李某")], rules)
    assert [one.value for one in begun.answers(ROUND, CODE)] == [VIOLATION, PASS, None]
    (found,) = said(begun, "reply-late")
    assert (found.outcome, found.evidence) == (UNKNOWN, {"reason": "待人工填报"})


def test_answers_about_an_account_outlive_judging_again(store: Store, rules: Rules) -> None:
    account = Account("gh_1", AccountKind.WECHAT, "某发布", "微信公众号", "gh_1")
    store.start_round(ROUND, CHECKPOINT, "2019", "", (), [account])
    facts = AccountFacts(account, CHECKPOINT)
    store.save(Inspection(ROUND, facts, [one for rule in rules.of("account") for one in apply_rule(rule, facts)]))

    def outcome() -> Outcome:
        (saved,) = store.accounts.latest(ROUND)
        (found,) = (one for one in saved.findings if one.rule == "account-stale")
        return found.outcome

    store.answer(ROUND, [GivenAnswer("gh_1", "account-stale", VIOLATION, note="最近一条为5月8日", who="张某")], rules)
    assert outcome() is VIOLATION
    store.judge(ROUND, rules, "2019", "")
    assert outcome() is VIOLATION


def test_answers_outlive_judging_again_and_are_not_stored_with_the_facts(begun: Store, rules: Rules) -> None:
    begun.answer(ROUND, [GivenAnswer(CODE, "innovation", PASS)], rules)
    begun.judge(ROUND, rules, "2019", "")
    assert said(begun, "innovation")[0].outcome is PASS
    begun.save(Inspection(ROUND, begun.completed(ROUND, read())))
    assert len(begun.results(ROUND, rules).sites[0].inspections) == 1


def test_an_answer_before_the_inspection_waits_for_it(store: Store, rules: Rules) -> None:
    store.start_round(ROUND, CHECKPOINT, "2019", "", (SITE,))
    store.answer(ROUND, [GivenAnswer(CODE, "innovation", PASS)], rules)
    facts = store.completed(ROUND, read())
    assert [(one.rule, one.value) for one in facts.answers] == [("innovation", PASS)]


def test_other_rounds_and_sites_are_not_meant(begun: Store, rules: Rules) -> None:
    begun.start_round("2026Q3", CHECKPOINT, "2019", "", (SITE,))
    begun.answer("2026Q3", [GivenAnswer(CODE, "innovation", PASS)], rules)
    begun.answer(ROUND, [GivenAnswer("9999999999", "innovation", PASS)], rules)
    assert said(begun, "innovation")[0].outcome is UNKNOWN
    with pytest.raises(StoreError, match="没有轮次"):
        begun.answer("2027Q1", [GivenAnswer(CODE, "innovation", PASS)], rules)


def test_a_site_changes_its_mark_with_each_answer(begun: Store, rules: Rules) -> None:
    marks = []
    for places in (1, 2):
        begun.answer(ROUND, [GivenAnswer(CODE, "reply-late", VIOLATION, places)], rules)
        marks.append(begun.marks(ROUND)[CODE])
    assert marks[0] != marks[1]


def test_hostile_text_of_an_answer_can_be_stored(begun: Store, rules: Rules) -> None:
    begun.answer(ROUND, [GivenAnswer(CODE, "reply-late", VIOLATION, note="坏\x00字\ud800", who="'; drop table")], rules)
    assert said(begun, "reply-late")[0].evidence["who"] == "'; drop table"


def test_an_answer_after_a_recheck_is_about_the_recheck(begun: Store, rules: Rules) -> None:
    """Otherwise nobody could see that something was put right."""
    begun.start_round("2026Q3", CHECKPOINT, "2019", "", (SITE,))
    for value in (VIOLATION, PASS):
        start = dt.datetime.now(dt.UTC)
        facts = begun.completed("2026Q3", replace(read(), started_at=start, finished_at=start))
        begun.save(Inspection("2026Q3", facts, [one for rule in rules.of("site") for one in apply_rule(rule, facts)]))
        begun.answer("2026Q3", [GivenAnswer(CODE, "login-not-unified", value, who="张某")], rules)
    begun.judge("2026Q3", rules, "2019", "")
    (site,) = begun.results("2026Q3", rules).sites
    (told,) = [one for one in site.rechecks if one.finding.rule == "login-not-unified"]
    assert told.answer is Answer.FIXED

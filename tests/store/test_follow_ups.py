"""What the round before called unqualified is told by this one."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from govspider.facts import (
    Account,
    AccountFacts,
    AccountKind,
    FollowUp,
    HarmfulLink,
    Inspection,
    Review,
    SiteFacts,
    SourceRead,
    Trust,
)
from govspider.rules import Rules, apply_rule
from govspider.store import Store
from tests.store.test_store import CHECKPOINT, CODE, SITE, facts, inspection

BLANKS = [{"blank": True, "evidence": ["列表容器为空"], "found_on": "https://www.city.example/", "repeat": 5}]
ACCOUNT = Account("wx1", AccountKind.WECHAT, "某发布", interactive=True)


@pytest.fixture
def few(rules: Rules) -> Rules:
    """Only what these tests are about: what is not offered on their sites is not asked for."""
    return replace(rules, listed=tuple(rule for rule in rules if rule.id in ("columns-blank", "account-stale")))


def begin(store: Store, name: str, **more: Any) -> None:
    store.start_round(name, CHECKPOINT, "2019", "", (SITE,), **more)


def test_the_first_round_follows_up_nothing(store: Store, few: Rules) -> None:
    begin(store, "2026Q2")
    store.save(inspection(few, facts(columns=BLANKS)))
    results = store.results("2026Q2", few)
    assert (results.earlier_round, results.followups) == ("", ())


def test_the_unqualified_of_the_round_before_are_named(store: Store, few: Rules) -> None:
    begin(store, "2026Q2")
    store.save(inspection(few, facts(columns=BLANKS)))
    begin(store, "2026Q3")
    results = store.results("2026Q3", few)
    assert results.earlier_round == "2026Q2"
    assert results.followups == (FollowUp("site", CODE, SITE.name, ("多个栏目存在空白",)),)


def test_the_last_inspection_of_the_round_before_counts(store: Store, few: Rules) -> None:
    begin(store, "2026Q2")
    store.save(inspection(few, facts(columns=BLANKS)))
    store.save(inspection(few, facts(hours=2, columns=[{"newest": CHECKPOINT}])))
    begin(store, "2026Q3")
    assert store.results("2026Q3", few).followups == ()


def test_a_rejected_finding_is_not_followed_up(store: Store, few: Rules) -> None:
    begin(store, "2026Q2")
    store.save(inspection(few, facts(columns=BLANKS)))
    key = next(one.key for one in store.results("2026Q2", few).sites[0].findings if one.rule == "columns-blank")
    store.review(key, Review.REJECTED)
    begin(store, "2026Q3")
    assert store.results("2026Q3", few).followups == ()


def clue(rules: Rules) -> Rules:
    return replace(rules, listed=tuple(rule for rule in rules if rule.id == "content-harmful-link"))


def linked() -> SiteFacts:
    bad = HarmfulLink("http://bad.example/", "友情链接", SITE.url, "博彩网站", "博彩网站")
    return replace(facts(), harmful=(bad,))


def test_what_was_confirmed_since_this_round_began_does_not_change_what_the_round_before_said(
    store: Store, rules: Rules
) -> None:
    few = clue(rules)
    begin(store, "2026Q2")
    store.save(inspection(few, linked()))
    begin(store, "2026Q3")
    store.save(inspection(few, linked(), "2026Q3"))
    key = store.results("2026Q3", few).sites[0].findings[0].key
    store.review(key, Review.CONFIRMED)
    results = store.results("2026Q3", few)
    assert results.sites[0].verdict.verdict == "unqualified"
    assert results.followups == ()


def test_a_clue_confirmed_in_its_own_round_is_followed_up_until_it_is_called_a_false_alarm(
    store: Store, rules: Rules
) -> None:
    few = clue(rules)
    begin(store, "2026Q2")
    store.save(inspection(few, linked()))
    key = store.results("2026Q2", few).sites[0].findings[0].key
    store.review(key, Review.CONFIRMED)
    begin(store, "2026Q3")
    assert [one.code for one in store.results("2026Q3", few).followups] == [CODE]
    store.review(key, Review.REJECTED)
    assert store.results("2026Q3", few).followups == ()


def test_a_round_without_inspections_is_passed_over(store: Store, few: Rules) -> None:
    begin(store, "2026Q2")
    store.save(inspection(few, facts(columns=BLANKS)))
    begin(store, "empty")
    begin(store, "2026Q3")
    assert store.results("2026Q3", few).earlier_round == "2026Q2"


def test_accounts_are_followed_up_too(store: Store, few: Rules) -> None:
    begin(store, "2026Q2", accounts=(ACCOUNT,))
    source = SourceRead("feed", Trust.OPEN, since=dt.date(2026, 1, 1), until=CHECKPOINT)
    read = AccountFacts(ACCOUNT, CHECKPOINT, sources=(source,))
    store.save(Inspection("2026Q2", read, [one for rule in few.of("account") for one in apply_rule(rule, read)]))
    begin(store, "2026Q3", accounts=(ACCOUNT,))
    assert store.results("2026Q3", few).followups == (FollowUp("account", "wx1", "某发布", ("未及时更新",)),)

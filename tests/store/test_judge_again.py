"""What a site shows of accounts is compared with a register that may come after its inspection."""

from dataclasses import replace

from govspider.facts import Account, AccountKind, AccountMention, Outcome
from govspider.rules import Rules
from govspider.store import Store
from tests.store.test_store import CHECKPOINT, SITE, facts, inspection


def test_rules_that_go_by_a_later_register_are_applied_again(store: Store, rules: Rules) -> None:
    store.start_round("2026Q2", CHECKPOINT, "2019", "", (SITE,))
    shown = AccountMention(AccountKind.WEIBO, "某微博", "123", "https://weibo.com/u/123", SITE.url)
    read = replace(facts(), mentions=(shown,))
    store.save(inspection(rules, store.completed("2026Q2", read)))
    before = next(store.latest("2026Q2")).findings
    assert {one.outcome for one in before if one.rule == "account-unlisted"} == {Outcome.NOT_APPLICABLE}
    store.start_round("2026Q2", CHECKPOINT, "2019", "", accounts=(Account("wx1", AccountKind.WECHAT, "某发布"),))
    store.judge_again("2026Q2", [rule for rule in rules if rule.id == "account-unlisted"])
    after = next(store.latest("2026Q2")).findings
    assert {one.outcome for one in after if one.rule == "account-unlisted"} == {Outcome.VIOLATION}
    others = [[one for one in found if one.rule != "account-unlisted"] for found in (before, after)]
    assert others[0] == others[1]

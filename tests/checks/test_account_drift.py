"""What the register says of an account and what sources say: whose word it is stands beside it."""

import datetime as dt

from govspider.checks.account_drift import Others, account_drift, account_unlisted
from govspider.checks.columns import NoParams
from govspider.facts import (
    Account,
    AccountFacts,
    AccountKind,
    AccountMention,
    Fetch,
    Home,
    Sign,
    SignOf,
    Site,
    SiteFacts,
    Trust,
    Visit,
)

HOME = "https://www.city.example/"


def test_a_finding_of_drift_carries_the_trust_of_its_source() -> None:
    signs = (
        Sign(SignOf.EXISTS, False, Trust.OPEN, "weibo", detail="用户不存在"),
        Sign(SignOf.LISTED, False, Trust.STATED, "selfcheck", detail="自查表填报账号已注销"),
    )
    account = Account("1", AccountKind.WEIBO, "甲发布", approved=False)
    found = account_drift(AccountFacts(account, dt.date(2026, 6, 30), signs=signs), NoParams())
    assert {one.subject: one.evidence["trust"] for one in found} == {
        "账号": "open",
        "报送状态": "stated",
        "开设备案": "stated",
    }


def test_an_account_of_any_platform_is_named_with_its_platform() -> None:
    seen = tuple(AccountMention(kind, "甲") for kind in AccountKind)
    facts = SiteFacts(Site("1", "甲", HOME), dt.date(2026, 6, 30), Home(Visit(HOME, HOME, Fetch.OK)), unlisted=seen)
    told = [str(one.evidence["platform"]) for one in account_unlisted(facts, Others(()))]
    assert len(set(told)) == len(AccountKind)
    assert "抖音号" in told

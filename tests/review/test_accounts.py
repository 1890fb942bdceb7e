"""Accounts on the review page: listed beside the sites, decided upon like them."""

import datetime as dt
from urllib.parse import quote

from govspider.facts import (
    Account,
    AccountFacts,
    AccountKind,
    Decides,
    Finding,
    Inspection,
    Outcome,
    Post,
    Subject,
)
from govspider.rounds import rules_of
from govspider.rules import finding_key
from tests.review.office import CHECKPOINT, HOSTILE, ROUND, SITES, Page

ACCOUNT = Account(
    f"../{HOSTILE}", AccountKind.WEIBO, f"清河微博{HOSTILE}", "新浪微博", sponsor=HOSTILE, url="https://w.example/"
)
PATH = f"/account/{quote(ACCOUNT.code, safe='')}"


def begin(page: Page) -> str:
    """One account with a clue and nothing else against it; the key of the clue."""
    page.store.start_round(ROUND, CHECKPOINT, "2019", "", SITES, [ACCOUNT])
    clue = Finding(
        "account-content", Outcome.VIOLATION, HOSTILE, evidence={"said": HOSTILE, "context": HOSTILE, "name": HOSTILE}
    )
    passed = [
        Finding(rule.id, Outcome.PASS)
        for rule in rules_of("2019", "").of(Subject.ACCOUNT)
        if rule.decides is Decides.VETO
    ]
    facts = AccountFacts(ACCOUNT, CHECKPOINT, (Post(ACCOUNT.code, HOSTILE),), finished_at=dt.datetime.now(dt.UTC))
    page.store.save(Inspection(ROUND, facts, [clue, *passed]))
    return finding_key(ACCOUNT.code, clue.rule, clue.subject)


def test_a_clue_on_an_account_is_decided_like_one_on_a_site(page: Page) -> None:
    key = begin(page)
    listed = page.get("/?kind=clue").text
    assert "1 个新媒体账号" in listed
    assert f'href="{PATH}?kind=clue"' in listed
    shown = page.get(PATH)
    assert shown.status == 200
    assert "未能形成结论" in shown.text
    assert "<script>" not in shown.text
    fields = {"token": page.token(), "key": key, "decision": "rejected", "seen": "0", "reviewer": "甲"}
    answer = page.post(f"{PATH}/decide", fields)
    assert (answer.status, answer.headers["location"].split("?")[0]) == (303, PATH)
    assert "<strong>合格</strong>" in page.get(PATH).text
    assert page.post(f"{PATH}/decide", fields).status == 409
    assert page.post(f"{PATH}/decide", {**fields, "decision": "confirmed", "seen": "1"}).status == 303
    assert "<strong>不合格</strong>" in page.get(PATH).text


def test_an_account_that_is_not_there(page: Page) -> None:
    begin(page)
    assert page.get("/account/none").status == 404
    fields = {"token": page.token(), "key": "none", "decision": "rejected", "seen": "0", "reviewer": "甲"}
    assert page.post(f"{PATH}/decide", fields).status == 404

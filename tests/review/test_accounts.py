"""Accounts on the review page: listed beside the sites, decided upon like them."""

import datetime as dt
import re
from dataclasses import replace
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
from govspider.rules import apply_rule, finding_key
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


def test_what_no_source_shows_of_an_account_is_answered_by_a_person(page: Page) -> None:
    page.store.start_round(ROUND, CHECKPOINT, "2019", "", SITES, [ACCOUNT])
    facts = AccountFacts(replace(ACCOUNT, interactive=True), CHECKPOINT, finished_at=dt.datetime.now(dt.UTC))
    rules = rules_of("2019", "").of(Subject.ACCOUNT)
    page.store.save(Inspection(ROUND, facts, [one for rule in rules for one in apply_rule(rule, facts)]))
    assert f'href="{PATH}/items"' in page.get(PATH).text
    form = page.get(f"{PATH}/items").text
    asked = set(re.findall(r'name="value-([a-z-]+)"', form))
    manual = {"account-harmful", "account-public-outcry", "account-secret-disclosed"}
    assert asked == {"account-stale", "account-unusable", "account-no-own-content", *manual}
    assert "等待填报的 3 项" in form
    assert "<script" not in form
    fields = {"token": page.token(), "seen": "0", "reviewer": "张某"}
    seen = {f"value-{rule}": "pass" for rule in asked - manual}
    answer = page.post(f"{PATH}/items", {**fields, **seen, "note-account-stale": HOSTILE})
    assert (answer.status, answer.headers["location"]) == (303, f"{PATH}/items?done=3")
    assert "<strong>合格</strong>" in page.get(answer.headers["location"]).text
    outcry = page.post(f"{PATH}/items", {**fields, "seen": "3", "value-account-public-outcry": "violation"})
    assert outcry.status == 303
    assert "<strong>不合格</strong>" in page.get(PATH).text
    assert page.post(f"{PATH}/items", {**fields, "value-account-stale": "pass"}).status == 409
    assert page.get("/account/none/items").status == 404


def test_an_account_that_is_not_there(page: Page) -> None:
    begin(page)
    assert page.get("/account/none").status == 404
    fields = {"token": page.token(), "key": "none", "decision": "rejected", "seen": "0", "reviewer": "甲"}
    assert page.post(f"{PATH}/decide", fields).status == 404

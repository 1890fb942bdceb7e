"""The workbook's sheets of accounts, opened as a reader opens them."""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl

from govspider.facts import (
    Account,
    AccountFacts,
    AccountKind,
    AccountResult,
    AccountStatus,
    Change,
    Post,
    RoundResults,
    SelfCheck,
    SourceRead,
    Trust,
    UnknownRule,
    Verdict,
    VerdictKind,
)
from govspider.reports import Office, write_outputs

CHECKPOINT = dt.date(2026, 6, 30)
MADE = dt.datetime(2026, 7, 1, 4, tzinfo=dt.UTC)


def result(
    number: int, kind: AccountKind, verdict: VerdictKind, *days: dt.date, sponsor: str = "甲局"
) -> AccountResult:
    account = Account(f"id{number}", kind, f"=账号{number}", f"{kind.group}号", f"id{number}", sponsor)
    if verdict is VerdictKind.EXCLUDED:
        account = Account(**{**{f: getattr(account, f) for f in account.__slots__}, "status": AccountStatus.CLOSED})
    posts = tuple(Post(account.code, f"信息{day}", published=day) for day in days)
    source = SourceRead(
        "feed", Trust.OPEN, "https://f.example/", posts=len(posts), since=min(days, default=None), until=CHECKPOINT
    )
    facts = AccountFacts(account, CHECKPOINT, posts, (source,)) if verdict is not VerdictKind.EXCLUDED else None
    unknown = (UnknownRule("account-stale", "订阅源：访问超时"),) if verdict is VerdictKind.UNDETERMINED else ()
    return AccountResult(account, Verdict("account", account.code, account.name, verdict, unknown=unknown), facts)


def sheets(
    folder: Path, *accounts: AccountResult, checks: tuple[SelfCheck, ...] = ()
) -> dict[str, list[tuple[Any, ...]]]:
    results = RoundResults("2026Q2", CHECKPOINT, "2019", (), MADE, accounts, self_checks=checks)
    write_outputs(results, Office(issuer="甲市政府办", scope="全市"), folder)
    book = openpyxl.load_workbook(folder / "问题清单.xlsx")
    return {sheet.title: list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book}


def test_gaps_counts_and_questions(tmp_path: Path) -> None:
    book = sheets(
        tmp_path,
        result(1, AccountKind.WECHAT, VerdictKind.QUALIFIED, dt.date(2026, 6, 20), dt.date(2026, 4, 1)),
        result(2, AccountKind.WEIBO, VerdictKind.UNQUALIFIED, dt.date(2026, 5, 1), sponsor="乙局"),
        result(3, AccountKind.APP, VerdictKind.UNDETERMINED),
        result(4, AccountKind.DOUYIN, VerdictKind.EXCLUDED),
    )
    assert [row[1] for row in book["新媒体"]] == ["=账号1", "=账号2", "=账号3", "=账号4"]
    days = [dt.datetime(2026, 4, 1), dt.datetime(2026, 6, 20)]  # noqa: DTZ001 - as a spreadsheet has it
    assert list(book["断更"][0][4:7]) == [*days, 80]
    assert [row[:3] for row in book["新媒体待证明"]] == [("移动客户端号", "=账号3", "甲局")]
    assert "访问超时" in book["新媒体待证明"][0][4]
    counts = {row[1]: row[2:] for row in book["新媒体统计"]}
    assert counts["全部"] == (4, 3, 1, 1, 1, 1, 1 / 3)
    assert counts["微博"] == (1, 1, 0, 1, 0, 0, 0)
    assert counts["甲局"] == (3, 2, 1, 0, 1, 1, 0.5)


def test_the_summary_of_self_checks_shows_changes_first(tmp_path: Path) -> None:
    month = dt.date(2026, 6, 30)
    checks = (
        SelfCheck("a", month, "微信订阅号", "=甲"),
        SelfCheck("b", month, "抖音", "乙", registered=False, change=Change.OPENED),
    )
    rows = sheets(tmp_path, checks=checks)["自查汇总"]
    assert [(row[2], row[5], row[8]) for row in rows] == [("乙", "新开设", "无"), ("=甲", "无", "有")]


def test_a_round_without_accounts_has_no_sheets_of_them(tmp_path: Path) -> None:
    assert not {name for name in sheets(tmp_path) if "新媒体" in name or name in ("断更", "自查汇总")}

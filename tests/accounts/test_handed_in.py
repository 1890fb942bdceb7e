"""What units hand in: monthly self-checks and exports of back offices."""

import csv
import datetime as dt
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from govspider.accounts.handed_in import read_statements
from govspider.facts import Account, AccountKind, Change, SignOf, Statement, Trust
from govspider.register import RegisterError
from govspider.reports.selfcheck_form import write_form

TODAY = dt.date(2026, 7, 3)
JUNE = dt.date(2026, 6, 30)
WECHAT = Account("jia", AccountKind.WECHAT_SUBSCRIPTION, "甲发布", "微信订阅号", "jia", "甲市政府办")
WEIBO = Account("1@新浪微博", AccountKind.WEIBO, "甲微博", "新浪微博", "1", "甲市政府办")
CHECK = (
    "填报月份",
    "新媒体类型",
    "新媒体名称",
    "账号ID",
    "本月变动",
    "变动日期",
    "本月发布条数",
    "最近发布日期",
    "评论",
    "自定义菜单",
    "能否正常使用",
)
GOOD = ("2026-06", "微信订阅号", "甲发布", "jia", "无", "", "3", "2026-06-20", "有", "无", "是")


def read(folder: Path, *rows: tuple[str, ...], **more: object) -> tuple[Statement, ...]:
    path = folder / "自查.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return read_statements(path, [WECHAT, WEIBO], TODAY, **more)  # type: ignore[arg-type]


def test_a_row_of_a_self_check(tmp_path: Path) -> None:
    (one,) = read(tmp_path, CHECK, GOOD)
    assert (one.code, one.kind, one.day, one.file) == ("jia", "selfcheck", JUNE, "自查.csv")
    assert one.part is not None
    assert (one.part.source.since, one.part.source.until) == (dt.date(2026, 6, 20), JUNE)
    assert one.part.posts[0].published == dt.date(2026, 6, 20)
    assert {sign.of: sign.holds for sign in one.part.signs} == {
        SignOf.COMMENT: True, SignOf.MENU: False, SignOf.USABLE: True,
    }  # fmt: skip
    assert {sign.trust for sign in one.part.signs} == {Trust.STATED}


def test_a_unit_that_published_nothing_says_so_of_the_month(tmp_path: Path) -> None:
    row = ("2026-06", "微信订阅号", "甲发布", "jia", "无", "", "0", "", "", "", "")
    (one,) = read(tmp_path, CHECK, row)
    assert one.part is not None
    assert (one.part.posts, one.part.source.since, one.part.source.until) == ((), dt.date(2026, 6, 1), JUNE)


def test_new_closed_and_moved_accounts(tmp_path: Path) -> None:
    statements = read(
        tmp_path,
        CHECK,
        ("2026年6月", "抖音", "甲抖音", "dy", "新开设", "2026-06-05", "", "", "", "", ""),
        ("2026/6", "新浪微博", "甲微博", "1", "注销", "2026-06-09", "", "", "", "", ""),
        ("202606", "微信订阅号", "甲发布", "", "迁移", "", "", "", "", "", ""),
    )
    assert [(one.code, one.selfcheck.change, one.selfcheck.registered) for one in statements if one.selfcheck] == [
        ("dy", Change.OPENED, False), ("1@新浪微博", Change.CLOSED, True), ("jia", Change.MOVED, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        (0, "六月", "填报月份“六月”不是月份"),
        (0, "", "填报月份缺失"),
        (0, "2026-09", "还没有开始"),
        (1, "微搏", "新媒体类型“微搏”不是认识的平台"),
        (2, "", "新媒体名称缺失"),
        (4, "没事", "本月变动“没事”不是可用的值"),
        (5, "下周", "变动日期“下周”不是日期"),
        (6, "很多", "本月发布条数“很多”不是数"),
        (6, "-1", "不是数"),
        (6, "0", "最近发布日期却是本月"),
        (7, "2026-05-20", "却早于本月"),
        (7, "2026-07-02", "晚于填报月份"),
        (7, "2026-12-31", "晚于今天"),
        (8, "一般", "评论“一般”不是可用的值"),
    ],
)
def test_bad_rows_are_all_told(tmp_path: Path, column: int, text: str, said: str) -> None:
    bad = (*GOOD[:column], text, *GOOD[column + 1 :])
    other = ("2026-06", "抖音", "没有的", "", "无", *[""] * 6)
    with pytest.raises(RegisterError) as error:
        read(tmp_path, CHECK, (*GOOD[:1], "新浪微博", "甲微博", "1", *GOOD[4:]), bad, other)
    assert "自查.csv 第 3 行" in str(error.value)
    assert said in str(error.value)
    assert "第 4 行：“没有的”不在新媒体名册中" in str(error.value)


def test_a_form_that_came_before_its_month_was_over_covers_nothing(tmp_path: Path) -> None:
    row = ("2026-07", "微信订阅号", "甲发布", "jia", "无", "", "0", "2026-05-02", "", "", "")
    (one,) = read(tmp_path, CHECK, row)
    assert one.part is not None
    assert one.part.source.until is None


def test_one_account_twice_in_a_month(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="第 3 行：“甲发布”与第 2 行是同一账号同一月份"):
        read(tmp_path, CHECK, GOOD, GOOD)


def test_the_shipped_form_can_be_filled_in_and_read(tmp_path: Path) -> None:
    path = tmp_path / "自查表.xlsx"
    write_form(path, [WECHAT, replace(WEIBO, name="=1+1")], JUNE)
    book = openpyxl.load_workbook(path)
    sheet = book["自查表"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(3, heads["新媒体名称"]).value == "=1+1"
    assert sheet.cell(3, heads["新媒体名称"]).data_type == "s"
    sheet.delete_rows(3)
    sheet.cell(2, heads["最近发布日期"]).value = dt.datetime(2026, 6, 20)  # noqa: DTZ001 - as a spreadsheet has it
    sheet.cell(2, heads["自动回复"]).value = "有"
    book.save(path)
    (one,) = read_statements(path, [WECHAT, WEIBO], TODAY)
    assert one.code == "jia"
    assert one.part is not None
    assert one.part.source.newest == dt.date(2026, 6, 20)
    assert [(sign.of, sign.holds) for sign in one.part.signs] == [(SignOf.AUTOREPLY, True)]


def test_what_the_form_came_with_is_no_statement(tmp_path: Path) -> None:
    path = tmp_path / "自查表.xlsx"
    write_form(path, [WECHAT, WEIBO], JUNE)
    assert read_statements(path, [WECHAT, WEIBO], TODAY) == ()


EXPORT = ("内容标题", "发表时间", "内容url", "总阅读人数", "点赞数", "评论数", "是否原创")


def test_an_export_of_a_back_office(tmp_path: Path) -> None:
    (one,) = read(
        tmp_path,
        EXPORT,
        ("二", "2026-06-20 10:00", "http://mp.example/2", "1.2万", "1,000", "3", "原创"),
        ("一", "20260501", "", "--", "—", "-", "转载"),
        account="甲发布",
    )
    assert one.part is not None
    posts, source = one.part.posts, one.part.source
    assert [(post.title, post.published, post.original, post.reads, post.likes) for post in posts] == [
        ("二", dt.date(2026, 6, 20), True, 12_000, 1000), ("一", dt.date(2026, 5, 1), False, None, None),
    ]  # fmt: skip
    assert (source.since, source.until, source.trust) == (dt.date(2026, 5, 1), dt.date(2026, 6, 20), Trust.EXPORT)
    assert [sign.of for sign in one.part.signs] == [SignOf.COMMENT]


@pytest.mark.parametrize(
    ("row", "account", "said"),
    [
        (("", "2026-06-20", "", "", "", "", ""), "jia", "标题缺失"),
        (("一", "", "", "", "", "", ""), "jia", "发布时间缺失"),
        (("一", "昨晚上", "", "", "", "", ""), "jia", "发布时间“昨晚上”不是日期"),
        (("一", "2026-06-20", "javascript:1", "", "", "", ""), "jia", "链接“javascript:1”"),
        (("一", "2026-06-20", "", "abc", "", "", ""), "jia", "阅读量“abc”不是数"),
        (("一", "2026-06-20", "", "", "", "", ""), "", "没有写明是哪个账号"),
        (("一", "2026-06-20", "", "", "", "", ""), "乙", "不在新媒体名册中"),
    ],
)
def test_bad_rows_of_an_export(tmp_path: Path, row: tuple[str, ...], account: str, said: str) -> None:
    with pytest.raises(RegisterError) as error:
        read(tmp_path, EXPORT, row, account=account)
    assert "第 2 行" in str(error.value)
    assert said in str(error.value)


def test_a_file_that_is_neither_or_not_there(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="找不到表头"):
        read(tmp_path, ("甲", "乙"), ("1", "2"))
    with pytest.raises(RegisterError, match="找不到文件"):
        read_statements(tmp_path / "none.xlsx", [WECHAT], TODAY)

import datetime as dt
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from govspider.facts import (
    Answer,
    ColumnState,
    EarlierColumn,
    Outcome,
    RoundResults,
    ScoreItem,
    ScorePart,
    Verdict,
    VerdictKind,
)
from govspider.reports import sheets
from govspider.reports.workbook import write_workbook
from tests.reports.builder import blank, city, column, finding, round_of, site, write

EARLIER = EarlierColumn("http://s1.example.gov.cn/", "公示", 20, dt.date(2021, 5, 31))


def opened(results: RoundResults, folder: Path):
    path = folder / "问题清单.xlsx"
    write(write_workbook(path, results.round, results.generated_at), results.sites)
    return openpyxl.load_workbook(path)


def table(sheet) -> list[dict[str, object]]:
    heads = [cell.value for cell in sheet[1]]
    return [dict(zip(heads, (cell for cell in row), strict=True)) for row in sheet.iter_rows(min_row=2)]


def test_sheets_have_frozen_heads_and_filters(tmp_path: Path) -> None:
    book = opened(city(), tmp_path)
    assert book.sheetnames == ["结论", "问题", "栏目", "覆盖", "预警", "通报索引"]
    for sheet in book:
        assert sheet.freeze_panes == "C2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.column_dimensions["B"].width > 20


def test_the_verdicts_of_the_city(tmp_path: Path) -> None:
    rows = table(opened(city(), tmp_path)["结论"])
    assert len(rows) == 53
    assert [row["网站标识码"].value for row in rows if row["结论"].value == "不合格"] == [
        "6108000006",
        "6108000027",
        "6108000048",
    ]
    assert rows[26]["存在的突出问题"].value == "未提供办事服务、多个栏目存在空白"
    assert str(rows[0]["监测时间点"].value) == "2021-08-10 00:00:00"
    assert str(rows[0]["检查完成时间"].value) == "2021-08-18 00:30:00"  # Beijing time


def test_findings_carry_links_evidence_and_dates(tmp_path: Path) -> None:
    row = table(opened(round_of(site(1, findings=[blank(1)])), tmp_path)["问题"])[0]
    assert row["问题页面"].hyperlink.target == "http://s1.example.gov.cn/"
    assert str(row["首次发现"].value) == "2021-08-18 00:30:00"
    assert "领导讲话" in row["证据"].value
    assert (row["核实情况"].value, row["类别"].value) == ("待核实", "单项否决")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://a.example")', "{=1}", "http://a.example/"]
)
def test_text_is_never_a_formula_or_a_link(tmp_path: Path, text: str) -> None:
    row = table(opened(round_of(site(1, text, findings=[finding(1, "x", text)])), tmp_path)["问题"])[0]
    for cell in (row["网站名称"], row["问题描述"]):
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///c:/x", "http://a.example/" + "长" * 700, "=1", "internal:Sheet1!A1"]
)
def test_unsafe_and_overlong_addresses_stay_text(tmp_path: Path, url: str) -> None:
    cell = table(opened(round_of(site(1, findings=[finding(1, "x", "y", url=url)])), tmp_path)["问题"])[0]["问题页面"]
    assert (cell.hyperlink, cell.data_type) == (None, "s")
    assert cell.value == url


def test_links_stop_at_the_limit_of_a_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "LINKS", 3)
    rows = table(opened(round_of(site(1, findings=[finding(1, "x", "y") for _ in range(4)])), tmp_path)["问题"])
    assert [bool(row[name].hyperlink) for row in rows for name in ("问题页面", "所在页面")] == [True] * 3 + [False] * 5


def test_rows_beyond_the_sheet_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "ROWS", 3)
    rows = table(opened(city(), tmp_path)["结论"])
    assert len(rows) == 3
    assert "jsonl" in rows[2]["网站标识码"].value


def test_long_and_hostile_text_fits_a_cell(tmp_path: Path) -> None:
    message = "\x00\x1b\u202e" + "长" * 40_000 + "\ud800"
    cell = table(opened(round_of(site(1, findings=[finding(1, "x", message)])), tmp_path)["问题"])[0]["问题描述"]
    assert len(cell.value) == 32_767
    assert cell.value.startswith("长")
    assert cell.value.endswith("（已截断）")


def test_the_columns_ledger(tmp_path: Path) -> None:
    columns = [
        (column("工作动态", newest=dt.date(2021, 3, 2)), ColumnState.STALE),
        (column("统计数据", newest=None, entry_count=0, evidence=("列表为空",)), ColumnState.BLANK),
        (column("史志", newest=dt.date(1890, 1, 1)), ColumnState.UPDATED),
        (column("公示", newest=None, entry_count=0, evidence=("列表为空",), earlier=EARLIER), ColumnState.WITHDRAWN),
        (column("公告", newest=None, entry_count=0, reason="访问超时", earlier=EARLIER), ColumnState.FAILED),
    ]
    rows = table(opened(round_of(site(1, columns=columns)), tmp_path)["栏目"])
    assert [row["状态"].value for row in rows] == ["未按期更新", "空白", "已更新", "内容已撤", "打不开"]
    assert str(rows[0]["最近更新日期"].value) == "2021-03-02 00:00:00"
    assert rows[0]["距监测时间点天数"].value == 161
    assert rows[1]["最近更新日期"].value is None
    assert rows[1]["说明"].value == "列表为空"
    assert rows[2]["最近更新日期"].value == "1890-01-01"
    assert rows[3]["说明"].value == "此前检查（2021-05-31）有20条信息；列表为空"
    assert rows[4]["说明"].value == "访问超时"


def test_coverage_says_what_was_not_looked_at(tmp_path: Path) -> None:
    results = round_of(site(1, complete=False), site(2, verdict=VerdictKind.UNDETERMINED, inspected=False))
    rows = table(opened(results, tmp_path)["覆盖"])
    assert (rows[0]["是否检查完整"].value, rows[0]["未完整的原因"].value) == ("否", "达到页面数量上限")
    assert (rows[0]["读取栏目"].value, rows[0]["栏目读取率"].value) == (19, 0.95)
    assert (rows[1]["是否检查完整"].value, rows[1]["未完整的原因"].value) == ("未检查", "尚未检查")


def test_rechecks_have_a_sheet_when_there_are_any(tmp_path: Path) -> None:
    again = site(1, first=VerdictKind.UNQUALIFIED, rechecks=[(blank(1), Answer.FIXED, "已有内容")])
    row = table(opened(round_of(again), tmp_path)["复检"])[0]
    assert (row["复检情况"].value, row["初检结论"].value, row["复检结论"].value) == ("已整改", "不合格", "合格")


def test_an_empty_round_is_a_workbook_too(tmp_path: Path) -> None:
    assert opened(round_of(), tmp_path)["结论"].max_row == 1


def test_rows_are_tall_enough_for_their_text(tmp_path: Path) -> None:
    findings = [finding(1, "x", "短"), finding(1, "x", "长" * 100), finding(1, "x", "长" * 30_000)]
    sheet = opened(round_of(site(1, findings=findings)), tmp_path)["问题"]
    assert sheet.row_dimensions[2].height is None
    assert sheet.row_dimensions[3].height == 60
    assert sheet.row_dimensions[4].height == 300


def scored() -> Verdict:
    dead = ScorePart("link-dead", "f" * 24, Outcome.VIOLATION, -0.2, -0.2, 1)
    waiting = ScorePart("reply-late", "", Outcome.UNKNOWN, -7, 0, reason="待人工填报")
    items = (
        ScoreItem("功能设计/可用性", 1, 0.8, 0.8, parts=(dead,)),
        ScoreItem("互动交流/办理答复", 7, 0, 7, parts=(waiting,)),
        ScoreItem("互动交流/统一登录", 3, 3, 3),
    )
    verdict = site(1).verdict
    return replace(verdict, score_low=92.8, score_high=99.8, score_items=items, unanswered=("reply-late",))


def test_every_point_of_a_portal_is_traced(tmp_path: Path) -> None:
    found = finding(1, "link-dead", "首页链接“概况”打不开", key="f" * 24)
    portal = replace(site(1, findings=[found]), verdict=scored())
    book = opened(round_of(portal, site(2)), tmp_path)
    rows = [[cell.value for cell in row] for row in book["得分"].iter_rows(min_row=2, min_col=3)]
    note = "得分在92.8至99.8之间（暂定，有1项待人工填报或者核实）"
    assert rows == [
        ["合计", None, None, None, 92.8, 99.8, None, None, None, None, note, None, None],
        [
            "扣分指标",
            "功能设计",
            "可用性",
            1,
            0.8,
            0.8,
            "链接可用性",
            1,
            -0.2,
            -0.2,
            found.message,
            "f" * 24,
            "link-dead",
        ],
        ["扣分指标", "互动交流", "办理答复", 7, 0, 7, "咨询答复时效", None, -7, 0, "待人工填报", None, "reply-late"],
        ["扣分指标", "互动交流", "统一登录", 3, 3, 3, *(None,) * 7],
    ]
    verdicts = table(book["结论"])
    assert [(row["得分"].value, row["得分说明"].value) for row in verdicts] == [(None, note), (None, None)]


def test_every_page_that_shows_a_dead_link_has_a_row_of_its_own(tmp_path: Path) -> None:
    pages = [f"http://s1.example.gov.cn/{'a' * 80}/{n}.html" for n in range(400)]
    evidence = {"linked_from": pages, "linked_pages": 400, "looked_through": 450, "known_pages": 700}
    found = finding(
        1, "link-dead", "链接打不开", title="链接不可用", url="http://s1.example.gov.cn/x", evidence=evidence
    )
    book = opened(round_of(site(1, findings=[found, blank(1)])), tmp_path)
    rows = table(book["链接所在页面"])
    assert [row["所在页面"].value for row in rows] == pages
    assert rows[0]["所在页面"].hyperlink.target == pages[0]
    assert {row["打不开的链接"].value for row in rows} == {"http://s1.example.gov.cn/x"}
    said = table(book["问题"])[0]["证据"].value
    assert "在已读取的450个页面中有400个" in said
    assert "全部见工作表“链接所在页面”" in said
    assert said.count("http") == 20

"""问题清单.xlsx: the verdicts, findings, columns and coverage of a round, for sorting and filtering."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from govspider.facts import RoundResults, SiteResult
from govspider.reports.annexes import reasons
from govspider.reports.atomic import whole
from govspider.reports.phrases import (
    CATEGORY_NAMES,
    DECIDES_NAMES,
    INSPECTION_NAMES,
    KIND_NAMES,
    OUTCOME_NAMES,
    REVIEW_NAMES,
    STATE_NAMES,
    STATUS_NAMES,
    VERDICT_NAMES,
    evidence_text,
)
from govspider.reports.text import clean, cut, local, safe_link

CELL = 32_767  # characters that a cell holds
LINKS = 65_530  # that a sheet holds
ROWS = 1_048_575  # below the head
LINE, TALLEST = 15, 300  # points: one line of text, and the tallest row
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Head:
    """``kind`` is text, wrap, number, date, time, share or link."""

    name: str
    width: float
    kind: str = "text"


@dataclass(slots=True)
class Book:
    """A workbook being written and its cell formats, one for each kind, and for text that looks like a formula."""

    book: xlsxwriter.Workbook
    formats: dict[str, Format] = field(default_factory=dict)

    def __post_init__(self) -> None:
        base: dict[str, Any] = {
            "font_name": "宋体",
            "font_size": 10.5,
            "valign": "top",
            "border": 1,
            "border_color": "#D0D0D0",
        }
        kinds: dict[str, dict[str, Any]] = {
            "text": {},
            "wrap": {"text_wrap": True},
            "number": {"num_format": "#,##0"},
            "share": {"num_format": "0.0%"},
            "date": {"num_format": "yyyy-mm-dd", "align": "center"},
            "time": {"num_format": "yyyy-mm-dd hh:mm", "align": "center"},
            "link": {"font_color": "#0563C1", "underline": 1},
            "quoted": {"quote_prefix": True, "text_wrap": True},
        }
        for kind, own in kinds.items():
            self.formats[kind] = self.book.add_format(base | own)
        head = {"bold": True, "bg_color": "#D9E2F3", "valign": "vcenter", "align": "center", "text_wrap": True}
        self.formats["head"] = self.book.add_format(base | head)
        for kind, colour in (("合格", "#E2EFDA"), ("不合格", "#F8CBAD"), ("未能形成结论", "#FFF2CC")):
            self.formats[kind] = self.book.add_format({"bg_color": colour})

    def sheet(self, name: str, heads: Sequence[Head], rows: Iterable[Sequence[Any]], frozen: int = 0) -> Worksheet:
        """A sheet with a frozen head and filters; ``frozen`` columns stay in view as well."""
        sheet = self.book.add_worksheet(name)
        for column, head in enumerate(heads):
            sheet.set_column(column, column, head.width)
            sheet.write_string(0, column, head.name, self.formats["head"])
        sheet.set_row(0, 24)
        sheet.freeze_panes(1, frozen)
        links = last = 0
        for last, row in enumerate(rows, 1):
            if last > ROWS:
                sheet.write_string(ROWS, 0, "……（超出工作表行数，完整内容见同名 jsonl 文件）", self.formats["text"])
                last = ROWS
                break
            for column, (head, value) in enumerate(zip(heads, row, strict=True)):
                links += self._cell(sheet, last, column, head.kind, value, link=links < LINKS)
            lines = max(_lines(head, value) for head, value in zip(heads, row, strict=True))
            if lines > 1:
                sheet.set_row(last, min(lines * LINE, TALLEST))
        sheet.autofilter(0, 0, last, len(heads) - 1)
        sheet.set_landscape()
        sheet.set_paper(8)  # A3
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        return sheet

    def _cell(self, sheet: Worksheet, row: int, column: int, kind: str, value: Any, *, link: bool) -> int:
        """Writes one cell; says how many links that took."""
        style = self.formats[kind]
        if value is None or value == "":
            sheet.write_blank(row, column, None, style)
        elif isinstance(value, dt.datetime):
            sheet.write_datetime(row, column, local(value), style)
        elif isinstance(value, dt.date):
            _date(sheet, row, column, value, style)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, style)
        else:
            text = cut(clean(value), CELL)
            target = safe_link(text) if kind == "link" and link else None
            if target:
                sheet.write_url(row, column, target, style, string=text)
                return 1
            plain = self.formats["wrap"] if kind == "link" else style
            sheet.write_string(row, column, text, self.formats["quoted"] if text.startswith(_FORMULA) else plain)
        return 0


def _lines(head: Head, value: Any) -> int:
    """How many lines a wrapped text takes: programs do not agree on fitting the rows of a file they did not write."""
    if head.kind != "wrap" or not isinstance(value, str):
        return 1
    width = sum(1 if character.isascii() else 2 for character in value[:CELL])
    return -(-width // int(head.width - 1)) or 1


def _date(sheet: Worksheet, row: int, column: int, day: dt.date, style: Format) -> None:
    """Spreadsheets know no day before 1900; such a day stays text."""
    if day.year < 1900:
        sheet.write_string(row, column, day.isoformat(), style)
    else:
        sheet.write_datetime(row, column, dt.datetime(day.year, day.month, day.day), style)  # noqa: DTZ001


def write_workbook(results: RoundResults, path: Path) -> None:
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "max_url_length": 2079,
        "remove_timezone": True,
    }
    with whole(path) as part:
        book = xlsxwriter.Workbook(str(part), options)
        book.set_properties({"title": f"{results.round} 问题清单", "created": local(results.generated_at)})
        writer = Book(book)
        verdicts = writer.sheet("结论", _VERDICTS, map(_verdict_row, results.sites), frozen=2)
        for name in ("合格", "不合格", "未能形成结论"):
            rule = {"type": "cell", "criteria": "==", "value": f'"{name}"', "format": writer.formats[name]}
            verdicts.conditional_format(1, 4, max(len(results.sites), 1), 4, rule)
        writer.sheet("问题", _FINDINGS, (row for site in results.sites for row in _finding_rows(site)), frozen=2)
        writer.sheet("栏目", _COLUMNS, (row for site in results.sites for row in _column_rows(site)), frozen=2)
        writer.sheet("覆盖", _COVERAGE, map(_coverage_row, results.sites), frozen=2)
        if any(site.rechecks for site in results.sites):
            writer.sheet("复检", _RECHECKS, (row for site in results.sites for row in _recheck_rows(site)), frozen=2)
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise OSError(str(error)) from error


_CODE, _NAME = Head("网站标识码", 13), Head("网站名称", 28)
_VERDICTS = (
    _CODE,
    _NAME,
    Head("网站类型", 11),
    Head("主办单位", 24),
    Head("结论", 14),
    Head("存在的突出问题", 48, "wrap"),
    Head("未能判断的指标及原因", 48, "wrap"),
    Head("得分", 8, "number"),
    Head("检查类型", 10),
    Head("初检结论", 14),
    Head("监测时间点", 12, "date"),
    Head("检查完成时间", 17, "time"),
    Head("报送状态", 10),
    Head("首页网址", 36, "link"),
)
_FINDINGS = (
    _CODE,
    _NAME,
    Head("性质", 8),
    Head("指标", 20, "wrap"),
    Head("类别", 10),
    Head("问题描述", 52, "wrap"),
    Head("问题页面", 40, "link"),
    Head("所在页面", 40, "link"),
    Head("判定界限", 30, "wrap"),
    Head("证据", 52, "wrap"),
    Head("依据", 32, "wrap"),
    Head("核实情况", 10),
    Head("首次发现", 17, "time"),
    Head("最近发现", 17, "time"),
    Head("复检新发现", 11),
    Head("编号", 18),
)
_COLUMNS = (
    _CODE,
    _NAME,
    Head("栏目名称", 24, "wrap"),
    Head("上级栏目", 24, "wrap"),
    Head("栏目类别", 11),
    Head("状态", 12),
    Head("最近更新日期", 13, "date"),
    Head("距监测时间点天数", 18, "number"),
    Head("条目数", 8, "number"),
    Head("更新期限（天）", 15, "number"),
    Head("栏目地址", 44, "link"),
    Head("浏览器打开", 10),
    Head("说明", 40, "wrap"),
)
_COVERAGE = (
    _CODE,
    _NAME,
    Head("是否检查完整", 12),
    Head("未完整的原因", 36, "wrap"),
    Head("读取页面", 10, "number"),
    Head("识别栏目", 10, "number"),
    Head("读取栏目", 10, "number"),
    Head("栏目读取率", 10, "share"),
    Head("浏览器打开", 10, "number"),
    Head("访问受阻", 10, "number"),
    Head("访问失败", 10, "number"),
    Head("检查链接", 10, "number"),
    Head("开始时间", 17, "time"),
    Head("完成时间", 17, "time"),
)
_RECHECKS = (
    _CODE,
    _NAME,
    Head("指标", 20, "wrap"),
    Head("初检发现的问题", 52, "wrap"),
    Head("复检情况", 10),
    Head("说明", 40, "wrap"),
    Head("问题页面", 40, "link"),
    Head("首次发现", 17, "time"),
    Head("初检结论", 14),
    Head("复检结论", 14),
)


def _who(site: SiteResult) -> tuple[str, str]:
    return site.site.code, site.site.name


def _verdict_row(result: SiteResult) -> tuple[Any, ...]:
    site, verdict = result.site, result.verdict
    return (
        *_who(result),
        KIND_NAMES[site.kind],
        site.sponsor,
        VERDICT_NAMES[verdict.verdict],
        "、".join(verdict.problems),
        reasons(verdict),
        verdict.score,
        INSPECTION_NAMES.get(verdict.inspection, verdict.inspection) if result.facts else "未检查",
        VERDICT_NAMES[result.first_verdict.verdict] if result.first_verdict else None,
        verdict.checkpoint,
        result.inspections[-1] if result.inspections else None,
        STATUS_NAMES[site.status],
        site.url,
    )


def _finding_rows(result: SiteResult) -> Iterable[tuple[Any, ...]]:
    for found in result.findings:
        yield (
            *_who(result),
            OUTCOME_NAMES.get(found.outcome, found.outcome),
            found.title,
            DECIDES_NAMES.get(found.decides, found.decides),
            found.message,
            found.url,
            found.where,
            found.threshold,
            evidence_text(found.evidence),
            found.source,
            REVIEW_NAMES[found.review],
            found.first_seen,
            found.last_seen,
            "是" if found.key in result.new_findings else None,
            found.key,
        )


def _column_rows(result: SiteResult) -> Iterable[tuple[Any, ...]]:
    if result.facts is None:
        return
    checkpoint = result.facts.checkpoint
    for column, state in zip(result.facts.columns, result.column_states, strict=True):
        newest = max((day for day in (column.newest, column.newest_below) if day), default=None)
        yield (
            *_who(result),
            column.name,
            " > ".join(column.path),
            CATEGORY_NAMES.get(column.category, column.category),
            STATE_NAMES.get(state, state),
            newest,
            (checkpoint - newest).days if newest else None,
            column.entry_count,
            column.max_days,
            column.url,
            "是" if column.visit and column.visit.rendered else None,
            column.reason or ("条目未注明日期" if column.undated else "、".join(column.evidence)),
        )


def _coverage_row(result: SiteResult) -> tuple[Any, ...]:
    cover, facts = result.verdict.coverage, result.facts
    if facts is None:
        reason = "尚未检查" if result.site.status == "normal" else f"报送状态为{STATUS_NAMES[result.site.status]}"
        return (*_who(result), "未检查", reason, *(None,) * 10)
    return (
        *_who(result),
        "是" if cover.complete else "否",
        facts.stopped,
        cover.pages,
        cover.columns,
        cover.columns_read,
        cover.columns_read / cover.columns if cover.columns else None,
        cover.rendered,
        cover.blocked,
        cover.failed,
        len(facts.links),
        facts.started_at,
        facts.finished_at,
    )


def _recheck_rows(result: SiteResult) -> Iterable[tuple[Any, ...]]:
    for recheck in result.rechecks:
        found = recheck.finding
        yield (
            *_who(result),
            found.title,
            found.message,
            recheck.answer.value,
            recheck.note,
            found.url,
            found.first_seen,
            VERDICT_NAMES[result.first_verdict.verdict] if result.first_verdict else None,
            VERDICT_NAMES[result.verdict.verdict],
        )

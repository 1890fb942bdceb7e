"""问题清单.xlsx: the verdicts, findings, columns and coverage of a round, for sorting and filtering."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from govspider.facts import AccountResult, SelfCheck, SiteResult
from govspider.reports.account_sheets import AccountSheets
from govspider.reports.annexes import reasons
from govspider.reports.evidence import LINKING, evidence_cell, linking_pages
from govspider.reports.index import INDEX, IndexRow
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
    column_note,
)
from govspider.reports.score_sheet import SCORES, score_note, score_rows
from govspider.reports.sheets import Book, Head, workbook
from govspider.reports.text import local
from govspider.reports.warnings import WatchSheets
from govspider.reports.writers import Writer


def write_workbook(
    path: Path,
    round_id: str,
    made: dt.datetime,
    index: Iterable[IndexRow] = (),
    self_checks: tuple[SelfCheck, ...] = (),
) -> Writer:
    """Keeps no row in memory, whatever their number. ``index`` is read last, when the bulletin is written."""
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "max_url_length": 2079,
        "remove_timezone": True,
        "constant_memory": True,
    }
    with TemporaryDirectory() as rows, workbook(path, options | {"tmpdir": rows}) as book:
        book.set_properties({"title": f"{round_id} 问题清单", "created": local(made)})
        writer = Book(book)
        verdicts = writer.sheet("结论", _VERDICTS, frozen=2)
        findings = writer.sheet("问题", _FINDINGS, frozen=2)
        columns = writer.sheet("栏目", _COLUMNS, frozen=2)
        coverage = writer.sheet("覆盖", _COVERAGE, frozen=2)
        watching = WatchSheets(writer)
        scores = rechecks = linking = None
        accounts = AccountSheets(writer)
        while (result := (yield)) is not None:
            if isinstance(result, AccountResult):
                accounts.add(result)
                continue
            verdicts.add([_verdict_row(result)])
            findings.add(_finding_rows(result))
            columns.add(_column_rows(result))
            coverage.add([_coverage_row(result)])
            watching.add(result)
            if pages := list(_linking_rows(result)):
                linking = linking or writer.sheet(LINKING, _LINKING, frozen=2)
                linking.add(pages)
            if result.verdict.score_items:
                scores = scores or writer.sheet("得分", SCORES, frozen=2)
                scores.add(score_rows(result))
            if result.rechecks:
                rechecks = rechecks or writer.sheet("复检", _RECHECKS, frozen=2)
                rechecks.add(_recheck_rows(result))
        numbers = writer.sheet("通报索引", INDEX, frozen=2)
        numbers.add(index)
        accounts.finish(self_checks)
        watching.finish()
        verdicts.highlight(4)
        for sheet in (verdicts, findings, columns, coverage, linking, scores, rechecks, numbers):
            if sheet is not None:
                sheet.close()


_CODE, _NAME = Head("网站标识码", 13), Head("网站名称", 28)
_VERDICTS = (
    _CODE,
    _NAME,
    Head("网站类型", 11),
    Head("主办单位", 24),
    Head("结论", 14),
    Head("存在的突出问题", 48, "wrap"),
    Head("未能判断的指标及原因", 48, "wrap"),
    Head("得分", 8, "points"),
    Head("得分说明", 24, "wrap"),
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
_LINKING = (
    _CODE,
    _NAME,
    Head("打不开的链接", 60, "link"),
    Head("结果", 20),
    Head("所在页面", 60, "link"),
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
        score_note(verdict),
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
            evidence_cell(found.evidence),
            found.source,
            REVIEW_NAMES[found.review],
            found.first_seen,
            found.last_seen,
            "是" if found.key in result.new_findings else None,
            found.key,
        )


def _linking_rows(result: SiteResult) -> Iterable[tuple[Any, ...]]:
    for found in result.findings:
        for page in linking_pages(found.evidence):
            yield (*_who(result), found.url, found.evidence.get("result"), page)


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
            column_note(column, state),
        )


def _outside(result: SiteResult) -> str:
    """Why a site was not inspected, and what its home page showed."""
    said = f"报送状态为{STATUS_NAMES[result.site.status]}"
    return f"{said}；{result.home_look}" if result.home_look else said


def _coverage_row(result: SiteResult) -> tuple[Any, ...]:
    cover, facts = result.verdict.coverage, result.facts
    if facts is None:
        reason = "尚未检查" if result.site.status == "normal" else _outside(result)
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

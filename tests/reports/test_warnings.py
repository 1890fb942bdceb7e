"""Early warnings and reachability in warnings.jsonl and in the workbook."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from govspider.facts import EarlyWarning, Level, Probe, ProbedWeek, SiteResult
from govspider.reports.jsonl import write_lines
from govspider.reports.text import local
from govspider.reports.warnings import warning_records
from govspider.reports.workbook import write_workbook
from tests.reports.builder import CHECKPOINT, MOMENT, code, site, write

EVIL = "=cmd|'/c calc'!A1\u202e\x00"


def warning(number: int, level: Level = Level.WARNING, **changes: Any) -> EarlyWarning:
    values: dict[str, Any] = {
        "code": code(number),
        "name": f"示例{number}局",
        "rule": "columns-blank",
        "title": "空白栏目多",
        "level": level,
        "message": "有3个空白栏目",
        "threshold": "空白栏目3个以上（含）（日常预警口径）",
        "url": f"http://s{number}.example.gov.cn/",
        "as_of": CHECKPOINT,
        "count": 3,
        "evidence": {"count": 3, "limit": 3},
    }
    return EarlyWarning(**values | changes)


def week(*failures: Probe) -> ProbedWeek:
    return ProbedWeek(
        CHECKPOINT - dt.timedelta(days=6),
        CHECKPOINT,
        141,
        len(failures),
        0,
        2,
        3,
        4,
        (CHECKPOINT,),
        0.257,
        failures,
        ("x.example",),
    )


def opened(path: Path, *results: SiteResult) -> openpyxl.Workbook:
    write(write_workbook(path / "a.xlsx", "2021Q3", MOMENT), results)
    return openpyxl.load_workbook(path / "a.xlsx")


def records(path: Path, *results: SiteResult) -> list[dict[str, Any]]:
    write(write_lines(path / "warnings.jsonl", warning_records), results)
    return [json.loads(line) for line in (path / "warnings.jsonl").read_text("utf-8").splitlines()]


def test_each_warning_is_a_line_and_what_is_well_is_none(tmp_path: Path) -> None:
    watched = (
        warning(1),
        warning(1, Level.NORMAL, rule="home-stale"),
        warning(1, Level.VIOLATION, rule="columns-stale"),
    )
    (first, second) = records(tmp_path, site(1, changes={"watched": watched}), site(2))
    assert first == {
        "code": code(1),
        "name": "示例1局",
        "rule": "columns-blank",
        "title": "空白栏目多",
        "level": "warning",
        "message": "有3个空白栏目",
        "threshold": "空白栏目3个以上（含）（日常预警口径）",
        "url": "http://s1.example.gov.cn/",
        "as_of": "2021-08-10",
        "count": 3,
        "evidence": {"count": 3, "limit": 3},
    }
    assert (second["rule"], second["level"]) == ("columns-stale", "violation")


def test_the_sheet_of_warnings(tmp_path: Path) -> None:
    watched = (warning(1, message=EVIL, name=EVIL), warning(1, Level.NORMAL), warning(1, Level.VIOLATION))
    sheet = opened(tmp_path, site(1, changes={"watched": watched}))["预警"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[2] for row in rows] == ["预警", "已达否决线"]
    assert rows[0][4] == "=cmd|'/c calc'!A1"
    assert sheet["E2"].data_type == "s"
    assert sheet["E2"].quotePrefix


def test_reachability_has_sheets_only_where_there_were_probes(tmp_path: Path) -> None:
    slow = Probe(MOMENT, True, 16.25, "ok", 200, 1.5, 3, "http://s1.example.gov.cn/", "https://x.example/", ("http://s1.example.gov.cn/",))  # fmt: skip
    dead = Probe(MOMENT, False, None, "timeout", 0, None, 3, error=EVIL)
    assert "可用性" not in opened(tmp_path, site(1)).sheetnames
    book = opened(tmp_path, site(1, changes={"week": week(slow, dead)}), site(2))
    (row,) = book["可用性"].iter_rows(min_row=2, values_only=True)
    assert row[4:12] == (141, 2, pytest.approx(2 / 141), 0, 0.257, 3, 2, 4)
    assert row[13] == "首页转到其他主机：x.example"
    assert book["可用性"]["G2"].number_format == "0.00%"
    first, second = book["打不开记录"].iter_rows(min_row=2, values_only=True)
    assert first[2:8] == (local(MOMENT), "打开过慢", 200, 16.25, 1.5, 3)
    assert (second[3], second[4], second[5], second[11]) == ("超时", None, None, "=cmd|'/c calc'!A1")
    assert book["打不开记录"]["L3"].data_type == "s"

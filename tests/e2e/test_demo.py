"""``scrapy demo`` on the whole city: the bulletin has the model case's figures and its annex, row for row."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import pytest

from govspider.demo.city import City
from govspider.demo.model import Shape

ROOT = Path(__file__).parents[2]
SERIOUS = [
    ["1", "米脂县人民政府", "6108270006", "未提供办事服务"],
    ["2", "榆林市林业和草原局", "6108000027", "未提供办事服务、多个栏目存在空白"],
    ["3", "陕西政务服务(榆林)", "6108000059", "多个栏目存在空白"],
]
ACCOUNTS = [
    ["1", "微信订阅号", "榆林交警特勤大队", "未及时更新"],
    ["2", "微信订阅号", "靖边县教育局", "未及时更新"],
    ["3", "微信订阅号", "靖边财政", "未及时更新"],
    ["4", "微信订阅号", "神木市万镇镇人民政府", "未及时更新"],
    ["5", "微信订阅号", "孙家岔镇人民政府", "未及时更新"],
    ["6", "微信订阅号", "绥德县劳动监察大队", "未及时更新"],
    ["7", "微信订阅号", "榆林市教育局", "未提供有效互动功能"],
    ["8", "微信订阅号", "榆林市退役军人服务中心", "未提供有效互动功能"],
    ["9", "微信订阅号", "榆林人事人才信息网", "未提供有效互动功能"],
    ["10", "微信订阅号", "神木市政务服务中心", "未提供有效互动功能"],
    ["11", "新浪微博", "靖边教育", "未发布本单位信息"],
]

pytestmark = pytest.mark.slow


def scrapy(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=400, check=False)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of one run of the demo."""
    folder = tmp_path_factory.mktemp("demo")
    done = scrapy("demo", "--output", str(folder))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "政府网站" in done.stdout
    assert str(folder / "demo" / "通报.docx") in done.stdout
    return folder


@pytest.fixture(scope="module")
def everybody(output: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (output / "demo/verdicts.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def verdicts(everybody: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of the sites."""
    return [verdict for verdict in everybody if verdict["subject"] == "site"]


def test_a_demo_that_is_broken_off_says_that_it_begins_anew(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scrapy", "demo", "--output", str(tmp_path), "-s", "SITES_IN_PARALLEL=1"]
    demo = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    until = time.monotonic() + 60
    while not any(tmp_path.glob("demo/evidence/*")) and time.monotonic() < until:
        time.sleep(0.1)  # until the first site is being read
    os.killpg(demo.pid, signal.SIGINT)
    out, err = demo.communicate(timeout=120)
    assert demo.returncode == 1, out + err
    assert "演示不能续查；请重新运行 scrapy demo" in err
    assert not demo_verdicts(tmp_path, "account")


def demo_verdicts(folder: Path, subject: str) -> list[str]:
    lines = (folder / "demo/verdicts.jsonl").read_text("utf-8").splitlines()
    return [line for line in lines if json.loads(line)["subject"] == subject]


def table(output: Path, heading: str) -> list[list[str]]:
    """The rows of the bulletin's table that has this column."""
    tables = [
        [[cell.text for cell in row.cells] for row in found.rows]
        for found in docx.Document(str(output / "demo/通报.docx")).tables
    ]
    return next(rows for head, *rows in tables if heading in head)


def test_431_accounts_are_qualified_and_eleven_are_not(everybody: list[dict[str, Any]]) -> None:
    accounts = [verdict for verdict in everybody if verdict["subject"] == "account"]
    wrong = [(v["name"], v["unknown"]) for v in accounts if v["verdict"] == "undetermined"]
    assert wrong == []
    assert Counter(verdict["verdict"] for verdict in accounts) == {"qualified": 431, "unqualified": 11}


def test_fifty_sites_are_qualified_and_three_are_not(verdicts: list[dict[str, Any]]) -> None:
    rest = [verdict for verdict in verdicts if verdict["code"] not in {row[2] for row in SERIOUS}]
    wrong = [(v["name"], v["verdict"], v["vetoes"], v["unknown"]) for v in rest if v["verdict"] != "qualified"]
    assert wrong == []
    assert Counter(verdict["verdict"] for verdict in verdicts) == {"qualified": 50, "unqualified": 3}


def test_every_site_was_read_completely(verdicts: list[dict[str, Any]]) -> None:
    lacking = [(v["name"], v["coverage"]) for v in verdicts if not v["coverage"]["complete"]]
    assert lacking == []
    assert all(verdict["coverage"]["columns"] >= 20 for verdict in verdicts)


def test_the_bulletin_has_the_figures(output: Path) -> None:
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(output / "demo/通报.docx")).paragraphs)
    assert "政府网站共53个" in text
    assert "合格50个，占94.3%（50/53）" in text
    assert "不合格的3个，占5.7%（3/53）" in text
    assert "政务新媒体共442个" in text
    assert "合格431个，占97.5%（431/442）" in text
    assert "不合格11个，占2.5%（11/442）" in text


def test_the_first_annex_lists_the_three_sites(output: Path) -> None:
    assert table(output, "存在的突出问题") == SERIOUS


def test_the_second_annex_lists_the_eleven_accounts(output: Path) -> None:
    rows = table(output, "存在的主要问题")
    assert [[*row[:3], row[4]] for row in rows] == ACCOUNTS
    assert all(row[3] for row in rows)


def test_all_outputs_are_there(output: Path, verdicts: list[dict[str, Any]]) -> None:
    folder = output / "demo"
    assert (folder / "问题清单.xlsx").stat().st_size > 10_000
    assert {path.stem for path in (folder / "reports").glob("*.html")} >= {verdict["code"] for verdict in verdicts}


def test_the_blank_and_the_stale_columns_are_the_planted_ones(output: Path) -> None:
    columns = [json.loads(line) for line in (output / "demo/columns.jsonl").read_text("utf-8").splitlines()]
    lists = [
        (site.code, column.name, column.articles)
        for site in City(dt.date(2026, 8, 31)).sites(8000)
        for column in site.columns
        if column.shape is Shape.LIST
    ]
    blank = {(column["code"], column["name"]) for column in columns if column["state"] == "blank"}
    assert blank == {(code, name) for code, name, articles in lists if not articles}
    stale = [column["code"] for column in columns if column["state"] == "stale"]
    assert stale == ["6199000034"] * 9
    assert len(columns) >= len(lists)
    assert {column["state"] for column in columns} <= {"updated", "blank", "stale", "external"}


def test_the_evidence_alone_leads_to_the_same_result(output: Path) -> None:
    store = ("-s", f"OUTPUT={output}", "-s", f"DATABASE_URL=sqlite:///{output / 'demo/demo.sqlite'}")
    done = scrapy("replay", "--round", "demo", *store)
    assert done.returncode == 0, done.stdout + done.stderr

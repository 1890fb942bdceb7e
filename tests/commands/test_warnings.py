"""Early warnings from a stored round, as ``scrapy judge`` derives, writes and tells them."""

import datetime as dt
import json
from pathlib import Path

import openpyxl
import pytest

from govspider.facts import BEIJING, Probe
from govspider.rounds import open_store
from tests.commands.rounds import CHECKPOINT, HOME, PAGES, SITE, column, inspect, page, scrapy, settings
from tests.inbox import Inbox

pytestmark = pytest.mark.slow

NOON = dt.datetime.combine(CHECKPOINT, dt.time(12), BEIJING)
WEEK = [NOON - dt.timedelta(days=back) for back in range(7)]


def probed(output: Path, failing: int) -> None:
    """A week of twenty probes a day, and ``failing`` more on the last day."""
    with open_store(settings(output)) as store:
        good = [Probe(noon, True, 0.5, "ok", 200, 0.25, url=HOME) for noon in WEEK for _ in range(20)]
        bad = [Probe(NOON + dt.timedelta(hours=1), False, None, "refused", 0, None, 3, url=HOME)] * failing
        store.probes.add(NOON, [(SITE.code, probe) for probe in (*good, *bad)])


def lines(output: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (output / "2026Q2" / "warnings.jsonl").read_text("utf-8").splitlines()]


def test_a_site_is_warned_before_it_fails_and_told_of_once(tmp_path: Path, inbox: Inbox) -> None:
    stale = "<ul class=list>" + "".join(
        f'<li><a href="/gzdt/{day}.html">流水县水务局工作动态第{day}期</a><span>2026-06-{day}</span></li>'
        for day in range(10, 20)
    )
    inspect(tmp_path, PAGES | {HOME: page(stale)})  # the newest on the home page is eleven days old
    probed(tmp_path, 5)
    done = scrapy(tmp_path, "judge", "-s", f"NOTIFY={inbox.url}")
    assert (done.returncode, "没有发出" in done.stderr) == (0, False)
    found = {line["rule"]: line for line in lines(tmp_path)}
    assert {name: line["level"] for name, line in found.items()} == {
        "site-unreachable": "warning",
        "home-stale": "warning",
    }
    reached = found["site-unreachable"]
    assert (reached["code"], reached["as_of"]) == (SITE.code, "2026-06-30")
    assert reached["evidence"] == {
        "since": "2026-06-24", "until": "2026-06-30", "probes": 145, "failed": 5, "share": 5 / 145, "limit": 0.03,
        "seconds": 15.0, "silent": 0, "voided": 0, "declared": 0, "unclear": 0,
    }  # fmt: skip
    assert inbox.titles() == ["政府网站预警：新增2项"]
    assert scrapy(tmp_path, "judge", "-s", f"NOTIFY={inbox.url}").returncode == 0
    assert len(inbox.got) == 1
    book = openpyxl.load_workbook(tmp_path / "2026Q2" / "问题清单.xlsx")
    assert book["预警"].max_row == 3
    assert book["可用性"]["E2"].value == 145
    assert book["打不开记录"].max_row == 6


def test_past_the_veto_line_it_is_worse_and_a_declared_outage_takes_it_back(
    tmp_path: Path,
    inbox: Inbox,
) -> None:
    inspect(tmp_path, PAGES | {HOME: column("工作动态", "gzdt").replace("2026-06-1", "2026-06-2")})
    probed(tmp_path, 5)
    scrapy(tmp_path, "judge", "-s", f"NOTIFY={inbox.url}")
    with open_store(settings(tmp_path)) as store:
        more = [(SITE.code, Probe(NOON + dt.timedelta(hours=2), False, outcome="refused"))] * 5
        store.probes.add(NOON, more)
    scrapy(tmp_path, "judge", "-s", f"NOTIFY={inbox.url}")
    outages = tmp_path / "outages.csv"
    rows = "网站标识码,停机开始,停机结束,停机原因,批准人\n6199990002,2026-06-30 12:30,2026-06-30 18:00,检修,县府办\n"
    outages.write_text(rows, "utf-8")
    done = scrapy(tmp_path, "judge", "-s", f"NOTIFY={inbox.url}", "-s", f"OUTAGES={outages}")
    assert done.returncode == 0
    assert [line["level"] for line in lines(tmp_path) if line["rule"] == "site-unreachable"] == []
    heard = [one["message"] for one in inbox.got if "无法访问" in one["message"]]
    assert ["新增" in heard[0], "已达否决线" in heard[1], "解除" in heard[2]] == [True] * 3


def test_a_bad_register_of_outages_stops_the_judging(tmp_path: Path) -> None:
    inspect(tmp_path, PAGES)
    outages = tmp_path / "outages.csv"
    outages.write_text(
        "网站标识码,停机开始,停机结束,停机原因,批准人\n6199990002,昨天,2026-06-30,检修,县府办\n", "utf-8"
    )
    done = scrapy(tmp_path, "judge", "-s", f"OUTAGES={outages}")
    assert done.returncode == 2
    assert "outages.csv 第 2 行：停机开始“昨天”不是日期和时间" in done.stderr


def test_a_place_that_does_not_answer_fails_nothing(tmp_path: Path) -> None:
    inspect(tmp_path, PAGES)
    probed(tmp_path, 5)
    done = scrapy(tmp_path, "judge", "-s", "NOTIFY=json://127.0.0.1:1/s3cr3t")
    assert done.returncode == 0
    assert "第 1 个通知地址没有发出通知" in done.stderr
    assert "s3cr3t" not in done.stderr + done.stdout

"""The real ``scrapy crawl accounts`` in a process of its own, against small feeds on loopback."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.fetching.web import Reply, Web

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
ROUND = ["-a", "round=R1", "-a", "checkpoint=2026-06-30"]
HEADING = "新媒体类型,新媒体名称,主办单位,账号ID,主页地址,订阅源,报送状态,互动功能"


def feed(*days: str) -> Reply:
    items = "".join(
        f"<item><title>清河县通知{day}</title><link>https://q.example/{day}</link><pubDate>{day}T10:00:00+08:00</pubDate></item>"
        for day in days
    )
    body = (
        f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>清河</title>{items}</channel></rss>"
    )
    return Reply(body.encode(), headers={"Content-Type": "application/rss+xml"})


class Office:
    """A register of accounts and the feeds that it names."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.output, self.register = folder / "output", folder / "accounts.csv"
        self.web = stack.enter_context(
            Web("127.0.32.1", {"/fresh": feed("2026-06-16", "2026-05-01"), "/stale": feed("2026-06-15", "2026-05-01")})
        )
        # Bridges forbid robots by default; a registered feed is made to be read by a program.
        self.web.pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /\n", headers={"Content-Type": "text/plain"})
        rows = [
            f"微信订阅号,清河发布,清河县政府办,fresh,,{self.web.url}/fresh,正常,有",
            f"微信订阅号,清河教育,清河县教育局,stale,,{self.web.url}/stale,正常,有",
            f"新浪微博,清河交通,清河县交通局,mute,,{self.web.url}/fresh,正常,无",
            f"新浪微博,清河水务,清河县水务局,lost,,{self.web.url}/none,正常,有",
            "抖音,清河文旅,清河县文旅局,../../evil,,,正常,",
            "抖音,清河老号,清河县文旅局,old,,,注销,",
        ]
        self.register.write_text("\n".join([HEADING, *rows]), "utf-8")

    def scrapy(self, *words: str) -> subprocess.CompletedProcess[str]:
        ours = {"ACCOUNTS": self.register, "OUTPUT": self.output, "DOWNLOAD_DELAY": 0, "BROWSER": "never", "RETRY_PAUSE": 0.1,
                "OFFICE": "register/none.toml"}  # fmt: skip
        options = [part for name, value in ours.items() for part in ("-s", f"{name}={value}")]
        command = [sys.executable, "-m", "scrapy", *words, *options]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)

    def lines(self, name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.output / "R1" / name).read_text("utf-8").splitlines()]

    def verdicts(self) -> dict[str, str]:
        return {one["code"]: one["verdict"] for one in self.lines("verdicts.jsonl")}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with ExitStack() as stack:
        yield Office(tmp_path, stack)


def test_a_round_of_accounts(office: Office) -> None:
    done = office.scrapy("crawl", "accounts", *ROUND)
    assert done.returncode == 0, done.stderr
    assert office.verdicts() == {
        "fresh": "qualified",
        "stale": "unqualified",
        "mute": "unqualified",
        "lost": "undetermined",
        "../../evil": "undetermined",
        "old": "excluded",
    }
    found = {(one["code"], one["rule"]): one for one in office.lines("findings.jsonl")}
    assert set(found) == {("stale", "account-stale"), ("mute", "account-no-interaction")}
    stale = found["stale", "account-stale"]
    assert stale["subject"] == "account"
    assert stale["evidence"]["newest"] == "2026-06-15"
    assert stale["evidence"]["gap"] == {"since": "2026-05-01", "until": "2026-06-15", "length": 45}
    assert "2026年6月15日" in stale["message"]
    assert {path.parent for path in office.output.rglob("*") if path.is_file()} <= {
        office.output, office.output / "R1", office.output / "R1" / "evidence",
    }  # fmt: skip
    book = openpyxl.load_workbook(office.output / "R1" / "问题清单.xlsx")
    assert {"新媒体", "新媒体问题", "断更", "新媒体统计", "新媒体待证明"} <= set(book.sheetnames)
    asked = [row[1] for row in book["新媒体待证明"].iter_rows(min_row=2, values_only=True)]
    assert asked == ["清河水务", "清河文旅"]

    assert office.scrapy("replay", "--round", "R1").returncode == 0
    judged = office.scrapy("judge", "--round", "R1")
    assert judged.returncode == 0, judged.stderr
    assert office.verdicts()["stale"] == "unqualified"

    office.web.pages["/stale"] = feed("2026-06-29", "2026-06-15", "2026-05-01")
    assert office.scrapy("crawl", "accounts", *ROUND, "-a", "account=清河教育").returncode == 0
    (again,) = [one for one in office.lines("verdicts.jsonl") if one["code"] == "stale"]
    assert (again["verdict"], again["inspection"]) == ("qualified", "recheck")
    book = openpyxl.load_workbook(office.output / "R1" / "问题清单.xlsx")
    (answer,) = book["新媒体复检"].iter_rows(min_row=2, values_only=True)
    assert answer[6] == "已整改"

    asked_before = len(office.web.asked)
    assert office.scrapy("crawl", "accounts", *ROUND, "-a", "resume=1").returncode == 0
    assert len(office.web.asked) == asked_before


def test_what_is_wrong_is_said_before_anything_is_asked(office: Office) -> None:
    for words, said in (
        (["-a", "account=甲"], "名册中没有账号 甲"),
        (["-a", "account=清河老号"], "不是“正常”"),
        (["-a", "site=1"], "不认识的参数：site"),
        ([], "没有找到新媒体名册"),
    ):
        if not words:
            office.register.unlink()
        done = office.scrapy("crawl", "accounts", *ROUND, *words)
        assert done.returncode == 1
        assert said in done.stderr
        assert "Traceback" not in done.stderr
    assert office.web.asked == []

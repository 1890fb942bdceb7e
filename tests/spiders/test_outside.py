"""``scrapy crawl sites`` and the sites that are registered as closed or as exceptions."""

from contextlib import ExitStack
from pathlib import Path

import openpyxl
import pytest

from tests.fetching.web import Reply
from tests.spiders.test_sites import Town, code_of, page

pytestmark = pytest.mark.slow

CLOSED = page("<p>本网站已于2026年1月1日关停，感谢您的支持。</p><a href=http://www.town.example/>某市人民政府</a>")


def registered(town: Town, *statuses: str) -> None:
    rows = [
        f"{code_of(number)},某{number}局,{web.url}/,{status}"
        for number, (web, status) in enumerate(zip(town.webs, statuses, strict=True))
    ]
    town.register.write_text("\n".join(["网站标识码,网站名称,首页网址,报送状态", *rows]), "utf-8")


def coverage(town: Town) -> dict[str, str]:
    sheet = openpyxl.load_workbook(town.folder / "问题清单.xlsx")["覆盖"]
    return {str(row[0]): str(row[3]) for row in sheet.iter_rows(min_row=2, values_only=True)}


def test_their_home_page_is_asked_once_and_nothing_is_judged(tmp_path: Path) -> None:
    with ExitStack() as stack:
        town = Town(tmp_path, stack, 6)
        town.webs[3].pages = {"/": CLOSED}
        town.webs[4].pages["/"] = Reply(b"", 500)
        town.webs[5].pages = {"/": page("<p>欢迎访问</p><a href=/a.html>公告</a>")}
        registered(town, "正常", "关停", "例外", "关停", "关停", "关停")
        done = town.run()
        assert done.returncode == 0, done.stdout + done.stderr
        verdicts = {one["code"]: one["verdict"] for one in town.lines("verdicts.jsonl")}
        assert [verdicts[code_of(number)] for number in range(1, 6)] == ["excluded"] * 5
        drift = [one for one in town.lines("findings.jsonl") if one["code"] != code_of(0)]
        assert [(one["code"], one["rule"], one["outcome"]) for one in drift] == [
            (code_of(1), "register-drift", "notice")
        ]
        assert "关停" in drift[0]["message"]
        assert "首页可以正常访问" in drift[0]["message"]
        said = coverage(town)
        assert said[code_of(1)].startswith("报送状态为关停；首页可以正常访问")
        assert said[code_of(2)].startswith("报送状态为例外；首页可以正常访问")
        assert "本网站已于2026年1月1日关停" in said[code_of(3)]
        assert "首页未能打开（服务器返回错误（500））" in said[code_of(4)]
        assert "人工核对" in said[code_of(5)]
        assert town.webs[1].paths() == town.webs[2].paths() == ["GET /"]
        assert town.finished() == {code_of(0)}
        assert "首页可以正常访问" in (town.folder / "reports" / f"{code_of(1)}.html").read_text("utf-8")

        town.run("-a", "resume=1")
        assert town.webs[1].paths() == ["GET /"]
        town.run("-a", f"site={code_of(0)}")
        assert town.webs[1].paths() == ["GET /"]

        registered(town, "正常", "正常", "例外", "关停", "关停", "关停")
        town.run("-a", "resume=1")
        assert code_of(1) in town.finished()
        assert "GET /news/" in town.webs[1].paths()

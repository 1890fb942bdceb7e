import datetime as dt
import logging
from pathlib import Path

import pytest

from govspider.closing import plain
from govspider.extensions import ByCode, OneLine, RoundFile, untimely
from govspider.facts import Fetch, Home, Inspection, Site, SiteFacts, Visit

FULL = Path("/dev/full")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("某县人民政府", "某县人民政府"),
        ("a\x1b[2Jb", "a [2Jb"),
        ("a\x9b31mb", "a 31mb"),
        ("a\r\nb\x07", "a  b "),
        ("a\u202eb\u2066c", "a b c"),
        ("[red]a[/red]", "[red]a[/red]"),
    ],
)
def test_no_text_from_outside_commands_the_terminal(text: str, shown: str) -> None:
    assert plain(text).plain == shown
    assert plain(text).spans == []


def test_a_page_cannot_forge_a_line_of_the_log() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, "%s failed", ("http://a/\n2026 ERROR forged",), None)
    assert OneLine("%(message)s").format(record) == "http://a/ 2026 ERROR forged failed"


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_once_and_without_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    handler = RoundFile(FULL, encoding="utf-8")
    for text in ("one", "two"):
        handler.handle(logging.LogRecord("name", logging.INFO, "", 0, text, (), None))
    handler.close()
    told = capsys.readouterr().err
    assert told == f"{FULL} 写不下去了，其中的记录不全。请检查磁盘空间。\n"


def test_a_site_that_could_not_be_saved_is_named_and_not_poured_out() -> None:
    site = Site("6108270006", "某县人民政府", "http://www.example.gov.cn/")
    facts = SiteFacts(site, dt.date(2026, 6, 30), Home(Visit(site.url, site.url, Fetch.OK, 200)))
    line = ByCode().item_error(Inspection("2026Q2", facts), OSError("disk full\n[SQL: INSERT …]"), None, None)
    assert line["msg"] % line["args"] == "6108270006 的检查结果没有保存（disk full）"
    assert "某县" not in str(ByCode().scraped(Inspection("2026Q2", facts), None, None))


def test_a_checkpoint_that_is_still_to_come_is_noticed() -> None:
    today = dt.date(2026, 6, 30)
    assert untimely(today, today) == untimely(dt.date(2026, 3, 31), today) == ""
    assert "监测时间点 2062-06-30 还没有到" in untimely(dt.date(2062, 6, 30), today)

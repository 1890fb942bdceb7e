import datetime as dt
from dataclasses import replace
from itertools import product

import pytest

from govspider.checks.common import clip, months_before, page_key, settle, unread_reason, visit_gap
from govspider.facts import SOFT_404, Fetch, Outcome, Visit


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-06-30", 6, "2025-12-30"),
        ("2026-08-31", 6, "2026-02-28"),
        ("2028-08-31", 6, "2028-02-29"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-12-31", 12, "2025-12-31"),
        ("2028-02-29", 12, "2027-02-28"),
        ("2026-05-31", 3, "2026-02-28"),
    ],
)
def test_months_before(day: str, months: int, before: str) -> None:
    assert months_before(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(before)


@pytest.mark.parametrize(("certain", "possible", "gap"), list(product(range(5), range(5), (False, True))))
def test_settle_agrees_with_every_way_the_unknown_could_be(certain: int, possible: int, gap: bool) -> None:
    """An outcome holds when it holds however the unknown cases would turn out; a gap may hide any number of them."""
    limit = 3
    worlds = [certain + more >= limit for more in range(possible + 1 + (limit if gap else 0))]
    expected = Outcome.VIOLATION if all(worlds) else Outcome.UNKNOWN if any(worlds) else Outcome.PASS
    assert settle(certain, possible, limit, ("检查未完成",) if gap else ()) is expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/x/", "http://A.example/x", True),
        ("https://a.example/x/", "https://a.example/x/index.html", True),
        ("https://a.example/x/#top", "https://a.example/x/", True),
        ("https://a.example/#/list/1", "https://a.example/#/list/2", False),
        ("https://a.example/l?id=1", "https://a.example/l?id=2", False),
        ("https://a.example:8001/", "https://a.example:8002/", False),
        ("https://[broken", "https://[broken", True),
    ],
)
def test_page_key(one: str, other: str, same: bool) -> None:
    assert (page_key(one) == page_key(other)) is same


def test_clip_makes_one_short_line() -> None:
    assert clip("  甲\n\t乙 ") == "甲 乙"
    assert len(clip("长" * 10_000)) == 60


def test_reasons_name_what_was_not_read() -> None:
    rows = [{"name": f"栏目{number}", "reason": "访问超时"} for number in range(7)]
    told = unread_reason("栏目", rows, ("检查未完成（页数到上限）",))
    assert told.startswith("7个栏目未能核查：“栏目0”（访问超时）、")
    assert told.endswith("等；检查未完成（页数到上限）")
    assert unread_reason("栏目", (), ("检查未完成",)) == "检查未完成"


def test_a_missing_page_is_told_as_the_server_answered() -> None:
    gone = Visit("http://a.gov.cn/1", "http://a.gov.cn/1", Fetch.HTTP_ERROR, 404)
    assert visit_gap(gone) == "服务器返回错误（404）"
    assert visit_gap(replace(gone, error=SOFT_404)) == "页面不存在，却以正常状态返回"

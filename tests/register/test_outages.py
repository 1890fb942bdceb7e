"""Announced outages as offices write them down: times in Beijing, every mistake told."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from govspider.facts import BEIJING, Outage
from govspider.register import RegisterError, load_outages

HEAD = "网站标识码,停机开始,停机结束,停机原因,批准人"
CODE = "4499000001"


def at(day: int, hour: int = 0, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 6, day, hour, minute, tzinfo=BEIJING)


def saved(folder: Path, *rows: str, head: str = HEAD, encoding: str = "utf-8") -> Path:
    path = folder / "outages.csv"
    path.write_bytes("\n".join((head, *rows)).encode(encoding))
    return path


def problems(path: Path, codes: frozenset[str] | None = None) -> tuple[str, ...]:
    with pytest.raises(RegisterError) as error:
        load_outages(path, codes)
    return error.value.problems


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2026-06-24 08:00", "2026-06-24 12:30", (at(24, 8), at(24, 12, 30))),
        ("2026/6/24 8:00", "2026/6/24 24:00", (at(24, 8), at(25))),
        ("2026年6月24日8时", "2026年6月24日 12时30分", (at(24, 8), at(24, 12, 30))),
        ("2026.6.24", "2026.6.25", (at(24), at(26))),
        ("2026-06-24T08:00:00", "2026-06-25 00:00", (at(24, 8), at(25))),
        ("２０２６－０６－２４　０８：００", "2026-06-24 08:00:30.5", None),
    ],
)
def test_times_are_beijing_times_and_days_are_whole(
    tmp_path: Path, since: str, until: str, expected: tuple[dt.datetime, dt.datetime] | None
) -> None:
    path = saved(tmp_path, f"{CODE},{since},{until},检修,市府办")
    if expected is None:
        assert "不晚于停机开始" in problems(path)[0]
    else:
        assert load_outages(path) == (Outage(CODE, *expected, "检修", "市府办"),)


def test_any_program_may_have_written_it(tmp_path: Path) -> None:
    english = saved(tmp_path, f"{CODE},2026-06-24,2026-06-24,x,y", head="code,from,to,reason,approved_by")
    assert load_outages(english)[0].until == at(25)
    chinese = saved(tmp_path, f"市府办,检修,{CODE},2026-06-24,2026-06-24,附", head="批准人,原因,标识码,开始时间,结束时间,备注", encoding="gb18030")  # fmt: skip
    assert load_outages(chinese)[0].approved_by == "市府办"
    book = openpyxl.Workbook()
    book.active.append(HEAD.split(","))
    book.active.append([int(CODE), dt.datetime(2026, 6, 24, 8), dt.datetime(2026, 6, 24, 9, 15), "检修", "市府办"])  # noqa: DTZ001
    book.active.append([CODE, dt.date(2026, 6, 24), dt.date(2026, 6, 24), "检修", "市府办"])
    book.save(tmp_path / "outages.xlsx")
    times = [(one.since, one.until) for one in load_outages(tmp_path / "outages.xlsx")]
    assert times == [(at(24, 8), at(24, 9, 15)), (at(24), at(25))]


def test_every_bad_row_is_told(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        f"{CODE},2026-06-24 08:00,2026-06-24 12:00,检修,市府办",
        "123,2026-06-24,2026-06-24,检修,市府办",
        f"{CODE},昨天,2026-06-24,检修,市府办",
        f"{CODE},2026-02-30,2026-06-24 25:00,检修,市府办",
        f"{CODE},2026-06-25,2026-06-24,检修,市府办",
        f"{CODE},2024-06-25,2026-06-24,检修,市府办",
        f"{CODE},,,,",
        f"{CODE},2026-06-24,2026-06-24,=1+1,市府办",
        "4499000099,2026-06-24,2026-06-24,检修,市府办",
    )
    told = problems(path, frozenset({CODE}))
    expected = (
        "第 3 行：网站标识码“123”不合规",
        "第 4 行：停机开始“昨天”不是日期和时间",
        "第 5 行：停机开始“2026-02-30”不是日历上有的日期",
        "第 5 行：停机结束“2026-06-24 25:00”的时间超出一天",
        "第 6 行：停机结束“2026-06-24”不晚于停机开始“2026-06-25”",
        "第 7 行：停机超过 366 天",
        "第 8 行：停机开始缺失",
        "第 8 行：停机结束缺失",
        "第 8 行：停机原因缺失",
        "第 8 行：批准人缺失",
        "第 9 行：停机原因“=1+1”以公式符号",
        "第 10 行：网站标识码“4499000099”不在网站名册中",
    )
    assert len(told) == len(expected)
    for text, part in zip(told, expected, strict=True):
        assert part in text

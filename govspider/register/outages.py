"""The outages register (报备): when which site may be out of reach, for what reason, by whose approval. Beijing time."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from govspider.facts import BEIJING, Outage
from govspider.register import cells
from govspider.register.problems import Problems, RegisterError
from govspider.register.table import Heading, Row, Schema, Table, read_table

OUTAGES = Schema(
    "报备停机登记表",
    "停机时段",
    "register/outages.example.csv",
    (
        Heading("code", "网站标识码", True, ("标识码", "政府网站标识码", "site_code")),
        Heading("from", "停机开始", True, ("停机开始时间", "开始时间", "起始时间", "开始", "since", "start")),
        Heading("to", "停机结束", True, ("停机结束时间", "结束时间", "截止时间", "结束", "until", "end")),
        Heading("reason", "停机原因", True, ("原因", "事由")),
        Heading("approved_by", "批准人", True, ("批准单位", "审批人", "审批单位", "同意单位")),
    ),
)
MOMENT = re.compile(
    r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?(?:[T\s]*(\d{1,2})\s?[:时点]\s?(?:(\d{1,2})(?:\s?[:分]\s?\d{1,2}(?:\.\d+)?)?)?\s?[分秒]?)?"
)
EXAMPLE = "2026-06-24 08:00"
LONGEST = dt.timedelta(days=366)
ONE_DAY = dt.timedelta(days=1)
NEVER = dt.datetime(1, 1, 1, tzinfo=BEIJING)


def load_outages(path: Path, codes: frozenset[str] | None = None) -> tuple[Outage, ...]:
    """``codes`` are those of the sites register, None when they are not known. Raises RegisterError with every problem."""
    table = read_table(path, (OUTAGES,))
    outages = read_outages(table, codes)
    if table.problems.found:
        raise RegisterError(table.problems.texts())
    return outages


def read_outages(table: Table, codes: frozenset[str] | None = None) -> tuple[Outage, ...]:
    """The rows; problems are added to the table's."""
    return tuple(_outage(row, table.problems, codes) for row in table.rows)


def _outage(row: Row, problems: Problems, codes: frozenset[str] | None) -> Outage:
    line, cell = row.line, row.cells
    code = problems.value(line, "网站标识码", cell["code"], cells.site_code, "")
    if code and codes is not None and code not in codes:
        problems.add(line, f"网站标识码“{code}”不在网站名册中，请核对，或先把该网站加入网站名册")
    since = problems.value(line, "停机开始", cell["from"], moment(last=False), NEVER)
    until = problems.value(line, "停机结束", cell["to"], moment(last=True), NEVER)
    if NEVER not in (since, until):
        if until <= since:
            problems.add(line, f"停机结束{cells.show(cell['to'])}不晚于停机开始{cells.show(cell['from'])}，请更正")
        elif until - since > LONGEST:
            problems.add(line, f"停机超过 {LONGEST.days} 天，请核对起止时间；长期停用的网站请在网站名册中改报送状态")
    return Outage(
        code=code,
        since=since,
        until=until,
        reason=problems.value(line, "停机原因", cell["reason"], cells.name, ""),
        approved_by=problems.value(line, "批准人", cell["approved_by"], cells.name, ""),
    )


def moment(*, last: bool) -> Callable[[str], dt.datetime]:
    """A parser of a day with or without a time of day. A day alone is meant whole: its end where it is the ``last``."""

    def parse(text: str) -> dt.datetime:
        if not text:
            raise ValueError(f"缺失，请填写日期和时间，例如 {EXAMPLE}")
        found = MOMENT.fullmatch(unicodedata.normalize("NFKC", text).strip())
        if found is None:
            raise ValueError(f"不是日期和时间，请写成 {EXAMPLE} 的样子（北京时间）")
        year, month, day, hour, minute = (int(part or 0) for part in found.groups())
        try:
            midnight = dt.datetime(year, month, day, tzinfo=BEIJING)
        except ValueError:
            raise ValueError("不是日历上有的日期，请更正") from None
        if hour * 60 + minute > 24 * 60 or minute > 59:
            raise ValueError("的时间超出一天，请更正")
        if found[4] is None:
            return midnight + ONE_DAY if last else midnight
        return midnight + dt.timedelta(hours=hour, minutes=minute)

    return parse

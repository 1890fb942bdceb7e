"""Cells of the tables that units hand in. Parsers raise ValueError whose text is the remedy, as those of registers do."""

import calendar
import datetime as dt
import re
import unicodedata

from govspider.accounts.moments import EARLIEST
from govspider.reading.dates import first_day

MONTH = re.compile(r"(20\d\d)\s*[-年/.]?\s*(0?[1-9]|1[0-2])(?:\s*月)?(?:\s*份)?(?:-\d\d)?(?:\s[\d:]+)?", re.ASCII)
TEN_THOUSANDS = re.compile(r"(\d+(?:\.\d+)?)\s*[万wW]\+?", re.ASCII)
MOST = 10**11


def month(text: str) -> dt.date:
    """The last day of the month."""
    match = MONTH.fullmatch(_narrow(text))
    if not match:
        raise ValueError("不是月份，请按 2026-06 的样子填写")
    return last_of_month(dt.date(int(match[1]), int(match[2]), 1))


def last_of_month(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def past_day(text: str, today: dt.date) -> dt.date:
    """A day that is over or that is today."""
    found = first_day(_narrow(text), today)
    if found is None or found < EARLIEST:
        raise ValueError("不是日期，请按 2026-06-30 的样子填写")
    if found > today:
        raise ValueError("晚于今天，请更正")
    return found


def count(text: str) -> int:
    plain = _narrow(text).replace(",", "").removesuffix("条").removesuffix("次").strip()
    if match := TEN_THOUSANDS.fullmatch(plain):
        return int(float(match[1]) * 10_000)
    plain = re.sub(r"\.0+$", "", plain)
    if not plain.isdecimal() or int(plain[:12]) > MOST:
        raise ValueError("不是数，请填写不小于 0 的整数")
    return int(plain)


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()

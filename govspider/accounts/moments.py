"""Dates as feeds and interfaces write them → days in Beijing. What names no zone was written in Beijing."""

import datetime as dt
import re
from email.utils import parsedate_to_datetime

from govspider.facts import BEIJING
from govspider.reading.dates import first_day, narrow

EARLIEST = dt.date(2005, 1, 1)  # before it no platform existed: a default, not a date
CHINA = re.compile(
    r"\bCST\b|\bChina Standard Time\b|\bGMT\+8\b|\bUTC\+8\b|\bAsia/Shanghai\b|中国标准时间", re.IGNORECASE
)
WEIBO = re.compile(r"^\w{3} (\w{3}) (\d{1,2}) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})$", re.ASCII)
SECONDS = re.compile(r"\d{10}(\d{3})?", re.ASCII)
LONGEST = 60


def moment_of(value: object) -> dt.datetime | None:
    """An instant with its zone; None for what is no full date. Whole numbers are Unix seconds or milliseconds."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = " ".join(narrow(str(value)[:LONGEST]).split())
    if SECONDS.fullmatch(text):
        return _within(dt.datetime.fromtimestamp(int(text[:10]), dt.UTC))
    if match := WEIBO.match(text):
        month, day, time, zone, year = match.groups()
        text = f"{day} {month} {year} {time} {zone}"
    text = CHINA.sub("+0800", text)
    for parse in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            parsed = parse(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return _within(parsed if parsed.tzinfo else parsed.replace(tzinfo=BEIJING))
    return None


def day_of(value: object, read_on: dt.date) -> dt.date | None:
    """The day in Beijing; None for what is no date, was never possible, or is later than the day it was read."""
    moment = moment_of(value)
    day = moment.astimezone(BEIJING).date() if moment else None
    if day is None and isinstance(value, str):
        day = first_day(value[:LONGEST], read_on)
    return day if day is not None and EARLIEST <= day <= read_on else None


def _within(moment: dt.datetime) -> dt.datetime | None:
    """A zone may push a date out of what a calendar holds."""
    return moment if 1970 <= moment.year <= 9000 else None

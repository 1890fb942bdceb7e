"""What stored inspections read of a site's columns, summed up for the next walk. Pure: no SQL."""

import datetime as dt
from collections.abc import Iterable

from govspider.facts import BEIJING, EarlierColumn
from govspider.inspecting.urls import key

REMEMBERED = 8  # inspections of a site; what none of them saw is forgotten

Row = tuple[str, str, int, dt.datetime, dt.date | None]  # url, name, entries, when, newest


def remembered(rows: Iterable[Row]) -> tuple[EarlierColumn, ...]:
    """``rows`` oldest first. One column for each page: its last address and name, its most entries, its newest date."""
    found: dict[str, EarlierColumn] = {}
    for url, name, entries, at, newest in rows:
        before = found.pop(key(url), None)
        dates = [day for day in (newest, before.newest if before else None) if day is not None]
        most = max(entries, before.entries if before else 0)
        found[key(url)] = EarlierColumn(url, name, most, at.astimezone(BEIJING).date(), max(dates, default=None))
    return tuple(found.values())

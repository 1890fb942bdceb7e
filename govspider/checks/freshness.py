"""Columns without an update: which window each has, and when it counts as missed.

A window is inclusive: an entry dated on its first day is an update. The official note counts entries without a
publish date as no update. A column is updated when any column below it is.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from govspider.checks.columns import (
    LISTS,
    Opinion,
    above,
    blankness,
    column_finding,
    count_finding,
    own_columns,
    survey,
    unread,
    unread_below,
)
from govspider.checks.common import clip, days_before, iso, months_before, site_finding
from govspider.facts import Category, Column, Finding, Outcome, SiteFacts

YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class NewsWindows:
    news_days: int
    notice_months: int
    limit: int


@dataclass(frozen=True, slots=True)
class LongWindow:
    """``exempt`` categories and columns named with ``archive_words`` are judged only when the register sets a limit."""

    default_months: int
    exempt: tuple[Category, ...]
    archive_words: tuple[str, ...]
    limit: int


@dataclass(frozen=True, slots=True)
class ColumnWindows:
    """Windows of one column by category; ``top_level`` categories have theirs only at the top level."""

    news_days: int
    notice_months: int
    top_level: tuple[Category, ...]
    default_months: int
    exempt: tuple[Category, ...]
    archive_words: tuple[str, ...]


def newest_seen(column: Column, checkpoint: dt.date) -> dt.date | None:
    """The newest date of the column and of those below it; nothing after the checkpoint counts."""
    return max((day for day in (column.newest, column.newest_below) if day and day <= checkpoint), default=None)


def freshness(column: Column, since: dt.date, checkpoint: dt.date, gaps_below: frozenset[str]) -> Opinion:
    """Whether there was an update from ``since`` to the checkpoint, both days included."""
    newest = newest_seen(column, checkpoint)
    if newest and newest >= since:
        return Outcome.PASS, ""
    blank, reason = blankness(column, gaps_below)
    if blank is Outcome.VIOLATION:
        return Outcome.NOT_APPLICABLE, "空白栏目另行计数"
    if blank is Outcome.NOT_APPLICABLE:
        return blank, reason
    if reason := reason or unread(column):
        return Outcome.UNKNOWN, reason
    if column.url in gaps_below:
        return Outcome.UNKNOWN, "下级栏目未能读取"
    if newest or column.undated:
        return Outcome.VIOLATION, ""
    if column.newest or column.newest_below:
        return Outcome.UNKNOWN, "只见监测时间点之后的日期"
    if column.single_page or (not column.entry_count and (column.children or column.category not in LISTS)):
        return Outcome.NOT_APPLICABLE, "不是列表栏目"
    return Outcome.UNKNOWN, "条目日期无法识别"


def archived(column: Column, checkpoint: dt.date, words: Sequence[str]) -> bool:
    """Whether the name says that nothing new belongs here: an archive, or a year that is over."""
    names = (*column.path, column.name)
    years = [int(year) for year in YEAR.findall(column.name)]
    return any(word in name for name in names for word in words) or (bool(years) and max(years) < checkpoint.year)


def quick(column: Column) -> bool:
    """Whether the two-week or six-month window of the veto applies: news; notice and policy at the top level."""
    return column.category is Category.NEWS or (
        column.category in (Category.NOTICE, Category.POLICY) and column.top_level
    )


def quick_since(column: Column, checkpoint: dt.date, params: NewsWindows | ColumnWindows) -> dt.date:
    if column.category is Category.NEWS:
        return days_before(checkpoint, params.news_days)
    return months_before(checkpoint, params.notice_months)


def long_since(column: Column, checkpoint: dt.date, params: LongWindow | ColumnWindows) -> dt.date | None:
    """The first day of the long window; None for a column that need not be updated.

    The register's limit goes first, but it never shortens the window of a column that the two-week and six-month
    windows judge already: that would count the same delay twice.
    """
    default = months_before(checkpoint, params.default_months)
    if column.max_days is not None:
        since = days_before(checkpoint, column.max_days)
        return min(since, default) if quick(column) else since
    leads_on = bool(column.children) and not column.entry_count  # its columns are judged themselves
    exempt = column.category in params.exempt or archived(column, checkpoint, params.archive_words)
    return None if exempt or leads_on else default


def counted_once(facts: SiteFacts, bad: Sequence[Column]) -> tuple[Column, ...]:
    """Leaves out columns that only collect the entries of counted columns below them."""
    collecting = above(facts, bad)
    return tuple(
        column
        for column in bad
        if column.url not in collecting or (column.newest is not None and column.newest != column.newest_below)
    )


def stale_row(column: Column, since: dt.date, checkpoint: dt.date) -> dict[str, Any]:
    newest = newest_seen(column, checkpoint)
    return {
        "name": clip(column.name),
        "url": column.url,
        "newest": iso(newest),
        "days": (checkpoint - newest).days if newest else None,
        "limit": (checkpoint - since).days,
        "undated": newest is None,
    }


def stale_count(facts: SiteFacts, windows: Sequence[tuple[Column, dt.date]], limit: int) -> Finding:
    gaps = unread_below(facts)
    since = {id(column): day for column, day in windows}
    said = survey(
        (column for column, _ in windows),
        lambda column: freshness(column, since[id(column)], facts.checkpoint, gaps),
    )
    counted = counted_once(facts, said.bad)
    rows = [stale_row(column, since[id(column)], facts.checkpoint) for column in counted]
    return count_finding(facts, said, rows, limit, minus=len(said.bad) - len(counted))


def columns_news_stale(facts: SiteFacts, params: NewsWindows) -> Iterator[Finding]:
    """News columns without an update in two weeks plus notice and policy columns without one in six months."""
    columns = [column for column in own_columns(facts) if quick(column)]
    windows = [(column, quick_since(column, facts.checkpoint, params)) for column in columns]
    yield stale_count(facts, windows, params.limit)


def columns_stale(facts: SiteFacts, params: LongWindow) -> Iterator[Finding]:
    """Columns that should be updated and have long not been."""
    windows = [
        (column, since)
        for column in own_columns(facts)
        if (since := long_since(column, facts.checkpoint, params)) is not None
    ]
    yield stale_count(facts, windows, params.limit)


def column_since(column: Column, checkpoint: dt.date, params: ColumnWindows) -> dt.date | None:
    """The first day of the window of one column, None when it need not be updated."""
    if column.max_days is not None:
        return days_before(checkpoint, column.max_days)
    if column.category is Category.NEWS or (column.category in params.top_level and column.top_level):
        return quick_since(column, checkpoint, params)
    return long_since(column, checkpoint, params)


def column_opinion(column: Column, facts: SiteFacts, params: ColumnWindows, gaps_below: frozenset[str]) -> Opinion:
    since = column_since(column, facts.checkpoint, params)
    if since is None:
        return Outcome.NOT_APPLICABLE, "无更新要求的栏目"
    return freshness(column, since, facts.checkpoint, gaps_below)


def column_stale(facts: SiteFacts, params: ColumnWindows) -> Iterator[Finding]:
    """Each column that missed its window."""
    gaps = unread_below(facts)
    said = survey(own_columns(facts), lambda column: column_opinion(column, facts, params, gaps))
    if not own_columns(facts):
        yield site_finding(Outcome.UNKNOWN, facts, reason="未识别出任何栏目")
    for column in said.bad:
        since = column_since(column, facts.checkpoint, params) or facts.checkpoint
        yield column_finding(column, Outcome.VIOLATION, **stale_row(column, since, facts.checkpoint))
    for column, reason in said.unknown:
        yield column_finding(column, Outcome.UNKNOWN, reason=reason)
    for column in said.good:
        yield column_finding(column, Outcome.PASS, newest=iso(newest_seen(column, facts.checkpoint)))
    for column, reason in said.exempt:
        yield column_finding(column, Outcome.NOT_APPLICABLE, reason=reason)

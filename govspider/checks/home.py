"""The home page: is there anything new on it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govspider.checks.columns import own_columns, unread, unread_rows
from govspider.checks.common import clip, days_before, iso, site_finding, unread_reason, walk_gap
from govspider.facts import Category, Column, Finding, Outcome, SiteFacts


@dataclass(frozen=True, slots=True)
class HomeWindow:
    days: int


def home_stale(facts: SiteFacts, params: HomeWindow) -> Iterator[Finding]:
    """No information dated within the window on the home page, or behind a home page that only leads on."""
    home, since = facts.home, days_before(facts.checkpoint, params.days)
    newest = home.newest if home.newest and home.newest <= facts.checkpoint else None
    evidence = {
        "newest": iso(newest),
        "days": (facts.checkpoint - newest).days if newest else None,
        "limit": params.days,
        "title": clip(home.newest_title),
        "newest_url": home.newest_url,
        "undated": newest is None,
        "navigation_only": home.navigation_only,
    }
    if newest and newest >= since:
        yield site_finding(Outcome.PASS, facts, **evidence)
    elif reason := _home_gap(facts, newest, since):
        yield site_finding(Outcome.UNKNOWN, facts, **evidence, reason=reason)
    else:
        yield site_finding(Outcome.VIOLATION, facts, **evidence)


def _home_gap(facts: SiteFacts, newest: dt.date | None, since: dt.date) -> str:
    """Why it cannot be said that nothing was updated; empty when it can."""
    home, columns = facts.home, own_columns(facts)
    if home.reason:
        return clip(home.reason)
    if home.navigation_only:
        gaps = list(walk_gap(facts)) + ([] if columns else ["未识别出任何二级页面"])
        rows = unread_rows((column, unread(column)) for column in columns if unread(column))
        if rows or gaps:
            return "首页仅为导航入口，" + unread_reason("二级页面", rows, gaps)
        lists = [column for column in columns if column.entry_count]
        told = newest is not None or (bool(lists) and all(column.undated for column in lists))
        return "" if told else "二级页面信息的发布时间无法识别"
    if _moved_on(columns, since, facts.checkpoint):
        return "网站在监测时间点之后又有更新，首页当时的内容无法还原"
    if newest is not None:
        return ""
    if home.newest is not None:
        return "首页只见监测时间点之后的日期"
    if not home.undated:
        return "首页信息的发布时间无法识别"
    days = (column.newest for column in columns if column.category is not Category.INTERACTION)  # letters have dates
    fresh = any(day and since <= day <= facts.checkpoint for day in days)
    return "首页信息未注明发布时间，但有栏目在时限内更新" if fresh else ""


def _moved_on(columns: Sequence[Column], since: dt.date, checkpoint: dt.date) -> bool:
    """Whether entries from after the checkpoint may have pushed entries of the window off the home page: a column has
    later entries, and below them some in the window or none that can be seen."""
    return any(
        (column.newest is None or since <= column.newest <= checkpoint)
        and any(entry.date is not None and entry.date > checkpoint for entry in column.entries)
        for column in columns
    )

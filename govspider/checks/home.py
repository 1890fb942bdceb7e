"""The home page: is it reachable, is there anything new on it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govspider.checks.columns import own_columns, unread, unread_rows
from govspider.checks.common import clip, days_before, iso, site_finding, unread_reason, walk_gap
from govspider.facts import BEIJING, Column, Finding, Outcome, Probe, SiteFacts


@dataclass(frozen=True, slots=True)
class HomeWindow:
    days: int


@dataclass(frozen=True, slots=True)
class Reachability:
    days: int
    probes_a_day: int
    slow_seconds: float
    share: float


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
    fresh = any(column.newest and since <= column.newest <= facts.checkpoint for column in columns)
    return "首页信息未注明发布时间，但有栏目在时限内更新" if fresh else ""


def _moved_on(columns: Sequence[Column], since: dt.date, checkpoint: dt.date) -> bool:
    """Whether entries from after the checkpoint may have pushed entries of the window off the home page: a column has
    later entries, and below them some in the window or none that can be seen."""
    return any(
        (column.newest is None or since <= column.newest <= checkpoint)
        and any(entry.date is not None and entry.date > checkpoint for entry in column.entries)
        for column in columns
    )


def site_unreachable(facts: SiteFacts, params: Reachability) -> Iterator[Finding]:
    """The share of probes in the last full week that failed or took too long."""
    days: dict[dt.date, list[Probe]] = {}
    for probe in facts.probes:
        day = probe.at.astimezone(BEIJING).date()
        if day <= facts.checkpoint:
            days.setdefault(day, []).append(probe)
    if not days:
        yield site_finding(Outcome.NOT_APPLICABLE, facts, reason="本轮没有可用性监测记录")
        return
    last = max((day for day, probes in days.items() if len(probes) >= params.probes_a_day), default=max(days))
    week = [last - dt.timedelta(days=back) for back in range(params.days)]
    probes = [probe for day in week for probe in days.get(day, ())]
    short = sum(1 for day in week if len(days.get(day, ())) < params.probes_a_day)
    failed = _unopened(probes, params.slow_seconds)
    share = failed / len(probes)
    evidence = {
        "since": iso(week[-1]),
        "until": iso(last),
        "probes": len(probes),
        "failed": failed,
        "share": share,
        "limit": params.share,
        "seconds": params.slow_seconds,
    }
    if short:
        reason = f"连续{params.days}天的监测中有{short}天不足{params.probes_a_day}次"
        yield site_finding(Outcome.UNKNOWN, facts, **evidence, reason=reason)
    else:
        yield site_finding(Outcome.VIOLATION if share >= params.share else Outcome.PASS, facts, **evidence)


def _unopened(probes: Sequence[Probe], slow_seconds: float) -> int:
    return sum(1 for probe in probes if not probe.ok or (probe.seconds is not None and probe.seconds >= slow_seconds))

"""Whether a home page opens, by the probes of a week; only what cannot be our own trouble counts against a site."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from govspider.checks.common import iso, site_finding
from govspider.facts import BEIJING, Fetch, Finding, Outage, Outcome, Period, Probe, ProbedWeek, SiteFacts

# The page was kept from us, or our tool could not have it: nothing is known of what visitors see.
UNCLEAR = frozenset({Fetch.BLOCKED, Fetch.ROBOTS, Fetch.PRIVATE, Fetch.TLS, Fetch.OFF_HOST})
# Of the errors that servers answer with, these mean that there is no home page; the others may be meant for us alone.
NO_PAGE = frozenset({404, 410})
# No answer of any kind: the site may be down, or a fire wall may drop what comes from our address.
SILENT = frozenset({Fetch.TIMEOUT, Fetch.OTHER})
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reachability:
    """``bound``: whether a share of just ``share`` is one already, as the threshold says it. ``look_back_days``: the latest full week must end within so many days up to the checkpoint. ``rest_hours``: failures
    during an inspection of ours do not count, nor those without an answer so long after it, since it may be the reason. ``jump_share`` and
    ``jump_hosts``: so many hosts that fail at once, and did not ``jump_hours`` before, void a run's probes."""

    days: int
    probes_a_day: int
    slow_seconds: float
    share: float
    bound: Literal["含", "不含"]
    look_back_days: int
    rest_hours: float
    jump_share: float
    jump_hosts: int
    jump_hours: float


def opened(probe: Probe, slow_seconds: float) -> bool | None:
    """Whether the home page opened in time; None where the probe cannot tell."""
    if probe.seconds is not None and probe.seconds >= slow_seconds:
        return False
    if probe.ok:
        return True
    if probe.outcome in UNCLEAR:
        return None
    if probe.outcome == Fetch.HTTP_ERROR:
        return False if probe.status >= 500 or probe.status in NO_PAGE else None
    return None if probe.outcome == Fetch.OTHER and probe.status else False  # redirected without end


def probed_week(facts: SiteFacts, params: Reachability) -> ProbedWeek | None:
    """The latest week with enough probes on each day, else the one up to the last probe; None without any probe."""
    first = facts.checkpoint - dt.timedelta(days=params.look_back_days - 1)
    days: dict[dt.date, _Day] = {}
    for probe in facts.probes:
        day = probe.at.astimezone(BEIJING).date()
        if first <= day <= facts.checkpoint:
            days.setdefault(day, _Day()).add(probe, facts, params)
    if not days:
        return None
    for last in sorted(days, reverse=True):
        if last - (params.days - 1) * ONE_DAY >= first and not (week := _week(days, last, params)).short:
            return week
    return _week(days, max(days), params)


def site_unreachable(facts: SiteFacts, params: Reachability) -> Iterator[Finding]:
    """The share of a week's probes that failed or took too long."""
    week = probed_week(facts, params)
    if week is None:
        reason = f"监测时间点前{params.look_back_days}天内没有可用性监测记录"
        yield site_finding(Outcome.NOT_APPLICABLE, facts, reason=reason)
        return
    evidence = {
        "since": iso(week.since),
        "until": iso(week.until),
        "probes": week.valid,
        "failed": week.failed,
        "share": week.share,
        "limit": params.share,
        "seconds": params.slow_seconds,
        "silent": week.silent,
        "voided": week.voided,
        "declared": week.declared,
        "unclear": week.unclear,
    }
    if reason := _gap(week, params):
        yield site_finding(Outcome.UNKNOWN, facts, **evidence, reason=reason)
    else:
        share = week.share or 0
        beyond = share > params.share or (share == params.share and params.bound == "含")
        outcome = Outcome.VIOLATION if beyond else Outcome.PASS
        yield site_finding(outcome, facts, **evidence)


def _gap(week: ProbedWeek, params: Reachability) -> str:
    """Why nothing can be said; empty when it can."""
    if week.short:
        left_out = {"报备停机期间": week.declared, "因本机或监测方原因作废": week.voided, "未能判断": week.unclear}
        notes = "、".join(f"{name}{count}次" for name, count in left_out.items() if count)
        few = f"连续{params.days}天的监测中有{len(week.short)}天有效监测不足{params.probes_a_day}次"
        return f"{few}（未计入：{notes}）" if notes else few
    if week.silent == week.valid:
        return "监测期内从本机一次也没有打开，也没有得到任何应答，不能排除本机地址被拦截，请换一处网络核实"
    return ""


class _Day:
    """The probes of one day, sorted by whether they count."""

    def __init__(self) -> None:
        self.valid: list[Probe] = []
        self.failures: list[Probe] = []
        self.voided = self.declared = self.unclear = 0

    def add(self, probe: Probe, facts: SiteFacts, params: Reachability) -> None:
        good = opened(probe, params.slow_seconds)
        if probe.voided or (good is False and _disturbed(probe, facts.own_visits, params.rest_hours)):
            self.voided += 1
        elif _declared(probe, facts.outages):
            self.declared += 1
        elif good is None:
            self.unclear += 1
        else:
            self.valid.append(probe)
            if not good:
                self.failures.append(probe)


def _declared(probe: Probe, outages: Sequence[Outage]) -> bool:
    return any(outage.since <= probe.at < outage.until for outage in outages)


def _disturbed(probe: Probe, visits: Sequence[Period], rest_hours: float) -> bool:
    """Whether an inspection of ours may be the reason for a failure: by its load while it went on, by what a fire wall
    then did with our address for some time after."""
    kept_out = probe.outcome != Fetch.DNS and not _answered(probe)
    rest = dt.timedelta(hours=rest_hours if kept_out else 0)
    return any(visit.since <= probe.at <= visit.until + rest for visit in visits)


def _week(days: dict[dt.date, _Day], last: dt.date, params: Reachability) -> ProbedWeek:
    dates = [last - back * ONE_DAY for back in reversed(range(params.days))]
    week = [days.get(date, _Day()) for date in dates]
    valid = [probe for day in week for probe in day.valid]
    failures = tuple(probe for day in week for probe in day.failures)
    waits = sorted(probe.first_byte for probe in valid if probe.first_byte is not None)
    return ProbedWeek(
        since=dates[0],
        until=last,
        valid=len(valid),
        failed=len(failures),
        silent=sum(_is_silent(probe) for probe in failures),
        voided=sum(day.voided for day in week),
        declared=sum(day.declared for day in week),
        unclear=sum(day.unclear for day in week),
        short=tuple(date for date, day in zip(dates, week, strict=True) if len(day.valid) < params.probes_a_day),
        first_byte=waits[(len(waits) - 1) // 2] if waits else None,
        failures=failures,
        elsewhere=tuple(dict.fromkeys(host for probe in valid if (host := _elsewhere(probe)))),
    )


def _elsewhere(probe: Probe) -> str:
    """The host on which it ended, when that is not the site's own, with or without www."""
    try:
        asked, ended = (urlsplit(url).hostname or "" for url in (probe.url, probe.final_url))
    except ValueError:
        return ""
    return ended if ended and ended.removeprefix("www.") != asked.removeprefix("www.") else ""


def _is_silent(probe: Probe) -> bool:
    return probe.outcome in SILENT and not _answered(probe)


def _answered(probe: Probe) -> bool:
    """Whether the home page's server said anything, be it an error."""
    return probe.first_byte is not None or probe.status > 0

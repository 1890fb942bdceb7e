"""What every check shares: windows in calendar time, counting with three values, reasons, rows of evidence.

A check is ``(facts, params) -> Iterator[Finding]``: pure, without clock, network, settings or logging. Evidence holds
only what JSON holds, dates as ``YYYY-MM-DD``, so that a finding reads the same before and after it was stored.
"""

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from govspider.facts import TOLD, AccountFacts, Fetch, Finding, Outcome, Site, SiteFacts, Visit

FETCH_REASONS: Mapping[Fetch, str] = {
    Fetch.HTTP_ERROR: "服务器返回错误",
    Fetch.TIMEOUT: "访问超时",
    Fetch.REFUSED: "连接被拒绝",
    Fetch.DNS: "域名无法解析",
    Fetch.TLS: "安全证书异常",
    Fetch.BLOCKED: "被访问验证拦截",
    Fetch.ROBOTS: "robots 协议不允许访问",
    Fetch.TOO_LARGE: "页面过大",
    Fetch.NOT_HTML: "不是网页",
    Fetch.OFF_HOST: "跳转到站外",
    Fetch.PRIVATE: "地址不允许访问",
    Fetch.OTHER: "访问失败",
}
NAMES_SHOWN = 5
TEXT_SHOWN = 60


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day of the month, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def days_before(day: dt.date, days: int) -> dt.date:
    return day - dt.timedelta(days=days)


def clip(text: str) -> str:
    """One short line of text that came from a page."""
    line = " ".join(text.split())
    return line if len(line) <= TEXT_SHOWN else line[: TEXT_SHOWN - 1] + "…"


def iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def visit_gap(visit: Visit | None) -> str:
    """Why a page was not read; empty when it was."""
    if visit is None:
        return "未访问"
    if visit.fetch is Fetch.OK:
        return ""
    if visit.error in TOLD:
        return visit.error
    reason = FETCH_REASONS[visit.fetch]
    return f"{reason}（{visit.status}）" if visit.fetch is Fetch.HTTP_ERROR and visit.status else reason


def walk_gap(facts: SiteFacts) -> tuple[str, ...]:
    """The reason why pages may be missing from the facts; empty when the walk ran to its end."""
    return () if facts.complete else (f"检查未完成（{clip(facts.stopped) or '未走完全站'}）",)


def settle(certain: int, possible: int, limit: int, gaps: Sequence[str]) -> Outcome:
    """Three-valued ``count >= limit``: only certain cases accuse, and only a bounded rest acquits.

    ``possible`` counts what could not be told, ``gaps`` are reasons that leave the rest without a bound.
    """
    if certain >= limit:
        return Outcome.VIOLATION
    return Outcome.PASS if certain + possible < limit and not gaps else Outcome.UNKNOWN


def unread_reason(what: str, unread: Sequence[Mapping[str, Any]], gaps: Sequence[str]) -> str:
    """Names what could not be read: ``unread`` are rows with name and reason."""
    parts = []
    if unread:
        named = "、".join(f"“{row['name']}”（{row['reason']}）" for row in unread[:NAMES_SHOWN])
        rest = "等" if len(unread) > NAMES_SHOWN else ""
        parts.append(f"{len(unread)}个{what}未能核查：{named}{rest}")
    return "；".join([*parts, *gaps])


def site_finding(outcome: Outcome, facts: SiteFacts, **evidence: Any) -> Finding:
    """What a rule says of the site as a whole."""
    return Finding(rule="", outcome=outcome, url=facts.home.visit.final_url or facts.site.url, evidence=evidence)


def subject_finding(outcome: Outcome, facts: SiteFacts | AccountFacts, **evidence: Any) -> Finding:
    """What a rule says of the site or account as a whole."""
    if isinstance(facts, SiteFacts):
        return site_finding(outcome, facts, **evidence)
    return Finding(rule="", outcome=outcome, url=facts.account.url, evidence=evidence)


def is_ministry(site: Site) -> bool:
    """Whether the site is a department's of the State Council: their codes begin with bm."""
    return site.code.lower().startswith("bm")


def host(url: str) -> str:
    """The host with a port that is not the scheme's own; a leading ``www.`` makes no difference."""
    try:
        name = urlsplit(url).netloc.lower()
    except ValueError:
        return url
    return name.removesuffix(":80").removesuffix(":443").removeprefix("www.")


def page_key(url: str) -> str:
    """Equal for addresses of one page. A fragment counts only where it is a route (``#/…``, ``#!…``)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    path = parts.path.removesuffix("index.html").removesuffix("index.htm").rstrip("/")
    route = parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    return f"{parts.netloc.lower()}{path}?{parts.query}#{route}"


def drawn_with(facts: SiteFacts, draw: str) -> dict[str, Any]:
    """What makes a sample repeatable, for the evidence of its findings: the round it was drawn with, and from how many."""
    return {"seed": facts.samples.seed, "base": facts.samples.base.get(draw, 0)}

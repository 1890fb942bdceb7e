"""The counts and rates of a round. Every figure in the outputs is computed here, from the verdicts."""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from govspider.facts import RoundResults, SiteKind, SiteResult, SiteStatus, VerdictKind
from govspider.reports.text import chinese_number

_QUARTER = re.compile(r"(\d{4})Q([1-4])")


@dataclass(frozen=True, slots=True)
class Figures:
    """``checked`` are the sites that were judged or tried; ``waiting`` the normal sites nobody has looked at yet.

    checked = qualified + unqualified + undetermined; registered = checked + waiting + exceptions + closed.
    """

    registered: int
    checked: int
    waiting: int
    exceptions: int
    closed: int
    portals: int
    departments: int
    topics: int
    qualified: int
    unqualified: int
    undetermined: int
    pages: int
    columns: int
    columns_read: int
    cut_short: int
    rechecked: int
    recovered: int

    @property
    def normal(self) -> int:
        return self.checked + self.waiting

    @property
    def concluded(self) -> int:
        return self.qualified + self.unqualified


def is_checked(result: SiteResult) -> bool:
    return result.facts is not None and result.verdict.verdict is not VerdictKind.EXCLUDED


def is_waiting(result: SiteResult) -> bool:
    return result.facts is None and result.verdict.verdict is not VerdictKind.EXCLUDED


def count(results: RoundResults) -> Figures:
    checked = [result for result in results.sites if is_checked(result)]
    excluded = [result for result in results.sites if result.verdict.verdict is VerdictKind.EXCLUDED]
    kinds = Counter(result.site.kind for result in checked)
    verdicts = Counter(result.verdict.verdict for result in checked)
    closed = sum(result.site.status is SiteStatus.CLOSED for result in excluded)
    rechecked = [result for result in checked if result.first_verdict is not None]
    return Figures(
        registered=len(results.sites),
        checked=len(checked),
        waiting=sum(map(is_waiting, results.sites)),
        exceptions=len(excluded) - closed,
        closed=closed,
        portals=kinds[SiteKind.PORTAL],
        departments=kinds[SiteKind.DEPARTMENT],
        topics=kinds[SiteKind.TOPIC],
        qualified=verdicts[VerdictKind.QUALIFIED],
        unqualified=verdicts[VerdictKind.UNQUALIFIED],
        undetermined=verdicts[VerdictKind.UNDETERMINED],
        pages=sum(result.verdict.coverage.pages for result in checked),
        columns=sum(result.verdict.coverage.columns for result in checked),
        columns_read=sum(result.verdict.coverage.columns_read for result in checked),
        cut_short=sum(not result.verdict.coverage.complete for result in checked),
        rechecked=len(rechecked),
        recovered=sum(
            result.first_verdict is not None
            and result.first_verdict.verdict is VerdictKind.UNQUALIFIED
            and result.verdict.verdict is VerdictKind.QUALIFIED
            for result in rechecked
        ),
    )


def rate(part: int, base: int, decimals: int) -> str:
    """A percentage rounded half up. Only all of them is 100%, only none of them 0%; without a base there is none."""
    if base == 0:
        return "—"
    if part in (0, base):
        return "0%" if part == 0 else "100%"
    step = Decimal(1).scaleb(-decimals)
    return f"{(Decimal(part * 100) / Decimal(base)).quantize(step, ROUND_HALF_UP)}%"


def period(round_name: str, checkpoint: dt.date) -> str:
    """2021年第三季度: the round's own quarter, or its checkpoint's when the round has another name."""
    match = _QUARTER.fullmatch(round_name.strip())
    year, quarter = (int(match[1]), int(match[2])) if match else (checkpoint.year, (checkpoint.month + 2) // 3)
    return f"{year}年第{chinese_number(quarter)}季度"

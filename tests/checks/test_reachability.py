"""The week of probes, where the rule's own examples do not reach."""

import datetime as dt
from dataclasses import replace
from typing import Literal

import pytest

from govspider.checks.reachability import Reachability, opened, probed_week, site_unreachable
from govspider.facts import BEIJING, Outcome, Probe, SiteFacts
from govspider.rules.cases import build_case

LIMITS = Reachability(7, 20, 15, 0.05, "含", 31, 12, 0.2, 3, 24)
URL = "http://www.city.example/"
NOON = dt.datetime(2026, 6, 30, 12, tzinfo=BEIJING)


def facts(*probes: Probe) -> SiteFacts:
    built: SiteFacts = build_case({"name": "test", "expect": "pass"}).facts
    return replace(built, probes=probes)


def probe(outcome: str = "ok", status: int = 200, *, seconds: float | None = None, **more: object) -> Probe:
    return Probe(NOON, outcome == "ok", seconds, outcome, status, url=URL, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (probe(seconds=14.999), True),
        (probe(seconds=15.0), False),
        (probe("timeout", 0), False),
        (probe("refused", 0), False),
        (probe("dns", 0), False),
        (probe("other", 0), False),
        (probe("other", 302), None),
        (probe("http_error", 500), False),
        (probe("http_error", 404), False),
        (probe("http_error", 410), False),
        (probe("http_error", 401), None),
        (probe("http_error", 429), None),
        (probe("blocked", 200), None),
        (probe("blocked", 503), None),
        (probe("tls", 0), None),
        (probe("private", 0), None),
        (probe("off_host", 302), None),
    ],
)
def test_only_what_visitors_would_see_counts(one: Probe, said: bool | None) -> None:
    assert opened(one, 15) is said


@pytest.mark.parametrize(
    ("bound", "failed", "outcome"),
    [("含", 6, "violation"), ("不含", 6, "pass"), ("不含", 7, "violation"), ("含", 5, "pass")],
)
def test_a_share_of_just_the_limit_counts_where_the_threshold_includes_it(
    bound: Literal["含", "不含"], failed: int, outcome: str
) -> None:
    days = [NOON - dt.timedelta(days=back) for back in range(7)]
    good = [replace(probe(seconds=0.2), at=noon) for noon in days for _ in range(28)]
    bad = [replace(probe("refused", 0), at=NOON)] * failed
    limits = replace(LIMITS, share=0.03, bound=bound)
    (finding,) = site_unreachable(facts(*good[: 200 - failed], *bad), limits)
    assert (finding.evidence["probes"], finding.outcome) == (200, Outcome(outcome))


def test_the_week_names_what_it_is_made_of() -> None:
    fast, slow = probe(seconds=0.2, first_byte=0.1), probe(seconds=3.0, first_byte=2.0)
    away = probe(seconds=1.0, first_byte=0.5, final_url="https://Portal.example/login")
    home = probe(seconds=1.0, first_byte=0.5, final_url="https://city.example/index.html")
    week = probed_week(facts(fast, slow, away, home, probe("timeout", 0), probe("blocked", 503)), LIMITS)
    assert week
    assert (week.valid, week.failed, week.silent, week.unclear) == (5, 1, 1, 1)
    assert week.first_byte == 0.5
    assert week.elsewhere == ("portal.example",)
    assert (week.since, week.until) == (dt.date(2026, 6, 24), dt.date(2026, 6, 30))
    assert len(week.short) == 7


def test_days_are_those_of_beijing() -> None:
    late = dt.datetime(2026, 6, 29, 16, 0, tzinfo=dt.UTC)  # midnight in Beijing
    before = replace(probe(), at=late - dt.timedelta(seconds=1))
    week = probed_week(facts(*[replace(probe(), at=late)] * 20, before), replace(LIMITS, days=1))
    assert week
    assert (week.until, week.valid, week.short) == (dt.date(2026, 6, 30), 20, ())


def test_without_probes_there_is_no_week() -> None:
    assert probed_week(facts(), LIMITS) is None
    assert probed_week(facts(replace(probe(), at=NOON + dt.timedelta(days=1))), LIMITS) is None
    assert probed_week(facts(replace(probe(), at=NOON - dt.timedelta(days=31))), LIMITS) is None
    assert probed_week(facts(replace(probe(), at=NOON - dt.timedelta(days=30))), LIMITS) is not None

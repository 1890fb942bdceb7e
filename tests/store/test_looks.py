"""Looks at home pages of sites that are not inspected, on both databases."""

import datetime as dt
from dataclasses import replace

from govspider.facts import Fetch, Home, Review, Site, SiteFacts, SiteStatus, VerdictKind, Visit
from govspider.rules import Rules
from govspider.store import Store

ROUND, DAY = "2026Q2", dt.date(2026, 6, 30)
CLOSED = Site("1234567890", "某局", "https://www.city.example/", status=SiteStatus.CLOSED)


def look(links: int, hour: int = 8, **changes: object) -> SiteFacts:
    visit = Visit(CLOSED.url, CLOSED.url, Fetch.OK, 200)
    at = dt.datetime(2026, 7, 1, hour, tzinfo=dt.UTC)
    facts = SiteFacts(CLOSED, DAY, Home(visit, links=links), finished_at=at)
    return replace(facts, **changes)  # type: ignore[arg-type]


def test_the_last_look_of_the_round_is_told_and_judges_nothing(store: Store, rules: Rules) -> None:
    store.start_round(ROUND, DAY, "2019", "", (CLOSED,))
    (before,) = store.results(ROUND, rules).sites
    assert (before.findings, before.home_look) == ((), "")
    store.looks.add(ROUND, look(links=90))
    store.looks.add(ROUND, look(links=120, hour=9, stopped="\x00\ud800"))  # what no database takes
    (result,) = store.results(ROUND, rules).sites
    (finding,) = result.findings
    assert (finding.rule, finding.outcome, finding.last_seen.hour) == ("register-drift", "notice", 9)
    assert result.home_look == "首页可以正常访问，有120个链接"
    assert (result.verdict.verdict, result.facts, result.inspections) == (VerdictKind.EXCLUDED, None, ())
    assert (store.looks.codes(ROUND), store.finished(ROUND)) == ({CLOSED.code}, set())
    assert not list(store.latest(ROUND))


def test_a_look_and_a_decision_on_it_change_the_sites_mark(store: Store, rules: Rules) -> None:
    store.start_round(ROUND, DAY, "2019", "", (CLOSED,))
    marks = [store.marks(ROUND).get(CLOSED.code)]
    store.looks.add(ROUND, look(links=90))
    marks.append(store.marks(ROUND).get(CLOSED.code))
    (finding,) = store.results(ROUND, rules).sites[0].findings
    store.review(finding.key, Review.REJECTED, "张某")
    marks.append(store.marks(ROUND).get(CLOSED.code))
    assert len(set(marks)) == 3
    assert store.results(ROUND, rules).sites[0].findings[0].review is Review.REJECTED

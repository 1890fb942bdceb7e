"""Probes and announced outages are kept beside the inspections and joined to the facts whenever these are judged."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from govspider.facts import (
    BEIJING,
    Account,
    AccountFacts,
    AccountKind,
    Inspection,
    Outage,
    Outcome,
    Period,
    Probe,
    Site,
    SiteFacts,
)
from govspider.rules import Rule, Rules
from govspider.rules.cases import build_case
from govspider.store import Store

CHECKPOINT = dt.date(2026, 6, 30)
CODE = "1234567890"
SITE = Site(CODE, "某局", "https://www.city.example/")
MIDNIGHT = dt.datetime(2026, 7, 1, tzinfo=BEIJING)  # the checkpoint's end
RUN = dt.datetime(2026, 6, 30, 1, 0, tzinfo=dt.UTC)
MOMENT = dt.timedelta(seconds=1)


@pytest.fixture
def begun(store: Store) -> Store:
    store.start_round("2026Q2", CHECKPOINT, "2019", "", (SITE,))
    store.save(Inspection("2026Q2", read()))
    return store


def read() -> SiteFacts:
    facts: SiteFacts = build_case({"name": "test", "expect": "pass"}).facts
    return facts


def joined(store: Store) -> SiteFacts:
    (facts,) = store.facts("2026Q2")
    return facts


def test_a_probe_comes_back_as_it_was(store: Store) -> None:
    probe = Probe(
        RUN, False, 15.5, "timeout", 503, 0.25, 3, SITE.url, "https://else.example/", ("http://a/", "http://b/"),
        "在规定时间内没有响应\x00", "本机网络异常",
    )  # fmt: skip
    store.probes.add(RUN, [(CODE, probe), ("0000000000", Probe(RUN, True))])
    (again,) = store.probes.of(CODE)
    assert again.error == "在规定时间内没有响应\ufffd"
    assert (again.redirects, again.voided, again.seconds, again.at) == (probe.redirects, probe.voided, 15.5, RUN)
    assert store.probes.of("0000000000") == (Probe(RUN, True),)


def test_facts_are_judged_with_the_probes_up_to_the_end_of_the_checkpoint_in_beijing(begun: Store) -> None:
    assert joined(begun).probes == ()
    inside, outside = Probe(MIDNIGHT - MOMENT, True), Probe(MIDNIGHT, True)
    begun.probes.add(RUN, [(CODE, inside), (CODE, outside), ("0000000000", inside)])
    assert joined(begun).probes == (inside,)


def test_what_was_joined_is_not_stored_with_the_facts(begun: Store, rules: Rules) -> None:
    """Otherwise it would be there twice, and as it was rather than as it is."""
    begun.probes.add(RUN, [(CODE, Probe(RUN, True))])
    begun.save(Inspection("2026Q2", begun.completed("2026Q2", read())))
    (site,) = begun.results("2026Q2", rules).sites
    assert len(site.inspections) == 1


def test_the_register_of_outages_replaces_what_was_known(begun: Store) -> None:
    begun.probes.add(RUN, [(CODE, Probe(RUN, True))])
    first = Outage(CODE, RUN, RUN + dt.timedelta(hours=2), "机房检修", "市府办")
    begun.probes.declare([first, Outage("0000000000", RUN, MIDNIGHT, "迁移", "市府办")])
    assert joined(begun).outages == (first,)
    begun.probes.declare([])
    assert joined(begun).outages == ()


def test_the_facts_say_when_we_ourselves_were_reading_the_site(begun: Store) -> None:
    begun.save(Inspection("2026Q2", replace(read(), started_at=RUN, finished_at=RUN + dt.timedelta(minutes=9))))
    begun.probes.add(RUN, [(CODE, Probe(RUN, True))])
    assert Period(RUN, RUN + dt.timedelta(minutes=9)) in joined(begun).own_visits


def test_an_account_whose_id_looks_like_the_code_is_not_the_site(begun: Store) -> None:
    later = RUN + dt.timedelta(hours=1)
    account = Account(CODE, AccountKind.WEIBO, "某微博", "新浪微博", CODE)
    begun.save(Inspection("2026Q2", AccountFacts(account, CHECKPOINT, started_at=later, finished_at=later)))
    begun.probes.add(RUN, [(CODE, Probe(RUN, True))])
    assert Period(later, later) not in joined(begun).own_visits


def test_the_last_probe_that_counts_is_told(store: Store) -> None:
    hours = [RUN + dt.timedelta(hours=number) for number in range(4)]
    store.probes.add(hours[0], [(CODE, Probe(hours[0], True)), ("0000000000", Probe(hours[0], False))])
    store.probes.add(hours[1], [(CODE, Probe(hours[1], False))])
    store.probes.add(hours[2], [(CODE, Probe(hours[2], False, voided="本机网络异常"))])
    store.probes.add(hours[3], [(CODE, Probe(hours[3], True))])
    last = store.probes.last(hours[3])
    assert {code: probe.at for code, probe in last.items()} == {CODE: hours[1], "0000000000": hours[0]}


def test_judging_applies_the_rule_to_probes_that_came_after_the_crawl(begun: Store, rules: Sequence[Rule]) -> None:
    def said() -> set[Outcome]:
        begun.judge("2026Q2", rules, "2019", "")
        (saved,) = begun.latest("2026Q2")
        return {one.outcome for one in saved.findings if one.rule == "site-unreachable"}

    assert said() == {Outcome.NOT_APPLICABLE}
    noons = [RUN - dt.timedelta(days=back) for back in range(7)]
    begun.probes.add(RUN, [(CODE, Probe(noon, True, 0.5)) for noon in noons for _ in range(19)])
    assert said() == {Outcome.UNKNOWN}
    begun.probes.add(RUN, [(CODE, Probe(noon, True, 0.5)) for noon in noons])
    assert said() == {Outcome.PASS}
    begun.probes.add(RUN, [(CODE, Probe(RUN, False)) for _ in range(8)])
    assert said() == {Outcome.VIOLATION}
    begun.probes.declare([Outage(CODE, RUN, RUN + MOMENT, "机房检修", "市府办")])
    assert said() == {Outcome.UNKNOWN}

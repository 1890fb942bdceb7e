"""What is saved is there, once, whole, and in the words in which it was saved."""

import datetime as dt
import gc
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from govspider.facts import (
    Answer,
    Finding,
    Inspection,
    Outcome,
    Review,
    Site,
    SiteFacts,
    SiteStatus,
    VerdictKind,
)
from govspider.rules import Rule, Rules, apply_rule
from govspider.rules.cases import build_case
from govspider.store import Store, StoreError

CHECKPOINT = dt.date(2026, 6, 30)
NOON = dt.datetime(2026, 6, 30, 4, 0, tzinfo=dt.UTC)
CODE = "1234567890"
SITE = Site(CODE, "某局", "https://www.city.example/", public_services=True)
BLANK: Mapping[str, Any] = {"blank": True, "evidence": ["列表容器为空"], "found_on": "https://www.city.example/"}


def facts(hours: float = 0, **table: Any) -> SiteFacts:
    built = build_case({"name": "test", "expect": "pass", **table}).facts
    start = NOON + dt.timedelta(hours=hours)
    return replace(built, started_at=start, finished_at=start + dt.timedelta(minutes=5))


def inspection(rules: Rules, read: SiteFacts, round_id: str = "2026Q2") -> Inspection:
    return Inspection(round_id, read, [finding for rule in rules.of("site") for finding in apply_rule(rule, read)])


@pytest.fixture
def begun(store: Store) -> Store:
    store.start_round("2026Q2", CHECKPOINT, "2019", "", (SITE,))
    return store


def test_a_round_keeps_its_beginning_and_takes_the_latest_register(store: Store) -> None:
    assert store.latest_round() is None
    assert store.round("2026Q2") is None
    store.start_round("2026Q2", CHECKPOINT, "2019", "", (SITE,))
    first = store.round("2026Q2")
    renamed = replace(SITE, name="某某局")
    store.start_round("2026Q2", dt.date(2026, 7, 9), "2019", "", (renamed,))
    again = store.round("2026Q2")
    assert first
    assert again == replace(first, sites=(renamed,))
    assert (again.checkpoint, again.edition, again.overlay) == (CHECKPOINT, "2019", "")
    store.start_round("2026Q3", CHECKPOINT, "2019", "", (SITE,))
    assert store.latest_round() == "2026Q3"


def test_a_round_is_not_continued_by_other_rules(begun: Store) -> None:
    with pytest.raises(StoreError, match="2026Q2 是按 2019 版指标 开始的"):
        begun.start_round("2026Q2", CHECKPOINT, "2019", "某省", (SITE,))


@pytest.mark.parametrize("name", ["", "..", "../2026", "a/b", ".hidden", "a" * 41, "a\x00b", "\ud800", "a\n"])
def test_a_round_is_named_so_that_its_folder_can_be(store: Store, name: str) -> None:
    with pytest.raises(StoreError, match="不能用"):
        store.start_round(name, CHECKPOINT, "2019", "", (SITE,))


def test_facts_and_findings_come_back_as_they_were(begun: Store, rules: tuple[Rule, ...]) -> None:
    read = facts(
        columns=[{"newest": dt.date(2026, 6, 1)}, dict(BLANK)],
        links=[{"fetch": "http_error", "status": 404}],
        tampering=[{}],
        site={"hints": [{"name": "公告", "url": "https://www.city.example/g/", "category": "notice"}]},
    )
    item = inspection(rules, read)
    begun.save(item)
    (saved,) = begun.latest("2026Q2")
    assert saved.facts == read
    assert saved.findings == tuple(item.findings)
    assert saved.finished == read.finished_at
    assert list(begun.facts("2026Q2", CODE)) == [read]
    assert list(begun.facts("2026Q2", "0000000000")) == []


def test_saving_again_doubles_nothing(begun: Store, rules: tuple[Rule, ...]) -> None:
    item = inspection(rules, facts(columns=[dict(BLANK)]))
    begun.save(item)
    begun.save(item)
    (site,) = begun.results("2026Q2", rules).sites
    assert len(site.inspections) == 1
    assert len({finding.key for finding in site.findings}) == len(site.findings) > 0
    assert len(begun.column_history(CODE, "https://www.city.example/c1/")) == 1


def test_nothing_is_saved_for_a_round_that_was_not_begun(store: Store, rules: tuple[Rule, ...]) -> None:
    with pytest.raises(StoreError, match="没有轮次 2026Q2"):
        store.save(inspection(rules, facts()))
    with pytest.raises(StoreError, match="没有轮次 2026Q2"):
        store.results("2026Q2", rules)


def test_a_crash_is_not_finished_and_a_stop_is(begun: Store, rules: tuple[Rule, ...]) -> None:
    crashed = facts(complete=False, crashed=True)
    begun.save(inspection(rules, crashed))
    assert begun.finished("2026Q2") == set()
    assert [site.verdict.verdict for site in begun.results("2026Q2", rules).sites] == [VerdictKind.UNDETERMINED]
    begun.save(inspection(rules, facts(1, complete=False, stopped="时间用完")))
    assert begun.finished("2026Q2") == {CODE}
    assert begun.finished("2026Q1") == set()


def test_a_crash_counts_neither_as_the_first_inspection_nor_as_a_recheck(begun: Store, rules: tuple[Rule, ...]) -> None:
    sound = facts(1, columns=[dict(BLANK)])
    begun.save(inspection(rules, facts(crashed=True)))
    begun.save(inspection(rules, sound))
    begun.save(inspection(rules, facts(2, crashed=True)))
    (site,) = begun.results("2026Q2", rules).sites
    assert site.facts == sound
    assert site.inspections == (sound.finished_at,)
    assert (site.verdict.inspection, site.first_verdict, site.rechecks) == ("first", None, ())


def test_hostile_text_is_stored_without_what_no_database_takes(begun: Store, rules: tuple[Rule, ...]) -> None:
    hostile = "\x00'; DROP TABLE rounds; --\ud83d\\u0000\U0001f600"
    read = facts(
        home={"title": hostile, "meta": {hostile: hostile}},
        columns=[{**BLANK, "name": hostile, "url": f"https://www.city.example/{hostile}", "evidence": [hostile]}],
        tampering=[{"url": hostile, "foreign": {"term": hostile, "snippet": hostile}}],
    )
    begun.save(inspection(rules, read))
    begun.save(inspection(rules, read))
    (site,) = begun.results("2026Q2", rules).sites
    assert site.facts
    assert site.facts.home.title == "\ufffd'; DROP TABLE rounds; --\ufffd\\u0000\U0001f600"
    assert len(site.inspections) == 1
    assert {"column-blank", "content-tampered"} <= {finding.rule for finding in site.findings}
    begun.judge("2026Q2", rules, "2019", "")
    assert begun.results("2026Q2", rules).sites[0].findings == site.findings
    begun.review(site.findings[0].key, Review.REJECTED, hostile, hostile)
    assert begun.decisions(site.findings[0].key)[0].note == site.facts.home.title


def test_judging_again_replaces_the_findings_and_keeps_the_facts(begun: Store, rules: tuple[Rule, ...]) -> None:
    read = facts(columns=[dict(BLANK)])
    begun.save(Inspection("2026Q2", read, [Finding("column-blank", Outcome.PASS, "https://www.city.example/old")]))
    before = begun.results("2026Q2", rules).sites[0]
    assert [finding.rule for finding in before.findings] == []
    begun.judge("2026Q2", rules, "2019", "某省")
    (saved,) = begun.latest("2026Q2")
    assert saved.findings == tuple(inspection(rules, read).findings)
    assert saved.facts == read
    assert (found := begun.round("2026Q2"))
    assert found.overlay == "某省"


def test_judging_again_is_all_or_nothing(begun: Store, rules: tuple[Rule, ...]) -> None:
    begun.save(inspection(rules, facts(columns=[dict(BLANK)])))
    begun.save(inspection(rules, facts(1, columns=[dict(BLANK), dict(BLANK)])))
    before = tuple(begun.results("2026Q2", rules).sites)

    class StopError(Exception):
        pass

    class Stops(tuple):
        turns = 0

        def __iter__(self):
            Stops.turns += 1
            if Stops.turns > 1:
                raise StopError
            return iter(())

    with pytest.raises(StopError):
        begun.judge("2026Q2", Stops(), "2019", "某省")
    assert tuple(begun.results("2026Q2", rules).sites) == before
    assert (found := begun.round("2026Q2"))
    assert found.overlay == ""


def test_the_last_decision_on_a_finding_counts_and_all_are_kept(begun: Store, rules: tuple[Rule, ...]) -> None:
    begun.save(inspection(rules, facts(tampering=[{}])))
    (site,) = begun.results("2026Q2", rules).sites
    clue = next(finding for finding in site.findings if finding.rule == "content-tampered")
    assert (clue.outcome, clue.review) == ("clue", Review.PENDING)
    assert "content-tampered" not in site.verdict.vetoes
    begun.review(clue.key, Review.REJECTED, "甲")
    begun.review(clue.key, Review.CONFIRMED, "乙", "已电话核实")
    (site,) = begun.results("2026Q2", rules).sites
    assert "content-tampered" in site.verdict.vetoes
    assert next(finding.review for finding in site.findings if finding.key == clue.key) is Review.CONFIRMED
    assert [(one.decision, one.reviewer, one.note) for one in begun.decisions(clue.key)] == [
        (Review.REJECTED, "甲", ""),
        (Review.CONFIRMED, "乙", "已电话核实"),
    ]


def test_results_follow_the_register(store: Store, rules: tuple[Rule, ...]) -> None:
    sites = (
        replace(SITE, code="bm12345678", name="未检查"),
        replace(SITE, code="1234567891", name="例外", status=SiteStatus.EXCEPTION),
        SITE,
    )
    store.start_round("2026Q2", CHECKPOINT, "2019", "", sites)
    store.save(inspection(rules, facts()))
    store.save(inspection(rules, facts(site={"code": "1234567891"})))
    results = store.results("2026Q2", rules)
    assert (results.round, results.checkpoint, results.edition) == ("2026Q2", CHECKPOINT, "2019")
    assert [one.site for one in results.sites] == list(sites)
    assert [one.facts is None for one in results.sites] == [True, True, False]
    assert [one.verdict.verdict for one in results.sites][:2] == [VerdictKind.UNDETERMINED, VerdictKind.EXCLUDED]


def test_results_are_loaded_one_site_at_a_time_and_as_often_as_wanted(store: Store, rules: tuple[Rule, ...]) -> None:
    sites = tuple(replace(SITE, code=f"123456789{number}") for number in range(5))
    store.start_round("2026Q2", CHECKPOINT, "2019", "", sites)
    for site in sites:
        store.save(inspection(rules, facts(site={"code": site.code})))
    found = store.results("2026Q2", rules).sites
    alive = [sum(isinstance(one, SiteFacts) for one in gc.get_objects()) for _ in found]
    assert max(alive) - min(alive) <= 1
    assert len(found) == 5
    assert found[4] == found[-1] == found[1:][3] == tuple(found)[4]
    assert [one.facts is not None for one in found] == [True] * 5


def test_a_finding_remembers_when_any_round_saw_it(store: Store, rules: tuple[Rule, ...]) -> None:
    table = {"columns": [dict(BLANK)]}
    reads = [facts(0, **table), facts(2000, **table), facts(2100)]
    for round_id, read in zip(("2026Q2", "2026Q3", "2026Q3"), reads, strict=True):
        store.start_round(round_id, CHECKPOINT, "2019", "", (SITE,))
        store.save(inspection(rules, read, round_id))
    (site,) = store.results("2026Q3", rules).sites
    old = next(one for one in site.rechecks if one.finding.rule == "column-blank")
    assert (old.finding.first_seen, old.finding.last_seen) == (reads[0].finished_at, reads[1].finished_at)


def test_a_recheck_answers_every_earlier_finding_and_names_the_new_ones(begun: Store, rules: tuple[Rule, ...]) -> None:
    column = {**BLANK, "url": "https://www.city.example/a/"}
    begun.save(inspection(rules, facts(columns=[column])))
    fixed = {"url": "https://www.city.example/a/", "newest": dt.date(2026, 6, 29)}
    new = {**BLANK, "url": "https://www.city.example/b/"}
    begun.save(inspection(rules, facts(24, columns=[fixed, new])))
    (site,) = begun.results("2026Q2", rules).sites
    answers = {one.finding.url: one.answer for one in site.rechecks if one.finding.rule == "column-blank"}
    assert answers == {"https://www.city.example/a/": Answer.FIXED}
    new_ones = [finding.url for finding in site.findings if finding.key in site.new_findings]
    assert new_ones == ["https://www.city.example/b/"]
    assert site.first_verdict
    assert (site.first_verdict.inspection, site.verdict.inspection) == ("first", "recheck")
    assert len(site.inspections) == 2
    assert [one.blank for one in begun.column_history(CODE, "https://www.city.example/a/")] == [True, False]


def test_times_are_utc_whatever_the_zone_they_were_given_in(begun: Store, rules: tuple[Rule, ...]) -> None:
    beijing = dt.timezone(dt.timedelta(hours=8))
    read = replace(facts(), finished_at=dt.datetime(2026, 6, 30, 12, 0, tzinfo=beijing))
    begun.save(inspection(rules, read))
    (site,) = begun.results("2026Q2", rules).sites
    assert [str(at) for at in site.inspections] == ["2026-06-30 04:00:00+00:00"]


def test_facts_without_times_are_saved(begun: Store, rules: tuple[Rule, ...]) -> None:
    begun.save(inspection(rules, replace(facts(), started_at=None, finished_at=None)))
    assert begun.finished("2026Q2") == {CODE}

"""What the case tables of the rules do not say: which of two columns is shown, and that size does not hurt."""

import datetime as dt
from pathlib import Path
from typing import Any

from govspider.checks.columns import above, own_columns, survey, unread_below
from govspider.checks.freshness import archived
from govspider.facts import Column, Outcome, SiteFacts
from govspider.rules import apply_rule, load_rules
from govspider.rules.cases import build_case

RULES = load_rules(Path(__file__).parents[2] / "rules", "2019")
HOST = "https://www.city.example/"


def facts_of(*columns: dict[str, Any]) -> SiteFacts:
    return build_case({"name": "x", "expect": "pass", "columns": list(columns)}).facts


def test_the_kindest_opinion_of_a_page_holds() -> None:
    facts = facts_of({"name": "甲", "url": HOST + "a/"}, {"name": "乙", "url": HOST + "a/index.html"})
    opinions = {"甲": (Outcome.VIOLATION, ""), "乙": (Outcome.UNKNOWN, "未读")}
    said = survey(facts.columns, lambda column: opinions[column.name])
    assert (said.bad, [column.name for column, _ in said.unknown], said.good) == ((), ["乙"], ())


def test_two_addresses_that_end_at_one_page_are_one_column() -> None:
    facts = facts_of({"final": HOST + "m/"}, {"final": HOST + "m/"}, {})
    said = survey(facts.columns, lambda column: (Outcome.VIOLATION, ""))
    assert len(said.bad) == 2


def test_headings_without_a_page_and_other_sites_do_not_count() -> None:
    facts = facts_of({"url": "", "name": "政务公开"}, {"external": True}, {"name": "丙"})
    assert [column.name for column in own_columns(facts)] == ["丙"]


def test_unread_below_climbs_all_levels_and_survives_cycles() -> None:
    facts = facts_of(
        {"url": HOST + "a/", "children": [HOST + "b/"]},
        {"url": HOST + "b/", "children": [HOST + "c/", HOST + "a/"]},
        {"url": HOST + "c/", "fetch": "timeout"},
        {"url": HOST + "d/"},
    )
    assert unread_below(facts) == {HOST + "a/", HOST + "b/"}
    assert above(facts, [facts.columns[3]]) == frozenset()


def test_archives_and_years_that_are_over() -> None:
    day = dt.date(2026, 6, 30)

    def is_archive(name: str, *path: str) -> bool:
        return archived(Column(name=name, url=HOST, path=path), day, ("历史", "归档"))

    assert is_archive("历史文件")
    assert is_archive("某专题", "已归档专题")
    assert is_archive("2025年预算")
    assert not is_archive("2026年预算")
    assert not is_archive("2021-2026规划")
    assert not is_archive("12345热线")
    assert not is_archive("工作动态")


def test_a_site_of_thousands_of_columns_is_judged() -> None:
    children = [f"{HOST}c{number}/" for number in range(1, 3001)]
    rows: list[dict[str, Any]] = [{"repeat": 3000, "name": "动态", "category": "news", "newest": "2020-01-01"}]
    rows.append({"url": HOST + "top/", "category": "news", "newest_below": "2020-01-01", "children": children})
    facts = facts_of(*rows)
    counts = {rule.id: finding.evidence.get("count") for rule in RULES for finding in apply_rule(rule, facts)}
    assert (counts["columns-news-stale"], counts["columns-stale"], counts["columns-blank"]) == (3000, 3000, 0)

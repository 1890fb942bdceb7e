"""What the store remembers of columns, and what the next inspection makes of it."""

import asyncio
import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from govspider.facts import Column, ColumnState, EarlierClue, EarlierColumn, EarlierLink, Inspection, SiteFacts
from govspider.fetching.archive import Replay, find_archive
from govspider.inspecting.walk import inspect_site
from govspider.rounds import open_store, plan_of, rules_of
from govspider.rules import Rule
from govspider.store import Store
from govspider.store.earlier import PLACES
from govspider.verdict import column_states
from tests.commands.rounds import CHECKPOINT, HOME, PAGES, SITE, inspect, page, settings
from tests.store.test_store import CODE, facts, inspection

NOTICES = f"{HOME}tzgg/"
BEGUN = (dt.date(2026, 6, 30), "2019", "")
EMPTY = '<div class="pos">首页 &gt; 通知公告</div><ul class="list"></ul>'
COUNTED = f'{EMPTY}<div class="page">共 0 条记录</div>'


@pytest.fixture
def begun(store: Store) -> Store:
    for name in ("2026Q2", "2026Q3"):
        store.start_round(name, *BEGUN, ())
    return store


def saved(store: Store, rules: tuple[Rule, ...], hours: int, name: str = "2026Q2", **table: Any) -> None:
    store.save(inspection(rules, facts(hours, **table), name))


def test_the_most_entries_and_the_newest_date_of_all_rounds_are_remembered(
    begun: Store, rules: tuple[Rule, ...]
) -> None:
    url = "https://www.city.example/a/"
    saved(begun, rules, 0, columns=[{"url": url, "entry_count": 20, "newest": dt.date(2026, 3, 1)}])
    again = {"url": "http://city.example/a/index.html", "name": "公告", "entry_count": 15, "newest": "2026-05-01"}
    saved(begun, rules, 24, "2026Q3", columns=[again])
    saved(begun, rules, 48, "2026Q3", columns=[{"url": url, "blank": True}, {"blank": True}])
    assert begun.earlier_columns(CODE) == (
        EarlierColumn(again["url"], "公告", 20, dt.date(2026, 7, 1), dt.date(2026, 5, 1)),
    )
    assert begun.earlier_columns("1") == ()


def test_dead_links_of_the_last_inspection_are_told_until_they_are_settled(
    begun: Store, rules: tuple[Rule, ...]
) -> None:
    dead = {
        "url": "http://city.example/a.html",
        "fetch": "http_error",
        "status": 404,
        "pages": ["http://city.example/"],
    }
    slow = {"url": "http://city.example/b.html", "fetch": "timeout"}
    told = (EarlierLink(dead["url"], ("http://city.example/",)),)
    assert begun.earlier_links(CODE) == ()
    saved(begun, rules, 0, links=[dead, slow, {"url": "http://city.example/c.html"}])
    assert begun.earlier_links(CODE) == told
    saved(begun, rules, 1, "2026Q3", links=[slow], earlier_links=[{"url": dead["url"], "pages": dead["pages"]}])
    assert begun.earlier_links(CODE) == told
    saved(begun, rules, 2, "2026Q3", links_gone=[dead["url"]], earlier_links=[{"url": dead["url"]}])
    assert begun.earlier_links(CODE) == ()


def test_pages_and_files_with_clues_are_told_to_every_later_inspection(begun: Store, rules: tuple[Rule, ...]) -> None:
    page, file, typo = (f"http://city.example/{name}" for name in ("a.html", "b.xlsx", "c.html"))
    leak = {"kind": "id_card", "masked": "6101****", "snippet": "", "why": ""}
    word = {"word": "甲", "suggestion": "乙", "grade": "serious", "offset": 0, "snippet": "甲"}
    saved(
        begun,
        rules,
        0,
        leaks=[{"url": page, "leak": leak}, {"url": file, "leak": leak, "found_on": page, "name": "名单"}],
        wording=[{"url": page, "wording": word}, {"url": typo, "wording": word | {"grade": "typo"}}],
    )
    told = (EarlierClue(page), EarlierClue(file, page, "名单"))
    assert begun.earlier_clues(CODE) == told
    kept = [{"url": page}, {"url": file, "found_on": page, "name": "名单"}]
    saved(begun, rules, 1, "2026Q3", earlier_clues=kept)
    assert begun.earlier_clues(CODE) == told
    many = [{"url": f"http://city.example/{n}.html", "leak": leak} for n in range(40)]
    saved(begun, rules, 2, "2026Q3", earlier_clues=kept, leaks=many)
    assert [one.url for one in begun.earlier_clues(CODE)] == [one["url"] for one in many[-PLACES:]]


def test_crashed_inspections_say_nothing_and_old_ones_are_forgotten(begun: Store, rules: tuple[Rule, ...]) -> None:
    column = {"url": "https://www.city.example/a/", "entry_count": 20}
    begun.save(Inspection("2026Q2", replace(facts(columns=[column]), crashed=True)))
    assert begun.earlier_columns(CODE) == ()
    saved(begun, rules, 1, columns=[column])
    for hours in range(2, 9):
        saved(begun, rules, hours, columns=[{"blank": True}])
    assert len(begun.earlier_columns(CODE)) == 1
    saved(begun, rules, 9, columns=[{"blank": True}])
    assert begun.earlier_columns(CODE) == ()


def notices(read: SiteFacts) -> tuple[Column, ColumnState]:
    states = column_states(read, rules_of("2019", ""))
    return next(pair for pair in zip(read.columns, states, strict=True) if pair[0].name == "通知公告")


def test_a_column_that_was_emptied_is_withdrawn_and_still_blank(tmp_path: Path) -> None:
    first = inspect(tmp_path, PAGES).facts
    assert notices(first)[1] is not ColumnState.WITHDRAWN
    item = inspect(tmp_path, PAGES | {NOTICES: page(COUNTED)}, round_id="2026Q3")
    column, state = notices(item.facts)
    assert (column.blank, state) == (True, ColumnState.WITHDRAWN)
    assert column.earlier is not None
    assert (column.earlier.entries, column.earlier.newest) == (10, dt.date(2026, 6, 19))
    said = {one.rule: one.outcome.value for one in item.findings if one.subject == column.url}
    assert (said["column-blank"], said["column-withdrawn"]) == ("violation", "violation")
    with open_store(settings(tmp_path)) as store:
        (site,) = store.results("2026Q3", rules_of("2019", "")).sites
    assert [one.outcome for one in site.findings if one.rule == "column-withdrawn"] == ["notice"]
    assert "column-withdrawn" not in site.verdict.vetoes


def test_a_column_that_never_had_entries_is_blank(tmp_path: Path) -> None:
    emptied = PAGES | {NOTICES: page(COUNTED)}
    inspect(tmp_path, emptied)
    assert notices(inspect(tmp_path, emptied).facts)[1] is ColumnState.BLANK


def test_what_cannot_be_read_any_more_is_not_withdrawn(tmp_path: Path) -> None:
    inspect(tmp_path, PAGES)
    script = page('<div id="app"></div><script src="/list.js"></script>')
    column, state = notices(inspect(tmp_path, PAGES | {NOTICES: script}).facts)
    assert state is ColumnState.UNREADABLE
    assert "条信息" in column.reason


def test_a_column_that_left_the_menus_and_answers_404_is_withdrawn(tmp_path: Path) -> None:
    inspect(tmp_path, PAGES)
    pages = {url: html.replace('<li><a href="/tzgg/">通知公告</a></li>', "") for url, html in PAGES.items()}
    orphan = inspect(tmp_path, pages)
    assert "通知公告" not in [column.name for column in orphan.facts.columns]
    del pages[NOTICES]
    item = inspect(tmp_path, pages)
    column, state = notices(item.facts)
    assert (column.gone, state) == (True, ColumnState.WITHDRAWN)
    assert {one.rule for one in item.findings if one.subject == column.url} == {"column-withdrawn"}


def test_a_menu_entry_that_answers_404_is_not_withdrawn(tmp_path: Path) -> None:
    inspect(tmp_path, PAGES)
    pages = {url: html for url, html in PAGES.items() if url != NOTICES}
    column, state = notices(inspect(tmp_path, pages).facts)
    assert (column.gone, state) == (False, ColumnState.FAILED)


def test_a_replay_is_told_what_the_inspection_was_told(tmp_path: Path) -> None:
    inspect(tmp_path, PAGES)
    pages = {url: html.replace('<li><a href="/tzgg/">通知公告</a></li>', "") for url, html in PAGES.items()}
    del pages[NOTICES]
    read = inspect(tmp_path, pages, round_id="2026Q3").facts
    assert read.finished_at is not None
    path = find_archive(tmp_path, "2026Q3", SITE.code, read.finished_at)
    assert path is not None
    plan = plan_of(settings(tmp_path), CHECKPOINT)
    again = asyncio.run(inspect_site(SITE, Replay(path), replace(plan, earlier=read.earlier)))
    assert again.columns == read.columns
    forgetful = asyncio.run(inspect_site(SITE, Replay(path), plan))
    assert forgetful.columns != read.columns

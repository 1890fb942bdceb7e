"""The ledger of entries, and what the next walk is told of it."""

import asyncio
import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from govspider.checks.identity import page_digest
from govspider.facts import Inspection, Past, SiteFacts
from govspider.fetching.archive import Replay, find_archive
from govspider.inspecting.walk import inspect_site
from govspider.rounds import open_store, plan_of, rules_of
from govspider.store import Store, findings_of, schema
from tests.commands.rounds import CHECKPOINT, HOME, PAGES, SITE, inspect, page, settings
from tests.store.test_store import CODE, facts

BEGUN = (dt.date(2026, 6, 30), "2019", "")
LIST = "https://www.city.example/c1/"


@pytest.fixture
def begun(store: Store) -> Store:
    for name in ("2026Q1", "2026Q2"):
        store.start_round(name, *BEGUN, ())
    return store


def listed(*numbers: int, **more: Any) -> dict[str, Any]:
    entries = [{"title": f"第{n}号", "url": f"{LIST}{n}.html", "date": dt.date(2026, 1, n)} for n in numbers]
    return {"category": "news", "url": LIST, "entries": entries, "entry_count": len(numbers), **more}


def read(hours: float, *numbers: int, **more: Any) -> SiteFacts:
    return facts(hours, columns=[listed(*numbers)], **more)


def ledger(store: Store) -> list[Any]:
    with store._engine.begin() as connection:
        return list(connection.execute(sa.select(schema.entries).order_by(schema.entries.c.id)))


def test_an_entry_keeps_when_and_how_it_was_seen_first(begun: Store) -> None:
    begun.save(Inspection("2026Q1", read(0, 2, 1)))
    changed = facts(24, columns=[listed(3, 2), {"external": True, **listed(9)}])
    article = {"url": f"{LIST}2.html", "title": "第2号", "date": dt.date(2026, 1, 2), "sketch": [5, 6, 7]}
    redated = replace(changed.columns[0].entries[1], date=dt.date(2026, 2, 2))
    column = replace(changed.columns[0], entries=(changed.columns[0].entries[0], redated))
    with_text = facts(24, articles=[article])
    begun.save(
        Inspection("2026Q2", replace(changed, columns=(column, changed.columns[1]), articles=with_text.articles))
    )
    rows = {row.url.rpartition("/")[2]: row for row in ledger(begun)}
    assert sorted(rows) == ["1.html", "2.html", "3.html"]
    two = rows["2.html"]
    assert (two.first_date, two.date, two.first < two.last) == (dt.date(2026, 1, 2), dt.date(2026, 2, 2), True)
    assert (rows["1.html"].first, rows["1.html"].last) == (two.first, two.first)
    assert rows["3.html"].first == two.last
    assert two.text == "5,6,7"
    assert begun.past(CODE, "2026Q3").texts[0].sketch == (5, 6, 7)


def test_the_walk_is_told_of_the_last_inspection_of_another_round(begun: Store) -> None:
    assert begun.past(CODE, "2026Q1") == Past()
    begun.save(Inspection("2026Q1", read(0, 2, 1)))
    begun.save(Inspection("2026Q1", replace(read(1), crashed=True)))
    begun.save(Inspection("2026Q1", facts(2, home={"fetch": "timeout"})))
    assert begun.past(CODE, "2026Q1").earlier is None
    earlier = begun.past(CODE, "2026Q2").earlier
    assert earlier is not None
    assert earlier.seen == dt.date(2026, 6, 30)
    assert [one.page for one in earlier.lists] == [page_digest(LIST)]
    assert earlier.known == (page_digest(f"{LIST}2.html"), page_digest(f"{LIST}1.html"))


def test_saving_again_adds_nothing_and_what_cannot_be_stored_is_replaced(begun: Store) -> None:
    item = Inspection("2026Q1", facts(0, columns=[listed(1, name="\x00甲")]))
    begun.save(item)
    begun.save(item)
    assert len(ledger(begun)) == 1
    hostile = {"title": "\ud800\x00" * 500, "url": f"{LIST}\x00.html"}
    begun.save(Inspection("2026Q1", facts(3, columns=[{"url": LIST, "entries": [hostile], "entry_count": 1}])))
    assert len(ledger(begun)) == 2


def test_an_entry_dated_before_an_inspection_that_did_not_see_it_is_a_clue(tmp_path: Path) -> None:
    lines = [
        f'<li><a href="/gzdt/{n}.html">流水县水务局第{n}次工作会议</a><span>2026-0{n // 10}-12</span></li>'
        for n in range(62, 10, -10)
    ]
    late = '<li><a href="/gzdt/99.html">流水县水务局召开补发的会议</a><span>2026-04-14</span></li>'
    before, after = lines, [*lines[:2], late, *lines[2:]]
    html = [
        page(f'<div class="pos">首页 &gt; 工作动态</div><ul class="list">{"".join(rows)}</ul>')
        for rows in (before, after)
    ]
    inspect(tmp_path, PAGES | {f"{HOME}gzdt/": html[0]})
    pages = PAGES | {f"{HOME}gzdt/": html[1]}
    item = inspect(tmp_path, pages, round_id="2026Q3")
    (clue,) = [one for one in item.findings if one.rule == "dates-forged"]
    assert (clue.outcome, clue.evidence["sign"], clue.evidence["entries"][0]["shown"]) == (
        "violation",
        "补发旧日期信息",
        "2026-04-14",
    )
    with open_store(settings(tmp_path)) as store:
        (site,) = store.results("2026Q3", rules_of("2019", "")).sites
    assert "dates-forged" in {one.rule for one in site.verdict.unknown}
    assert item.facts.finished_at is not None
    path = find_archive(tmp_path, "2026Q3", SITE.code, item.facts.finished_at)
    assert path is not None
    plan = replace(plan_of(settings(tmp_path), CHECKPOINT), earlier=item.facts.earlier, past=item.facts.past)
    replayed = asyncio.run(inspect_site(SITE, Replay(path), plan))
    assert [one for one in findings_of(rules_of("2019", ""), replayed) if one.rule == "dates-forged"] == [clue]


def test_an_unchanged_site_in_the_next_round_is_not_accused(tmp_path: Path) -> None:
    inspect(tmp_path, PAGES)
    item = inspect(tmp_path, PAGES, round_id="2026Q3")
    said = {one.rule: one.outcome.value for one in item.findings}
    assert said["dates-forged"] == "pass"
    assert said["site-redesigned"] in ("pass", "not_applicable")

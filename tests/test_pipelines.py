import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from govspider import pipelines, settings
from govspider.facts import Fetch, Home, Inspection, Outcome, Site, SiteFacts, Visit
from govspider.pipelines import FreshnessPipeline, RulePipeline, StorePipeline
from govspider.rules import FAMILIES, Rules, load_rules
from govspider.store import Store

RULES = Path(__file__).parents[1] / "rules"
CHECKPOINT = dt.date(2026, 6, 30)
SITE = Site("6108270006", "某县人民政府", "http://www.example.gov.cn/")


def inspection() -> Inspection:
    home = Home(Visit(SITE.url, SITE.url, Fetch.OK, 200), newest=CHECKPOINT)
    return Inspection("2026Q2", SiteFacts(SITE, CHECKPOINT, home))


@pytest.fixture
def rules() -> Rules:
    return load_rules(RULES, "2019").of("site")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'test.db'}") as store:
        store.start_round("2026Q2", CHECKPOINT, "2019", "", [SITE])
        yield store


def crawler(rules: Rules, store: Store | None = None) -> Any:
    counted: Counter[str] = Counter()
    stats = SimpleNamespace(inc_value=lambda name: counted.update([name]), counted=counted)
    return SimpleNamespace(spider=SimpleNamespace(campaign=SimpleNamespace(rules=rules, store=store)), stats=stats)


def families() -> dict[str, type[RulePipeline]]:
    found = (value for value in vars(pipelines).values() if isinstance(value, type))
    return {kind.family: kind for kind in found if issubclass(kind, RulePipeline) and kind.family}


def test_every_family_has_its_pipeline_and_every_pipeline_is_on() -> None:
    assert set(families()) == set(FAMILIES)
    names = {path.rpartition(".")[2] for path in settings.ITEM_PIPELINES}
    assert names == {kind.__name__ for kind in families().values()} | {"StorePipeline"}
    assert max(settings.ITEM_PIPELINES, key=lambda path: settings.ITEM_PIPELINES[path]).endswith("StorePipeline")


def test_each_rule_is_applied_by_one_pipeline(rules: Rules) -> None:
    item = inspection()
    for kind in families().values():
        kind.from_crawler(crawler(rules)).process_item(item)
    assert {finding.rule for finding in item.findings} == {rule.id for rule in rules}


def test_a_bug_in_a_check_is_unknown_and_counted(rules: Rules, caplog: pytest.LogCaptureFixture) -> None:
    def broken(facts: SiteFacts, limits: Any) -> Iterator[Any]:
        raise ZeroDivisionError("a bug")
        yield

    one = next(rule for rule in rules if rule.family == "freshness")
    others = tuple(rule for rule in rules if rule.family == "freshness" and rule.id != one.id)
    bad = replace(one, check=replace(one.check, run=broken))
    run = crawler(replace(rules, listed=(bad, *others)))
    item = FreshnessPipeline.from_crawler(run).process_item(inspection())
    (finding,) = (finding for finding in item.findings if finding.rule == one.id)
    assert finding.outcome is Outcome.UNKNOWN
    assert "ZeroDivisionError" in finding.evidence["reason"]
    assert {finding.rule for finding in item.findings} == {one.id, *(rule.id for rule in others)}
    assert run.stats.counted[f"rule_errors/{one.id}"] == 1
    assert "Traceback" in caplog.text


async def test_a_family_that_is_switched_off_is_unknown_not_passed(rules: Rules, store: Store) -> None:
    item = FreshnessPipeline.from_crawler(crawler(rules)).process_item(inspection())
    looked = {finding.rule for finding in item.findings}
    await StorePipeline.from_crawler(crawler(rules, store)).process_item(item)
    (saved,) = store.latest("2026Q2")
    others = [finding for finding in saved.findings if finding.rule not in looked]
    assert {finding.rule for finding in others} == {rule.id for rule in rules} - looked
    assert {finding.outcome for finding in others} == {Outcome.UNKNOWN}
    assert {finding.evidence["reason"] for finding in others} == {"本轮未启用此项检查"}
    assert store.finished("2026Q2") == {SITE.code}

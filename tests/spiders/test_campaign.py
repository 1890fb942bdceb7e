import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from govspider import settings as project
from govspider.facts import Fetch, Home, Inspection, SiteFacts, Visit
from govspider.rounds import open_store
from govspider.spiders.campaign import Campaign, CampaignError, prepare

ROWS = """网站标识码,网站名称,首页网址,报送状态
6108270006,某县人民政府,http://127.0.24.1/,正常
6108270007,某局,http://127.0.24.2/,正常
6108270008,某旧站,http://127.0.24.3/,关停
"""


@pytest.fixture
def given(tmp_path: Path) -> Settings:
    (tmp_path / "sites.csv").write_text(ROWS, "utf-8")
    settings = Settings()
    settings.setmodule(project)
    ours = {"REGISTER": tmp_path / "sites.csv", "OUTPUT": tmp_path / "output", "COLUMNS": "", "OFFICE": tmp_path / "o"}
    settings.setdict({name: str(value) for name, value in ours.items()})
    return settings


def run(given: Settings, **arguments: str) -> Campaign:
    campaign = prepare(given, arguments)
    campaign.store.close()
    return campaign


def test_sites_in_normal_operation_are_to_do(given: Settings) -> None:
    campaign = run(given, checkpoint="2026-06-30")
    assert [site.code for site in campaign.todo] == ["6108270006", "6108270007"]
    assert len(campaign.sites) == 3
    assert (campaign.round, campaign.plan.checkpoint) == ("2026Q2", dt.date(2026, 6, 30))
    assert campaign.folder.name == "2026Q2"
    assert "http://127.0.24.3/" in campaign.registered


@pytest.mark.parametrize(
    ("checkpoint", "name"), [("2026-01-01", "2026Q1"), ("2026-03-31", "2026Q1"), ("2026-10-01", "2026Q4")]
)
def test_the_round_is_the_checkpoints_quarter(given: Settings, checkpoint: str, name: str) -> None:
    assert run(given, checkpoint=checkpoint).round == name


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"chekpoint": "2026-06-30"}, ("chekpoint", "checkpoint")),
        ({"checkpoint": "2026年6月"}, ("2026年6月", "2026-06-30")),
        ({"checkpoint": "2026-02-30"}, ("2026-02-30",)),
        ({"round": "../x"}, ("../x",)),
        ({"round": ".."}, ("..",)),
        ({"round": "a/b"}, ("a/b",)),
        ({"round": "x" * 50}, ("40",)),
        ({"site": "9999999999"}, ("9999999999", "名册")),
        ({"site": "6108270008"}, ("6108270008", "正常")),
        ({"resume": "maybe"}, ("maybe",)),
    ],
)
def test_a_wrong_argument_is_named(given: Settings, arguments: dict[str, str], words: tuple[str, ...]) -> None:
    with pytest.raises(CampaignError) as caught:
        run(given, **arguments)
    assert all(word in str(caught.value) for word in words)


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("BROWSER", "yes", "auto"),
        ("SITES_IN_PARALLEL", "0", "SITES_IN_PARALLEL"),
        ("SITE_PAGE_BUDGET", "many", "many"),
        ("SITE_PAGE_BUDGET", "1.5", "SITE_PAGE_BUDGET 必须是不小于 1 的整数"),
        ("DOWNLOAD_DELAY", "abc", "DOWNLOAD_DELAY 必须是不小于 0 的数，不能是 abc"),
        ("DOWNLOAD_DELAY", "nan", "DOWNLOAD_DELAY"),
        ("CONCURRENT_REQUESTS", "x", "CONCURRENT_REQUESTS 必须是不小于 0 的整数"),
        ("CONCURRENT_REQUESTS_PER_DOMAIN", "0", "CONCURRENT_REQUESTS_PER_DOMAIN 必须是不小于 1 的整数"),
        ("DNS_TIMEOUT", "soon", "DNS_TIMEOUT 必须是数，不能是 soon"),
        ("PRIVATE_NETWORKS_ALLOWED", "10.0.0.0/99", "10.0.0.0/99"),
        ("EDITION", "1999", "1999"),
        ("DATABASE_URL", "no such thing", "DATABASE_URL"),
        ("REGISTER", "none.csv", "sites.example.csv"),
    ],
)
def test_a_wrong_setting_is_named(given: Settings, name: str, value: Any, word: str) -> None:
    given.set(name, value)
    with pytest.raises(CampaignError, match=word):
        run(given)


def test_a_columns_register_that_was_asked_for_must_be_there(given: Settings, tmp_path: Path) -> None:
    given.set("COLUMNS", str(tmp_path / "none.csv"), priority="project")
    assert run(given).todo
    given.set("COLUMNS", str(tmp_path / "none.csv"), priority="cmdline")
    with pytest.raises(CampaignError, match=r"none\.csv"):
        run(given)


def test_several_sites_may_be_named(given: Settings) -> None:
    campaign = run(given, site=" 6108270007，6108270006,6108270007 ")
    assert [site.code for site in campaign.todo] == ["6108270007", "6108270006"]


def test_only_a_round_that_was_begun_is_resumed(given: Settings) -> None:
    assert run(given, checkpoint="2026-03-31", resume="1").round == "2026Q1"  # ended before it was begun
    run(given, checkpoint="2026-06-30")
    with pytest.raises(CampaignError, match=r"没有轮次 2026Q3，.*已有的轮次：2026Q2、2026Q1。"):
        run(given, round="2026Q3", resume="1")
    assert run(given, round="2026Q2", resume="1", checkpoint="2026-07-01").plan.checkpoint == dt.date(2026, 7, 1)


def test_a_resumed_round_skips_what_is_done_and_keeps_its_checkpoint(given: Settings) -> None:
    campaign = prepare(given, {"round": "夏季", "checkpoint": "2026-06-30"})
    site = campaign.todo[0]
    home = Home(Visit(site.url, site.url, Fetch.OK, 200))
    campaign.store.save(Inspection("夏季", SiteFacts(site, campaign.plan.checkpoint, home)))
    campaign.store.close()
    resumed = run(given, round="夏季", resume="1")
    assert [one.code for one in resumed.todo] == ["6108270007"]
    assert (resumed.done, resumed.plan.checkpoint) == (1, dt.date(2026, 6, 30))
    assert len(run(given, round="夏季").todo) == 2  # without resume it is a re-inspection
    assert run(given, round="夏季", site=site.code).plan.checkpoint >= dt.date(2026, 6, 30)  # with today's checkpoint


@pytest.mark.parametrize("folder", ["成果 2026?", "a%20b", "x#y"])
def test_the_store_of_a_crawl_is_the_one_that_the_commands_open(given: Settings, tmp_path: Path, folder: str) -> None:
    given.set("OUTPUT", str(tmp_path / folder))
    campaign = run(given)
    with open_store(given, must_exist=True) as store:
        assert store.latest_round() == campaign.round

"""judge, bulletin and replay on a stored round, each as its users start it."""

import gzip
import json
from pathlib import Path

import pytest

from govspider.commands._differences import facts_differences, findings_differences
from govspider.facts import Finding, Outcome, Review
from govspider.rounds import open_store
from tests.commands.rounds import HOME, PAGES, SITE, inspect, scrapy, settings

pytestmark = pytest.mark.slow
OUTPUTS = {"通报.docx", "问题清单.xlsx", "verdicts.jsonl", "findings.jsonl", "columns.jsonl", "warnings.jsonl"}


def records(output: Path, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (output / "2026Q2" / name).read_text("utf-8").splitlines()]


def test_the_bulletin_is_rebuilt_from_the_store(tmp_path: Path) -> None:
    inspect(tmp_path, PAGES)
    done = scrapy(tmp_path, "bulletin")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "2026Q2").iterdir()} >= OUTPUTS | {"reports", "evidence"}
    assert "轮次 2026Q2：已重新生成" in done.stdout
    assert f"  {tmp_path / '2026Q2' / 'reports'}/（1 个文件）\n" in done.stdout
    assert ".html" not in done.stdout
    (verdict,) = records(tmp_path, "verdicts.jsonl")
    assert (verdict["code"], verdict["inspection"]) == (SITE.code, "first")


def test_judging_again_uses_the_rules_of_today_and_keeps_the_reviews(tmp_path: Path) -> None:
    item = inspect(tmp_path, PAGES)
    item.findings[:] = [Finding("home-stale", Outcome.VIOLATION, url=HOME, evidence={"days": 99})]
    with open_store(settings(tmp_path)) as store:
        store.save(item)
        store.review("key", Review.REJECTED, "甲")
    assert scrapy(tmp_path, "bulletin").returncode == 0
    assert [one["rule"] for one in records(tmp_path, "findings.jsonl")] == ["home-stale"]
    done = scrapy(tmp_path, "judge", "--round", "2026Q2")
    assert done.returncode == 0, done.stderr
    assert "轮次 2026Q2：已按" in done.stdout
    assert "home-stale" not in [
        one["rule"] for one in records(tmp_path, "findings.jsonl") if one["evidence"] == {"days": 99}
    ]
    with open_store(settings(tmp_path)) as store:
        assert len(store.decisions("key")) == 1


def test_judging_again_leaves_out_what_is_switched_off(tmp_path: Path) -> None:
    inspect(tmp_path, PAGES)
    only = '{"govspider.pipelines.HomePipeline": 100, "govspider.pipelines.ColumnsPipeline": null}'
    done = scrapy(tmp_path, "judge", "-s", f"ITEM_PIPELINES={only}")
    assert done.returncode == 0, done.stderr
    with open_store(settings(tmp_path)) as store:
        (saved,) = store.latest("2026Q2")
    said = {finding.rule: finding.evidence.get("reason") for finding in saved.findings}
    assert said["columns-blank"] == said["link-dead"] == "本轮未启用此项检查"
    assert said["home-stale"] != "本轮未启用此项检查"


def test_a_replay_of_an_untouched_archive_finds_no_difference(tmp_path: Path) -> None:
    inspect(tmp_path, PAGES)
    done = scrapy(tmp_path, "replay")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert f"{SITE.code} {SITE.name}：相同" in done.stdout
    assert "1 个相同，0 个不同，0 个没有可用的证据文件" in done.stdout


def test_a_replay_has_the_limits_of_the_crawl(tmp_path: Path) -> None:
    inspect(tmp_path, PAGES)
    done = scrapy(tmp_path, "replay", "-s", "SITE_PAGE_BUDGET=1", "-s", "SURVEY_PAGES=0")
    assert done.returncode == 0, done.stdout


def test_a_replay_shows_what_differs(tmp_path: Path) -> None:
    first = inspect(tmp_path, PAGES)
    second = inspect(tmp_path, PAGES | {f"{HOME}gzdt/": PAGES[f"{HOME}tzgg/"]})
    archives = sorted((tmp_path / "2026Q2" / "evidence").iterdir())
    archives[1].write_bytes(archives[0].read_bytes())
    assert first.facts.columns != second.facts.columns
    done = scrapy(tmp_path, "replay", "--site", SITE.code)
    assert done.returncode == 1, done.stderr
    assert "处不同" in done.stdout
    assert "columns" in done.stdout


@pytest.mark.parametrize("damage", ["missing", "broken"])
def test_a_replay_without_an_archive_says_so(tmp_path: Path, damage: str) -> None:
    inspect(tmp_path, PAGES)
    (archive,) = (tmp_path / "2026Q2" / "evidence").iterdir()
    if damage == "missing":
        archive.unlink()
    else:
        archive.write_bytes(gzip.compress(b"no archive"))
    done = scrapy(tmp_path, "replay")
    assert done.returncode == 2
    assert "没有可用的证据文件" in done.stdout


@pytest.mark.parametrize("command", ["judge", "bulletin", "replay"])
def test_a_round_that_is_not_there_is_explained(tmp_path: Path, command: str) -> None:
    done = scrapy(tmp_path / "empty", command)
    assert done.returncode == 2
    assert "没有检查结果，请先运行 scrapy crawl sites" in done.stderr
    assert not (tmp_path / "empty").exists()
    inspect(tmp_path, PAGES)
    done = scrapy(tmp_path, command, "--round", "1999Q1")
    assert done.returncode == 2
    assert "没有轮次 1999Q1。已有的轮次：2026Q2。" in done.stderr


@pytest.mark.parametrize("command", ["judge", "bulletin", "replay"])
def test_a_word_without_its_option_is_refused(tmp_path: Path, command: str) -> None:
    inspect(tmp_path, PAGES)
    done = scrapy(tmp_path, command, "2026Q2")
    assert done.returncode == 2
    assert "--round 2026Q2" in done.stderr


@pytest.mark.parametrize("command", ["judge", "bulletin"])
def test_a_document_that_cannot_be_written_is_no_success(tmp_path: Path, command: str) -> None:
    inspect(tmp_path, PAGES)
    (tmp_path / "2026Q2" / "通报.docx").mkdir(parents=True)
    done = scrapy(tmp_path, command)
    assert done.returncode == 1
    assert "没有写出：通报.docx" in done.stderr
    assert "问题清单.xlsx" in done.stdout


def test_a_site_that_is_not_there_is_explained(tmp_path: Path) -> None:
    inspect(tmp_path, PAGES)
    done = scrapy(tmp_path, "replay", "--site", "0000000000")
    assert done.returncode == 2
    assert "没有网站 0000000000" in done.stderr


def test_differences_name_the_place_and_both_values(tmp_path: Path) -> None:
    one = inspect(tmp_path, PAGES).facts
    assert list(facts_differences(one, one)) == []
    before = [Finding("link-dead", Outcome.PASS, "http://a/\x1b[2J", evidence={"status": 200})]
    after = [Finding("link-dead", Outcome.VIOLATION, "http://a/\x1b[2J", evidence={"status": 404})]
    assert list(findings_differences(before, after)) == [
        'link-dead http://a/[2J.outcome："pass" → "violation"',
        "link-dead http://a/[2J.evidence.status：200 → 404",
    ]
    (gone,) = findings_differences(before, [])
    assert gone.startswith("link-dead http://a/[2J：{")
    assert gone.endswith("… → null")

"""What `scrapy crawl` and the commands on a round say of words that they do not know."""

from pathlib import Path

import pytest

from tests.commands.rounds import scrapy

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("words", [(), ("site",), ("sites", "accounts")])
def test_what_is_no_spider_is_refused_in_one_message(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = scrapy(tmp_path, "crawl", *words)
    assert done.returncode == 2
    assert "请写明检查什么：scrapy crawl accounts | sites | uptime" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("words", "said"), [(("2026Q2",), "--round 2026Q2。"), (("--rnd", "1"), "--round ID。")])
def test_a_word_that_no_option_introduces_is_refused(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    done = scrapy(tmp_path, "bulletin", *words)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize("command", [("crawl", "sites"), ("judge",)])
def test_a_misspelt_setting_is_refused(tmp_path: Path, command: tuple[str, ...]) -> None:
    """In silence, a round would be judged without the thresholds that were meant."""
    for name, meant in (("OVERLAYS", "OVERLAY"), ("register", "REGISTER"), ("DOWNLOAD_DELAYS", "DOWNLOAD_DELAY")):
        done = scrapy(tmp_path, *command, "-s", f"{name}=1")
        assert (done.returncode, done.stdout) == (2, "")
        assert f"没有名为 {name} 的设置，是否为 {meant}？" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_setting_that_only_an_addon_knows_is_let_through(tmp_path: Path) -> None:
    assert "设置" not in scrapy(tmp_path, "judge", "-s", "MY_ADDON_SECRET=1").stderr

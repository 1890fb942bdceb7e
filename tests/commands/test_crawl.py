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

"""`scrapy rules`, as a user runs it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.slow


def rules(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "rules", *arguments],
        check=False,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


def test_the_page_in_the_repository_is_current() -> None:
    done = rules("--check")
    assert (done.returncode, done.stdout) == (
        0,
        "rules/README.md 与规则文件一致。\ndocs/indicators.md 与规则文件一致。\n",
    )


def test_the_table_names_every_rule_and_the_page_stays_the_same() -> None:
    page = ROOT / "rules" / "README.md"
    before = page.read_bytes()
    done = rules()
    assert done.returncode == 0
    assert all(file.stem in done.stdout for file in (ROOT / "rules" / "2019").glob("*.toml"))
    assert page.read_bytes() == before


def test_an_unknown_edition_is_told() -> None:
    done = rules("--check", "-s", "EDITION=1999")
    assert done.returncode == 1
    assert done.stdout == "1999：没有规则文件，请检查 EDITION，可用的有：2019\n"


def test_an_unknown_overlay_is_told_with_those_that_are_there() -> None:
    done = rules("--check", "-s", "OVERLAY=guansu")
    assert done.returncode == 1
    assert done.stdout.startswith("没有找到 rules/overlays/guansu.toml，请检查 OVERLAY，可用的有：baoji、")

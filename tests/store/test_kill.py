"""A process that is killed loses the site it is writing and nothing else."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from govspider.store import Store
from tests.store.saving import FINDINGS

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_a_kill_leaves_whole_inspections_only(url: str) -> None:
    with Store.open(url) as store:
        store.start_round("2026Q2", dt.date(2026, 6, 30), "2019", "", ())
    reported = 0
    for _ in range(5):
        with subprocess.Popen(
            [sys.executable, "-m", "tests.store.saving", url, "2026Q2"], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as saving:
            assert saving.stdout is not None
            for line in saving.stdout:
                reported = max(reported, int(line))
                if int(line) >= 12:
                    break
            saving.kill()
            reported = max([reported, *(int(line) for line in saving.stdout if line.endswith("\n"))])
        with Store.open(url) as store:
            codes = store.finished("2026Q2")
            assert {f"1{number:09}" for number in range(1, reported + 1)} <= codes
            for saved in store.latest("2026Q2"):
                assert len(saved.findings) == len(saved.facts.columns) == FINDINGS
                assert len(store.column_history(saved.facts.site.code, saved.facts.columns[-1].url)) >= 1

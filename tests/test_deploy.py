"""The files for timers: good systemd units, a cron table, commands that exist."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
COMMAND = re.compile(r"\.venv/bin/scrapy (crawl uptime|judge)(?: |$)", re.MULTILINE)
CRON = re.compile(r"[\d,]+ (?:\d+|\*) \* \* \* govspider cd /opt/govspider && \S+scrapy .+")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_the_units_are_good(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text("utf-8").replace("/opt/govspider/.venv/bin/scrapy", "/bin/true")
        (tmp_path / unit.name).write_text(text.replace("User=govspider", "User=root"), "utf-8")
    units = [str(tmp_path / unit.name) for unit in UNITS]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_each_timer_has_its_service_with_a_command() -> None:
    timers = {unit.stem for unit in UNITS if unit.suffix == ".timer"}
    assert (
        timers == {unit.stem for unit in UNITS if unit.suffix == ".service"} == {"govspider-uptime", "govspider-judge"}
    )
    for name in timers:
        assert COMMAND.search((DEPLOY / f"{name}.service").read_text("utf-8"))


def test_the_cron_table() -> None:
    lines = (DEPLOY / "govspider.cron").read_text("utf-8").splitlines()
    jobs = [line for line in lines if line and not line.startswith("#") and "=" not in line.split()[0]]
    assert len(jobs) == 2
    assert all(CRON.fullmatch(job) and COMMAND.search(job) for job in jobs)


def test_there_are_enough_looks_a_day_for_a_few_to_be_void() -> None:
    calendar = re.search(r"OnCalendar=\*:00/(\d+)", (DEPLOY / "govspider-uptime.timer").read_text("utf-8"))
    assert calendar
    assert 24 * 60 // int(calendar[1]) >= 40

"""Rounds over parts of the city: defects move, sites are re-inspected, crawls are killed, registers are bad."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from govspider.demo.city import City
from govspider.demo.model import Age, Flaws

pytestmark = pytest.mark.slow

MIZHI, FORESTRY, PLATFORM = "6108270006", "6108000027", "6108000059"
PLAIN = ("6199000004", "6199000005", "6199000015", "6199000018")  # qualified sites of different looks


def test_the_bulletin_follows_a_defect_to_another_site(city: City, open_office: Callable[[City], Any]) -> None:
    some = city.only(MIZHI, FORESTRY, PLATFORM, *PLAIN)
    office = open_office(some.change(PLATFORM, Flaws()).change(PLAIN[1], Flaws(blank_columns=6)))
    done = office.crawl()
    assert done.returncode == 0, done.stdout
    assert [row[1:] for row in office.annex("存在的突出问题")] == [
        ["米脂县人民政府", MIZHI, "未提供办事服务"],
        ["榆林市林业和草原局", FORESTRY, "未提供办事服务、多个栏目存在空白"],
        ["禾川县人民政府", PLAIN[1], "多个栏目存在空白"],
    ]
    assert office.verdicts()[PLATFORM]["verdict"] == "qualified"


JUST_TOO_MUCH = {
    "6199000004": (Flaws(newest_news=Age(days=15)), {"home-stale"}),
    "6199000005": (Flaws(newest_notice=Age(months=6, days=1)), {"columns-news-stale"}),
    "6199000015": (Flaws(unanswered=Age(months=3, days=1)), {"messages-unanswered"}),
    "6199000018": (Flaws(poor_guides=5), {"guides-incomplete"}),
    "6199000042": (Flaws(no_channel=True), {"channel-absent"}),
    "6199000034": (Flaws(stale_columns=10), {"columns-stale"}),
    "6199000040": (Flaws(poor_guides=4), {"guides-all-incomplete"}),
    "6199000010": (Flaws(blank_columns=5), {"columns-blank"}),
}
TAMPERED = "6199000038"


def test_a_day_or_a_column_too_much_is_found(city: City, open_office: Callable[[City], Any]) -> None:
    some = city.only(*JUST_TOO_MUCH, TAMPERED)
    for code, (flaws, _) in JUST_TOO_MUCH.items():
        some = some.change(code, flaws)
    office = open_office(some.change(TAMPERED, Flaws(tampered=True)))
    done = office.crawl()
    assert done.returncode == 0, done.stdout
    verdicts = office.verdicts()
    assert {code: set(verdicts[code]["vetoes"]) for code in JUST_TOO_MUCH} == {
        code: vetoes for code, (_, vetoes) in JUST_TOO_MUCH.items()
    }
    assert verdicts[TAMPERED]["verdict"] == "undetermined"
    assert {unknown["rule"] for unknown in verdicts[TAMPERED]["unknown"]} == {"content-tampered"}


def test_a_rectified_site_is_inspected_again_alone(city: City, open_office: Callable[[City], Any]) -> None:
    office = open_office(city.only(PLATFORM, PLAIN[0]))
    assert office.crawl().returncode == 0
    assert office.verdicts()[PLATFORM]["verdict"] == "unqualified"
    office.server.city = office.server.city.change(PLATFORM, Flaws())
    others = office.server.requests["127.77.0.5"]
    done = office.crawl(f"site={PLATFORM}")
    assert done.returncode == 0, done.stdout
    verdict = office.verdicts()[PLATFORM]
    assert (verdict["verdict"], verdict["inspection"]) == ("qualified", "recheck")
    answers = [row for row in office.annex("复检情况") if "空白" in row[2]]
    assert len(answers) >= 1
    assert {row[3] for row in answers} == {"已整改"}
    assert office.annex("存在的突出问题") == []
    assert inspections(office.database) == {PLATFORM: 2, PLAIN[0]: 1}
    assert office.server.requests["127.77.0.5"] - others < 10  # a link to it is all that is looked at again


def test_a_site_that_did_not_rectify_stays(city: City, open_office: Callable[[City], Any]) -> None:
    office = open_office(city.only(FORESTRY))
    assert office.crawl().returncode == 0
    assert office.crawl(f"site={FORESTRY}").returncode == 0
    assert office.verdicts()[FORESTRY]["verdict"] == "unqualified"
    assert {row[3] for row in office.annex("复检情况")} == {"未整改"}


def test_a_killed_round_is_taken_up_again(city: City, open_office: Callable[[City], Any]) -> None:
    codes = [code for code in city.codes() if code not in (MIZHI, FORESTRY, PLATFORM)][:9]
    office = open_office(city.only(*codes))
    slowly = {"SITES_IN_PARALLEL": 2, "BROWSER": "never"}
    command = office.command(**slowly)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as run:
        deadline = time.monotonic() + 120
        while len(inspections(office.database)) < 3 and run.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(run.pid, signal.SIGKILL)
    kept = inspections(office.database)
    assert 3 <= len(kept) < len(codes)
    done = office.crawl("resume=1", **slowly)
    assert done.returncode == 0, done.stdout
    assert inspections(office.database) == dict.fromkeys(codes, 1)
    assert set(office.verdicts()) == set(codes)


def test_a_bad_register_is_refused_before_any_request(city: City, open_office: Callable[[City], Any]) -> None:
    office = open_office(city.only(*PLAIN))
    with office.register.open("a", encoding="utf-8") as file:
        file.write("12345,没有标识码,http://127.77.0.9/,某局,部门,有,正常\n")
        file.write(f"{PLAIN[0]},重复,ftp://127.77.0.9/,某局,部门,有,正常\n")
    done = office.crawl()
    assert done.returncode == 1
    assert "第 6 行" in done.stdout
    assert "第 7 行" in done.stdout
    assert office.server.requests.total() == 0
    assert not office.outputs.exists()


def test_a_site_that_does_not_answer_is_not_judged(city: City, open_office: Callable[[City], Any]) -> None:
    office = open_office(city.only(PLAIN[0]))
    with office.register.open("a", encoding="utf-8") as file:
        file.write(f"6199000099,不在线的局,http://127.77.0.99:{office.server.port}/,某局,部门,有,正常\n")
    done = office.crawl()
    assert done.returncode == 0, done.stdout
    verdict = office.verdicts()["6199000099"]
    assert (verdict["verdict"], verdict["vetoes"]) == ("undetermined", [])
    assert [row[2] for row in office.annex("未能形成结论的原因")] == ["6199000099"]


def test_challenges_and_scripts_are_not_held_against_a_site_without_a_browser(
    city: City, open_office: Callable[[City], Any]
) -> None:
    behind_challenge, filled_by_script = "6199000019", "6199000022"
    office = open_office(city.only(behind_challenge, filled_by_script))
    done = office.crawl(BROWSER="never")
    assert done.returncode == 0, done.stdout
    assert {verdict["verdict"] for verdict in office.verdicts().values()} == {"undetermined"}


def inspections(database: Path) -> dict[str, int]:
    """How many inspections each site has in the store; none before the store is made."""
    with (
        contextlib.suppress(sqlite3.OperationalError),
        contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection,
    ):
        return dict(connection.execute("SELECT code, count(*) FROM inspections GROUP BY code"))
    return {}

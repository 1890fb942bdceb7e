"""The real ``scrapy crawl uptime`` in a process of its own, against small sites on loopback."""

import datetime as dt
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock
from scrapy.utils.project import get_project_settings

from govspider.facts import Probe, Site
from govspider.spiders.campaign import CampaignError
from govspider.spiders.uptime import prepare
from govspider.store import Store
from tests.fetching.web import PAGE, Reply, Web, redirect
from tests.inbox import Inbox

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
WAF = Reply("<html><title>t</title>安全验证中</html>".encode(), 503)
NOWHERE = "http://127.0.26.99:1/"  # nobody listens there
SLOW = "import govspider.fetching.probing as probing; probing.GRACE = 1.0"


def code(number: int) -> str:
    return f"61082700{number:02d}"


class Town:
    """Sites with a register of them and one control address."""

    def __init__(self, folder: Path, stack: ExitStack, count: int) -> None:
        self.output = folder / "output"
        self.webs = [stack.enter_context(Web(f"127.0.26.{number + 1}", {"/": Reply()})) for number in range(count)]
        self.control = stack.enter_context(Web("127.0.27.1", {"/": Reply()}))
        self.register = folder / "sites.csv"
        self.write([web.url for web in self.webs])

    def write(self, urls: list[str], more: str = "") -> None:
        rows = [f"{code(number)},某{number}局,{url},正常" for number, url in enumerate(urls)]
        self.register.write_text("\n".join(["网站标识码,网站名称,首页网址,报送状态", *rows, more]), "utf-8")

    def command(self, *more: str, patch: str = "") -> list[str]:
        ours = {"REGISTER": self.register, "OUTPUT": self.output, "UPTIME_PAUSE": 0.1,
                "UPTIME_CONTROLS": f"{self.control.url}/"}  # fmt: skip
        options = [part for name, value in ours.items() for part in ("-s", f"{name}={value}")]
        program = f"import sys; sys.path.insert(0, '.')\n{patch}\nfrom scrapy.cmdline import execute; execute()"
        return [sys.executable, "-c", program, "crawl", "uptime", *options, *more]

    def run(self, *more: str, patch: str = "") -> subprocess.CompletedProcess[str]:
        command = self.command(*more, patch=patch)
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)

    def probes(self, number: int) -> tuple[Probe, ...]:
        with Store.open(f"sqlite:///{self.output / 'govspider.db'}") as store:
            return store.probes.of(code(number))


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


def test_a_probe_says_how_each_home_page_opened(tmp_path: Path, stack: ExitStack) -> None:
    town = Town(tmp_path, stack, 7)
    town.webs[1].pages = {"/": Reply(status=502)}
    town.webs[2].pages = {"/": WAF}
    town.webs[3].pages = {"/": redirect("/a"), "/a": redirect(f"{town.webs[0].url}/")}
    town.webs[4].pages = {"/": lambda asked, number: Reply(status=500 if number == 1 else 200)}
    town.webs[5].pages = {"/": Reply(status=403)}
    town.webs[6].pages = {"/": Reply(), "/robots.txt": Reply(b"User-agent: *\nDisallow: /")}
    town.write([*(web.url for web in town.webs), NOWHERE], f"{code(90)},关停的,{NOWHERE},关停")
    done = town.run()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    found = [town.probes(number)[0] for number in range(8)]
    assert [(one.outcome, one.status, one.ok, one.looks) for one in found] == [
        ("ok", 200, True, 1),
        ("http_error", 502, False, 3),
        ("blocked", 503, False, 1),
        ("ok", 200, True, 1),
        ("ok", 200, True, 2),
        ("http_error", 403, False, 1),
        ("ok", 200, True, 1),
        ("refused", 0, False, 3),
    ]
    assert all(one.voided == "" for one in found)
    assert found[0].first_byte is not None
    assert found[0].seconds is not None
    assert 0 < found[0].first_byte <= found[0].seconds < 15
    assert found[3].redirects == (f"{town.webs[3].url}/", f"{town.webs[3].url}/a")
    assert found[3].final_url == f"{town.webs[0].url}/"
    assert found[7].seconds is None
    assert town.probes(90) == ()
    assert town.webs[6].paths(robots=True) == ["GET /"]


def test_what_takes_too_long_is_looked_at_again_and_not_opened(tmp_path: Path, stack: ExitStack) -> None:
    """With a line of one second in place of fifteen."""
    town = Town(tmp_path, stack, 4)
    town.webs[1].pages = {"/": Reply(wait=1.3)}
    town.webs[2].pages = {"/": Reply(wait=30)}
    town.webs[3].pages = {"/": Reply(PAGE, drip=0.5)}
    quick = (
        f"{SLOW}\nimport govspider.spiders.uptime as uptime, dataclasses\n"
        "real = uptime.prepare\n"
        "def prepare(*arguments):\n"
        "    watch = real(*arguments)\n"
        "    return dataclasses.replace(watch, limits=dataclasses.replace(watch.limits, slow_seconds=1.0))\n"
        "uptime.prepare = prepare"
    )
    done = town.run(patch=quick)
    assert (done.returncode, done.stderr) == (0, "")
    slow, never, drip = (town.probes(number)[0] for number in (1, 2, 3))
    assert (slow.outcome, slow.looks, slow.seconds is not None and slow.seconds >= 1) == ("ok", 3, True)
    assert (never.outcome, never.looks, never.seconds, never.first_byte) == ("timeout", 3, None, None)
    assert (drip.outcome, drip.looks, drip.seconds, drip.first_byte is not None) == ("timeout", 3, None, True)


def test_without_the_control_addresses_a_run_is_void(tmp_path: Path, stack: ExitStack) -> None:
    town = Town(tmp_path, stack, 2)
    town.write([town.webs[0].url, NOWHERE])
    done = town.run("-s", f"UPTIME_CONTROLS={town.control.url}/,{NOWHERE},http://127.0.26.98:1/")
    assert done.returncode == 0
    assert "本次监测作废：3个对照地址中有2个同时打不开" in done.stderr
    assert [one.ok for one in (*town.probes(0), *town.probes(1))] == [True, False]
    assert all("对照地址" in one.voided for one in (*town.probes(0), *town.probes(1)))


def test_a_control_address_that_leads_elsewhere_is_a_log_in_page_of_our_network(
    tmp_path: Path, stack: ExitStack
) -> None:
    town = Town(tmp_path, stack, 1)
    town.control.pages = {"/": redirect(f"{town.webs[0].url}/")}
    town.run()
    assert "对照地址" in town.probes(0)[0].voided


def test_a_jump_of_failures_voids_until_it_is_over(tmp_path: Path, stack: ExitStack) -> None:
    town = Town(tmp_path, stack, 6)
    well = [web.url for web in town.webs]
    assert town.run().stderr == ""
    town.write([NOWHERE, "http://127.0.26.98:1/", "http://127.0.26.97:1/", *well[3:]])
    for _ in range(2):
        done = town.run()
        assert done.returncode == 0
        assert "本次监测作废：本次监测有3个网站同时由正常变为打不开" in done.stderr
    town.write([NOWHERE, *well[1:]])
    assert town.run().stderr == ""
    assert [bool(one.voided) for one in town.probes(0)] == [False, True, True, False]
    assert [one.ok for one in town.probes(0)] == [True, False, False, False]
    assert [bool(one.voided) for one in town.probes(5)] == [False, True, True, False]


def test_two_runs_do_not_overlap(tmp_path: Path, stack: ExitStack) -> None:
    town = Town(tmp_path, stack, 1)
    town.output.mkdir()
    with FileLock(town.output / "uptime.lock"):
        done = town.run()
    assert done.returncode == 1
    assert done.stderr == "上一次可用性监测还没有结束，本次不做。\n"
    assert town.webs[0].asked == []
    assert town.run().returncode == 0


def test_some_sites_alone_or_those_of_a_round(tmp_path: Path, stack: ExitStack) -> None:
    town = Town(tmp_path, stack, 2)
    assert town.run("-a", f"site={code(1)}").returncode == 0
    assert [len(web.asked) for web in town.webs] == [0, 1]
    sites = (Site(code(7), "某局", f"{town.webs[0].url}/"),)
    with Store.open(f"sqlite:///{town.output / 'govspider.db'}") as store:
        store.start_round("R1", dt.date(2026, 6, 30), "2019", "", sites)
    assert town.run("-a", "round=R1", "-s", "REGISTER=none.csv").returncode == 0
    assert [one.url for one in town.probes(7)] == [sites[0].url]
    done = town.run("-a", "round=none")
    assert (done.returncode, done.stderr) == (1, "没有轮次 none。已有的轮次：R1。\n")
    done = town.run("-a", "checkpoint=2026-06-30")
    assert (done.returncode, done.stderr) == (1, "不认识的参数：checkpoint。可用的参数：site、round。\n")


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("UPTIME_CONTROLS=", "UPTIME_CONTROLS 应是一个或多个网址"),
        ("UPTIME_CONTROLS=ftp://a.example/", "UPTIME_CONTROLS 应是一个或多个网址"),
        ("UPTIME_PAUSE=-1", "UPTIME_PAUSE 必须是不小于 0 的数"),
        ("UPTIME_IN_PARALLEL=x", "UPTIME_IN_PARALLEL 必须是不小于 1 的整数"),
        ("DOWNLOAD_DELAY=abc", "DOWNLOAD_DELAY 必须是不小于 0 的数"),
        ("OUTAGES=none.csv", "没有找到报备停机登记表 none.csv"),
        ("REGISTER=none.csv", "没有找到网站名册 none.csv"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, stack: ExitStack, setting: str, said: str) -> None:
    settings = get_project_settings()
    settings.setdict({"REGISTER": str(Town(tmp_path, stack, 1).register), "OUTPUT": str(tmp_path)}, "cmdline")
    settings.set(*setting.split("=", 1), priority="cmdline")
    with pytest.raises(CampaignError, match=said):
        prepare(settings, {})


def test_a_run_ends_in_time_and_says_what_it_left_out(tmp_path: Path, stack: ExitStack) -> None:
    town = Town(tmp_path, stack, 3)
    for web in town.webs:
        web.pages = {"/": Reply(wait=1.2)}
    done = town.run("-s", "UPTIME_SECONDS=1", "-s", "UPTIME_IN_PARALLEL=1")
    assert done.returncode == 1
    assert "有 2 个网站本次没有监测" in done.stderr
    assert [len(town.probes(number)) for number in range(3)] == [1, 0, 0]


def test_a_run_that_is_killed_leaves_nothing_behind_and_no_lock(tmp_path: Path, stack: ExitStack) -> None:
    town = Town(tmp_path, stack, 1)
    town.webs[0].pages = {"/": Reply(wait=60)}
    process = subprocess.Popen(town.command(), cwd=ROOT, stderr=subprocess.PIPE)
    while not town.webs[0].asked:
        time.sleep(0.05)
        assert process.poll() is None
    process.kill()
    process.communicate()
    town.webs[0].pages = {"/": Reply()}
    assert town.run().returncode == 0
    assert [one.ok for one in town.probes(0)] == [True]


def test_a_site_that_fails_too_often_is_told_of_at_once(tmp_path: Path, stack: ExitStack, inbox: Inbox) -> None:
    town = Town(tmp_path, stack, 2)
    town.write([town.webs[0].url, NOWHERE])
    town.output.mkdir()
    now = dt.datetime.now(dt.UTC)
    with Store.open(f"sqlite:///{town.output / 'govspider.db'}") as store:
        week = [Probe(now - dt.timedelta(days=back), True, 0.5) for back in range(1, 8) for _ in range(20)]
        failed = [replace(probe, ok=False, seconds=None) for probe in week[:20]]
        store.probes.add(now, [(code(0), probe) for probe in week])
        store.probes.add(now, [(code(1), probe) for probe in (*failed, *week[20:])])
    for _ in range(2):
        done = town.run("-s", f"NOTIFY={inbox.url}")
        assert (done.returncode, done.stderr) == (0, "")
    (notice,) = inbox.got
    assert code(1) in notice["message"]
    assert "已达否决线" in notice["message"]
    assert code(0) not in notice["message"]


def test_trouble_of_our_own_name_server_is_no_failure(tmp_path: Path, stack: ExitStack) -> None:
    town = Town(tmp_path, stack, 1)
    town.write([town.webs[0].url, "http://one.example/", "http://two.example/"])
    resolver = (
        "import socket, govspider.fetching.guard as guard\n"
        "real = guard._addresses\n"
        "def addresses(host):\n"
        "    if host == 'one.example':\n"
        "        raise socket.gaierror(socket.EAI_AGAIN, 'try again')\n"
        "    if host == 'two.example':\n"
        "        raise socket.gaierror(socket.EAI_NONAME, 'no such name')\n"
        "    return real(host)\n"
        "guard._addresses = addresses"
    )
    done = town.run(patch=resolver)
    assert (done.returncode, done.stderr) == (0, "1 个网站的监测作废：域名解析服务暂时不可用。\n")
    well, ours, gone = (town.probes(number)[0] for number in range(3))
    assert (well.ok, well.voided) == (True, "")
    assert (ours.ok, ours.looks, ours.voided) == (False, 3, "域名解析服务暂时不可用")
    assert (gone.ok, gone.outcome, gone.voided) == (False, "dns", "")

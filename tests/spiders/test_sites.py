"""The real ``scrapy crawl sites`` in a process of its own, against small sites on loopback."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from govspider.facts import Outcome
from govspider.store import Store
from tests.fetching.web import Asked, Reply, Web
from tests.inbox import SECRET, Inbox

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
ROUND = ["-a", "round=R1", "-a", "checkpoint=2026-06-30"]


def page(body: str) -> Reply:
    head = "<html><head><meta charset=utf-8><title>某县人民政府</title></head>"
    return Reply(f"{head}<body>{body}</body></html>".encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def site_pages() -> dict[str, Reply | Callable[[Asked, int], Reply]]:
    news = "".join(
        f"<li><a href=/n{day}.html>本县召开第{day}次会议部署工作</a><span>2026-06-{day}</span></li>"
        for day in range(10, 30)
    )
    menu = "<ul class=nav><li><a href=/>首页</a></li><li><a href=/news/>工作动态</a></li><li><a href=/notice/>通知公告</a></li></ul>"
    pages: dict[str, Reply | Callable[[Asked, int], Reply]] = {
        "/": page(f"{menu}<div><h2>工作动态</h2><ul>{news}</ul></div>"),
        "/news/": page(f"{menu}<ul>{news}</ul>"),
        "/notice/": page(f"{menu}<ul>{news}</ul>"),
    }
    pages |= {f"/n{day}.html": page(f"<h1>会议</h1><p>发布时间：2026-06-{day}</p>") for day in range(10, 30)}
    return pages


def code_of(number: int) -> str:
    return f"61082700{number:02d}"


class Town:
    """``count`` sites with a register of them; ``run`` starts a crawl."""

    def __init__(self, folder: Path, stack: ExitStack, count: int, first: int = 1) -> None:
        self.output = folder / "output"
        self.webs = [stack.enter_context(Web(f"127.0.25.{first + number}", site_pages())) for number in range(count)]
        rows = [f"{code_of(number)},某{number}局,{web.url}/,正常" for number, web in enumerate(self.webs)]
        self.register = folder / "sites.csv"
        self.register.write_text("\n".join(["网站标识码,网站名称,首页网址,报送状态", *rows]), "utf-8")

    def command(self, *more: str, patch: str = "") -> list[str]:
        """``patch`` is Python that is run first, in the crawl's process."""
        ours = {"REGISTER": self.register, "OUTPUT": self.output, "COLUMNS": "", "DOWNLOAD_DELAY": 0, "BROWSER": "never",
                "RETRY_PAUSE": 0.1, "DOWNLOAD_TIMEOUT": 3, "OFFICE": "register/none.toml"}  # fmt: skip
        options = [part for name, value in ours.items() for part in ("-s", f"{name}={value}")]
        code = f"import sys; sys.path.insert(0, '.')\n{patch}\nfrom scrapy.cmdline import execute; execute()"
        return [sys.executable, "-c", code, "crawl", "sites", *ROUND, *options, *more]

    def run(self, *more: str, patch: str = "") -> subprocess.CompletedProcess[str]:
        command = self.command(*more, patch=patch)
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)

    def start(self, *more: str, patch: str = "") -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return subprocess.Popen(self.command(*more, patch=patch), cwd=ROOT, stdout=pipe, stderr=pipe, text=True)

    @property
    def folder(self) -> Path:
        return self.output / "R1"

    def lines(self, name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.folder / name).read_text("utf-8").splitlines()]

    def finished(self) -> set[str]:
        with Store.open(f"sqlite:///{self.output / 'govspider.db'}") as store:
            return store.finished("R1")


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


SLOWLY = (
    "import govspider.inspecting.walk as w, govspider.spiders.sites as s, asyncio\n"
    + """
walk = s.inspect_site
async def slowly(site, fetch, plan):
    facts = await walk(site, fetch, plan)
    for _ in range(20):
        await fetch(site.url)
        await asyncio.sleep(0.1)
    return facts
s.inspect_site = slowly
"""
)


def test_a_round_leaves_all_its_outputs(tmp_path: Path, stack: ExitStack) -> None:
    town = Town(tmp_path, stack, 3)
    town.webs[2].pages["/"] = Reply(b"", 500)
    done = town.run()
    assert done.returncode == 0
    assert len(done.stderr.splitlines()) == 1  # that there is no office.toml
    verdicts = {verdict["code"]: verdict for verdict in town.lines("verdicts.jsonl")}
    assert len(verdicts) == 3
    assert verdicts[code_of(2)]["verdict"] == "undetermined"
    assert {path.name for path in town.folder.iterdir()} >= {
        "通报.docx", "问题清单.xlsx", "verdicts.jsonl", "findings.jsonl", "columns.jsonl", "warnings.jsonl", "evidence", "reports", "run.log",
    }  # fmt: skip
    assert len(list((town.folder / "evidence").glob("*.warc.gz"))) == 3
    assert "某2局" in done.stdout
    assert "成果在" in done.stdout
    assert "\n  reports/（3 个文件）\n" in done.stdout
    assert town.finished() == {code_of(number) for number in range(3)}


def test_an_output_that_cannot_be_written_ends_with_an_error_and_the_others_written(
    tmp_path: Path, stack: ExitStack
) -> None:
    town = Town(tmp_path, stack, 1)
    (town.folder / "通报.docx").mkdir(parents=True)
    done = town.run()
    assert done.returncode == 1
    assert "没有写出：通报.docx" in done.stdout
    assert len(town.lines("verdicts.jsonl")) == 1


def test_a_browser_that_is_named_must_be_there(tmp_path: Path, stack: ExitStack) -> None:
    town = Town(tmp_path, stack, 1)
    done = town.run("-s", f"CHROMIUM={tmp_path}/no-browser", "-s", "BROWSER=auto")
    assert done.returncode == 1
    assert "no-browser" in done.stderr
    assert not town.webs[0].paths()


def test_a_browser_that_is_not_there_is_told_with_its_remedy(tmp_path: Path, stack: ExitStack) -> None:
    town = Town(tmp_path, stack, 1)
    nowhere = f"import os; os.environ.update(PATH='', CHROMIUM='', PLAYWRIGHT_BROWSERS_PATH='{tmp_path}')"
    done = town.run("-s", "BROWSER=auto", patch=nowhere)
    assert done.returncode == 0
    assert "需要浏览器的内容列为待定；请安装 chromium 或用 -s CHROMIUM=程序路径 指定" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Traceback" in (town.folder / "run.log").read_text("utf-8")


def test_a_whole_round_is_inspected_by_one_run_at_a_time(tmp_path: Path, stack: ExitStack) -> None:
    town = Town(tmp_path, stack, 1)
    town.output.mkdir()
    with FileLock(town.output / "sites-R1.lock"):
        done = town.run()
        assert done.returncode == 1
        assert done.stderr.startswith("轮次 R1 正在检查，不能同时再查一遍。")
        assert town.webs[0].paths() == []
        assert town.run("-a", f"site={code_of(0)}").returncode == 0
    assert town.run().returncode == 0


def test_a_walk_that_crashes_is_kept_says_nothing_of_the_site_and_is_repeated(tmp_path: Path, stack: ExitStack) -> None:
    town = Town(tmp_path, stack, 2)
    patch = f"""
import govspider.spiders.sites as s
walk = s.inspect_site
async def broken(site, fetch, plan):
    if site.code == "{code_of(0)}":
        raise KeyError("a bug")
    return await walk(site, fetch, plan)
s.inspect_site = broken
"""
    done = town.run(patch=patch)
    assert done.returncode == 1
    assert "有 1 个网站因检查程序出错没有得出结论" in done.stdout
    assert "-a resume=1" in done.stdout
    (verdict,) = (verdict for verdict in town.lines("verdicts.jsonl") if verdict["code"] == code_of(0))
    assert verdict["verdict"] == "undetermined"
    assert verdict["coverage"]["complete"] is False
    log = (town.folder / "run.log").read_text("utf-8")
    assert f"{code_of(0)} 检查中断" in log
    assert "KeyError" in log
    assert town.finished() == {code_of(1)}
    assert town.run("-a", "resume=1").returncode == 0
    assert town.finished() == {code_of(0), code_of(1)}
    assert town.webs[1].paths().count("GET /") == 1  # the site that was done was left alone


def test_ctrl_c_lets_sites_in_flight_finish_and_says_how_to_resume(tmp_path: Path, stack: ExitStack) -> None:
    town = Town(tmp_path, stack, 5)
    crawl = town.start("-s", "SITES_IN_PARALLEL=2", patch=SLOWLY)
    wait_for(lambda: any("GET /news/" in web.paths() for web in town.webs))
    crawl.send_signal(signal.SIGINT)
    out, err = crawl.communicate(timeout=60)
    assert "再按一次 Ctrl-C" in err
    assert "-a resume=1" in out
    assert "-a round=R1 -a checkpoint=2026-06-30" in out
    done = town.finished()
    assert 2 <= len(done) < 5
    assert len(town.lines("verdicts.jsonl")) == 5
    town.run("-a", "resume=1")
    assert len(town.finished()) == 5


def test_the_second_ctrl_c_stops_at_once(tmp_path: Path, stack: ExitStack) -> None:
    town = Town(tmp_path, stack, 2)
    crawl = town.start(patch=SLOWLY.replace("range(20)", "range(600)"))
    wait_for(lambda: all("GET /news/" in web.paths() for web in town.webs))
    helpers = children(crawl.pid)
    assert helpers
    crawl.send_signal(signal.SIGINT)
    time.sleep(1)
    crawl.send_signal(signal.SIGINT)
    _, err = crawl.communicate(timeout=20)
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in helpers))
    assert "已立即停止" in err
    assert "resume=1" in err


def test_a_killed_crawl_loses_only_sites_in_flight(tmp_path: Path, stack: ExitStack) -> None:
    town = Town(tmp_path, stack, 6)
    crawl = town.start("-s", "SITES_IN_PARALLEL=1", patch=SLOWLY.replace("range(20)", "range(5)"))
    wait_for(lambda: "GET /news/" in town.webs[3].paths())
    helpers = children(crawl.pid)
    assert helpers
    crawl.kill()
    crawl.communicate(timeout=20)
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in helpers))
    assert {code_of(0), code_of(1)} <= town.finished() <= {code_of(number) for number in range(4)}
    done = town.run("-a", "resume=1")
    assert done.returncode == 0
    assert len(town.finished()) == 6
    assert len(town.lines("verdicts.jsonl")) == 6
    assert [web.paths().count("GET /") for web in town.webs[:2]] == [6, 6]


def test_one_site_can_be_inspected_again(tmp_path: Path, stack: ExitStack) -> None:
    town = Town(tmp_path, stack, 2)
    town.run()
    before = {verdict["code"]: verdict["inspection"] for verdict in town.lines("verdicts.jsonl")}
    town.run("-a", f"site={code_of(1)}")
    after = {verdict["code"]: verdict["inspection"] for verdict in town.lines("verdicts.jsonl")}
    assert before == {code_of(0): "first", code_of(1): "first"}
    assert after == {code_of(0): "first", code_of(1): "recheck"}
    assert town.webs[0].paths().count("GET /") == 1


def test_a_family_can_be_switched_off(tmp_path: Path, stack: ExitStack) -> None:
    town = Town(tmp_path, stack, 1)
    pipelines = {"govspider.pipelines.FreshnessPipeline": None, "govspider.pipelines.StorePipeline": 900}
    town.run("-s", f"ITEM_PIPELINES={json.dumps(pipelines)}")
    with Store.open(f"sqlite:///{town.output / 'govspider.db'}") as store:
        (saved,) = store.latest("R1")
    assert {finding.outcome for finding in saved.findings} == {Outcome.UNKNOWN}


def test_no_more_sites_at_once_than_asked(tmp_path: Path, stack: ExitStack) -> None:
    town = Town(tmp_path, stack, 5)
    patch = """
import govspider.spiders.sites as s
walk, now = s.inspect_site, set()
async def counted(site, fetch, plan):
    now.add(site.code)
    print("AT ONCE", len(now), flush=True)
    try:
        return await walk(site, fetch, plan)
    finally:
        now.discard(site.code)
s.inspect_site = counted
"""
    done = town.run("-s", "SITES_IN_PARALLEL=2", patch=patch)
    assert max(int(number) for number in re.findall(r"AT ONCE (\d+)", done.stdout)) == 2


def test_wrong_arguments_end_with_one_and_a_message(tmp_path: Path, stack: ExitStack) -> None:
    town = Town(tmp_path, stack, 1)
    done = town.run("-a", "site=1234")
    assert done.returncode == 1
    assert done.stderr.strip() == "名册中没有网站标识码 1234。请核对 -a site=标识码（多个用逗号分隔）。"
    assert town.webs[0].asked == []


def test_a_terminal_shows_progress_and_nothing_that_a_page_could_inject(tmp_path: Path, stack: ExitStack) -> None:
    town = Town(tmp_path, stack, 2)
    rows = town.register.read_text("utf-8").replace("某1局", "某\x9b31m\u202e局[red]")
    town.register.write_text(rows, "utf-8")
    town.webs[1].pages["/"] = Reply(b"", 500)
    parent, child = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "200", "LINES": "40"}
    crawl = subprocess.Popen(town.command(), cwd=ROOT, stdout=child, stderr=child, env=environment)
    os.close(child)
    shown = b""
    while True:
        try:
            data = os.read(parent, 4096)
        except OSError:
            break
        if not data:
            break
        shown += data
    os.close(parent)
    assert crawl.wait(60) == 0
    text = shown.decode()
    assert "个网站" in text
    assert "发现问题" in text
    assert "\x9b" not in text
    assert "\u202e" not in text
    assert "局[red]" in text


def children(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def wait_for(true: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def test_early_warnings_are_told_when_a_crawl_ends_and_the_address_stays_secret(
    tmp_path: Path, stack: ExitStack, inbox: Inbox
) -> None:
    town = Town(tmp_path, stack, 1)
    for _ in range(2):  # twelve days after the newest entry
        done = town.run("-a", "checkpoint=2026-07-11", "-s", f"NOTIFY={inbox.url}", "-s", "LOG_LEVEL=DEBUG")
        assert done.returncode == 0
        assert SECRET not in done.stdout + done.stderr
        assert SECRET not in (town.output / "R1" / "run.log").read_text("utf-8")
    (notice,) = inbox.got
    assert "首页" in notice["message"]
    (line,) = (town.output / "R1" / "warnings.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["rule"] == "home-stale"

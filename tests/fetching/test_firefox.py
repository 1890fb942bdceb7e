"""The real Firefox: how pages show in it, what it may not reach, and that nothing it does holds up a crawl."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.utils.test import get_crawler

from govspider.fetching.browser import BrowserUnavailableError
from govspider.fetching.firefox import NAMES, Firefox, find_firefox
from govspider.fetching.guard import Guard
from tests.fetching import asker
from tests.fetching.asker import ask
from tests.fetching.test_browser import certificate
from tests.fetching.test_display import LENGTH, PAGES, TEXT, css, html
from tests.fetching.web import Reply, Web, redirect

with_firefox = [pytest.mark.slow, pytest.mark.skipif(find_firefox() is None, reason="no Firefox on the PATH")]
HOST, OTHER = "127.0.46.11", "127.0.46.12"


def looked(web: Web, *paths: str, **settings: Any) -> dict[str, dict[str, Any]]:
    """What is measured of the pages by their paths; of those that failed, their outcome and error."""
    asks = [{"url": web.url + path, "how": "firefox"} for path in paths]
    answers = ask(asks, [web.url], RETRY_PAUSE=0.1, **settings)
    return {
        answer["url"].removeprefix(web.url): {
            "outcome": answer["outcome"],
            "said": answer["error"],
            "log": answer["log"],
            **(json.loads(answer["body"]) if answer["body"] else {}),
        }
        for answer in answers
    }


@pytest.fixture(autouse=True)
def folder_of_profiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One of each test's own: other crawls may be under way on the machine."""
    folder = tmp_path / "profiles"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def running() -> list[int]:
    """Every Firefox that this test started."""
    pattern = f"profile {os.environ['TMPDIR']}/"
    found = subprocess.run(["pgrep", "-f", pattern], capture_output=True, text=True, check=False)
    return [int(pid) for pid in found.stdout.split()]


class TestReal:
    pytestmark = with_firefox

    def test_what_is_in_sight_and_what_is_missing(self, folder_of_profiles: Path) -> None:
        pages = {
            **PAGES,
            "/lost": html("<script>fetch('/data').then(r => r.json())</script>"),
            "/jump": html("<script>location.href = '/plain'</script>"),
            "/dialog": html("<script>alert(1); document.body.innerHTML = '" + TEXT + "'</script>"),
            "/thrown": html(TEXT + "<script>setTimeout(() => { throw 'words' })</script>"),
            "/framed": html(TEXT + "<iframe srcdoc='<script>nosuch()</script>'></iframe>"),
            "/locked": html(TEXT + "<img src=/key.png>"),
            "/key.png": Reply(b"", 401, {"WWW-Authenticate": 'Basic realm="a"'}),
            "/handler": html(
                TEXT + "<iframe src='nosuchprogram://a'></iframe><script>location.href = 'mailto:a@b.cn'</script>"
            ),
            "/gone": Reply(b"<html>gone</html>", 404),
            "/moved": redirect("/plain"),
        }
        paths = (
            "/plain", "/strict", "/busy", "/hidden", "/clear", "/late", "/wide", "/embed", "/images", "/picture", "/tampered",
            "/lost", "/jump", "/dialog", "/thrown", "/framed", "/locked", "/handler", "/gone", "/moved",
        )  # fmt: skip
        with Web(HOST, pages) as web:
            told = looked(web, *paths)
            agents = {one.headers["user-agent"] for one in web.asked if one.path == "/late"}
        assert running() == []
        assert list(folder_of_profiles.iterdir()) == []
        assert {path: page["outcome"] for path, page in told.items()} == dict.fromkeys(paths, "ok") | {
            "/gone": "http_error"
        }
        plain = told["/plain"]
        assert plain["browser"].startswith("Firefox ")
        assert (plain["viewport"], plain["width"]) == (1366, 1366)
        assert (plain["sheets"], plain["sheets_lost"], plain["rules"], plain["unsure"]) == (2, 1, 2, 0)
        assert (told["/strict"]["sheets_lost"], told["/strict"]["rules"], told["/strict"]["errors"]) == (1, 0, 0)
        assert (told["/busy"]["sheets_lost"], told["/busy"]["unsure"]) == (0, 1)
        for path in ("/plain", "/late", "/wide", "/tampered", "/jump", "/dialog", "/moved", "/locked", "/handler"):
            assert (told[path]["text"], told[path]["visible"]) == (LENGTH, LENGTH), path
        for path in ("/hidden", "/clear"):
            assert (told[path]["text"], told[path]["visible"], told[path]["media"]) == (LENGTH, 0, 0), path
        assert "nosuch is not defined" in told["/clear"]["error"]
        assert (told["/wide"]["width"] > 3000, told["/wide"]["beyond"]) == (True, LENGTH)
        assert told["/embed"]["plugin"] > 0.7
        assert (told["/images"]["images"], told["/images"]["images_lost"]) == (9, 8)
        assert told["/picture"]["media"] == 1
        assert (told["/thrown"]["errors"], told["/framed"]["errors"]) == (1, 0)  # a frame's errors are not the page's
        assert (told["/locked"]["unsure"], told["/locked"]["images_lost"]) == (0, 0)  # nobody is asked for a password
        assert told["/lost"]["unsure"] > 0
        (agent,) = agents
        assert "Firefox/" in agent
        assert "govspider" in agent

    def test_it_reaches_no_private_address(self) -> None:
        with Web(OTHER, {"/": Reply(b"secret")}) as secret:
            port = secret.url.rpartition(":")[2]
            inside = "".join(
                f"fetch('http://{host}:{port}/', {{mode: 'no-cors'}}).catch(() => 0);"
                for host in (OTHER, "localhost", "127.0.0.1", "[::1]")
            )
            work = f'fetch(\\"{secret.url}/w\\", {{mode: \\"no-cors\\"}}); new WebSocket(\\"ws://{OTHER}:{port}/\\")'
            pages = {
                "/fetch": html(f"<script>{inside} navigator.sendBeacon('{secret.url}/b')</script>" + TEXT),
                "/socket": html(f"<script>new WebSocket('ws://{OTHER}:{port}/'); new EventSource('{secret.url}/e')</script>" + TEXT),
                "/parts": html(f"<img src={secret.url}/a.png><iframe src={secret.url}/></iframe>" + TEXT, css(f"{secret.url}/a.css")),
                "/hints": html(f"<link rel=prefetch href={secret.url}/p><link rel=preconnect href={secret.url}>" + TEXT),
                "/worker": html(f"<script>new Worker(URL.createObjectURL(new Blob(['{work}'])))</script>" + TEXT),
                "/window": html(f"<script>window.open('{secret.url}/o')</script>" + TEXT),
                "/calls": html(f"<script>new RTCPeerConnection({{iceServers: [{{urls: 'stun:{OTHER}:{port}'}}]}})</script>" + TEXT),
                "/image": html("<img src=/hop>" + TEXT),
                "/hop": redirect(f"{secret.url}/hop.png"),
                "/redirect": redirect(secret.url),
                "/jump": html(f"<script>location.href='{secret.url}/'</script>"),
                "/file": html("<script>location.href='file:///etc/passwd'</script>" + TEXT),
            }  # fmt: skip
            paths = [path for path in pages if path != "/hop"]
            with Web(HOST, pages) as web:
                told = looked(web, *paths)
            assert secret.asked == []
        outcomes = {path: page["outcome"] for path, page in told.items()}
        assert outcomes == dict.fromkeys(paths, "ok") | {"/redirect": "private", "/jump": "private"}
        assert "root:" not in str(told)

    def test_any_certificate_will_do(self, tmp_path: Path) -> None:
        with Web(HOST, {"/": html(TEXT)}, certificate(tmp_path)) as web:
            assert looked(web, "/")["/"]["visible"] == LENGTH

    def test_a_page_that_hangs_is_left_and_the_next_one_looked_at(self) -> None:
        pages = {"/hang": html("<script>while (true) {}</script>"), "/after": html(TEXT)}
        with Web(HOST, pages) as web:
            began = time.monotonic()
            constants = {"govspider.fetching.firefox:HARD_SECONDS": 8}
            told = looked(web, "/hang", "/after", constants=constants)
        assert (told["/hang"]["outcome"], told["/after"]["outcome"]) == ("timeout", "ok")
        assert time.monotonic() - began < 60
        assert running() == []

    def test_a_part_that_never_comes_makes_unsure(self) -> None:
        pages = {"/": html(TEXT + "<img src=/never.png>"), "/never.png": Reply(wait=60)}
        with Web(HOST, pages) as web:
            told = looked(web, "/", constants={"govspider.fetching.bidi:LOAD_SECONDS": 1})["/"]
        assert (told["outcome"], told["unsure"]) == ("ok", 1)

    def test_killed_in_the_middle_it_is_started_again(self) -> None:
        killed = threading.Event()

        def kill_it(asked: Any, number: int) -> Reply:
            if not killed.is_set():
                killed.set()
                for pid in running():
                    os.kill(pid, signal.SIGKILL)
            return html(TEXT)

        with Web(HOST, {"/": kill_it}) as web:
            told = looked(web, "/")["/"]
        assert killed.is_set()
        assert (told["outcome"], told["visible"]) == ("ok", LENGTH)
        assert "Firefox failed" in told["log"]
        assert running() == []


class Listening(Guard):
    """Remembers which names were asked for."""

    def __init__(self, registered: list[str]) -> None:
        super().__init__(registered)
        self.names: set[str] = set()

    async def resolve(self, host: str) -> tuple[str, ...]:
        self.names.add(host)
        return await super().resolve(host)


class TestAlone:
    """Without a crawl around it."""

    pytestmark = with_firefox

    async def test_it_asks_for_nothing_of_its_own(self) -> None:
        with Web(HOST, {"/": html(TEXT)}) as web:
            guard = Listening([web.url])
            firefox = Firefox(get_crawler(), guard)
            for _ in range(3):
                await firefox.open(Request(web.url))
            await asyncio.sleep(3)
            await firefox.close()
            guard.close()
        assert guard.names == {HOST}

    async def test_the_end_of_a_crawl_waits_for_no_page(self) -> None:
        with Web(HOST, {"/": html("<script>while (true) {}</script>")}) as web:
            guard = Guard([web.url])
            firefox = Firefox(get_crawler(), guard)
            opening = asyncio.create_task(firefox.open(Request(web.url)))
            while not web.asked:
                await asyncio.sleep(0.05)
            began = time.monotonic()
            await firefox.close()
            assert time.monotonic() - began < 5
            assert running() == []
            with pytest.raises(BrowserUnavailableError):
                await opening
            with pytest.raises(BrowserUnavailableError, match="结束"):
                await firefox.open(Request(web.url))
            guard.close()

    @pytest.mark.parametrize("constant", ["TURN_SECONDS", "FAILURES"])
    async def test_pages_that_hang_do_not_add_up(self, constant: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("govspider.fetching.firefox.HARD_SECONDS", 6)
        monkeypatch.setattr(f"govspider.fetching.firefox.{constant}", 1)
        with Web(HOST, {"/": html("<script>while (true) {}</script>")}) as web:
            guard = Guard([web.url])
            firefox = Firefox(get_crawler(), guard)
            began = time.monotonic()
            opened = await asyncio.gather(*(firefox.open(Request(web.url)) for _ in range(8)), return_exceptions=True)
            assert time.monotonic() - began < 30
            assert len(web.asked) == 1
            assert isinstance(opened[0], DownloadTimeoutError)
            refusal = DownloadTimeoutError if constant == "TURN_SECONDS" else BrowserUnavailableError
            assert {type(one) for one in opened[1:]} == {refusal}
            assert bool(firefox.unavailable) is (constant == "FAILURES")
            await firefox.close()
            guard.close()

    @pytest.mark.skipif(shutil.which("setpriv") is None, reason="no setpriv on the PATH")
    def test_it_goes_with_a_crawl_that_is_killed(self) -> None:
        with Web(HOST, {"/": Reply(wait=60)}) as web:
            order = {
                "asks": [{"url": f"{web.url}/", "how": "firefox"}],
                "registered": [web.url],
                "constants": {},
                "settings": {},
            }
            crawl = subprocess.Popen([sys.executable, asker.__file__], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
            with crawl:
                assert crawl.stdin is not None
                crawl.stdin.write(json.dumps(order).encode())
                crawl.stdin.close()
                until(lambda: "GET /" in web.paths())
                assert running()
                crawl.kill()
            until(lambda: not running())


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH on which there is nothing."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def program(folder: Path, script: str) -> None:
    file = folder / NAMES[0]
    file.write_text(f"#!{shutil.which('sh', path='/bin:/usr/bin')}\n{script}\n", "utf-8")
    file.chmod(0o755)


@pytest.mark.slow
def test_where_it_is_not_installed_it_says_so(path: Path) -> None:
    with Web(HOST, PAGES) as web:
        told = looked(web, "/plain")["/plain"]
    assert (told["outcome"], told["said"]) == ("other", "没有安装 Firefox")


@pytest.mark.slow
def test_a_round_without_browsers_is_one_without_firefox(path: Path) -> None:
    program(path, "exit 1")
    with Web(HOST, PAGES) as web:
        told = looked(web, "/plain", BROWSER="never")["/plain"]
    assert (told["outcome"], told["said"]) == ("other", "本轮未启用浏览器（BROWSER=never）")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("exit 3", "需要 Firefox"),
        ("echo Mozilla Firefox 78.2.0esr", "需要 Firefox"),
        ('[ "$1" = --version ] && echo Mozilla Firefox 140.1.0esr', "程序已退出"),
        ('[ "$1" = --version ] && echo Mozilla Firefox 140.1.0esr || while :; do :; done', "没有响应"),
    ],
)
def test_one_that_does_not_start_holds_nothing_up(path: Path, script: str, words: str) -> None:
    program(path, script)
    with Web(HOST, PAGES) as web:
        constants = {"govspider.fetching.firefox:START_SECONDS": 1.5}
        told = looked(web, "/plain", "/naked", constants=constants)
    assert {page["outcome"] for page in told.values()} == {"other"}
    assert all("Firefox 无法启动" in page["said"] and words in page["said"] for page in told.values())

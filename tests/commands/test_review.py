"""``scrapy review`` as its users start and end it."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from govspider.review.server import listen
from govspider.rounds import open_store
from tests.commands.rounds import ROOT, scrapy
from tests.review.office import fill, settings

pytestmark = pytest.mark.slow


@pytest.fixture
def output(tmp_path: Path) -> Path:
    with open_store(settings(tmp_path)) as store:
        fill(store)
    return tmp_path


@contextmanager
def running(output: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process and the address that it printed."""
    command = [sys.executable, "-m", "scrapy", "review", "--port", "0", *more, "-s", f"OUTPUT={output}"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", first)
        if found is None:
            process.kill()
            pytest.fail(f"no address: {first}{process.communicate()}")
        yield process, found[0]
        if process.poll() is None:
            process.kill()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_ended(output: Path, ending: signal.Signals) -> None:
    with running(output, "--round", "2026Q2") as (process, address):
        with urlopen(address) as answer:
            assert "名册 4 个网站" in answer.read().decode()
        process.send_signal(ending)
        _, errors = process.communicate(timeout=60)
        assert errors == ""
        assert process.returncode == 0 if ending == signal.SIGINT else process.returncode in (0, -signal.SIGTERM)


def test_a_port_in_use_is_named(output: Path) -> None:
    with listen(0) as taken:
        port = taken.getsockname()[1]
        done = scrapy(output, "review", "--port", str(port))
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(rf"端口 {port} 不能使用（.+），请用 --port 换一个。\n", done.stderr)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("--round", "2031Q4"), "没有轮次 2031Q4"), (("-s", "DATABASE_URL=mysql://x/y"), "DATABASE_URL 只支持")],
)
def test_without_a_round_it_says_so(output: Path, arguments: tuple[str, ...], said: str) -> None:
    done = scrapy(output, "review", "--port", "0", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_without_any_results_it_says_so(tmp_path: Path) -> None:
    done = scrapy(tmp_path, "review", "--port", "0")
    assert done.returncode == 1
    assert "里没有检查结果" in done.stderr

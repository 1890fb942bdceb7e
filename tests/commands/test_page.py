"""``scrapy page`` as its users start it."""

import json
import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

ROOT = Path(__file__).parents[2]
HTML = """<html><head><title>通知公告-青河县人民政府</title></head><body><div>当前位置：<a href="/">首页</a> &gt; 通知公告</div>
<ul><li><a href="a/1.html">关于停水的通告</a><span>2021-08-18</span></li><li><a href="a/2.html">关于修路的通告</a><span>08-12</span></li></ul></body></html>"""
KEYS = {
    "url", "charset", "kind", "title", "site_id_code", "icp", "police_filing", "party_gov_badge", "error_report_badge", "meta", "published", "published_from",
    "columns", "entries", "newest", "blank", "needs_browser", "guide", "messages", "foreign", "privacy", "links",
    "wording", "leaks",
}  # fmt: skip


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", "page", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    file = tmp_path / "page.html"
    file.write_text(HTML, "gb18030")
    return file


@pytest.mark.slow
def test_a_file(saved: Path) -> None:
    done = run(str(saved), "--url", "http://www.qinghe.gov.cn/tzgg/index.html", "--checkpoint", "2021-08-20")
    page = json.loads(done.stdout)
    assert done.returncode == 0
    assert page.keys() >= KEYS
    assert page["entries"] == [
        {"title": "关于停水的通告", "url": "http://www.qinghe.gov.cn/tzgg/a/1.html", "date": "2021-08-18"},
        {"title": "关于修路的通告", "url": "http://www.qinghe.gov.cn/tzgg/a/2.html", "date": "2021-08-12"},
    ]
    assert (page["kind"], page["charset"], page["newest"], page["blank"]) == ("list", "gb18030", "2021-08-18", False)


@pytest.mark.slow
def test_a_list_of_files_keeps_its_order(saved: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.html"
    empty.write_bytes(b"")
    table = tmp_path / "list.tsv"
    table.write_text(
        f"{saved}\thttp://a.gov.cn/\t2021-08-10\n\n{empty}\thttp://b.gov.cn/\t2021-08-20\n{saved}\thttp://c.gov.cn/x/\t2021-08-20\n",
        "utf-8",
    )
    done = run("--list", str(table))
    pages = [json.loads(line) for line in done.stdout.splitlines()]
    assert [page["url"] for page in pages] == ["http://a.gov.cn/", "http://b.gov.cn/", "http://c.gov.cn/x/"]
    assert [page["newest"] for page in pages] == ["2020-08-12", None, "2021-08-18"]


@pytest.mark.slow
def test_an_address(saved: Path) -> None:
    handler = partial(SimpleHTTPRequestHandler, directory=str(saved.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        there, missing = run(address + "page.html", "--checkpoint", "2021-08-20"), run(address + "none.html")
        server.shutdown()
    assert json.loads(there.stdout)["newest"] == "2021-08-18"
    assert (missing.returncode, missing.stdout) == (1, "")
    assert "none.html" in missing.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("no-such-file.html",),
        ("--list", "no-such.tsv"),
        ("page.html", "--checkpoint", "昨天"),
        ("page.html", "--browser"),
    ],
)
def test_mistakes_are_told_in_chinese(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert any("一" <= sign <= "鿿" for sign in done.stderr + done.stdout)


def test_a_list_in_another_encoding_gets_the_remedy(tmp_path: Path) -> None:
    file = tmp_path / "pages.tsv"
    file.write_bytes("辅助.html\thttp://www.example.gov.cn/\n".encode("gb18030"))
    done = run("--list", str(file))
    assert (done.returncode, done.stdout) == (2, "")
    assert f"读不了 {file}：应为 UTF-8 编码" in done.stderr

"""The browser asks a page's own search: by Enter or by its button, in this window or a new one, and nothing else."""

from urllib.parse import unquote

import pytest

from govspider.fetching.browser import find_chromium
from tests.fetching.asker import ask
from tests.fetching.web import Reply, Web

pytestmark = [pytest.mark.slow, pytest.mark.skipif(find_chromium("") is None, reason="no Chromium on the PATH")]

HOST = "127.0.24.1"
TITLE = "清河县户外广告管理办法公布"
ECHO = (
    "<script>document.write('<p>找到 0 条：' + decodeURIComponent(location.search.split('=')[1]) + '</p>')</script>"
    + "".join(f"<a href=/{n}>{n}</a>" for n in range(20))
)


def html(body: str) -> Reply:
    return Reply(f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode())


PAGES = {
    "/window": html(
        "<input id=searchword placeholder=请输入关键字><a onclick=\"window.open('/s?q=' + "
        "encodeURIComponent(document.getElementById('searchword').value))\">搜索</a>"
    ),
    "/enter": html(
        "<input name=keyword onkeydown=\"if(event.keyCode==13)location.href='/s?q='+encodeURIComponent(this.value)\">"
    ),
    "/blank": html(
        "<form action=/s target=_blank><input name=q placeholder=搜索><input type=submit value=搜索></form>"
    ),
    "/inside": html(
        "<input name=keyword><button onclick=\"document.body.innerHTML='<p>共找到 1 条：'+document.querySelector('input')"
        ".value+'</p><a href=/1>一</a>'\">搜索</button>"
    ),
    "/more": html(
        "<form action=/s><input name=keyword placeholder=搜索><input name=phone><button>搜索</button></form>"
    ),
    "/login": html("<form action=/s><input name=username><input type=password name=p><button>登录</button></form>"),
    "/dead": html("<input name=keyword placeholder=搜索>"),
    "/lost": html("<form action=/missing target=_blank><input name=keyword placeholder=搜索></form>"),
    "/s": html(ECHO),
}


def test_searches() -> None:
    with Web(HOST, PAGES) as web:
        paths = [path for path in PAGES if path != "/s"]
        asks = [{"url": web.url + path, "how": "browser", "words": TITLE} for path in paths]
        answers = ask(asks, [web.url], RETRY_PAUSE=0.1)
        asked = [unquote(path) for path in web.paths()]
    by_path = {answer["url"].removeprefix(web.url): answer for answer in answers}
    for path in ("/window", "/enter", "/blank", "/inside"):
        assert by_path[path]["outcome"] == "ok", path
        assert TITLE in by_path[path]["body"].decode(), path
        assert by_path[path]["status"] == 200
    assert by_path["/window"]["final_url"].startswith(f"{web.url}/s?q=")
    assert by_path["/lost"]["outcome"] == "http_error"
    for path in ("/more", "/login", "/dead"):
        assert by_path[path]["outcome"] == "other"
        assert "搜索" in by_path[path]["error"]
    assert not [path for path in asked if "phone" in path or "username" in path]

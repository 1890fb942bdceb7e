import datetime as dt
import json
from collections.abc import Callable

import pytest

from govspider.facts import Entry, Page, PageKind
from govspider.reading.carriers import read_carrier

URL = "http://www.qinghe.gov.cn/module/list?page=1"
DAY = dt.date(2021, 8, 18)
CHECKPOINT = dt.date(2021, 8, 20)
WANTED = (
    Entry("关于停水的通告", "http://www.qinghe.gov.cn/a/1.html", DAY),
    Entry("县领导调研防汛工作", "http://www.qinghe.gov.cn/a/2.html", DAY),
)
XML = "<datastore><nextgroup></nextgroup><recordset>" + "".join(
    f'<record><![CDATA[<li><a href="/a/{n}.html" title="{entry.title}">{entry.title[:4]}…</a><span>2021-08-18</span></li>]]></record>'
    for n, entry in enumerate(WANTED, 1)
) + "</recordset></datastore>"  # fmt: skip
ROWS = [
    {"title": entry.title, "url": entry.url.removeprefix("http://www.qinghe.gov.cn"), "publishDate": "2021-08-18 09:00"}
    for entry in WANTED
]


@pytest.mark.parametrize(
    "body",
    [
        XML,
        json.dumps(ROWS),
        json.dumps({"code": 0, "data": {"total": 2, "rows": ROWS, "menu": [{"name": "首页"}]}}),
        "callback(" + json.dumps({"list": ROWS}) + ");",
        json.dumps([{"docTitle": row["title"], "docPubUrl": row["url"], "pubDate": 1629248400000} for row in ROWS]),
        "<ul>"
        + "".join(f'<li><a href="{row["url"]}">{row["title"]}</a><span>2021-08-18</span></li>' for row in ROWS)
        + "</ul>",
    ],
)
def test_data_that_holds_a_list(body: str) -> None:
    assert read_carrier(body.encode(), URL, checkpoint=CHECKPOINT) == WANTED


@pytest.mark.parametrize(
    "body", ['{"data": {"rows": [], "total": 0}}', "<datastore><recordset></recordset></datastore>"]
)
def test_empty_list_is_empty(body: str) -> None:
    assert read_carrier(body.encode(), URL, checkpoint=CHECKPOINT) == ()


@pytest.mark.parametrize(
    "body", ["", "{", "[" * 90_000, '{"code": 500}', "not data", "<html><body>出错了</body></html>", "\x00\x01"]
)
def test_what_cannot_be_understood(body: str) -> None:
    assert read_carrier(body.encode(), URL, checkpoint=CHECKPOINT) is None


STATE = [
    {"title": f"县政府召开第{n}次常务会议", "url": f"/a/{n}.html", "publishDate": f"2021-08-1{n}"} for n in range(6)
]


@pytest.mark.parametrize(
    "script",
    [
        "<script>window.__INITIAL_STATE__={}</script>",
        "<script>var pageData = {};render(pageData)</script>",
        '<script id="__DATA__" type="application/json"> {} </script>',
    ],
)
def test_a_list_that_a_page_hands_to_its_scripts_is_read(read: Callable[..., Page], script: str) -> None:
    data = json.dumps({"menu": [{"name": "首页", "url": "/"}] * 9, "list": STATE}, ensure_ascii=False)
    page = read(f'<html><body><div id="app"></div>{script.replace("{}", data)}</body></html>')
    assert page.kind is PageKind.LIST
    assert [entry.date for entry in page.entries] == [dt.date(2021, 8, 10 + n) for n in range(6)]


@pytest.mark.parametrize(
    "data",
    [
        json.dumps([{"title": "首页", "url": "/"}] * 9),
        json.dumps(STATE[:2]),
        "[{title:'县政府召开会议'," + "[" * 5000,
        '{"title":' + "[" * 100_000,
    ],
)
def test_other_data_of_scripts_is_no_list(read: Callable[..., Page], data: str) -> None:
    assert read(f'<html><body><div id="app"></div><script>var title = {data};</script></body></html>').entries == ()

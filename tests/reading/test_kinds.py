"""What kind of page it is, where two readings are possible."""

import datetime as dt
from collections.abc import Callable

import pytest

from govspider.facts import Page, PageKind

Read = Callable[..., Page]
NAMES = ("投诉流程", "交易收费标准", "CA证书办理", "操作手册")
FOOT = "<p>版权所有 青河县政务服务局 咨询电话：0751-8181234 地址：解放路1号</p>"


def hub(rows: int) -> str:
    body = "".join(
        f'<tr><td>{n}</td><td><a href="/info/{n}.html">{NAMES[n % 4]}</a></td><td>2021-08-{20 - n:02}</td></tr>'
        for n in range(1, rows + 1)
    )
    return (
        "<html><title>青河县公共资源交易网</title><body><p><a href='/'>首页</a> &gt; <a href='/lj/'>我想了解</a> &gt; 办事指南</p>"
        f"<ul><li><a href='/lj/1/'>办事指南</a></li><li><a href='/lj/2/'>投诉举报</a></li></ul><table><tr><th>序号</th><th>标题</th><th>发布时间</th></tr>{body}</table>"
        f"{FOOT}</body></html>"
    )


@pytest.mark.parametrize("rows", [6, 12])
def test_a_dated_list_under_the_name_of_guides_is_a_list(read: Read, rows: int) -> None:
    page = read(hub(rows), "http://www.qinghe.gov.cn/wxlj/027001/moreinfo.html")
    assert (page.kind, page.blank, len(page.entries)) == (PageKind.LIST, False, rows)
    assert page.newest == dt.date(2021, 8, 19)

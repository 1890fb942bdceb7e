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


@pytest.mark.parametrize("rows", [2, 6, 12])
def test_a_dated_list_under_the_name_of_guides_is_a_list(read: Read, rows: int) -> None:
    page = read(hub(rows), "http://www.qinghe.gov.cn/wxlj/027001/moreinfo.html")
    assert (page.kind, page.blank, len(page.entries)) == (PageKind.LIST, False, rows)
    assert page.newest == dt.date(2021, 8, 19)


def test_a_column_of_one_entry_whose_address_looks_like_news(read: Read) -> None:
    page = read(
        "<html><title>青河县少年科学院</title><body><p><a href='/'>首页</a> &gt; <a href='/kx/'>少年科学院</a> &gt; 活动计划</p>"
        "<ul><li><a href='/page/521.html'>青河县少年科学院首届科技节暨第十四届校园科技活动周方案</a> [2021-08-12]</li></ul>"
        "<p>版权所有：青河县少年科学院</p></body></html>",
        "http://www.qinghe.gov.cn/newslist/201962713361290447.html",
    )
    assert (page.kind, len(page.entries), page.newest) == (PageKind.LIST, 1, dt.date(2021, 8, 12))


def test_two_documents_in_a_column_named_like_a_part_of_a_guide(read: Read) -> None:
    rows = "".join(
        f'<tr><td>{n}</td><td><a href="/info/{n}.html">青发改费[2018]{n}号关于校舍安全工程建设收费减免优惠有关问题的通知</a></td><td>2021-05-0{n}</td></tr>'
        for n in (1, 2)
    )
    page = read(
        "<html><title>青河县公共资源交易网</title><body><p>当前位置：<a href='/'>首页</a> &gt; <a href='/bszn/'>办事指南</a> &gt; 收费标准</p>"
        "<div>办事指南</div><ul><li><a>收费标准</a></li><li><a href='/sc/'>操作手册</a></li></ul>"
        f"<table><tr><th>序号</th><th>标题</th><th>发布时间</th></tr>{rows}</table></body></html>",
        "http://www.qinghe.gov.cn/fzx/031003001/moreinfo.html",
    )
    assert (page.kind, len(page.entries), page.newest) == (PageKind.LIST, 2, dt.date(2021, 5, 2))


@pytest.mark.parametrize(
    ("title", "body", "missing"),
    [
        ("404 Not Found", "<h1>404</h1>", True),
        ("提示信息", "<p>抱歉，您访问的页面不存在。</p>", True),
        ("系统提示", "<h2>404</h2><p>对不起，没有您要的网页</p>", True),
        ("404路公交车调整线路", "<p>404路公交车自即日起绕行。</p>", False),
        ("联系我们", "<p>电话：0404-404404，传真 404-4040</p>", False),
        ("关于网传信息的情况说明", "<p>发布时间：2021-06-01</p><p>经核实，网传信息不存在。</p>", False),
    ],
)
def test_what_says_that_it_does_not_exist(read: Read, title: str, body: str, *, missing: bool) -> None:
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
    assert (read(html, "http://www.example.gov.cn/a/7").kind is PageKind.SOFT404) is missing


@pytest.mark.parametrize(
    "place", ["/09/4c/c24258a461132/page.htm", "/2021/0310/c3434a251825/page.psp", "/info/1064/11142.htm"]
)
def test_an_article_beside_boxes_of_news_is_told_by_its_address(read: Read, place: str) -> None:
    boxes = "".join(
        f"<h3>{name}</h3><ul>"
        + "".join(
            f"<li><a href='/x/{n}{name}.htm'>青河县{name}第{n}期有关事项的说明</a><i>08-1{n}</i></li>" for n in range(3)
        )
        + "</ul><a href='/x/'>更多</a>"
        for name in ("重要提醒", "县内活动", "讲座信息")
    )
    body = (
        "<h1>第二届读书节开幕</h1><p>2021-08-17</p><p>"
        + "八月十七日上午，青河县第二届读书节在县图书馆开幕。" * 15
        + "</p>"
    )
    page = read(
        f"<html><title>第二届读书节开幕</title><body>{body}{boxes}{FOOT}</body></html>",
        "http://www.qinghe.gov.cn" + place,
    )
    assert (page.kind, page.published) == (PageKind.ARTICLE, dt.date(2021, 8, 17))

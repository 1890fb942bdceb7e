"""Rows of a column's own list are no columns, and columns that a page lists are."""

from collections.abc import Callable

import pytest

from govspider.facts import Page

Read = Callable[..., Page]
NAMES = ["工作动态", "通知公告", "政策文件", "机构职能", "人事信息", "财政资金"]
URL = "http://www.qinghe.gov.cn/wjxx/"


def page(main: str, menu: str = "/c{n}/") -> str:
    bar = "".join(f'<li><a href="{menu.format(n=n)}">{name}</a></li>' for n, name in enumerate(NAMES))
    return (
        f"<html><head><meta charset=utf-8><title>文件信息-青河县某局</title></head><body><ul><li><a href='/'>首页</a></li>{bar}</ul>"
        f"<p>当前位置：<a href='/'>首页</a> &gt; <a href='/wjxx/'>文件信息</a></p>{main}<p>版权所有：青河县某局</p></body></html>"
    )


def rows(titles: list[str], link: str) -> str:
    return (
        "<ul>"
        + "".join(f'<li><a href="{link.format(n=n)}">{title}</a></li>' for n, title in enumerate(titles))
        + "</ul>"
    )


def names(found: Page) -> list[str]:
    return [column.name for column in found.columns if column.url]


@pytest.mark.parametrize(
    ("menu", "link"),
    [
        ("/c{n}/", "/wjxx/show_10{n}.html"),
        ("/channels/{n}.html", "/wjxx/show-3-{n}-1.html"),
        ("/List.aspx?ClassID={n}", "/View.aspx?ClassID=3&ID={n}"),
        ("/site/list{n}.htm", "/site/0a1b2c3d4e5f60718293a4b5c6d7e8f{n}.htm"),
    ],
)
@pytest.mark.parametrize(
    "titles",
    [
        ["云溪村的致富路", "抽查结果公示（一）", "抽查结果公示（二）", "旅游线路推介之三"],
        ["社会团体成立登记", "生育服务登记", "食品经营许可", "取水许可审批办理"],
        ["关于调整城区公交线路票价的公开听证公告", "茶乡新貌", "护林员的三十年", "普法案例汇编三"],
    ],
)
def test_undated_rows_of_short_titles_are_no_columns(read: Read, menu: str, link: str, titles: list[str]) -> None:
    found = read(page(rows(titles, link), menu), url=URL)
    assert names(found) == NAMES


def test_rows_are_known_by_their_names_where_addresses_tell_nothing(read: Read) -> None:
    titles = [
        "村级公益岗位招聘公告",
        "困难救助对象公示名单",
        "双随机检查结果（一）",
        "双随机检查结果（二）",
        "春季爱心义诊活动方案",
    ]
    found = read(page(rows(titles, "/wjxx/{n}.html"), "/lm/{n}.html"), url=URL)
    assert names(found) == NAMES


def test_a_page_that_lists_its_columns_still_offers_them(read: Read) -> None:
    below = ["政府信息公开制度", "政府信息公开年报", "法定主动公开内容", "2019年", "2020年", "2021年"]
    found = read(page(rows(below, "/wjxx/d{n}/")), url=URL)
    assert names(found) == [*NAMES, *below]

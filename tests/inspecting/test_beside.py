"""Side boxes that every page of a site carries are not the list of a page that has none."""

import datetime as dt

import pytest

from govspider.facts import Column

from .sites import BASE, Web, article_list, page
from .test_walk import FRESH, city, column, walk

BOX = ("办事提醒", "县内活动", "讲座信息")
NAMES = tuple(f"{one}类工作信息" for one in "甲乙丙丁戊")
MENU = tuple((name, f"/x{n}/") for n, name in enumerate(NAMES))


def lines(name: str, days: tuple[str, ...]) -> str:
    return "".join(
        f'<li><a href="/box/{BOX.index(name)}{n}.html">清河县{name}第{n}期有关事项的说明材料</a><span>{day}</span></li>'
        for n, day in enumerate(days, 1)
    )


def boxes(days: tuple[str, ...]) -> str:
    drawn = "".join(
        f'<div class="box"><h3>{name}</h3><ul>{lines(name, days)}</ul><a href="/box{n}/">更多</a></div>'
        for n, name in enumerate(BOX)
    )
    return f'<div class="right">{drawn}</div>'


def listed(name: str, inside: str) -> str:
    return f'<div class="pos">当前位置：首页 &gt; {name}</div><h2>{name}</h2><ul class="list">{inside}</ul>'


def site_of(own: str, days: tuple[str, ...]) -> Web:
    """A site whose columns all show the same boxes; ``own`` is all that the first of them holds beside these."""
    web = city()
    web.pages[BASE] = page(article_list("工作动态", f"{BASE}gzdt/", FRESH), menu=MENU)
    for name, url in MENU:
        rows = "".join(
            f'<li><a href="{url}{n}.html">清河县{name}第{n}号情况通报</a><span>{day}</span></li>'
            for n, day in enumerate(FRESH, 1)
        )
        web.pages[BASE + url[1:]] = page(listed(name, rows) + boxes(days), name, menu=MENU)
    web.pages[f"{BASE}x0/"] = web.rendered[f"{BASE}x0/"] = page(own + boxes(days), NAMES[0], menu=MENU)
    for box, name in enumerate(BOX):
        for n, day in enumerate(days, 1):
            web.pages[f"{BASE}box/{box}{n}.html"] = boxed_article(name, day)
    return web


def boxed_article(place: str, day: str) -> str:
    text = "<p>" + "清河县有关单位依照职责办理各项事务，具体情况说明如下。" * 12 + "</p>"
    crumb = f'<div class="pos">当前位置：首页 &gt; {place}</div>' if place else ""
    return page(f"{crumb}<h2>有关事项的说明材料</h2><p>发布时间：{day}</p>{text}", menu=MENU)


async def first(own: str, days: tuple[str, ...], *, browser: bool = True) -> Column:
    return column(await walk(site_of(own, days), browser=browser), NAMES[0])


NEW = ("2026-06-29", "2026-06-21", "2026-06-11")
OLD = ("2019-06-29", "2019-06-21", "2019-06-11")
TEXT = "<p>" + "清河县政务服务中心设在城东街12号，负责受理和办理全县各项申请，窗口工作日全天开放。" * 9 + "</p>"


@pytest.mark.parametrize("days", [NEW, OLD])
async def test_empty_column_beside_boxes_is_blank(days: tuple[str, ...]) -> None:
    found = await first(listed(NAMES[0], ""), days)
    assert (found.blank, found.entry_count, found.newest) == (True, 0, None)


async def test_empty_column_beside_boxes_is_unknown_without_a_browser() -> None:
    found = await first(listed(NAMES[0], ""), OLD, browser=False)
    assert (found.blank, found.newest) == (None, None)


@pytest.mark.parametrize("days", [NEW, OLD])
async def test_text_beside_boxes_is_a_single_page(days: tuple[str, ...]) -> None:
    for heading in (listed(NAMES[0], ""), f"<h2>{NAMES[0]}</h2>"):
        found = await first(heading + TEXT, days)
        assert (found.single_page, found.blank, found.entry_count, found.newest) == (True, False, 0, None)


async def test_list_that_a_box_repeats_is_the_columns_own() -> None:
    found = await first(listed(NAMES[0], lines(BOX[0], OLD)), OLD)
    assert (found.blank, found.newest) == (False, dt.date(2019, 6, 29))


async def test_list_that_is_longer_than_the_boxes_is_the_columns_own() -> None:
    more = '<li><a href="/x0/9.html">清河县第九号情况通报</a><span>2019-01-03</span></li>'
    found = await first(listed(NAMES[0], lines(BOX[0], OLD) + more), OLD)
    assert (found.blank, found.entries[0].title) == (False, "清河县办事提醒第1期有关事项的说明材料")


async def test_one_list_under_many_names_stays_a_list() -> None:
    web = site_of("", OLD)
    for name, url in MENU:
        rows = lines(BOX[0], OLD)
        web.pages[BASE + url[1:]] = web.rendered[BASE + url[1:]] = page(listed(name, rows), name, menu=MENU)
    facts = await walk(web)
    assert {(column(facts, name).blank, column(facts, name).entry_count) for name in NAMES} == {(False, 3)}


@pytest.mark.parametrize("browser", [True, False])
async def test_texts_beside_boxes_are_single_pages_though_no_page_has_a_list(browser: bool) -> None:
    web = site_of("", OLD)
    for n, (name, url) in enumerate(MENU):
        text = "".join(
            f"<p>{name}的第{n}{m}号说明：清河县有关单位依照职责办理，联系方式见县政府办公室公告第{m}期。</p>"
            for m in range(9)
        )
        web.pages[BASE + url[1:]] = web.rendered[BASE + url[1:]] = page(
            listed(name, "") + text + boxes(OLD), name, menu=MENU
        )
    facts = await walk(web, browser=browser)
    found = [column(facts, name) for name in NAMES]
    assert {(one.single_page, one.blank, one.newest) for one in found} == {(True, False, None)}


def own_list_in_others_boxes(trail: str) -> Web:
    """A site where a column's few entries stand in a box on all pages but its own. ``trail``: what its articles name."""
    web = site_of("", OLD)
    for name, url in MENU[1:]:
        rows = "".join(
            f'<li><a href="{url}{n}.html">清河县{name}第{n}号通报</a><span>{day}</span></li>'
            for n, day in enumerate(FRESH, 1)
        )
        box = f'<div class="box"><h3>提醒</h3><ul class="list">{lines(BOX[0], OLD)}</ul></div>'
        web.pages[BASE + url[1:]] = page(listed(name, rows) + box, name, menu=MENU)
    own = page(listed(NAMES[0], lines(BOX[0], OLD)), NAMES[0], menu=MENU)
    web.pages[f"{BASE}x0/"] = web.rendered[f"{BASE}x0/"] = own
    for n, day in enumerate(OLD, 1):
        web.pages[f"{BASE}box/0{n}.html"] = boxed_article(trail, day)
    return web


@pytest.mark.parametrize(("trail", "blank"), [(NAMES[0], False), ("", None)])
async def test_list_that_stands_in_boxes_of_all_other_pages_is_not_called_blank(trail: str, blank: bool | None) -> None:
    found = column(await walk(own_list_in_others_boxes(trail)), NAMES[0])
    assert found.blank is blank

"""The walk over small invented sites. Every case is a way in which a site can be wrongly accused, or a defect missed."""

import datetime as dt
import re

import pytest

from govspider.facts import Category, Column, Fetch, Fetched, How, SiteFacts
from govspider.inspecting.walk import inspect_site

from .sites import BASE, MENU, Web, article, article_list, failed, page, plan, site

FRESH = ["2026-06-29", "2026-06-20", "2026-06-11", "2026-06-02", "2026-05-25", "2026-05-20"]
BLANK = '<div class="pos">当前位置：首页 &gt; {name}</div><ul class="list"></ul><div class="page">共 0 条记录</div>'
GUIDE = (
    "<table>"
    + "".join(
        f"<tr><th>{label}</th><td>{text}</td></tr>"
        for label, text in {
            "事项名称": "户外广告设置审批",
            "设定依据": "《清河县户外广告管理办法》第八条",
            "申请条件": "依法登记的单位和个人",
            "办理材料": "申请表、营业执照复印件",
            "办理地点": "县政务大厅三楼12号窗口",
            "办理机构": "清河县城市管理局",
            "收费标准": "不收费",
            "办理时间": "工作日9:00-17:00",
            "联系电话": "0912-1234567",
            "办理流程": "受理、审查、决定、送达",
        }.items()
    )
    + "</table>"
)


def city(**changes: str | Fetched) -> Web:
    """A sound little site; ``changes`` replace pages by their path (underscores for slashes)."""
    home_news = article_list("工作动态", f"{BASE}gzdt/", FRESH)
    guides = "".join(
        f'<li><a href="/bszn/{n}.html">清河县第{n}类事项办事指南</a><span>2026-03-0{n}</span></li>' for n in range(1, 7)
    )
    letters = "".join(
        f'<tr><td><a href="/jzxx/{n}.html">关于第{n}小区供水问题的来信</a></td><td>2026-05-1{n}</td><td>已答复</td><td>2026-05-2{n}</td></tr>'
        for n in range(1, 5)
    )
    pages: dict[str, str | Fetched] = {
        BASE: page(home_news),
        f"{BASE}gzdt/": page(article_list("工作动态", f"{BASE}gzdt/", FRESH), "工作动态"),
        f"{BASE}tzgg/": page(article_list("通知公告", f"{BASE}tzgg/", FRESH), "通知公告"),
        f"{BASE}zcwj/": page(
            article_list("政策文件", f"{BASE}zcwj/", ["2026-02-03", "2025-12-31", "2025-11-01"]), "政策文件"
        ),
        f"{BASE}bszn/": page(
            f'<div class="pos">当前位置：首页 &gt; 办事指南</div><ul class="list">{guides}</ul>', "办事指南"
        ),
        f"{BASE}jzxx/": page(
            f"<table><tr><th>标题</th><th>来信时间</th><th>状态</th><th>答复时间</th></tr>{letters}</table>", "局长信箱"
        ),
    }
    for folder in ("gzdt", "tzgg", "zcwj"):
        for n, day in enumerate(FRESH, 1):
            pages[f"{BASE}{folder}/{n}.html"] = article(f"清河县第{n}期工作开展情况", day)
    for n in range(1, 7):
        pages[f"{BASE}bszn/{n}.html"] = page(f"<h2>第{n}类事项办事指南</h2>{GUIDE}", "办事指南")
    for n in range(1, 5):
        pages[f"{BASE}jzxx/{n}.html"] = page(
            "<h2>来信</h2><p>来信时间：2026-05-11</p><p>答复时间：2026-05-21</p><p>答复内容：已办理。</p>"
        )
    for path, html in changes.items():
        pages[BASE + path.replace("_", "/")] = html
    return Web(pages)


async def walk(web: Web, **changes: object) -> SiteFacts:
    return await inspect_site(site(), web, plan(**changes))


def column(facts: SiteFacts, name: str) -> Column:
    return next(one for one in facts.columns if one.name == name)


async def test_sound_site() -> None:
    facts = await walk(city())
    assert facts.complete
    assert {one.name for one in facts.columns} >= {"工作动态", "通知公告", "政策文件", "办事指南", "局长信箱"}
    assert column(facts, "工作动态").category is Category.NEWS
    assert column(facts, "工作动态").newest == dt.date(2026, 6, 29)
    assert column(facts, "通知公告").category is Category.NOTICE
    assert column(facts, "政策文件").newest == dt.date(2026, 2, 3)
    assert not [one.name for one in facts.columns if one.blank is not False]
    assert facts.home.newest == dt.date(2026, 6, 29)
    assert len([one for one in facts.services if one.guide is not None and not one.guide.missing]) == 6
    assert any(one.kind == "consultation" for one in facts.channels)
    assert facts.services_unread == facts.channels_unread == facts.messages_unread == ()
    assert len(facts.messages) == 4
    assert all(one.has_answer for one in facts.messages)
    assert not facts.tampering


async def test_the_same_twice_and_no_address_asked_twice() -> None:
    first, second = city(), city()
    assert await walk(first) == await walk(second)
    plain = [url for url, how in first.asked if how is How.PAGE]
    assert len(plain) == len(set(plain))


@pytest.mark.parametrize(
    ("home", "status"),
    [
        (failed(BASE, Fetch.TIMEOUT), Fetch.TIMEOUT),
        (failed(BASE, Fetch.BLOCKED), Fetch.BLOCKED),
        (failed(BASE, Fetch.HTTP_ERROR, 502), Fetch.HTTP_ERROR),
        (Fetched(BASE, BASE, Fetch.OK, 200, body=b""), Fetch.OTHER),
    ],
)
async def test_unread_home_accuses_nobody(home: Fetched, status: Fetch) -> None:
    facts = await walk(Web({BASE: home}))
    assert facts.home.visit.fetch is status
    assert facts.columns == facts.services == ()


@pytest.mark.parametrize(
    "head",
    [
        '<meta http-equiv="refresh" content="0;url=/real/index.html">',
        "<script>window.location.href='/real/index.html';</script>",
        '<frameset rows="100%"><frame src="/real/index.html"></frameset>',
    ],
)
async def test_real_home_behind_a_redirect(head: str) -> None:
    web = city()
    web.pages[f"{BASE}real/index.html"] = web.pages[BASE]
    web.pages[BASE] = f"<html><head><title>清河县人民政府</title>{head}</head></html>"
    facts = await walk(web)
    assert facts.home.newest == dt.date(2026, 6, 29)
    assert column(facts, "工作动态").newest == dt.date(2026, 6, 29)


async def test_home_moved_to_another_host_is_followed_and_told() -> None:
    web = city()
    there = {url.replace("www.qinghe", "www.newqinghe"): html for url, html in web.pages.items()}
    there = {
        url: html.replace("www.qinghe", "www.newqinghe") if isinstance(html, str) else html
        for url, html in there.items()
    }
    new = "http://www.newqinghe.gov.cn/"
    moved = f'<html><head><meta http-equiv="refresh" content="0;url={new}"></head></html>'
    facts = await walk(Web({**there, BASE: moved}))
    assert facts.home.visit.final_url == new
    assert column(facts, "工作动态").newest == dt.date(2026, 6, 29)


async def test_blank_column_confirmed_by_the_browser_and_its_siblings() -> None:
    blank = page(BLANK.format(name="通知公告"), "通知公告")
    web = city(tzgg_=blank)
    web.rendered[f"{BASE}tzgg/"] = blank
    facts = await walk(web)
    assert column(facts, "通知公告").blank is True
    assert column(facts, "通知公告").evidence
    assert column(facts, "工作动态").blank is False


async def test_list_that_only_the_browser_shows_is_not_blank() -> None:
    web = city(tzgg_=page('<ul class="list" id="list"></ul><script src="/js/list.js"></script>', "通知公告"))
    web.rendered[f"{BASE}tzgg/"] = page(article_list("通知公告", f"{BASE}tzgg/", FRESH), "通知公告")
    notice = column(await walk(web), "通知公告")
    assert notice.blank is False
    assert notice.newest == dt.date(2026, 6, 29)
    assert notice.visit is not None
    assert notice.visit.rendered


async def test_script_list_without_a_browser_is_unknown() -> None:
    script = "<script>$.ajax({url:'/api/list',success:function(d){render(d)}})</script>"
    web = city(tzgg_=page('<ul class="list" id="list"></ul>' + script, "通知公告"))
    notice = column(await walk(web, browser=False), "通知公告")
    assert notice.blank is None
    assert notice.reason


async def test_pages_count_as_rendered_that_the_browser_opened() -> None:
    web = city()
    first = await walk(web)
    shown = [url for url, how in web.asked if how is How.BROWSER]
    assert first.rendered == len(shown) > 0
    web = city()
    web.rendered = {url: failed(url, Fetch.OTHER) for url in web.pages}
    assert (await walk(web)).rendered == 0


async def test_browser_that_fails_makes_unknown_not_blank() -> None:
    web = city(tzgg_=page(BLANK.format(name="通知公告"), "通知公告"))
    web.rendered[f"{BASE}tzgg/"] = failed(f"{BASE}tzgg/", Fetch.TIMEOUT)
    notice = column(await walk(web), "通知公告")
    assert notice.blank is None
    assert "浏览器" in notice.reason


@pytest.mark.parametrize("outcome", [Fetch.TIMEOUT, Fetch.BLOCKED, Fetch.DNS, Fetch.ROBOTS])
async def test_column_that_was_not_read_is_not_blank(outcome: Fetch) -> None:
    notice = column(await walk(city(tzgg_=failed(f"{BASE}tzgg/", outcome))), "通知公告")
    assert notice.blank is None
    assert notice.newest is None
    assert notice.reason


async def test_column_that_leads_to_another_host_is_external() -> None:
    away = '<html><head><meta http-equiv="refresh" content="0;url=http://www.other.gov.cn/"></head></html>'
    notice = column(await walk(city(tzgg_=away)), "通知公告")
    assert notice.external
    assert notice.blank is None


async def test_undated_list_takes_its_articles_dates() -> None:
    web = city(zcwj_=page(article_list("政策文件", f"{BASE}zcwj/", [None] * 6), "政策文件"))
    policy = column(await walk(web), "政策文件")
    assert policy.newest == dt.date(2026, 6, 29)
    assert not policy.undated


async def test_undated_list_that_ascends_takes_the_date_of_its_last_article() -> None:
    rows = article_list("政策文件", f"{BASE}zcwj/", [None] * 6)
    web = city(zcwj_=page(re.sub(r"zcwj/(\d)", lambda hit: f"zcwj/{7 - int(hit[1])}", rows), "政策文件"))
    for n in range(1, 7):
        web.pages[f"{BASE}zcwj/{n}.html"] = article(f"清河县第{n}期工作开展情况", f"{2027 - n}-06-20")
    assert column(await walk(web), "政策文件").newest == dt.date(2026, 6, 20)


@pytest.mark.parametrize(
    ("years", "pager", "unsure"),
    [
        ((2023, 2021, 2024, 2022, 2026, 2020, 2022, 2021), "", True),
        ((2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023), '<div><a href="/zcwj/list_2.html">下一页</a></div>', True),
        ((2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023), "", False),
        ((2023, 2022, 2021, 2020, 2019, 2018, 2017, 2016), '<div><a href="/zcwj/list_2.html">下一页</a></div>', False),
    ],
)
async def test_old_articles_of_an_undated_list_prove_its_age_only_where_their_order_does(
    years: tuple[int, ...], pager: str, unsure: bool
) -> None:
    web = city(zcwj_=page(article_list("政策文件", f"{BASE}zcwj/", [None] * len(years)) + pager, "政策文件"))
    for n, year in enumerate(years, 1):
        web.pages[f"{BASE}zcwj/{n}.html"] = article(f"清河县第{n}期工作开展情况", f"{year}-06-20")
    assert bool(column(await walk(web), "政策文件").reason) is unsure


async def test_list_and_articles_without_any_date_are_undated() -> None:
    web = city(zcwj_=page(article_list("政策文件", f"{BASE}zcwj/", [None] * 6), "政策文件"))
    for n in range(1, 7):
        web.pages[f"{BASE}zcwj/{n}.html"] = article(f"清河县第{n}期工作开展情况", None)
    policy = column(await walk(web), "政策文件")
    assert policy.undated
    assert policy.newest is None


@pytest.mark.parametrize(
    ("second", "newest"), [("2025-06-20", "2025-07-11"), ("2026-06-20", "2026-06-20"), (None, "2026-06-20")]
)
async def test_list_that_begins_in_the_second_half_of_last_year_is_asked_for_its_years(
    second: str | None, newest: str
) -> None:
    days = ["07-11", "06-20", "05-02", "02-28", "01-15", "12-30", "11-02"]
    rows = article_list("政策文件", f"{BASE}zcwj/", [f"[{day}]" for day in days])
    web = city(zcwj_=page(rows, "政策文件"))
    for n in range(1, 8):
        web.pages[f"{BASE}zcwj/{n}.html"] = article(f"清河县第{n}期工作开展情况", second if n == 2 else None)
    assert str(column(await walk(web), "政策文件").newest) == newest


async def test_list_of_guides_needs_no_dates() -> None:
    lines = "".join(f'<li><a href="/bszn/{n}.html">清河县第{n}类事项办事指南</a></li>' for n in range(1, 7))
    crumb = '<div class="pos">当前位置：首页 &gt; 办事指南</div>'
    guides = column(await walk(city(bszn_=page(f'{crumb}<ul class="list">{lines}</ul>', "办事指南"))), "办事指南")
    assert guides.entry_count == 6
    assert guides.reason == ""
    assert not guides.undated


async def test_undated_list_whose_articles_fail_is_unknown() -> None:
    web = city(zcwj_=page(article_list("政策文件", f"{BASE}zcwj/", [None] * 6), "政策文件"))
    for n in range(1, 7):
        web.pages[f"{BASE}zcwj/{n}.html"] = failed(f"{BASE}zcwj/{n}.html", Fetch.TIMEOUT)
    policy = column(await walk(web), "政策文件")
    assert not policy.undated
    assert policy.reason


async def test_nothing_after_the_checkpoint_counts() -> None:
    future = article_list("工作动态", f"{BASE}gzdt/", ["2026-07-20", "2026-07-10", "2026-07-01", "2026-01-05"])
    news = column(await walk(city(gzdt_=page(future, "工作动态"))), "工作动态")
    assert news.newest == dt.date(2026, 1, 5)


async def test_ascending_list_is_read_from_its_last_page() -> None:
    pager = '<div class="page">共 2 页 <a href="/gzdt/">1</a> <a href="/gzdt/list_2.html">2</a> <a href="/gzdt/list_2.html">下一页</a> <a href="/gzdt/list_2.html">尾页</a></div>'
    old = article_list("工作动态", f"{BASE}gzdt/", ["2024-01-05", "2024-02-05", "2024-03-05", "2024-04-05"])
    new = article_list("工作动态", f"{BASE}gzdt/", ["2026-05-05", "2026-06-05", "2026-06-20", "2026-06-28"])
    web = city(gzdt_=page(old + pager, "工作动态"))
    web.pages[f"{BASE}gzdt/list_2.html"] = page(new, "工作动态")
    assert column(await walk(web), "工作动态").newest == dt.date(2026, 6, 28)


async def test_page_budget_is_said() -> None:
    facts = await walk(city(), page_budget=4, sample_pages=0)
    assert not facts.complete
    assert "4" in facts.stopped
    assert facts.pages == 4


async def test_time_budget_is_said() -> None:
    ticks = iter(range(0, 100000, 10))
    facts = await walk(city(), time_budget=60, clock=lambda: next(ticks))
    assert not facts.complete
    assert "60" in facts.stopped


class SoftWeb(Web):
    """A site that answers every unknown address with a page and status 200."""

    async def __call__(self, url: str, how: How = How.PAGE, *, words: str = "") -> Fetched:
        answer = await super().__call__(url, how)
        if answer.outcome is Fetch.HTTP_ERROR:
            body = page("<p>抱歉，您访问的页面不存在或已删除。</p>", "页面不存在").encode()
            return Fetched(url, url, Fetch.OK, 200, (("content-type", "text/html"),), body)
        return answer


async def test_soft_404_is_a_failure_not_content() -> None:
    web = city()
    del web.pages[f"{BASE}tzgg/"]
    notice = column(await walk(SoftWeb(web.pages)), "通知公告")
    assert notice.visit is not None
    assert (notice.visit.fetch, notice.visit.status) == (Fetch.HTTP_ERROR, 404)
    assert notice.blank is None


async def test_link_that_is_answered_with_a_page_of_regret_is_dead() -> None:
    web = city()
    links = '<p><a href="/gone/1.html">已经撤下的旧版专题</a> <a href="/gzdt/3.html">仍在的一期工作动态</a></p>'
    web.pages[BASE] = str(web.pages[BASE]).replace("<div class='foot'>", links + "<div class='foot'>")
    found = {link.url: link.visit for link in (await walk(SoftWeb(web.pages))).links}
    assert (found[f"{BASE}gone/1.html"].fetch, found[f"{BASE}gone/1.html"].status) == (Fetch.HTTP_ERROR, 404)
    assert found[f"{BASE}gzdt/3.html"].fetch is Fetch.OK


async def test_dead_links_of_the_home_page_are_told_with_their_place() -> None:
    extra = '<p><a href="/xz/biao.doc">申请表下载</a> <a href="http://www.else.gov.cn/">上级部门网站</a><img src="/img/a.jpg"></p>'
    web = city()
    web.pages[BASE] = str(web.pages[BASE]).replace("<div class='foot'>", extra + "<div class='foot'>")
    facts = await walk(web)
    dead = {link.url: link for link in facts.links if link.visit.status == 404}
    assert dead[f"{BASE}xz/biao.doc"].kind == "attachment"
    assert dead[f"{BASE}img/a.jpg"].kind == "image"
    assert dead["http://www.else.gov.cn/"].external
    assert all(link.home for link in dead.values())


async def test_file_to_download_is_no_column() -> None:
    web = city()
    menu = '<li><a href="/xz/biao.doc">表格下载</a></li></ul></div>'
    web.pages[BASE] = str(web.pages[BASE]).replace("</ul></div>", menu, 1)
    assert not [one.name for one in (await walk(web)).columns if one.url.endswith(".doc")]


async def test_calendar_does_not_eat_the_budget() -> None:
    days = "".join(f'<a href="/gzdt/?d={n}">第{n}天工作安排</a> ' for n in range(500))
    web = city(
        gzdt_=page(article_list("工作动态", f"{BASE}gzdt/", FRESH) + f'<div class="cal">{days}</div>', "工作动态")
    )
    facts = await walk(web)
    read = [url for url, how in web.asked if "?d=" in url and how is not How.LINK]
    assert len(read) <= 30
    assert facts.complete


async def test_site_without_services_or_channel() -> None:
    web = city()
    menu = tuple(item for item in MENU if item[0] not in ("办事指南", "局长信箱"))
    for url in [url for url in web.pages if "bszn" in url or "jzxx" in url]:
        del web.pages[url]
    web.pages = {
        url: html.replace('<li><a href="/bszn/">办事指南</a></li>', "").replace(
            '<li><a href="/jzxx/">局长信箱</a></li>', ""
        )
        if isinstance(html, str)
        else html
        for url, html in web.pages.items()
    }
    web.rendered[BASE] = web.pages[BASE]
    facts = await walk(web)
    assert len(menu) == 4
    assert facts.services == ()
    assert facts.services_unread == ()
    assert facts.channels == ()


@pytest.mark.parametrize(
    "inside",
    [
        '<select onchange="open(this.value)"><option value="http://zwfw.example/1">就业登记</option></select>',
        '<form action="http://zwfw.province.example/search"><input name="q"><input type="submit" value="搜索"></form>',
    ],
)
async def test_hub_that_leads_on_by_a_select_or_a_search_is_not_taken_for_no_service(inside: str) -> None:
    web = city(bszn_=page(f"<p>请选择要办理的事项：</p>{inside}", "办事指南"))
    for url in [url for url in web.pages if "bszn/" in url and not url.endswith("bszn/")]:
        del web.pages[url]
    web.rendered.update({url: html for url, html in web.pages.items() if isinstance(html, str)})
    facts = await walk(web)
    assert facts.services or facts.services_unread


@pytest.mark.parametrize(
    ("line", "left_open"),
    [
        ("本县政务服务事项均已进驻省政务服务网，请登录 www.zwfw.example 查询办理。", True),
        ("欢迎扫描二维码关注微信公众号留言咨询。", True),
        ("本县依法履行职责，接受社会各界监督，努力做好各项工作。", False),
    ],
)
async def test_page_that_names_another_place_in_words_proves_no_absence(line: str, left_open: bool) -> None:
    web = city(bszn_=page(f"<p>{line}</p>", "办事指南"), jzxx_=page(f"<p>{line}</p>", "局长信箱"))
    for url in [url for url in web.pages if ("bszn/" in url or "jzxx/" in url) and not url.endswith("/")]:
        del web.pages[url]
    web.pages = {u: h.replace("局长信箱", "互动交流") if isinstance(h, str) else h for u, h in web.pages.items()}
    web.rendered.update({url: html for url, html in web.pages.items() if isinstance(html, str)})
    facts = await walk(web)
    assert facts.services == ()
    assert bool(facts.services_unread) is left_open
    assert bool(facts.channels or facts.channels_unread) is left_open


async def test_services_that_only_the_browser_shows() -> None:
    web = city()
    full = web.pages[BASE]
    web.pages = {
        url: html.replace('<li><a href="/bszn/">办事指南</a></li>', "") if isinstance(html, str) else html
        for url, html in web.pages.items()
    }
    web.rendered[BASE] = full
    facts = await walk(web)
    assert facts.services


async def test_hidden_foreign_links_are_told() -> None:
    links = "".join(f'<a href="http://www.casino{n}.example/">澳门赌场网上投注平台</a>' for n in range(8))
    web = city()
    web.pages[BASE] = str(web.pages[BASE]).replace(
        "<div class='foot'>", f'<div style="display:none">{links}</div><div class="foot">'
    )
    facts = await walk(web)
    assert facts.tampering
    assert facts.tampering[0].url == BASE


async def test_cover_page_takes_the_date_of_its_second_level() -> None:
    web = city()
    entrances = "".join(
        f'<p><a href="{url}"><img src="/i.png" alt=""><span>{name}</span></a></p>' for name, url in MENU[1:]
    )
    web.pages[BASE] = (
        f"<html><head><title>清河县人民政府</title></head><body><h1>清河县人民政府</h1>{entrances}</body></html>"
    )
    facts = await walk(web)
    assert facts.home.navigation_only
    assert facts.home.newest == dt.date(2026, 6, 29)


@pytest.mark.parametrize(
    "door",
    [
        '<a href="/real/index.html"><img src="/welcome.jpg" alt=""></a>',
        '<img src="/welcome.jpg" usemap="#in"><map name="in"><area href="/real/index.html" shape="rect"></map>',
        '<p>欢迎光临</p><a href="/real/index.html">进入网站</a><a href="https://beian.miit.gov.cn/">陕ICP备09000001号</a>',
    ],
)
async def test_home_page_behind_a_cover_with_one_way_in(door: str) -> None:
    web = city()
    web.pages[f"{BASE}real/index.html"] = web.pages[BASE]
    web.pages[BASE] = f"<html><head><title>清河县人民政府</title></head><body>{door}</body></html>"
    facts = await walk(web)
    assert facts.home.newest == dt.date(2026, 6, 29)
    assert not facts.home.navigation_only
    assert {one.name for one in facts.columns} >= {"工作动态", "通知公告", "政策文件", "办事指南", "局长信箱"}


async def test_cover_whose_way_in_is_shut_tells_nothing_of_the_site() -> None:
    web = city()
    web.pages[BASE] = (
        '<html><title>清河县人民政府</title><body><a href="/real/"><img src="/welcome.jpg"></a></body></html>'
    )
    web.pages[f"{BASE}real/"] = failed(f"{BASE}real/", Fetch.HTTP_ERROR, 503)
    facts = await walk(web)
    assert facts.home.newest is None
    assert facts.columns == ()


async def test_home_with_old_news_only_is_not_a_cover_page() -> None:
    old = article_list("工作动态", f"{BASE}gzdt/", ["2026-05-01", "2026-04-20", "2026-04-11", "2026-04-02"])
    facts = await walk(_with_home(city(gzdt_=page(old, "工作动态")), page(old)))
    assert not facts.home.navigation_only
    assert facts.home.newest == dt.date(2026, 5, 1)


def _with_home(web: Web, html: str) -> Web:
    web.pages[BASE] = html
    return web


async def test_many_columns_of_one_script_are_all_read() -> None:
    menu = (
        *MENU,
        *(
            (f"第{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{'一二三四五六'[n // 10]}类信息", f"/list.asp?id={n}")
            for n in range(60)
        ),
    )
    web = city()
    web.pages[BASE] = page(article_list("工作动态", f"{BASE}gzdt/", FRESH), menu=menu)
    for n in range(60):
        web.pages[f"{BASE}list.asp?id={n}"] = page(
            article_list(f"栏目{n}", f"{BASE}c{n}/", FRESH), f"栏目{n}", menu=menu
        )
    facts = await walk(web)
    assert sum("list.asp" in one.url for one in facts.columns) == 60
    assert facts.complete


async def test_the_sites_own_name_is_no_parent_of_its_columns() -> None:
    names = '<div><h1><a href="/">清河县委党史研究室</a></h1>'
    web = city()
    web.pages = {
        u: h.replace("<h1>清河县人民政府</h1>", names) if isinstance(h, str) else h for u, h in web.pages.items()
    }
    facts = await inspect_site(site(name="清河县委党史研究室"), web, plan())
    assert column(facts, "工作动态").category is Category.NEWS


def with_columns(count: int) -> tuple[Web, tuple[tuple[str, str], ...]]:
    """The sound site with some more columns of the same template, each with entries."""
    extra = tuple((f"{'甲乙丙丁戊己庚辛'[n]}类工作信息", f"/x{n}/") for n in range(count))
    web = city()
    web.pages[BASE] = page(article_list("工作动态", f"{BASE}gzdt/", FRESH), menu=(*MENU, *extra))
    for name, url in extra:
        web.pages[BASE + url.strip("/") + "/"] = page(article_list(name, f"{BASE}{url.strip('/')}/", FRESH), name)
    return web, extra


def empty_page(name: str, inside: str = "") -> str:
    return page(f'<div class="pos">当前位置：首页 &gt; {name}</div><ul class="list">{inside}</ul>', name)


@pytest.mark.parametrize("inside", ["", "<li>暂无内容</li>", "<li>栏目正在建设中</li>", "<li>页次：0/0</li>"])
async def test_page_that_holds_nothing_beside_the_menus_is_blank(inside: str) -> None:
    web, extra = with_columns(4)
    name, url = extra[0]
    web.pages[BASE + url[1:]] = web.rendered[BASE + url[1:]] = empty_page(name, inside)
    facts = await walk(web)
    assert column(facts, name).blank is True
    assert column(facts, name).evidence
    assert sum(one.blank is True for one in facts.columns) == 1


def with_one_menu(inside: str) -> tuple[Web, str]:
    """A site whose pages all carry the whole menu, and the name of a column that holds only ``inside``."""
    web, extra = with_columns(4)
    short = "".join(f'<li><a href="{to}">{name}</a></li>' for name, to in MENU)
    whole = short + "".join(f'<li><a href="{to}">{name}</a></li>' for name, to in extra)
    name, url = extra[0]
    web.pages[BASE + url[1:]] = page(inside, name)
    for address, html in web.pages.items():
        if isinstance(html, str) and address != BASE:
            web.pages[address] = html.replace(short, whole)
    web.rendered[BASE + url[1:]] = web.pages[BASE + url[1:]]
    return web, name


LED = [("甲类工作信息", "/x0/"), ("乙类工作信息", "/x1/"), ("丙类工作信息", "/x2/"), ("丁类工作信息", "/x3/")]


async def test_page_that_only_leads_on_to_columns_of_the_menu_is_not_blank() -> None:
    web, name = with_one_menu("".join(f'<li><a href="{to}">{column}</a></li>' for column, to in LED[1:]))
    assert column(await walk(web), name).blank is not True


async def test_empty_page_is_blank_though_its_place_names_columns_above_again() -> None:
    above = " &gt; ".join(f'<a href="{to}">{column}</a>' for column, to in (("首页", "/"), *LED[1:3], LED[0]))
    web, name = with_one_menu(f'<div class="pos">当前位置：{above}</div><ul class="list"></ul>')
    assert column(await walk(web), name).blank is True


async def test_page_that_holds_nothing_but_was_not_opened_in_the_browser_is_unknown() -> None:
    web, extra = with_columns(4)
    name, url = extra[0]
    web.pages[BASE + url[1:]] = empty_page(name)
    assert column(await walk(web, browser=False), name).blank is None
    web.rendered[BASE + url[1:]] = failed(BASE + url[1:], Fetch.TIMEOUT)
    assert column(await walk(web), name).blank is None


@pytest.mark.parametrize(
    "content",
    [
        '<li><a href="javascript:;" title="行政许可项目">行政许可项目</a></li><li><a href="javascript:;">行政检查项目</a></li>',
        '<li><img src="/files/organisation.png" alt=""></li>',
        "<li>清河县人民政府办公室设综合科、秘书科、信息科三个内设机构。</li>",
        '<li><iframe src="http://video.example/play?id=7"></iframe></li>',
        '<li><form><input type="text"><textarea></textarea></form></li>',
        '<li><a href="/files/list.pdf">名单</a></li>',
        '<li><video src="/files/film.mp4"></video></li>',
        '<li><input type="text"><button>检索</button></li>',
    ],
)
async def test_page_with_content_of_its_own_is_never_blank(content: str) -> None:
    web, extra = with_columns(4)
    name, url = extra[0]
    web.pages[BASE + url[1:]] = web.rendered[BASE + url[1:]] = empty_page(name, content)
    assert column(await walk(web), name).blank is not True


@pytest.mark.parametrize(
    ("name", "offered"),
    [("局长信箱-清河县人民政府", True), ("网上信访", False), ("清河县开展义务法律咨询活动受到群众欢迎", False)],
)
async def test_form_behind_a_picture_without_text_is_a_channel_by_its_own_name(name: str, *, offered: bool) -> None:
    web = city()
    menu = tuple(item for item in MENU if item[0] != "局长信箱")
    form = "<form method=post><p>标题：<input name=bt></p><p>电话：<input name=dh></p><p>内容：<textarea name=nr></textarea></p></form>"
    web.pages = {
        url: html.replace('<li><a href="/jzxx/">局长信箱</a></li>', "") if isinstance(html, str) else html
        for url, html in web.pages.items()
        if "jzxx" not in url
    }
    web.pages[BASE] = page(
        article_list("工作动态", f"{BASE}gzdt/", FRESH) + '<a href="/x7/"><img src="/b1.png"></a>', menu=menu
    )
    web.pages[f"{BASE}x7/"] = page(form, name, menu=menu)
    facts = await walk(web)
    assert [one.url for one in facts.channels if one.kind == "consultation"] == [f"{BASE}x7/"] * offered


@pytest.mark.parametrize(
    ("heading", "offered"), [("我要咨询", True), ("在线留言", True), ("网上信访", False), ("来信人", False)]
)
async def test_form_under_a_heading_of_a_page_that_collects_channels_is_one(heading: str, *, offered: bool) -> None:
    web = city()
    menu = (*MENU[:5], ("互动交流", "/hdjl/"))
    web.pages = {
        url: html.replace('<a href="/jzxx/">局长信箱</a>', '<a href="/hdjl/">互动交流</a>')
        if isinstance(html, str)
        else html
        for url, html in web.pages.items()
        if "jzxx" not in url
    }
    form = "<form method=post>标题<input name=bt>电话<input name=dh>内容<textarea name=nr></textarea></form>"
    web.pages[f"{BASE}hdjl/"] = web.rendered[f"{BASE}hdjl/"] = page(f"<h3>{heading}</h3>{form}", "互动交流", menu=menu)
    facts = await walk(web)
    assert [one.url for one in facts.channels if one.kind == "consultation"] == [f"{BASE}hdjl/"] * offered


async def test_interaction_page_that_offers_only_petition_proves_absence() -> None:
    web = city()
    for url in [url for url in web.pages if "jzxx" in url]:
        del web.pages[url]
    menu = (*MENU[:5], ("互动交流", "/hdjl/"), ("网上信访", "/wsxf/"))
    web.pages = {
        url: html.replace('<a href="/jzxx/">局长信箱</a>', '<a href="/hdjl/">互动交流</a><a href="/wsxf/">网上信访</a>')
        if isinstance(html, str)
        else html
        for url, html in web.pages.items()
    }
    hub = page('<h2>互动交流</h2><p><a href="/wsxf/">网上信访</a></p>', "互动交流", menu=menu)
    web.pages[f"{BASE}hdjl/"] = web.rendered[f"{BASE}hdjl/"] = hub
    web.pages[f"{BASE}wsxf/"] = page(
        "<p>请登录国家信访局网上投诉平台提交信访事项，受理机关将依法处理并答复。</p>", "网上信访", menu=menu
    )
    web.rendered[BASE] = web.pages[BASE]
    facts = await walk(web)
    assert not [one for one in facts.channels if one.kind == "consultation"]
    assert facts.channels_unread == ()


async def test_browser_page_whose_data_did_not_come_is_unknown_not_blank() -> None:
    web, extra = with_columns(4)
    name, url = extra[0]
    html = empty_page(name, "<li>暂无内容</li>")
    web.pages[BASE + url[1:]] = html
    broken = "页面有 1 个数据请求没有完成"
    web.rendered[BASE + url[1:]] = Fetched(
        BASE + url[1:], BASE + url[1:], Fetch.OK, 200, body=html.encode(), rendered=True, error=broken
    )
    one = column(await walk(web), name)
    assert one.blank is None
    assert one.reason == broken


@pytest.mark.parametrize("name", ["领导信息", "机构职能", "联系我们"])
async def test_short_page_whose_text_stands_in_the_foot_too_is_not_blank(name: str) -> None:
    web, extra = with_columns(4)
    web.pages[BASE] = str(web.pages[BASE]).replace(extra[0][0], name)
    short = empty_page(name, "<li>主办单位：清河县人民政府办公室 联系电话：0912-1234567</li>")
    web.pages[BASE + extra[0][1][1:]] = web.rendered[BASE + extra[0][1][1:]] = short
    assert column(await walk(web), name).blank is not True


async def test_directory_page_leads_to_the_lists_behind_its_short_links() -> None:
    units = "".join(f'<td><a href="/unit/{n}/">清河县第{n}实验小学</a></td>' for n in range(1, 4))
    web = city(
        zcwj_=page(f"<table><tr>{units}</tr></table><p>全县学校名录如下，点击校名可以查看学校信息。</p>", "政策文件")
    )
    for n in (1, 2):
        web.pages[f"{BASE}unit/{n}/"] = page(
            article_list(f"第{n}实验小学", f"{BASE}unit/{n}/", FRESH), f"第{n}实验小学"
        )
    web.pages[f"{BASE}unit/3/"] = page(
        "<p>清河县第三实验小学始建于一九五六年，现有教职工八十人，在校学生一千二百人。</p>", "简介"
    )
    lists = {one.name for one in (await walk(web)).columns if not one.single_page}
    assert {"清河县第1实验小学", "清河县第2实验小学"} <= lists
    assert "清河县第3实验小学" not in lists


async def test_a_block_of_the_home_page_takes_its_place_from_the_menu_of_its_own_page() -> None:
    web = city()
    old = ["2025-06-03", "2025-05-20", "2025-04-11"]
    listed = article_list("人事公告", f"{BASE}rsgg/", old)
    news = article_list("工作动态", f"{BASE}gzdt/", FRESH)
    web.pages[BASE] = page(f'{news}<div><h2><a href="/rsgg/">人事公告</a></h2>{listed}</div>')
    side = '<div><h2>通知公告</h2><ul><li><a href="/rsgg/">人事公告</a></li><li><a href="/cggg/">采购公告</a></li></ul></div>'
    for name, folder in (("人事公告", "rsgg"), ("采购公告", "cggg")):
        web.pages[f"{BASE}{folder}/"] = page(side + article_list(name, f"{BASE}{folder}/", old), name)
    below = column(await walk(web), "人事公告")
    assert (below.category, below.path, below.top_level) == (Category.NOTICE, ("通知公告",), False)


async def test_zero_that_the_page_itself_states_holds_though_a_script_of_it_is_missing() -> None:
    html = page(BLANK.format(name="通知公告"), "通知公告")
    web = city(tzgg_=html)
    url = f"{BASE}tzgg/"
    web.rendered[url] = Fetched(
        url, url, Fetch.OK, 200, body=html.encode(), rendered=True, error="页面有 1 个数据请求没有完成"
    )
    assert column(await walk(web), "通知公告").blank is True

"""What was not seen accuses nobody: pages that fail, browsers that fail, pages that are only half of the truth."""

import datetime as dt

import pytest

from govspider.checks.guides import ManyGuides, guides_all_incomplete
from govspider.checks.home import HomeWindow, home_stale
from govspider.facts import Fetch, Fetched, How, Outcome, Page, SiteFacts
from govspider.inspecting.plan import UnreadableError
from govspider.inspecting.walk import inspect_site
from govspider.reading.page import read_page

from .sites import BASE, CHECKPOINT, LEXICON, Web, article, article_list, failed, page, plan, site
from .test_walk import FRESH, GUIDE, MENU, SoftWeb, city, column, walk

OLD = ["2025-12-09", "2025-11-20", "2025-11-11", "2025-10-02"]
NEWS = f"{BASE}gzdt/"


def stale(facts: SiteFacts) -> Outcome:
    return next(home_stale(facts, HomeWindow(days=14))).outcome


def without_links(web: Web, *names: str) -> Web:
    """The site without these menu items."""
    gone = [f'<li><a href="{url}">{name}</a></li>' for name, url in MENU if name in names]
    for url, html in web.pages.items():
        if isinstance(html, str):
            for link in gone:
                html = html.replace(link, "")
            web.pages[url] = html
    return web


# ------------------------------------------------------------------------------------------------------------- dates


async def test_ascending_list_whose_last_page_fails_is_unknown() -> None:
    pager = '<div class="page">共 2 页 <a href="/gzdt/">1</a> <a href="/gzdt/list_2.html">2</a> <a href="/gzdt/list_2.html">下一页</a> <a href="/gzdt/list_2.html">尾页</a></div>'
    rising = article_list("工作动态", NEWS, ["2024-01-05", "2024-02-05", "2024-03-05", "2024-04-05"])
    web = city(gzdt_=page(rising + pager, "工作动态"))
    web.pages[f"{NEWS}list_2.html"] = failed(f"{NEWS}list_2.html", Fetch.TIMEOUT)
    assert column(await walk(web), "工作动态").reason


async def test_old_pinned_entry_does_not_hide_the_pages_below_the_checkpoint() -> None:
    pager = '<div class="page">共 2 页 <a href="/gzdt/">1</a> <a href="/gzdt/list_2.html">2</a> <a href="/gzdt/list_2.html">下一页</a> <a href="/gzdt/list_2.html">尾页</a></div>'
    later = article_list("工作动态", NEWS, ["2024-01-05", "2026-07-20", "2026-07-10", "2026-07-05", "2026-07-02"])
    web = city(gzdt_=page(later + pager, "工作动态"))
    web.pages[f"{NEWS}list_2.html"] = page(article_list("工作动态", NEWS, FRESH), "工作动态")
    assert column(await walk(web), "工作动态").newest == dt.date(2026, 6, 29)
    web.pages[f"{NEWS}list_2.html"] = failed(f"{NEWS}list_2.html", Fetch.BLOCKED)
    assert column(await walk(web), "工作动态").reason


async def test_undated_entries_that_fail_beside_old_dated_ones_are_unknown() -> None:
    web = city(gzdt_=page(article_list("工作动态", NEWS, [None, None, *OLD]), "工作动态"))
    for n in (1, 2):
        web.pages[f"{NEWS}{n}.html"] = failed(f"{NEWS}{n}.html", Fetch.TIMEOUT)
    assert column(await walk(web), "工作动态").reason


async def test_articles_whose_date_only_the_browser_shows_are_dated() -> None:
    web = city(zcwj_=page(article_list("政策文件", f"{BASE}zcwj/", [None] * 6), "政策文件"))
    for n, day in enumerate(FRESH, 1):
        web.pages[f"{BASE}zcwj/{n}.html"] = article(f"清河县第{n}期工作开展情况", None)
        web.rendered[f"{BASE}zcwj/{n}.html"] = article(f"清河县第{n}期工作开展情况", day)
    policy = column(await walk(web), "政策文件")
    assert not policy.undated
    assert policy.reason or policy.newest


# -------------------------------------------------------------------------------------------------------------- home


def old_home(**changes: str | Fetched) -> Web:
    """A site whose home page shows old dates only in its static HTML, while its news column is up to date."""
    web = city(**changes)
    web.pages[BASE] = page(article_list("专题专栏", f"{BASE}zt/", OLD))
    return web


async def test_home_whose_news_only_the_browser_shows_is_fresh() -> None:
    web = old_home()
    web.rendered[BASE] = page(article_list("工作动态", NEWS, FRESH))
    assert stale(await walk(web)) is Outcome.PASS


async def test_home_that_the_browser_could_not_open_is_not_called_stale() -> None:
    web = old_home()
    web.rendered[BASE] = failed(BASE, Fetch.TIMEOUT)
    assert stale(await walk(web)) is Outcome.UNKNOWN
    assert stale(await walk(old_home(), browser=False)) is Outcome.UNKNOWN


async def test_home_that_shows_old_news_in_the_browser_too_is_stale() -> None:
    assert stale(await walk(old_home())) is Outcome.VIOLATION


async def test_home_whose_undated_news_fail_is_not_called_stale() -> None:
    web = old_home()
    lines = "".join(f'<li><a href="/xw/{n}.html">清河县召开第{n}次全体会议部署近期工作</a></li>' for n in range(6))
    web.pages[BASE] = page(article_list("专题专栏", f"{BASE}zt/", OLD) + f"<ul>{lines}</ul>")
    for n in range(6):
        web.pages[f"{BASE}xw/{n}.html"] = failed(f"{BASE}xw/{n}.html", Fetch.TIMEOUT)
    assert stale(await walk(web)) is Outcome.UNKNOWN


@pytest.mark.parametrize("dated", ["", article_list("专题专栏", f"{BASE}zt/", OLD)])
@pytest.mark.parametrize(("shown", "outcome"), [("2026-06-28", Outcome.UNKNOWN), (None, Outcome.VIOLATION)])
async def test_dates_of_home_articles_that_scripts_write_are_not_missing(
    dated: str, shown: str | None, outcome: Outcome
) -> None:
    web = old_home()
    lines = "".join(f'<li><a href="/xw/{n}.html">清河县召开第{n}次全体会议部署近期工作</a></li>' for n in range(6))
    web.pages[BASE] = page(f"{dated}<ul>{lines}</ul>")
    for folder in ("gzdt", "tzgg", "zcwj", "jzxx"):
        web.pages[f"{BASE}{folder}/"] = page(article_list("信息", f"{BASE}{folder}/", OLD))
    for n in range(6):
        web.pages[f"{BASE}xw/{n}.html"] = article(f"清河县召开第{n}次全体会议", None)
        web.rendered[f"{BASE}xw/{n}.html"] = article(f"清河县召开第{n}次全体会议", shown)
    assert stale(await walk(web)) is outcome


async def test_shell_that_no_browser_opened_is_no_cover_page() -> None:
    web = city(gzdt_=page(article_list("工作动态", NEWS, OLD), "工作动态"))
    web.pages[BASE] = (
        '<html><head><title>清河县人民政府</title></head><body><div id="app"></div><script>new Vue({el:"#app"})</script>'
        '<a href="/gzdt/">工作动态</a></body></html>'
    )
    web.rendered[BASE] = failed(BASE, Fetch.TIMEOUT)
    facts = await walk(web)
    assert stale(facts) is Outcome.UNKNOWN


# ----------------------------------------------------------------------------------------------------------- absence


async def test_absence_is_not_claimed_of_a_home_page_that_the_browser_could_not_open() -> None:
    for web in (without_links(city(), "办事指南", "局长信箱"), without_links(city(), "办事指南", "局长信箱")):
        web.rendered[BASE] = failed(BASE, Fetch.OTHER)
        facts = await walk(web)
        assert not facts.services
        assert facts.services_unread
        assert facts.channels_unread


async def test_absence_is_not_claimed_of_a_half_rendered_home_page() -> None:
    web = without_links(city(), "办事指南", "局长信箱")
    half = str(web.pages[BASE]).encode()
    kind = (("content-type", "text/html; charset=utf-8"),)
    web.rendered[BASE] = Fetched(BASE, BASE, Fetch.OK, 200, kind, half, rendered=True, error="部分数据未能加载")
    facts = await walk(web)
    assert facts.services_unread
    assert facts.channels_unread


async def test_letters_that_only_a_failing_browser_would_show_are_unread() -> None:
    shell = page('<div id="list"></div><script>$.ajax({url:"/api/letters"})</script>', "局长信箱")
    web = city(jzxx_=shell)
    web.rendered[f"{BASE}jzxx/"] = failed(f"{BASE}jzxx/", Fetch.TIMEOUT)
    facts = await walk(web)
    assert not facts.messages
    assert facts.messages_unread


async def test_guides_that_scripts_fill_in_are_unread_not_incomplete() -> None:
    rows = "".join(f"<tr><th>{name}</th><td></td></tr>" for name in ("设定依据", "申请条件", "办理流程", "联系电话"))
    thin = f"<table><tr><th>事项名称</th><td>户外广告设置审批</td></tr>{rows}</table>"
    web = city()
    for n in range(1, 7):
        web.pages[f"{BASE}bszn/{n}.html"] = page(f"<h2>第{n}类事项办事指南</h2>{thin}", "办事指南")
    assert all(one.guide.missing for one in (await walk(web)).services if one.guide is not None)
    for n in range(1, 7):
        web.rendered[f"{BASE}bszn/{n}.html"] = page(f"<h2>第{n}类事项办事指南</h2>{GUIDE}", "办事指南")
    guides = [one.guide for one in (await walk(web)).services if one.guide is not None]
    assert len(guides) == 6
    assert not any(guide.missing for guide in guides)
    assert all(guide.unreadable for guide in guides)


@pytest.mark.parametrize(
    ("means", "missing"),
    [
        ("", True),
        ("<script>$.ajax({url:'/api/guide',success:function(d){fill(d)}})</script>", False),
        ("<p>{{ item.conditions }}</p>", False),
        ('<p v-html="item.flow"></p>', False),
    ],
)
async def test_guides_that_scripts_may_fill_in_lack_nothing_without_a_browser(means: str, missing: bool) -> None:
    rows = "".join(f"<tr><th>{name}</th><td></td></tr>" for name in ("设定依据", "申请条件", "办理流程", "联系电话"))
    thin = f"<table><tr><th>事项名称</th><td>户外广告设置审批</td></tr>{rows}</table>{means}"
    web = city()
    for n in range(1, 7):
        web.pages[f"{BASE}bszn/{n}.html"] = page(f"<h2>第{n}类事项办事指南</h2>{thin}", "办事指南")
    guides = [one.guide for one in (await walk(web, browser=False)).services if one.guide is not None]
    assert len(guides) == 6
    assert all(bool(guide.missing) is missing for guide in guides)


# ------------------------------------------------------------------------------------------------------------ frames


@pytest.mark.parametrize(
    ("beside", "frame", "shown", "blank"),
    [
        ("", '<ul></ul><div class="page">共 0 条记录</div>', "", True),
        ("", "<ul></ul>", "", None),
        ("", '<ul></ul><div class="page">共 0 条记录</div>', article_list("通知公告", f"{BASE}tzgg/", FRESH), False),
        (
            "<p>本栏目公布县政府各部门的公告。</p><a href='/tzgg/a.html'>一号公告</a>",
            "<ul></ul><p>共 0 条记录</p>",
            "",
            None,
        ),
        ("", article_list("通知公告", f"{BASE}tzgg/", FRESH), "", False),
    ],
)
async def test_column_in_a_frame_is_blank_only_when_the_frame_says_so_and_nothing_else_is_there(
    beside: str, frame: str, shown: str, blank: bool | None
) -> None:
    pos = '<div class="pos">当前位置：首页 &gt; 通知公告</div>'
    web = city(tzgg_=page(f'{pos}{beside}<iframe src="/in.html" width="700" height="600"></iframe>', "通知公告"))
    web.pages[f"{BASE}in.html"] = f"<html><body>{frame}</body></html>"
    if shown:
        web.rendered[f"{BASE}in.html"] = f"<html><body>{shown}</body></html>"
    assert column(await walk(web), "通知公告").blank is blank


async def test_home_whose_undated_news_stand_on_other_sites_is_no_cover_page() -> None:
    def home(path: str) -> str:
        lines = "".join(
            f'<li><a href="http://www.shi.gov.cn{path}{n}">全市召开第{n}次经济工作会议部署任务</a></li>'
            for n in range(5)
        )
        return page(f"<ul>{lines}</ul>")

    web = city(gzdt_=page(article_list("工作动态", NEWS, OLD), "工作动态"))
    web.pages[BASE] = home("/xwzx/202606/t2026_")
    assert stale(await walk(web)) is Outcome.UNKNOWN


# ---------------------------------------------------------------------------------------------------- pages replaced

INSTEAD = (
    "<html><head><title>无法找到该网页</title></head><body><p>HTTP 错误 404 - 文件或目录未找到。</p></body></html>"
)


async def test_absence_is_not_claimed_of_a_home_page_that_a_script_replaces() -> None:
    for instead in (INSTEAD, '<html><body><iframe src="http://www.qp777.com/"></iframe></body></html>'):
        web = without_links(city(), "办事指南", "局长信箱")
        web.rendered[BASE] = instead
        facts = await walk(web)
        assert facts.services_unread
        assert facts.channels_unread


async def test_column_whose_page_a_script_replaces_is_blank_only_by_its_own_count() -> None:
    for count, blank in (('<div class="page">共 0 条记录</div>', True), ("", None)):
        empty = f'<div class="pos">当前位置：首页 &gt; 通知公告</div><ul class="list"></ul>{count}'
        web = city(tzgg_=page(empty, "通知公告"))
        web.rendered[f"{BASE}tzgg/"] = INSTEAD
        assert column(await walk(web), "通知公告").blank is blank


# ----------------------------------------------------------------------------------------------------------- columns


async def test_blank_that_only_siblings_support_needs_the_browser() -> None:
    empty = (
        '<div class="pos">当前位置：首页 &gt; 通知公告</div><ul class="list"></ul>'
        '<div class="page"><script>createPageHTML(1,0,"index","html")</script></div>'
    )
    notice = column(await walk(city(tzgg_=page(empty, "通知公告")), browser=False), "通知公告")
    assert notice.blank is None
    assert notice.reason


async def test_parent_whose_own_list_was_not_read_stays_unread() -> None:
    side = '<div class="side"><ul><li><a href="/gzdt/tp/">图片新闻</a></li><li><a href="/gzdt/bm/">部门动态</a></li></ul></div>'
    shell = '<div id="list"></div><script>$.ajax({url:"/api/news"})</script>'
    web = city(gzdt_=page(side + shell, "工作动态"))
    for below, name in (("tp", "图片新闻"), ("bm", "部门动态")):
        web.pages[f"{NEWS}{below}/"] = page(article_list(name, f"{NEWS}{below}/", OLD), name)
    web.rendered[NEWS] = failed(NEWS, Fetch.TIMEOUT)
    news = column(await walk(web), "工作动态")
    assert news.children
    assert news.reason


async def test_same_text_under_several_addresses_is_content_not_furniture() -> None:
    web = city()
    text = "<p>" + "本县依法公开政府信息，公民可以向县政府办公室提出申请。" * 2 + "</p>"
    names = {"one": "申请说明", "two": "受理范围", "three": "监督方式", "four": "公开年限"}
    menu = (*MENU, *((name, f"/{path}/") for path, name in names.items()))
    for path in names:
        web.pages[f"{BASE}{path}/"] = page(text, "清河县", menu=menu)
    web.pages[BASE] = page(article_list("工作动态", NEWS, FRESH), menu=menu)
    facts = await walk(web)
    assert [one.name for one in facts.columns if one.blank] == []


async def test_dated_lines_without_links_are_content() -> None:
    lines = "".join(f"<p>2026年{n}月1日，县政府召开第{n}次全体会议。</p>" for n in range(1, 6))
    web = city()
    menu = (*MENU, ("发展历程", "/fzlc/"))
    web.pages[f"{BASE}fzlc/"] = page(lines, "发展历程", menu=menu)
    web.pages[BASE] = page(article_list("工作动态", NEWS, FRESH), menu=menu)
    assert column(await walk(web), "发展历程").blank is not True


async def test_too_many_columns_leave_the_walk_incomplete() -> None:
    web = city()
    menu = (*MENU, *((f"栏目{n}", f"/c{n}/") for n in range(450)))
    web.pages[BASE] = page(article_list("工作动态", NEWS, FRESH), menu=menu)
    facts = await walk(web, page_budget=2000)
    assert not facts.complete
    assert "400" in facts.stopped


# --------------------------------------------------------------------------------------------------------- not found


class ShellWeb(Web):
    """A site of scripts: every address is answered with the same shell, the browser shows what is there."""

    async def __call__(self, url: str, how: How = How.PAGE, *, words: str = "") -> Fetched:
        if how is How.BROWSER:
            return await super().__call__(url, how)
        self.asked.append((url, how))
        shell = '<html><head><title>清河县</title></head><body><div id="app"></div><script>new Vue({el:"#app"})</script></body></html>'
        return Fetched(url, url, Fetch.OK, 200, (("content-type", "text/html; charset=utf-8"),), shell.encode())


async def test_shell_that_answers_everything_makes_no_address_missing() -> None:
    facts = await walk(ShellWeb(city().pages))
    assert column(facts, "工作动态").newest == dt.date(2026, 6, 29)
    assert not [link.url for link in facts.links if link.visit.status == 404]


class HomeWeb(Web):
    """A site that leads every unknown address to its home page."""

    async def __call__(self, url: str, how: How = How.PAGE, *, words: str = "") -> Fetched:
        answer = await super().__call__(url, how)
        if answer.outcome is Fetch.HTTP_ERROR:
            home = await super().__call__(BASE, how)
            return Fetched(url, BASE, Fetch.OK, 200, home.headers, home.body, rendered=how is How.BROWSER)
        return answer


async def test_link_that_leads_home_is_not_missing() -> None:
    web = city()
    menu = (*MENU, ("清河新貌", "/qhxm/"))
    web.pages[BASE] = page(article_list("工作动态", NEWS, FRESH), menu=menu)
    facts = await walk(HomeWeb(web.pages))
    assert not [link.url for link in facts.links if link.visit.status == 404]


async def test_missing_address_is_asked_of_the_site_itself() -> None:
    web = SoftWeb(city().pages)
    web.pages[BASE.rstrip("/")] = web.pages[BASE]
    await inspect_site(site(url=BASE.rstrip("/")), web, plan())
    assert all(url.startswith(BASE) for url, _ in web.asked)


# ------------------------------------------------------------------------------------------------------- other names


async def test_channel_behind_a_menu_item_of_a_general_name_is_known_by_its_title() -> None:
    web = without_links(city(), "局长信箱")
    for url, html in web.pages.items():
        if isinstance(html, str):
            web.pages[url] = html.replace("</ul></div>", '<li><a href="/jzxx/">互动交流</a></li></ul></div>', 1)
    facts = await walk(web)
    assert [one.kind for one in facts.channels] == ["consultation"]
    assert len(facts.messages) == 4
    assert facts.channels_unread == facts.messages_unread == ()


async def test_channel_whose_other_name_stands_in_a_folded_menu_is_known() -> None:
    web = without_links(
        city(jzxx_=page("<p>请写下您的意见。</p><textarea name='a'></textarea>", "互动交流")), "局长信箱"
    )
    folded = '<li><a href="/jzxx/">互动交流</a><ul style="display:none"><li><a href="/jzxx/">局长信箱</a></li></ul></li></ul></div>'
    for url, html in web.pages.items():
        if isinstance(html, str):
            web.pages[url] = html.replace("</ul></div>", folded, 1)
    assert [one.kind for one in (await walk(web)).channels] == ["consultation"]


# ------------------------------------------------------------------------------------------------------------ guides


async def test_guide_that_is_one_picture_keeps_its_place_beside_incomplete_ones() -> None:
    links = "".join(f'<li><a href="/bszn/{n}.html">第{n}类事项</a></li>' for n in (1, 2, 3))
    web = city(bszn_=page(f"<h3>办事指南</h3><ul>{links}</ul>", "办事指南"))
    lacking = "<table><tr><th>事项名称</th><td>广告设置审批</td></tr><tr><th>申请条件</th><td>依法登记</td></tr><tr><th>办理材料</th><td>申请表</td></tr><tr><th>联系电话</th><td>0912-1234567</td></tr></table>"
    for n in (1, 2):
        web.pages[f"{BASE}bszn/{n}.html"] = page(f"<h2>第{n}类事项办事指南</h2>{lacking}", "办事指南")
    web.pages[f"{BASE}bszn/3.html"] = page("<h2>第3类事项</h2><p><img src='/3.jpg' width='800'></p>", "第3类事项")
    web.rendered = {url: html for url, html in web.pages.items() if "bszn" in url}
    facts = await walk(web)
    assert [len(one.guide.unreadable) for one in facts.services if one.guide is not None] == [0, 0, 10]
    assert next(guides_all_incomplete(facts, ManyGuides(missing=4, items=5))).outcome is Outcome.UNKNOWN


# -------------------------------------------------------------------------------------------------------- own heading


async def test_column_below_a_heading_of_its_own_name_is_opened_in_the_browser_when_it_shows_nothing() -> None:
    empty = '<div class="pos">当前位置：首页 &gt; 工作动态</div><div id="rows"></div>'
    full = article_list("工作动态", NEWS, OLD)
    web = city()
    web.pages[NEWS] = page(empty, "工作动态")
    web.rendered[NEWS] = page(full, "工作动态")
    heads = [
        (f'<li><a href="{url}">{name}</a></li>', f'<li><b>{name}</b><ul><li><a href="{url}">{name}</a></li></ul></li>')
        for name, url in MENU
    ]
    for pages in (web.pages, web.rendered):
        for url, html in pages.items():
            for old, new in heads[1:]:
                html = html.replace(old, new) if isinstance(html, str) else html
            pages[url] = html
    assert column(await walk(web), "工作动态").newest == dt.date(2025, 12, 9)


async def test_page_of_one_picture_that_a_browser_has_shown_is_no_unread_column() -> None:
    menu = (*MENU, ("组织架构", "/zzjg/"))
    web = city()
    for url, html in web.pages.items():
        web.pages[url] = (
            html.replace("</ul></div>", '<li><a href="/zzjg/">组织架构</a></li></ul></div>', 1)
            if isinstance(html, str)
            else html
        )
    picture = '<div class="pos">当前位置：首页 &gt; 组织架构</div><script>load("x")</script><ul id="a"></ul>{}'
    for own, reason in (('<p><img src="/zzjg.png"></p>', False), ("<p>正在加载，请稍候，马上就好</p>", True)):
        web.pages[f"{BASE}zzjg/"] = web.rendered[f"{BASE}zzjg/"] = page(picture.format(own), "组织架构", menu=menu)
        assert bool(column(await walk(web), "组织架构").reason) is reason


async def test_column_that_sends_to_the_home_page_is_not_read_there() -> None:
    web = city()
    home = str(web.pages[BASE])
    web.pages[NEWS] = Fetched(
        NEWS, BASE, Fetch.OK, 200, (("content-type", "text/html; charset=utf-8"),), home.encode(), redirects=(BASE,)
    )
    news = column(await walk(web), "工作动态")
    assert (news.newest, news.entry_count, news.reason) == (None, 0, "栏目跳转到网站首页")


# ----------------------------------------------------------------------------------------------------------- reading


async def test_a_page_that_cannot_be_read_is_unknown_and_nothing_else_is_lost() -> None:
    async def read(
        body: bytes, url: str, content_type: str = "", last_modified: str = "", *, brief: bool = False
    ) -> Page:
        if url == NEWS:
            raise UnreadableError("页面读取用时过长，已放弃")
        return read_page(body, url, checkpoint=CHECKPOINT, lexicon=LEXICON, content_type=content_type)

    facts = await inspect_site(site(), city(), plan(read=read))
    whole = await inspect_site(site(), city(), plan())
    news = column(facts, "工作动态")
    assert (news.visit.fetch if news.visit else None, news.reason) == (Fetch.OTHER, "页面读取用时过长，已放弃")
    assert facts.failed == whole.failed + 1
    assert [c for c in facts.columns if c.url != NEWS] == [c for c in whole.columns if c.url != NEWS]


async def test_a_response_header_proves_no_update() -> None:
    web = city(zcwj_=page(article_list("政策文件", f"{BASE}zcwj/", [None] * 6), "政策文件"))
    headers = (("content-type", "text/html; charset=utf-8"), ("last-modified", "Mon, 29 Jun 2026 08:00:00 GMT"))
    for n in range(1, 7):
        url = f"{BASE}zcwj/{n}.html"
        body = article(f"清河县第{n}期工作开展情况", None).encode()
        web.pages[url] = Fetched(url, url, Fetch.OK, 200, headers, body)
    policy = column(await walk(web), "政策文件")
    assert policy.newest is None
    assert policy.undated


@pytest.mark.parametrize(
    "item", ["<li>{}</li>", "<div class=item><span>{}</span></div>", "<li onclick='go(this)'>{}</li>"]
)
async def test_absence_is_not_claimed_beside_a_menu_that_only_scripts_follow(item: str) -> None:
    names = ("工作动态", "通知公告", "政策文件", "局长信箱", "办事指南")
    web = without_links(city(), "办事指南", "局长信箱")
    home = str(web.pages[BASE]).replace(
        '<div class="main">', f'<div>{"".join(item.format(name) for name in names)}</div><div class="main">'
    )
    web.pages[BASE] = web.rendered[BASE] = home
    facts = await walk(web)
    assert not facts.services
    assert facts.services_unread
    assert facts.channels_unread


async def test_heading_without_a_link_over_petitions_alone_leaves_nothing_open() -> None:
    web = without_links(city(), "办事指南", "局长信箱")
    block = (
        '<div><h3>互动交流</h3><ul><li><a href="/xf/">网上信访</a></li><li><a href="/jb/">纪检举报</a></li></ul></div>'
    )
    web.pages[BASE] = web.rendered[BASE] = str(web.pages[BASE]).replace(
        '<div class="main">', f'{block}<div class="main">'
    )
    for folder in ("xf", "jb"):
        web.pages[f"{BASE}{folder}/"] = page("<form><input name=a><textarea name=b></textarea></form>", "网上信访")
    facts = await walk(web)
    assert facts.channels_unread == ()


SCRIPTED = {
    "by number": '<div class="page">共 45 条 第 1/3 页 <a href="javascript:go(2)">2</a> <a href="javascript:go(3)">3</a> <a href="javascript:go(2)">下一页</a></div>',
    "by post": "<div class=\"page\">共3页 <a href=\"javascript:__doPostBack('p','2')\">下一页</a> <a href=\"javascript:__doPostBack('p','3')\">末页</a></div>",
    "by a button": '<div class="more"><button onclick="more()">加载更多</button></div>',
}
RISING = ["2024-01-05", "2024-02-05", "2024-03-05", "2024-04-05", "2024-05-05"]
MIXED = ["2024-03-05", "2025-02-05", "2023-03-05", "2024-12-05", "2022-05-05", "2025-01-06"]


@pytest.mark.parametrize("pager", SCRIPTED)
@pytest.mark.parametrize("days", [RISING, MIXED])
async def test_list_that_does_not_run_downwards_is_not_old_while_its_other_pages_are_a_scripts(
    pager: str, days: list[str]
) -> None:
    web = city(gzdt_=page(article_list("工作动态", NEWS, list(days)) + SCRIPTED[pager], "工作动态"))
    assert column(await walk(web), "工作动态").reason


@pytest.mark.parametrize("days", [RISING, MIXED])
async def test_list_of_one_page_is_old_in_any_order(days: list[str]) -> None:
    news = column(await walk(city(gzdt_=page(article_list("工作动态", NEWS, list(days)), "工作动态"))), "工作动态")
    assert (news.reason, news.newest) == ("", dt.date.fromisoformat(max(days)))


async def test_mixed_list_is_read_on_its_next_pages() -> None:
    pager = '<div class="page">共 2 页 <a href="/gzdt/">1</a> <a href="/gzdt/list_2.html">2</a> <a href="/gzdt/list_2.html">下一页</a></div>'
    web = city(gzdt_=page(article_list("工作动态", NEWS, list(MIXED)) + pager, "工作动态"))
    web.pages[f"{NEWS}list_2.html"] = page(article_list("工作动态", NEWS, list(FRESH)), "工作动态")
    assert column(await walk(web), "工作动态").newest == dt.date(2026, 6, 29)
    web.pages[f"{NEWS}list_2.html"] = failed(f"{NEWS}list_2.html", Fetch.TIMEOUT)
    assert column(await walk(web), "工作动态").reason

"""Links that do not answer: where they stand, which are tried, and what becomes of those found before."""

import datetime as dt

import pytest

from govspider.checks.links import DeadSigns, link_dead
from govspider.facts import SOFT_404, EarlierLink, Fetch, LinkCheck, Outcome, SiteFacts
from govspider.inspecting.walk import inspect_site

from .sites import BASE, Web, article_list, failed, page, plan, site
from .test_walk import FRESH, city, walk

SIGNS = DeadSigns(statuses=(404,), fetches=(Fetch.DNS,), home_points=0.2)
LOST = f"{BASE}xz/biao.html"
LINK = '<p><a href="/xz/biao.html">申请表下载</a></p>'


def with_link(web: Web, *folders: str) -> Web:
    """The site with a link to a page that does not exist, on these pages."""
    for folder in folders:
        html = web.pages[BASE + folder]
        assert isinstance(html, str)
        web.pages[BASE + folder] = html.replace("<div class='foot'>", LINK + "<div class='foot'>")
    return web


def of(facts: SiteFacts, url: str) -> LinkCheck:
    return next(link for link in facts.links if link.url == url)


async def test_all_pages_that_show_a_dead_link_are_named_the_home_page_first() -> None:
    facts = await walk(with_link(city(), "tzgg/", "", "gzdt/"))
    assert of(facts, LOST).pages == (BASE, f"{BASE}gzdt/", f"{BASE}tzgg/")
    found = next(one for one in link_dead(facts, SIGNS) if one.subject == LOST)
    assert found.outcome is Outcome.VIOLATION
    assert found.evidence["linked_pages"] == 3
    assert "linked_more" not in found.evidence
    assert of(facts, f"{BASE}gzdt/").pages == ()


async def test_all_pages_are_named_however_many() -> None:
    menu = tuple((f"第{n}工作部", f"/b{n}/") for n in range(230))
    web = city()
    web.pages[BASE] = page(article_list("工作动态", f"{BASE}gzdt/", FRESH) + LINK, menu=(*menu, ("工作动态", "/gzdt/")))
    for n in range(230):
        web.pages[f"{BASE}b{n}/"] = page(article_list(f"第{n}工作部", f"{BASE}b{n}/", FRESH) + LINK, menu=menu)
    facts = await walk(web, page_budget=2000)
    assert (len(of(facts, LOST).pages), of(facts, LOST).page_count) == (231, 231)


async def test_a_column_that_does_not_exist_is_a_dead_link_though_no_sample_holds_it() -> None:
    side = '<div class="side"><ul><li><a href="/gzdt/tp/">图片新闻</a></li><li><a href="/gzdt/bm/">部门动态</a></li></ul></div>'
    web = city(gzdt_=page(side + article_list("工作动态", f"{BASE}gzdt/", FRESH), "工作动态"))
    web.pages[f"{BASE}gzdt/tp/"] = page(article_list("图片新闻", f"{BASE}gzdt/tp/", FRESH), "图片新闻")
    facts = await walk(web, sampled_links=0)
    assert of(facts, f"{BASE}gzdt/bm/").visit.status == 404


async def test_the_sample_is_that_of_the_round_whatever_the_checkpoint() -> None:
    def sampled(facts: SiteFacts) -> set[str]:
        return {link.url for link in facts.links if not link.home}

    one = await walk(city(), sampled_links=3, round="2026Q2")
    later = await walk(city(), sampled_links=3, round="2026Q2", checkpoint=dt.date(2026, 7, 20))
    other = await walk(city(), sampled_links=3, round="2026Q3")
    assert sampled(one) == sampled(later) != sampled(other)


async def test_an_earlier_dead_link_is_asked_again_or_said_to_be_gone() -> None:
    told = (EarlierLink(LOST, (f"{BASE}tzgg/3.html",)),)
    web = city()
    kept = await walk(with_link(web, "tzgg/3.html"), earlier_links=told, sampled_links=0)
    assert of(kept, LOST).visit.status == 404
    web.pages[LOST] = page("<p>申请表</p>", "申请表")
    assert of(await walk(web, earlier_links=told, sampled_links=0), LOST).visit.fetch is Fetch.OK
    gone = await walk(city(), earlier_links=told, sampled_links=0)
    assert gone.links_gone == (LOST,)
    assert next(one for one in link_dead(gone, SIGNS) if one.subject == LOST).outcome is Outcome.PASS


async def test_an_earlier_dead_link_whose_pages_were_not_read_stays_open() -> None:
    lists = f"{BASE}tzgg/3.html"
    for told in (EarlierLink(LOST, (lists,)), EarlierLink(LOST)):
        web = city()
        web.pages[lists] = failed(lists, Fetch.TIMEOUT)
        facts = await inspect_site(site(), web, plan(earlier_links=(told,), sampled_links=0))
        assert facts.links_gone == ()
        assert not [link for link in facts.links if link.url == LOST]


REGRET = "<html><head><meta charset=utf-8><title>提示信息</title></head><body><h1>404</h1><p>您访问的内容不存在或者已经删除。</p></body></html>"


@pytest.mark.parametrize("address", ["/xz/show.jsp?id=12", "/tszt/"])
async def test_a_page_of_regret_is_a_dead_link_once_the_browser_shows_the_same(address: str) -> None:
    """Though the site answers other addresses that do not exist as it should."""

    def built(shown: str) -> Web:
        web = city()
        url = BASE + address[1:]
        item = f'<li><a href="{address}">特色专题</a></li></ul>'  # in the menu, so that it is looked at in any case
        web.pages[BASE] = str(web.pages[BASE]).replace("</ul>", item, 1)
        web.pages[url] = REGRET
        web.rendered[url] = shown
        return web

    url = BASE + address[1:]
    dead = await walk(built(REGRET))
    assert (of(dead, url).visit.status, of(dead, url).visit.error) == (404, SOFT_404)
    assert next(one for one in link_dead(dead, SIGNS) if one.subject == url).outcome is Outcome.VIOLATION
    alive = await walk(built(page(article_list("特色专题", url, FRESH), "特色专题")))
    assert of(alive, url).visit.fetch is Fetch.OK
    unsure = await walk(built(REGRET), browser=False)
    assert next(one for one in link_dead(unsure, SIGNS) if one.subject == url).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("answered", "outcome"),
    [
        ("http://www.else.gov.cn/", Outcome.VIOLATION),
        ("http://203.0.113.7:8080/a", Outcome.UNKNOWN),
        ("http://[2001:db8::7]/a", Outcome.UNKNOWN),
    ],
)
async def test_a_name_is_missed_only_where_another_name_was_found(answered: str, outcome: Outcome) -> None:
    """What answers under its number says nothing of the names that our network knows."""
    web, lost = city(), "http://www.lost.gov.cn/"
    links = f'<p><a href="{answered}">兄弟网站</a> <a href="{lost}">友情链接</a></p>'
    web.pages[BASE] = str(web.pages[BASE]).replace("<div class='foot'>", links + "<div class='foot'>")
    web.pages[answered] = page("<p>另一个网站</p>")
    web.pages[lost] = failed(lost, Fetch.DNS)
    found = next(one for one in link_dead(await walk(web), SIGNS) if one.subject == lost)
    assert found.outcome is outcome

"""That a site publishes no statistics is said only where all places were looked at."""

import pytest

from govspider.checks.statistics import Unpublished, statistics_absent
from govspider.facts import Fetch, Fetched, Outcome, SiteFacts

from .sites import BASE, Web, failed, page
from .test_samples import portal, statistic, walk, with_menu

HUB, BOARD = f"{BASE}bszn/", f"{BASE}jzxx/"


def outcome(facts: SiteFacts, kind: str) -> Outcome:
    return next(iter(statistics_absent(facts, Unpublished(kind)))).outcome


def adding(web: Web, url: str, html: str, *, rendered: bool = False) -> Web:
    """The page with more in it, in what the server sends or only in what the browser shows."""
    source = web.pages[url]
    assert isinstance(source, str)
    (web.rendered if rendered else web.pages)[url] = source.replace('<div class="main">', f'<div class="main">{html}')
    return web


async def test_there_are_none_where_everything_was_looked_at() -> None:
    facts = await walk(portal())
    assert [one.published for one in facts.samples.statistics] == [False, False]
    assert (outcome(facts, "service"), outcome(facts, "messages")) == (Outcome.VIOLATION, Outcome.VIOLATION)


async def test_without_a_browser_nothing_is_absent() -> None:
    facts = await walk(portal(), browser=False)
    assert {one.published for one in facts.samples.statistics} == {None}
    assert all("浏览器" in one.reason for one in facts.samples.statistics)


@pytest.mark.parametrize(
    ("kind", "url", "html"),
    [
        ("service", HUB, "<h3>2026年5月办件情况统计</h3>"),
        ("service", HUB, "<a href='/bszn/chart.html'><img src='/chart.png'></a>"),
        ("service", BASE, "<p>政务服务数据月报（图）</p>"),
        ("service", HUB, "<img src='/chart.png' alt='办件统计'>"),
        ("service", HUB, "<iframe src='/board/' title='政务服务数据'></iframe>"),
        ("messages", BOARD, "<h3>来信办理统计</h3><canvas></canvas>"),
        ("messages", BOARD, "<img src='/chart.png' alt='信件办理情况统计图'>"),
        ("messages", BOARD, "<a href='/jzxx/chart.html'><img src='/chart.png'></a>"),
    ],
)
@pytest.mark.parametrize("rendered", [False, True])
async def test_what_may_be_statistics_leaves_it_open(kind: str, url: str, html: str, rendered: bool) -> None:
    web = adding(portal(), url, html, rendered=rendered)
    web.pages[f"{BASE}bszn/chart.html"] = web.pages[f"{BASE}jzxx/chart.html"] = page("<img src='/chart.png'>")
    facts = await walk(web)
    found = statistic(facts, kind)
    if not (rendered and "chart.html" in html):  # a picture that only a script brings is not looked for
        assert found.published is not False, found
        assert outcome(facts, kind) is not Outcome.VIOLATION


async def test_statistics_that_only_the_browser_shows_are_found() -> None:
    counted = "<p>2026年5月共收到来信120件，办结118件。</p>"
    assert statistic(await walk(adding(portal(), BOARD, counted, rendered=True)), "messages").published
    link = "<li><a href='/tj.html'>办件统计</a></li>"
    web = adding(portal(), HUB, link, rendered=True)
    web.pages[f"{BASE}tj.html"] = page("<p>累计受理事项 12345 件，办结 12300 件。</p>" * 3, "办件统计")
    assert statistic(await walk(web), "service").published


async def test_the_name_of_an_office_for_data_is_no_statistics() -> None:
    facts = await walk(adding(portal(), HUB, "<p>承办：清河县政务服务数据局</p>"))
    assert statistic(facts, "service").published is False
    web = with_menu(portal(), "政务服务和数据管理局", "/sjj/", "<p>清河县政务服务和数据管理局</p>" * 9)
    assert statistic(await walk(web), "service").published is not True


@pytest.mark.parametrize("answer", [failed(f"{BASE}gzdt/", Fetch.TIMEOUT), failed(f"{BASE}gzdt/", Fetch.BLOCKED)])
async def test_a_column_that_was_not_read_leaves_it_open(answer: Fetched) -> None:
    web = portal()
    web.pages[f"{BASE}gzdt/"] = answer
    facts = await walk(web)
    assert {one.published for one in facts.samples.statistics} == {None}
    assert {outcome(facts, "service"), outcome(facts, "messages")} == {Outcome.UNKNOWN}


@pytest.mark.parametrize("url", [BASE, HUB, BOARD])
async def test_a_place_that_the_browser_cannot_show_leaves_it_open(url: str) -> None:
    web = portal()
    web.rendered[url] = failed(url, Fetch.TIMEOUT)
    facts = await walk(web)
    kind = "messages" if url == BOARD else "service"
    assert statistic(facts, kind).published is None


async def test_services_of_another_platform_leave_it_open() -> None:
    web = portal()
    link = "<li><a href='https://zwfw.shaanxi.gov.cn/qh/'>政务服务网</a></li>"
    for url, html in web.pages.items():
        if isinstance(html, str):
            web.pages[url] = html.replace("</ul></div>", f"{link}</ul></div>", 1)
    facts = await walk(web)
    assert any(service.external for service in facts.services)
    assert outcome(facts, "service") is Outcome.UNKNOWN

"""Letters whose own pages are filled by scripts: neither an answer nor its absence is taken from the bytes alone."""

import pytest

from govspider.facts import Fetch, How, SiteFacts
from govspider.inspecting.walk import inspect_site

from .sites import BASE, Web, failed, page, plan, site
from .test_walk import city

SHELL = '<!DOCTYPE html><html><head><title>信件</title></head><body><div id="app"></div><script src="/app.js"></script></body></html>'
REPLY = "<tr><th>答复内容</th><td>{}</td></tr></table>"
ASKED = "<table><tr><th>信件标题</th><td>关于第{}小区供水问题的来信</td></tr><tr><th>来信时间</th><td>2026-02-1{}</td></tr><tr><th>来信内容</th><td>小区停水三天，请尽快处理。</td></tr>"
PATIENCE = 8


def board(number: int) -> Web:
    """The sound city with letters without an answer on the board and in the bytes of their own pages."""
    lines = "".join(
        f'<tr><td><a href="/jzxx/{n}.html">关于第{n}小区供水问题的来信</a></td><td>2026-02-1{n}</td><td>未答复</td></tr>'
        for n in range(1, number + 1)
    )
    web = city(jzxx_=page(f"<table><tr><th>标题</th><th>来信时间</th><th>状态</th></tr>{lines}</table>", "局长信箱"))
    for n in range(1, number + 1):
        web.pages[f"{BASE}jzxx/{n}.html"] = page(ASKED.format(n, n) + REPLY.format(""), "局长信箱")
    return web


async def walk(web: Web) -> SiteFacts:
    return await inspect_site(site(), web, plan())


def answers(facts: SiteFacts) -> list[bool | None]:
    return [letter.has_answer for letter in sorted(facts.messages, key=lambda one: one.url)]


async def test_one_letter_that_the_browser_shows_without_an_answer_speaks_for_the_others() -> None:
    web = board(3)
    assert answers(await walk(web)) == [False, False, False]
    assert [url for url, how in web.asked if how is How.BROWSER and "jzxx" in url] == [f"{BASE}jzxx/1.html"]


async def test_an_answer_that_a_script_writes_counts() -> None:
    web = board(3)
    web.rendered[f"{BASE}jzxx/1.html"] = page(ASKED.format(1, 1) + REPLY.format("您好，水管已经修复。"), "局长信箱")
    assert answers(await walk(web)) == [True, False, False]


@pytest.mark.parametrize("number", [2, PATIENCE])
async def test_letters_that_the_browser_cannot_open_are_unknown(number: int) -> None:
    web = board(number)
    for n in range(1, number + 1):
        url = f"{BASE}jzxx/{n}.html"
        web.rendered[url] = failed(url, Fetch.TIMEOUT)
    assert answers(await walk(web)) == [None] * number


async def test_without_the_browser_the_page_itself_is_believed() -> None:
    assert answers(await inspect_site(site(), board(2), plan(browser=False))) == [False, False]


async def test_letter_in_a_shell_is_read_in_the_browser() -> None:
    web = board(2)
    for n, reply in ((1, ""), (2, "您好，水管已经修复。")):
        url = f"{BASE}jzxx/{n}.html"
        web.rendered[url] = page(ASKED.format(n, n) + REPLY.format(reply), "局长信箱")
        web.pages[url] = SHELL
    assert answers(await walk(web)) == [False, True]


async def test_letters_of_one_name_in_a_guest_book_are_told_apart() -> None:
    letters = (("2026-06-20", "<p>回复：您好，已转城管科处理。</p>"), ("2026-02-10", ""))
    book = "".join(
        f"<div><p>网友 138****2201 于 {day} 留言：</p><p>请问何时供水？</p>{reply}</div>" for day, reply in letters
    )
    facts = await walk(city(jzxx_=page(f'<div class="pos">当前位置：首页 &gt; 局长信箱</div>{book}', "局长信箱")))
    assert sorted((str(one.asked), one.has_answer) for one in facts.messages) == [
        ("2026-02-10", False),
        ("2026-06-20", True),
    ]

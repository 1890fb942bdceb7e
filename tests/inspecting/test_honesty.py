"""What a walk reads for the comparison with other inspections: texts, templates, and whether the site is still there."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from govspider.facts import Earlier, Fetch, Fetched, Past, SiteFacts
from govspider.inspecting.walk import inspect_site
from govspider.rounds import rules_of
from govspider.store import findings_of
from tests.inspecting.sites import BASE, MENU, Web, article_list, page, plan, site

SENTENCES = tuple(
    f"第{n}项工作由{w}牵头负责，各有关单位要在规定时间内抓好落实。" for n, w in enumerate("甲乙丙丁戊己庚辛壬癸")
)
TITLE = "清河县召开安全生产工作会议"


def walked(pages: dict[str, str | Fetched]) -> SiteFacts:
    return asyncio.run(inspect_site(site(), Web(pages), replace(plan(), browser=False)))


def drift(facts: SiteFacts) -> dict[str, str]:
    return {
        one.subject: one.outcome.value
        for one in findings_of(rules_of("2019", ""), facts)
        if one.rule == "register-drift"
    }


@pytest.mark.parametrize(
    ("notice", "closed"),
    [
        ("本网站已于2026年1月1日关停，请访问清河县人民政府网站。", True),
        ("我局网站已迁移至新的网址", True),
        ("This domain is for sale", True),
        ("本网站自2026年3月起停止更新", True),
        ("本网站已经开通无障碍阅读", False),
        ("某某企业已经关停", False),
    ],
)
def test_a_page_that_only_says_that_the_site_is_closed_is_told_as_such(notice: str, closed: bool) -> None:
    facts = walked({BASE: f"<html><body><p>{notice}</p></body></html>"})
    assert bool(facts.home.closed) is closed
    stale = next(one for one in findings_of(rules_of("2019", ""), facts) if one.rule == "home-stale")
    told = f"首页为“{notice}”，没有可以检查的内容" if closed else "首页未能读取（页面上没有链接）"
    assert (stale.outcome.value, stale.evidence["reason"]) == ("unknown", told)
    assert (drift(facts)["运行状态"] == "violation") is closed


def test_a_site_in_operation_may_speak_of_others_that_closed() -> None:
    facts = walked({BASE: page("<p>县水务局原网站已关停，有关内容归并到本站。</p>" + "<p>清河县工作报道。</p>" * 400)})
    assert facts.home.closed == ""


def test_a_name_that_was_sold_is_told() -> None:
    sold = Fetched(BASE, "https://www.hugedomains.com/x", Fetch.OK, 200, body=b"<a href='/a'>Buy</a><p>x</p>")
    facts = walked({BASE: sold, "https://www.hugedomains.com/x": sold})
    assert drift(facts)["运行状态"] == "violation"


def news(rows: list[tuple[str, str, str]]) -> str:
    lines = "".join(f'<li><a href="{url}">{title}</a><span>{day}</span></li>' for url, title, day in rows)
    return page(f'<div class="pos">当前位置：首页 &gt; 工作动态</div><ul class="list">{lines}</ul>')


def article(day: str, *sentences: str) -> str:
    text = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return page(f"<h2>{TITLE}</h2><p>发布时间：{day}　来源：县政府办</p><div class='text'>{text}</div>", title=TITLE)


def clues(facts: SiteFacts) -> list[str]:
    found = findings_of(rules_of("2019", ""), facts)
    return [one.evidence["sign"] for one in found if one.rule == "dates-forged" and one.outcome == "violation"]


@pytest.mark.parametrize(("other", "expected"), [(SENTENCES, ["旧稿换日期重发"]), (("另一篇报道的内容。" * 9,), [])])
def test_an_old_article_under_a_new_date_is_a_clue_and_one_of_the_same_title_is_not(
    other: tuple[str, ...], expected: list[str]
) -> None:
    rows = [("/gzdt/9.html", TITLE, "2026-06-28"), ("/gzdt/8.html", "清河县开展专题培训活动", "2026-05-01")]
    rows += [("/gzdt/1.html", TITLE, "2025-06-28"), ("/gzdt/0.html", "清河县开展现场观摩活动", "2025-05-01")]
    facts = walked(
        {
            BASE: page(""),
            f"{BASE}gzdt/": news(rows),
            f"{BASE}gzdt/9.html": article("2026-06-28", *SENTENCES),
            f"{BASE}gzdt/1.html": article("2025-06-28", *other),
        }
    )
    assert [one.url for one in facts.articles if one.sketch][:1] == [f"{BASE}gzdt/9.html"]
    assert clues(facts) == expected


def framed(inner: str, menu: tuple[tuple[str, str], ...], tag: str) -> str:
    """A page whose blocks all bear the name of its template."""
    links = "".join(f'<li><a href="{url}">{name}</a></li>' for name, url in menu)
    blocks = "".join(f'<div class="{tag}{n}"><section id="{tag}s{n}"></section></div>' for n in range(8))
    return (
        f'<html><head><meta charset="utf-8"><title>清河县人民政府</title></head><body><ul class="{tag}-menu">{links}</ul>'
        f'<div class="{tag}-main">{inner}</div>{blocks}<p>网站标识码：6199990001</p></body></html>'
    )


def drawn(tag: str, folder: str) -> dict[str, str]:
    menu = tuple((name, url.replace("/", f"/{folder}", 1)) for name, url in MENU[1:])
    lists = {
        f"{BASE}{url[1:]}": framed(article_list(name, url, ["2026-06-28", "2026-06-01"]), menu, tag)
        for name, url in menu
    }
    return {BASE: framed("<p>欢迎</p>", menu, tag), **lists}


@pytest.mark.parametrize(
    ("tag", "folder", "expected"),
    [("new", "x-", "violation"), ("new", "", "pass"), ("old", "x-", "pass"), ("old", "", "pass")],
)
def test_only_a_new_template_with_new_columns_is_a_redesign(tag: str, folder: str, expected: str) -> None:
    before = walked(drawn("old", "")).layout
    assert len(before.columns) == 5
    past = Past(Earlier(dt.date(2026, 3, 31), layout=before))
    web = Web(drawn(tag, folder))
    facts = asyncio.run(inspect_site(site(), web, replace(plan(), browser=False, past=past)))
    (said,) = [one for one in findings_of(rules_of("2019", ""), facts) if one.rule == "site-redesigned"]
    assert said.outcome.value == expected

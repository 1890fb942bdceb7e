"""What a walk makes of wrong wording, personal data and outward links on the pages it reads."""

import asyncio

from govspider.facts import EarlierClue, Fetch, Fetched, How, SiteFacts
from govspider.inspecting.walk import inspect_site
from tests.inspecting.sites import BASE, Web, article_list, page, plan, site

WRONG = "<p>全县干部深入学习贯彻习近平新时期中国特色社会主义思想，统一布署各项工作。</p>"
DATES = ["2026-06-28", "2026-06-20"]


def walked(pages: dict[str, str | Fetched]) -> SiteFacts:
    lists = {f"{BASE}{name}/": page(article_list(name, f"/{name}/", DATES)) for name in ("gzdt", "tzgg", "zcwj")}
    return asyncio.run(inspect_site(site(), Web({BASE: page(""), **lists, **pages}), plan()))


def test_the_sentence_of_a_template_is_named_for_some_pages_only_and_serious_words_first() -> None:
    lists = {
        f"{BASE}{name}/": page(article_list(name, f"/{name}/", DATES) + WRONG) for name in ("gzdt", "tzgg", "zcwj")
    }
    facts = walked({BASE: page(WRONG), **lists})
    assert [one.wording.grade for one in facts.wording] == ["serious"] * 3 + ["typo"] * 3
    assert facts.wording[0].url == BASE


def test_personal_data_is_told_with_its_page() -> None:
    facts = walked({f"{BASE}tzgg/": page("<p>关于低保的公示：张某，身份证号610102198503120425。</p>")})
    assert [(one.url, one.leak.kind) for one in facts.leaks] == [(f"{BASE}tzgg/", "id_card")]
    assert "19850312" not in repr(facts)


def test_links_to_listed_hosts_and_links_that_end_on_a_sale_page_are_told_once() -> None:
    friends = (
        '<a href="http://www.bet365-cn.com/a">合作单位</a><a href="http://www.old.org/">某某协会</a>'
        '<a href="http://evil.example/">www.qinghe.gov.cn</a><a href="http://news.qinghe.gov.cn/">news.qinghe.gov.cn</a>'
    )
    parked = Fetched("http://www.old.org/", "https://www.hugedomains.com/old.org", Fetch.OK, 200)
    facts = walked({BASE: page(friends), f"{BASE}gzdt/": page(friends), "http://www.old.org/": parked})
    assert {(one.url, one.sign, one.found_on) for one in facts.harmful} == {
        ("http://www.bet365-cn.com/a", "博彩网站", BASE),
        ("http://www.old.org/", "域名停放或出售页", BASE),
        ("http://evil.example/", "与文字所写政府网址不同的网站", BASE),
    }


def listed(rows: list[tuple[str, str, str]]) -> str:
    """A list: address, title and day of each entry."""
    lines = "".join(f'<li><a href="{url}">{title}</a><span>{day}</span></li>' for url, title, day in rows)
    return page(f'<div class="pos">当前位置：首页 &gt; 栏目</div><ul class="list">{lines}</ul>')


def test_the_newest_articles_of_every_list_and_older_ones_that_speak_of_persons_are_read() -> None:
    days = ["2026-06-29", "2026-06-28", "2026-06-27", "2026-06-26"]
    news = [(f"/gzdt/{n}.html", f"清河县召开第{n}次重点工作推进会议", day) for n, day in enumerate(days)]
    notices = [(f"/tzgg/{n}.html", f"关于开展第{n}项工作有关事项的通知", day) for n, day in enumerate(days)]
    persons = ("/tzgg/9.html", "关于困难群众临时救助对象的公示", "2026-01-05")
    facts = walked(
        {
            f"{BASE}gzdt/": listed(news),
            f"{BASE}tzgg/": listed([*notices, persons]),
            f"{BASE}gzdt/2.html": page(f"<h2>{news[2][1]}</h2>{WRONG}"),
            f"{BASE}tzgg/9.html": page("<h2>公示</h2><p>张某，身份证号：610102198503120425。</p>"),
        }
    )
    assert {(one.url, one.wording.grade) for one in facts.wording} == {
        (f"{BASE}gzdt/2.html", "serious"),
        (f"{BASE}gzdt/2.html", "typo"),
    }
    assert [one.url for one in facts.leaks] == [f"{BASE}tzgg/9.html"]


def test_articles_are_read_within_a_bound_and_files_of_persons_keep_their_share() -> None:
    rows = [(f"/gzdt/{n}.html", f"清河县召开第{n}次重点工作推进会议", "2026-06-28") for n in range(30)]
    pages = {f"{BASE}gzdt/{n}.html": page(f"<h2>会议</h2>{WRONG}<p>{n}</p>") for n in range(30)}
    web = Web({BASE: page(""), f"{BASE}gzdt/": listed(rows), **pages})
    asyncio.run(inspect_site(site(), web, plan(sampled_articles=5, survey_pages=0)))
    read = {url for url, how in web.asked if how is How.PAGE and url in pages}
    assert len(read) == 6  # and the newest of the news column


LEAKING = page("<h2>公示</h2><p>张某，身份证号：610102198503120425。</p>")


def again(pages: dict[str, str | Fetched], *clues: EarlierClue) -> SiteFacts:
    lists = {f"{BASE}{name}/": page(article_list(name, f"/{name}/", DATES)) for name in ("gzdt", "tzgg", "zcwj")}
    web = Web({BASE: page(""), **lists, **pages})
    return asyncio.run(inspect_site(site(), web, plan(earlier_clues=clues)))


def test_where_something_was_found_is_looked_at_again_although_nothing_leads_there_any_more() -> None:
    hidden = f"{BASE}old/1.html"
    facts = again({hidden: LEAKING}, EarlierClue(hidden), EarlierClue("http://other.example/1.html"))
    assert [one.url for one in facts.leaks] == [hidden]
    assert [(one.url, one.fetch) for one in facts.revisits] == [(hidden, Fetch.OK)]
    assert facts.earlier_clues[0] == EarlierClue(hidden)


def test_a_page_that_was_removed_is_told_as_such() -> None:
    gone = f"{BASE}old/1.html"
    facts = again({}, EarlierClue(gone))
    assert facts.leaks == ()
    assert [(one.url, one.status) for one in facts.revisits] == [(gone, 404)]

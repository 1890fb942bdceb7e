"""What a walk makes of wrong wording, personal data and outward links on the pages it reads."""

import asyncio

from govspider.facts import Fetch, Fetched, SiteFacts
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

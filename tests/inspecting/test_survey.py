"""Where else a dead link stands: which further pages are looked at for it, and when that ends."""

from govspider.checks.links import DeadSigns, link_dead
from govspider.facts import Fetch, How, SiteFacts

from .sites import BASE, Web, article, failed, page
from .test_links import LINK, LOST, of
from .test_walk import city, walk

SIGNS = DeadSigns(statuses=(404,), fetches=(Fetch.DNS,), home_points=0.2)
DAY = "2026-06-29"


def portal(articles: int = 40, *, foot: str = LINK, told: str = "") -> Web:
    """A site whose news, on list pages of ten, all carry ``foot``; its notices carry ``told``."""
    web = city()
    for folder, name, own in (("gzdt", "工作动态", foot), ("tzgg", "通知公告", told)):
        top = f"{BASE}{folder}/"
        for first in range(0, articles, 10):
            number = first // 10 + 1
            lines = "".join(
                f'<li><a href="{top}{n}.html">清河县{name}第{n}期工作开展情况的报道材料</a><span>{DAY}</span></li>'
                for n in range(first + 1, first + 11)
            )
            following = f'<div class="page"><a href="index_{number + 1}.html">下一页</a></div>'
            html = f'<div class="pos">当前位置：首页 &gt; {name}</div><ul class="list">{lines}</ul>'
            web.pages[top if number == 1 else f"{top}index_{number}.html"] = page(
                html + (following if first + 10 < articles else "") + own, name
            )
        for n in range(1, articles + 1):
            shown = article(f"清河县{name}第{n}期工作开展情况的报道材料", DAY)
            web.pages[f"{top}{n}.html"] = shown.replace("<div class='foot'>", own + "<div class='foot'>")
    return web


def carriers(web: Web, link: str = "/xz/biao.html") -> set[str]:
    return {url for url, html in web.pages.items() if isinstance(html, str) and f'href="{link}"' in html}


def asked(web: Web) -> list[str]:
    return [url for url, how in web.asked if how is not How.LINK]


async def test_all_pages_of_a_template_with_a_dead_link_are_named() -> None:
    web = portal(told=LINK)
    facts = await walk(web, sampled_links=5000)
    assert set(of(facts, LOST).pages) == carriers(web)
    assert len(carriers(web)) == 88
    assert facts.links_read == facts.links_known


async def test_the_finding_says_how_many_pages_were_looked_at() -> None:
    facts = await walk(portal(told=LINK), sampled_links=5000, survey_pages=10)
    found = next(one for one in link_dead(facts, SIGNS) if one.subject == LOST).evidence
    assert found["linked_pages"] == len(found["linked_from"])
    assert found["looked_through"] == facts.links_read < facts.links_known == found["known_pages"]


async def test_nothing_is_asked_where_no_link_is_dead() -> None:
    sound, without = portal(foot=""), portal(foot="")
    for one in (sound, without):
        for n in (1, 2, 3):
            one.pages[f"{BASE}zcwj/{n}.html"] = article("清河县政策", DAY)
    facts = await walk(sound)
    assert {link.visit.fetch for link in facts.links} == {Fetch.OK}
    await walk(without, survey_pages=0)
    assert asked(sound) == asked(without)
    assert (facts.links_read, facts.links_known) == (0, 0)


async def test_a_link_that_only_did_not_answer_sends_nobody_further() -> None:
    web, without = portal(), portal()
    for one in (web, without):
        one.pages[LOST] = failed(LOST, Fetch.TIMEOUT)
    facts = await walk(web, sampled_links=5000)
    await walk(without, sampled_links=5000, survey_pages=0)
    assert asked(web) == asked(without)
    assert of(facts, LOST).page_count > 1


async def test_it_is_switched_off_by_zero_and_bounded_by_the_walks_budgets() -> None:
    async def pages(**limits: int) -> int:
        return (await walk(portal(), sampled_links=5000, **limits)).pages

    none = await pages(survey_pages=0)
    assert await pages(survey_pages=7) == none + 7
    whole = await pages()
    assert whole > none + 30
    walked = 1
    while not (await walk(portal(), sampled_links=5000, survey_pages=0, page_budget=walked)).complete:
        walked += 1
    assert await pages(page_budget=walked) == none
    assert await pages(page_budget=walked + 5) == none + 5


async def test_pages_of_a_shape_that_does_not_show_it_are_left_alone() -> None:
    web = portal(200, foot="", told="")
    home = web.pages[BASE]
    assert isinstance(home, str)
    web.pages[BASE] = home.replace("<div class='foot'>", LINK + "<div class='foot'>")
    few, more = await walk(web, survey_pages=0), await walk(web)
    assert of(more, LOST).pages == (BASE,)
    assert more.pages - few.pages <= 6
    assert more.links_known > more.links_read


async def test_the_search_ends_when_too_few_pages_of_a_shape_show_it() -> None:
    web = portal(200, foot="")
    for url in (f"{BASE}gzdt/", f"{BASE}gzdt/1.html"):
        html = web.pages[url]
        assert isinstance(html, str)
        web.pages[url] = html.replace("<div class='foot'>", LINK + "<div class='foot'>").replace(
            f"<span>{DAY}</span>", ""
        )
    facts = await walk(web, sampled_links=5000, sampled_articles=0)  # the list shows no dates, so articles were opened
    without = await walk(web, sampled_links=5000, survey_pages=0, sampled_articles=0)
    assert of(facts, LOST).pages == (f"{BASE}gzdt/", f"{BASE}gzdt/1.html")
    assert 20 < facts.pages - without.pages < 70


async def test_addresses_with_parameters_are_not_tried() -> None:
    likes = "".join(f'<a href="/do.jsp?like={n}">赞</a>' for n in (1, 2))
    web = portal(foot=f"{LINK}<p>{likes}</p>")
    facts = await walk(web, sampled_links=5000)
    assert not [url for url in asked(web) if "like" in url]
    assert facts.links_known >= facts.links_read + 2


async def test_it_finds_the_same_twice_and_changes_nothing_else() -> None:
    def rest(facts: SiteFacts) -> tuple[object, ...]:
        return facts.columns, facts.samples, facts.services, facts.messages, facts.articles, facts.complete

    one, other = await walk(portal(), sampled_links=5000), await walk(portal(), sampled_links=5000)
    assert one.links == other.links
    off = await walk(portal(), sampled_links=5000, survey_pages=0)
    assert [str(part) for part in rest(one)] == [str(part) for part in rest(off)]


async def test_what_is_named_of_many_dead_links_is_bounded() -> None:
    many = "".join(f'<a href="/xz/{n}.doc">表{n}</a>' for n in range(300))
    facts = await walk(portal(foot=f"<p>{many}</p>", told=f"<p>{many}</p>"), sampled_links=5000)
    dead = [link for link in facts.links if "/xz/" in link.url]
    assert len(dead) == 300
    assert {(len(link.pages), link.page_count) for link in dead} == {(66, 88)}
    found = [one for one in link_dead(facts, SIGNS) if "/xz/" in one.url]
    assert {one.evidence["linked_more"] for one in found} == {22}


async def test_a_pager_leads_on_though_no_list_page_of_its_shape_was_read() -> None:
    web = portal(40, foot="", told="")
    for url in [url for url in web.pages if url.startswith(f"{BASE}gzdt/") and (url.endswith("/") or "index" in url)]:
        html = web.pages[url]
        assert isinstance(html, str)
        web.pages[url] = html.replace("<div class='foot'>", LINK + "<div class='foot'>")
    facts = await walk(web, sampled_links=5000)
    assert set(of(facts, LOST).pages) == carriers(web)


async def test_what_further_pages_say_is_told_but_none_of_them_counts_as_read() -> None:
    web = portal()
    wrong = f"{BASE}gzdt/35.html"
    html = web.pages[wrong]
    assert isinstance(html, str)
    said = "<p>贯彻习近平新时期中国特色社会主义思想，张某，身份证号：610102198503120425。</p>"
    friend = '<a href="http://www.bet365-cn.com/a">合作单位</a>'
    web.pages[wrong] = html.replace("<div class='foot'>", f"{said}{friend}<div class='foot'>")
    facts = await walk(web, sampled_links=5000, sampled_articles=0)
    assert [(one.url, one.wording.grade) for one in facts.wording] == [(wrong, "serious")]
    assert [one.url for one in facts.leaks] == [wrong]
    assert [one.found_on for one in facts.harmful] == [wrong]
    assert wrong not in {one.url for one in facts.articles}

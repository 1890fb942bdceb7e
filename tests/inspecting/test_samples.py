"""Samples: which pages are looked at, what is said of them, and what is left open."""

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest

from govspider.checks.columns import NoParams
from govspider.checks.feet import FootItems, footer_item_missing
from govspider.checks.search import Titles, search_absent, search_misses
from govspider.checks.tags import NeededTags, page_tags_missing
from govspider.facts import FOOT_ITEMS, LETTER_PARTS, Fetch, Fetched, How, Outcome, SiteFacts, SiteKind, Statistic
from govspider.inspecting.draw import in_drawing_order
from govspider.inspecting.walk import inspect_site
from govspider.reading.tags import COLUMN_TAGS, CONTENT_TAGS, SITE_TAGS

from .sites import BASE, Web, article, article_list, failed, page, plan, site
from .test_walk import FRESH, city

FULL_FOOT = (
    "<div class='foot'><p><a href='/map.html'>网站地图</a></p><p>主办单位：清河县人民政府办公室 联系电话：0912-1234567</p>"
    "<p>网站标识码：6199990001 陕ICP备09000001号 陕公网安备61999902000001号</p>"
    "<a href='http://bszs.conac.cn/x'><img src='/red.png'></a>"
    "<a href='https://zfwzgl.www.gov.cn/exposure/jiucuo.html'><img src='/jiucuo.png'></a></div>"
)
TAGS = NeededTags((*SITE_TAGS, *COLUMN_TAGS), (*SITE_TAGS, *CONTENT_TAGS))
FORM = "<form action='/search.html'><input name='q' placeholder='请输入关键字'><button>搜索</button></form>"
OLDER = ["2026-06-12", "2026-06-01", "2026-05-20", "2026-05-02", "2026-04-11", "2026-03-08"]


def meta(*names: str) -> str:
    return "".join(f"<meta name='{name}' content='清河县'>" for name in names)


def articles(web: Web, folder: str, name: str) -> None:
    for n in range(1, 7):
        web.pages[f"{BASE}{folder}/{n}.html"] = article(f"清河县{name}第{n}期工作开展情况的报道材料", "2026-06-01")


def portal(**changes: str | Fetched) -> Web:
    """A portal whose news and policies have articles of their own."""
    web = city(gzdt_=page(article_list("工作动态", f"{BASE}gzdt/", [*FRESH[:2], *OLDER]), "工作动态"), **changes)
    for folder, name in (("gzdt", "工作动态"), ("tzgg", "通知公告"), ("zcwj", "政策文件")):
        articles(web, folder, name)
    return web


async def walk(web: Web, **changes: object) -> SiteFacts:
    changes = {"round": "2026Q2", **changes}
    return await inspect_site(site(kind=SiteKind.PORTAL), web, plan(**changes))


def with_foot(web: Web) -> Web:
    for url, html in web.pages.items():
        if isinstance(html, str):
            web.pages[url] = html.replace("</body>", f"{FULL_FOOT}</body>")
    return web


def with_head(web: Web, head: str, *parts: str) -> Web:
    for url, html in web.pages.items():
        if isinstance(html, str) and any(part in url for part in parts):
            web.pages[url] = html.replace("</head>", f"{head}</head>")
    return web


def outcomes(facts: SiteFacts, item: str) -> Outcome:
    return next(f.outcome for f in footer_item_missing(facts, FootItems(FOOT_ITEMS)) if f.subject == item)


# -------------------------------------------------------------------------------------------------------------- draws


def test_a_draw_depends_on_its_seed_and_on_no_order() -> None:
    names = [f"{BASE}{n}" for n in range(40)]
    drawn = in_drawing_order("2026Q2 a", names, str)
    assert drawn == in_drawing_order("2026Q2 a", reversed(names), str)
    assert drawn[:5] != in_drawing_order("2026Q3 a", names, str)[:5]
    assert [name for name in drawn if name != names[3]] == in_drawing_order("2026Q2 a", names[:3] + names[4:], str)


async def test_the_same_round_asks_for_the_same_pages_again() -> None:
    first, second, other = portal(), portal(), portal()
    assert (await walk(first)).samples == (await walk(second)).samples
    assert first.asked == second.asked
    await walk(other, round="2026Q3")
    assert set(other.asked) != set(first.asked)


async def test_samples_spend_a_budget_of_their_own() -> None:
    facts = await walk(portal(), sample_pages=0)
    assert facts.complete
    assert not facts.stopped
    assert len(facts.samples.pages) < 11
    assert (await walk(portal(), page_budget=6)).samples.pages


async def test_of_a_department_only_what_was_read_is_sampled() -> None:
    web = portal()
    samples = (await inspect_site(site(), web, plan(round="2026Q2"))).samples
    assert [page.kind for page in samples.pages].count("column") == 5
    assert (samples.search, samples.interpretations, samples.letters, samples.statistics) == (None, (), (), ())


# ------------------------------------------------------------------------------------------------------ tags and feet


async def test_tags_by_kind_of_page() -> None:
    web = with_head(portal(), meta(*SITE_TAGS), "/")
    with_head(web, meta(*CONTENT_TAGS), ".html")
    found = {f.evidence["kind"]: f.outcome for f in page_tags_missing(await walk(web), TAGS)}
    assert found == {"栏目页": Outcome.VIOLATION, "内容页": Outcome.PASS}
    assert sum(one.kind == "content" for one in (await walk(web)).samples.pages) == 5


async def test_placeholders_are_no_tags() -> None:
    web = with_head(portal(), meta(*SITE_TAGS, *COLUMN_TAGS, *CONTENT_TAGS).replace("清河县", "null"), "/")
    assert {f.outcome for f in page_tags_missing(await walk(web), TAGS)} == {Outcome.VIOLATION}


async def test_full_foot_passes_everywhere() -> None:
    facts = await walk(with_foot(portal()))
    assert {outcomes(facts, item) for item in FOOT_ITEMS} == {Outcome.PASS}


async def test_item_that_the_browser_shows_neither_is_missing() -> None:
    assert outcomes(await walk(portal()), "党政机关网站标识") is Outcome.VIOLATION


async def test_foot_that_scripts_write_is_seen_in_the_browser() -> None:
    web = portal()
    web.rendered = {
        url: html.replace("</body>", f"{FULL_FOOT}</body>") for url, html in web.pages.items() if isinstance(html, str)
    }
    facts = await walk(web)
    assert {outcomes(facts, item) for item in FOOT_ITEMS} == {Outcome.PASS}


@pytest.mark.parametrize("why", ["no browser", "failing"])
async def test_foot_that_the_browser_did_not_show_is_not_called_incomplete(why: str) -> None:
    web = portal()
    if why == "failing":
        web.rendered = {url: failed(url, Fetch.TIMEOUT) for url in web.pages}
    facts = await walk(web, browser=why == "failing")
    assert outcomes(facts, "党政机关网站标识") is Outcome.UNKNOWN
    assert outcomes(facts, "网站标识码") is Outcome.PASS


async def test_foot_in_a_frame_of_its_own_is_read() -> None:
    web = portal()
    for url, html in web.pages.items():
        if isinstance(html, str):
            head, _, _ = html.partition("<div class='foot'>")
            web.pages[url] = f"{head}<iframe src='/foot.html'></iframe></body></html>"
    web.pages[f"{BASE}foot.html"] = f"<html><body>{FULL_FOOT}</body></html>"
    facts = await walk(web)
    assert {outcomes(facts, item) for item in FOOT_ITEMS} == {Outcome.PASS}


# ------------------------------------------------------------------------------------------------------------- search


class Searching(Web):
    """Answers ``/search.html?q=`` with what ``answer`` makes of the title."""

    answer = staticmethod(lambda title: page(f"<p>为您找到 0 条结果</p><p>{title}</p>", f"{title} 搜索"))

    typed = False  # whether the browser can ask, too

    async def __call__(self, url: str, how: How = How.PAGE, *, words: str = "") -> Fetched:
        if words:
            self.asked.append((f"typed {words}", how))
            body = self.answer(words).encode()
            kind = (("content-type", "text/html; charset=utf-8"),)
            answer = Fetched(url, f"{BASE}results", Fetch.OK, 200, kind, body, rendered=True)
            return answer if self.typed else failed(url, Fetch.OTHER)
        parts = urlsplit(url)
        if parts.path == "/search.html" and "q" in parse_qs(parts.query):
            self.pages[url] = self.answer(parse_qs(parts.query)["q"][0])
        return await super().__call__(url, how)


def searching(answer: object, form: str = FORM) -> Searching:
    web = Searching(portal().pages)
    for url, html in web.pages.items():
        if isinstance(html, str):
            web.pages[url] = html.replace('<div class="main">', f'{form}<div class="main">')
    web.answer = answer  # type: ignore[assignment]
    return web


def results(title: str, *shown: str) -> str:
    lines = "".join(f"<li><a href='/r/{sum(map(ord, title))}-{n}.html'>{text}</a></li>" for n, text in enumerate(shown))
    return page(
        f"<p>全部 新闻 文件 服务</p><p>为您找到 {len(shown)} 条与“{title}”相关的结果</p><ul>{lines}</ul>",
        f"{title}_搜索",
    )


async def misses(web: Web, **changes: object) -> list[Outcome]:
    return [f.outcome for f in search_misses((await walk(web, **changes)), Titles(4))]


@pytest.mark.parametrize("names", ["综合类 新闻类(3)", "政策文件 办事服务"])
async def test_classes_of_results_by_other_names(names: str) -> None:
    web = searching(lambda title: results(title, title, "另一条结果的标题很长").replace("全部 新闻 文件 服务", names))
    assert (await walk(web)).samples.search.classified  # type: ignore[union-attr]


async def test_search_that_finds_its_titles() -> None:
    web = searching(
        lambda title: results(title, f"<em>{title[:6]}</em>{title[6:]}", "另一条结果的标题很长", "再一条结果的标题很长")
    )
    facts = await walk(web)
    assert [one.found for one in facts.samples.search.tries] == [True] * 4  # type: ignore[union-attr]
    assert facts.samples.search.classified  # type: ignore[union-attr]
    assert await misses(web) == [Outcome.PASS] * 4
    asked = [url for url, _ in web.asked if "/search.html?" in url]
    assert len(set(asked)) == 4


async def test_search_that_says_it_found_nothing() -> None:
    assert await misses(searching(Searching.answer)) == [Outcome.VIOLATION] * 4


async def test_search_that_lists_other_things() -> None:
    web = searching(
        lambda title: results(title, *(f"{title[-1:]}毫不相干的第{n}条与{title[:9]}无关的结果" for n in range(9)))
    )
    assert await misses(web) == [Outcome.VIOLATION] * 4


@pytest.mark.parametrize(
    "answer",
    [
        lambda title: page("<p>请输入关键字。</p>", "站内搜索"),
        lambda title: page("<div id='app'></div><script>load()</script>", "站内搜索"),
        lambda title: page(f"<p>{title}</p><p>正在搜索</p>", "站内搜索"),
    ],
    ids=["lost the words", "script", "no results told"],
)
async def test_answers_that_cannot_be_understood_accuse_nobody(answer: object) -> None:
    assert set(await misses(searching(answer))) == {Outcome.UNKNOWN}
    assert set(await misses(searching(answer), browser=False)) == {Outcome.UNKNOWN}


async def test_results_that_only_the_browser_shows_count() -> None:
    web = searching(lambda title: page("<div id='list'></div><script>load()</script>", title))
    rendered = searching(lambda title: results(title, title))

    async def fetch(url: str, how: How = How.PAGE, *, words: str = "") -> Fetched:
        return await (rendered if how is How.BROWSER else web)(url, how)

    facts = await inspect_site(site(kind=SiteKind.PORTAL), fetch, plan(round="2026Q2"))
    assert [one.found for one in facts.samples.search.tries] == [True] * 4  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "form",
    [
        "<form action='/search.html' method='post'><input name='q' placeholder='搜索'></form>",
        "<input id='key' placeholder='请输入关键字'><a href='javascript:go()'>搜索</a>",
        "<form action='/search.html'><input name='q' placeholder='搜索'><input name='phone'></form>",
    ],
    ids=["post", "script", "more fields"],
)
async def test_what_cannot_be_asked_politely_is_not_asked(form: str) -> None:
    web = searching(Searching.answer, form)
    facts = await walk(web)
    assert not [url for url, _ in web.asked if "search.html" in url]
    assert next(search_absent(facts, NoParams())).outcome is Outcome.UNKNOWN


async def test_search_of_a_script_is_asked_in_the_browser() -> None:
    form = "<input id='key' placeholder='请输入关键字'><a href='javascript:go()'>搜索</a>"
    web = searching(lambda title: results(title, title), form)
    web.typed = True
    assert await misses(web) == [Outcome.PASS] * 4
    web.answer = Searching.answer
    assert await misses(web) == [Outcome.VIOLATION] * 4
    assert set(await misses(web, browser=False)) == {Outcome.UNKNOWN}


async def test_home_page_without_any_search() -> None:
    assert next(search_absent(await walk(portal()), NoParams())).outcome is Outcome.VIOLATION
    assert next(search_absent(await walk(portal(), browser=False), NoParams())).outcome is Outcome.UNKNOWN


async def test_search_whose_address_does_not_exist() -> None:
    web = Web(searching(Searching.answer).pages)
    assert next(search_absent(await walk(web), NoParams())).outcome is Outcome.VIOLATION


# -------------------------------------------------------------------------------------------- interpretations, letters


def interpreted(body: str, document: str) -> Web:
    web = portal()
    menu = web.pages[BASE]
    assert isinstance(menu, str)
    lines = "".join(
        f"<li><a href='/zcjd/{n}.html'>《清河县户外广告管理办法之{n}》解读</a><span>2026-06-0{n}</span></li>"
        for n in range(1, 6)
    )
    for url, html in web.pages.items():
        if isinstance(html, str):
            web.pages[url] = html.replace("</ul></div>", "<li><a href='/zcjd/'>政策解读</a></li></ul></div>", 1)
    web.pages[f"{BASE}zcjd/"] = page(
        f"<div class='pos'>当前位置：首页 &gt; 政策解读</div><ul class='list'>{lines}</ul>", "政策解读"
    )
    for n in range(1, 6):
        text = article(f"《清河县户外广告管理办法之{n}》解读", "2026-06-01")
        web.pages[f"{BASE}zcjd/{n}.html"] = text.replace("</div></div>", f"</div>{body.format(n=n)}</div>", 1)
        original = article(f"关于印发《清河县户外广告管理办法之{n}》的通知", "2026-06-01")
        web.pages[f"{BASE}wj/{n}.html"] = original.replace("</div></div>", f"</div>{document.format(n=n)}</div>", 1)
    return web


LINK = "<p><a href='/wj/{n}.html'>关于印发《清河县户外广告管理办法之{n}》的通知</a></p>"
BACK = "<p><a href='/zcjd/{n}.html'>《清河县户外广告管理办法之{n}》解读</a></p>"


@pytest.mark.parametrize(
    ("body", "document", "linked", "back"),
    [(LINK, BACK, True, True), (LINK, "", True, False), ("", BACK, False, None)],
)
async def test_interpretation_and_document(body: str, document: str, linked: bool, back: bool | None) -> None:
    found = (await walk(interpreted(body, document))).samples.interpretations
    assert {(one.linked, one.back) for one in found} == {(linked, back)}
    assert len(found) == 3


async def test_a_document_is_called_by_its_title_not_by_the_words_of_the_link() -> None:
    found = (await walk(interpreted("<p><a href='/wj/{n}.html'>查看原文</a></p>", ""))).samples.interpretations
    assert {one.back for one in found} == {False}
    assert all(one.policy.startswith("关于印发《清河县户外广告管理办法之") for one in found), found


async def test_without_a_browser_no_link_is_called_missing() -> None:
    for body, document in (("", ""), (LINK, "")):
        found = (await walk(interpreted(body, document), browser=False)).samples.interpretations
        assert all(one.back is not False and one.linked is not False and one.reason for one in found)


async def test_link_to_another_document_is_not_followed_to_an_accusation() -> None:
    other = "<p><a href='/gzdt/1.html'>关于开展专项整治行动工作的通知</a></p>"
    found = (await walk(interpreted(other, ""))).samples.interpretations
    assert {(one.linked, one.back) for one in found} == {(True, None)}


# ------------------------------------------------------------------------------------------------ statistics, letters


def with_menu(web: Web, name: str, path: str, body: str) -> Web:
    for url, html in web.pages.items():
        if isinstance(html, str):
            web.pages[url] = html.replace("</ul></div>", f"<li><a href='{path}'>{name}</a></li></ul></div>", 1)
    web.pages[f"{BASE.rstrip('/')}{path}"] = page(body, name)
    return web


def statistic(facts: SiteFacts, kind: str) -> Statistic:
    return next(one for one in facts.samples.statistics if one.kind == kind)


async def test_statistics_in_a_column_have_its_date() -> None:
    months = article_list("办件统计", f"{BASE}tj/", ["2026-06-05", "2026-05-06", "2026-04-05", "2026-03-04"])
    found = statistic(await walk(with_menu(portal(), "办件统计", "/tj/", months)), "service")
    assert (found.published, found.newest, found.reason) == (True, dt.date(2026, 6, 5), "")


async def test_figures_on_a_page_prove_no_age() -> None:
    figures = (
        "<div class='pos'>当前位置：首页 &gt; 办件统计</div><p>截至2025年12月31日，累计受理事项 12345 件，办结 12300 件。</p>"
        * 3
    )
    found = statistic(await walk(with_menu(portal(), "办件统计", "/tj/", figures)), "service")
    assert found.published is not False
    assert found.reason


async def test_statistics_of_letters_are_not_those_of_services() -> None:
    months = article_list("来信办理统计", f"{BASE}tj/", ["2026-06-05", "2026-05-06", "2026-04-05", "2026-03-04"])
    facts = await walk(with_menu(portal(), "来信办理统计", "/tj/", months))
    assert statistic(facts, "messages").published
    assert statistic(facts, "service").published is not True


LETTER = (
    "<h2>关于第{n}小区供水问题的来信</h2><table><tr><th>来信时间</th><td>2026-05-11</td></tr><tr><th>来信内容</th>"
    "<td>第{n}小区供水不足，请尽快处理。</td></tr>{answer}</table>"
)
ANSWER = "<tr><th>答复时间</th><td>2026-05-21</td></tr><tr><th>答复单位</th><td>清河县住建局</td></tr><tr><th>答复内容</th><td>已于昨日修复，感谢关注。</td></tr>"


async def letters(answer: str, **changes: object) -> set[tuple[str, ...]]:
    web = portal()
    for n in range(1, 5):
        web.pages[f"{BASE}jzxx/{n}.html"] = page(LETTER.format(n=n, answer=answer), "局长信箱")
    return {one.shown for one in (await walk(web, **changes)).samples.letters}


async def test_letters_show_their_parts() -> None:
    assert await letters(ANSWER) == {LETTER_PARTS}


async def test_letter_without_its_unit_is_seen_so() -> None:
    lacking = ANSWER.replace("<tr><th>答复单位</th><td>清河县住建局</td></tr>", "")
    assert await letters(lacking) == {("留言时间", "答复时间", "答复内容")}
    signed = lacking.replace("感谢关注。", "感谢关注。<p>清河县住建局</p>")
    assert await letters(signed) == {LETTER_PARTS}


async def test_letter_that_cannot_be_read_is_left_open() -> None:
    web = portal()
    for n in range(1, 5):
        web.pages[f"{BASE}jzxx/{n}.html"] = page("<div id='app'></div><script>load()</script>", "局长信箱")
    samples = (await walk(web)).samples.letters
    assert samples
    assert all(one.reason for one in samples)

"""One account looked at with a dictionary for the web."""

import datetime as dt
import json
from pathlib import Path

import pytest

from govspider.accounts.walk import AccountPlan, inspect_account
from govspider.facts import Account, AccountFacts, AccountKind, Fetch, Fetched, How, SignOf
from govspider.reading.terms import load_lexicon

LEXICON = load_lexicon(Path(__file__).parents[2] / "rules/lexicons")
CHECKPOINT = dt.date(2026, 6, 30)
READ_AT = dt.datetime(2026, 6, 30, 4, tzinfo=dt.UTC)
FEED, HOME = "https://feeds.example/jia.xml", "https://pages.example/jia"


def rss(*items: str, channel: str = "") -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>甲发布</title>{channel}{"".join(items)}</channel></rss>'


def item(title: str, date: str, text: str = "") -> str:
    return f"<item><title>{title}</title><link>https://j.example/{title}</link><pubDate>{date}</pubDate><description>{text}</description></item>"


async def look(
    account: Account, pages: dict[str, str | bytes | Fetched], read_at: dt.datetime = READ_AT
) -> AccountFacts:
    async def fetch(url: str, how: How = How.PAGE, *, words: str = "") -> Fetched:
        answer = pages.get(url, Fetched(url, url, Fetch.HTTP_ERROR, 404))
        if isinstance(answer, Fetched) or how is How.BROWSER:
            return answer if isinstance(answer, Fetched) else Fetched(url, url, Fetch.TIMEOUT)
        body = answer.encode() if isinstance(answer, str) else answer
        return Fetched(url, url, Fetch.OK, 200, body=body, fetched_at=read_at)

    return await inspect_account(account, fetch, AccountPlan(CHECKPOINT, LEXICON))


def account(**more: object) -> Account:
    return Account("jia", AccountKind.WECHAT_SUBSCRIPTION, "甲发布", "微信订阅号", **{"feed": FEED, **more})


async def test_a_feed_shows_its_posts_and_what_it_covers() -> None:
    pages = {
        FEED: rss(item("二", "Mon, 15 Jun 2026 18:30:00 GMT", "正文"), item("一", "Fri, 01 May 2026 08:00:00 +0800"))
    }
    facts = await look(account(), pages)
    assert [(post.title, post.published) for post in facts.posts] == [
        ("二", dt.date(2026, 6, 16)),  # half past two in the morning in Beijing
        ("一", dt.date(2026, 5, 1)),
    ]
    (source,) = facts.sources
    assert (source.adapter, source.posts, source.since, source.until) == (
        "feed", 2, dt.date(2026, 5, 1), dt.date(2026, 6, 30),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-06-16T00:30:00", 16),
        ("2026-06-15T23:30:00", 15),
        ("2026-06-15T23:30:00Z", 16),
        ("2026-06-15 23:30:00", 15),
        ("2026年6月15日 23:30", 15),
        ("２０２６-06-15", 15),
        ("Mon, 15 Jun 2026 23:30:00 CST", 15),
        ("Mon, 15 Jun 2026 23:30:00 EST", 16),
        ("Mon, 15 Jun 2026 23:30:00", 15),
    ],
)
async def test_days_are_days_in_beijing(written: str, day: int) -> None:
    facts = await look(account(), {FEED: rss(item("一", written))})
    assert facts.posts[0].published == dt.date(2026, 6, day)


@pytest.mark.parametrize(
    "written", ["Tue, 01 Jan 2099 00:00:00 GMT", "1970-01-01", "soon", "", "99999999999999", "0000-00-00"]
)
async def test_impossible_dates_are_no_dates_and_cover_nothing(written: str) -> None:
    facts = await look(account(), {FEED: rss(item("一", written), item("二", "2026-05-01"))})
    assert {post.title: post.published for post in facts.posts}["一"] is None
    assert facts.sources[0].since is None


async def test_a_feed_from_a_service_that_stopped_covers_nothing_later() -> None:
    stopped = "<lastBuildDate>Sat, 20 Jun 2026 10:00:00 +0800</lastBuildDate>"
    facts = await look(account(), {FEED: rss(item("一", "2026-05-01"), channel=stopped)})
    assert facts.sources[0].until == dt.date(2026, 6, 20)
    written_then = "<lastBuildDate>Fri, 01 May 2026 10:00:00 +0800</lastBuildDate>"
    facts = await look(account(), {FEED: rss(item("一", "2026-05-01"), channel=written_then)})
    assert facts.sources[0].until == dt.date(2026, 6, 30)


async def test_a_list_that_grows_at_its_end_may_be_cut_there() -> None:
    items = [item(str(month), f"2026-{month:02}-01") for month in range(1, 6)]
    assert (await look(account(), {FEED: rss(*items)})).sources[0].since is None
    assert (await look(account(), {FEED: rss(*reversed(items))})).sources[0].since == dt.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("days", "since"),
    [
        (("2026-06-30", "2026-06-20", "2026-05-01"), dt.date(2026, 5, 1)),
        (("2025-01-01", "2026-06-30", "2026-06-20", "2026-05-01"), dt.date(2026, 5, 1)),  # an old one is pinned
        (("2025-01-01", "2026-06-30", "2026-06-29"), dt.date(2026, 6, 29)),
        (("2026-06-01", "2026-06-20", "2026-05-01", "2026-06-10", "2026-04-01", "2026-06-15"), None),  # by heat
        (("2026-05-01", "2026-05-01"), dt.date(2026, 5, 1)),
        (("2026-05-01",), dt.date(2026, 5, 1)),
    ],
)
async def test_how_far_back_a_list_reaches(days: tuple[str, ...], since: dt.date | None) -> None:
    items = [item(str(number), day) for number, day in enumerate(days)]
    assert (await look(account(), {FEED: rss(*items)})).sources[0].since == since


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (rss(), "没有任何条目"),
        (rss(item("Bridge returned error 404!", "2026-06-29")), "自身出错"),
        ("<html><body>请登录</body></html>", "没有识别出"),
        ('{"ok":-100,"msg":"请先登录"}', "请先登录"),
        ('{"hello":1}', "不是认识的数据格式"),
        ("[" * 100_000, "不是认识的数据格式"),
        (b"\x00\xff\xfe" * 50, ""),
    ],
)
async def test_useless_documents_say_why(body: str | bytes, reason: str) -> None:
    facts = await look(account(), {FEED: body})
    assert facts.posts == ()
    assert reason in facts.sources[0].reason
    assert facts.sources[0].reason
    assert facts.sources[0].since is None


async def test_atom_and_json_feed() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>甲</title><entry><title>一</title>'
        '<link href="https://j.example/1"/><updated>2026-06-20T20:00:00Z</updated><content type="html">&lt;p&gt;正文&lt;/p&gt;</content></entry></feed>'
    )
    json_feed = json.dumps({
        "version": "https://jsonfeed.org/version/1.1", "title": "甲",
        "items": [{"id": "1", "url": "https://j.example/1", "title": "一", "content_html": "<p>正文</p>", "date_published": "2026-06-21T04:00:00+08:00"}],
    })  # fmt: skip
    for body in (atom, json_feed):
        (post,) = (await look(account(), {FEED: body})).posts
        assert (post.title, post.url, post.published, post.text) == (
            "一",
            "https://j.example/1",
            dt.date(2026, 6, 21),
            "正文",
        )


def status(day: str, **more: object) -> dict[str, object]:
    return {"id": "1", "bid": "Abc", "created_at": day, "text": f"<a>#话题#</a> {day}", "comments_count": 0, **more}


async def test_weibo_cards() -> None:
    cards = [
        {"card_type": 9, "mblog": status("Thu May 01 10:00:00 +0800 2025", title={"text": "置顶"})},
        {"card_type": 11, "card_group": [{"mblog": status("Tue Jun 16 00:30:00 +0800 2026", retweeted_status={}, comments_count=2)}]},
        {"mblog": status("Sat May 02 10:00:00 +0800 2026")},
    ]  # fmt: skip
    url = "https://m.weibo.example/api/container/getIndex?containerid=1"
    facts = await look(account(feed="", url=url), {url: json.dumps({"ok": 1, "data": {"cards": cards}})})
    assert [(post.published, post.original) for post in facts.posts] == [
        (dt.date(2026, 6, 16), False), (dt.date(2026, 5, 2), True), (dt.date(2025, 5, 1), True),
    ]  # fmt: skip
    assert facts.sources[0].since == dt.date(2026, 5, 2)
    assert {sign.of for sign in facts.signs} == {SignOf.EXISTS, SignOf.COMMENT}


async def test_weibo_that_only_leads_to_its_log_in_wants_one() -> None:
    url = "https://m.weibo.example/api/container/getIndex?containerid=2"
    facts = await look(account(feed="", url=url), {url: '{"ok":-100,"url":"https://passport.weibo.example/signin"}'})
    assert [source.adapter for source in facts.sources] == ["weibo"]
    assert "登录" in facts.sources[0].reason
    assert facts.signs == ()


async def test_weibo_says_that_there_is_no_such_user() -> None:
    url = "https://m.weibo.example/ajax/statuses/mymblog?uid=1"
    facts = await look(account(feed="", url=url), {url: '{"ok":0,"errno":"20003","msg":"用户不存在"}'})
    assert [(sign.of, sign.holds) for sign in facts.signs] == [(SignOf.EXISTS, False)]


async def test_an_open_page_is_read_like_a_column() -> None:
    rows = "".join(
        f"<li><a href=/p{day}.html>本局召开第{day}次工作会议</a><span>2026-06-{day}</span></li>"
        for day in range(20, 9, -1)
    )
    facts = await look(
        account(feed="", url=HOME),
        {HOME: f"<html><title>甲发布</title><body><h1>甲发布</h1><ul>{rows}</ul></body></html>"},
    )
    assert facts.posts[0].published == dt.date(2026, 6, 20)
    assert facts.sources[0].since == dt.date(2026, 6, 10)


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ("该账号已注销", True),
        ("用户不存在", True),
        ("请登录后查看账号内容", False),
        ("页面不存在，可能该账号已注销，请检查地址", False),
    ],
)
async def test_a_page_that_says_that_the_account_is_gone(said: str, gone: bool) -> None:
    facts = await look(
        account(feed="", url=HOME), {HOME: f"<html><title>提示</title><body><p>{said}</p></body></html>"}
    )
    assert any(sign.of is SignOf.EXISTS and not sign.holds for sign in facts.signs) is gone


@pytest.mark.parametrize(
    ("answer", "usable"),
    [
        (Fetched(HOME, HOME, Fetch.NOT_HTML, 200), True),
        (Fetched(HOME, HOME, Fetch.HTTP_ERROR, 404), False),
        (Fetched(HOME, HOME, Fetch.HTTP_ERROR, 503), None),
        (Fetched(HOME, HOME, Fetch.TIMEOUT), None),
        ("<html><title>甲发布 - 应用市场</title><body>下载</body></html>", True),
        ("<html><title>应用市场</title><body>该应用已下架</body></html>", False),
        ("<html><title>应用市场</title><body>热门推荐</body></html>", None),
        ("<html><title>办事</title><body>该应用已下架，请下载新版<a href=/n.apk>下载</a></body></html>", None),
        (f"<html><title>办事</title><body><p>旧版客户端已下线</p>{'<p>新版使用说明</p>' * 400}</body></html>", None),
        ("<html><title>下载</title><body><img src=q.png><a href=/n.apk>下载</a></body></html>", True),
    ],
)
async def test_whether_an_app_can_be_had(answer: str | Fetched, usable: bool | None) -> None:
    app = Account("jia", AccountKind.APP, "甲发布", "移动客户端", url=HOME)
    facts = await look(app, {HOME: answer})
    signs = [sign.holds for sign in facts.signs if sign.of is SignOf.USABLE]
    assert signs == ([] if usable is None else [usable])
    assert bool(facts.sources[0].reason) is (usable is None)


@pytest.mark.parametrize("landed", ["https://pages.example/", "https://passport.pages.example/login?back=1"])
async def test_a_platform_that_shows_something_else(landed: str) -> None:
    rows = "".join(
        f"<li><a href=/p{day}.html>平台热门内容第{day}条</a><span>2026-06-{day}</span></li>" for day in range(20, 9, -1)
    )
    body = f"<html><title>平台</title><body><ul>{rows}</ul></body></html>".encode()
    sent = Fetched(HOME, landed, Fetch.OK, 200, body=body, fetched_at=READ_AT)
    facts = await look(account(feed="", url=HOME), {HOME: sent})
    assert facts.posts == facts.signs == ()
    assert "登录" in facts.sources[0].reason

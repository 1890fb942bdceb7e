"""Sources that look as if they accused an account, and do not."""

import datetime as dt
import json

import pytest

from govspider.accounts.walk import AccountPlan, inspect_account
from govspider.facts import Account, AccountFacts, AccountKind, Fetch, Fetched, How, Outcome, SignOf
from govspider.rounds import rules_of
from govspider.rules import apply_rule
from tests.accounts.test_walk import CHECKPOINT, FEED, HOME, LEXICON, READ_AT, account, item, look, rss, status

RULES = {rule.id: rule for rule in rules_of("2019", "").of("account")}
APP = Account("jia", AccountKind.APP, "甲发布", "移动客户端", url=HOME)


def outcome(rule: str, facts: AccountFacts) -> Outcome:
    (found,) = apply_rule(RULES[rule], facts)
    return found.outcome


async def rendered(of: Account, sent: str, shown: str) -> AccountFacts:
    """Looks at a page that its scripts change from ``sent`` to ``shown``."""

    async def fetch(url: str, how: How = How.PAGE, *, words: str = "") -> Fetched:
        body = (shown if how is How.BROWSER else sent).encode()
        return Fetched(url, url, Fetch.OK, 200, body=body, rendered=how is How.BROWSER, fetched_at=READ_AT)

    return await inspect_account(of, fetch, AccountPlan(CHECKPOINT, LEXICON))


# ------------------------------------------------------------------------------------------------------ broken feeds


@pytest.mark.parametrize(
    "newest",
    [
        "<item><title><![CDATA[新的一条</title><pubDate>2026-06-29</pubDate></item>",  # swallows what follows
        "<item><title>新的一条</title><description><!-- </description><pubDate>2026-06-29</pubDate></item>",
        "&new;",
    ],
)
async def test_a_feed_from_which_entries_are_lost_covers_nothing(newest: str) -> None:
    entity = "<item><title>新的一条</title><pubDate>2026-06-29</pubDate></item>"
    swallowed = "<item><description><![CDATA[完]]> --></description><pubDate>2026-05-02</pubDate></item>"
    old = [swallowed, item("二", "2026-05-01")]
    body = rss(newest, *old).replace("<rss", f'<!DOCTYPE rss [<!ENTITY new "{entity}">]><rss', 1)
    facts = await look(account(), {FEED: body})
    assert outcome("account-stale", facts) is not Outcome.VIOLATION


async def test_a_feed_that_is_not_well_formed_still_counts_where_every_entry_is_read() -> None:
    facts = await look(account(), {FEED: rss(item("一 & 二", "2026-05-02"), item("三", "2026-05-01"))})
    assert outcome("account-stale", facts) is Outcome.VIOLATION


PAST = tuple(f"2026-05-{day}" for day in range(28, 10, -1))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("2025-03-01", "不详", *PAST), Outcome.UNKNOWN),  # an old one is pinned above the newest
        (("2026-06-01", "不详", *PAST), Outcome.UNKNOWN),
        (("2025-03-01", "2025-02-01", "不详", *PAST), Outcome.UNKNOWN),
        (("2025-03-01", "3小时前", *PAST), Outcome.PASS),
        (("2026-06-01", *PAST[:9], "不详", *PAST[9:]), Outcome.VIOLATION),  # older than nine that stand above it
    ],
)
async def test_an_entry_without_a_date_below_pinned_ones_may_be_the_newest(
    days: tuple[str, ...], expected: Outcome
) -> None:
    items = [item(str(number), day) for number, day in enumerate(days)]
    assert outcome("account-stale", await look(account(), {FEED: rss(*items)})) is expected


# ---------------------------------------------------------------------------------------- pages that scripts complete

SHELLS = [
    '<body><div id="app"></div><div style="display:none">该账号不存在</div><script src="/app.js"></script></body>',
    '<body><div id="app"><p v-if="gone">该账号不存在</p></div><script src="/app.js"></script></body>',
    '<body><div id="app"></div><template><p>该账号不存在</p></template><script src="/app.js"></script></body>',
    '<body><div id="app"></div><noscript>该账号不存在</noscript><script src="/app.js"></script></body>',
]
POSTS = "".join(
    f"<li><a href=/p{day}.html>本局召开第{day}次会议</a><span>2026-06-{day}</span></li>" for day in range(20, 9, -1)
)


@pytest.mark.parametrize("shell", SHELLS)
async def test_what_a_template_might_say_is_not_said(shell: str) -> None:
    shown = f"<html><title>甲发布</title><body><ul>{POSTS}</ul></body></html>"
    facts = await rendered(account(feed="", url=HOME), f"<html><title>甲</title>{shell}</html>", shown)
    assert outcome("account-unusable", facts) is Outcome.PASS
    unopened = await look(account(feed="", url=HOME), {HOME: f"<html><title>甲</title>{shell}</html>"})
    assert outcome("account-unusable", unopened) is Outcome.UNKNOWN


OLD = "".join(
    f"<li><a href=/r{day}.html>推荐阅读第{day}篇文章</a><span>2026-04-{day}</span></li>" for day in range(20, 9, -1)
)


async def test_a_list_to_which_scripts_may_add_another_does_not_accuse() -> None:
    sent = (
        f"<html><title>甲发布</title><body><div id=new></div><ul>{OLD}</ul><script src=/app.js></script></body></html>"
    )
    facts = await rendered(account(feed="", url=HOME), sent, sent.replace("<div id=new></div>", f"<ul>{POSTS}</ul>"))
    assert outcome("account-stale", facts) is Outcome.PASS
    same = await rendered(account(feed="", url=HOME), sent, sent)
    assert outcome("account-stale", same) is Outcome.VIOLATION
    unopened = await look(account(feed="", url=HOME), {HOME: sent})
    assert outcome("account-stale", unopened) is Outcome.UNKNOWN
    emptied = await rendered(account(feed="", url=HOME), sent, "<html><title>甲发布</title><body></body></html>")
    assert outcome("account-stale", emptied) is Outcome.UNKNOWN


async def test_another_account_that_is_gone_is_another() -> None:
    said = "<html><title>提示</title><body><p>原账号已注销，请关注本号</p></body></html>"
    facts = await look(account(feed="", url=HOME), {HOME: said})
    assert outcome("account-unusable", facts) is Outcome.UNKNOWN


async def test_what_the_opened_page_says_is_said() -> None:
    shown = "<html><title>提示</title><body><p>该账号不存在</p></body></html>"
    facts = await rendered(account(feed="", url=HOME), f"<html><title>甲</title>{SHELLS[1]}</html>", shown)
    assert outcome("account-unusable", facts) is Outcome.VIOLATION


@pytest.mark.parametrize("shell", [shell.replace("该账号不存在", "该应用已下架") for shell in SHELLS])
async def test_nor_of_an_app(shell: str) -> None:
    shown = "<html><title>甲发布</title><body><h1>甲发布</h1><a href=/a.apk>下载</a></body></html>"
    facts = await rendered(APP, f"<html><title>市场</title>{shell}</html>", shown)
    assert outcome("account-unusable", facts) is Outcome.PASS
    unopened = await look(APP, {HOME: f"<html><title>市场</title>{shell}</html>"})
    assert outcome("account-unusable", unopened) is Outcome.UNKNOWN


@pytest.mark.parametrize("said", ["没有找到与“甲发布”相关的应用", "未找到甲发布", "暂无“甲发布”的搜索结果"])
async def test_a_store_that_only_repeats_the_name_has_not_the_app(said: str) -> None:
    facts = await look(APP, {HOME: f"<html><title>应用市场</title><body><p>{said}</p></body></html>"})
    assert outcome("account-unusable", facts) is Outcome.UNKNOWN


# ----------------------------------------------------------------------------------------------------- whose it is


def unit(**more: object) -> Account:
    return Account(
        "jia", AccountKind.WECHAT_SUBSCRIPTION, "甲山教育", "微信订阅号", sponsor="甲山县教育局", feed=FEED, **more
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("冬季取暖要注意一氧化碳的来源，火源、电源、气源都是隐患的来源之一，要逐一排查整改。", Outcome.UNKNOWN),
        ("拓宽农民收入来源渠道，增加村集体经济收入来源，资金来源公开透明。", Outcome.UNKNOWN),
        ("全县学校开学。（来源：县教育局）", Outcome.PASS),
        ("学校陆续开学。来源：教育局办公室", Outcome.UNKNOWN),
        ("学校陆续开学。来源：本站原创", Outcome.PASS),
        ("学校陆续开学。文章来源：健康网", Outcome.VIOLATION),
        ("学校陆续开学。来源 健康网", Outcome.VIOLATION),
        ("转自健康网", Outcome.VIOLATION),
    ],
)
async def test_where_a_post_says_it_comes_from(text: str, expected: Outcome) -> None:
    feed = rss(item("通知", "2026-06-20", text), item("旧", "2026-05-01"))
    assert outcome("account-no-own-content", await look(unit(), {FEED: feed})) is expected


async def test_a_feed_that_names_itself_as_the_source_reposts_nothing() -> None:
    def feed(source: str) -> str:
        new = f'<item><title>通知</title><pubDate>2026-06-20</pubDate><source url="https://x.example/f">{source}</source></item>'
        return rss(new, item("旧", "2026-05-01"))

    assert outcome("account-no-own-content", await look(unit(), {FEED: feed("甲发布")})) is Outcome.UNKNOWN
    assert outcome("account-no-own-content", await look(unit(), {FEED: feed("健康网")})) is Outcome.VIOLATION


async def test_a_post_that_leads_to_another_page_is_not_a_repost_for_that() -> None:
    posts = [
        {"id": str(number), "title": "通知", "external_url": "https://x.example/", "date_published": day}
        for number, day in enumerate(("2026-06-20", "2026-05-01"))
    ]
    facts = await look(unit(), {FEED: json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": posts})})
    assert outcome("account-no-own-content", facts) is Outcome.UNKNOWN


async def test_what_an_account_liked_is_not_what_it_published() -> None:
    def card(day: str, user: int, **more: object) -> dict[str, object]:
        return {"mblog": status(f"{day} 10:00:00 +0800 2026", user={"id": user, "screen_name": str(user)}, **more)}

    liked = card("Sat Jun 20", 2, title={"text": "他赞过的微博"}, comments_count=9)
    cards = [liked, card("Sat May 02", 1), card("Fri May 01", 1)]
    facts = await look(account(), {FEED: json.dumps({"ok": 1, "data": {"cards": cards}})})
    assert [post.published for post in facts.posts] == [dt.date(2026, 5, 2), dt.date(2026, 5, 1)]
    assert not any(sign.of is SignOf.COMMENT for sign in facts.signs)
    assert outcome("account-stale", facts) is Outcome.VIOLATION

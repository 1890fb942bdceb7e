"""``inspect_account``: every open source of one account, with a given fetcher."""

import asyncio
import datetime as dt
import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

from govspider.accounts import pages
from govspider.accounts.apps import ADAPTER as STORE
from govspider.accounts.apps import availability
from govspider.accounts.content import content_of
from govspider.accounts.feeds import is_feed, read_feed
from govspider.accounts.jsonfeeds import is_json_feed, read_json_feed
from govspider.accounts.merging import merged
from govspider.accounts.sight import is_scripted
from govspider.accounts.told import Told, covered
from govspider.accounts.weibo import is_weibo, read_weibo
from govspider.checks.common import FETCH_REASONS
from govspider.facts import (
    BEIJING,
    Account,
    AccountFacts,
    AccountKind,
    Fetch,
    Fetched,
    Fetcher,
    How,
    Page,
    Part,
    Sign,
    SignOf,
    SourceRead,
    Trust,
)
from govspider.reading.charset import decode
from govspider.reading.terms import Lexicon

LARGEST_JSON = 10_000_000  # characters
UNOPENED = "页面内容须用浏览器打开，未能打开"


@dataclass(frozen=True, slots=True)
class AccountPlan:
    """``browser`` False: what needs the browser stays unknown."""

    checkpoint: dt.date
    lexicon: Lexicon
    browser: bool = True


async def inspect_account(account: Account, fetch: Fetcher, plan: AccountPlan) -> AccountFacts:
    """Asks each of the register's addresses of the account."""
    facts = AccountFacts(account, plan.checkpoint)
    for url in dict.fromkeys(address for address in (account.feed, account.url) if address):
        if account.kind is AccountKind.APP and url == account.url:
            fetched, part = await _store(url, fetch, account, plan)
        else:
            fetched, part = await _source(url, fetch, account, plan)
        facts = merged(replace(facts, pages=facts.pages + 1 + fetched.rendered), part)
    wording, leaks = await asyncio.to_thread(content_of, facts.posts, plan.lexicon, plan.checkpoint)
    return replace(facts, wording=wording, leaks=leaks)


def evidence_name(account: Account) -> str:
    """What its evidence is called: a code may hold what a file's name must not."""
    return f"account-{hashlib.sha256(account.code.encode('utf-8', 'replace')).hexdigest()[:16]}"


async def _source(url: str, fetch: Fetcher, account: Account, plan: AccountPlan) -> tuple[Fetched, Part]:
    fetched = await fetch(url)
    told, page = await asyncio.to_thread(read_document, fetched, account, plan.lexicon)
    if page is None:
        return fetched, part_of(told, fetched)
    scripted = is_scripted(fetched.body)
    doubted = scripted and any(not sign.holds for sign in told.signs)
    unfinished = doubted or (page.needs_browser and not told.signs)
    # Scripts may put the posts above a list that stands in the page itself.
    told = replace(told, whole=told.whole and not scripted)
    if plan.browser and (scripted or unfinished or not (told.posts or told.signs)):
        opened = await fetch(url, How.BROWSER)
        if opened.outcome is Fetch.OK:
            again, _ = await asyncio.to_thread(read_document, opened, account, plan.lexicon)
            fetched, told = opened, (again if doubted or again.posts or again.signs else told)
        elif unfinished:
            told = replace(told, reason=UNOPENED, posts=(), signs=())
    elif unfinished:
        told = replace(told, reason="页面内容须用浏览器打开", posts=(), signs=())
    return fetched, part_of(told, fetched)


def read_document(fetched: Fetched, account: Account, lexicon: Lexicon) -> tuple[Told, Page | None]:
    """What the bytes are is seen from the bytes: feeds stand under page addresses, and pages under feed addresses."""
    code, kind, url = account.code, fetched.header("content-type"), fetched.final_url
    read_on = read_at(fetched).astimezone(BEIJING).date()
    if fetched.outcome is not Fetch.OK:
        return Told(pages.ADAPTER, reason=fetch_reason(fetched)), None
    body = fetched.body
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        data = _json(body, kind)
        if is_weibo(data):
            return read_weibo(data, url, code, read_on), None
        if is_json_feed(data):
            return read_json_feed(data, code, read_on), None
        return Told("feed", reason="不是认识的数据格式"), None
    if is_feed(body):
        return read_feed(body, url, kind, code, read_on), None
    if pages.sent_away(fetched):
        return Told(pages.ADAPTER, reason="平台转到了首页或者登录页面，没有显示该账号"), None
    told, page = pages.read_account_page(body, url, kind, code, read_on, lexicon)
    return told, None if fetched.rendered else page


def part_of(told: Told, fetched: Fetched) -> Part:
    days = [post.published for post in told.posts if post.published is not None]
    span = covered(told, read_at(fetched))
    source = SourceRead(
        adapter=told.adapter,
        trust=Trust.OPEN,
        url=fetched.url,
        fetch=fetched.outcome,
        reason=told.reason,
        title=told.title,
        posts=len(told.posts),
        undated=len(told.posts) - len(days),
        newest=max(days, default=None),
        since=span[0] if span else None,
        until=span[1] if span else None,
    )
    exists = Sign(SignOf.EXISTS, True, Trust.OPEN, told.adapter, fetched.url, "可以看到已发布的信息")
    return Part(source, told.posts, (exists, *told.signs) if told.posts else told.signs)


async def _store(url: str, fetch: Fetcher, account: Account, plan: AccountPlan) -> tuple[Fetched, Part]:
    """A page whose scripts may say otherwise is opened before it is believed that the app cannot be had."""

    async def told(of: Fetched) -> tuple[Sign | None, str]:
        read_on = read_at(of).astimezone(BEIJING).date()
        return await asyncio.to_thread(availability, of, account, read_on, plan.lexicon)

    fetched = await fetch(url)
    sign, reason = await told(fetched)
    if fetched.outcome is Fetch.OK and is_scripted(fetched.body) and (sign is None or not sign.holds):
        opened = await fetch(url, How.BROWSER) if plan.browser else None
        if opened is not None and opened.outcome is Fetch.OK:
            fetched = opened
            sign, reason = await told(opened)
        elif sign is not None:
            sign, reason = None, UNOPENED
    if sign is None and not reason:
        reason = fetch_reason(fetched)
    source = SourceRead(STORE, Trust.OPEN, fetched.url, fetched.outcome, reason)
    return fetched, Part(source, (), (sign,) if sign else ())


def fetch_reason(fetched: Fetched) -> str:
    reason = FETCH_REASONS.get(fetched.outcome, "访问失败")
    return f"{reason}（{fetched.status}）" if fetched.outcome is Fetch.HTTP_ERROR else reason


def read_at(fetched: Fetched) -> dt.datetime:
    """A fetcher of a test may keep no time."""
    return fetched.fetched_at or dt.datetime.now(dt.UTC)


def _json(body: bytes, content_type: str) -> Any:
    try:
        return json.loads(decode(body, content_type)[0][:LARGEST_JSON])
    except (ValueError, RecursionError):
        return None

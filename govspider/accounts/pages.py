"""An account's open page, read like a column of a website."""

import datetime as dt
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from govspider.accounts.sight import lines_in_sight
from govspider.accounts.told import MOST_POSTS, Told
from govspider.facts import Fetched, Page, PageKind, Post, Sign, SignOf, Trust
from govspider.reading.page import read_page
from govspider.reading.terms import Lexicon

ADAPTER = "page"
SHORT = 1500  # characters: a page that only says that there is nothing
GONE = re.compile(
    r"(?:该|此|这个|您访问的)?(?:账号|帐号|用户|公众号|主页|百家号|头条号|贴吧)(?:已|已经)?(?:被)?(?:自主)?"
    r"(?:不存在|注销|停用|封禁|冻结|屏蔽所有内容)"
)
LOGIN = re.compile(r"login|passport|sign-?in|/sso/|/cas/|oauth", re.IGNORECASE)
DOUBT = re.compile("可能|也许|或|如果|如有|若|是否|请检查|原|旧|此前")  # possible reasons, or something else


def read_account_page(
    body: bytes, url: str, content_type: str, account: str, read_on: dt.date, lexicon: Lexicon
) -> tuple[Told, Page]:
    """What the page tells, and the page itself, whose reader knows whether a browser would show more."""
    page = read_page(body, url, checkpoint=read_on, lexicon=lexicon, content_type=content_type)
    if page.kind is PageKind.CHALLENGE:
        return Told(ADAPTER, title=page.title, reason="被访问验证拦截"), page
    if gone := _gone(page, lines_in_sight(body, url, content_type)):
        sign = Sign(SignOf.EXISTS, False, Trust.OPEN, ADAPTER, url, gone)
        return Told(ADAPTER, signs=(sign,), title=page.title, reason=f"页面提示“{gone}”"), page
    posts = tuple(
        Post(account, entry.title[:200], entry.url, entry.date if entry.date and entry.date <= read_on else None)
        for entry in page.entries[:MOST_POSTS]
    )
    signs = (Sign(SignOf.MESSAGE, True, Trust.OPEN, ADAPTER, url, "页面可以留言"),) if page.form else ()
    return Told(ADAPTER, posts, signs=signs, title=page.title, reason="" if posts else "页面上没有识别出信息列表"), page


def sent_away(fetched: Fetched) -> bool:
    """Whether a platform showed its own front page or its log-in instead of what was asked for."""
    asked, landed = urlsplit(fetched.url).path.strip("/"), urlsplit(fetched.final_url).path.strip("/")
    return asked != landed and (not landed or (bool(LOGIN.search(fetched.final_url)) and not LOGIN.search(fetched.url)))


def _gone(page: Page, lines: Iterable[str]) -> str:
    """The words by which a page that has nothing else says that there is no such account."""
    if page.entries or page.text_length > SHORT:
        return ""
    return first_certain(GONE, (page.title, *lines))


def first_certain(words: re.Pattern[str], lines: Iterable[str]) -> str:
    """The first line's words that are said without any doubt."""
    found = (words.search(line) for line in lines if not DOUBT.search(line))
    return next((match[0] for match in found if match), "")

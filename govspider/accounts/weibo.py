"""The JSON in which Weibo shows an account's posts to everybody: the mobile cards and the list of the web page."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from govspider.accounts.moments import day_of
from govspider.accounts.told import MOST_POSTS, Told, kept, plain, titled
from govspider.facts import Post, Sign, SignOf, Trust

ADAPTER = "weibo"
DEEPEST = 4  # cards hold groups of cards
NO_SUCH_USER = "20003"


def is_weibo(data: Any) -> bool:
    """An answer that wants a log-in holds nothing but the address of it."""
    return isinstance(data, Mapping) and "ok" in data and any(key in data for key in ("data", "msg", "errno", "url"))


def read_weibo(data: Mapping[str, Any], url: str, account: str, read_on: dt.date) -> Told:
    said = plain(str(data.get("msg") or data.get("message") or ""))[:100]
    if data.get("ok") != 1:
        if str(data.get("errno", "")) == NO_SUCH_USER or "用户不存在" in said:
            sign = Sign(SignOf.EXISTS, False, Trust.OPEN, ADAPTER, url, said or "用户不存在")
            return Told(ADAPTER, signs=(sign,), reason="平台提示用户不存在")
        return Told(ADAPTER, reason=f"平台没有给出内容（{said or '需要登录或者验证'}）")
    statuses = _own(list(_statuses(data.get("data"), 0))[:MOST_POSTS])
    if not statuses:
        return Told(ADAPTER, reason="平台没有给出任何微博")
    posts = tuple(_post(status, account, read_on) for status in statuses)
    pinned = frozenset(number for number, status in enumerate(statuses) if _pinned(status))
    commented = sum(_number(status.get("comments_count")) > 0 for status in statuses)
    detail = f"{commented}条微博有评论"
    signs = (Sign(SignOf.COMMENT, True, Trust.OPEN, ADAPTER, url, detail),) if commented else ()
    return Told(ADAPTER, posts, pinned, signs, title=_owner(statuses[0]))


def _statuses(node: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """The posts, wherever the cards hold them."""
    if not isinstance(node, Mapping) or depth > DEEPEST:
        return
    if isinstance(node.get("mblog"), Mapping):
        yield node["mblog"]
    elif "created_at" in node and ("text" in node or "text_raw" in node):
        yield node
    else:
        for key in ("cards", "card_group", "list", "statuses"):
            for child in node[key] if isinstance(node.get(key), list) else ():
                yield from _statuses(child, depth + 1)


def _own(statuses: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Without what others published: a list also shows what the account liked, and advertising."""
    if not statuses:
        return []
    writers = [user.get("id") if isinstance(user := status.get("user"), Mapping) else None for status in statuses]
    owner = Counter(map(str, writers)).most_common(1)[0][0]
    return [status for status, writer in zip(statuses, writers, strict=True) if str(writer) == owner]


def _post(status: Mapping[str, Any], account: str, read_on: dt.date) -> Post:
    text = plain(str(status.get("text_raw") or status.get("text") or ""))
    repost = isinstance(status.get("retweeted_status"), Mapping)
    return Post(
        account=account,
        title=titled("", text),
        url=_address(status),
        published=day_of(status.get("created_at"), read_on),
        original=not repost,
        kind="repost" if repost else "post",
        text=kept(text),
        likes=_number(status.get("attitudes_count")),
    )


def _address(status: Mapping[str, Any]) -> str:
    number = str(status.get("bid") or status.get("mblogid") or status.get("id") or "")
    return f"https://m.weibo.cn/status/{number}" if number.isalnum() and number.isascii() else ""


def _pinned(status: Mapping[str, Any]) -> bool:
    title = status.get("title")
    said = str(title.get("text", "")) if isinstance(title, Mapping) else ""
    return bool(status.get("isTop")) or "置顶" in said


def _owner(status: Mapping[str, Any]) -> str:
    user = status.get("user")
    return plain(str(user.get("screen_name", "")))[:200] if isinstance(user, Mapping) else ""


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0

"""JSON Feed, the feed format for programs that read no XML (jsonfeed.org)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from govspider.accounts.moments import day_of
from govspider.accounts.told import MOST_POSTS, Told, kept, plain, titled
from govspider.facts import Post

ADAPTER = "feed"


def is_json_feed(data: Any) -> bool:
    return isinstance(data, Mapping) and isinstance(data.get("items"), list)


def read_json_feed(data: Mapping[str, Any], account: str, read_on: dt.date) -> Told:
    title = plain(_text(data, "title"))[:200]
    items = [item for item in data["items"] if isinstance(item, Mapping)][:MOST_POSTS]
    if not items:
        return Told(ADAPTER, title=title, reason="订阅源中没有任何条目")
    return Told(ADAPTER, tuple(_post(item, account, read_on) for item in items), title=title)


def _post(item: Mapping[str, Any], account: str, read_on: dt.date) -> Post:
    text = plain(_text(item, "content_text") or _text(item, "content_html") or _text(item, "summary"))
    return Post(
        account=account,
        title=titled(plain(_text(item, "title")), text),
        url=(_text(item, "url") or _text(item, "id"))[:2000],
        published=day_of(_text(item, "date_published") or _text(item, "date_modified"), read_on),
        text=kept(text),
    )


def _text(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""

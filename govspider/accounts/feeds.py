"""RSS and Atom, the platform's own or a bridge's."""

import datetime as dt
import io
import re
from collections.abc import Mapping
from typing import Any

import feedparser

from govspider.accounts.moments import day_of, moment_of
from govspider.accounts.told import MOST_POSTS, Told, kept, plain, titled
from govspider.facts import Post, Sign, SignOf, Trust

ADAPTER = "feed"
LARGEST = 1_500_000  # bytes read of a feed: the newest entries stand first
MOST_TAGS = 60_000  # the parser takes its time for each
ROOT = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]")
# Texts that are put together from other texts are made to grow; no feed needs them.
NESTED = re.compile(rb"""<!ENTITY\s+\S+\s+(?:"[^"]*&\w|'[^']*&\w)""")
# Bridges tell their own troubles as an entry of the feed.
TROUBLE = re.compile(
    r"bridge returned error|bridge encountered|rsshub.{0,40}error|this route is empty|looks like something went wrong",
    re.IGNORECASE,
)


def is_feed(body: bytes) -> bool:
    return ROOT.search(body[:4000]) is not None


def read_feed(body: bytes, url: str, content_type: str, account: str, read_on: dt.date) -> Told:
    """Never raises, whatever the bytes."""
    body = body[:LARGEST]
    if body.count(b"<") > MOST_TAGS or NESTED.search(body):
        return Told(ADAPTER, reason="订阅源结构异常，没有读取")
    headers = {"content-type": content_type or "application/xml", "content-location": url}
    try:
        parsed: Any = feedparser.parse(
            io.BytesIO(body), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
        )
    except Exception as error:  # noqa: BLE001 - a hostile feed may break the parser in any way
        return Told(ADAPTER, reason=f"订阅源无法解析（{type(error).__name__}）")
    channel = dict(parsed.get("feed", {}))  # its own kind of dictionary guesses at keys that it lacks
    title = plain(str(channel.get("title", "")))[:200]
    found = parsed.get("entries", ())
    whole = len(found) >= len(ENTRY.findall(body))  # a broken entry may swallow the next one, date and all
    entries = [dict(entry) for entry in found[:MOST_POSTS]]
    if any(TROUBLE.search(str(entry.get("title", ""))) for entry in entries):
        return Told(ADAPTER, title=title, reason="订阅源报告自身出错，没有取得账号内容")
    if not entries:
        return Told(ADAPTER, title=title, reason="订阅源中没有任何条目")
    posts = tuple(_post(entry, title, account, read_on) for entry in entries)
    made = moment_of(str(channel.get("updated") or channel.get("published") or ""))
    return Told(ADAPTER, posts, signs=_signs(entries, url), title=title, made=made, whole=whole)


def _post(entry: Mapping[str, Any], channel: str, account: str, read_on: dt.date) -> Post:
    text = plain(_content(entry))
    title = plain(str(entry.get("title", "")))
    when = next((entry[key] for key in ("published", "created", "updated") if entry.get(key)), None)
    return Post(
        account=account,
        title=titled(title, text),
        url=str(entry.get("link", ""))[:2000],
        published=day_of(when, read_on),
        original=False if _elsewhere(entry, channel) else None,
        text=kept(text),
    )


def _content(entry: Mapping[str, Any]) -> str:
    parts = [str(part.get("value", "")) for part in entry.get("content", ()) if isinstance(part, Mapping)]
    return max([*parts, str(entry.get("summary", ""))], key=len)


def _elsewhere(entry: Mapping[str, Any], channel: str) -> bool:
    """The entry names another feed as where it comes from; bridges name the feed's own."""
    source = entry.get("source")
    name = plain(str(source.get("title") or "")) if isinstance(source, Mapping) else ""
    return bool(name) and name not in channel and (not channel or channel not in name)


def _signs(entries: list[Any], url: str) -> tuple[Sign, ...]:
    counts = [str(entry.get("slash_comments", "")) for entry in entries]
    commented = sum(count.isdecimal() and count.strip("0") != "" for count in counts)
    if not commented:
        return ()
    return (Sign(SignOf.COMMENT, True, Trust.OPEN, ADAPTER, url, f"{commented}条信息有评论"),)

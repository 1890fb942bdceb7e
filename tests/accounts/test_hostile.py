"""Feeds and pages that mean harm: nothing is raised, nothing grows without end."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govspider.accounts.feeds import read_feed
from govspider.accounts.jsonfeeds import is_json_feed, read_json_feed
from govspider.accounts.told import MOST_POSTS
from govspider.accounts.weibo import is_weibo, read_weibo

DAY = dt.date(2026, 6, 30)
HEAD, TAIL = '<?xml version="1.0"?><rss version="2.0"><channel>', "</channel></rss>"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)).replace("&l0;", "lol")
BODIES = {
    "entity bomb": f'<?xml version="1.0"?><!DOCTYPE r [{LAUGHS}]><rss><channel><item><title>&l9;</title></item></channel></rss>',
    "file": '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>',
    "many tags": HEAD + "<item><title>" * 300_000,
    "deep": f"{HEAD}<item>{'<b>' * 50_000}",
    "ampersands": f"{HEAD}<item><title>{'&' * 300_000}</title></item>{TAIL}",
    "open comments": HEAD + "<!--" * 100_000,
    "long": f"{HEAD}<item><title>{'甲' * 400_000}</title></item>{TAIL}",
}


def read(body: bytes) -> object:
    return read_feed(body, "https://f.example/", "application/xml", "a", DAY)


@pytest.mark.parametrize("name", BODIES)
def test_hostile_feeds(name: str) -> None:
    told = read_feed(BODIES[name].encode(), "https://f.example/", "application/xml", "a", DAY)
    assert sum(len(post.title) + len(post.text) for post in told.posts) < 10_000
    assert "root:" not in str(told)


def test_a_feed_that_builds_its_text_from_entities_shows_nothing() -> None:
    item = "<item><title>&l9;</title><pubDate>2026-05-01</pubDate></item>"
    told = read_feed(
        f"<!DOCTYPE r [{LAUGHS}]>{HEAD[21:]}{item}{TAIL}".encode(), "https://f.example/", "application/xml", "a", DAY
    )
    assert told.posts == ()
    assert "结构异常" in told.reason
    plain = f'<!DOCTYPE r [<!ENTITY nbsp "&#160;">]>{HEAD[21:]}{item}{TAIL}'
    assert len(read_feed(plain.encode(), "https://f.example/", "application/xml", "a", DAY).posts) == 1


def test_only_the_first_entries_of_a_huge_feed_are_read() -> None:
    items = "".join(f"<item><title>{n}</title><pubDate>2026-06-20</pubDate></item>" for n in range(5000))
    told = read_feed(f"{HEAD}{items}{TAIL}".encode(), "https://f.example/", "application/xml", "a", DAY)
    assert len(told.posts) == MOST_POSTS


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_raise(body: bytes) -> None:
    read(body)
    read(HEAD.encode() + b"<item><pubDate>" + body + b"</pubDate></item>")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(("ok", "data", "cards", "mblog", "items", "title", "created_at", "text", "errno", "user", "date_published")), inner, max_size=4),
    max_leaves=25,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_no_json_raises(data: object) -> None:
    for value in (
        data,
        {"ok": 1, "data": data},
        {"items": [data]},
        {"ok": 1, "data": {"list": [{"created_at": data, "text": data}]}},
    ):
        if is_weibo(value):
            read_weibo(value, "https://w.example/", "a", DAY)  # type: ignore[arg-type]
        if is_json_feed(value):
            read_json_feed(value, "a", DAY)  # type: ignore[arg-type]


def test_reading_json_of_deep_cards_ends() -> None:
    deep: object = {"mblog": {"created_at": "2026-06-20", "text": "甲"}}
    for _ in range(500):
        deep = {"card_group": [deep]}
    assert read_weibo({"ok": 1, "data": {"cards": [deep]}}, "https://w.example/", "a", DAY).posts == ()

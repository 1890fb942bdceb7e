"""What the demo city's accounts show to everybody: feeds, Weibo's open list, an account's page, an app's store page."""

import datetime as dt
import json
from collections.abc import Sequence
from email.utils import format_datetime
from xml.sax.saxutils import escape

from govspider.demo.media import MEDIA, Kind, Medium, MediumFlaws, Story, stories
from govspider.demo.server import Reply

BEIJING = dt.timezone(dt.timedelta(hours=8))
HOST = "127.77.1.1"
COMMENTS = "http://purl.org/rss/1.0/modules/slash/"
ATOM = "http://www.w3.org/2005/Atom"


def source_path(medium: Medium) -> str:
    """Where the account's posts, or its app, can be seen."""
    folder = {Kind.WEIBO: "weibo", Kind.DOUYIN: "json", Kind.TOUTIAO: "page", Kind.APP: "app"}.get(medium.kind, "feed")
    return f"/{folder}/{medium.account_id}"


def answer(medium: Medium, flaws: MediumFlaws, checkpoint: dt.date, base: str) -> Reply:
    """The one document of an account; ``base`` is the address of the host."""
    told = stories(medium, flaws, checkpoint)
    if medium.kind is Kind.APP:
        return _store(medium, flaws)
    if medium.kind is Kind.WEIBO:
        return _json(_weibo(medium, told))
    if medium.kind is Kind.DOUYIN:
        return _json(_json_feed(medium, told, base))
    if medium.kind is Kind.TOUTIAO:
        return _page(medium, told, flaws)
    feed = _atom if int(medium.account_id[-1]) % 2 else _rss
    return Reply(feed(medium, told, base).encode(), content_type="application/xml; charset=utf-8")


def answers(checkpoint: dt.date, changed: dict[str, MediumFlaws], base: str) -> dict[str, Reply]:
    """Path → document, of all accounts."""
    return {source_path(one): answer(one, changed.get(one.account_id, one.flaws), checkpoint, base) for one in MEDIA}


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, 12, tzinfo=BEIJING)


def _address(medium: Medium, story: Story, base: str) -> str:
    return f"{base}{source_path(medium)}/{story.number}"


def _rss(medium: Medium, told: Sequence[Story], base: str) -> str:
    items = "".join(
        f"<item><title>{escape(one.title)}</title><link>{_address(medium, one, base)}</link>"
        f"<description>{escape(f'<p>{one.text}</p>')}</description><slash:comments>{one.comments}</slash:comments>"
        f"<pubDate>{format_datetime(_noon(one.date))}</pubDate></item>"
        for one in told
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:slash="{COMMENTS}"><channel>'
        f"<title>{escape(medium.name)}</title><link>{base}</link>{items}</channel></rss>"
    )


def _atom(medium: Medium, told: Sequence[Story], base: str) -> str:
    entries = "".join(
        f'<entry><title>{escape(one.title)}</title><link href="{_address(medium, one, base)}"/>'
        f'<id>{_address(medium, one, base)}</id><content type="text">{escape(one.text)}</content>'
        f"<slash:comments>{one.comments}</slash:comments>"
        f"<published>{_noon(one.date).isoformat()}</published><updated>{_noon(one.date).isoformat()}</updated></entry>"
        for one in told
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><feed xmlns="{ATOM}" xmlns:slash="{COMMENTS}">'
        f"<title>{escape(medium.name)}</title><id>{base}{source_path(medium)}</id>"
        f"<updated>{_noon(told[0].date).isoformat()}</updated>{entries}</feed>"
    )


def _json_feed(medium: Medium, told: Sequence[Story], base: str) -> dict[str, object]:
    items = [
        {
            "id": _address(medium, one, base),
            "url": _address(medium, one, base),
            "title": one.title,
            "content_text": one.text,
            "date_published": _noon(one.date).isoformat(),
        }
        for one in told
    ]
    return {"version": "https://jsonfeed.org/version/1.1", "title": medium.name, "items": items}


def _weibo(medium: Medium, told: Sequence[Story]) -> dict[str, object]:
    cards = []
    for one in told:
        blog: dict[str, object] = {
            "id": f"{medium.account_id}{one.number}",
            "created_at": f"{_noon(one.date):%a %b %d %H:%M:%S %z %Y}",
            "text": f"<p>{one.title}</p><p>{one.text}</p>",
            "comments_count": one.comments,
            "attitudes_count": 2 * one.comments,
            "user": {"screen_name": medium.name},
        }
        if not one.own:
            blog["retweeted_status"] = {"id": "1", "text": one.title}
        cards.append({"card_type": 9, "mblog": blog})
    return {"ok": 1, "data": {"cards": cards}}


def _json(data: dict[str, object]) -> Reply:
    return Reply(json.dumps(data, ensure_ascii=False).encode(), content_type="application/json; charset=utf-8")


def _page(medium: Medium, told: Sequence[Story], flaws: MediumFlaws) -> Reply:
    rows = "".join(
        f'<li><a href="{source_path(medium)}/{one.number}">{escape(one.title)}</a><span>{one.date}</span></li>'
        for one in told
    )
    letters = '<form><textarea name="message"></textarea><button>发送</button></form>' if flaws.interaction else ""
    text = f"<title>{escape(medium.name)}</title><h1>{escape(medium.name)}</h1><ul>{rows}</ul>{letters}"
    return _html(text)


def _store(medium: Medium, flaws: MediumFlaws) -> Reply:
    if flaws.delisted:
        return _html(f"<title>{escape(medium.name)}</title><p>该应用已下架</p>")
    text = f"<title>{escape(medium.name)}</title><h1>{escape(medium.name)}</h1><p>版本 3.2，可以办理社保、公积金等事项。</p>"
    return _html(f'{text}<a href="{source_path(medium)}/latest.apk">下载安装</a>')


def _html(body: str) -> Reply:
    return Reply(f"<!doctype html><html><body>{body}</body></html>".encode(), content_type="text/html; charset=utf-8")

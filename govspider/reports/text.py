"""Making strings from pages harmless, and writing dates and numbers the way an office reads them."""

import datetime as dt
import re
from urllib.parse import quote, urlsplit

BEIJING = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")
CUT_MARK = "……（已截断）"

# Control characters, lone surrogates and non-characters are not allowed in XML; the bidirectional marks can make a
# line read in another order than it is stored, so a hostile page could turn a sentence of the bulletin round.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_SPACE = re.compile(r"[\s\u2028\u2029]+")
_SITE_CODE = re.compile(r"^(?:[1-8]\d{9}|bm\d{8})$", re.ASCII)


def clean(value: object) -> str:
    """One line of visible text, whatever came from the page."""
    return _SPACE.sub(" ", _UNSAFE.sub("", str(value))).strip()


def cut(text: str, limit: int) -> str:
    """At most ``limit`` characters, with a mark where something is left out."""
    if len(text) <= limit:
        return text
    return text[: limit - len(CUT_MARK)] + CUT_MARK if limit > len(CUT_MARK) else text[: limit - 1] + "…"


def label(value: object, limit: int = 60) -> str:
    """A name from a page (of a site, a column) short enough to stand in a sentence."""
    text = clean(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def safe_link(url: str, limit: int = 2079) -> str | None:
    """The address in plain ASCII when it may be clicked: http or https with a host, within ``limit`` characters."""
    text = clean(url)
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return None
    link = quote(text, safe="%/:=&?~#+!$,;'@()*._-")
    return link if len(link) <= limit else None


def is_site_code(code: str) -> bool:
    return bool(_SITE_CODE.match(code)) and not code.endswith("\n")


def local(moment: dt.datetime) -> dt.datetime:
    """Beijing time without a zone, as spreadsheets want it; a moment without a zone is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return aware.astimezone(BEIJING).replace(tzinfo=None)


def local_date(moment: dt.datetime) -> dt.date:
    return local(moment).date()


def long_date(day: dt.date) -> str:
    """2021年8月18日: months and days without leading zeros, as the format of official documents asks."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_number(number: int) -> str:
    """1..99 in Chinese numerals, for headings and quarters."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if tens == 0:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")

"""Every date in a text, in every way Chinese pages write one; and how it stands there.

A hit never decides anything by itself: a document number or a deadline is also a hit. ``stand`` and ``label`` tell
lists and articles which hits may speak for an entry or a page.
"""

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import islice, pairwise

from govspider.reading.scanning import scan

MOST = 10_000  # days of one text that are looked at
EARLIEST = 1995  # no page of a government website is older; 1970-01-01 is an empty field

_SEP = r"[-/.\-—–－年／．]"
_CLOCK = (
    r"(?:\s*T?\s*(?:[上下]午\s*)?\d{1,2}\s?[:：时点]\s?\d{1,2}(?:\s?[:：分]\s?\d{1,2}(?:\.\d+)?秒?|分)?(?:\s?[AP]M)?)?"
)
_HAN_DIGITS = "〇○Ｏ零一二三四五六七八九"
_PATTERN = re.compile(
    r"(?=[\d〇○Ｏ零一二三四五六七八九今昨前刚])(?:"  # what any form begins with: most of a page is passed over at once
    r"(?<![\d第])(?P<y>(?:19|20)\d\d)\s?(?P<s>[-/.\-—–－年／．])\s?(?P<m>\d{1,2})\s?[-/.\-—–－月／．]\s?(?P<d>\d{1,2})(?!\d)"
    r"(?:\s?[日号])?" + _CLOCK + r"|(?P<hy>[〇○Ｏ零一二三四五六七八九]{4})年(?P<hm>[一二三四五六七八九十]{1,2})月"
    r"(?P<hd>[一二三四五六七八九十廿卅]{1,3})日"
    r"|(?<!\d)(?P<d2>\d{1,2})日?\s*[\s/|]\s*(?P<y2>(?:19|20)\d\d)\s?[-/.年]\s?(?P<m2>\d{1,2})月?(?![\d\-/.年])"
    r"|(?<!\d)(?P<y3>(?:19|20)\d\d)\s?[-/.年]\s?(?P<m3>\d{1,2})月?[\s/|]+(?P<d3>\d{1,2})日?(?![\d\-/.:：月年\w])"
    r"|(?<!\d)(?P<m4>\d{1,2})[-/.月](?P<d4>\d{1,2})日?\s+(?P<y4>(?:19|20)\d\d)年?(?![\d\-/.年\w])"
    r"|(?<!\d)(?P<y5>(?:19|20)\d\d)年?\s+(?P<m5>\d{1,2})[-/.月](?P<d5>\d{1,2})日?(?![\d\-/.:\w])"
    r"|(?<![\d\-])(?P<y6>(?:19|20)\d\d)(?P<m6>0[1-9]|1[0-2])(?P<d6>[0-2]\d|3[01])(?!\d)"
    r"|(?<![\d\-/.:])(?P<y7>\d\d)[-/.](?P<m7>\d{1,2})[-/.](?P<d7>\d{1,2})(?![\d\-/.])" + _CLOCK +
    r"|(?<![\d\-/.:年])(?P<m8>\d{1,2})\s?(?:[-/]|月)\s?(?P<d8>\d{1,2})(?![\d\-/.:%])日?" + _CLOCK +
    r"|(?<![\d\-/.:])(?P<d9>\d{1,2})\s+(?P<m9>\d{1,2})\s?月(?![\d份])"
    r"|(?P<ago>\d{1,3})\s?(?P<unit>天|小时|分钟)前|(?<![一-鿿，。、“])(?P<word>今天|昨天|前天|刚刚)(?![一-鿿，。、；！？”])" + _CLOCK + ")"
)  # fmt: skip
# Where a form can begin: at the first digit of a number (3天前 also within one), at a year or a day in words.
_SPOT = re.compile(
    rf"[0-9今昨前刚{_HAN_DIGITS}](?:(?<=[0-9])(?:(?<![0-9][0-9])|(?=[0-9]{{0,2}}\s?(?:天|小时|分钟)前))|(?<=[今昨前])天|(?<=刚)刚|(?=[{_HAN_DIGITS}]{{3}}年))"
)
_NUMERAL = {
    "〇": 0,
    "○": 0,
    "Ｏ": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_WIDE = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)}  # full-width digits; one to one, positions stay
_WIDE_DIGITS = "０１２３４５６７８９"
_DAYS_AGO = {"今天": 0, "刚刚": 0, "昨天": 1, "前天": 2}


class Stand(IntEnum):
    """How a date stands in its text node, from an accident of prose to a field of its own."""

    INSIDE = 0
    HEAD = 1
    TAIL = 2
    LABELLED = 3
    ALONE = 4


@dataclass(slots=True)  # not frozen: a page has hundreds, and freezing doubles what one costs
class Hit:
    """A date in ``text[start:stop]``. ``day`` is None when it is impossible or an empty field (1970-01-01).

    ``month``/``dom`` are set and ``day`` resolved provisionally when no year is written (``yearless``), finally when
    a heading above tells the year (``headed``).
    """

    start: int
    stop: int
    day: dt.date | None
    yearless: bool = False
    bare: bool = False  # a form that is also something else: only digits, two-digit year, no year
    month: int = 0
    dom: int = 0
    headed: bool = False


def narrow(text: str) -> str:
    """Full-width digits as ASCII ones, position by position."""
    return text.translate(_WIDE) if any(digit in text for digit in _WIDE_DIGITS) else text


def find(text: str, checkpoint: dt.date) -> list[Hit]:
    """All dates of a text (narrowed first), in order."""
    hits = (hit for match in scan(_SPOT, _PATTERN, narrow(text)) if (hit := _hit(match, checkpoint)))
    return list(islice(hits, MOST))


def first_day(text: str, checkpoint: dt.date) -> dt.date | None:
    """The first date of a text that is one, such as a tag's content."""
    return next((hit.day for hit in find(text, checkpoint) if hit.day), None)


def _hit(match: re.Match[str], checkpoint: dt.date) -> Hit | None:
    kind = match.lastgroup
    start, stop = match.span()
    if kind == "d":
        return Hit(start, stop, valid(int(match["y"]), int(match["m"]), int(match["d"])))
    if kind == "hd":
        year = int("".join(str(_NUMERAL[sign]) for sign in match["hy"]))
        return Hit(start, stop, valid(year, _han(match["hm"]), _han(match["hd"])))
    if kind in ("m2", "d3", "y4", "d5", "d6", "d7"):
        number = kind[1]
        year = int(match["y" + number])
        if number == "7":
            year += 2000
        day = valid(year, int(match["m" + number]), int(match["d" + number]))
        return Hit(start, stop, day, bare=True) if day else None
    if kind in ("d8", "m9"):
        digits = len(match["m" + kind[1]] + match["d" + kind[1]])
        if kind == "d8" and "月" not in match[0] and digits < (4 if "/" in match[0] else 3):
            return None  # 1/26 counts pages
        month, dom = int(match["m" + kind[1]]), int(match["d" + kind[1]])
        day = last_such_day(month, dom, checkpoint)
        return Hit(start, stop, day, yearless=True, bare=True, month=month, dom=dom) if day else None
    if kind == "unit":
        back = int(match["ago"]) if match["unit"] == "天" else 0
        return Hit(start, stop, checkpoint - dt.timedelta(days=back), bare=True)
    return Hit(start, stop, checkpoint - dt.timedelta(days=_DAYS_AGO[match["word"]]), bare=True)


def valid(year: int, month: int, dom: int) -> dt.date | None:
    if not EARLIEST <= year <= 2100:
        return None
    try:
        return dt.date(year, month, dom)
    except ValueError:
        return None


def last_such_day(month: int, dom: int, checkpoint: dt.date) -> dt.date | None:
    """The last day of that month and day at or before the checkpoint; 29 February goes back to a leap year."""
    for year in range(checkpoint.year, checkpoint.year - 9, -1):
        try:
            day = dt.date(year, month, dom)
        except ValueError:
            continue
        if day <= checkpoint:
            return day
    return None


def _han(text: str) -> int:
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    units = _NUMERAL.get(ones[-1:], 0)
    return (_NUMERAL.get(tens[-1:], 1) if ten else 0) * 10 + units


def settle_years(
    days: Sequence[Hit | None], hints: Sequence[dt.date | None], checkpoint: dt.date
) -> list[dt.date | None]:
    """The days of a list's entries, top to bottom, with years for those that have none.

    A date in the entry's own address gives the year. Otherwise a list that runs downwards and jumps up, from January
    to December, has passed a new year; but never right after its first line, which may be pinned.
    """
    settled = [hit.day if hit else None for hit in days]
    for index, hit in enumerate(days):
        hint = hints[index]
        if hit and hit.yearless and hint and not hit.headed:
            years = (valid(year, hit.month, hit.dom) for year in (hint.year - 1, hint.year, hint.year + 1))
            near = [day for day in years if day and day <= checkpoint]
            settled[index] = min(near, key=lambda day: abs(day - hint), default=hit.day)
    loose = [i for i, hit in enumerate(days) if hit and hit.yearless and not hit.headed and not hints[i]]
    if len(loose) < 3 or any(hit and (hit.headed or not hit.yearless) for hit in days):
        return settled
    jumps = [b for a, b in pairwise(loose[1:]) if _later(settled[b], settled[a])]
    if not jumps or len(jumps) * 4 > len(loose):
        return settled
    back = 0
    for index in loose:
        back += index in jumps
        day = settled[index]
        if back and day:
            settled[index] = last_such_day(day.month, day.day, dt.date(checkpoint.year - back, 12, 31)) or day
    return settled


def _later(one: dt.date | None, other: dt.date | None) -> bool:
    return one is not None and other is not None and one > other


# ------------------------------------------------------------------------------------------------------ how it stands

_VERB = (
    "(?:发布|发文|发表|发稿|刊发|刊登|公开|公布|更新|上传|添加|录入|创建|编辑|修改|提交|推送|上网|挂网|生成|撰写|审核)"
)
_EDGE = r"(?:^|[\s|｜【\[(（<《,，;；:：·/\-。>》）)\]】])"
_BEHIND = r"[】\])）]?\s*[:：]?\s*[\[【(（]?\s*$"
_PUBLISH = re.compile(
    rf"{_VERB}(?:的?时间|日期){_BEHIND}|{_EDGE}{_VERB}于?[】\])）]?\s*[:：]\s*[\[【(（]?\s*$|{_EDGE}{_VERB}于\s*$"
    rf"|{_EDGE}(?:时\s*间(?:发布)?|日\s*期|日间|日期间|TIME|DATE|PUBDATE){_BEHIND}",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"(?:成文|生成|签发|印发|施行|实施|生效|失效|废止|截止|截至|到期|结束|起始|开始|报名|开标|投标|会议|活动|来信|留言|咨询|写信|提问|回复|答复|办结|办理|受理|有效|"
    r"访谈|召开|举办|考试|面试|公示|出生|任职|开放|办公|工作|上班|服务|成立|批准|登记|值班|天气|今天|现在|当前|北京)[一-鿿]{0,4}[】\]]?\s*[:：]?\s*[\[【(（]?\s*$"
)
_PLAIN = re.compile(
    r"[\s\[\]()（）【】<>《》:：|·•.,，、—_\-~～/ \ufeff\u200b]|星期[一二三四五六日天]|周[一二三四五六日]|AM|PM|NEW|HOT|发布|日期|时间|置顶|\d{1,2}[:：]\d\d"
)
_OPEN, _CLOSE = "[(（【〔", "])）】〕"


_ALONE_LABEL = re.compile(
    r"[:：]$|^.{0,6}(?:时\s*间(?:发布)?|日\s*期|日\s*间|期\s*限|date|time|[于至])$", re.IGNORECASE
)


def before(text: str, start: int, reach: int = 24) -> str:
    """What stands before a date as its label: on its line, or else a line above that is a label and no title."""
    near = text[max(0, start - reach) : start]
    above, broken, own = near.rpartition("\n")
    if not broken or own.strip(" \t\xa0【[(（|｜·:："):
        return own
    last = above.rstrip("\n ").rpartition("\n")[2].strip()
    return last + own if own.strip(" \t\xa0【[(（|｜·") or _ALONE_LABEL.search(last) else own


def publish_label(before: str) -> int:
    """What the text before a date calls it: 2 published, 1 nothing, 0 something else (a deadline, a meeting ...)."""
    return _label(before[-16:])


@lru_cache(maxsize=4096)
def _label(near: str) -> int:
    if _OTHER.search(near):
        return 0
    return 2 if _PUBLISH.search(near) else 1


def stand(hit: Hit, text: str, start: int, stop: int) -> Stand:
    """How a hit stands in the text node ``text[start:stop]``."""
    before, after = text[max(start, hit.start - 60) : hit.start], text[hit.stop : min(stop, hit.stop + 60)]
    if not before and (not after or after.isspace()):
        return Stand.ALONE
    left, right = _PLAIN.sub("", before), _PLAIN.sub("", after)
    if len(left) <= 1 and len(right) <= 1:
        return Stand.ALONE
    if publish_label(before) == 2:
        return Stand.LABELLED
    written = hit.bare or "年" in text[hit.start : hit.stop] or "月" in text[hit.start : hit.stop]
    tight_left, tight_right = before.rstrip(), after.lstrip()
    bracketed = tight_left[-1:] in _OPEN and tight_right[:1] in _CLOSE and bool(tight_left)
    if not right and (bracketed or (not written and (before[-1:].isspace() or not before[-1:].isascii()))):
        return Stand.TAIL
    if not left and (bracketed or (not written and after[:1] in " \n\xa0|:：]】")):
        return Stand.HEAD
    return Stand.INSIDE


def at(starts: Sequence[int], position: int) -> int:
    """The index of the piece that holds a position, given the pieces' starts in order."""
    return bisect_right(starts, position) - 1


# ------------------------------------------------------------------------------------------------------- in addresses

_IN_URL = re.compile(
    r"/t(?P<t>20\d{6})_|/(?P<y>20\d\d)[-/_]?(?P<m>0[1-9]|1[0-2]|[1-9])[-/_](?P<d>[0-2]\d|3[01]|[1-9])(?=[/_.\-]|$)"
    r"|[/_](?P<c>20\d{6})(?=[/_.\-\d]|$)|/(?P<y2>20\d\d)/?(?P<m2>0[1-9]|1[0-2])/?(?P<d2>[0-2]\d|3[01])/"
)


@lru_cache(maxsize=4096)
def in_address(url: str) -> dt.date | None:
    """The day that an article's address carries, in the ways the common systems write it."""
    if "/20" not in url and "t20" not in url and "_20" not in url:
        return None
    for match in _IN_URL.finditer(url):
        digits = match["t"] or match["c"] or (match["d2"] and match["y2"] + match["m2"] + match["d2"])
        if digits:
            day = valid(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
        else:
            day = valid(int(match["y"]), int(match["m"]), int(match["d"]))
        if day:
            return day
    return None

"""The demo city's new-media accounts: the eleven of the model case, the near-misses, and all others in good order."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from govspider.demo.model import Age
from govspider.demo.roster import CITY, ROWS
from govspider.demo.texts import NEWS, NOTICES, Pen

POSTS = 14
YESTERDAY = Age(days=1)


class Kind(StrEnum):
    SUBSCRIPTION = "微信订阅号"
    SERVICE = "微信服务号"
    WEIBO = "新浪微博"
    DOUYIN = "抖音"
    TOUTIAO = "今日头条"
    APP = "移动客户端"


@dataclass(frozen=True, slots=True)
class MediumFlaws:
    """What is wrong with an account. Just under a threshold it is a near-miss that must not be accused."""

    newest: Age = YESTERDAY
    interaction: bool = True
    own: int = POSTS  # how many of its posts are its own, the newest ones first; the others are reposts
    delisted: bool = False  # an app that the store no longer offers


SOUND = MediumFlaws()


@dataclass(frozen=True, slots=True)
class Medium:
    """``account_id`` names it in the register and in its source's address."""

    kind: Kind
    name: str
    sponsor: str
    account_id: str
    flaws: MediumFlaws = SOUND


@dataclass(frozen=True, slots=True)
class Story:
    """One post. ``comments`` is how many readers answered."""

    number: int
    title: str
    text: str
    date: dt.date
    own: bool
    comments: int


STALE = MediumFlaws(newest=Age(days=15))
SILENT = MediumFlaws(interaction=False)
SERIOUS = (
    (Kind.SUBSCRIPTION, "榆林交警特勤大队", STALE),
    (Kind.SUBSCRIPTION, "靖边县教育局", MediumFlaws(newest=Age(months=2))),
    (Kind.SUBSCRIPTION, "靖边财政", MediumFlaws(newest=Age(months=5))),
    (Kind.SUBSCRIPTION, "神木市万镇镇人民政府", MediumFlaws(newest=Age(days=21))),
    (Kind.SUBSCRIPTION, "孙家岔镇人民政府", STALE),
    (Kind.SUBSCRIPTION, "绥德县劳动监察大队", MediumFlaws(newest=Age(months=13))),
    (Kind.SUBSCRIPTION, "榆林市教育局", SILENT),
    (Kind.SUBSCRIPTION, "榆林市退役军人服务中心", SILENT),
    (Kind.SUBSCRIPTION, "榆林人事人才信息网", SILENT),
    (Kind.SUBSCRIPTION, "神木市政务服务中心", SILENT),
    (Kind.WEIBO, "靖边教育", MediumFlaws(own=0)),
)
NEAR_MISSES = (
    MediumFlaws(newest=Age(days=14)),
    MediumFlaws(own=1),
    MediumFlaws(newest=Age(days=13)),
)
TOWNS = tuple(first + second for first in ("青", "柳", "石", "杏") for second in ("岭", "湾", "桥", "坪"))
COUNTY_BODIES = (
    "公安局", "教育局", "民政局", "财政局", "农业农村局", "卫生健康局",
    "水利局", "应急管理局", "文化和旅游局", "市场监督管理局", "司法局", "融媒体中心",
)  # fmt: skip
EVERY_FIFTH_SPEAKS = {0: Kind.WEIBO, 3: Kind.SERVICE}  # of the county bodies; the others have a subscription account


def _counties() -> list[str]:
    """Invented ones only."""
    names = [row.name.removesuffix("人民政府") for row in ROWS if row.kind == "门户" and not row.code]
    return [name for name in names if name != CITY]


def _others() -> list[tuple[Kind, str, str]]:
    """Kind, name and sponsor of the accounts without a flaw."""
    found = []
    for county in _counties():
        found += [(Kind.SUBSCRIPTION, f"{county}{town}镇人民政府", f"{county}{town}镇人民政府") for town in TOWNS]
        for place, body in enumerate(COUNTY_BODIES):
            kind = EVERY_FIFTH_SPEAKS.get(place % 5, Kind.SUBSCRIPTION)
            found.append((kind, f"{county}{body}", f"{county}{body}"))
    bodies = [row.name for row in ROWS if row.kind == "部门" and row.name.startswith(CITY)]
    for kind, speakers in (
        (Kind.SUBSCRIPTION, bodies),
        (Kind.WEIBO, bodies),
        (Kind.DOUYIN, bodies[:20]),
        (Kind.TOUTIAO, bodies[:21]),
    ):
        found += [(kind, name if kind is Kind.SUBSCRIPTION else name.replace(CITY, "澜塬"), name) for name in speakers]
    found += [(Kind.APP, f"澜塬{what}", f"{CITY}人民政府") for what in ("通办", "公交", "健康", "书香", "停车", "气象")]
    return found


def _media() -> tuple[Medium, ...]:
    rows = [(kind, name, name, flaws) for kind, name, flaws in SERIOUS]
    rows += [
        (kind, name, sponsor, NEAR_MISSES[place // 29] if place % 29 == 7 and place // 29 < len(NEAR_MISSES) else SOUND)
        for place, (kind, name, sponsor) in enumerate(_others())
    ]
    return tuple(
        Medium(kind, name, sponsor, f"demo{place:04d}", flaws)
        for place, (kind, name, sponsor, flaws) in enumerate(rows, 1)
    )


MEDIA = _media()


def stories(medium: Medium, flaws: MediumFlaws, checkpoint: dt.date) -> tuple[Story, ...]:
    """Newest first, the oldest long before any window."""
    pen = Pen(f"{medium.account_id} {medium.name}", medium.sponsor)
    day = flaws.newest.before(checkpoint)
    told = []
    for number in range(POSTS):
        own = number < flaws.own
        title = pen.one_of((*NEWS, *NOTICES)) if own else pen.random.choice(ELSEWHERE)
        text = "".join(pen.paragraphs(4)) if own else "一起来看看。"
        told.append(Story(900 + number, title, text, day, own, pen.random.randint(1, 9) if flaws.interaction else 0))
        day -= dt.timedelta(days=pen.random.randint(1, 5))
    return tuple(told)


ELSEWHERE = ("夏天吃西瓜的小窍门", "一分钟学会整理衣柜", "本周末有流星雨", "这几种花最适合放在阳台", "电影票房又创新高")

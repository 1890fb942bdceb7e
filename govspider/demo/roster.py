"""The demo city's sites: the three serious ones of the model case, the near-misses, and how each is made.

Order is the register's order. What is not said of a site rotates with its place, so that looks, charsets, list styles
and address schemes meet in many combinations.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from govspider.demo.model import Age, Carrier, Charset, Dates, Entrance, Flaws, Listing, Look, Traits, Trap, Urls

CITY = "澜塬市"
NONE = Flaws()


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    flaws: Flaws = NONE
    made: dict[str, Any] = field(default_factory=dict)  # traits that do not rotate
    code: str = ""
    kind: str = "部门"
    public_services: bool = True


def portal(name: str, flaws: Flaws = NONE, code: str = "", **made: Any) -> Row:
    return Row(name, flaws, made, code, "门户")


def bureau(name: str, flaws: Flaws = NONE, **made: Any) -> Row:
    return Row(CITY + name, flaws, made)


def office(name: str, flaws: Flaws = NONE, **made: Any) -> Row:
    """A body without outward services: it offers none and must not be accused of it."""
    return Row(CITY + name, replace(flaws, no_services=True), made, public_services=False)


def traps(*names: Trap) -> frozenset[Trap]:
    return frozenset(names)


ROWS = (
    portal("米脂县人民政府", Flaws(no_services=True), "6108270006", look=Look.SIDE, listing=Listing.UL),
    Row(
        "榆林市林业和草原局",
        Flaws(no_services=True, blank_columns=6),
        {"look": Look.TABLE, "charset": Charset.GBK, "listing": Listing.TABLE},
        "6108000027",
    ),
    Row(
        "陕西政务服务(榆林)",
        Flaws(blank_columns=6),
        {"look": Look.MODERN, "listing": Listing.CARDS, "guide_count": 8},
        "6108000059",
        "专题",
    ),
    portal(f"{CITY}人民政府", look=Look.MODERN, listing=Listing.UL, traps=traps(Trap.HIDDEN_MENU)),
    portal("青砚县人民政府", look=Look.BAR, listing=Listing.CARDS),
    portal("禾川县人民政府", look=Look.TABLE, charset=Charset.GBK, listing=Listing.TABLE),
    portal("石泓县人民政府", look=Look.IMAGE, listing=Listing.DL),
    portal("柳浦县人民政府", look=Look.SIDE, charset=Charset.UNDECLARED),
    portal("白麓县人民政府", dates=Dates.YEARLESS, listing=Listing.UL),
    portal("临溪区人民政府", carrier=Carrier.DATASTORE, urls=Urls.NUMBERED, look=Look.BAR),
    portal("沙棠县人民政府", Flaws(blank_columns=4), look=Look.MODERN),
    portal("雁洲市人民政府", Flaws(newest_news=Age(days=14), newest_notice=Age(months=6)), look=Look.SIDE),
    portal("长栎县人民政府", script_columns=6, look=Look.BAR),
    portal("松塬区人民政府", entrance=Entrance.FRAMESET, look=Look.TABLE, charset=Charset.GBK),
    portal("杏坪县人民政府", Flaws(poor_guides=4), look=Look.MODERN),
    bureau("发展和改革委员会"),
    bureau("教育局", script_columns=6),
    bureau("科学技术局", charset=Charset.UTF16, look=Look.BAR),
    bureau("工业和信息化局", charset=Charset.UNDECLARED),
    bureau("公安局", traps=traps(Trap.CHALLENGE_521), look=Look.BAR),
    bureau("民政局", carrier=Carrier.IFRAME, listing=Listing.UL),
    bureau("司法局", entrance=Entrance.FRAMESET),
    bureau("财政局", carrier=Carrier.SCRIPT, look=Look.MODERN, charset=Charset.UTF8),
    bureau("人力资源和社会保障局", Flaws(blank_columns=4)),
    bureau("自然资源和规划局", Flaws(blank_columns=4), charset=Charset.GBK, look=Look.TABLE, listing=Listing.TABLE),
    bureau("生态环境局", Flaws(unanswered=Age(months=13))),
    bureau("住房和城乡建设局", Flaws(unanswered=Age(months=3)), board="table"),
    bureau("交通运输局", carrier=Carrier.DATASTORE, charset=Charset.GBK, urls=Urls.NUMBERED, look=Look.BAR),
    bureau("水利局", carrier=Carrier.INLINE, charset=Charset.UTF8),
    bureau("农业农村局", Flaws(newest_notice=Age(months=6))),
    bureau("商务局", entrance=Entrance.SCRIPT),
    bureau("文化和旅游局", Flaws(newest_news=Age(days=14)), listing=Listing.CARDS),
    bureau("卫生健康委员会", traps=traps(Trap.TOO_MANY)),
    bureau("退役军人事务局", dates=Dates.YEARLESS, listing=Listing.TABLE),
    bureau("应急管理局", Flaws(stale_columns=9)),
    office("审计局", entrance=Entrance.REFRESH),
    office("国有资产监督管理委员会", dates=Dates.ABSENT, listing=Listing.UL, carrier=Carrier.STATIC),
    bureau("市场监督管理局", traps=traps(Trap.SLOW)),
    bureau("体育局", entrance=Entrance.COVER),
    office("统计局", traps=traps(Trap.ASCENDING)),
    bureau("乡村振兴局", Flaws(poor_guides=3), guide_count=4),
    bureau("医疗保障局", traps=traps(Trap.SOFT404)),
    bureau("城市管理执法局", Flaws(unanswered=Age(months=3)), board="list"),
    bureau("行政审批服务局", Flaws(poor_guides=4), guide="headings"),
    bureau("信访局"),
    office("地方志办公室", look=Look.IMAGE, listing=Listing.TABLE),
    office("机关事务服务中心", Flaws(blank_columns=3), look=Look.SIDE),
    bureau("投资促进局", platform_only=True),
    bureau("住房公积金管理中心", platform_only=True, look=Look.IMAGE),
    bureau("气象局", traps=traps(Trap.CALENDAR)),
    bureau("税务局", traps=traps(Trap.CHALLENGE_412), look=Look.MODERN),
    office("档案馆", traps=traps(Trap.SESSION), urls=Urls.QUERY),
    bureau("供销合作社", charset=Charset.MISDECLARED, look=Look.TABLE),
)


def code_of(place: int) -> str:
    """An invented site code: 619900 is no area's code."""
    return f"619900{place:04d}"


def traits_of(place: int, row: Row) -> Traits:
    look = row.made.get("look") or tuple(Look)[place % len(Look)]
    charset = row.made.get("charset") or (Charset.GBK if look is Look.TABLE else Charset.UTF8)
    rotating: dict[str, Any] = {
        "listing": tuple(Listing)[place % len(Listing)],
        "dates": (Dates.ISO, Dates.CHINESE, Dates.ISO, Dates.BRACKETED, Dates.SLASHED)[(place // 3) % 5],
        "urls": tuple(Urls)[place % len(Urls)],
        "guide": ("table", "dl", "headings", "numbered")[place % 4],
        "board": ("table", "list")[place % 2],
        "traps": traps(Trap.PINNED) if place % 5 == 0 else frozenset(),
    }
    return Traits(**{**rotating, **row.made, "look": look, "charset": charset})

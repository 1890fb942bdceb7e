"""From the roster to whole sites: columns, articles, guides and letters with dates before the checkpoint."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from govspider.demo import texts
from govspider.demo.model import (
    Age,
    Article,
    Carrier,
    Column,
    Dates,
    Flaws,
    Guide,
    Letter,
    Shape,
    SiteModel,
    Traits,
    Trap,
)
from govspider.demo.roster import Row
from govspider.demo.texts import Pen

GROUPS = (
    ("xwzx", "新闻中心"),
    ("zwgk", "政务公开"),
    ("zdly", "重点领域"),
    ("bsfw", "办事服务"),
    ("hdjl", "互动交流"),
    ("ztzl", "专题专栏"),
)
NEWS = (("gzdt", "工作动态"), ("ywxx", "要闻"), ("jcdt", "基层动态"))
NOTICES = (("tzgg", "通知公告"), ("gsgg", "公示公告"))
POLICIES = (("zcwj", "政策文件"), ("gfxwj", "规范性文件"), ("bmwj", "部门文件"))
TOPICS = (("yshj", "优化营商环境"), ("xczx", "乡村建设行动"))
# Columns that a site may leave blank or stale without touching another indicator.
OTHERS = (
    ("zwgk", "rsxx", "人事信息"),
    ("zwgk", "ysjs", "财政预决算"),
    ("zwgk", "tjsj", "统计数据"),
    ("zwgk", "ghjh", "规划计划"),
    ("zwgk", "jyta", "建议提案办理"),
    ("zdly", "zdxm", "重点项目"),
    ("zdly", "shjz", "社会救助"),
    ("zdly", "hjbh", "环境保护"),
    ("zdly", "aqsc", "安全生产"),
    ("zdly", "ggzy", "公共资源配置"),
)
BOARDS = ("咨询建言", "在线咨询", "网上咨询", "领导信箱", "政务咨询")
POOR = ("设定依据", "收费标准", "办理时间", "办理流程")  # the elements that a poor guide lacks
YEARLESS_REACH = Age(months=10)


def build_site(
    place: int, code: str, row: Row, traits: Traits, flaws: Flaws, address: str, today: dt.date
) -> SiteModel:
    pen = Pen(f"{code} {row.name}", row.name.removesuffix("人民政府"))
    columns = [
        *list_columns(pen, traits, flaws, today),
        Column("jgzn", 0, "机构职能", "zwgk", Shape.TEXT, text=pen.paragraphs(5)),
        Column("ldxx", 0, "领导信息", "zwgk", Shape.TEXT, text=pen.paragraphs(4)),
    ]
    offered = not flaws.no_services
    if offered and not traits.platform_only:
        columns.append(Column("bszn", 0, "办事指南", "bsfw", Shape.HUB))
    if not flaws.no_channel:
        columns.append(Column("zxjy", 0, BOARDS[place % len(BOARDS)], "hdjl", Shape.BOARD))
    columns.append(Column("dczj", 0, "调查征集", "hdjl", Shape.SURVEY))
    columns.append(Column("wsxf", 0, "网上信访", "hdjl", Shape.PETITION))
    numbered = tuple(replace(column, number=1100 + 7 * place + 31 * i) for i, column in enumerate(columns))
    return SiteModel(
        code=code,
        name=row.name,
        kind=row.kind,
        public_services=row.public_services,
        address=address,
        traits=traits,
        flaws=flaws,
        groups=tuple(group for group in GROUPS if group[0] != "bsfw" or offered),
        columns=numbered,
        guides=guides(pen, traits, flaws) if offered and not traits.platform_only else (),
        letters=letters(pen, flaws, today),
    )


def list_columns(pen: Pen, traits: Traits, flaws: Flaws, today: dt.date) -> list[Column]:
    """Every list column, news first; the last ``script_columns`` of them are filled by script, the last but those blank."""
    cap = flaws.newest_news.before(today)

    def column(group: str, key: str, name: str, titles: Sequence[str], newest: dt.date, step: int) -> Column:
        rows = articles(pen, key, tuple(titles), min(newest, cap), step, traits, today)
        return Column(key, 0, name, group, carrier=traits.carrier, articles=rows)

    notice = flaws.newest_notice.before(today)
    columns = [column("xwzx", key, name, texts.NEWS, cap, 2) for key, name in NEWS]
    columns += [column("zwgk", key, name, texts.NOTICES, notice, 9) for key, name in NOTICES]
    columns += [column("zwgk", key, name, texts.POLICIES, notice, 17) for key, name in POLICIES]
    columns.append(
        column("zwgk", "zcjd", "政策解读", texts.INTERPRETATIONS, min(notice, Age(days=9).before(today)), 16)
    )
    columns += [column("ztzl", key, name, texts.OTHERS, Age(days=40).before(today), 25) for key, name in TOPICS]
    for place, (group, key, name) in enumerate(OTHERS):
        age = Age(months=14 + place) if place < flaws.stale_columns else Age(days=12 + 9 * place)
        columns.append(column(group, key, name, texts.OTHERS, age.before(today), 21))
    for place in range(len(columns) - flaws.blank_columns, len(columns)):
        columns[place] = replace(columns[place], articles=())
    for place in range(len(columns) - traits.script_columns, len(columns)):
        columns[place] = replace(columns[place], carrier=Carrier.SCRIPT)
    return columns


def articles(
    pen: Pen, key: str, titles: tuple[str, ...], newest: dt.date, step: int, traits: Traits, today: dt.date
) -> tuple[Article, ...]:
    """A column's articles, newest first. Years left out of a list stay clear: none is older than ten months."""
    base = sum(map(ord, key)) * 100
    rows = []
    for place in range(pen.random.randint(7, 17)):
        day = newest - dt.timedelta(days=place * step + (pen.random.randint(0, step - 1) if place else 0))
        if place and traits.dates is Dates.YEARLESS and day < YEARLESS_REACH.before(today):
            break
        rows.append(Article(base + place, pen.one_of(titles), day, pen.paragraphs(3)))
    rows.sort(key=lambda row: row.date, reverse=Trap.ASCENDING not in traits.traps)
    if Trap.PINNED in traits.traps and len(rows) > 5:
        rows = [replace(rows.pop(5), pinned=True), *rows]
    return tuple(rows)


def guides(pen: Pen, traits: Traits, flaws: Flaws) -> tuple[Guide, ...]:
    """The poor guides come first. Beside poor ones the others lack three elements, which is not yet a veto."""
    made = []
    for number, service in enumerate(pen.random.sample(texts.SERVICES, traits.guide_count)):
        elements = pen.elements(service)
        for name in POOR if number < flaws.poor_guides else POOR[:3] if flaws.poor_guides and number % 2 else ():
            del elements[name]
        made.append(Guide(501 + number, service, tuple(elements.items())))
    return tuple(made)


def letters(pen: Pen, flaws: Flaws, today: dt.date) -> tuple[Letter, ...]:
    made = []
    for number in range(6):
        subject, body = pen.random.choice(texts.QUESTIONS)
        asked = today - dt.timedelta(days=11 + number * 47 + pen.random.randint(0, 9))
        answered = asked + dt.timedelta(days=pen.random.randint(1, 4))
        answer = pen.random.choice(texts.ANSWERS)
        made.append(Letter(3001 + number, pen.fill(subject), pen.fill(body), asked, answered, answer))
    if flaws.unanswered:
        subject, body = texts.QUESTIONS[0]
        made.append(Letter(3900, pen.fill(subject), pen.fill(body), flaws.unanswered.before(today), None, ""))
    return tuple(sorted(made, key=lambda letter: letter.asked, reverse=True))

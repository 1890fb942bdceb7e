"""A guide's own title, and what a title and a breadcrumb say of whether a page is a guide at all."""

import re
from collections.abc import Sequence
from enum import IntEnum

from govspider.reading.anchors import clean
from govspider.reading.dom import Doc
from govspider.reading.landmarks import landmark

BEGIN = landmark(
    "打印 关闭 字体 视力保护色 浏览 点击 发布时间 发布日期 来源 信息来源",
    r"打印(?:本页|此页|文章)?|关闭(?:本页|窗口)?|字体\s*[:：]|视力保护色|浏览(?:次数|量)|点击(?:量|次数|数)|点击\s*[:：]|发布(?:时间|日期)|来源\s*[:：]|信息来源",
)
NAMED_GUIDE = re.compile(
    r"办事指南|服务指南|办理指南|业务指南|申[办请报领]指南|审批指南|办事流程|办理流程|办理须知|办事须知|申[办请领]须知|一次性告知|办事服务|政务服务事项|服务事项|(?:申[请办领报]|办[理事]|服务|补贴|领取|审批|登记).{0,8}(?:须知|指引|指南)$"
)
NO_GUIDE = re.compile(
    r"(?:通知|公告|公示|通报|办法|意见|方案|细则|条例|规定|制度|决定|批复|规划|计划|讲话|记者问|动态|简报|新闻|名单|总结|报告|概况|简介|职责|职能)(?:[(（].{0,12}[)）])?$"
)
# What tells of guides and services rather than being one: such a page is a guide only by its labels.
NEWS = re.compile(
    r"^关于|^[我全本][省市州县区旗镇乡局]|编制|印发|发布|公布|推出|推行|优化|修订|启用|上线|召开|举[行办]|出台|首[张个批次家例]|[!！]"
)
# What explains a matter to readers in its own way, as the new media do, and owes no reader all that a guide states.
EXPLAINS = re.compile(r"[?？]|一[文图]|图[解文]|读懂|说清|详解|攻略|问答|想(?:要?了解|知道)|看(?:这里|过来)|来[了啦]")
# Titles that name a matter to be done, as guides without labels have them.
ITEM = re.compile(
    r"(?:[证照]|登记|许可|审批|核准|备案|核发|申[请领报办]|[补代]?办理?|认定|变更|注销|年[检审]|给付|发放|确认|补贴|补助|救助|报销|转移|缴[费纳]|鉴定|报名|提取|审[核查]|验收|落户|迁[移入出]|公证|流程图?)$"
)
GUIDES_COLUMN = re.compile(r"(?:指南|须知|流程)$")
NOTE = re.compile(r"\s*(?:[(（][^()（）]{0,20}[)）]|\.\w{3,4})$")
CONTACT_PAGE = re.compile(
    r"联系(?:我们|方式|电话)|地址|通讯录|机构|概况|简介|职能|职责|领导|分工|(?:局|科|处|室|站|所|中心|大厅)$"
)
# The name of an office or of its site, which some pages give as their title.
OFFICE = re.compile(
    r"(?:局|委|委员会|办|办公室|厅|政府|网|网站|门户|平台|中心|联合会|大队|支队|总队|馆|社|院)(?:[(（].{2,20}[)）])?$"
)


class Naming(IntEnum):
    """How much a page's names say for its being a guide."""

    NONE = 0
    AROUND = 1  # its column is one of guides, or its title speaks of one
    OWN = 2  # its title says that it is one


def naming(title: str, crumbs: Sequence[str]) -> Naming:
    bare = NOTE.sub("", title)
    match = NAMED_GUIDE.search(bare)
    if match and not tells_news(title) and (match.end() >= len(bare) - 2 or match.start() == 0):
        return Naming.OWN
    return Naming.AROUND if match or any(NAMED_GUIDE.search(name) for name in crumbs) else Naming.NONE


def tells_news(title: str) -> bool:
    return bool(NO_GUIDE.search(title) or NEWS.search(title))


def explains(title: str, crumbs: Sequence[str]) -> bool:
    """Whether a page rather tells of a matter or of a guide: what it leaves out may stand in the guide."""
    named = naming(title, crumbs)
    if named is Naming.NONE:
        return tells_news(title) or bool(EXPLAINS.search(title))
    return named is Naming.AROUND and bool(NO_GUIDE.search(title)) and not in_guides_column(crumbs)


def is_item(title: str) -> bool:
    return bool(ITEM.search(NOTE.sub("", title))) and not tells_news(title)


def in_guides_column(crumbs: Sequence[str]) -> bool:
    """Whether a breadcrumb ends in a column of guides, as opposed to one of services that holds news as well."""
    return any(GUIDES_COLUMN.search(name) for name in crumbs[-2:])


def title_of(doc: Doc) -> tuple[str, int]:
    """The guide's own title and where the text after it begins."""
    head = next((" ".join(node.data.split()) for node in doc.tags("title") if node.data.strip()), "")
    headings = [(clean(doc.line(node)), node) for node in doc.tags("h1", "h2", "h3") if not doc.below(node, "a")]
    named = [(t, node.stop) for t, node in headings if 4 <= len(t) <= 80 and t[:10] in head.replace(" ", "")]
    mark = doc.first(BEGIN)
    if OFFICE.search(head) and mark and (above := _line_above(doc.text, mark.start())) and above not in head:
        return above, mark.end()
    if named:  # the site's own name, in the page's head, comes before the item's
        return max(named, key=lambda found: found[1])
    tagged = next((n.get("content").strip() for n in doc.tags("meta") if n.get("name").lower() == "articletitle"), "")
    parts = sorted(
        (clean(part) for part in re.split(r"\s*(?:[-_|—–>]+)\s*", head)), key=lambda p: p not in (tagged, "")
    )
    for name in dict.fromkeys([tagged, head, *parts]):
        if len(name) >= 4 and (place := _line_at(doc.text, name)) >= 0:
            return name, place + len(name)
    heading = next((clean(doc.line(n)) for n in doc.tags("h1") if 4 <= n.stop - n.start <= 80), "")
    return heading or (parts[0] if parts and len(parts[0]) >= 4 else ""), mark.end() if mark else 0


def _line_above(text: str, position: int) -> str:
    """The line before the one of a position, as the title stands over the line of date and source; "" for a trail."""
    start = text.rfind("\n", 0, position)
    line = text[text.rfind("\n", 0, max(start, 0)) + 1 : max(start, 0)].strip()
    return line if 4 <= len(line) <= 80 and not re.search(r"[>»:：|]", line) else ""


def _line_at(text: str, name: str) -> int:
    """Where ``name`` stands as a line of its own, the last such place in the first half that is no breadcrumb."""
    place, best = text.find(name), -1
    while 0 <= place < max(4000, len(text) // 2):
        before, after = text[place - 1 : place], text[place + len(name) : place + len(name) + 1]
        if before in {"", "\n"} and after in {"", "\n", " "}:
            best = place if best < 0 else best
        place = text.find(name, place + 1)
    return best

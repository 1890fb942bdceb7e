"""Areas of a page that hold nothing but short links: bars, side bars, tab strips, and which of them are menus."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from govspider.reading.anchors import NAME_LENGTH, Item, clean
from govspider.reading.dom import Doc, Node
from govspider.reading.landmarks import landmark

_AREAS = "ul ol dl div nav table tbody tr td p h1 h2 h3 h4 h5 h6 li dd header aside section menu center form span"
AREAS = frozenset(_AREAS.split())
DATE = re.compile(r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}|(?<!\d)[01]\d[-/][0-3]\d(?!\d)")
FOOTER = landmark(
    "版权所有 © 公网安备 网站标识码 备案号 CO Co co IC Ic ic",
    r"版权所有|©|公网安备|网站标识码|备案号|c(?i:opyright)|C(?i:opyright)|i(?i:cp备)|I(?i:cp备)",
)
FRIENDS = re.compile(r"友情链接|相关链接|网站链接|链接导航|友链|网站群|兄弟网站")
HOT = landmark(
    "热搜 热门搜索 搜索热词 热词 大家都在搜 热门关键词", r"热搜|热门搜索|搜索热词|热词|大家都在搜|热门关键词"
)
PEOPLE = re.compile(r"领导(?:之窗|信息|班子|成员|介绍|简介|活动)?$|班子成员|领导集体|负责人")
PERSON = re.compile(r"^[\u4e00-\u9fff]{2,3}$|^[\u4e00-\u9fff]{2,5}·[\u4e00-\u9fff]{2,6}$")
PLACE = landmark(
    "您现 您当 现在 当前 所在 位置 首 网站首页",
    r"(?:您?(?:现在|当前)的?(?:所在)?位置|所在位置|位置|当前栏目)\s*(?:是|为)?\s*[:：]|(?m:^)(?:首\s?页|网站首页)\s*(?:>|»|›|→|/)",
)


@dataclass(frozen=True, slots=True)
class Area:
    """A maximal area of short links: ``first``/``last`` delimit its items in the page's list of items."""

    node: Node
    first: int
    last: int


def find_areas(doc: Doc, found: Sequence[Item], footer: int) -> list[Area]:
    """The largest elements that hold nothing but short links, in document order; none spans breadcrumb or foot."""
    crumbs = [match.start() for match in doc.once(places)]
    starts = [item.node.index for item in found]
    headlines, letters, mores = [0], [0], [0]
    for item in found:
        headlines.append(headlines[-1] + (item.article or len(item.name) > NAME_LENGTH))
        mores.append(mores[-1] + (item.more and bool(item.url)))
        letters.append(letters[-1] + item.node.stop - item.node.start)
    areas: list[Area] = []
    end = 0
    for node in [node for node in doc.nodes if node.end - node.index >= 4 and node.tag in AREAS]:
        if node.index < end:
            continue
        first = bisect_left(starts, node.index)
        last = bisect_left(starts, node.end, first)
        count = last - first
        if count < 2 or headlines[last] - headlines[first] > count * 0.25 or mores[last] > mores[first]:
            continue
        size = node.stop - node.start
        outside = size - (letters[last] - letters[first])
        if size > 40 * count + 40 or outside > 60 + 10 * count:
            continue
        if len(DATE.findall(doc.text, node.start, node.stop)) > max(1, count // 8):
            continue
        if node.start < footer < node.stop or _spans(doc, node, crumbs):
            continue
        areas.append(Area(node, first, last))
        end = node.end
    return areas


def places(doc: Doc) -> list[re.Match[str]]:
    """Where the text says 当前位置 or the like."""
    return list(doc.matches(PLACE))


def _tells_place(doc: Doc, start: int, stop: int) -> bool:
    near = any(place.start() < stop and place.end() > start for place in doc.once(places))
    return near and PLACE.pattern.search(doc.text, start, stop) is not None


def _spans(doc: Doc, node: Node, crumbs: Sequence[int]) -> bool:
    """Whether an element holds a breadcrumb and more."""
    place = bisect_left(crumbs, node.start)
    if place >= len(crumbs) or crumbs[place] >= node.stop:
        return False
    return "\n" in doc.text[node.start : node.stop].strip()


def in_area(areas: Sequence[Area], number: int) -> bool:
    place = bisect_left(areas, number + 1, key=lambda area: area.first) - 1
    return place >= 0 and number < areas[place].last


def footer_start(doc: Doc) -> int:
    """Where the page's foot begins in its text: the largest small element around the first legal notice of its end."""
    length = len(doc.text)
    match = doc.first(FOOTER, length // 2)
    if match is None:
        return length
    start = match.start()
    node = doc.texts[bisect_right(doc.text_starts, start) - 1]
    for around in node.ancestors():
        if around.tag in {"body", "html"} or around.stop - around.start > max(length // 5, min(300, length * 3 // 4)):
            break
        start = min(start, around.start)
    return start


def main_bar(found: Sequence[Item], areas: Sequence[Area]) -> Area | None:
    """The navigation bar of a page whose bar has no link home: of the areas before the first headline, the largest."""
    headline = next(
        (number for number, item in enumerate(found) if item.article and not in_area(areas, number)), len(found)
    )
    early = [area for area in areas if area.first < headline]
    if any(item.home for area in early for item in found[area.first : area.last]):
        return None
    return max(early, key=lambda area: sum(not item.junk for item in found[area.first : area.last]), default=None)


def kind_of(doc: Doc, url: str, found: Sequence[Item], area: Area, bar: Area | None, footer: int) -> str | None:
    """nav, side, block, or None for what is no menu of the site (foot, friends' sites, hot words, names of people)."""
    inside = found[area.first : area.last]
    useful = [item for item in inside if not item.junk]
    if not useful:
        return None
    if doc.first(HOT, max(0, area.node.start - 12), area.node.stop):
        useful = [item for item in useful if item.node.start > area.node.start + 40]
        if not useful:
            return None
    heading = doc.text[max(0, area.node.start - 30) : area.node.start + 30]
    own = [item for item in useful if item.own and item.url]
    if FRIENDS.search(heading) and len(own) * 2 < len(useful):
        return None
    if area.node.start >= footer or _tells_place(doc, max(0, area.node.start - 12), area.node.stop):
        return None
    if any(item.home for item in inside) or (area is bar and len(useful) >= 2):
        return "nav"
    if not own or sum(item.own for item in useful) < len(useful) * 0.4:
        return None
    if (
        PEOPLE.search(_heading_before(doc, area.node))
        and sum(bool(PERSON.match(i.name)) for i in useful) > len(useful) / 2
    ):
        return None
    folder = url.rpartition("/")[0].rpartition("/")[0] + "/"
    near = sum(1 for item in own if item.url == url or item.url.startswith(folder)) if folder.count("/") > 3 else 0
    return "side" if near * 2 >= len(own) and near else "block"


def _heading_before(doc: Doc, node: Node) -> str:
    """The last line of text before an element, when it is as short as a heading."""
    line = doc.text[max(0, node.start - 40) : node.start].rstrip().rpartition("\n")[2]
    return clean(line)

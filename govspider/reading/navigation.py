"""The columns that a page offers: navigation bars, side bars, block headings with their 更多 links, site maps.

A menu is known by its form: an area of short links without dates and headlines. Class names decide nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from govspider.facts import ColumnLink
from govspider.reading.anchors import FUNCTIONS, HOME, MORE, NAME_LENGTH, Item, clean, host_of, items, plain_text
from govspider.reading.dom import Doc, Node

AREAS = frozenset(
    [
        "ul",
        "ol",
        "dl",
        "div",
        "nav",
        "table",
        "tbody",
        "tr",
        "td",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "dd",
        "header",
        "aside",
        "section",
        "menu",
        "center",
        "form",
        "span",
    ]
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "dt", "th", "caption", "strong", "b", "legend"])
DATE = re.compile(r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}|(?<!\d)[01]\d[-/][0-3]\d(?!\d)")
FOOTER = re.compile(r"版权所有|copyright|©|icp备|公网安备|网站标识码|备案号", re.IGNORECASE)
FRIENDS = re.compile(r"友情链接|相关链接|网站链接|链接导航|友链|网站群|兄弟网站")
HOT = re.compile(r"热搜|热门搜索|搜索热词|热词|大家都在搜|热门关键词")
PEOPLE = re.compile(r"领导(?:之窗|信息|班子|成员|介绍|简介|活动)?$|班子成员|领导集体|负责人")
PERSON = re.compile(r"^[\u4e00-\u9fff]{2,3}$|^[\u4e00-\u9fff]{2,5}·[\u4e00-\u9fff]{2,6}$")
SITEMAP_WORDS = ("地图", "导航", "导图", "itemap", "iteMap", "ite map", "ite Map")
SITEMAP = re.compile(r"^(?:网站|站点)(?:地图|导航|导图)$|^sitemap$|^site map$", re.IGNORECASE)
PLACE = re.compile(
    r"(?:您?(?:现在|当前)的?(?:所在)?位置|所在位置|位置|当前栏目|导航)\s*(?:是|为)?\s*[:：]|^\s*(?:首页|网站首页)\s*(?:>|»|›|→|/)"
)
POINTS = re.compile(r"[>》»›→]{1,3}\s*$")
SEPARATOR = re.compile(r"\s*(?:>{1,2}|»|›|→|/|\\|＞|&gt;|::|—>|-&gt;|·)\s*")
HEADLINE = re.compile(r"[《》？！?!：:。，,；;…]|\d月|第.{1,4}[期号届次]")
BLOCK_NAME = 12  # characters of a column's name outside the navigation bar
MOST = 600  # columns that one page can offer
DEEP = 30  # levels that a menu can have
TOO_FAR = 6  # levels between a 更多 link and the heading it belongs to


@dataclass(frozen=True, slots=True)
class _Area:
    """A maximal area of short links: ``first``/``last`` delimit its items in the page's list of items."""

    node: Node
    first: int
    last: int


def columns(doc: Doc, url: str) -> tuple[ColumnLink, ...]:
    """The columns in the order of finding, each address once; names without an address keep their place in paths."""
    found = items(doc, url)
    if not found:
        return ()
    if is_sitemap(doc, url):
        return _unique(_sitemap(doc, found))
    footer = _footer_start(doc)
    areas = _areas(doc, found, footer)
    bar = _main_bar(found, areas)
    menus: list[ColumnLink] = []
    others: list[ColumnLink] = []
    for area in areas:
        kind = _kind(doc, url, found, area, bar, footer)
        if kind:
            (menus if kind == "nav" else others).extend(_links(doc, found, area, kind))
    return _unique([*menus, *others, *_headings(doc, found, areas, footer)])


def sitemap_url(doc: Doc, url: str) -> str | None:
    """The address of the site's own map, if the page links to one."""
    host = host_of(url)
    if not any(word in doc.source for word in SITEMAP_WORDS):
        return None
    for anchor in doc.tags("a"):
        if 4 <= anchor.stop - anchor.start <= 12 or anchor.get("title"):
            name = clean(doc.line(anchor)) or clean(anchor.get("title"))
            if SITEMAP.match(name):
                address = doc.absolute(anchor.get("href"))
                if address and host_of(address) == host:
                    return address
    return None


def is_sitemap(doc: Doc, url: str) -> bool:
    """Whether this page is the site map: by its title or its place in the site."""
    titles = [node.data.strip() for node in doc.tags("title")]
    parts = [clean(part) for title in titles for part in re.split(r"[-_|—–>·]", title)]
    crumbs = breadcrumb(doc) if "地图" in doc.text else ()
    return any(SITEMAP.match(part) for part in [*parts, *crumbs[-1:]] if part)


def breadcrumb(doc: Doc) -> tuple[str, ...]:
    """The names of 当前位置, from the site's own first level to the current page; () when the page shows none."""
    for match in islice(PLACE.finditer(doc.text, 0, 20_000), 5):
        line_end = doc.text.find("\n", match.end())
        start = match.start() if ">" in match[0] or "»" in match[0] or "首页" in match[0] else match.end()
        text = doc.text[start : line_end if line_end >= 0 else start + 200]
        names = [clean(name) for name in SEPARATOR.split(text[:300])]
        names = [name for name in names if name]
        if len(names) < 2:
            names = _crumb_anchors(doc, match.end()) or names
        while names and (HOME.match(names[0]) or len(names[0]) > 30):
            names.pop(0)
        if names and len(names) <= 8 and all(len(name) <= 60 for name in names):
            return tuple(names)
    return ()


def _crumb_anchors(doc: Doc, position: int) -> list[str]:
    """The links right after the label when each stands in a block of its own."""
    anchors = doc.tags("a")
    place = bisect_left(anchors, position, key=lambda node: node.start)
    if place >= len(anchors) or len(clean(doc.text[position : anchors[place].start])) > 2:
        return []
    first = anchors[place]
    trail = next((above for above in first.ancestors() if len(doc.below(above, "a")) > 1), first)
    return [name for anchor in anchors[place : place + 8] if trail.holds(anchor) and (name := clean(doc.line(anchor)))]


# ------------------------------------------------------------------------------------------------------ areas of links


def _areas(doc: Doc, found: Sequence[Item], footer: int) -> list[_Area]:
    """The largest elements that hold nothing but short links, in document order; none spans breadcrumb or foot."""
    crumbs = [match.start() for match in PLACE.finditer(doc.text)]
    starts = [item.node.index for item in found]
    headlines, letters, mores = [0], [0], [0]
    for item in found:
        headlines.append(headlines[-1] + (item.article or len(item.name) > NAME_LENGTH))
        mores.append(mores[-1] + (item.more and bool(item.url)))
        letters.append(letters[-1] + item.node.stop - item.node.start)
    areas: list[_Area] = []
    end = 0
    for node in doc.nodes:
        if node.tag not in AREAS or node.index < end or node.end - node.index < 4:
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
        areas.append(_Area(node, first, last))
        end = node.end
    return areas


def _spans(doc: Doc, node: Node, crumbs: Sequence[int]) -> bool:
    """Whether an element holds a breadcrumb and more."""
    place = bisect_left(crumbs, node.start)
    if place >= len(crumbs) or crumbs[place] >= node.stop:
        return False
    return "\n" in doc.text[node.start : node.stop].strip()


def _in_area(areas: Sequence[_Area], number: int) -> bool:
    place = bisect_left(areas, number + 1, key=lambda area: area.first) - 1
    return place >= 0 and number < areas[place].last


def _footer_start(doc: Doc) -> int:
    """Where the page's foot begins in its text: the largest small element around the first legal notice of its end."""
    length = len(doc.text)
    match = FOOTER.search(doc.text, length // 2)
    if match is None:
        return length
    start = match.start()
    node = next((child for child in reversed(doc.nodes) if child.tag == "#text" and child.start <= start), doc.root)
    for around in node.ancestors():
        if around.tag in {"body", "html"} or around.stop - around.start > max(300, length // 5):
            break
        start = min(start, around.start)
    return start


def _main_bar(found: Sequence[Item], areas: Sequence[_Area]) -> _Area | None:
    """The navigation bar of a page whose bar has no link home: of the areas before the first headline, the largest."""
    headline = next(
        (number for number, item in enumerate(found) if item.article and not _in_area(areas, number)), len(found)
    )
    early = [area for area in areas if area.first < headline]
    if any(item.home for area in early for item in found[area.first : area.last]):
        return None
    return max(early, key=lambda area: sum(not item.junk for item in found[area.first : area.last]), default=None)


def _kind(doc: Doc, url: str, found: Sequence[Item], area: _Area, bar: _Area | None, footer: int) -> str | None:
    """nav, side, block, or None for what is no menu of the site (foot, friends' sites, hot words, names of people)."""
    inside = found[area.first : area.last]
    useful = [item for item in inside if not item.junk]
    if not useful:
        return None
    if HOT.search(doc.text, max(0, area.node.start - 12), area.node.stop):
        useful = [item for item in useful if item.node.start > area.node.start + 40]
        if not useful:
            return None
    heading = doc.text[max(0, area.node.start - 30) : area.node.start + 30]
    own = [item for item in useful if item.own and item.url]
    if FRIENDS.search(heading) and len(own) * 2 < len(useful):
        return None
    if area.node.start >= footer or PLACE.search(doc.text, max(0, area.node.start - 12), area.node.stop):
        return None
    if any(item.home for item in inside) or (area is bar and len(useful) >= 2):
        return "nav"
    if len(own) < max(1, len(useful) * 0.4):
        return None
    if (
        PEOPLE.search(_heading_before(doc, area.node))
        and sum(bool(PERSON.match(i.name)) for i in useful) > len(useful) / 2
    ):
        return None
    folder = url.rpartition("/")[0].rpartition("/")[0] + "/"
    near = sum(1 for item in own if item.url == url or item.url.startswith(folder)) if folder.count("/") > 3 else 0
    return "side" if near * 2 >= len(own) and near else "block"


# ------------------------------------------------------------------------------------------------------ names and paths


def _links(doc: Doc, found: Sequence[Item], area: _Area, kind: str) -> Iterable[ColumnLink]:
    inside = found[area.first : area.last]
    whole = _around_all(area, inside) if kind == "nav" else area.node  # what heads a whole bar is the site's name
    heads: dict[int, tuple[str, Node | None]] = {}
    seen_heads: set[tuple[str, ...]] = set()
    places = {_place(item) for item in inside if item.url and not item.junk and not item.article}
    for item in inside:
        if item.junk or (kind != "nav" and not _may_stand_alone(item)):
            continue
        if not item.url and (len(item.name) > 8 or _place(item) not in places):
            continue
        path = _path(doc, item.node, whole, heads, include_top=kind != "nav")
        if path and path not in seen_heads:
            seen_heads.add(path)
            if not any(other.name == path[-1] for other in inside):
                yield ColumnLink(path[-1], "", path[:-1], kind)
        yield ColumnLink(item.name, item.url, path, kind)


def _may_stand_alone(item: Item) -> bool:
    """Whether a link outside the bar can be a column: of this site, with a name rather than a headline."""
    if not item.own or not item.url or HEADLINE.search(item.name) or len(item.name) > BLOCK_NAME:
        return False
    return not item.article or len(item.name) <= 8


def _place(item: Item) -> tuple[str, ...]:
    return tuple(node.tag for node in islice(item.node.ancestors(), 3))


def _around_all(area: _Area, inside: Sequence[Item]) -> Node:
    """The smallest element that holds all the area's usable links."""
    useful = [item.node for item in inside if not item.junk]
    node = useful[0]
    return next((above for above in node.ancestors() if above is area.node or above.holds(useful[-1])), area.node)


def _path(
    doc: Doc, node: Node, top: Node, heads: dict[int, tuple[str, Node | None]], *, include_top: bool = True
) -> tuple[str, ...]:
    """The names above a link within its area, outermost first. ``heads`` remembers what heads each element."""
    names: list[str] = []
    branch = node
    for above in islice(node.ancestors(), DEEP):
        if above is top and not include_top:
            break
        if above.end - above.index > 2:
            known = heads.get(above.index)
            if known is None:
                first = _first_branch(doc, above)
                known = heads[above.index] = (_head(doc, first), first)
            head, first = known
            if head and first is not None and first.index < branch.index and _is_below(doc, first, branch):
                names.append(head)
        if above is top:
            break
        branch = above
    return tuple(reversed(names))


def _is_below(doc: Doc, first: Node, branch: Node) -> bool:
    """Whether a branch looks like what the first one heads rather than like its equal."""
    return first.tag != branch.tag or len(doc.below(branch, "a")) + (branch.tag == "a") >= 2


def _first_branch(doc: Doc, node: Node) -> Node | None:
    """The first child with something to read, if others follow it."""
    readable = (
        child for child in node.children if child.stop > child.start or child.tag == "a" or doc.below(child, "a")
    )
    return next(readable, None)


def _head(doc: Doc, first: Node | None) -> str:
    """The one short name in an element's first branch, "" when the branch holds more or none."""
    if first is None or first.stop - first.start > 2 * NAME_LENGTH + 8:
        return ""
    anchors = [first] if first.tag == "a" else doc.below(first, "a")
    if len(anchors) > 1:
        return ""
    name = clean(doc.label(anchors[0])) if anchors else clean(doc.line(first) or plain_text(doc, first))
    good = 2 <= len(name) <= NAME_LENGTH and not HOME.match(name) and not MORE.match(name) and not FUNCTIONS.match(name)
    return name if good else ""


def _heading_before(doc: Doc, node: Node) -> str:
    """The last line of text before an element, when it is as short as a heading."""
    line = doc.text[max(0, node.start - 40) : node.start].rstrip().rpartition("\n")[2]
    return clean(line)


# ------------------------------------------------------------------------------------------------- headings of blocks


def _headings(doc: Doc, found: Sequence[Item], areas: Sequence[_Area], footer: int) -> Iterable[ColumnLink]:
    alone = [n for n, item in enumerate(found) if _may_head(item, footer) and not _in_area(areas, n)]
    sure = {number for number in alone if _heads_block(doc, found, number)}
    places = {_place(found[number]) for number in sure if _in_heading(found[number].node)}
    alike = {number for number in alone if _in_heading(found[number].node) and _place(found[number]) in places}
    for number, item in enumerate(found):
        if number in sure or number in alike:
            yield ColumnLink(item.name, item.url, (), "block")
        elif item.more and item.own and item.url and item.node.start <= footer and (name := _block_name(doc, item)):
            yield ColumnLink(name, item.url, (), "block")


def _may_head(item: Item, footer: int) -> bool:
    return not item.junk and not item.article and _may_stand_alone(item) and item.node.start <= footer


def _in_heading(node: Node) -> bool:
    parent = node.parent
    return parent is not None and (
        parent.tag in HEADINGS or (parent.parent is not None and parent.parent.tag in HEADINGS)
    )


def _heads_block(doc: Doc, found: Sequence[Item], number: int) -> bool:
    """Whether a short link stands over the links that follow it: as a heading, or as their folder in the addresses."""
    item = found[number]
    following = [other for other in found[number + 1 : number + 5] if other.url and not other.more]
    folder = item.url.rpartition("/")[0] + "/"
    if folder.count("/") > 3 and any(other.article and other.url.startswith(folder) for other in following):
        return True
    if any(other.more and other.url == item.url for other in found[max(0, number - 2) : number + 8]):
        return True
    if POINTS.search(doc.text[item.node.start : item.node.stop]):
        return True
    around = item.node.parent
    if around is None or around.stop - around.start > 3 * NAME_LENGTH or clean(doc.line(around)) != item.name:
        return False
    return _in_heading(item.node) and sum(other.article for other in following) >= min(2, len(following) or 2)


def _block_name(doc: Doc, item: Item) -> str:
    """The heading of the block that a 更多 link belongs to."""
    node = item.node
    for depth, around in enumerate(node.ancestors()):
        if depth >= TOO_FAR or around.tag == "body":
            break
        before = doc.text[max(around.start, node.start - 200) : node.start].strip()
        if before:
            return _name_of(before.rpartition("\n")[2] if len(before) <= 60 else "")
        after = doc.text[node.stop : min(around.stop, node.stop + 200)].strip()
        if after:
            line, _, rest = after.partition("\n")
            return _tab_name(doc, around) or (_name_of(line) if not DATE.search(after[:60]) or rest else "")
        pictured = [picture for picture in doc.below(around, "img") if not node.holds(picture)]
        if pictured:
            return _name_of(
                next((p.get("alt") or p.get("title") for p in pictured if p.get("alt") or p.get("title")), "")
            )
    return ""


def _tab_name(doc: Doc, panel: Node) -> str:
    """The name of a tab's panel: the name of the same place in the strip of names before the panels."""
    for _ in range(3):
        parent = panel.parent
        if parent is None or parent.tag == "html":
            return ""
        if len(parent.children) > 60:
            return ""
        panels = [child for child in parent.children if child.tag == panel.tag and len(doc.below(child, "a")) > 1]
        panels = [child for child in panels if child is panel or len(doc.line(child)) > 2 * NAME_LENGTH]
        strips = (
            [child for child in parent.children if child.stop > child.start and child.index < panels[0].index]
            if panels
            else []
        )
        if not strips and parent.parent is not None:
            strips = [
                child for child in parent.parent.children if child.stop > child.start and child.index < parent.index
            ]
        if panel in panels and strips:
            labels = [clean(text.data) for text in doc.below(strips[-1]) if text.tag == "#text"]
            labels = [label for label in labels if 2 <= len(label) <= NAME_LENGTH and not MORE.match(label)]
            if len(labels) == len(panels):
                return labels[panels.index(panel)]
        panel = parent
    return ""


def _name_of(text: str) -> str:
    name = clean(text)
    return name if 2 <= len(name) <= NAME_LENGTH and not HOME.match(name) and not DATE.search(name) else ""


# ------------------------------------------------------------------------------------------------------------ site map


def _sitemap(doc: Doc, found: Sequence[Item]) -> Iterable[ColumnLink]:
    footer = _footer_start(doc)
    area = _Area(doc.root, 0, len(found))
    heads: dict[int, tuple[str, Node | None]] = {}
    for item in found:
        if not item.junk and item.own and item.url and item.node.stop <= footer:
            yield ColumnLink(item.name, item.url, _path(doc, item.node, area.node, heads)[-4:], "sitemap")


def _unique(links: Iterable[ColumnLink]) -> tuple[ColumnLink, ...]:
    chosen: dict[tuple[str, str], ColumnLink] = {}
    links = list(links)
    named = {link.name for link in links if link.url}
    for link in links:
        if not link.url and link.name in named:
            continue
        key = (link.url, "") if link.url else ("", link.name)
        chosen.setdefault(key, link)
        if len(chosen) >= MOST:
            break
    return tuple(chosen.values())
